"""Reads Word documents: the paragraphs in reading order, and title and author from the core properties."""

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
_TITLE_WITHIN = 5  # paragraphs searched for a title; looking up every style would take ten times as long as the rest
_P, _R = qn("w:p"), qn("w:r")
# Text marked as deleted, moved elsewhere, or repeated for older programs.
_NOT_READ = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


@reader
def read(source: Source) -> Iterator[Item]:
    """Read the article in a ``.docx`` file, one line per paragraph.

    The properties ``created`` and ``modified`` are dates of the file, not of the article, and are ignored.
    """
    data = source.read_bytes()
    _check_size(data, source.max_bytes)
    yield from build(source, _extract(data))


def _check_size(data: bytes, max_bytes: int) -> None:
    """Reject a file that would unpack to more than ten times ``max_bytes``, before unpacking anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except Exception as error:  # zipfile raises undocumented exceptions for a damaged directory
        raise Unreadable("damaged or not a Word document (.docx); open it in Word and save it again") from error
    if size > _MOST_EXPANSION * max_bytes:
        raise Unreadable(f"unpacks to {size:,} bytes, which is too much; save only the text, without pictures")


def _extract(data: bytes) -> Stated:
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document.element.body))
        core = document.core_properties
        title, author = core.title, core.author
        top = [] if title else document.paragraphs[:_TITLE_WITHIN]
        styled = next((line.text for line in top if line.style is not None and line.style.name == "Title"), None)
    except Exception as error:  # python-docx raises undocumented exceptions for damaged parts
        raise Unreadable("damaged or not a Word document (.docx); open it in Word and save it again") from error
    return Stated(text="\n".join(paragraphs), title=title or styled, author=author)


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the text of every paragraph, including tables, text boxes, content controls and tracked insertions.

    python-docx's own ``paragraphs`` omits content controls and tracked insertions.
    """
    for paragraph in body.iter(_P):
        if _is_read(paragraph):
            yield "".join(run.text for run in paragraph.iter(_R) if _owner(run) is paragraph and _is_read(run))


def _owner(run: Any) -> Any:
    return next(run.iterancestors(_P), None)


def _is_read(element: Any) -> bool:
    return all(ancestor.tag not in _NOT_READ for ancestor in element.iterancestors())
