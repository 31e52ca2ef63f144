"""Disagreeing sources are each shown with what they say: the figure, or else the quote."""

from test_ui.fakes_ui import answer, article, cite, claim

from index.types import Question
from rag.types import Conflict, ConflictKind
from ui.exchange import Exchange
from ui.render import exchange_html

A = article("a", "The codex is found.")
B = article("b", "The codex is not found, police said.", outlet="Ledger")
CITED = [cite(A, "The codex is found."), cite(B, "The codex is not found, police said.", 2)]


def sides(says: tuple[str, ...]) -> str:
    reply = answer(
        "Is it found?",
        [claim("The codex is found.", 1)],
        CITED,
        conflicts=[Conflict("whether this happened", ConflictKind.CONFLICT, (1, 2), says)],
    )
    html = exchange_html(
        Exchange(1, Question("Is it found?"), claims=reply.claims, citations=reply.citations, reply=reply)
    )
    return html.partition('class="conflicts"')[2].partition("</section>")[0]


def test_a_side_without_a_figure_is_shown_in_its_own_words() -> None:
    told = sides(())
    assert '<q dir="auto">The codex is found.</q>' in told
    assert '<q dir="auto">The codex is not found, police said.</q>' in told


def test_a_side_with_a_figure_is_shown_by_that_alone() -> None:
    told = sides(("nine", "ten"))
    assert "nine" in told
    assert "<q" not in told
