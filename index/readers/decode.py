"""Bytes to characters: UTF-8 first, then what the file declares, then a recognised encoding, else a problem."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import CharsetMatches, from_bytes

from index.readers.source import Unreadable

_MARKS = (  # UTF-32 before UTF-16: the first begins with the second
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The legacy encodings browsers support (WHATWG Encoding Standard), by Python's names: the only ones we recognise.
_LEGACY = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp932",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_15", "koi8_r", "koi8_u",
    "big5", "euc_jp", "euc_kr", "gb18030",
]  # fmt: skip
# By the same standard, pages that declare these mean Windows-1252 (their quotation marks are C1 controls otherwise).
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030"}
_SURE_SHARE = 0.3
_SURE_COHERENCE = 0.6
_SURE_MARGIN = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, without a byte-order mark; ``recognised`` names an encoding that was not stated but inferred."""

    text: str
    recognised: str | None = None

    @property
    def warning(self) -> str | None:
        """What the user is told about an inferred encoding."""
        if self.recognised is None:
            return None
        return f"not UTF-8, read as {self.recognised}; look whether its accents are right and save it as UTF-8"


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The characters of ``data``; ``declared`` is the encoding that its markup names.

    Raises:
        Unreadable: binary, or in no encoding that is stated or can be told for sure; names line and byte offset.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding, skip=len(mark)))
    if (at := data.find(0)) >= 0:
        raise Unreadable(
            f"binary data (a zero byte at offset {at}), not text; remove it or save the article as text in UTF-8",
            _line(data, at),
        )
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        text = _as_declared(data, declared)
        if text is not None:
            return Decoded(text)
        guess = _recognise(data)
        if guess is not None and guess.sure:
            return Decoded(guess.text, guess.encoding)
        raise _not_utf8(data, error, guess) from error


def decode_utf8(data: bytes, first_line: int = 1) -> str:
    """The characters of a format that is UTF-8 by definition.

    Raises:
        Unreadable: not UTF-8; ``first_line`` is the line of the file on which ``data`` begins.
    """
    try:
        return data.decode("utf-8-sig" if first_line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error, None, first_line) from error


def _strict(data: bytes, encoding: str, skip: int) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"marked as {encoding.upper()} but damaged: the bytes at offset {error.start + skip} do not fit; "
            "save it again as UTF-8"
        ) from error


def _as_declared(data: bytes, declared: str | None) -> str | None:
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared).name
        name = _MEANT.get(name, name)
        # Python's own inventions (unicode_escape, idna, utf_7) would turn bytes into text nobody wrote.
        return data.decode(name) if codecs.lookup(name).name in _KNOWN else None
    except (LookupError, UnicodeError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class _Guess:
    encoding: str
    text: str
    sure: bool


def _recognise(data: bytes) -> _Guess | None:
    """What charset-normalizer makes of ``data``, and whether no other reading of it comes near.

    A third of its best guesses on English news with a few accents are wrong, since a single byte decides between them.
    So a guess is sure only for a script of its own (at least 30 % of the bytes are not ASCII), with no mess, coherence
    of at least 0.6 and a lead of 0.3 over every reading that gives other characters.
    """
    matches: CharsetMatches = from_bytes(data, cp_isolation=_LEGACY)
    best = matches.best()
    if best is None:
        return None
    text = str(best)
    lead = best.coherence - max((match.coherence for match in matches if str(match) != text), default=0.0)
    foreign = sum(byte > 127 for byte in data) / len(data)
    sure = foreign >= _SURE_SHARE and best.chaos == 0 and best.coherence >= _SURE_COHERENCE and lead >= _SURE_MARGIN
    return _Guess(best.encoding, text, sure)


def _not_utf8(data: bytes, error: UnicodeDecodeError, guess: _Guess | None, first_line: int = 1) -> Unreadable:
    maybe = f" (it may be {guess.encoding})" if guess else ""
    given = guess.encoding if guess else "ENCODING"
    return Unreadable(
        f"not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}{maybe}; "
        f"save it as UTF-8, for example with: iconv -f {given} -t UTF-8",
        _line(data, error.start) + first_line - 1,
    )


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


_KNOWN = {codecs.lookup(name).name for name in (*_LEGACY, *_MEANT.values(), "utf-8")}
