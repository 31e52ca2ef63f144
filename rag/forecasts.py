"""Whether a sentence speaks of what is to come, as a forecast or a plan."""

from __future__ import annotations

from collections.abc import Sequence

from rag.certainty import certainty_of
from rag.hedges import MODALS, is_modal
from rag.language.phrases import is_adverb
from rag.language.times import When, whens_of
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.reporting import BE
from rag.types import Certainty

_BY_NAME = word_set("forecast forecasts predicts projected projects outlook")
_PLANNED = word_set("set going poised about ready")
_IS = {"is", "are", "was", "were"}
_SUBORDINATING = word_set("which who whom whose where what how why when because unless until while although though")
_RELATIVES = {"who", "which"}
_NEGATIONS = {"not", "never"}
_AIMS = word_set("purpose aim goal mission task job idea alternative tactic tactics point role priority way challenge")
_NEAR = 8
_OWNERS = word_set("the a his her their my our free good ill political own of")  # of the noun "will"
_SAID = word_set("said says say told announced promised pledged vowed warned insisted confident predicted added")
_ASKED = {"asked", "if"}


def is_forecast(sentence: str) -> bool:
    """Whether it tells of what is to come: "will", "is expected", "is to", a "would" that is reported, and the like.

    What may be counts only where a day or year to come is named ("could open in late 2028"); what is denied does not,
    nor what only a clause tells of something mentioned ("the bill, which will pass in May, is long").
    """
    if certainty_of(sentence) is Certainty.DENIED:
        return False
    words = words_of(sentence)
    dated = [when for when in whens_of(sentence) if _leads_on(words, when)]
    return any(
        (_is_to_come(words, i) or _is_possible_by(words, i, dated)) and not _is_mentioned(words, i)
        for i in range(len(words))
    )


def _is_mentioned(words: Sequence[Word], i: int) -> bool:
    """In a clause of "which", "when" or "because", or of a "that" which is itself what will be so."""
    clause = [w for w in words[:i] if w.clause == words[i].clause]
    opener = next((n for n in range(len(clause) - 1, -1, -1) if clause[n].key in _SUBORDINATING | {"that"}), None)
    if opener is None:
        return False
    if clause[opener].key == "that":  # "tanks that will come", and not "said that tanks will come"
        return all(is_adverb(w) for w in clause[opener + 1 :])
    between = clause[opener + 1 :]
    while between and (between[-1].key in BE or is_adverb(between[-1])):  # "which is widely expected"
        between = between[:-1]
    has_verb = any(w.key in BE or is_past(w) for w in between)
    return not (clause[opener].key in _RELATIVES and has_verb)  # "those who are old will stay"


def _is_to_come(words: Sequence[Word], i: int) -> bool:
    key, nxt = words[i].key, next((w.key for w in words[i + 1 : i + 4] if w.lemma not in _NEGATIONS), "")
    before = words[i - 1].key if i and words[i - 1].clause == words[i].clause else ""
    match key:
        case "will" | "shall":
            return nxt != "have" and before not in _OWNERS
        case "would":
            return nxt != "have" and _is_reported(words, i)
        case "expected":
            return before in _IS | {"not", "now", "also", "widely"}
        case "expect" | "expects":
            return before not in {"to", "not"}
        case "to":
            return before in {"is", "are"} and not _is_aim(words, i)
    return key in _BY_NAME or (key in _PLANNED and nxt == "to" and before in _IS)


def _is_aim(words: Sequence[Word], i: int) -> bool:
    """Of "its purpose is to help" and "how late it is to close it": nothing is said to come."""
    subject = {w.key for w in words[max(0, i - _NEAR) : i - 1] if w.clause == words[i].clause}
    return bool(subject & _AIMS) or key_at(words, i - 2) == "it"


def _is_reported(words: Sequence[Word], i: int) -> bool:
    """Somebody said so in the same sentence: "would" is then the "will" of that time, and no mere supposition."""
    sentence = {w.key for w in words if w.sentence == words[i].sentence}
    return bool(sentence & _SAID) and not sentence & _ASKED


def _is_possible_by(words: Sequence[Word], i: int, dated: Sequence[When]) -> bool:
    nxt = words[i + 1].key if i + 1 < len(words) else ""
    if words[i].key not in MODALS or nxt in {"", "have", "not"} or not is_modal(words[i], "", nxt):
        return False
    return any(when.first > i and words[when.first].clause == words[i].clause for when in dated)


def _leads_on(words: Sequence[Word], when: When) -> bool:
    """Of "until Monday", "in late 2028", "next week" and "this month"; not of "last week" or "on 3 March"."""
    before = {w.key for w in words[max(0, when.first - 2) : when.first]}
    if when.kind == "relative":
        return when.value[0] in {"next", "this", "tomorrow"}
    return bool(
        before & {"until", "by", "before", "late", "early", "later"} or (when.kind == "year" and "in" in before)
    )
