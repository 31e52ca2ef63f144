"""Classifies a sentence, from its own words, as stated, likely, possible, alleged or denied."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.senses import deprives
from rag.language.words import Word, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.hedges import DENIALS
from rag.lexicon.reporting import BE, CLEAR, DETERMINERS, LEADS, OPENERS, VERBISH
from rag.stance.hedge_scope import governs
from rag.stance.hedges import hedges_of
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
_UNTRUE = word_set("untrue false baseless unfounded fabricated invented wrong")
_CALLING = word_set("call describe brand label")
_DENIABLE = word_set("report claim allegation accusation rumour rumor suggestion assertion")
_NOT_DENYING = word_set("not nor to be being is was were are stops stop stopped")


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


def _is_object_of_calling(words: Sequence[Word], i: int) -> bool:
    """Whether a report is the object that is called untrue: "called the claims baseless"; not "a false alarm"."""
    after = words[i + 1] if i + 1 < len(words) and words[i + 1].clause == words[i].clause else None
    if after is not None and after.key not in OPENERS | LEADS:
        return False
    call = next((n for n in range(i - 1, -1, -1) if words[n].lemma in _CALLING), None)
    if call is None or words[call].sentence != words[i].sentence or key_at(words, call - 1) in _NOT_DENYING:
        return False
    return any(w.lemma in _DENIABLE for w in words[call + 1 : call + 4])


def _is_called_untrue(words: Sequence[Word], i: int) -> bool:
    """Whether a report is called untrue: "Reports that the mine will close are untrue"; not "if they are untrue".

    "He called the report false" is a denial too.
    """
    before = [w for w in words[:i] if w.sentence == words[i].sentence]
    if words[i].key in _UNTRUE and _is_object_of_calling(words, i):
        return True
    if words[i].key == "true" and before and before[-1].key == "not":
        before = before[:-1]
    elif words[i].key not in _UNTRUE:
        return False
    if not before or before[-1].key not in BE or {w.key for w in before} & {"if", "whether"}:
        return False
    if key_at(words, i + 1) == "that" and [w.key for w in before[-2:-1]] == ["it"]:
        return words[i].key != "wrong"  # "It is wrong that nurses earn so little" is a judgement
    return any(words[n].lemma in _DENIABLE and _is_subject_of(words, n, i) for n in range(i))


def _is_subject_of(words: Sequence[Word], n: int, i: int) -> bool:
    """Whether the noun at ``n`` is what word ``i`` describes; not so in "The report said the alarm was false"."""
    nxt = key_at(words, n + 1)
    if nxt == "that":
        return key_at(words, n + 2) not in CLEAR | VERBISH
    is_reporting = any(w.key in CLEAR for w in words[n + 1 : i])
    return nxt in BE or (nxt in OPENERS | {"of", "about"} and not is_reporting)


def _is_noun_or_negated(words: Sequence[Word], i: int) -> bool:
    """Whether nothing is denied: "the dispute", "did not deny it", "would neither confirm nor deny it"."""
    before = key_at(words, i - 1)
    is_refused = before == "or" and key_at(words, i - 2).startswith("confirm")
    return before in _NOT_DENYING or is_refused or (words[i].key == "dispute" and before in DETERMINERS)


def _is_denial(sentence: str) -> bool:
    words = words_of(sentence)
    if any(_is_called_untrue(words, i) for i in range(len(words))):
        return True
    for i, word in enumerate(words):
        if word.key in {"refuted", "disputed", "denied"} and [w.key for w in words[i + 1 : i + 2]] == ["by"]:
            return True
        if word.key not in DENIALS or _is_noun_or_negated(words, i) or _is_in_relative_clause(words, i):
            continue
        if word.lemma == "deny":
            return not deprives(words, i)
        after = {w.key for w in words[i + 1 : i + 4] if w.clause == word.clause}
        if after & _DENIED_OBJECTS:
            return True
    return False
