"""What readers keep and change, in a real Chromium: conversations, files, removals, verdicts, the timeline."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_ui.browsing import Visit
from test_ui.fakes_ui import FakeChatbot, FakeShelf, answer, article, cite, claim
from test_ui.hostile import HOSTILE_TEXTS

from index.types import Article, Problem, Question, SyncReport
from rag.types import Reply
from ui.actions import LISTED
from ui.curator import Curator
from ui.text import visible

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FIRST = article("first", "Rain fell. The toll is 12. The end.", title="Bridge falls")
SECOND = article(
    "second", "The toll rose to 14.", title="Toll rises", outlet="Ledger", published=datetime(2026, 5, 6, tzinfo=UTC)
)
FOUND = article("found", "Bridges are old.", title="Old bridges", published=datetime(2026, 5, 5, tzinfo=UTC))
UNDATED = article("undated", "Bridges are many.", title="Many bridges", published=None)
OLD = [
    article(f"old{number}", "Old news.", published=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=number))
    for number in range(LISTED)
]
LIMIT = 2_000
SOURCES = (FIRST, SECOND, FOUND, UNDATED)


def replies(question: Question) -> Reply:
    return answer(
        question.text,
        [claim("The toll is 12.", 1), claim("The toll rose to 14.", 2)],
        [cite(FIRST, "The toll is 12.", 1), cite(SECOND, "The toll rose to 14.", 2)],
        found=[FOUND, FIRST, UNDATED],
    )


class Shelf(FakeShelf):
    """An archive that can be told to take its time for adding."""

    def __init__(self) -> None:
        super().__init__([])
        self.at_leisure = threading.Event()
        self.at_leisure.set()

    def sync(self, records: Iterable[Article | Problem], **options: Any) -> SyncReport:
        assert self.at_leisure.wait(60)
        return super().sync(records, **options)


@dataclass
class Site:
    """A served page over an archive that can be changed; every test starts with the same articles."""

    address: str
    shelf: Shelf
    folder: Path

    def reset(self) -> None:
        self.shelf.remove([one.id for one in self.shelf.articles()])
        self.shelf.sync([*SOURCES, *OLD])


@pytest.fixture(scope="module")
def served(serve_module: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder, shelf = tmp_path_factory.mktemp("archive"), Shelf()
    address = serve_module(shelf, FakeChatbot(replies), curator=Curator(shelf, folder, LIMIT))
    return Site(address, shelf, folder)


@pytest.fixture
def site(served: Site) -> Site:
    served.reset()
    return served


def questions(reader: Visit) -> list[str]:
    return reader.texts(".turn .question")


def talks(reader: Visit) -> list[str]:
    return reader.texts("#history .talk-open")


def reload(reader: Visit) -> None:
    reader.page.reload()
    reader.page.wait_for_selector("#articles .list-count", state="attached")


def marked(reader: Visit, text: str) -> None:
    reader.page.wait_for_function("q => document.querySelector('#evidence mark')?.textContent === q", arg=text)


def test_a_conversation_is_there_again_after_a_reload_with_its_answers_as_they_were(site: Site, visit: Any) -> None:
    reader, stranger = visit(site.address), visit(site.address)
    reader.ask("How many died?")
    reader.ask("And then?")
    before = reader.texts(".turn")
    site.shelf.change(replace(FIRST, text=FIRST.text.replace("12", "15")))
    site.shelf.remove(["second"])
    reload(reader)
    reader.page.wait_for_selector("#current .turn")
    assert questions(reader) == ["How many died?", "And then?"]
    note = "⚠ Since this answer was given: source 1 has changed; source 2 has left the archive."
    assert reader.texts(".since-then") == [note, note]
    after = [text.replace(note, "") for text in reader.texts(".turn")]
    assert [text.split() for text in after] == [text.split() for text in before]

    reader.page.locator("#past .claims .chip").first.click()
    reader.page.wait_for_selector("#evidence .was")
    assert reader.texts("#evidence .was") == ["The toll is 12."]
    reader.page.locator("#past .claims .chip").nth(1).click()
    marked(reader, "The toll rose to 14.")
    assert "no longer in the archive" in reader.texts("#evidence .problem")[0]
    reader.ask("More?")
    assert questions(reader) == ["How many died?", "And then?", "More?"]
    assert talks(reader) == ["How many died?"]
    assert (talks(stranger), questions(stranger)) == ([], [])
    assert (reader.outside, reader.trouble) == ([], [])


def test_conversations_are_listed_opened_renamed_and_deleted(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    page = reader.page
    reader.ask("How many died?")
    page.get_by_role("button", name="New conversation").click()
    page.locator("#welcome").wait_for()
    reader.ask("Why did it fall?")
    assert talks(reader) == ["Why did it fall?", "How many died?"]
    page.get_by_role("button", name="How many died?", exact=True).click()
    page.wait_for_function("() => document.querySelector('.turn .question')?.textContent === 'How many died?'")

    page.get_by_role("button", name="Rename: How many died?").click()
    page.keyboard.type("The bridge")
    page.keyboard.press("Enter")
    assert talks(reader) == ["Why did it fall?", "The bridge"]
    page.get_by_role("button", name="Delete: The bridge").click()
    page.get_by_role("button", name="Keep").click()
    assert talks(reader) == ["Why did it fall?", "The bridge"]
    page.get_by_role("button", name="Delete: The bridge").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.locator("#welcome").wait_for()
    assert (talks(reader), questions(reader)) == (["Why did it fall?"], [])
    reload(reader)
    page.wait_for_function("() => document.querySelectorAll('#history .talk').length === 1")
    assert page.locator("#welcome").is_visible()
    assert (reader.outside, reader.trouble) == ([], [])


def test_a_new_conversation_after_a_reload_leaves_the_one_before_as_it_was(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    reader.ask("How many died?")
    for question in ("Why did it fall?", "And then?"):
        reload(reader)
        reader.page.wait_for_selector("#current .turn")
        reader.page.get_by_role("button", name="New conversation").click()
        reader.page.locator("#welcome").wait_for()
        reader.ask(question)
    assert talks(reader) == ["And then?", "Why did it fall?", "How many died?"]
    reload(reader)
    reader.page.wait_for_selector("#current .turn")
    assert questions(reader) == ["And then?"]


def test_a_name_being_typed_for_a_conversation_outlasts_the_answers_that_arrive_meanwhile(
    site: Site, visit: Any
) -> None:
    reader = visit(site.address)
    page = reader.page
    reader.ask("How many died?")
    page.get_by_role("button", name="New conversation").click()
    page.locator("#welcome").wait_for()
    reader.ask("Why did it fall?")
    page.get_by_role("button", name="Rename: How many died?").press("Enter")
    page.keyboard.type("The br")
    page.evaluate("dispatchEvent(new StorageEvent('storage'))")  # as another tab's answer does
    page.keyboard.type("idge")
    page.keyboard.press("Enter")
    assert talks(reader) == ["Why did it fall?", "The bridge"]
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == "The bridge"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.turn .question')?.textContent === 'How many died?'")
    assert page.evaluate(focused) == "The bridge"


def test_an_earlier_question_is_edited_and_asked_again_in_place_of_what_followed(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    page = reader.page
    for question in ("How many died?", "And then?", "And now?"):
        reader.ask(question)
    page.locator("#past [data-edit='2']").click()
    page.wait_for_selector(".editing")
    assert "question 2" in reader.texts(".editing")[0]
    assert page.input_value("#question textarea") == "And then?"
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".editing", state="detached")
    assert page.input_value("#question textarea") == ""

    page.locator("#past [data-edit='2']").click()
    page.wait_for_selector(".editing")
    page.fill("#question textarea", "And in June?")
    page.press("#question textarea", "Enter")
    page.wait_for_function("() => document.querySelectorAll('.turn').length === 2")
    page.wait_for_selector("#current .reply[aria-busy=false]")
    assert questions(reader) == ["How many died?", "And in June?"]
    reload(reader)
    page.wait_for_selector("#current .turn")
    assert questions(reader) == ["How many died?", "And in June?"]
    assert (reader.outside, reader.trouble) == ([], [])


def test_hostile_conversations_in_the_browser_run_nothing_and_reach_nobody(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    reader.ask("How many died?")
    (key,) = reader.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('dateline:'))")
    kept = json.loads(json.loads(reader.page.evaluate("key => localStorage[key]", key))["turns"][0])
    turns = []
    for text in HOSTILE_TEXTS[:30]:
        kept["question"]["text"] = text
        kept["reply"]["question"] = text
        kept["reply"]["claims"][0]["text"] = text
        kept["reply"]["citations"][0].update(article_id=text, title=text, outlet=text, quote=text, url=text, path=text)
        turns.append(json.dumps(kept))
    hostile = {key: {"title": HOSTILE_TEXTS[3], "at": 1, "turns": [*turns, "{", "<script>window.pwned=1</script>", 7]}}
    hostile |= {f"dateline:talk:{text}": {"title": text, "turns": text} for text in HOSTILE_TEXTS[:8]}
    reader.page.evaluate("all => { for (const k in all) localStorage[k] = JSON.stringify(all[k]); }", hostile)
    reader.page.evaluate("localStorage['dateline:talk:broken'] = '{<img src=x onerror=window.pwned=1>'")
    reload(reader)
    reader.page.wait_for_selector("#current .turn")
    assert questions(reader) == [visible(text).strip() for text in HOSTILE_TEXTS[:30]]
    assert "2 kept answers could not be read" in reader.texts("#edit-note .problem")[0]
    assert HOSTILE_TEXTS[3] in talks(reader)
    reader.page.locator("#current .claims .chip").first.click()
    reader.page.wait_for_selector("#evidence .card")
    for tool in reader.page.locator("#history .talk-tool").all()[:4]:
        tool.evaluate("tool => tool.click()")
    assert reader.page.evaluate("window.pwned") is None
    assert (reader.outside, reader.trouble) == ([], [])


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
    assert "source 2 has left the archive" in reader.texts(".since-then")[0]
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
        page.wait_for_selector("#upload progress[aria-label='Sending weir.md']")
    finally:
        site.shelf.at_leisure.set()
    page.wait_for_function("() => document.querySelector('#articles .list-count').textContent === '56 articles'")
    assert {"Dam holds", "Weir breaks"} <= {one.title for one in site.shelf.articles()}
    (problem,) = reader.texts("#upload .upload-list .problem")
    assert problem.startswith("torn.pdf: damaged or not a PDF")
    assert (reader.outside, reader.trouble) == ([], [])


def test_a_verdict_is_kept_once_with_its_comment_beside_the_archive(site: Site, visit: Any) -> None:
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


def test_tab_goes_on_from_the_same_mark_when_the_page_is_drawn_anew_beneath_it(site: Site, visit: Any) -> None:
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
def test_axe_finds_nothing_in_the_way_with_everything_open(site: Site, visit: Any, width: int, scheme: str) -> None:
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


def test_a_server_that_is_read_only_offers_no_change_and_takes_none(serve: Callable[..., str], visit: Any) -> None:
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
    assert "wish" in listeners


def test_an_article_that_one_reader_adds_is_there_for_another(site: Site, visit: Any) -> None:
    one, other = visit(site.address), visit(site.address)
    one.page.locator("#upload summary").click()
    one.page.set_input_files("#upload input[type=file]", [sent("dam.md", b"# Dam holds\n\nThe dam held.")])
    one.page.wait_for_selector("#upload-status .done")
    other.page.fill("#find input, #find textarea", "dam holds")
    other.page.wait_for_function("() => document.querySelectorAll('#articles .entry').length === 1")
    assert isinstance(site.shelf.article(next(a.id for a in site.shelf.articles() if a.title == "Dam holds")), Article)
