from dataclasses import replace

from test_ui.fakes_ui import FakeShelf, abstention, answer, article, cite, claim

from index.types import Question
from rag.types import ClaimKind, Conflict, ConflictKind
from ui.plain import terminal

A = article("a", "The toll is 12. She did not resign.")
B = article("b", "The toll is 14.", outlet="Ledger")


def test_forecasts_and_opinion_are_marked_and_each_side_says_its_figure() -> None:
    reply = answer(
        "How many?",
        [
            replace(claim("It will rise.", 1), kind=ClaimKind.FORECAST),
            replace(claim("It must fall.", 1), kind=ClaimKind.OPINION),
        ],
        [cite(A, "The toll is 12."), cite(B, "The toll is 14.", 2)],
        conflicts=[Conflict("killed: 12 or 14", ConflictKind.COUNT, (1, 2), ("12", "14"))],
    )
    lines = terminal(reply).splitlines()
    assert lines[:2] == ["It will rise. [1]  (forecast)", "It must fall. [1]  (opinion)"]
    assert lines[4:6] == ["  [1] 12, Meridian Post, 4 May 2026", "  [2] 14, Ledger, 4 May 2026"]


def test_words_against_the_premise_come_before_what_is_merely_near() -> None:
    shelf = FakeShelf([A, B])
    nearest = [cite(A, "She did not resign."), cite(B, "The toll is 14.", 2)]
    reply = replace(abstention("Why did she resign?", shelf.coverage(Question("Why?")), nearest), premise=1)
    lines = terminal(reply).splitlines()
    assert lines[3] == "The question takes something for granted that an article contradicts:"
    assert lines[5] == "    “She did not resign.”"
    assert "Nearest passages:" in lines[6:]
