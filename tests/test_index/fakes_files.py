"""Creates files for the readers and reads them as the command line does."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

from index.corpus import read_paths
from index.types import Article, Problem

LIMIT = 10_000_000


def read_all(*paths: Path, max_bytes: int = LIMIT) -> list[Article | Problem]:
    return list(read_paths(paths, max_bytes=max_bytes))


def read_content(folder: Path, name: str, content: str | bytes, max_bytes: int = LIMIT) -> list[Article | Problem]:
    """Write a file with this content and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_all(path, max_bytes=max_bytes)


def article(items: list[Article | Problem]) -> Article:
    """Return the only item, which must be an article."""
    assert len(items) == 1, items
    assert isinstance(items[0], Article), items
    return items[0]


def problem(items: list[Article | Problem]) -> Problem:
    """Return the only item, which must be a problem."""
    assert len(items) == 1, items
    assert isinstance(items[0], Problem), items
    return items[0]


def pdf(lines: list[str], *, title: str | None = None, author: str | None = None) -> bytes:
    """Build a PDF 1.4 file with one page; without lines, the page has no text layer."""
    drawn = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = zlib.compress(f"BT /F1 12 Tf 72 720 Td {drawn} ET".encode("latin-1") if lines else b"0 0 m 9 9 l S")
    info = "".join(f"/{key} ({value}) " for key, value in (("Title", title), ("Author", author)) if value)
    fonts = b"/Resources << /Font << /F1 4 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R %s >>" % fonts,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        f"<< {info}/CreationDate (D:20010203040506Z) >>".encode(),
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
