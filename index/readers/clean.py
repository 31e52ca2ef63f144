"""Cleans text before it is stored: as little as possible, so that quotes match the printed words."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_HALF_PAIRS = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return ``text`` with line feeds as line ends, no control characters except tabs, and no white space at its ends.

    A lone surrogate (an emoji cut in two by JSON escapes) becomes U+FFFD, as in browsers. Everything else stays as
    printed, including the Unicode composition of accents. The result is empty if it has no letter or digit.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _HALF_PAIRS.sub("\ufffd", _CONTROLS.sub("", text)).strip()
    return text if any(map(str.isalnum, text)) else ""


def clean_line(text: str) -> str | None:
    """Return ``text`` on one line, as for titles and names; None if it has no letter or digit."""
    return " ".join(clean_text(text).split()) or None
