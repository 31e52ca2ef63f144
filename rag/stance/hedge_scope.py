"""Decides whether a hedge qualifies a sentence's main statement or only something it mentions."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.phrases import is_adverb
from rag.language.reported import reported_in
from rag.language.words import Word, is_past, key_at, same_length, words_of
from rag.lexicon import word_set
from rag.lexicon.reporting import BE, MEANWHILE, SOURCES, VERBISH
from rag.stance.allegations import protects
from rag.stance.hedges import MODALS, Hedge
from rag.stance.subordinate import ADVERBS, is_conceded, is_condition, is_in_question, is_relative
from rag.types import Certainty

_ADJECTIVES = {"possible", "potential", "possibility"}
_COPULAS = word_set("is are was were be been being remains remained seems seem seemed becomes became still not")
_GENERIC_WORDS = word_set("any every all no kind kinds type types sort sorts")
_MIN_INDEX = 3
_PROPOSAL_STARTS = {"what", "how", "a", "an"}
_PARTICIPLES = word_set("expected set believed thought projected forecast poised accused suspected estimated said")
_BE_LIKE = word_set("get gets got stand stands stood")
_CONTRACTING = {"it", "that", "there", "this"}
_CONSIDERING = {"considering", "weighing"}
_DATE_PREPOSITIONS = {"on", "in", "by", "at", "until"}
_TALK = word_set("report concern fear worry claim rumour rumor speculation suggestion sign warning hope")
_AMID = word_set("amid over after despite about")


def governs(hedge: Hedge, sentence: str) -> bool:
    """Whether a hedge qualifies the sentence's main statement rather than something mentioned in passing.

    A "possible" before its noun, a "may" in a relative clause and a hedge in an indirect question do not. Allegation
    words do if they qualify the subject ("the alleged thief fled").
    """
    words = words_of(sentence)
    i = hedge.first
    if _is_outside_report(words[i], words, sentence) or _is_in_parentheses(words[i], sentence):
        return False
    if hedge.certainty not in {Certainty.LIKELY, Certainty.POSSIBLE}:
        return not _is_apart(words, i) and protects(words, i)
    if words[i].key in _ADJECTIVES:
        return _is_predicate(words, hedge) and not is_in_question(words, i)
    if words[i].key in _CONSIDERING or _is_reporting(words, i, sentence) or _is_comment(words, i, sentence):
        return False
    return not any(
        is_exempt(words, i)
        for is_exempt in (
            _describes_a_kind,
            _is_in_rumour,
            _is_missed_chance,
            _is_attribute,
            is_conceded,
            _qualifies_date_only,
            is_relative,
            is_in_question,
            is_condition,
        )
    )


def _is_apart(words: Sequence[Word], i: int) -> bool:
    """Whether an allegation word describes somebody after the verb: "police named the man accused of theft".

    After a comma it describes the subject instead: "A doctor went on trial, accused of theft".
    """
    opens = i > 0 and words[i].clause != words[i - 1].clause
    has_verb = any(w.key in VERBISH or is_past(w) for w in words[1:i])
    return _is_attribute(words, i) and has_verb and not opens


def _is_outside_report(word: Word, words: Sequence[Word], sentence: str) -> bool:
    """Whether the word is outside the report: after it ("…, he said, as he accused them") or in a "Topic:" label."""
    found = reported_in(sentence)
    if found is None:
        return False
    start, end = found.part
    if found.last and end < len(sentence):
        behind = {w.key for w in words if end <= w.start <= word.start}
        return word.start > end and bool(behind & MEANWHILE)
    return word.end < start and ":" in sentence[word.end : start]


def _is_reporting(words: Sequence[Word], i: int, sentence: str) -> bool:
    """Whether the word reports ("Brandt suggested that"), gives a reason ("likely because") or precedes a number."""
    key, after = words[i].key, words[i + 1] if i + 1 < len(words) else None
    if key == "likely" and after and after.key == "because":
        return not (_follows_be(words, i) or words[i].initial)
    if key == "estimated" and after and after.number:
        return i > 0 and words[i - 1].key in {"an", "the"}
    if not key.startswith("suggest"):
        return False
    if after and after.key in _PROPOSAL_STARTS:  # "to suggest what to build"
        return True
    found = reported_in(sentence)
    return found is not None and found.verb == key and not SOURCES & {w.key for w in words_of(found.speaker)}


def _follows_be(words: Sequence[Word], i: int) -> bool:
    """Whether the word follows a form of "be", including the contraction in "it's"."""
    before = words[i - 1] if i and words[i - 1].clause == words[i].clause else None
    return before is not None and (
        before.key in _COPULAS or (before.place == words[i].place - 2 and before.key in _CONTRACTING)
    )


def _is_attribute(words: Sequence[Word], i: int) -> bool:
    """Whether it is a participle without "is": "a bill, expected to pass soon, would help", "loans set to expire"."""
    if words[i].key not in _PARTICIPLES or key_at(words, i + 1) not in {"to", "of"}:
        return False
    n = i - 1
    while n >= 0 and words[n].clause == words[i].clause and (is_adverb(words[n]) or words[n].key in ADVERBS):
        n -= 1
    before = words[n] if n >= 0 and words[n].clause == words[i].clause else None
    is_contracted = before is not None and before.place == words[n + 1].place - 2  # "he's expected to"
    if before and (is_contracted or before.key in BE | _BE_LIKE):
        return False
    others = [w for k, w in enumerate(words) if w.sentence == words[i].sentence and not i <= k <= i + 2 and k]
    return any(w.key in VERBISH or (is_past(w) and w.key not in _PARTICIPLES) for w in others)


def _describes_a_kind(words: Sequence[Word], i: int) -> bool:
    """Whether the modal only describes a kind of thing: "any actions that could lead to war"."""
    if i < _MIN_INDEX or words[i - 1].key != "that" or words[i].key not in MODALS:
        return False
    return any(w.key in _GENERIC_WORDS and w.clause == words[i].clause for w in words[max(0, i - 6) : i - 1])


def _qualifies_date_only(words: Sequence[Word], i: int) -> bool:
    """Whether the hedge qualifies only a date or place added after a comma: "…, possibly on 4 March"."""
    opens = i > 0 and words[i - 1].clause != words[i].clause and words[i - 1].sentence == words[i].sentence
    return opens and key_at(words, i + 1) in _DATE_PREPOSITIONS and (is_adverb(words[i]) or words[i].key == "perhaps")


def _is_in_parentheses(word: Word, sentence: str) -> bool:
    """Whether the word is in brackets, where it qualifies nothing outside them."""
    opened = sentence.rfind("(", 0, word.start)
    return opened > 0 and ")" not in sentence[opened : word.start] and ")" in sentence[word.start :]


def _is_in_rumour(words: Sequence[Word], i: int) -> bool:
    """Whether the hedge belongs to rumours or concerns mentioned in passing: "amid reports that it could fall"."""
    for n in range(i - 1, 1, -1):
        if words[n].clause != words[i].clause:
            return False
        if words[n].key == "that" and words[n - 1].lemma in _TALK:
            return any(w.key in _AMID and w.clause == words[i].clause for w in words[max(0, n - 4) : n - 1])
    return False


def _is_missed_chance(words: Sequence[Word], i: int) -> bool:
    """Whether a speaker regrets a missed chance, which is not a supposition: "we could have won"."""
    is_own = i > 0 and words[i - 1].key in {"i", "we"} and words[i - 1].clause == words[i].clause
    return is_own and words[i].key == "could" and key_at(words, i + 1) == "have"


def _is_comment(words: Sequence[Word], i: int, sentence: str) -> bool:
    """Whether the word is in a comment added after a dash or comma: "… – a move that could lead to war"."""
    plain = same_length(sentence)
    n = i
    while n and words[n - 1].clause == words[i].clause:
        n -= 1
    mark = plain[words[n - 1].end : words[n].start].strip() if n else ""
    between = {w.key for w in words[n + 1 : i]}
    return mark in {",", "-", "–", "—"} and words[n].key in {"a", "an"} and bool(between & {"that", "which", "the"})


def _is_predicate(words: Sequence[Word], hedge: Hedge) -> bool:
    """Whether an adjective is a predicate ("it is possible that"), unlike in "possible talks" or "made possible"."""
    i = hedge.first
    if words[i].initial:
        return True
    before = [w.key for w in words[max(0, i - 2) : i] if w.sentence == words[i].sentence]
    if words[i].key == "possible" and any(w.lemma == "not" for w in words[max(0, i - 4) : i]):
        return False  # "not possible" means that it is not so
    if words[i].key == "possibility":
        return bool(
            {"warned", "warns", "see", "sees", "there", "raised", "raise", "raises", "out", "suggested", "suggests"}
            & {w.key for w in words[max(0, i - 5) : i]}
        )
    if words[i].key == "potential" and key_at(words, i + 1) == "to":
        return bool({"has", "have", "had", "hold", "holds"} & set(before))
    return bool(set(before) & _COPULAS or _follows_be(words, i)) and not set(before) & {"only", "as", "what", "made"}
