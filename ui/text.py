"""Making untrusted text safe to look at: control characters and direction overrides become visible."""

from __future__ import annotations

import re
from hashlib import sha256

_C0_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
_HIDDEN = re.compile("[\u0080-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """``text`` with the same number of characters, where each that could act shows itself instead.

    Terminal escapes (C0 and C1 controls), overrides of the writing direction (the "Trojan Source" characters,
    Boucher and Anderson 2021) and lone surrogates become a picture or U+FFFD; newline and tab stay. One
    character stays one character, so offsets still fit.
    """
    return _HIDDEN.sub("\ufffd", text.translate(_C0_PICTURES))


def one_line(text: str, limit: int | None = None) -> str:
    """``visible`` on a single line, cut at a word with an ellipsis where longer than ``limit`` characters."""
    flat = visible(" ".join(text.split()))
    if limit is None or len(flat) <= limit:
        return flat
    return flat[:limit].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


def fingerprint(quote: str) -> str:
    """SHA-256 of a quote, in hexadecimal digits."""
    return sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()


def digest(quote: str) -> str:
    """A short fingerprint of a quote: tells whether an article still holds it at its place."""
    return fingerprint(quote)[:16]
