"""Recognizes sentences about the future: forecasts and plans."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.phrases import is_adverb
from rag.language.times import When, whens_of
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.negations import NEGATIONS
from rag.lexicon.reporting import BE
from rag.stance.certainty import certainty_of
from rag.stance.hedges import MODALS, is_modal
from rag.types import Certainty

_FORECAST_WORDS = word_set("forecast forecasts predicts projected projects outlook")
_PLAN_WORDS = word_set("set going poised about ready")
_BE_FORMS = {"is", "are", "was", "were"}
_SUBORDINATING = word_set(
    "which who whom whose where what how why when whether because unless until while although though"
)
_RELATIVES = {"who", "which"}
_AIM_NOUNS = word_set(
    "purpose aim goal mission task job idea alternative tactic tactics point role priority way challenge"
)
_MAX_SUBJECT_WORDS = 8
_BEFORE_NOUN_WILL = word_set("the a his her their my our free good ill political own of")  # of the noun "will"
_REPORTING = word_set("said says say told announced promised pledged vowed warned insisted confident predicted added")
_INDIRECT_QUESTION = {"asked", "if"}
# Verbs of declining to speak: "would not say". "Will not disclose it until May" is about the future all the same.
_DISCLOSING = word_set("say comment confirm disclose specify elaborate")
_LATER = word_set("until before")


def is_forecast(sentence: str) -> bool:
    """Whether the sentence is about the future: "will", "is expected", "is to", a reported "would", and the like.

    A possibility counts only with a future date ("could open in late 2028"). Denials do not count, nor does a clause
    about something merely mentioned ("the bill, which will pass in May, is long").
    """
    if certainty_of(sentence) is Certainty.DENIED:
        return False
    words = words_of(sentence)
    dated = [when for when in whens_of(sentence) if _is_in_the_future(words, when)]
    return any(
        (_is_future(words, i) or _is_possible_on_date(words, i, dated)) and not _is_mentioned(words, i)
        for i in range(len(words))
    )


def _is_mentioned(words: Sequence[Word], i: int) -> bool:
    """Whether the word is in a subordinate clause: after "which", "when", "because" or a relative "that"."""
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


def _is_future(words: Sequence[Word], i: int) -> bool:
    key, nxt = words[i].key, next((w.key for w in words[i + 1 : i + 4] if w.lemma not in NEGATIONS), "")
    before = words[i - 1].key if i and words[i - 1].clause == words[i].clause else ""
    match key:
        case "will" | "shall":
            return nxt != "have" and before not in _BEFORE_NOUN_WILL and not _is_refusal(words, i)
        case "would":
            return nxt != "have" and _is_reported(words, i) and not _is_refusal(words, i)
        case "expected":
            return before in _BE_FORMS | {"not", "now", "also", "widely"}
        case "expect" | "expects":
            return before not in {"to", "not"}
        case "to":
            return before in {"is", "are"} and not _is_aim(words, i)
    return key in _FORECAST_WORDS or (key in _PLAN_WORDS and nxt == "to" and before in _BE_FORMS)


def _is_refusal(words: Sequence[Word], i: int) -> bool:
    """Whether somebody declines to speak: "would not say whether it is safe"; not "will not say it before Friday"."""
    rest = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    verb = next((w.key for w in rest[1:] if not is_adverb(w)), "")
    negated = bool(rest) and rest[0].lemma == "not"
    return negated and verb in _DISCLOSING and not any(w.key in _LATER for w in rest)


def _is_aim(words: Sequence[Word], i: int) -> bool:
    """Whether "is to" does not refer to the future: "its purpose is to help", "how late it is to close it"."""
    subject = {w.key for w in words[max(0, i - _MAX_SUBJECT_WORDS) : i - 1] if w.clause == words[i].clause}
    return bool(subject & _AIM_NOUNS) or key_at(words, i - 2) == "it"


def _is_reported(words: Sequence[Word], i: int) -> bool:
    """Whether the sentence reports speech, in which "would" is a past "will" and not hypothetical."""
    sentence = {w.key for w in words if w.sentence == words[i].sentence}
    return bool(sentence & _REPORTING) and not sentence & _INDIRECT_QUESTION


def _is_possible_on_date(words: Sequence[Word], i: int, dated: Sequence[When]) -> bool:
    nxt = words[i + 1].key if i + 1 < len(words) else ""
    if words[i].key not in MODALS or nxt in {"", "have", "not"} or not is_modal(words[i], "", nxt):
        return False
    return any(when.first > i and words[when.first].clause == words[i].clause for when in dated)


def _is_in_the_future(words: Sequence[Word], when: When) -> bool:
    """Whether the date is in the future: "until Monday", "in late 2028", "next week"; not "last week"."""
    before = {w.key for w in words[max(0, when.first - 2) : when.first]}
    if when.kind == "relative":
        return when.value[0] in {"next", "this", "tomorrow"}
    return bool(
        before & {"until", "by", "before", "late", "early", "later"} or (when.kind == "year" and "in" in before)
    )
