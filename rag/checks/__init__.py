"""Deterministic checks of a claim against the words it cites: no model, no network, the same answer every time.

Each module holds one check, ``check(claim, evidence)``, pure and under a millisecond on a sentence. They look
for what is wrong; that nothing is found does not prove support.
"""

from __future__ import annotations

from datetime import date

from rag.checks import dates, form, hedges, names, negation, numbers, quotes, speakers, tense
from rag.language.words import is_whole_sentence_of
from rag.types import Finding

_CHECKS = (numbers, names, negation, hedges, tense, speakers, quotes, form)


def run(claim: str, evidence: str, published: date | None = None) -> tuple[Finding, ...]:
    """Everything that speaks against the claim; empty where nothing does.

    ``evidence`` is the cited text: one or a few sentences, the sentence before included where a quotation runs on.
    ``published``, the day its article came out, tells which day a "Tuesday" is.
    A whole sentence of it, word for word, has nothing against it; whose words it is travels beside the claim.
    """
    return () if is_whole_sentence_of(claim, evidence) else by_rules(claim, evidence, published)


def by_rules(claim: str, evidence: str, published: date | None = None) -> tuple[Finding, ...]:
    """What ``run`` finds, but without letting whole sentences pass: the rules' own false alarms are measured here."""
    found = [finding for module in _CHECKS for finding in module.check(claim, evidence)]
    return (*found, *dates.check(claim, evidence, published))
