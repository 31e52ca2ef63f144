"""Words in quotation marks must be words the evidence holds, and holds as somebody's words."""

from __future__ import annotations

import re

from rag.language.quotations import quoted_in
from rag.language.words import same_length, words_of
from rag.types import Finding

_CUT = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*")


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """A finding for each quotation whose words the evidence does not hold in that order, or holds unquoted."""
    findings: list[Finding] = []
    keys = _keys(evidence)
    said = [_keys(q.text) for q in quoted_in(evidence)]
    for quote in quoted_in(claim):
        parts = [p for p in (_keys(part) for part in _CUT.split(quote.text)) if p]
        if not all(_holds(keys, part) for part in parts):
            findings.append(Finding("quotes", f'nobody says "{_short(quote.text)}" in the evidence'))
        elif said and sum(map(len, parts)) >= 4 and not _anybody_says(parts, said, evidence):
            findings.append(Finding("quotes", f'"{_short(quote.text)}" is not a quotation in the evidence'))
    return tuple(findings)


def _anybody_says(parts: list[tuple[str, ...]], said: list[tuple[str, ...]], evidence: str) -> bool:
    """True also where marks are unbalanced: a quotation may have been opened in an earlier paragraph."""
    if same_length(evidence).count('"') % 2:
        return True
    return all(any(_holds(s, part) or _holds(part, s) for s in said) for part in parts)


def _keys(text: str) -> tuple[str, ...]:
    return tuple(w.key for w in words_of(text))


def _holds(keys: tuple[str, ...], part: tuple[str, ...]) -> bool:
    size = len(part)
    return any(keys[i : i + size] == part for i in range(len(keys) - size + 1))


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= 12 else " ".join(words[:12]) + " …"
