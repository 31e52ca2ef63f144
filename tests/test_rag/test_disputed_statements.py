"""A denial contradicts only the statement that it denies."""

from datetime import UTC, datetime

import pytest

from index.types import Chunk, Span
from rag.facts.disputes import disputes
from rag.facts.naming import name_of_denied
from rag.rivals.finding import find_rivals
from rag.stance.denials import part_called_wrong
from rag.types import Citation, Passage

TITLE = "Brod United and its coach Ole Marsk"


def passage(number: int, text: str, *, outlet: str = "", day: int = 4) -> Passage:
    published = datetime(2026, 3, day, tzinfo=UTC)
    chunk = Chunk(
        id=f"c{number}", article_id=f"a{number}", ordinal=0, span=Span(0, len(text)), text=text, title=TITLE,
        outlet=outlet or f"outlet {number}", published=published,
    )  # fmt: skip
    return Passage(number, chunk, 1.0)


def cited(one: Passage) -> Citation:
    chunk = one.chunk
    return Citation(
        number=one.number, chunk_id=chunk.id, article_id=chunk.article_id, title=chunk.title, outlet=chunk.outlet,
        author=None, published=chunk.published, updated=None, url=None, path=None, quote=chunk.text, start=0,
        end=len(chunk.text),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("denial", "is_rival"),
    [
        ("Brod United dismissed its coach Ole Marsk on Friday.", False),  # he lost his job
        ("Brod United dismissed reports that its coach Ole Marsk took bets as invented.", True),
    ],
)
def test_dismissing_somebody_denies_nothing(denial: str, *, is_rival: bool) -> None:
    shown, other = passage(1, "Coach Ole Marsk of Brod United took bets on his own team."), passage(2, denial)
    rivals = find_rivals([cited(shown)], [shown, other], "Did Brod United coach Ole Marsk take bets?")
    assert bool(rivals) is is_rival


@pytest.mark.parametrize(
    ("statement", "is_conflict"),
    [
        ("Trainer Pell Korst, whose horse won, moved to Kolm in May.", False),
        ("Trainer Pell Korst was offered the Kolm stables, the Gazette wrote.", True),
    ],
)
def test_what_is_called_untrue_must_be_what_the_other_source_says(statement: str, *, is_conflict: bool) -> None:
    denial = "Claims that he was offered the Kolm stables are untrue, trainer Pell Korst said."
    one, other = cited(passage(1, statement)), cited(passage(2, denial))
    assert bool(disputes([one, other], "Was trainer Pell Korst offered the Kolm stables?")) is is_conflict


def test_a_report_called_untrue_is_no_name_for_what_is_denied() -> None:
    assert not name_of_denied("The clinic rejected a report by The Lantern as untrue.")
    assert name_of_denied("The clinic rejected reports of wrong drugs.") == "reports of wrong drugs"


def test_what_is_called_untrue_is_the_statement_before_the_word() -> None:
    assert part_called_wrong("Rumours that the mayor had resigned are false, her office said.") == {"mayor", "resign"}
    assert part_called_wrong("The Gazette's report is untrue, the firm said.") == frozenset()


@pytest.mark.parametrize(
    ("day", "report", "is_conflict"),
    [
        (9, "Two patients died of a wrong drug at the Kolm clinic, staff told The Lantern.", True),
        (1, "Two patients died of a wrong drug at the Kolm clinic, staff told The Lantern.", False),  # too long before
        (9, "A quarry fire killed a guard, two clerks told The Lantern.", False),  # shares only the outlet's name
    ],
)
def test_a_denial_that_names_an_outlet_replies_to_its_report_of_that_week(
    day: int, report: str, *, is_conflict: bool
) -> None:
    denial = "No patients died of a wrong drug, the clinic said, calling a report by The Lantern untrue."
    one, other = cited(passage(1, report, outlet="The Lantern", day=day)), cited(passage(2, denial, day=12))
    assert bool(disputes([one, other], "Did patients die?")) is is_conflict
