"""Words that limit how firmly something is said, by the certainty they leave.

Covers allegations ("allegedly", "accused of"), possibility ("may", "cannot rule out"), likelihood ("probably", "is
expected to") and denials ("denied"). Leaves out hedges by tone ("so-called"), by tense, and conditions with "if".
"""

from __future__ import annotations

from rag.lexicon import word_set
from rag.types import Certainty

# Phrases separated by "|". Folded forms are matched as they are, so each inflection is listed.
_PHRASES: dict[Certainty, str] = {
    Certainty.ALLEGED: (
        "allegedly|alleged|alleges|alleging|allegation|allegations|reportedly|reported to|supposedly|purportedly|"
        "purported|ostensibly|rumoured|rumored|unconfirmed|unverified|unsubstantiated|suspected|suspect that|"
        "suspects that|on suspicion of|accused of|accused|accuses|accusing|accusation|accusations|is said to|"
        "are said to|was said to|were said to|been said to|claims that|claim that|claimed|claiming|claims"
    ),
    Certainty.POSSIBLE: (
        "raised the prospect|"
        "may|might|could|possible|possibly|possibility|perhaps|maybe|potentially|potential|conceivably|"
        "cannot rule out|can not rule out|n't rule out|not excluded|not count out|n't count out|cannot exclude|"
        "can imagine|could imagine|cannot be ruled out|can not be ruled out|not ruled out|not rule out|"
        "not be ruled out|unclear whether|uncertain whether|not sure|not be sure|unsure|considering|weighing|"
        "in theory|at risk of|speculated"
    ),
    Certainty.LIKELY: (
        "likely|unlikely|in all likelihood|probably|probable|presumably|apparently|appears to|appear to|appeared to|"
        "appears|appear|seems|seem|seemed|seemingly|expected to|is expected|are expected|was expected|were expected|"
        "expects|expect|believed to|is believed|are believed|believes|believe|thought to|is thought|are thought|"
        "thinks|think|set to|on track to|poised to|forecast|forecasts|projected|predicted|predicts|predict|estimated|"
        "feel|feels|felt|suggests|suggest|suggested|implied|implies|hinted|hints"
    ),
}

# Longest phrases first, so that the longest match wins.
_LONGEST_FIRST: tuple[tuple[tuple[str, ...], Certainty], ...] = tuple(
    sorted(
        ((tuple(phrase.split()), certainty) for certainty, text in _PHRASES.items() for phrase in text.split("|")),
        key=lambda pair: -len(pair[0]),
    )
)

HEDGES = {first: tuple(pair for pair in _LONGEST_FIRST if pair[0][0] == first) for (first, *_), _ in _LONGEST_FIRST}
"""First word -> (folded words of the phrase, certainty), longest phrases first."""

DENIALS: frozenset[str] = word_set(
    "denied denies deny denying denial rejected rejects dismissed dismisses refuted refutes disputed disputes "
    "disputing rejecting dismissing refuting refute dispute ridiculed ridicules"
)
"""Verbs and nouns by which somebody says that a statement is false."""
