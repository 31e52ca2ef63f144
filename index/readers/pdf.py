"""Reads PDF files: the text layer, and title and author from the document information."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError

from index.readers.fields import Stated, build
from index.readers.hyphens import mend
from index.readers.source import Item, Source, Unreadable, reader

# pypdf logs the faults it repairs; without a handler these would be printed to stderr.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


@reader
def read(source: Source) -> Iterator[Item]:
    """Read the article in a ``.pdf`` file; its pages are separated by blank lines.

    ``CreationDate`` is the date of the file, not of the article, and is ignored.
    """
    yield from build(source, _extract(source.read_bytes()))


def _extract(data: bytes) -> Stated:
    try:
        document = PdfReader(io.BytesIO(data))
        locked = document.is_encrypted and document.decrypt("") == PasswordType.NOT_DECRYPTED
        pages = [] if locked else [page.extract_text().strip() for page in document.pages]
        about = None if locked else document.metadata
        title, author = (about.title, about.author) if about else (None, None)
    except DependencyError as error:
        raise Unreadable("encrypted in a way that is not supported; save it without protection") from error
    except Exception as error:  # pypdf raises undocumented exceptions for damaged objects
        raise Unreadable(f"damaged or not a PDF ({_reason(error)}); save or download it again") from error
    if locked:
        raise Unreadable("protected by a password; save it without one")
    text = "\n\n".join(page for page in pages if page)
    if not any(map(str.isalnum, text)):
        raise Unreadable("a PDF without a text layer (scanned pages?); run OCR on it first, for example with ocrmypdf")
    return Stated(text=mend(text), title=_words(title), author=_words(author))


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__
