"""Words in quotation marks must be words the evidence holds, and holds as somebody's words."""

from __future__ import annotations

import re

from rag.attribution import find_attribution
from rag.language.quotations import quoted_in
from rag.language.words import words_of
from rag.types import Finding

_CUT = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*")


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """A finding for each quotation whose words the evidence does not hold in that order.

    Also where the claim quotes a speaker with words the evidence holds, but outside quotation marks. Titles are
    left to the check of names.
    """
    findings: list[Finding] = []
    keys = _keys(evidence)
    said = [_keys(q.text) for q in quoted_in(evidence)]
    for quote in quoted_in(claim):
        parts = [p for p in (_keys(part) for part in _CUT.split(quote.text)) if p]
        if _is_title(quote.text):
            continue
        if not all(_holds(keys, part) for part in parts):
            findings.append(Finding("quotes", f'nobody says "{_short(quote.text)}" in the evidence'))
        elif sum(map(len, parts)) >= 4 and find_attribution(claim) and not _anybody_says(parts, said):
            findings.append(Finding("quotes", f'"{_short(quote.text)}" is not a quotation in the evidence'))
    return tuple(findings)


def _is_title(text: str) -> bool:
    words = [w for w in words_of(text) if len(w.key) > 3 and not w.number]
    return 0 < len(words) <= 8 and all(w.capital for w in words)


def _anybody_says(parts: list[tuple[str, ...]], said: list[tuple[str, ...]]) -> bool:
    return all(any(_holds(s, part) or _holds(part, s) for s in said) for part in parts)


def _keys(text: str) -> tuple[str, ...]:
    return tuple(w.key for w in words_of(text))


def _holds(keys: tuple[str, ...], part: tuple[str, ...]) -> bool:
    size = len(part)
    return any(keys[i : i + size] == part for i in range(len(keys) - size + 1))


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= 12 else " ".join(words[:12]) + " …"
