from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_ui.fakes_ui import FakeChatbot, FakeShelf, abstention, answer, article, cite, claim

from index.errors import BadInput, UnknownArticle
from index.types import Question, Span
from rag.errors import ReaderFailed
from rag.events import Checking, ClaimReady, Event, Reading, Searching
from rag.turns import Turn
from rag.types import Reply
from ui.actions import (
    LISTED,
    LONGEST_QUESTION,
    MOST_LISTED,
    Opening,
    Window,
    ask,
    describe_scope,
    judged,
    list_articles,
    listed,
    open_article,
)
from ui.exchange import Exchange
from ui.feedback import FeedbackFile
from ui.text import digest

TEXT = "The toll is 12. Rescuers found two more."
A = article("a", TEXT, title="Bridge falls", outlet="Meridian Post")
LATER = article("b", "The toll is 14.", title="Toll rises", outlet="Ledger", published=datetime(2026, 5, 6, tzinfo=UTC))
UNDATED = article("c", "Bridges are old.", title=None, outlet=None, published=None)
SHELF = FakeShelf([A, LATER, UNDATED])


def reply_to(question: Question) -> Reply:
    return answer(question.text, [claim("The toll is 12.", 1)], [cite(A, "The toll is 12.")])


def grown(
    text: str, chatbot: FakeChatbot, earlier: Sequence[Exchange] = (), shelf: FakeShelf = SHELF
) -> list[Exchange]:
    return list(ask(shelf, chatbot, text, Window(), earlier))


def test_an_exchange_grows_by_steps_and_verified_sentences_to_the_reply() -> None:
    seen = grown("How many?", FakeChatbot(reply_to))
    steps = [type(one.step) for one in seen if one.step]
    assert [Searching, Reading, Checking] == list(dict.fromkeys(steps))
    assert [len(one.claims) for one in seen] == sorted(len(one.claims) for one in seen)
    assert not any(one.is_over for one in seen[:-1])
    assert seen[-1].reply == reply_to(Question("How many?"))
    assert seen[-1].citations[0].number == 1
    assert seen[0].searched == 3


def test_a_follow_up_is_asked_with_the_earlier_turns_and_their_replies() -> None:
    chatbot = FakeChatbot(reply_to)
    first = grown("How many?", chatbot)[-1]
    second = grown("And later?", chatbot, [first])[-1]
    assert second.number == 2
    assert chatbot.asked[-1][1] == (Turn("How many?", first.reply),)


def test_a_failed_question_is_not_part_of_the_conversation() -> None:
    chatbot = FakeChatbot(reply_to)
    failed = Exchange(1, Question("x"), problem="The language model is down.")
    grown("And later?", chatbot, [failed])
    assert chatbot.asked[-1][1] == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("  ", "Type a question first."), ("x" * (LONGEST_QUESTION + 1), "A question may have at most 1,000 characters")],
)
def test_an_invalid_question_is_rejected_in_one_sentence_and_not_asked(text: str, sentence: str) -> None:
    chatbot = FakeChatbot(reply_to)
    (only,) = grown(text, chatbot)
    assert only.problem is not None
    assert only.problem.startswith(sentence)
    assert chatbot.asked == []


def test_an_empty_archive_says_how_to_fill_it() -> None:
    assert "dateline add" in str(grown("How many?", FakeChatbot(reply_to), shelf=FakeShelf([]))[-1].problem)


class Broken(FakeChatbot):
    """Yields one sentence and then fails."""

    def __init__(self, error: Exception) -> None:
        super().__init__(reply_to)
        self.error = error

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        yield Searching(question.text)
        yield ClaimReady(claim("The toll is 12.", 1), (cite(A, "The toll is 12."),))
        raise self.error


def test_a_failure_becomes_its_sentence_and_what_was_verified_stays() -> None:
    last = grown("How many?", Broken(ReaderFailed("The language model at http://x did not answer.")))[-1]
    assert last.problem == "The language model at http://x did not answer."
    assert len(last.claims) == 1
    assert last.is_over


def test_an_unexpected_failure_names_its_type_and_nothing_private() -> None:
    last = grown("How many?", Broken(RuntimeError("secret token abc")))[-1]
    assert last.problem == "Something went wrong (RuntimeError); ask again."


def test_a_refusal_shows_the_closest_passages() -> None:
    refused = abstention("?", SHELF.coverage(Question("?")), [cite(A, "The toll is 12.")])
    last = grown("Why?", FakeChatbot(lambda _: refused))[-1]
    assert last.reply == refused
    assert last.claims == ()


def test_the_window_turns_typed_days_into_exact_moments() -> None:
    question = Window("2026-05-04", "2026-05-01", "2026-05-03", ("Ledger",)).question(" How many? ")
    assert question.text == "How many?"
    assert question.as_of == datetime(2026, 5, 4, 23, 59, 59, 999999, tzinfo=UTC)
    assert question.since == datetime(2026, 5, 1, tzinfo=UTC)
    assert question.until == datetime(2026, 5, 3, 23, 59, 59, 999999, tzinfo=UTC)
    assert question.outlets == ("Ledger",)


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadInput, match="Since is later than until"):
        Window(since="2026-05-04", until="2026-05-01").question("?")


def opening(**sent: object) -> Opening:
    quote = "The toll is 12."
    return Opening.from_page(
        {"article": "a", "start": "0", "end": "15", "digest": digest(quote), "number": "1", **sent}
    )


def test_a_source_opens_its_article_with_the_exact_words_marked() -> None:
    html = open_article(SHELF, opening(position=1, total=3))
    assert '<mark id="quote" tabindex="-1">The toll is 12.</mark> Rescuers' in html
    assert "Source 1 · 1 of 3" in html
    assert 'data-step="-1" aria-disabled="true"' in html
    assert 'data-step="1" aria-disabled="false"' in html


def test_a_moved_quote_is_reported_and_nothing_is_marked() -> None:
    html = open_article(SHELF, opening(digest=digest("The toll is 9.")))
    assert "<mark" not in html
    assert "has changed since" in html


@pytest.mark.parametrize(
    "sent",
    [{}, {"start": "-1"}, {"start": "x"}, {"start": None, "end": "99999999999999999999"}, {"start": "15", "end": "3"}],
)
def test_whatever_the_page_sends_as_numbers_opens_the_article_or_says_it_changed(sent: dict[str, object]) -> None:
    assert "The toll is 12." in open_article(SHELF, opening(**sent, number=[], position={}, total="many"))


def test_reprints_still_in_the_archive_are_listed_with_the_article() -> None:
    html = open_article(SHELF, opening(also="b\ngone"))
    assert 'data-reprint="b"><bdi>Ledger</bdi>, 6 May 2026</button>' in html
    assert "gone" not in html


def test_a_reprint_opens_with_the_quoted_words_marked_at_their_own_place() -> None:
    reprint = article("r", "By our own staff. The toll is 12. More.", title="Bridge down")
    other = article("o", "Nothing of it.", title="Elsewhere")
    shelf = FakeShelf([A, reprint, other])
    kept = cite(A, "The toll is 12.")
    html = open_article(shelf, opening(article="r", position=2, total=3), kept=kept)
    assert 'staff. <mark id="quote" tabindex="-1">The toll is 12.</mark> More.' in html
    assert "Same words as source 1" in html
    assert 'data-step="1"' in html  # and on to the answer's next source
    html = open_article(shelf, opening(article="o", position=2, total=3), kept=kept)
    assert "<mark" not in html
    assert "has changed since" not in html


def test_a_related_passage_is_not_called_a_source_in_the_panel() -> None:
    html = open_article(SHELF, opening(position=1, total=2, near=True))
    assert "Related passage 1 · 1 of 2" in html
    assert "Source" not in html


def test_a_single_source_has_no_counter_and_no_step_buttons() -> None:
    html = open_article(SHELF, opening(position=1, total=1))
    assert '<span class="place">Source 1</span>' in html
    assert "data-step" not in html


def test_a_source_removed_from_the_archive_is_reported_as_gone() -> None:
    with pytest.raises(UnknownArticle):
        open_article(SHELF, Opening("gone", Span(0, 3)))


def test_articles_are_found_by_headline_and_outlet_newest_first() -> None:
    html = list_articles(SHELF, "", Window())
    assert html.index("Toll rises") < html.index("Bridge falls") < html.index("Untitled article")
    assert "Toll rises" not in list_articles(SHELF, "bridge POST", Window())
    assert "1 of 3 articles" in list_articles(SHELF, "bridge POST", Window())
    assert "Bridge falls" not in list_articles(SHELF, "", Window(outlets=("ledger ",)))


def test_an_as_of_date_hides_later_and_undated_articles_and_the_scope_line_says_so() -> None:
    past = Window(as_of="2026-05-04")
    html = list_articles(SHELF, "", past)
    assert "Bridge falls" in html
    assert "Toll rises" not in html
    assert "Untitled" not in html
    scope = describe_scope(SHELF, past)
    assert "scope-past" in scope
    assert "As of 4 May 2026" in scope
    assert "2 articles are hidden by these limits." in scope


def test_the_scope_line_offers_to_clear_limits_only_if_there_are_any() -> None:
    assert "data-reset" not in describe_scope(SHELF, Window())
    for window in (Window(as_of="2026-05-04"), Window(until="2026-05-04"), Window(outlets=("Ledger",))):
        assert "data-reset" in describe_scope(SHELF, window)


def test_a_long_list_of_articles_is_shown_a_page_at_a_time() -> None:
    many = FakeShelf([article(f"n{number}", "Text.") for number in range(LISTED * 2 + 3)])
    first = list_articles(many, "", Window())
    assert first.count('class="entry"') == LISTED
    assert f'data-more="{LISTED}"' in first
    assert f"{LISTED + 3} more" in first
    last = list_articles(many, "", Window(), listed({"shown": str(LISTED * 2)}))
    assert last.count('class="entry"') == LISTED * 2 + 3
    assert "data-more" not in last


@pytest.mark.parametrize("shown", ["x", "-1", None, [], "99999999999999999999999"])
def test_no_request_makes_the_list_longer_than_its_limit(shown: object) -> None:
    assert listed({"shown": shown}) == LISTED
    assert listed({"shown": str(10**9)}) == MOST_LISTED


def test_a_removed_article_is_shown_with_the_quote_saved_in_the_answer() -> None:
    kept = cite(A, "The toll is 12.")
    html = open_article(FakeShelf([]), opening(position=1, total=3), kept=kept)
    assert "is no longer in the archive" in html
    assert ">The toll is 12.</mark>" in html
    assert "Bridge falls" in html
    assert "Source 1 · 1 of 3" in html
    with pytest.raises(UnknownArticle):
        open_article(FakeShelf([]), opening(article="b"), kept=kept)


def test_a_changed_article_is_shown_with_the_quote_saved_in_the_answer() -> None:
    changed = FakeShelf([article("a", "The toll is 15. Rescuers found two more.")])
    html = open_article(changed, opening(), kept=cite(A, "The toll is 12."))
    assert "has changed since" in html
    assert '<q class="was" dir="auto">The toll is 12.</q>' in html
    assert "The toll is 15." in html


def test_an_article_can_be_removed_only_if_that_is_allowed() -> None:
    assert "data-remove" not in open_article(SHELF, opening())
    assert 'data-remove="a"' in open_article(SHELF, opening(), removable=True)


def test_an_answer_is_rated_once_and_stored_with_the_comment(tmp_path: Path) -> None:
    file = FeedbackFile(tmp_path / "feedback.jsonl")
    done = Exchange(1, Question("How many?"), reply=reply_to(Question("How many?")))
    rated = judged(file, (done,), {"turn": "1", "verdict": "down", "comment": "It was 14."})
    assert rated is not None
    assert rated.rated == "down"
    assert judged(file, (rated,), {"turn": "1", "verdict": "up"}) is None
    (line,) = file.path.read_text().splitlines()
    assert json.loads(line)["comment"] == "It was 14."


@pytest.mark.parametrize(
    "sent", [{}, {"turn": "2", "verdict": "up"}, {"turn": "1", "verdict": "<b>"}, {"turn": [], "verdict": {}}]
)
def test_a_rating_of_no_answer_is_not_stored(tmp_path: Path, sent: dict[str, object]) -> None:
    file = FeedbackFile(tmp_path / "feedback.jsonl")
    failed = Exchange(2, Question("x"), problem="Down.")
    done = Exchange(1, Question("How many?"), reply=reply_to(Question("How many?")))
    assert judged(file, (done, failed), sent) is None
    assert not file.path.exists()
