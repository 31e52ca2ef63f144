"""Conversations saved in the browser, in a real Chromium: reloading, renaming, editing, two tabs, hostile data."""

from __future__ import annotations

import json
import threading
from copy import copy
from dataclasses import replace
from typing import Any

import pytest
from test_ui.browsing import Visit
from test_ui.changing_site import FIRST, Site, marked, questions, reload, replies, talks
from test_ui.fakes_ui import FakeChatbot, FakeShelf
from test_ui.hostile import HOSTILE_TEXTS

from ui.text import visible

pytestmark = [pytest.mark.slow, pytest.mark.browser]


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
    note = "⚠ Since this answer was given: source 1 has changed; source 2 has been removed from the archive."
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
    reader.begin_anew()
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
    page.locator("#welcome").wait_for()
    assert (reader.outside, reader.trouble) == ([], [])


def test_a_new_conversation_after_a_reload_leaves_the_one_before_as_it_was(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    reader.ask("How many died?")
    for question in ("Why did it fall?", "And then?"):
        reload(reader)
        reader.page.wait_for_selector("#current .turn")
        reader.begin_anew()
        reader.ask(question)
    assert talks(reader) == ["And then?", "Why did it fall?", "How many died?"]
    reload(reader)
    reader.page.wait_for_selector("#current .turn")
    assert questions(reader) == ["And then?"]


def test_a_reload_while_an_answer_arrives_keeps_the_question_and_leaves_a_working_page(serve: Any, visit: Any) -> None:
    going_on = threading.Event()
    going_on.set()
    reader = visit(serve(FakeShelf([FIRST]), FakeChatbot(replies, lambda: _wait(going_on))))
    reader.ask("How many died?")
    going_on.clear()
    reader.page.fill("#question textarea", "And then?")
    reader.page.press("#question textarea", "Enter")
    reader.page.wait_for_function("() => document.querySelectorAll('.turn').length === 2")
    reload(reader)
    going_on.set()
    reader.page.wait_for_selector("#current .turn")
    assert questions(reader) == ["How many died?", "And then?"]
    reader.ask("More?")
    assert questions(reader) == ["How many died?", "And then?", "More?"]
    assert (reader.outside, reader.trouble) == ([], [])


def _wait(event: threading.Event) -> None:
    assert event.wait(30)


def test_two_tabs_with_the_same_conversation_each_keep_their_own_questions(site: Site, visit: Any) -> None:
    reader = visit(site.address)
    reader.ask("How many died?")
    duplicate = duplicated(reader)
    assert questions(duplicate) == ["How many died?"]
    reader.ask("And then?")
    duplicate.ask("Why did it fall?")
    duplicate.ask("And now?")
    for tab in (reader, duplicate):
        reload(tab)
        tab.page.wait_for_selector("#current .turn")
    assert questions(reader) == ["How many died?", "And then?"]
    assert questions(duplicate) == ["How many died?", "Why did it fall?", "And now?"]
    assert talks(reader) == talks(duplicate) == ["Why did it fall?", "How many died?"]


def duplicated(reader: Visit) -> Visit:
    """Open the page in a new tab that starts with a copy of the session storage, as a duplicated tab does."""
    twin = copy(reader)
    twin.page = reader.context.new_page()
    session = json.dumps(reader.page.evaluate("({...sessionStorage})"))
    twin.page.add_init_script(f"if (!sessionStorage.length) Object.assign(sessionStorage, {session})")
    twin.page.goto(reader.page.url)
    twin.page.wait_for_selector("#current .turn")
    return twin


def test_a_name_being_typed_for_a_conversation_outlasts_the_answers_that_arrive_meanwhile(
    site: Site, visit: Any
) -> None:
    reader = visit(site.address)
    page = reader.page
    reader.ask("How many died?")
    reader.begin_anew()
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


def test_hostile_conversations_in_the_browser_run_no_script_and_send_no_request(site: Site, visit: Any) -> None:
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
    assert "2 saved answers could not be read" in reader.texts("#edit-note .problem")[0]
    assert HOSTILE_TEXTS[3] in talks(reader)
    reader.page.locator("#current .claims .chip").first.click()
    reader.page.wait_for_selector("#evidence .card")
    for tool in reader.page.locator("#history .talk-tool").all()[:4]:
        tool.evaluate("tool => tool.click()")
    assert reader.page.evaluate("window.pwned") is None
    assert (reader.outside, reader.trouble) == ([], [])
