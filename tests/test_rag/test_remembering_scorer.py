"""A judgement is made once for each question and text, and is the scorer's own."""

from __future__ import annotations

from collections.abc import Sequence

from rag.remembering import RememberingScorer


class Counting:
    """Scores a text by its length and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked += [(question, text) for text in texts]
        return [len(text) / 100 for text in texts]


def test_each_question_and_text_is_judged_once_however_often_it_is_asked_about() -> None:
    scorer = Counting()
    remembering = RememberingScorer(scorer)
    assert remembering.answers("who?", ["a", "bbb", "a"]) == [0.01, 0.03, 0.01]
    assert remembering.answers("who?", ["bbb", "cc"]) == [0.03, 0.02]
    assert remembering.answers("why?", ["a"]) == [0.01]
    assert scorer.asked == [("who?", "a"), ("who?", "bbb"), ("who?", "cc"), ("why?", "a")]


def test_only_the_judgements_asked_for_last_are_kept() -> None:
    scorer = Counting()
    remembering = RememberingScorer(scorer, most=2)
    for text in ("a", "bb", "a", "ccc"):
        remembering.answers("who?", [text])
    scorer.asked.clear()
    remembering.answers("who?", ["a", "ccc"])
    assert scorer.asked == []
    assert remembering.answers("who?", ["bb"]) == [0.02]
    assert scorer.asked == [("who?", "bb")]


def test_no_texts_give_no_judgements() -> None:
    assert RememberingScorer(Counting()).answers("who?", []) == []
