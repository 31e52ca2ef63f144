"""Word documents: every paragraph in reading order, title and author of the core properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from index.readers.fields import Stated, build
from index.readers.source import Item, Source, Unreadable, reader

_MOST_EXPANSION = 10
_TITLE_WITHIN = 5  # looking up the style of every paragraph would take ten times as long as all the rest
_P, _R = qn("w:p"), qn("w:r")
# Text that the document says is gone, moved away, or repeated for old programs.
_NOT_READ = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


@reader
def read(source: Source) -> Iterator[Item]:
    """The article in a ``.docx`` file, one line a paragraph.

    ``created`` and ``modified`` are dates of the file, not of the article, and are not used.
    """
    data = source.read_bytes()
    _check_size(data, source.max_bytes)
    yield from build(source, _extract(data))


def _check_size(data: bytes, max_bytes: int) -> None:
    """Refuses an archive that unpacks to far more than it seems, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except Exception as error:  # zipfile raises what a damaged directory leads to
        raise Unreadable("damaged or not a Word document (.docx); open it in Word and save it again") from error
    if size > _MOST_EXPANSION * max_bytes:
        raise Unreadable(f"unpacks to {size:,} bytes; save the text alone, without pictures")


def _extract(data: bytes) -> Stated:
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document.element.body))
        core = document.core_properties
        title, author = core.title, core.author
        top = [] if title else document.paragraphs[:_TITLE_WITHIN]
        styled = next((line.text for line in top if line.style is not None and line.style.name == "Title"), None)
    except Exception as error:  # python-docx raises whatever a damaged part leads to
        raise Unreadable("damaged or not a Word document (.docx); open it in Word and save it again") from error
    return Stated(text="\n".join(paragraphs), title=title or styled, author=author)


def _paragraphs(body: Any) -> Iterator[str]:
    """The text of every paragraph, also in tables, text boxes, content controls and accepted insertions.

    python-docx's own ``paragraphs`` leaves out what stands in content controls and tracked insertions.
    """
    for paragraph in body.iter(_P):
        if _is_read(paragraph):
            yield "".join(run.text for run in paragraph.iter(_R) if _owner(run) is paragraph and _is_read(run))


def _owner(run: Any) -> Any:
    return next(run.iterancestors(_P), None)


def _is_read(element: Any) -> bool:
    return all(ancestor.tag not in _NOT_READ for ancestor in element.iterancestors())
