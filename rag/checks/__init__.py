"""Deterministic checks of a claim against the text it cites: no model, no network, the same result every time.

Each module holds one check: a pure function ``check(claim, evidence)`` that takes under a millisecond for a sentence.
The checks look for errors. No finding does not prove that the evidence supports the claim.
"""

from __future__ import annotations

from datetime import date

from rag.checks import dates, form, hedges, names, negation, numbers, quotes, speakers, tense
from rag.checks.finding import Finding
from rag.language.sentences import is_whole_sentence_of

_CHECKS = (numbers, names, negation, hedges, tense, speakers, quotes, form)


def run(claim: str, evidence: str, published: date | None = None) -> tuple[Finding, ...]:
    """Return every finding against the claim, or an empty tuple.

    ``evidence`` is the cited text: one or a few sentences, with the sentence before them where a quotation continues.
    ``published`` is the day its article was published, by which "Tuesday" is resolved.

    A whole sentence of the evidence, character for character, passes without a check. Its attribution is shown beside
    it.
    """
    return () if is_whole_sentence_of(claim, evidence) else by_rules(claim, evidence, published)


def by_rules(claim: str, evidence: str, published: date | None = None) -> tuple[Finding, ...]:
    """Run every check, even on a whole sentence of the evidence, so that false positives can be measured."""
    found = [finding for module in _CHECKS for finding in module.check(claim, evidence)]
    return (*found, *dates.check(claim, evidence, published))
