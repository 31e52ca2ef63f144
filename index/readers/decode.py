"""Decodes bytes: as UTF-8, else in the encoding the file declares, else in one detected with certainty."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import CharsetMatches, from_bytes

from index.readers.source import Unreadable

_MARKS = (  # UTF-32 before UTF-16, whose byte-order mark is a prefix of it
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The legacy encodings that browsers support (WHATWG Encoding Standard), by their Python names; no others are used.
_LEGACY = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp932",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_15", "koi8_r", "koi8_u",
    "big5", "euc_jp", "euc_kr", "gb18030",
]  # fmt: skip
# The same standard maps these declared encodings to supersets, such as Latin-1 to Windows-1252; otherwise quotation
# marks would become C1 control characters.
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030"}
_SURE_SHARE = 0.3
_SURE_COHERENCE = 0.6
_SURE_MARGIN = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text without a byte-order mark; ``recognised`` is the encoding if it was detected and not declared."""

    text: str
    recognised: str | None = None

    @property
    def warning(self) -> str | None:
        """The warning for the user about a detected encoding; None if it was declared."""
        if self.recognised is None:
            return None
        return f"not UTF-8, read as {self.recognised}; check that its accents are right and save it as UTF-8"


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode ``data``; ``declared`` is the encoding named in its markup, if any.

    Raises:
        Unreadable: the data is binary, or its encoding is neither declared nor certain; names line and byte offset.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding, skip=len(mark)))
    if (at := data.find(0)) >= 0:
        raise Unreadable(
            f"binary data (a zero byte at offset {at}), not text; remove the file or save the article as UTF-8 text",
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
    """Decode a format that is UTF-8 by definition; ``first_line`` is the line number at which ``data`` begins.

    Raises:
        Unreadable: the data is not UTF-8.
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
            f"marked as {encoding.upper()} but damaged: the bytes at offset {error.start + skip} are invalid; "
            "save it again as UTF-8"
        ) from error


def _as_declared(data: bytes, declared: str | None) -> str | None:
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared).name
        name = _MEANT.get(name, name)
        # Python-specific codecs (unicode_escape, idna) and UTF-7 would produce text that nobody wrote.
        return data.decode(name) if codecs.lookup(name).name in _KNOWN else None
    except (LookupError, UnicodeError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class _Guess:
    encoding: str
    text: str
    sure: bool


def _recognise(data: bytes) -> _Guess | None:
    """Detect the encoding with charset-normalizer, and decide whether the result is certain.

    On English news with a few accents, a third of its best guesses are wrong, because a single byte decides between
    them. So a guess is certain only if at least 30 % of the bytes are not ASCII, its mess ratio is 0, its coherence is
    at least 0.6, and its coherence is 0.3 higher than that of every other decoding with a different result.
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
