"""How firmly a sentence says what it says: stated, likely, possible, alleged or denied, from its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.reported import reported_in
from rag.language.times import words_in_dates
from rag.language.verbs import deprives
from rag.language.words import Word, same_length, words_of
from rag.lexicon import word_set
from rag.lexicon.hedges import DENIALS, HEDGES
from rag.lexicon.reporting import MEANWHILE
from rag.types import Attribution, Certainty

_STRONGEST_FIRST = (Certainty.DENIED, Certainty.ALLEGED, Certainty.POSSIBLE, Certainty.LIKELY)
_DENIED_THINGS = word_set(
    "claim claims report reports allegation allegations accusation accusations suggestion suggestions charge charges "
    "rumour rumours rumor rumors idea notion wrongdoing involvement that having being any it this responsibility "
    "comments remarks"
)
_CLAIMING = word_set("claimed claims claim alleged alleges allege accused accuses accuse suspect suspects suspected")
_ABILITIES = word_set(
    "not see hear feel understand walk sleep afford breathe remember smell speak swim stand sit read tell"
)
MODALS = {"may", "might", "could"}
_OPINIONS = {"believe", "think", "believes", "thinks", "suspect", "expect"}
_NO_OPINION = {"not", "to", "you", "the", "a", "can"}
_NOT_DENYING = word_set("not to be being is was were are stops stop stopped")
_SUBJECTS = word_set("i he she it we you they the this these those a an there")
_NOUNS_OF_MAY = word_set("in since of last next this until early late by during")


_ADJECTIVES = {"possible", "potential", "possibility"}
_LINKS = word_set("is are was were be been being remains remained seems seem seemed becomes became still not")
_RELATIVES = {"which", "who", "whom", "whose"}
_SUBJECTS_OF_FEELINGS = word_set("that they he she it")
_KINDS = word_set("any every all no kind kinds type types sort sorts")
_SHORTEST = 3
_DEFINITE = word_set("the this these those such his her their")
_ACCUSATIONS = word_set("accusation accusations allegation allegations claims")
_CAME = word_set("came come comes follow followed follows were was are is")
_ASKING = word_set("ask know say tell decide unclear unknown question wonder")


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word or phrase that limits certainty; ``first`` and ``last`` index the words of the text."""

    certainty: Certainty
    text: str
    first: int
    last: int


def certainty_of(sentence: str, attribution: Attribution | None = None) -> Certainty:
    """The weakest certainty the sentence's words leave; a denial outweighs an allegation, that a possibility.

    A reporting verb that itself doubts or denies ("denied", "claimed") counts, also where ``attribution`` comes
    from the sentence before.
    """
    found = {hedge.certainty for hedge in hedges_of(sentence) if governs(hedge, sentence)}
    if _is_denial(sentence):
        found.add(Certainty.DENIED)
    if attribution:
        verbs = set(attribution.verb.lower().split())
        if verbs & DENIALS:
            found.add(Certainty.DENIED)
        if verbs & _CLAIMING:
            found.add(Certainty.ALLEGED)
    return next((certainty for certainty in _STRONGEST_FIRST if certainty in found), Certainty.STATED)


def governs(hedge: Hedge, sentence: str) -> bool:
    """Whether a hedge limits what the sentence says, and not just something it mentions on the way.

    A "possible" before its noun, a "may" in a relative clause and what somebody is asked about limit only
    themselves. Words for allegations always count: they protect whom they are about.
    """
    words = words_of(sentence)
    if _is_beside_the_report(words[hedge.first], words, sentence):
        return False
    if hedge.certainty not in {Certainty.LIKELY, Certainty.POSSIBLE}:
        return not _is_referred_to(words, hedge)
    if words[hedge.first].key in _ADJECTIVES:
        return _is_predicate(words, hedge)
    i = hedge.first
    if _is_reporting(words, i, sentence) or _is_of_any(words, i):
        return False
    return not (
        _is_relative(words, i) or _is_asked(words, i) or _is_condition(words, i) or _is_comment(words, i, sentence)
    )


def _is_beside_the_report(word: Word, words: Sequence[Word], sentence: str) -> bool:
    """Behind the words that close a report ("…, Brandt said, as he accused the firm"), or before its "Topic:"."""
    found = reported_in(sentence)
    if found is None:
        return False
    start, end = found.part
    if found.last and end < len(sentence):
        behind = {w.key for w in words if end <= w.start <= word.start}
        return word.start > end and bool(behind & MEANWHILE)
    return word.end < start and ":" in sentence[word.end : start]


def _is_reporting(words: Sequence[Word], i: int, sentence: str) -> bool:
    """The "suggested that" of somebody who says so, and an estimate that stands with its number."""
    key, after = words[i].key, words[i + 1] if i + 1 < len(words) else None
    if key == "likely" and after and after.key == "because":
        return True
    if key == "estimated" and after and after.number:
        return i > 0 and words[i - 1].key in {"an", "the"}
    found = reported_in(sentence) if key == "suggested" and after and after.key == "that" else None
    return found is not None and found.verb == "suggested"


def _is_of_any(words: Sequence[Word], i: int) -> bool:
    """In "any actions that could lead to war" the kind of thing is told, and no thing said to be possible."""
    if i < _SHORTEST or words[i - 1].key != "that" or words[i].key not in MODALS:
        return False
    return any(w.key in _KINDS and w.clause == words[i].clause for w in words[max(0, i - 6) : i - 1])


def _is_referred_to(words: Sequence[Word], hedge: Hedge) -> bool:
    """In "The accusation came after Brandt said" somebody's accusation is only spoken of."""
    i = hedge.first
    is_told = i > 0 and words[i - 1].key in _DEFINITE and words[i].key in _ACCUSATIONS
    return is_told and i + 1 < len(words) and words[i + 1].key in _CAME


def _is_condition(words: Sequence[Word], i: int) -> bool:
    """Behind "if" and "because", and the last part of "as far as he may wish"."""
    for n in range(i - 1, max(-1, i - 6), -1):
        if words[n].clause != words[i].clause:
            return False
        if words[n].key == "if" or (words[n].key == "because" and n > 0):
            return n == 0 or words[n - 1].lemma not in _ASKING
        if words[n].key == "as" and n and not words[n].initial and words[i].key in {"may", "might"}:
            return words[n - 1].clause == words[n].clause
    return False


def _is_comment(words: Sequence[Word], i: int, sentence: str) -> bool:
    """In what a dash or a comma adds on the main statement: "… – a move that could lead to war"."""
    plain = same_length(sentence)
    n = i
    while n and words[n - 1].clause == words[i].clause:
        n -= 1
    mark = plain[words[n - 1].end : words[n].start].strip() if n else ""
    between = {w.key for w in words[n + 1 : i]}
    return mark in {",", "-", "–", "—"} and words[n].key in {"a", "an"} and bool(between & {"that", "which", "the"})


def _is_predicate(words: Sequence[Word], hedge: Hedge) -> bool:
    """Of "it is possible that"; not of "possible talks", "as soon as possible" and "made possible"."""
    i = hedge.first
    if words[i].initial:
        return True
    before = [w.key for w in words[max(0, i - 2) : i] if w.sentence == words[i].sentence]
    if words[i].key == "possibility":
        return bool(
            {"warned", "warns", "see", "sees", "there", "raised", "raise", "raises", "out"}
            & {w.key for w in words[max(0, i - 5) : i]}
        )
    return bool(set(before) & _LINKS) and not set(before) & {"only", "as", "what", "made"}


def _is_relative(words: Sequence[Word], i: int) -> bool:
    """Behind a "which" or "who" that tells of something mentioned.

    What "that" opens belongs to what is said ("a deal that could end the strike").
    """
    for n in range(i - 1, 0, -1):
        if words[n].clause != words[i].clause:
            return False
        if words[n].key in _RELATIVES:
            return words[n - 1].sentence == words[n].sentence and words[n - 1].lemma not in _ASKING
    return False


def _is_asked(words: Sequence[Word], i: int) -> bool:
    """Of "what could be next", and of a question."""
    if i and words[i - 1].key == "what" and words[i - 1].clause == words[i].clause:
        return True
    for n in range(i - 1, max(-1, i - 5), -1):
        if words[n].key in {"what", "how", "why"} and words[n].sentence == words[i].sentence:
            return words[n].initial or (n > 0 and words[n - 1].lemma in {"ask", "wonder", "question"})
    return False


@lru_cache(maxsize=1024)
def hedges_of(text: str) -> tuple[Hedge, ...]:
    """Every limiting word of the text, in order, longest phrases first where they overlap."""
    words = words_of(text)
    keys = [w.key for w in words]
    dated = words_in_dates(text)
    found: list[Hedge] = []
    i = 0
    while i < len(words):
        hedge = None if i in dated else _hedge_at(words, keys, i)
        if hedge:
            found.append(hedge)
        i = hedge.last + 1 if hedge else i + 1
    return tuple(found)


def _hedge_at(words: Sequence[Word], keys: Sequence[str], i: int) -> Hedge | None:
    for phrase, certainty in HEDGES.get(keys[i], ()):
        if tuple(keys[i : i + len(phrase)]) == phrase:
            last = i + len(phrase) - 1
            if _limits(words, keys, i, last):
                text = " ".join(w.text for w in words[i : last + 1])
                return Hedge(certainty, text, i, last)
            return None
    return None


def _limits(words: Sequence[Word], keys: Sequence[str], i: int, last: int) -> bool:
    """Whether the word limits anything here: "may" the month and "could not" (was unable) do not."""
    key, before = keys[i], keys[i - 1] if i else ""
    nxt = keys[last + 1] if last + 1 < len(keys) else ""
    if key in MODALS:
        return "whatever" not in keys[max(0, i - 6) : i] and is_modal(words[i], before, nxt)
    if key == "claimed" and {"responsibility", "victory", "credit", "lives", "life"} & set(keys[last + 1 : last + 4]):
        return False
    if key in {"feel", "feels", "felt"}:
        return nxt in _SUBJECTS_OF_FEELINGS
    if key in {"claims", "claim"}:
        is_verb = last > i or nxt in {"that", "to"} or before in {"its", "his", "her", "their"}
        return is_verb and before != "false"
    if key in _OPINIONS:
        led = {w.key for w in words[max(0, i - 3) : i]}
        return (
            before not in _NO_OPINION
            and not (nxt.startswith("tank") or nxt in {"about", "of"})
            and not words[i].initial
            and not led & {"let", "you"}
        )
    return True


def is_modal(word: Word, before: str, nxt: str) -> bool:
    """Whether "may", "might" or "could" speaks of what is possible: not the month, not strength, not an ability."""
    if word.key == "may":
        return not word.capital or (word.initial and before not in _NOUNS_OF_MAY and nxt in _SUBJECTS)
    if word.key == "could":
        return nxt not in _ABILITIES and before not in {"so", "nobody", "no"}
    return before not in {"the", "military", "full", "its"}  # "might" as strength


def _is_denial(sentence: str) -> bool:
    words = words_of(sentence)
    for i, word in enumerate(words):
        if word.key in {"refuted", "disputed", "denied"} and [w.key for w in words[i + 1 : i + 2]] == ["by"]:
            return True
        if word.key not in DENIALS or (i and words[i - 1].key in _NOT_DENYING):
            continue
        if word.lemma == "deny":
            return not deprives(words, i)
        after = {w.key for w in words[i + 1 : i + 4] if w.clause == word.clause}
        if after & _DENIED_THINGS:
            return True
    return False
