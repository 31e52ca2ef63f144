"""Why there is no answer, and which sentences come nearest to the question."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Coverage, Question
from rag.citations import Bibliography
from rag.instructions import reports_of
from rag.passages import PassageSentence, with_headline
from rag.question.answer_type import missing_names
from rag.recency import newest_first
from rag.similarity import weighted_coverage
from rag.types import AbstentionReason, Citation, Passage, Quote, Sentence

NEAREST = 2  # citations in an abstention, at most


def reason_for(
    asked: Question, searched: Coverage, passages: Sequence[Passage], *, drafted: bool, elsewhere: bool
) -> AbstentionReason:
    """The reason for an abstention.

    Args:
        asked: the question with the bounds of the search.
        searched: how much of the archive was searched.
        passages: what was retrieved.
        drafted: whether sentences were drafted, none of which passed verification.
        elsewhere: whether articles outside the dates asked about would answer.
    """
    # What as_of hides must never influence the reason: it would reveal whether something later exists.
    if elsewhere or (not searched.articles and (asked.as_of or asked.since or asked.until)):
        return AbstentionReason.OUTSIDE_DATES
    if not passages:
        return AbstentionReason.NOTHING_RETRIEVED
    return AbstentionReason.UNSUPPORTED if drafted else AbstentionReason.NOT_IN_ARTICLES


def nearest_citations(
    question: str, passages: Sequence[Passage], premise: Quote | None, figures: Sequence[Quote] = ()
) -> tuple[Citation, ...]:
    """The sentence nearest to the question from each of the first passages, by weighted coverage of its words.

    ``premise``, the words that contradict what the question assumes, comes first; ``figures`` take the place of the
    nearest sentences.
    """
    if figures:
        return Bibliography(passages).cite(list(figures))[:NEAREST]
    sentences = [sentence for passage in passages[:NEAREST] for sentence in reports_of(passage)]
    best: dict[int, tuple[float, PassageSentence]] = {}
    for score, sentence in zip(weighted_coverage(question, [s.text for s in sentences]), sentences, strict=True):
        if sentence.passage not in best or score > best[sentence.passage][0]:
            best[sentence.passage] = (score, sentence)
    quotes = [Quote(s.passage, s.span) for _, s in best.values()]
    return Bibliography(passages).cite([premise, *quotes] if premise else quotes)[:NEAREST]


def figures_in(question: str, sentences: Sequence[Sentence], passages: Sequence[Passage]) -> list[Quote]:
    """Where a reader's sentences stand in dated passages with the question's names, the newest reports first."""
    wanted = {(number, sentence.text) for sentence in sentences for number in sentence.cites}
    dated = [one for one in passages if one.chunk.published and not missing_names(question, with_headline(one))]
    dated.sort(key=lambda passage: newest_first(passage.chunk.published))
    return [
        Quote(passage.number, sentence.span)
        for passage in dated
        for sentence in reports_of(passage)
        if (passage.number, sentence.text) in wanted
    ]
