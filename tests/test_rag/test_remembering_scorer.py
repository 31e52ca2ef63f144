"""The cache returns the scorer's own scores and asks for each (question, text) only once."""

from __future__ import annotations

from collections.abc import Sequence

from rag.score_cache import CachedScorer


class Counting:
    """Scores a text by its length and records what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked += [(question, text) for text in texts]
        return [len(text) / 100 for text in texts]


def test_each_question_and_text_is_scored_only_once() -> None:
    scorer = Counting()
    remembering = CachedScorer(scorer)
    assert remembering.answers("who?", ["a", "bbb", "a"]) == [0.01, 0.03, 0.01]
    assert remembering.answers("who?", ["bbb", "cc"]) == [0.03, 0.02]
    assert remembering.answers("why?", ["a"]) == [0.01]
    assert scorer.asked == [("who?", "a"), ("who?", "bbb"), ("who?", "cc"), ("why?", "a")]


def test_the_least_recently_used_scores_are_dropped() -> None:
    scorer = Counting()
    remembering = CachedScorer(scorer, most=2)
    for text in ("a", "bb", "a", "ccc"):
        remembering.answers("who?", [text])
    scorer.asked.clear()
    remembering.answers("who?", ["a", "ccc"])
    assert scorer.asked == []
    assert remembering.answers("who?", ["bb"]) == [0.02]
    assert scorer.asked == [("who?", "bb")]


def test_no_texts_give_no_scores() -> None:
    assert CachedScorer(Counting()).answers("who?", []) == []
