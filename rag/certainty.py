"""Classifies a sentence, from its own words, as stated, likely, possible, alleged or denied."""

from __future__ import annotations

from collections.abc import Sequence

from rag.governing import governs
from rag.hedges import hedges_of
from rag.language.senses import deprives
from rag.language.words import Word, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.hedges import DENIALS
from rag.lexicon.reporting import BE
from rag.types import Attribution, Certainty

_STRONGEST_FIRST = (Certainty.DENIED, Certainty.ALLEGED, Certainty.POSSIBLE, Certainty.LIKELY)
_DENIED_OBJECTS = word_set(
    "claim claims report reports allegation allegations accusation accusations suggestion suggestions charge charges "
    "rumour rumours rumor rumors idea notion wrongdoing involvement that having being it this responsibility "
    "comments remarks"
)
_ALLEGING_VERBS = word_set(
    "claimed claims claim alleged alleges allege accused accuses accuse suspect suspects suspected"
)
_UNTRUE = word_set("untrue false baseless unfounded fabricated")
_DENIABLE = word_set("report claim allegation accusation rumour rumor suggestion assertion")
_NOT_DENYING = word_set("not to be being is was were are stops stop stopped")


def certainty_of(sentence: str, attribution: Attribution | None = None) -> Certainty:
    """The weakest certainty that the sentence expresses, in the order denied, alleged, possible, likely, stated.

    The reporting verb of ``attribution`` counts too if it denies or distances ("denied", "claimed"), even if the
    attribution comes from the sentence before.
    """
    found = {hedge.certainty for hedge in hedges_of(sentence) if governs(hedge, sentence)}
    if _is_denial(sentence):
        found.add(Certainty.DENIED)
    if attribution:
        verbs = set(attribution.verb.lower().split())
        if verbs & DENIALS:
            found.add(Certainty.DENIED)
        if verbs & _ALLEGING_VERBS:
            found.add(Certainty.ALLEGED)
    return next((certainty for certainty in _STRONGEST_FIRST if certainty in found), Certainty.STATED)


def _is_in_relative_clause(words: Sequence[Word], i: int) -> bool:
    """Whether the word is in a relative clause between commas: "Brandt, who has denied it, was fined"."""
    near = range(max(0, i - 4), i)
    relatives = [n for n in near if words[n].key in {"who", "which"} and words[n].clause == words[i].clause]
    after = next((w for w in words[i + 1 :] if w.clause > words[i].clause), None)
    is_inserted = bool(relatives) and relatives[0] > 0 and words[relatives[0] - 1].clause != words[i].clause
    return is_inserted and after is not None and after.sentence == words[i].sentence


def _is_called_untrue(words: Sequence[Word], i: int) -> bool:
    """Whether a report is called untrue: "Reports that the mine will close are untrue"; not "if they are untrue"."""
    before = [w for w in words[:i] if w.sentence == words[i].sentence]
    if words[i].key == "true" and before and before[-1].key == "not":
        before = before[:-1]
    elif words[i].key not in _UNTRUE:
        return False
    if not before or before[-1].key not in BE or {w.key for w in before} & {"if", "whether"}:
        return False
    return any(w.lemma in _DENIABLE for w in before) or (
        key_at(words, i + 1) == "that" and [w.key for w in before[-2:-1]] == ["it"]
    )


def _is_denial(sentence: str) -> bool:
    words = words_of(sentence)
    if any(_is_called_untrue(words, i) for i in range(len(words))):
        return True
    for i, word in enumerate(words):
        if word.key in {"refuted", "disputed", "denied"} and [w.key for w in words[i + 1 : i + 2]] == ["by"]:
            return True
        if word.key not in DENIALS or (i and words[i - 1].key in _NOT_DENYING) or _is_in_relative_clause(words, i):
            continue
        if word.lemma == "deny":
            return not deprives(words, i)
        after = {w.key for w in words[i + 1 : i + 4] if w.clause == word.clause}
        if after & _DENIED_OBJECTS:
            return True
    return False
