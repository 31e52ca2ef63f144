"""Check that quoted words are in the evidence, and are quoted there too.

- words in quotation marks that the evidence does not have in that order
- words that the evidence has, but outside quotation marks, where the claim quotes a speaker with them

An ellipsis or an insertion in square brackets may interrupt the quotation. Titles ("The Old Bridge") are left to
``rag.checks.names``.

Leaves out: who quoted_words the words (``rag.checks.speakers``), and quotations taken out of context.
"""

from __future__ import annotations

import re

from rag.checks.finding import Finding
from rag.language.quotations import quoted_in
from rag.language.words import words_of
from rag.stance.attribution import find_attribution

# An ellipsis or an insertion in square brackets.
_CUT = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*")


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Return a finding for each quotation whose words are not in the evidence, or not in quotation marks there."""
    findings: list[Finding] = []
    keys = _keys(evidence)
    quoted_words = [_keys(q.text) for q in quoted_in(evidence)]
    for quote in quoted_in(claim):
        parts = [p for p in (_keys(part) for part in _CUT.split(quote.text)) if p]
        if _is_title(quote.text):
            continue
        if not all(_holds(keys, part) for part in parts):
            findings.append(Finding("quotes", f'nobody says "{_short(quote.text)}" in the evidence'))
        elif sum(map(len, parts)) >= 4 and find_attribution(claim) and not _is_quoted(parts, quoted_words):
            findings.append(Finding("quotes", f'"{_short(quote.text)}" is not a quotation in the evidence'))
    return tuple(findings)


def _is_title(text: str) -> bool:
    words = [w for w in words_of(text) if len(w.key) > 3 and not w.number]
    return 0 < len(words) <= 8 and all(w.capital for w in words)


def _is_quoted(parts: list[tuple[str, ...]], quoted_words: list[tuple[str, ...]]) -> bool:
    return all(any(_holds(s, part) or _holds(part, s) for s in quoted_words) for part in parts)


def _keys(text: str) -> tuple[str, ...]:
    return tuple(w.key for w in words_of(text))


def _holds(keys: tuple[str, ...], part: tuple[str, ...]) -> bool:
    size = len(part)
    return any(keys[i : i + size] == part for i in range(len(keys) - size + 1))


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= 12 else " ".join(words[:12]) + " …"
