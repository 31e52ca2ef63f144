from dataclasses import replace

from test_ui.fakes_ui import FakeShelf, abstention, answer, article, cite, claim

from index.types import Question
from rag.types import AbstentionReason, ClaimKind, Conflict, ConflictKind
from ui.exchange import Exchange
from ui.plain import markdown, terminal
from ui.render import exchange_html

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


def test_the_contradicting_passage_comes_before_the_closest_passages() -> None:
    shelf = FakeShelf([A, B])
    nearest = [cite(A, "She did not resign."), cite(B, "The toll is 14.", 2)]
    reply = replace(abstention("Why did she resign?", shelf.coverage(Question("Why?")), nearest), premise=1)
    lines = terminal(reply).splitlines()
    assert lines[0] == "The articles contradict what the question assumes."
    assert lines[3] == "The articles say:"
    assert lines[5] == "    “She did not resign.”"
    assert "Closest passages:" in lines[6:]


def test_the_page_shows_the_contradicting_passage_once_with_its_source() -> None:
    shelf = FakeShelf([A, B])
    nearest = [cite(A, "She did not resign."), cite(B, "The toll is 14.", 2)]
    reply = replace(abstention("Why did she resign?", shelf.coverage(Question("Why?")), nearest), premise=1)
    html = exchange_html(Exchange(1, Question("Why did she resign?"), reply=reply))
    premise, _, closest = html.partition("Closest passages</h3>")
    assert '<q dir="auto">She did not resign.</q>' in premise
    assert "Meridian Post" in premise
    assert "She did not resign." not in closest.partition("</section>")[0]
    assert "The toll is 14." in closest


def test_a_copied_refusal_says_that_the_articles_contradict_the_question() -> None:
    shelf = FakeShelf([A])
    nearest = [cite(A, "She did not resign.")]
    reply = replace(abstention("Why did she resign?", shelf.coverage(Question("Why?")), nearest), premise=1)
    assert "The articles contradict what the question assumes." in markdown(reply)


def test_limits_that_exclude_every_article_are_named_as_the_reason() -> None:
    reply = abstention("Who won?", FakeShelf([]).coverage(Question("Who won?")), (), AbstentionReason.NOTHING_RETRIEVED)
    assert terminal(reply).splitlines()[0] == "No article falls within the dates and outlets asked about."
