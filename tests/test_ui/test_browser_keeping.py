"""Adding and removing articles, rating answers and the timeline, in a real Chromium."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from test_ui.changing_site import LIMIT, SOURCES, Site, marked, reload, replies, talks
from test_ui.fakes_ui import FakeChatbot, FakeShelf

from index.types import Article
from ui.actions import LISTED

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def sent(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_files_are_added_with_a_reason_for_each_that_fails_and_articles_removed_again(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    page = reader.page
    reader.ask("How many died?")
    page.locator("#upload summary").click()
    page.set_input_files(
        "#upload input[type=file]",
        [
            sent("dam.md", b"---\ntitle: Dam holds\n---\n\nThe dam held on Monday."),
            sent("<img src=x onerror=window.pwned=1>.exe", b"MZ"),
            sent("big.txt", b"x" * (LIMIT + 1)),
            sent("torn.pdf", b"no pdf"),
        ],
    )
    page.wait_for_selector("#upload-status .done")
    refused = reader.texts("#upload .upload-list .problem")
    assert refused[0].startswith("<img src=x onerror=window.pwned=1>.exe: files of type '.exe' cannot be read;")
    assert refused[1].startswith("big.txt: larger than the 0.002 MB allowed")
    assert reader.texts("#upload-status .done") == ["1 article added."]
    assert reader.texts("#upload-status li")[0].startswith("torn.pdf: damaged or not a PDF")

    page.fill("#find input, #find textarea", "dam holds")
    page.wait_for_function("() => document.querySelectorAll('#articles .entry').length === 1")
    page.locator("#articles .entry").click()
    page.wait_for_function("() => document.querySelector('#evidence h2')?.textContent === 'Dam holds'")
    page.fill("#find input, #find textarea", "toll rises")
    page.wait_for_function("() => document.querySelector('#articles .entry-title')?.textContent === 'Toll rises'")
    page.locator("#articles .entry").click()
    page.wait_for_function("() => document.querySelector('#evidence h2')?.textContent === 'Toll rises'")
    page.get_by_role("button", name="Remove from the archive").click()
    page.get_by_role("button", name="Keep").click()
    assert "second" in {one.id for one in site.shelf.articles()}
    page.get_by_role("button", name="Remove from the archive").click()
    page.locator("#evidence [data-remove]").click()
    page.wait_for_selector("#evidence .done")
    assert reader.texts("#evidence .done") == ["Removed from the archive: “Toll rises”."]
    page.wait_for_function("() => document.querySelectorAll('#articles .entry').length === 0")
    page.wait_for_selector(".since-then")
    assert "source 2 has been removed from the archive" in reader.texts(".since-then")[0]
    assert reader.texts("#evidence .done") == ["Removed from the archive: “Toll rises”."]  # still, when all is redrawn
    assert page.evaluate("window.pwned") is None
    refusals = [one for one in reader.trouble if "status of 400" in one]
    assert (reader.outside, len(refusals), len(reader.trouble)) == ([], 2, 2)


def test_files_chosen_while_others_are_added_wait_for_their_turn(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    page = reader.page
    page.locator("#upload summary").click()
    site.shelf.at_leisure.clear()
    try:
        first = [sent("torn.pdf", b"no pdf"), sent("dam.md", b"# Dam holds\n\nThe dam held.")]
        page.set_input_files("#upload input[type=file]", first)
        page.wait_for_selector("#upload-status .step")
        page.set_input_files("#upload input[type=file]", [sent("weir.md", b"# Weir breaks\n\nThe weir broke.")])
        page.wait_for_selector("#upload progress[aria-label='Uploading weir.md']")
    finally:
        site.shelf.at_leisure.set()
    page.wait_for_function("() => document.querySelector('#articles .list-count').textContent === '56 articles'")
    assert {"Dam holds", "Weir breaks"} <= {one.title for one in site.shelf.articles()}
    (problem,) = reader.texts("#upload .upload-list .problem")
    assert problem.startswith("torn.pdf: damaged or not a PDF")
    assert (reader.outside, reader.trouble) == ([], [])


def test_a_rating_is_stored_once_with_its_comment_in_the_archive_folder(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    page = reader.page
    reader.ask("How many died?")
    page.get_by_role("button", name="Bad answer").click()
    page.keyboard.type("It was 14.")
    page.keyboard.press("Enter")
    page.wait_for_selector("#current .rate", state="detached")
    assert any("Thank you" in note for note in reader.texts("#current .note"))
    reload(reader)
    page.wait_for_selector("#current .turn")
    assert page.locator("#current .rate").count() == 0
    lines = [json.loads(line) for line in (site.folder / "feedback.jsonl").read_text().splitlines()]
    kept = [(line["verdict"], line["comment"], line["reply"]["status"]) for line in lines]
    assert kept == [("down", "It was 14.", "answered")]
    assert (reader.outside, reader.trouble) == ([], [])


def ratings(site: Site) -> list[tuple[str, str, str]]:
    lines = (site.folder / "feedback.jsonl").read_text().splitlines()
    return sorted((one["question"], one["verdict"], one["comment"]) for one in map(json.loads, lines))


@pytest.mark.parametrize("pause", [0, 60])
def test_answers_rated_in_quick_succession_are_all_stored(site: Site, visit: Any, pause: int) -> None:
    reader = visit(site.address)
    questions = [f"{text} {pause}" for text in ("How many fell?", "What does the toll cost?", "Why did it fall?")]
    for question in questions:
        reader.ask(question)
    reader.page.evaluate(
        """(pause) => {
          document.querySelectorAll('[data-judge="up"]').forEach((button) => button.click());
          [3, 2, 1].forEach((turn, place) => setTimeout(
            () => document.querySelector(`.turn[data-turn="${turn}"] [data-rate]`).click(), pause * place));
        }""",
        pause,
    )
    reader.page.wait_for_function("() => !document.querySelector('.turn .rate')")
    stored = [one for one in ratings(site) if one[0] in questions]
    assert stored == [(question, "up", "") for question in questions]
    assert (reader.outside, reader.trouble) == ([], [])


def test_a_rating_that_is_being_written_outlasts_another_rating_and_the_next_question(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    page = reader.page
    for question in ("Who paid?", "Who was paid?", "Who pays next?"):
        reader.ask(question)
    first = page.locator('.turn[data-turn="1"]')
    first.get_by_role("button", name="Bad answer").click()
    page.keyboard.type("The town")
    page.locator('.turn[data-turn="2"] [data-judge="up"]').click()
    page.locator('.turn[data-turn="2"] [data-rate]').click()
    page.wait_for_selector('.turn[data-turn="2"] .rate', state="detached")
    first.locator(".comment").press("End")
    page.keyboard.type(" did.")
    reader.ask("And now?")
    assert first.locator(".comment").input_value() == "The town did."
    first.locator("[data-rate]").click()
    first.locator(".rate").wait_for(state="detached")
    assert {("Who paid?", "down", "The town did."), ("Who was paid?", "up", "")} <= set(ratings(site))
    assert page.locator(".rate-more:visible").count() == 0
    page.locator('.turn[data-turn="3"] [data-judge="up"]').click()
    page.locator("#fresh").click()
    page.locator("#current .turn").wait_for(state="detached")
    for question in ("Who paid?", "Who was paid?", "Who pays next?"):
        reader.ask(question)
    assert page.locator(".rate-more:visible").count() == 0
    assert (reader.outside, reader.trouble) == ([], [])


def test_the_timeline_leads_by_keyboard_to_the_articles_and_to_the_words_of_the_cited(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    page = reader.page
    reader.ask("How many died?")
    names = page.locator("#current .mark").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert names == [
        "4 May 2026, Meridian Post: Bridge falls. Cited as source 1",
        "5 May 2026, Meridian Post: Old bridges. Found, not cited",
        "6 May 2026, Ledger: Toll rises. Cited as source 2",
        "undated, Meridian Post: Many bridges. Found, not cited",
    ]
    page.wait_for_selector("#evidence .card")  # the first source opens by itself
    for place, title in enumerate(("Bridge falls", "Old bridges", "Toll rises", "Many bridges")):
        page.locator("#current .mark").nth(place).press("Enter")
        page.wait_for_function("t => document.querySelector('#evidence h2')?.textContent === t", arg=title)
    page.locator("#current .mark-cited").nth(1).click()
    marked(reader, "The toll rose to 14.")
    assert (reader.outside, reader.trouble) == ([], [])


def test_the_tab_key_continues_from_the_same_mark_after_the_page_is_updated(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    page = reader.page
    focused = "document.activeElement.getAttribute('aria-label')"
    reader.ask("How many died?")
    page.wait_for_selector("#evidence [data-remove=first]", state="attached")
    page.locator("#current .mark").first.focus()
    page.keyboard.press("Tab")
    here = page.evaluate(focused)
    assert "Old bridges" in here
    page.evaluate("document.querySelector('#evidence [data-remove]').click()")  # as if by another hand
    page.wait_for_selector(".since-then")
    assert page.evaluate(focused) == here
    page.keyboard.press("Tab")
    assert "Toll rises" in page.evaluate(focused)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert "Bridge falls" in page.evaluate(focused)


def test_a_long_list_of_articles_grows_by_the_page(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    entries = "() => document.querySelectorAll('#articles .entry').length"
    assert reader.page.evaluate(entries) == LISTED
    assert "4 more" in reader.texts("#articles .list-count")[1]
    reader.page.get_by_role("button", name="Show more").click()
    reader.page.wait_for_function(f"() => ({entries})() === {LISTED + 4}")
    assert reader.page.locator("[data-more]").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (360, "light")])
def test_axe_finds_no_accessibility_problem_with_everything_open(
    site: Site, visit: Any, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    reader = visit(site.address, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = reader.page
    reader.ask("How many died?")
    reader.ask("And then?")
    page.get_by_role("button", name="Bad answer").last.click()
    page.locator("#past [data-edit='1']").click()
    page.wait_for_selector(".editing")
    site.shelf.remove(["second"])
    page.locator("#current .claims .chip").nth(1).click()
    page.wait_for_selector("#evidence .problem")
    found = [] if width > 1000 else axe.Axe().run(page).response["violations"]
    if width < 1000:
        page.get_by_role("button", name="Back to the answer").click()
        page.get_by_role("button", name="Archive").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#upload summary").click()
    page.set_input_files("#upload input[type=file]", [sent("bad.exe", b""), sent("torn.pdf", b"no pdf")])
    page.wait_for_selector("#upload-status .done")
    page.get_by_role("button", name="Delete: How many died?").click()
    page.wait_for_timeout(300)
    found += axe.Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found] == []


def test_a_read_only_server_offers_and_accepts_no_change(serve: Callable[..., str], visit: Any) -> None:
    shelf = FakeShelf(SOURCES)
    address = serve(shelf, FakeChatbot(replies))
    reader = visit(address)
    reader.ask("How many died?")
    reader.page.locator("#current .claims .chip").first.click()
    reader.page.wait_for_selector("#evidence mark")
    offers = "#upload, [data-judge], [data-remove], .rate-more, #upload-status"
    assert reader.page.locator(offers).count() == 0
    assert talks(reader) == ["How many died?"]  # in the browser only
    refused = urllib.request.Request(f"{address}dateline-files", data=b"x", headers={"x-file-name": "a.txt"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(refused)
    assert caught.value.code in {404, 405}
    caught.value.close()
    listeners = reader.page.evaluate("window.gradio_config.dependencies.flatMap((one) => one.targets.map((t) => t[1]))")
    assert not {"stored", "remove", "rate"} & set(listeners)
    assert "request" in listeners


def test_an_article_added_by_one_user_is_visible_to_another(site: Site, visit: Any) -> None:
    one, other = visit(site.address), visit(site.address)
    one.page.locator("#upload summary").click()
    one.page.set_input_files("#upload input[type=file]", [sent("dam.md", b"# Dam holds\n\nThe dam held.")])
    one.page.wait_for_selector("#upload-status .done")
    other.page.fill("#find input, #find textarea", "dam holds")
    other.page.wait_for_function("() => document.querySelectorAll('#articles .entry').length === 1")
    assert isinstance(site.shelf.article(next(a.id for a in site.shelf.articles() if a.title == "Dam holds")), Article)
