"""An answer leads with the stated change of the count asked for, if no claim gives the count."""

from datetime import UTC, datetime

import pytest

from index.types import Chunk, Span
from rag.ledger import Ledger
from rag.rivals.leading import stated_change
from rag.types import Answer, Passage, Sentence, Trace
from rag.verify import EvidenceVerifier

HOW_MANY = "How many ferries are out of service at Kolm?"
CLOSED = "The ferries of Kolm have been out of service since Monday."
RISEN = "The number of ferries out of service has gone up from 4 to 11."


def passage(number: int, text: str, *, title: str = "Ferries out of service at Kolm") -> Passage:
    published = datetime(2026, 3, number, tzinfo=UTC)
    return Passage(
        number, Chunk(f"c{number}", f"a{number}", 0, Span(0, len(text)), text, title=title, published=published), 1.0
    )


def answered(question: str, *passages: Passage) -> Answer:
    ledger = Ledger(passages)
    first = passages[0].chunk.text.split(". ", maxsplit=1)[0].removesuffix(".") + "."
    ledger.enter(EvidenceVerifier().verify(Sentence(first, (passages[0].number,)), passages))
    return ledger.answer(question, Trace(question))


def test_the_stated_change_of_the_count_asked_for_comes_first_with_its_exact_words() -> None:
    answer = answered(HOW_MANY, passage(1, CLOSED), passage(2, f"It rained. {RISEN}"))
    assert [claim.text for claim in answer.claims] == [RISEN, CLOSED]
    assert {citation.article_id for citation in answer.citations} == {"a1", "a2"}


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        (HOW_MANY, RISEN, "Eleven ferries are out of service at Kolm."),  # given already
        ("How many ferries were out of service at Kolm at first?", RISEN, CLOSED),
        ("Why are ferries out of service at Kolm?", RISEN, CLOSED),
        (HOW_MANY, "The number of tugs out of service has gone up from 4 to 11.", CLOSED),  # something else
        (HOW_MANY, "The number of ferries out of service is 11.", CLOSED),  # no change
    ],
)
def test_no_other_sentence_is_put_first(question: str, text: str, shown: str) -> None:
    assert stated_change(question, [passage(1, text)], [shown]) is None


def test_a_part_of_what_is_counted_is_not_the_count_asked_for() -> None:
    part = "Two of the ferries will be back in service at Kolm on Friday."
    assert stated_change(HOW_MANY, [passage(1, RISEN)], [part]) is not None
    assert stated_change(HOW_MANY, [passage(1, RISEN, title="Fog at Brod")], [part]) is None
