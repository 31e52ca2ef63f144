"""Sentences nobody cited that state otherwise what a shown sentence states: looked for in all that was retrieved.

Stricter than two cited sources need: these sentences were not picked as answers. They must be of the same story, give
what the question asks for, and differ on that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from rag.answer_type import AnswerType, asked_type
from rag.certainty import certainty_of
from rag.checks.negation import polarities
from rag.citations import Bibliography
from rag.conflicts import Dispute, are_of_different_times, moment
from rag.disagreement import (
    YES_OR_NO,
    Difference,
    Topic,
    content,
    contradicts,
    denial_of,
    denied_part,
    differences,
    plain,
    turned_words,
)
from rag.figures import agree, phrase, same_fact
from rag.instructions import reports_of
from rag.language.corrections import retracted
from rag.language.counted import group_said
from rag.language.names import names_of, same_name
from rag.language.quantities import Kind
from rag.language.stems import stems
from rag.language.times import When, whens_of
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.naming import name_of_day, name_of_figure
from rag.passages import PassageSentence, flat
from rag.pointing_figures import Told, alike, figures_told
from rag.types import Certainty, Citation, Passage, Quote

MOST = 4  # further sides that one answer may get

_SHARED_TEXT = 0.15  # of the shorter passage's content words, for two passages that share two names
_DENIED_SHARED = 0.6  # of what is denied, in the sentence that says it is so
_ASKED_SHARED = 0.6  # of the question's content words, in a passage with a sentence that turns one of them round
_PAST = word_set("first initial initially original originally early earlier earliest before previous previously ago")
_CHANGED = word_set("now later then rise rose risen raised lowered cut revised corrected had")
_REPLY_WITHIN = timedelta(days=7)
_NUMBERS = {
    AnswerType.COUNT: {Kind.COUNT},
    AnswerType.AMOUNT: {Kind.COUNT, Kind.MONEY, Kind.SHARE},
    AnswerType.PERCENT: {Kind.SHARE},
}
_MOVED = word_set("now postponed delayed rescheduled instead moved pushed brought put")
_SHARED_MOVED = 2
_DEADLY = word_set("deadly deadliest fatal lethal")
_WHO_IS_RIGHT = re.compile(
    r"\bwho(?:['’]s| is| was| has)? (?:right|correct|wrong|mistaken|telling the truth)\b", re.IGNORECASE
)
_CAUSES = re.compile(r"\b(?:why|caused?|reason|blamed|because)\b", re.IGNORECASE)
_EITHER = re.compile(r"\b(\w+),? or (?:(?:an?|the|by|in|from|of|on) )*(\w+)\s*\?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rival:
    """A sentence that says otherwise than ``against``; ``difference`` gives the shown side first."""

    against: Citation
    sentence: PassageSentence
    difference: Difference

    @property
    def quote(self) -> Quote:
        """Its exact words."""
        return Quote(self.sentence.passage, self.sentence.span)


def find_rivals(shown: Sequence[Citation], passages: Sequence[Passage], question: str) -> list[Rival]:
    """What the passages state otherwise than the citations shown, each figure once, at most ``MOST``."""
    places = {passage.chunk.id: passage for passage in passages}
    found: dict[tuple[str, str], Rival] = {}
    known = {flat(citation.quote) for citation in shown}
    book = Bibliography(passages)
    for citation in sorted(shown, key=moment, reverse=True):
        own = places.get(citation.chunk_id)
        for rival in _rivals_of(citation, own, passages, question) if own else ():
            unseen = book.cite([rival.quote])[0]
            is_new = unseen.article_id == citation.article_id or flat(rival.sentence.text) not in known
            if is_new and not are_of_different_times(Dispute.between(citation, unseen, rival.difference)):
                found.setdefault((rival.difference.about, _told(rival.difference, rival.sentence)), rival)
    return list(found.values())[:MOST]


def _rivals_of(citation: Citation, own: Passage, passages: Sequence[Passage], question: str) -> Iterator[Rival]:
    for sentence, difference in _other_counts(citation, own, passages, question):
        yield Rival(citation, sentence, difference)
    for passage in passages:
        if not _is_one_voice(citation, passage) and same_story(own, passage):
            for sentence, difference in _against(citation.quote, own, passage, question):
                yield Rival(citation, sentence, difference)


def _other_counts(
    citation: Citation, own: Passage, passages: Sequence[Passage], question: str
) -> Iterator[tuple[PassageSentence, Difference]]:
    """Figures that are given of what the shown one counts, in its article ("police put the number at 3,500") or others.

    One of the two says what it counts only by pointing back; two plain figures are compared as sentences are.
    """
    for told in figures_told(own):
        if flat(told.sentence.text) != flat(citation.quote):
            continue
        for passage in passages:
            is_own = passage.chunk.article_id == own.chunk.article_id
            if not is_own and (_is_one_voice(citation, passage) or not same_story(own, passage)):
                continue
            for other in figures_told(passage):
                difference = _other_count(told, other, is_own=is_own)
                if difference and is_asked(difference, question):
                    yield other.sentence, difference


def _other_count(told: Told, other: Told, *, is_own: bool) -> Difference | None:
    """The difference of two figures of one thing; within an article only where they go back to one sentence."""
    if not (told.points or other.points) or agree(told.fact, other.fact) or not alike(told.fact, other.fact):
        return None
    if is_own and (flat(told.root.text) != flat(other.root.text) or _tells_a_change(told, other)):
        return None
    if not same_fact(told.fact, other.fact, content(told.text) & content(other.text)):
        return None
    named = next((n for t in (told, other) if not t.points and (n := name_of_figure(t.sentence.text, t.fact))), "")
    about = min(told.fact.counts & other.fact.counts)
    return Difference(Topic.NUMBER, about, (phrase(told.fact), phrase(other.fact)), (told.fact, other.fact), named)


def _tells_a_change(*figures: Told) -> bool:
    """One of the sentences tells what the figure was, or that it changed: then nobody counts otherwise."""
    return any(word.key in _PAST | _CHANGED for told in figures for word in words_of(told.sentence.text))


@lru_cache(maxsize=64)
def _reports(passage: Passage) -> tuple[PassageSentence, ...]:
    return tuple(reports_of(passage))


def _moved(told: str, sentence: PassageSentence, passage: Passage, question: str) -> Difference | None:
    """The day to which something was put off or brought forward ("The company now aims for 4 May").

    What is moved may stand in the headline and the sentence before. Both sides give one day and no more.
    """
    if asked_type(question) is not AnswerType.DATE or not any(w.key in _MOVED for w in words_of(sentence.text)):
        return None
    ours, theirs = _days_of(told), _days_of(sentence.text)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].value == theirs[0].value or retracted(sentence.text):
        return None
    about = content(f"{passage.chunk.title or ''}. {sentence.before} {sentence.text}")
    asked = content(question)
    shared = asked & content(told) & about
    if len(shared) < _SHARED_MOVED or len(asked & about) < _ASKED_SHARED * len(asked):
        return None
    return Difference(Topic.DATE, "date", (ours[0].text, theirs[0].text), named=name_of_day(told, ours[0], shared))


def _days_of(text: str) -> list[When]:
    return [when for when in whens_of(plain(text)) if when.kind == "day"]


def _told(difference: Difference, sentence: PassageSentence) -> str:
    """What makes two rivals one voice: the same figure, or the same words in a reprint."""
    return (difference.says[1] if difference.says else flat(sentence.text)).casefold()


def _is_one_voice(citation: Citation, passage: Passage) -> bool:
    articles = {passage.chunk.article_id, *passage.also_in}
    return bool(articles & {citation.article_id, *citation.also_in})


def same_story(one: Passage, other: Passage) -> bool:
    """Whether two passages tell of one story: by the words of their headlines, and the names and words they share.

    Of passages of the sample archive this finds three in four pairs of one story, and takes one in fifty of others.
    """
    shared = _names(one) & _names(other)
    if not shared:
        return False
    a, b = _stems(one), _stems(other)
    titled = len(_title(one) & b) + len(_title(other) & a)
    return titled >= 3 or (len(shared) >= 2 and len(a & b) >= _SHARED_TEXT * min(len(a), len(b)))


@lru_cache(maxsize=256)
def _names(passage: Passage) -> frozenset[str]:
    return frozenset(
        key for name in names_of(f"{passage.chunk.title or ''}.\n{passage.chunk.text}") for key in name.keys
    )


def _title(passage: Passage) -> frozenset[str]:
    return frozenset(stems(passage.chunk.title or ""))


def _stems(passage: Passage) -> frozenset[str]:
    return frozenset(stems(f"{passage.chunk.title or ''} {passage.chunk.text}"))


@dataclass(frozen=True, slots=True)
class _Side:
    """A sentence with the passage it stands in."""

    text: str
    passage: Passage

    @property
    def whole(self) -> frozenset[str]:
        return content(f"{self.passage.chunk.title or ''}. {self.passage.chunk.text}")


def _against(told: str, own: Passage, passage: Passage, question: str) -> Iterator[tuple[PassageSentence, Difference]]:
    """Sentences of ``passage`` that differ from ``told`` on what is asked; of denials only the likeliest."""
    denials: list[tuple[int, PassageSentence]] = []
    is_yes_or_no = bool(YES_OR_NO.search(question))
    for sentence in _reports(passage):
        if sentence.text.rstrip("\"'”’").endswith("?"):
            continue
        if difference := _alternative(told, sentence.text, question):
            yield sentence, difference
        for difference in differences(told, sentence.text):
            if is_asked(difference, question):
                yield sentence, difference
        if moved := _moved(told, sentence, passage, question):
            yield sentence, moved
        if is_yes_or_no and _is_denied(_Side(told, own), _Side(sentence.text, passage), question):
            denials.append((len((content(told) | content(question)) & content(sentence.text)), sentence))
    if denials:
        sentence = max(denials, key=lambda found: found[0])[1]
        denied = next((text for text in (sentence.text, told) if denied_part(text)), sentence.text)
        yield sentence, denial_of(denied)


def asks_what_changes(question: str) -> bool:
    """Whether a figure or a date is asked for, which a later report may give anew."""
    words = words_of(question)
    return asked_type(question) in {*_NUMBERS, AnswerType.DATE} or bool(_groups(words))


def is_on(passage: Passage, question: str) -> bool:
    """Whether headline and text hold half of what the question is about, what it counts aside."""
    words = words_of(question)
    counts = {words[i].lemma for i in range(len(words)) if group_said(words, i) or words[i].key in _DEADLY}
    about = content(question) - counts
    return len(about & content(f"{passage.chunk.title or ''}. {passage.chunk.text}")) * 2 >= len(about) > 0


def asks_for_the_latest(question: str) -> bool:
    """Whether the question names no past moment ("at first", "on 5 March") whose figure it wants."""
    words = words_of(question)
    dated = any(when.kind in {"weekday", "day", "relative"} for when in whens_of(question))
    return not dated and not any(word.key in _PAST for word in words)


def is_asked(difference: Difference, question: str) -> bool:
    """Whether the texts differ on what the question asks for, and not on something they mention besides."""
    asked = None if _WHO_IS_RIGHT.search(question) else asked_type(question)
    match difference.topic:
        case Topic.NUMBER:
            return (asked is None or asked in _NUMBERS) and _is_asked_figure(difference, asked, question)
        case Topic.DATE:
            return asked is AnswerType.DATE
        case Topic.PLACE:
            return asked is AnswerType.PLACE
        case Topic.CAUSE:
            return bool(_CAUSES.search(question))
        case Topic.DENIAL:
            return False  # judged by itself


def _is_asked_figure(difference: Difference, asked: AnswerType | None, question: str) -> bool:
    ours, theirs = difference.figures
    both = ours.counts & theirs.counts
    words = words_of(question)
    groups = _groups(words)
    if asked is None:  # "What will the mine cost?"
        return bool(both & groups)
    if ours.amount.kind not in _NUMBERS[asked]:
        return False
    if not groups and asked is AnswerType.COUNT:  # "How many lost their lives?"
        return True
    return bool(both & (groups | {word.lemma for word in words}))


def _groups(words: Sequence[Word]) -> set[str]:
    """What a question speaks of counting: the dead, the injured, what something cost."""
    said = {group for i in range(len(words)) if (group := group_said(words, i))}
    return said | {"killed"} if any(word.key in _DEADLY for word in words) else said


def _is_denied(one: _Side, other: _Side, question: str) -> bool:
    """One of the two denies just what the other says, and that is what is asked."""
    return _denies(one, other, question) or _denies(other, one, question) or _is_turned(one, other, content(question))


def _denies(denial: _Side, statement: _Side, question: str) -> bool:
    asked, said = content(question), content(plain(statement.text))
    if certainty_of(statement.text) is Certainty.DENIED or contradicts(statement.text):
        return False
    denied = denied_part(denial.text)
    if denied and len(denied & said) >= _DENIED_SHARED * len(denied) and asked & denied:
        return not _lacking(question, denial.text, statement.text)
    return (
        contradicts(denial.text)
        and _is_named_report(statement.passage, denial)
        and len(asked & content(denial.text) & said) >= 2
    )


def _lacking(question: str, denial: str, statement: str) -> list[str]:
    """Names in the question and the denial that the statement does not have: it is about somebody else."""
    keys = [word.key for word in words_of(statement)]
    named = [key for name in names_of(question) for key in name.keys if key in {w.key for w in words_of(denial)}]
    return [key for key in named if not any(same_name(key, other) for other in keys)]


def _is_named_report(passage: Passage, denial: _Side) -> bool:
    """Whether the denial means this passage: a report it lays to the outlet, printed in the days before."""
    outlet, printed, denied = passage.chunk.outlet, passage.chunk.published, denial.passage.chunk.published
    if not outlet or outlet not in denial.text or not printed or not denied:
        return False
    return timedelta(0) <= denied - printed <= _REPLY_WITHIN


def _is_turned(one: _Side, other: _Side, asked: frozenset[str]) -> bool:
    """One negates what the other affirms: a word of the question, in the same company, or its verb."""
    if any(len(asked & side.whole) < _ASKED_SHARED * len(asked) for side in (one, other)):
        return False
    return any(
        lemma in asked
        and (
            any(near & around & asked for near, around in pairs)
            or all(_is_past(lemma, side.text) for side in (one, other))
        )
        for lemma, pairs in turned_words(one.text, other.text)
    )


def _is_past(lemma: str, text: str) -> bool:
    return any(w.lemma == lemma and w.key != lemma and w.key.endswith(("ed", "en", "wn")) for w in words_of(text))


def _alternative(told: str, other: str, question: str) -> Difference | None:
    """Of "Was it a drone or a balloon?" one text says the one, the other the other."""
    match = _EITHER.search(question)
    if not match or not YES_OR_NO.search(question):  # "Who is right, the county or the firm?" asks something else
        return None
    first, second = (word.lower() for word in match.groups())
    ours = [word for word in (first, second) if _affirms(told, word)]
    theirs = [word for word in (first, second) if _affirms(other, word)]
    if len(ours) != 1 or len(theirs) != 1 or ours == theirs:
        return None
    return Difference(Topic.CAUSE, "which", (ours[0], theirs[0]))


def _affirms(text: str, word: str) -> bool:
    uses = polarities(text).get(next((w.lemma for w in words_of(word)), word), ())
    return bool(uses) and all(sign for sign, _ in uses) and certainty_of(text) is not Certainty.DENIED
