"""A reader without a language model: the sentences that answer, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.answer_type import AnswerType, asked_type, holds_type, missing_names
from rag.instructions import reports_of
from rag.language.names import names_of
from rag.language.quantities import quantities_of
from rag.language.stems import stems
from rag.passages import PassageSentence, distinct
from rag.recency import newest_first
from rag.similarity import overlap
from rag.types import Draft, Passage, Sentence

SAME = 0.75  # share of the shorter sentence's content words from which two sentences say the same
LEVEL = 0.85  # from this share of the best one's score a sentence answers about as well
NEAR_BEST = 0.1  # share of the best one's probability that a further sentence reaches

_CHANGING = frozenset({AnswerType.COUNT, AnswerType.AMOUNT, AnswerType.PERCENT, AnswerType.DATE})


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and how well it answers, 0 to 1."""

    sentence: PassageSentence
    score: float


class SentenceJudge(Protocol):
    """How likely each sentence answers (``rag.clues.ClueJudge`` is one)."""

    def judge(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, float]:
        """Probability, 0 to 1, of each sentence worth a close look; the others are left out."""
        ...

    def confidence(
        self, question: str, likeliest: PassageSentence, chance: float, passages: Sequence[Passage]
    ) -> float:
        """Probability, 0 to 1, that the question is answered at all; ``chance`` is that of its likeliest sentence."""
        ...


class ExtractiveReader:
    """Picks one to ``max_sentences`` whole sentences, or none where confidence stays below ``threshold``."""

    def __init__(
        self,
        judge: SentenceJudge,
        *,
        max_sentences: int = 3,
        max_words: int = 60,
        threshold: float = 0.5,
        unsure: float = 0.0,
    ) -> None:
        """No sentence after the first takes the answer over ``max_words``; with less than ``unsure`` it says so."""
        self._judge = judge
        self._max_sentences = max_sentences
        self._max_words = max_words
        self._threshold = threshold
        self._unsure = unsure

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The sentences that answer, best first, each citing its passage."""
        if not names_any(question, passages):
            return Draft(())
        ranked = self._ranked(question, passages)
        if not ranked:
            return Draft(())
        confidence = self._judge.confidence(question, ranked[0].sentence, ranked[0].score, passages)
        if confidence < self._threshold:
            return Draft((), confidence)
        chosen = choose(ranked, passages, most=self._max_sentences, words=self._max_words)
        shown = _newest_first(question, chosen, passages)
        sentences = tuple(Sentence(s.sentence.text, (s.sentence.passage,)) for s in shown)
        return Draft(sentences, confidence, unsure=confidence < self._unsure)

    def _ranked(self, question: str, passages: Sequence[Passage]) -> list[Scored]:
        """Sentences fit to answer, best first."""
        judged = self._judge.judge(question, fit_to_answer(question, passages), passages)
        return sorted((Scored(*pair) for pair in judged.items()), key=lambda scored: -scored.score)


def choose(
    ranked: Sequence[Scored], passages: Sequence[Passage], *, most: int, words: int, near: float = NEAR_BEST
) -> list[Scored]:
    """Of sentences ranked best first at most ``most``, the first one and those near it, within ``words`` in all.

    Where the first is not clearly ahead, the others come from other articles before any comes from one shown already.
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
    """Whether a sentence fits beside those chosen and says something else."""
    text = scored.sentence.text
    fits = sum(len(one.sentence.text.split()) for one in (*chosen, scored)) <= words
    return fits and not any(_same(text, other.sentence.text) for other in chosen)


def fit_to_answer(question: str, passages: Sequence[Passage]) -> list[PassageSentence]:
    """The passages' sentences, each text once, that report and hold something of the kind asked for."""
    sentences = distinct(reports_of(passage) for passage in passages)
    return [sentence for sentence in sentences if holds_type(question, sentence.text)]


def _newest_first(question: str, chosen: Sequence[Scored], passages: Sequence[Passage]) -> Sequence[Scored]:
    """Where a figure or a date is asked for, the newest of the sentences that answer about equally well leads.

    Tolls and dates change from report to report; undated articles come last.
    """
    if asked_type(question) not in _CHANGING:
        return chosen
    known = {passage.number: passage.chunk.updated or passage.chunk.published for passage in passages}
    level = [scored for scored in chosen if scored.score >= LEVEL * chosen[0].score]
    level = sorted(level, key=lambda scored: newest_first(known[scored.sentence.passage]))
    return [*level, *chosen[len(level) :]]


def names_any(question: str, passages: Sequence[Passage]) -> bool:
    """Whether the question has no names, or the passages one of them: what is never named is not told about.

    Not every name need be there ("In which city in Switzerland …?"): to insist refused answered questions and told
    no more of the others than the model does.
    """
    text = "\n".join(f"{p.chunk.title or ''}\n{p.chunk.text}" for p in passages)
    lacking = missing_names(question, text)
    return not lacking or len(lacking) < len({name.text for name in names_of(question)})


def _same(one: str, other: str) -> bool:
    """Whether two sentences say the same; with other figures they never do, whatever words they share."""
    alike = overlap(frozenset(stems(one)), frozenset(stems(other))) >= SAME
    return alike and _figures(one) == _figures(other)


def _figures(text: str) -> frozenset[float]:
    return frozenset(quantity.value for quantity in quantities_of(text))
