"""PDF: the text layer, and Title and Author of the document information."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError

from index.readers.fields import Stated, build
from index.readers.hyphens import mend
from index.readers.source import Item, Source, Unreadable, reader

# What pypdf repairs on the way it reports by logging; without a handler that would be printed to stderr.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


@reader
def read(source: Source) -> Iterator[Item]:
    """The article in a ``.pdf`` file: its pages, divided by blank lines.

    ``CreationDate`` says when the file was made, not when the article was published, and is not used.
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
        raise Unreadable("encrypted in a way that needs a further library; save it without protection") from error
    except Exception as error:  # pypdf raises whatever a damaged object leads to
        raise Unreadable(f"damaged or not a PDF ({_reason(error)}); save or download it again") from error
    if locked:
        raise Unreadable("protected by a password; save it without one")
    text = "\n\n".join(page for page in pages if page)
    if not any(map(str.isalnum, text)):
        raise Unreadable(
            "a PDF without a text layer (scanned pages?); recognise its text first, for example with ocrmypdf"
        )
    return Stated(text=mend(text), title=_words(title), author=_words(author))


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__
