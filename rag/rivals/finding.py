"""Finds uncited sentences among the retrieved passages that disagree with a shown sentence.

The conditions are stricter than for two cited sentences, because these were not chosen as answers: they must be about
the same story, give what the question asks for, and differ on that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.checks.negation import polarities
from rag.citations import Bibliography
from rag.facts.contradictions import denial_of, turned_words
from rag.facts.difference import Difference, Topic
from rag.facts.disagreement import YES_OR_NO, differences
from rag.facts.disputes import Dispute, is_no_dispute, is_reply_in_time, undone_by
from rag.facts.updates import moment
from rag.instructions import reports_of
from rag.language.content_words import content, plain
from rag.language.names import names_of, same_name
from rag.language.words import words_of
from rag.passages import PassageSentence, flat
from rag.question.statements import states
from rag.question.target import is_asked
from rag.rivals.asked_amounts import other_amount
from rag.rivals.asked_grades import other_grade
from rag.rivals.rival_figures import moved_day, other_counts
from rag.rivals.same_story import same_story
from rag.stance.certainty import certainty_of
from rag.stance.denials import contradicts, denied_part, denies, says_it_is_so
from rag.types import Certainty, Citation, Passage, Quote

MOST = 4  # maximum number of rivals for one answer

_DENIED_SHARED = 0.6  # minimum share of the denied content words in the sentence that states them
_ASKED_SHARED = 0.6  # minimum share of the question's content words in both passages, if one negates the other
_EITHER = re.compile(r"\b(\w+),? or (?:(?:an?|the|by|in|from|of|on) )*(\w+)\s*\?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rival:
    """A sentence that disagrees with the citation ``against``; ``difference`` gives the shown side first."""

    against: Citation
    sentence: PassageSentence
    difference: Difference

    @property
    def quote(self) -> Quote:
        """The sentence's exact words."""
        return Quote(self.sentence.passage, self.sentence.span)


def find_rivals(shown: Sequence[Citation], passages: Sequence[Passage], question: str) -> list[Rival]:
    """Sentences of the passages that disagree with the shown citations, without duplicates: the ``MOST`` newest."""
    by_chunk = {passage.chunk.id: passage for passage in passages}
    found: dict[tuple[str, str], Rival] = {}
    known = {flat(citation.quote) for citation in shown}
    book = Bibliography(passages)
    for citation in sorted(shown, key=moment, reverse=True):
        own = by_chunk.get(citation.chunk_id)
        for rival in _rivals_of(citation, own, passages, question) if own else ():
            unseen = book.cite([rival.quote])[0]
            is_cited = unseen.article_id != citation.article_id and flat(rival.sentence.text) in known
            is_new = not is_cited or not _is_plain(rival, question)
            dispute = Dispute.between(citation, unseen, rival.difference)
            if is_new and not is_no_dispute(dispute, question, by_chunk):
                found.setdefault((rival.difference.about, _statement(rival.difference, rival.sentence)), rival)
    return sorted(found.values(), key=lambda rival: moment(book.cite([rival.quote])[0])[0], reverse=True)[:MOST]


def _rivals_of(citation: Citation, own: Passage, passages: Sequence[Passage], question: str) -> Iterator[Rival]:
    others = [p for p in passages if not _is_same_source(citation, p) and same_story(own, p)]
    same_article = [p for p in passages if p.chunk.article_id == own.chunk.article_id]
    for passage in (*same_article, *others):
        for sentence, difference in other_counts(citation.quote, own, passage):
            if is_asked(difference, question):
                yield Rival(citation, sentence, difference)
    for passage in others:
        for sentence, difference in _undoing(citation, passage):
            if is_asked(difference, question):
                yield Rival(citation, sentence, difference)
        for sentence, difference in _against(citation.quote, own, passage, question):
            yield Rival(citation, sentence, difference)


def _undoing(citation: Citation, passage: Passage) -> Iterator[tuple[PassageSentence, Difference]]:
    """Yields sentences of a later report by which what the citation says has been undone."""
    book = Bibliography([passage])
    for sentence in _reports(passage):
        newer = book.cite([Quote(sentence.passage, sentence.span)])[0]
        if states(sentence.text) and (undone := undone_by(citation, newer, sentence.before)):
            yield sentence, undone


def _is_plain(rival: Rival, question: str) -> bool:
    """Whether the two sentences alone show the difference, so that it is found if both are cited."""
    plain_ones = differences(rival.against.quote, rival.sentence.text, question)
    return any(each.about == rival.difference.about for each in plain_ones)


@lru_cache(maxsize=64)
def _reports(passage: Passage) -> tuple[PassageSentence, ...]:
    return tuple(reports_of(passage))


def _statement(difference: Difference, sentence: PassageSentence) -> str:
    """What a rival says, to find duplicates: its figure, or its words, which a reprint repeats."""
    return (difference.says[1] if difference.says else flat(sentence.text)).casefold()


def _is_same_source(citation: Citation, passage: Passage) -> bool:
    articles = {passage.chunk.article_id, *passage.also_in}
    return bool(articles & {citation.article_id, *citation.also_in})


@dataclass(frozen=True, slots=True)
class _Side:
    """A sentence and its passage."""

    text: str
    passage: Passage

    @property
    def context(self) -> frozenset[str]:
        """The content lemmas of the passage, headline included."""
        return content(f"{self.passage.chunk.title or ''}. {self.passage.chunk.text}")


def _against(shown: str, own: Passage, passage: Passage, question: str) -> Iterator[tuple[PassageSentence, Difference]]:
    """Yields sentences of ``passage`` that differ from ``shown`` on what is asked; at most one denial, the closest."""
    denials: list[tuple[int, PassageSentence]] = []
    is_yes_or_no = bool(YES_OR_NO.search(question))
    told = content(question) & _Side(shown, own).context & _Side("", passage).context
    for sentence in _reports(passage):
        if not states(sentence.text):
            continue
        if difference := (
            _alternative(shown, sentence.text, question) or other_grade(shown, sentence.text, passage, question)
        ):
            yield sentence, difference
        found = [each for each in differences(shown, sentence.text, told=told) if is_asked(each, question)]
        for difference in found:
            yield sentence, difference
        if not found and (amount := other_amount(shown, sentence.text, question)):
            yield sentence, amount
        if moved := moved_day(shown, sentence, passage, question):
            yield sentence, moved
        if is_yes_or_no and _is_denied(_Side(shown, own), _Side(sentence.text, passage), question):
            denials.append((len((content(shown) | content(question)) & content(sentence.text)), sentence))
    if denials:
        sentence = max(denials, key=lambda found: found[0])[1]
        denied = next((text for text in (sentence.text, shown) if denied_part(text)), sentence.text)
        yield sentence, denial_of(denied)


def _is_denied(one: _Side, other: _Side, question: str) -> bool:
    """Whether one side denies what the other states, and the question asks about it."""
    return _denies(one, other, question) or _denies(other, one, question) or _is_negated(one, other, content(question))


def _denies(denial: _Side, statement: _Side, question: str) -> bool:
    asked, said = content(question), content(plain(statement.text))
    if certainty_of(statement.text) is Certainty.DENIED or contradicts(statement.text):
        return False
    if not says_it_is_so(statement.text):
        return False
    denied = denied_part(denial.text) if denies(denial.text) else frozenset[str]()
    if denied and len(denied & said) >= _DENIED_SHARED * len(denied) and asked & denied:
        return not _missing_names(question, denial.text, statement.text)
    return (
        contradicts(denial.text)
        and _is_named_report(statement.passage, denial)
        and len(asked & content(denial.text) & said) >= 2
    )


def _missing_names(question: str, denial: str, statement: str) -> list[str]:
    """Names in both the question and the denial that the statement lacks, so that it is about somebody else."""
    keys = [word.key for word in words_of(statement)]
    named = [key for name in names_of(question) for key in name.keys if key in {w.key for w in words_of(denial)}]
    return [key for key in named if not any(same_name(key, other) for other in keys)]


def _is_named_report(passage: Passage, denial: _Side) -> bool:
    """Whether the denial refers to this passage: it names the outlet, which published it in the week before."""
    outlet, printed, denied = passage.chunk.outlet, passage.chunk.published, denial.passage.chunk.published
    if not outlet or outlet not in denial.text or not printed or not denied:
        return False
    return is_reply_in_time(printed, denied)


def _is_negated(one: _Side, other: _Side, asked: frozenset[str]) -> bool:
    """Whether one side negates a word of the question that the other affirms.

    Both use the word near the same other word of the question, or both use it as a past verb form.
    """
    if any(len(asked & side.context) < _ASKED_SHARED * len(asked) for side in (one, other)):
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


def _alternative(shown: str, other: str, question: str) -> Difference | None:
    """The difference if two texts give different answers to "Was it a drone or a balloon?"."""
    match = _EITHER.search(question)
    if not match or not YES_OR_NO.search(question):  # "Who is right, the county or the firm?" asks something else
        return None
    first, second = (word.lower() for word in match.groups())
    ours = [word for word in (first, second) if _affirms(shown, word)]
    theirs = [word for word in (first, second) if _affirms(other, word)]
    if len(ours) != 1 or len(theirs) != 1 or ours == theirs:
        return None
    return Difference(Topic.CAUSE, "which", (ours[0], theirs[0]))


def _affirms(text: str, word: str) -> bool:
    uses = polarities(text).get(next((w.lemma for w in words_of(word)), word), ())
    return bool(uses) and all(sign for sign, _ in uses) and certainty_of(text) is not Certainty.DENIED
