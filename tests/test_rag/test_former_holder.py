"""Who holds an office is told from the newest reports: somebody who has left since does not lead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_rag.fakes_chain import article, chunks_of, day

from rag.passages import PassageSentence, sentences_of
from rag.question.former_holder import holders_first
from rag.types import Passage

WHO = "Who is the chief executive of Corvin Bank?"
OLD = "No money was taken, said Corvin's chief executive, Edda Rasch."
LEFT = "Edda Rasch has resigned as chief executive of Corvin Bank, the bank said on Tuesday."
HEIR = "Her successor is Tom Eklund, until now the head of finance."
NEW = "The bank will grow, said its chief executive, Tom Eklund."


def ordered(question: str, *dated: tuple[str, int | None]) -> list[str]:
    """The texts in the order of the answer; those of one day are of one article."""
    passages, chosen = [], []
    for n, (text, date) in enumerate(dated, start=1):
        chunk = chunks_of(article(f"a{date}", text, published=day(date) if date else None))[0]
        passages.append(Passage(n, chunk, 1.0))
        chosen += sentences_of(passages[-1])
    return [sentence.text for sentence in holders_first(question, chosen, passages)]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        (WHO, LEFT),
        ("Who's the chief executive of Corvin Bank?", "Rasch stepped down on Tuesday."),
        ("Who is Corvin Bank's chief executive?", "Edda Rasch was dismissed on Tuesday."),
        ("Who is now the chief executive of Corvin Bank?", "Edda Rasch has been sacked."),
        ("Who is currently the chief executive of Corvin Bank?", "Edda Rasch died on Tuesday."),
    ],
)
def test_who_has_left_since_a_report_follows_the_news_as_history(question: str, left: str) -> None:
    assert ordered(question, (OLD, 4), (f"{left} {HEIR}", 19)) == [left, HEIR, OLD]


def test_the_newest_holder_leads() -> None:
    assert ordered(WHO, (OLD, 4), (LEFT, 19), (NEW, 22)) == [NEW, LEFT, OLD]


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("Who is Edda Rasch?", ((OLD, 4), (LEFT, 19))),
        ("Who was the chief executive of Corvin Bank?", ((OLD, 4), (LEFT, 19))),
        ("Who resigned at Corvin Bank?", ((OLD, 4), (LEFT, 19))),
        (WHO, ((LEFT, 3), (OLD, 4))),  # back in office
        (WHO, ((OLD, None), (LEFT, 19))),
        (WHO, ((OLD, 4), (LEFT, None))),
        (WHO, ((OLD, 4), ("Edda Rasch has not resigned.", 19))),
        (WHO, ((OLD, 4), ("Edda Rasch denied that she had resigned.", 19))),
        (WHO, ((OLD, 4), ("Edda Rasch may have resigned, a newspaper said.", 19))),
        (WHO, ((OLD, 4), ("Edda Rasch resigned as captain of the rowing club.", 19))),
        (WHO, ((OLD, 4), ("Edda Rasch stepped into the hall.", 19))),
        (WHO, ((OLD, 4), ("Edda Rasch left the hall.", 19))),
        (WHO, ((OLD, 4), ("Edda Rasch dismissed the head of finance.", 19))),
        (WHO, ((OLD, 4), ("Ines Kolb resigned on Tuesday.", 19))),
        (WHO, ((OLD, 4),)),
    ],
)
def test_otherwise_the_order_is_kept(question: str, dated: tuple[tuple[str, int | None], ...]) -> None:
    assert ordered(question, *dated) == [text for text, _ in dated]


def test_the_order_is_kept_if_all_sentences_are_older() -> None:
    passages = [
        Passage(n, chunks_of(article(f"a{n}", text, published=day(n)))[0], 1.0)
        for n, text in enumerate((OLD, OLD.replace("money", "gold"), LEFT), start=1)
    ]
    chosen: list[PassageSentence] = [*sentences_of(passages[0]), *sentences_of(replace(passages[1], number=2))]
    assert list(holders_first(WHO, chosen, passages)) == chosen
