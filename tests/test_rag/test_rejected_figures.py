"""Figures that a text rejects, and figures whose noun stands elsewhere in the sentence."""

from datetime import UTC, datetime

import pytest

from rag.facts.conflicts import conflicts_of
from rag.facts.disagreement import differences
from rag.facts.disputes import disputes
from rag.facts.figures import facts_of, former_values
from rag.types import Citation, ConflictKind


def cited(number: int, quote: str, day: datetime) -> Citation:
    return Citation(
        number=number, chunk_id=f"c{number}", article_id=f"a{number}", title=None, outlet=f"outlet {number}",
        author=None, published=day, updated=None, url=None, path=None, quote=quote, start=0, end=len(quote),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ("Hafn Port means to do without 450 posts and not with 300.", {300}),
        ("The quay sank by 40 feet and not by 12.", {12}),
        ("The council ordered 600 tests instead of 80.", {80}),
        ("Nineteen farms were hit rather than seven.", {7}),
        ("Not only 80 farms were hit.", set()),
        ("Hafn Port says the cuts are not over and go to 300 posts.", set()),
    ],
)
def test_a_figure_after_not_rather_than_or_instead_of_is_rejected(text: str, rejected: set[float]) -> None:
    assert former_values(text) == rejected


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The number of ferries at the quay has gone up from 4 to 11.", {"ferry"}),
        ("By May the number of wild boars had climbed to 900.", {"wild", "boar"}),
        ("The number of visitors at the 12 museums rose to 4,000.", set()),  # 12 may be in between for a reason
        ("The number of people in the hall rose to 400.", set()),  # too general
        ("A number of boats lay off the quay, and the price rose to 40.", {"cost"}),
    ],
)
def test_the_number_of_something_counts_it_when_no_noun_follows(text: str, counts: set[str]) -> None:
    assert facts_of(text)[-1].counts == counts


SHED = "Hafn Port will shed 300 of its 2,100 posts."
REJECTED = "Hafn Port means to do without 450 posts and not with 300, the dockers say."


def test_a_rejected_figure_names_the_same_thing_even_where_its_noun_is_shared() -> None:
    (found,) = differences(SHED, REJECTED)
    assert (found.about, found.says) == ("post", ("300", "450"))
    assert not differences("Hafn Port has 300 cranes.", REJECTED)


def test_a_figure_rejected_before_it_is_repeated_remains_in_dispute() -> None:
    sides = [cited(1, REJECTED, datetime(2026, 3, 1, tzinfo=UTC)), cited(2, SHED, datetime(2026, 5, 1, tzinfo=UTC))]
    (conflict,) = conflicts_of(disputes(sides))
    assert conflict.kind is ConflictKind.COUNT
    far = [cited(1, "Hafn Port has 450 posts.", datetime(2026, 3, 1, tzinfo=UTC)), sides[1]]
    assert not disputes(far)
