"""A reader that quotes the sentences that answer a question, without a language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.types import Article
from rag.instructions import reports_of
from rag.language.quantities import quantities_of
from rag.language.stems import stems
from rag.passages import PassageSentence, distinct
from rag.question.answer_type import FIGURES, AnswerType, asked_type, holds_type, missing_names
from rag.question.asked_details import with_asked_details
from rag.question.asked_person import is_of_another_person
from rag.question.asked_place import is_of_another_place
from rag.question.asked_year import may_be_of_asked_year
from rag.question.contrasts import is_of_counterpart
from rag.question.former_holder import holders_first
from rag.question.namesakes import is_of_namesake
from rag.question.reasons import lacks_reason, with_next
from rag.question.statements import adds_to, states
from rag.question.target import is_from_asked_source
from rag.recency import newest_first
from rag.similarity import overlap
from rag.stance.attribution import find_attribution
from rag.stance.denials import denies
from rag.types import Draft, Passage, Sentence

SAME = 0.75  # minimum overlap of content words, as a share of the shorter sentence, for a duplicate
LEVEL = 0.85  # minimum share of the best score at which a sentence answers about equally well
NEAR_BEST = 0.1  # minimum share of the best score for any further sentence

_ASKS_FOR_DENIAL = re.compile(r"\bden(?:y|ies|ied|ying|ials?)\b", re.IGNORECASE)
_CHANGING = FIGURES | {AnswerType.DATE}


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and how well it answers, 0 to 1."""

    sentence: PassageSentence
    score: float


class SentenceJudge(Protocol):
    """Estimates how likely each sentence answers a question (see ``rag.answer_features.FeatureJudge``)."""

    def judge(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, float]:
        """Probability, 0 to 1, that a sentence answers; unpromising sentences are left out."""
        ...

    def confidence(
        self, question: str, likeliest: PassageSentence, chance: float, passages: Sequence[Passage]
    ) -> float:
        """Probability, 0 to 1, that the question is answered; ``chance`` is that of the ``likeliest`` sentence."""
        ...


class ExtractiveReader:
    """Selects up to ``max_sentences`` whole sentences, or none if the confidence is below ``threshold``."""

    def __init__(
        self,
        judge: SentenceJudge,
        article: Callable[[str], Article],
        *,
        max_sentences: int,
        max_words: int,
        threshold: float,
        unsure: float,
    ) -> None:
        """``max_words`` limits all sentences after the first; a draft with confidence below ``unsure`` is marked so.

        ``article`` returns an article by its id.
        """
        self._judge = judge
        self._article = article
        self._max_sentences = max_sentences
        self._max_words = max_words
        self._threshold = threshold
        self._unsure = unsure

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The sentences that answer, each citing its passage."""
        ranked = self._ranked(question, passages)
        if not ranked:
            return Draft(())
        confidence = self._judge.confidence(question, ranked[0].sentence, ranked[0].score, passages)
        if confidence < self._threshold:
            return Draft((), confidence)
        chosen = choose(ranked, passages, most=self._max_sentences, words=self._max_words)
        shown = _denial_first(question, _newest_first(question, chosen, passages), passages)
        ordered = holders_first(question, [scored.sentence for scored in shown], passages)
        unsure = confidence < self._unsure
        if lacks_reason(question, ordered):
            ordered, unsure = with_next(question, ordered, passages, self._max_sentences), True
        sentences = tuple(Sentence(sentence.text, (sentence.passage,)) for sentence in ordered)
        return Draft(sentences, confidence, unsure=unsure)

    def _ranked(self, question: str, passages: Sequence[Passage]) -> list[Scored]:
        """The sentences that can answer, best first.

        Those of articles that lack a name of the question are left out last, since a sentence's score depends on how
        rare the question's words are among all that were found.
        """
        judged = self._judge.judge(question, fit_to_answer(question, passages), passages)
        named = {passage.number for passage in with_asked_details(question, passages, self._article)}
        scored = (Scored(*pair) for pair in judged.items() if pair[0].passage in named)
        return sorted(scored, key=lambda scored: -scored.score)


def choose(
    ranked: Sequence[Scored], passages: Sequence[Passage], *, most: int, words: int, near: float = NEAR_BEST
) -> list[Scored]:
    """Chooses the best sentence and up to ``most`` - 1 others with at least ``near`` times its score.

    Sentences from articles not chosen yet come before further sentences of the same article.

    Args:
        ranked: sentences, best first.
        passages: the passages they are from.
        most: maximum number of sentences.
        words: maximum total length in words; the best sentence is kept even if it is longer.
        near: minimum score as a share of the best, 0 to 1.
    """
    article = {passage.number: passage.chunk.article_id for passage in passages}
    chosen = list(ranked[:1])
    for of_shown in (False, True):
        for scored in ranked[1:]:
            if len(chosen) == most or scored.score < near * ranked[0].score:
                break
            shown = {article[other.sentence.passage] for other in chosen}
            is_shown = article[scored.sentence.passage] in shown
            if is_shown == of_shown and _adds(scored, chosen, words):
                chosen.append(scored)
    return sorted(chosen, key=lambda scored: -scored.score)


def _adds(scored: Scored, chosen: Sequence[Scored], words: int) -> bool:
    """Whether a sentence keeps the answer within ``words`` words and says something new."""
    text = scored.sentence.text
    fits = sum(len(one.sentence.text.split()) for one in (*chosen, scored)) <= words
    return fits and not any(_is_duplicate(text, other.sentence.text) for other in chosen)


def fit_to_answer(question: str, passages: Sequence[Passage]) -> list[PassageSentence]:
    """The distinct sentences that can answer.

    They state more than the question does, are not instructions to a machine, contain the type of answer asked for, and
    can be about the year, the person and the office asked about.
    """
    by_number = {passage.number: passage for passage in passages}
    sentences = distinct(reports_of(passage) for passage in passages)
    return [
        sentence
        for sentence in sentences
        if states(sentence.text)
        and adds_to(question, sentence.text)
        and holds_type(question, sentence.text)
        and may_be_of_asked_year(question, sentence, by_number[sentence.passage])
        and not is_of_another_person(question, sentence, by_number[sentence.passage])
        and not is_of_namesake(question, sentence.text)
        and not is_of_counterpart(question, sentence.text)
        and not is_of_another_place(question, sentence, by_number[sentence.passage])
    ]


def _newest_first(question: str, chosen: Sequence[Scored], passages: Sequence[Passage]) -> Sequence[Scored]:
    """For a question about a figure or a date, moves the newest of about equally good sentences to the front.

    Figures and dates change between reports. Undated articles come last. If the question asks for the figure of one
    source ("according to the police"), sentences of that source come before all others.
    """
    if asked_type(question) not in _CHANGING:
        return chosen
    known = {passage.number: passage.chunk.updated or passage.chunk.published for passage in passages}
    level = [scored for scored in chosen if scored.score >= LEVEL * chosen[0].score]
    level = [scored for scored in level if _is_from_asked_source(question, scored)] or level
    level = sorted(level, key=lambda scored: newest_first(known[scored.sentence.passage]))
    return [*level, *(scored for scored in chosen if scored not in level)]


def _denial_first(question: str, chosen: Sequence[Scored], passages: Sequence[Passage]) -> Sequence[Scored]:
    """For a question about a denial ("Did the mayor deny …?"), moves a denial to the front.

    A denial counts only if it contains the names in the question, with its headline and the sentence before it.
    """
    if not _ASKS_FOR_DENIAL.search(question) or denies(chosen[0].sentence.text):
        return chosen
    title = {passage.number: passage.chunk.title or "" for passage in passages}
    for scored in chosen:
        sentence = scored.sentence
        context = f"{title[sentence.passage]}\n{sentence.before}\n{sentence.text}"
        if denies(sentence.text) and not missing_names(question, context):
            return [scored, *(other for other in chosen if other is not scored)]
    return chosen


def _is_from_asked_source(question: str, scored: Scored) -> bool:
    sentence = scored.sentence
    return is_from_asked_source(question, find_attribution(sentence.text, sentence.before, sentence.quotation))


def _is_duplicate(one: str, other: str) -> bool:
    """Whether two sentences are duplicates; those with different figures, or a statement and its denial, never are."""
    alike = overlap(frozenset(stems(one)), frozenset(stems(other))) >= SAME
    return alike and _values(one) == _values(other) and denies(one) == denies(other)


def _values(text: str) -> frozenset[float]:
    return frozenset(quantity.value for quantity in quantities_of(text))
