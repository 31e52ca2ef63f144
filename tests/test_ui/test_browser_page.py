"""The page in a real Chromium over a scripted chatbot: rendering, keyboard use, hostile text."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from test_ui.fakes_ui import FakeChatbot, FakeShelf, abstention, answer, article, cite, claim, held
from test_ui.hostile import HOSTILE_ADDRESSES, HOSTILE_TEXTS, LONG_LINE

from index.types import Question
from rag.errors import ReaderFailed
from rag.types import Certainty, Conflict, ConflictKind, Reply, Support
from ui.text import visible

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FIRST = article(
    "toll-12",
    "Opening words.\n\n" + "Filler sentence about the weather. " * 120 + "\n\nThe toll is 12, police said. The end.",
    title="Bridge falls",
    author="Ann Ode",
    url="https://post.example/bridge",
)
SECOND = article(
    "toll-14",
    "The toll rose to 14 on Friday. A worker alleged sabotage.",
    title="Toll rises",
    outlet="Ledger",
    published=datetime(2026, 5, 6, 9, tzinfo=UTC),
)
SHELF = FakeShelf([FIRST, SECOND])


def replies(question: Question) -> Reply:
    if "why" in question.text.lower():
        return abstention(question.text, SHELF.coverage(question), [cite(SECOND, "A worker alleged sabotage.")])
    return answer(
        question.text,
        [
            claim("The toll is 12.", 1, said=("police", "said")),
            claim("The toll rose to 14 on Friday.", 2),
            claim("A worker alleged sabotage.", 3, certainty=Certainty.ALLEGED),
        ],
        [
            cite(FIRST, "The toll is 12, police said.", 1),
            cite(SECOND, "The toll rose to 14 on Friday.", 2),
            cite(SECOND, "A worker alleged sabotage.", 3),
        ],
        withheld=[held("17 died.", "number 17 is not in the evidence", support=Support.REFUTED)],
        conflicts=[Conflict("the toll", ConflictKind.UPDATE, (1, 2))],
        standalone="How many died at the bridge?" if "then" in question.text else None,
    )


@pytest.fixture(scope="module")
def address(serve_module: Callable[..., str]) -> str:
    return serve_module(SHELF, FakeChatbot(replies), examples=("How many died?",))


def test_a_reader_goes_from_answer_to_the_exact_words_and_on_to_the_next_source(
    address: str, visit: Callable[..., Any]
) -> None:
    reader = visit(address)
    reader.ask("How many died?")
    page = reader.page
    assert reader.texts("#current .claim-text") == [
        "The toll is 12.",
        "The toll rose to 14 on Friday.",
        "A worker alleged sabotage.",
    ]
    assert reader.texts("#current .standing") == ["As of 6 May 2026, 09:00 UTC · 2 reports · 1 disagreement"]
    assert reader.texts("#current .badge") == ["police said", "alleged"]

    page.get_by_role("button", name="Source 1, Meridian Post, 4 May 2026, supported").first.click()
    mark = page.locator("#evidence mark")
    mark.wait_for()
    assert mark.inner_text() == "The toll is 12, police said."
    page.wait_for_function(
        "() => { const b = document.querySelector('#evidence mark').getBoundingClientRect();"
        " return b.top > 0 && b.bottom < innerHeight; }"
    )
    assert reader.texts("#evidence .place") == ["Source 1 · 1 of 3"]
    link = page.locator("#evidence a")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (FIRST.url, "noopener noreferrer")

    page.get_by_role("button", name="Next").click()
    page.wait_for_function("() => document.querySelector('#evidence mark')?.innerText.startsWith('The toll rose')")
    page.get_by_role("button", name="Previous").click()
    page.wait_for_function("() => document.querySelector('#evidence mark')?.innerText.startsWith('The toll is 12')")
    assert (reader.outside, reader.trouble) == ([], [])


def test_disagreement_and_withheld_sentences_are_shown_with_their_reasons(
    address: str, visit: Callable[..., Any]
) -> None:
    reader = visit(address)
    reader.ask("How many died?")
    (conflict,) = reader.texts("#current .conflicts > ul > li")
    assert conflict.startswith("A later report changes this: the toll")
    assert "Ledger, 6 May 2026" in conflict
    held_back = reader.page.locator("#current .withheld")
    assert not reader.page.locator("#current .held-text").is_visible()
    held_back.locator("summary").click()
    assert reader.texts("#current .held-text") == ["17 died."]
    assert reader.texts("#current .held-why") == ["contradicted by the source · number 17 is not in the evidence"]


def test_an_answer_is_copied_and_saved_with_its_exact_quotes(address: str, visit: Callable[..., Any]) -> None:
    reader = visit(address, permissions=["clipboard-read", "clipboard-write"])
    reader.ask("How many died?")
    reader.page.get_by_role("button", name="Copy with sources").click()
    reader.page.wait_for_selector(".tool.is-done")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert "“The toll is 12, police said.”" in copied
    with reader.page.expect_download() as saved:
        reader.page.get_by_role("button", name="Save as JSON").click()
    reply = json.loads(Path(saved.value.path()).read_text())
    quote = reply["citations"][0]
    assert quote["quote_sha256"] == sha256(quote["quote"].encode()).hexdigest()
    with reader.page.expect_download() as written:
        reader.page.get_by_role("button", name="Save as Markdown").click()
    text = Path(written.value.path()).read_text()
    assert (
        f"(characters {quote['start']} to {quote['end']} of toll-12; SHA-256 of the quote {quote['quote_sha256']}"
        in text
    )
    assert FIRST.text[quote["start"] : quote["end"]] == quote["quote"] == "The toll is 12, police said."


def test_keys_alone_lead_from_question_to_source_and_back(address: str, visit: Callable[..., Any]) -> None:
    reader = visit(address)
    reader.ask("How many died?")
    page = reader.page
    page.locator("#current h2").click()
    page.keyboard.press("]")
    page.keyboard.press("]")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Source 2, Ledger")
    assert page.locator("#preview .preview-quote").inner_text() == "“The toll rose to 14 on Friday.”"
    page.keyboard.press("Escape")
    assert not page.locator("#preview").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#evidence .place')?.textContent === 'Source 2 · 2 of 3'")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert page.input_value("#question textarea") == ""


def test_hovering_over_a_source_shows_its_words(address: str, visit: Callable[..., Any]) -> None:
    reader = visit(address)
    reader.ask("How many died?")
    reader.page.locator("#current .claims .chip").first.hover()
    assert reader.texts("#preview p") == [
        "Meridian Post, 4 May 2026",
        "Bridge falls",
        "“The toll is 12, police said.”",
        "supported, 0.97",
    ]


def test_a_refusal_shows_what_was_searched_and_the_nearest_passages_open(
    address: str, visit: Callable[..., Any]
) -> None:
    reader = visit(address)
    reader.ask("Why did it fall?")
    assert reader.texts("#current .refusal-lead") == ["The articles do not say."]
    assert reader.texts("#current .refusal-searched") == [
        "Searched 2 articles from 4 May 2026 to 6 May 2026 by 2 outlets."
    ]
    reader.page.get_by_role("button", name="Passage 1, Ledger, 6 May 2026, related but not an answer").click()
    reader.page.locator("#evidence mark").wait_for()
    assert reader.texts("#evidence mark") == ["A worker alleged sabotage."]


def test_a_follow_up_keeps_the_earlier_answer_and_says_how_it_was_understood(
    address: str, visit: Callable[..., Any]
) -> None:
    reader = visit(address)
    reader.page.get_by_role("button", name="How many died?").click()
    reader.page.wait_for_selector("#current .reply[aria-busy=false]")
    reader.ask("And then?")
    assert reader.texts(".turn .question") == ["How many died?", "And then?"]
    assert reader.texts("#current .understood") == ["Understood as “How many died at the bridge?”"]
    assert len(reader.texts("#past .claim")) == 3
    reader.begin_anew()
    assert reader.page.locator(".turn").count() == 0


def test_a_day_in_the_past_changes_the_page_its_list_and_the_question(serve: Callable[..., str], visit: Any) -> None:
    chatbot = FakeChatbot(replies)
    reader = visit(serve(SHELF, chatbot))
    reader.page.fill("#as-of input", "2026-05-04")
    reader.page.wait_for_selector(".scope-past")
    assert "As of 4 May 2026" in reader.texts("#scope")[0]
    reader.page.wait_for_function("() => document.querySelectorAll('#articles .entry').length === 1")
    reader.ask("How many died?")
    assert chatbot.asked[-1][0].as_of == datetime(2026, 5, 4, 23, 59, 59, 999999, tzinfo=UTC)
    assert reader.texts("#current .scope-note") == ["Asked as of 4 May 2026"]
    reader.page.get_by_role("button", name="Clear limits").click()
    reader.page.wait_for_function("() => document.querySelectorAll('#articles .entry').length === 2")
    assert reader.page.input_value("#as-of input") == ""
    assert reader.page.locator(".scope-past").count() == 0


def test_articles_are_found_and_opened_without_asking(address: str, visit: Callable[..., Any]) -> None:
    reader = visit(address)
    reader.page.fill("#find input, #find textarea", "ledger")
    reader.page.wait_for_function("() => document.querySelectorAll('#articles .entry').length === 1")
    reader.page.locator("#articles .entry").click()
    reader.page.locator("#evidence .card").wait_for()
    assert reader.texts("#evidence h2") == ["Toll rises"]
    assert reader.page.locator("#evidence mark").count() == 0


def test_two_users_have_each_their_own_conversation(address: str, visit: Callable[..., Any]) -> None:
    one, other = visit(address), visit(address)
    one.ask("How many died?")
    other.ask("Why did it fall?")
    one.ask("And then?")
    assert one.texts(".turn .question") == ["How many died?", "And then?"]
    assert other.texts(".turn .question") == ["Why did it fall?"]


def test_a_slow_answer_does_not_block_other_users_and_can_be_stopped(serve: Callable[..., str], visit: Any) -> None:
    gate = threading.Event()

    def pause() -> None:
        if "slow" in chatbot.asked[-1][0].text:
            gate.wait(30)

    chatbot = FakeChatbot(replies, pause)
    address = serve(SHELF, chatbot)
    slow, quick = visit(address), visit(address)
    slow.page.fill("#question textarea", "A slow one?")
    slow.page.press("#question textarea", "Enter")
    slow.page.wait_for_selector("#current .step")
    assert slow.texts("#current .step") == ["Searching 2 articles…"]
    quick.ask("How many died?")
    slow.page.get_by_role("button", name="Stop").click()
    slow.page.wait_for_selector("#current .reply[aria-busy=false]")
    assert slow.texts("#current .note") == ["You stopped this answer. The sentences shown have been checked."]
    slow.page.wait_for_selector("#stop", state="hidden")
    slow.ask("How many died?")  # while the first one still hangs
    gate.set()
    assert len(slow.texts("#current .claim")) == 3


def test_a_language_model_that_is_down_is_one_sentence_in_the_page(serve: Callable[..., str], visit: Any) -> None:
    def down(question: Question) -> Reply:
        raise ReaderFailed("The language model at http://127.0.0.1:9 did not answer; is it running?")

    reader = visit(serve(SHELF, FakeChatbot(down)))
    reader.ask("How many died?")
    assert reader.texts("#current .problem") == [
        "The language model at http://127.0.0.1:9 did not answer; is it running?"
    ]


def test_an_empty_archive_says_how_to_fill_it(serve: Callable[..., str], visit: Callable[..., Any]) -> None:
    reader = visit(serve(FakeShelf([]), FakeChatbot(replies)))
    reader.ask("How many died?")
    assert reader.texts("#current .problem") == ["The archive is empty. Add articles with `dateline add FOLDER`."]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_required_by_wcag_aa(address: str, visit: Callable[..., Any], scheme: str) -> None:
    reader = visit(address, color_scheme=scheme)
    reader.ask("How many died?")
    reader.page.locator("#current .claims .chip").first.click()
    reader.page.locator("#evidence mark").wait_for()
    reader.page.wait_for_timeout(300)
    low = reader.page.evaluate(CONTRAST)
    assert low == []


def test_a_conversation_prints_whole_in_dark_ink_on_white(address: str, visit: Callable[..., Any]) -> None:
    reader = visit(address, color_scheme="dark")
    for question in ("How many died?", "And then?"):
        reader.ask(question)
    page = reader.page
    page.wait_for_selector("#evidence .card")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("getComputedStyle(document.querySelector('.claim')).color") == "rgb(0, 0, 0)"
    assert not page.locator("#evidence, #archive, #ask-bar, .tools, .edit").filter(visible=True).count()
    last = page.locator("#current .source").last.bounding_box()
    assert page.evaluate("document.documentElement.scrollHeight") >= last["y"] + last["height"]
    assert page.evaluate("document.querySelector('#thread').scrollTop") == 0


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (360, "light")])
def test_axe_finds_no_accessibility_problem(address: str, visit: Callable[..., Any], width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    reader = visit(address, color_scheme=scheme, viewport={"width": width, "height": 900})
    welcome = axe.Axe().run(reader.page)
    reader.ask("How many died?")
    reader.page.wait_for_timeout(300)
    found = [*welcome.response["violations"], *axe.Axe().run(reader.page).response["violations"]]
    assert [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found] == []


def test_on_a_phone_nothing_is_cut_off_and_the_evidence_opens_over_the_answer(
    address: str, visit: Callable[..., Any]
) -> None:
    reader = visit(address, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    reader.ask("How many died?")
    page = reader.page
    assert page.evaluate("document.activeElement.tagName") != "TEXTAREA"  # no keys over the answer
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#current .claims .chip").first.click()
    page.locator("#evidence mark").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Back to the answer").click()
    page.locator("#current .claim-text").first.wait_for()
    page.wait_for_function("document.activeElement?.getAttribute('aria-label')?.includes('Source 1')")
    page.get_by_role("button", name="Archive").click()
    page.locator("#as-of input").wait_for()
    page.get_by_role("button", name="Close").click()
    page.locator("#question textarea").wait_for()
    page.get_by_role("button", name="Archive").press("Enter")
    focused = "document.activeElement.id"
    assert page.evaluate(focused) == "archive-close"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('#talk, .masthead')") is None
    page.locator("#as-of input").press("Escape")
    assert page.evaluate(focused) == "archive-toggle"


def test_hostile_articles_and_questions_run_no_script_and_send_no_request(
    serve: Callable[..., str], visit: Any
) -> None:
    sources = [
        article(f"h{number}", f"Before. {text} After.", title=text, outlet=text, author=text, url=address)
        for number, (text, address) in enumerate(
            (text, HOSTILE_ADDRESSES[number % len(HOSTILE_ADDRESSES)]) for number, text in enumerate(HOSTILE_TEXTS)
        )
    ]

    def hostile(question: Question) -> Reply:
        cited = [cite(one, HOSTILE_TEXTS[number], number + 1) for number, one in enumerate(sources)]
        claims = [claim(text, number, said=("s", text)) for number, text in enumerate(HOSTILE_TEXTS, start=1)]
        withheld = [held(text, text) for text in HOSTILE_TEXTS]
        conflicts = [Conflict(HOSTILE_TEXTS[0], ConflictKind.CONFLICT, (1, 2))]
        return answer(question.text, claims, cited, withheld=withheld, conflicts=conflicts, notes=HOSTILE_TEXTS)

    shelf = FakeShelf([*sources, article("long", LONG_LINE, title="A line of a megabyte")])
    reader = visit(serve(shelf, FakeChatbot(hostile), examples=HOSTILE_TEXTS[:5]))
    for question in (HOSTILE_TEXTS[3], "<img src=x onerror=window.pwned=1> ${window.pwned=1} {{1}}"):
        reader.ask(question)
        assert reader.texts("#current .question") == [visible(question)]
    chips = reader.page.locator("#current .claims .chip")
    assert chips.count() == len(HOSTILE_TEXTS)
    for number, one in enumerate(sources):
        chips.nth(number).evaluate("chip => chip.click()")
        reader.page.wait_for_function(
            "id => document.querySelector('#evidence .ident')?.textContent === id", arg=one.id
        )
        marked = reader.page.locator("#evidence mark").evaluate("mark => mark.textContent")
        assert marked == re.sub("\r\n?", "\n", visible(HOSTILE_TEXTS[number]))
        assert reader.page.locator("#evidence a").count() == 0
    chips.first.hover()
    reader.page.locator("#preview").wait_for()
    reader.page.fill("#find input, #find textarea", "a megabyte")
    reader.page.locator("#articles .entry", has_text="A line of a megabyte").click()
    reader.page.get_by_role("button", name="Open the full article").click()
    whole = "length => document.querySelector('#evidence .article-text').textContent.trim().length >= length"
    reader.page.wait_for_function(whole, arg=len(LONG_LINE.strip()))
    assert reader.page.evaluate("window.pwned") is None
    assert (reader.outside, reader.trouble) == ([], [])


CONTRAST = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => {
    const lin = [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2];
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(e).backgroundColor);
      if (a > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const style = getComputedStyle(element);
    const shown = walker.currentNode.textContent.trim() && element.checkVisibility({ visibilityProperty: true });
    if (!shown || element.closest("script, style, [aria-hidden=true], .unseen, .sr-only")) continue;
    const [one, two] = [light(parse(style.color)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) low.push([walker.currentNode.textContent.trim().slice(0, 40), ratio.toFixed(2)]);
  }
  return low;
}"""
"""JavaScript: texts whose contrast is below WCAG 2.2, success criterion 1.4.3 (AA), by its formula."""
