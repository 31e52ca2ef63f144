"""What is done to characters before they are stored: as little as possible, so that quotes stay the words printed."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_HALF_PAIRS = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """``text`` as stored: line ends as line feeds, no control characters but tabs, no white space at either end.

    Half a surrogate pair (an emoji cut in two by JSON escapes) becomes U+FFFD, as in browsers; everything else, also
    the composition of accents, stays as printed. Empty if no letter or digit is in it.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _HALF_PAIRS.sub("\ufffd", _CONTROLS.sub("", text)).strip()
    return text if any(map(str.isalnum, text)) else ""


def clean_line(text: str) -> str | None:
    """``text`` on one line, as titles and names are stored, or None if no letter or digit is in it."""
    return " ".join(clean_text(text).split()) or None
