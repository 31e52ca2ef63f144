"""Safe display of untrusted text: control characters and direction overrides become visible."""

from __future__ import annotations

import re
from hashlib import sha256

_C0_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
_HIDDEN = re.compile("[\u0080-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Replace each active character of ``text`` by a visible one; the length stays the same.

    Terminal escapes (C0 and C1 controls), bidirectional overrides (the "Trojan Source" characters, Boucher and
    Anderson 2021) and lone surrogates become a control picture or U+FFFD; newline and tab stay. Every character is
    replaced by exactly one, so character offsets remain valid.
    """
    return _HIDDEN.sub("\ufffd", text.translate(_C0_PICTURES))


def one_line(text: str, limit: int | None = None) -> str:
    """Return ``visible`` text on one line, cut at a word with an ellipsis if longer than ``limit`` characters."""
    flat = visible(" ".join(text.split()))
    if limit is None or len(flat) <= limit:
        return flat
    return flat[:limit].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


def fingerprint(quote: str) -> str:
    """Return the SHA-256 of a quote as hexadecimal digits."""
    return sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()


def digest(quote: str) -> str:
    """Return the first 16 hexadecimal digits of the fingerprint, enough to detect that an article has changed."""
    return fingerprint(quote)[:16]
