"""Grades such as "category 3": two sources that give different ones for what is asked disagree."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.types import Chunk, Span
from rag.facts.difference import Difference, Topic
from rag.facts.updates import kind_of
from rag.rivals.asked_grades import other_grade
from rag.rivals.finding import find_rivals
from rag.types import Citation, ConflictKind, Passage

ASKED = "What category did the storm Una have when it reached Kolm?"
SHOWN = "The storm Una was a category 3 storm at landfall near Kolm, the institute said."


def passage(text: str) -> Passage:
    return Passage(2, Chunk("c2", "a2", 0, Span(0, len(text)), text, title="Una reached Kolm as a severe storm"), 1.0)


@pytest.mark.parametrize(
    ("question", "shown", "other", "says"),
    [
        (ASKED, SHOWN, "At landfall Una stood at category four, a weather firm said.", ("category 3", "category four")),
        (ASKED, SHOWN, "It was a category 3 storm, a second institute said.", None),
        (ASKED, SHOWN, "Storms range from category 1 to category 5.", None),  # no grade of this storm
        ("Did Una reach Kolm as a category 3 storm?", SHOWN, "Una was a category 4 storm.", None),
        # a name and no grade
        ("Which tram line did the storm Una stop in Kolm?", "The storm stopped trams on line 2.",
         "The storm stopped trams on line 7.", None),
        # a question on something else
        ("What category of lorry may cross the new bridge at Brod again?", SHOWN, "It was a category 4 storm.", None),
    ],
)  # fmt: skip
def test_only_two_grades_of_what_is_asked_differ(
    question: str, shown: str, other: str, says: tuple[str, str] | None
) -> None:
    found = other_grade(shown, other, passage(other), question)
    assert (found.says if found else None) == says


def cited(number: int, quote: str, day: int) -> Citation:
    return Citation(
        number=number, chunk_id=f"c{number}", article_id=f"a{number}", title=None, outlet=f"outlet {number}",
        author=None, published=datetime(2026, 3, day, tzinfo=UTC), updated=None, url=None, path=None, quote=quote,
        start=0, end=len(quote),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("newer", "kind"),
    [
        ("Una was raised to category 4 on Friday.", ConflictKind.UPDATE),
        ("Una had been raised to category 4 the evening before.", ConflictKind.CONFLICT),
        ("Una had first been put at 3; it was corrected to category 4.", ConflictKind.UPDATE),
    ],
)
def test_what_had_been_changed_before_updates_no_report(newer: str, kind: ConflictKind) -> None:
    difference = Difference(Topic.CAUSE, "category", ("category 3", "category 4"))
    assert kind_of(cited(1, SHOWN, 1), cited(2, newer, 4), difference) is kind


def test_grades_that_differ_are_a_disagreement_also_between_two_sentences_of_the_answer() -> None:
    other = "At landfall near Kolm the storm Una was a category 4 storm, a weather firm said."
    passages = [replace(passage(text), chunk=replace(passage(text).chunk, id=f"c{n}", article_id=f"a{n}"), number=n)
                for n, text in enumerate((SHOWN, other), 1)]  # fmt: skip
    rivals = find_rivals([cited(1, SHOWN, 1), cited(2, other, 4)], passages, ASKED)
    assert {frozenset(rival.difference.says) for rival in rivals} == {frozenset({"category 3", "category 4"})}
