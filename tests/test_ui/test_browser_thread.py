"""A growing conversation in a real Chromium: scrolling, the evidence panel, focus, screen widths, saved files."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from test_ui.browsing import Visit
from test_ui.fakes_ui import FakeChatbot, FakeShelf, abstention, answer, article, cite, claim, held

from index.types import Question
from rag.types import Conflict, ConflictKind, Reply

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FIRST = article("first", "Rain fell. The toll is 12. The end.", title="Bridge falls")
REPRINT = article("reprint", "By our staff. The toll is 12. Read on.", title="Bridge down", outlet="Lantern")
LATER = article(
    "later",
    "The toll rose to 14. A worker alleged sabotage.",
    title="Toll rises",
    outlet="Ledger",
    published=datetime(2026, 5, 6, tzinfo=UTC),
)
SHELF = FakeShelf([FIRST, REPRINT, LATER])
ASKED = "**/gradio_api/run/**"
TOLD = ("The toll is 12.", "The toll rose to 14.")


def replies(question: Question) -> Reply:
    if "why" in question.text.lower():
        return abstention(question.text, SHELF.coverage(question), [cite(LATER, "A worker alleged sabotage.")])
    cited = [cite(FIRST, TOLD[0], 1, also_in=("reprint",)), cite(LATER, TOLD[1], 2)]
    claims = [claim(TOLD[0], 1), claim(TOLD[1], 2)]
    return answer(question.text, claims[::-1] if "then" in question.text else claims, cited, found=[REPRINT])


@pytest.fixture(scope="module")
def address(serve_module: Callable[..., str]) -> str:
    return serve_module(SHELF, FakeChatbot(replies, lambda: time.sleep(0.02)), examples=("How many died?",))


def reads(reader: Visit, quote: str) -> None:
    reader.page.wait_for_function("q => document.querySelector('#evidence mark')?.textContent === q", arg=quote)


@contextmanager
def slow_line(reader: Visit) -> Iterator[None]:
    """Hold back the page's requests to the server until the end, then deliver them in order."""
    held: list[Any] = []
    over = False

    def hold(route: Any) -> None:
        route.continue_() if over else held.append(route)

    reader.page.route(ASKED, hold)
    yield
    reader.page.wait_for_timeout(100)
    over = True
    assert held
    for one in held:
        one.continue_()


def test_an_article_opened_while_another_is_loading_is_the_one_shown(address: str, visit: Any) -> None:
    reader = visit(address)
    reader.ask("How many died?")
    reads(reader, TOLD[0])
    marks = reader.page.locator("#current .mark")
    with slow_line(reader):
        for place in (1, 0, 2):
            marks.nth(place).press("Enter")
    reads(reader, TOLD[1])
    assert reader.texts("#evidence .place") == ["Source 2 · 2 of 2"]
    with slow_line(reader):
        reader.page.get_by_role("button", name="Previous").press("Enter")
        reader.page.locator("#articles .entry").first.press("Enter")
    reader.page.wait_for_function("() => document.querySelector('#evidence mark') === null")
    assert reader.texts("#evidence h2") == ["Toll rises"]


def test_the_conversation_opened_last_is_the_one_that_continues(address: str, visit: Any) -> None:
    reader = visit(address)
    page = reader.page
    for question in ("How many died?", "And then?", "Why?"):
        reader.ask(question)
        reader.begin_anew()
    with slow_line(reader):
        for question in ("How many died?", "Why?", "And then?"):
            page.locator("#history").get_by_role("button", name=question, exact=True).press("Enter")
    page.wait_for_function("() => document.querySelector('.turn .question')?.textContent === 'And then?'")
    reader.ask("How many died now?")
    kept = "Object.values(localStorage).map((one) => JSON.parse(one)).map((one) => [one.title, one.turns.length])"
    assert sorted(page.evaluate(kept)) == [["And then?", 2], ["How many died?", 1], ["Why?", 1]]


def test_the_question_edited_last_is_the_one_in_the_box(address: str, visit: Any) -> None:
    reader = visit(address)
    for question in ("How many died?", "And then?", "Why?"):
        reader.ask(question)
    with slow_line(reader):
        for number in (1, 2):
            reader.page.locator(f"[data-edit='{number}']").press("Enter")
    reader.page.wait_for_selector(".editing:has-text('question 2')")
    assert reader.page.input_value("#question textarea") == "And then?"


def test_each_new_question_comes_to_the_top_and_the_panel_to_its_own_first_source(address: str, visit: Any) -> None:
    reader = visit(address)
    page = reader.page
    reader.ask("How many died?")
    reads(reader, TOLD[0])
    reader.ask("And then?")
    reads(reader, TOLD[1])
    assert reader.texts("#evidence .place") == ["Source 2 · 1 of 2"]
    top, edge = (page.locator(one).bounding_box()["y"] for one in ("#current .question", "#thread"))
    assert 0 <= top - edge < 60
    page.locator("#past .claims .chip").first.click()
    reads(reader, TOLD[0])  # whatever the reader opens stays
    open_now = "all => all.map((one) => one.closest('.turn').dataset.turn)"
    assert set(page.locator(".chip.is-open").evaluate_all(open_now)) == {"1"}
    reader.ask("Why?")
    page.wait_for_selector("#evidence .hint")  # a refusal has no source, and no other answer's is shown beside it
    top = page.locator("#current .question").bounding_box()["y"]
    assert 0 <= top - edge < 60
    passage = page.locator("#current .near q").bounding_box()
    page.mouse.click(passage["x"] + 20, passage["y"] + 8)  # all of it is the button
    reads(reader, "A worker alleged sabotage.")
    assert reader.texts("#evidence .place") == ["Related passage 1"]
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_selector("#evidence .hint")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert (reader.outside, reader.trouble) == ([], [])


def test_every_sentence_is_announced_once_when_it_is_finished(address: str, visit: Any) -> None:
    reader = visit(address)
    reader.page.evaluate(
        """() => {
          window.announced = [];
          new MutationObserver((changes) => changes.forEach(({ target, addedNodes }) => {
            if (!target.matches?.("[aria-live=polite]")) return;
            addedNodes.forEach((node) => announced.push(node.querySelector?.(".claim-text")?.textContent));
          })).observe(document.querySelector("#current"), { childList: true, subtree: true });
        }"""
    )
    reader.ask("How many died?")
    announced = reader.page.evaluate("announced.filter(Boolean)")
    assert announced == list(TOLD)


def test_a_reprint_opens_with_its_words_marked_and_next_continues(address: str, visit: Any) -> None:
    reader = visit(address)
    reader.ask("How many died?")
    reads(reader, TOLD[0])
    reader.page.get_by_role("button", name="Lantern, 4 May 2026").click()
    reader.page.wait_for_function("() => document.querySelector('#evidence h2')?.textContent === 'Bridge down'")
    reads(reader, TOLD[0])
    assert reader.texts("#evidence .place") == ["Same words as source 1"]
    reader.page.get_by_role("button", name="Next").click()
    reads(reader, TOLD[1])


def test_the_whole_conversation_is_saved_in_one_file(address: str, visit: Any) -> None:
    reader = visit(address)
    reader.ask("How many died?")
    assert reader.page.locator("[data-save-all]").count() == 0  # one answer is the whole of it
    reader.ask("Why?")
    saved = {}
    for suffix in (".json", ".md"):
        with reader.page.expect_download() as download:
            reader.page.locator(f"#current [data-save-all='{suffix}']").click()
        saved[download.value.suggested_filename] = Path(download.value.path()).read_text()
    replies_saved = json.loads(saved["dateline-conversation.json"])
    assert [one["question"] for one in replies_saved] == ["How many died?", "Why?"]
    assert replies_saved[0]["citations"][0]["quote"] == TOLD[0]
    text = saved["dateline-conversation.md"]
    assert text.index("**How many died?**") < text.index("\n---\n") < text.index("**Why?**")


def test_very_long_words_and_right_to_left_names_do_not_break_the_layout(serve: Callable[..., str], visit: Any) -> None:
    word = "Donaudampfschiff" * 20
    long = article("long", f"{word} fell.", title=word, outlet=word)
    arabic = article("arabic", "سقط الجسر.", title="الجسر", outlet="صحيفة النهار")

    def reply(question: Question) -> Reply:
        claims = [claim(f"{word} fell.", 1), claim("سقط الجسر.", 2)]
        differ = [Conflict(word, ConflictKind.CONFLICT, (1, 2))]
        cited = [cite(long, f"{word} fell.", 1), cite(arabic, "سقط الجسر.", 2)]
        return answer(word, claims, cited, conflicts=differ, withheld=[held(word, word)])

    reader = visit(serve(FakeShelf([long, arabic]), FakeChatbot(reply)), viewport={"width": 390, "height": 800})
    reader.ask(word)
    reader.page.locator("#current .withheld summary").click()
    outside = """() => {
      const edge = document.querySelector("#thread").getBoundingClientRect().right;
      const texts = document.createTreeWalker(document.querySelector("#thread"), NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) {
        const words = document.createRange();
        words.selectNodeContents(texts.currentNode);
        if (words.getBoundingClientRect().right > edge) found.push(texts.currentNode.parentElement.className);
      }
      return found;
    }"""
    assert reader.page.evaluate(outside) == []
    order = """() => [...document.querySelectorAll("#talk bdi")].map((name) => {
      const day = document.createRange();
      day.selectNodeContents(name.nextSibling ?? name);
      return [name.textContent, day.getBoundingClientRect().left >= name.getBoundingClientRect().right - 1];
    })"""
    beside = [right for name, right in reader.page.evaluate(order) if name == arabic.outlet]
    assert beside.count(True) == 2  # in the disagreement and among the sources; in the timeline it stands alone


def test_at_every_width_the_question_box_fits_and_no_citation_wraps_away_from_its_sentence(
    address: str, visit: Any
) -> None:
    reader = visit(address)
    page = reader.page
    reader.ask("How many died?")
    alone = """() => {
      const all = document.querySelector("#current .claims");
      const parted = [...Array(20).keys()].filter((step) => {
        all.style.width = `${150 + 6 * step}px`;
        return [...all.querySelectorAll(".claim")].some((claim) => {
          const words = document.createRange();
          words.selectNodeContents(claim.querySelector(".claim-text"));
          const last = [...words.getClientRects()].at(-1);
          return claim.querySelector(".chip").getBoundingClientRect().left < last.right - 1;
        });
      });
      all.style.width = "";
      return parted;
    }"""
    assert page.evaluate(alone) == []
    measured = """() => {
      const [box, title, fresh] = ["#question textarea", ".masthead h1", "#fresh"].map((one) =>
        document.querySelector(one).getBoundingClientRect());
      return [document.documentElement.scrollWidth, box.width, fresh.left - title.right];
    }"""
    for width in (1440, 1279, 1024, 1023, 701, 700, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("width => innerWidth === width", arg=width)
        whole, box, between = page.evaluate(measured)
        assert (whole <= width, box > 180, between > 0) == (True, True, True), width
