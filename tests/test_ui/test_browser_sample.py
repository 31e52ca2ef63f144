"""End to end: the real command over the sample archive, with the packaged models, in a real Chromium."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.corpus import read_paths
from index.sample import sample_articles
from index.types import Article

pytestmark = [pytest.mark.slow, pytest.mark.browser]

TOLL = "How many people died in the Kolm bridge collapse?"
NOWHERE = "What is the population of Reykjavik?"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found = read_paths([sample_articles()], max_bytes=10_000_000)
    return {one.id: one.text for one in found if isinstance(one, Article)}


def test_every_source_of_a_real_answer_opens_on_its_exact_words(
    sample_chat: str, visit: Callable[..., Any], texts: dict[str, str]
) -> None:
    reader = visit(sample_chat)
    reader.ask(TOLL, timeout=120_000)
    assert reader.texts("#current .standing")[0].startswith("As of ")
    chips = reader.page.locator("#current .claims .chip")
    assert chips.count() >= 1
    for number in range(chips.count()):
        chip = chips.nth(number)
        name = chip.get_attribute("aria-label")
        assert name.startswith(f"Source {chip.get_attribute('data-number')}, ")
        assert name.endswith(", supported")
        article, start, end = (chip.get_attribute(f"data-{part}") for part in ("article", "start", "end"))
        chip.click()
        opened = "id => document.querySelector('#evidence .ident')?.textContent === id"
        reader.page.wait_for_function(opened, arg=article)
        quote = texts[article][int(start) : int(end)]
        reader.page.wait_for_function("q => document.querySelector('#evidence mark')?.textContent === q", arg=quote)
    assert (reader.outside, reader.trouble) == ([], [])


def test_what_no_article_says_is_refused_with_what_was_searched(
    sample_chat: str, visit: Callable[..., Any], texts: dict[str, str]
) -> None:
    reader = visit(sample_chat)
    reader.ask(NOWHERE, timeout=120_000)
    assert reader.page.locator("#current .claim").count() == 0
    assert reader.texts("#current .refusal-searched")[0].startswith(f"Searched {len(texts)} articles")


def test_a_day_in_the_past_hides_what_was_only_known_later(sample_chat: str, visit: Callable[..., Any]) -> None:
    reader = visit(sample_chat)
    reader.page.fill("#as-of input", "2026-03-04")
    reader.page.wait_for_selector(".scope-past")
    reader.ask(TOLL, timeout=120_000)
    sources = reader.page.locator("#current .chip").evaluate_all("chips => chips.map((chip) => chip.dataset.source)")
    assert sources
    assert all(source.endswith(("4 March 2026", "3 March 2026")) for source in sources), sources


def test_a_follow_up_is_understood_with_the_question_before_it(sample_chat: str, visit: Callable[..., Any]) -> None:
    reader = visit(sample_chat)
    reader.ask("When did the dockers of Port Hallen walk out?", timeout=120_000)
    reader.ask("What did they want?", timeout=120_000)
    assert len(reader.texts(".turn .question")) == 2
    assert "Port Hallen" in reader.texts("#current .understood")[0]


def test_sources_that_disagree_are_shown_side_by_side(sample_chat: str, visit: Callable[..., Any]) -> None:
    reader = visit(sample_chat)
    reader.ask("How many homes lost power in storm Hedda?", timeout=120_000)
    assert reader.page.locator("#current .conflicts .side .chip").count() >= 2


def test_an_uploaded_article_answers_at_once_and_no_longer_after_its_removal(
    sample_chat: str, visit: Callable[..., Any]
) -> None:
    reader = visit(sample_chat)
    page = reader.page
    page.locator("#upload summary").click()
    head = b"---\ntitle: Quillmoor opens its funicular\noutlet: Test Wire\n---\n\n"
    text = head + b"The funicular of Quillmoor opened on Monday with 46 cabins."
    page.set_input_files("#upload input[type=file]", {"name": "f.md", "mimeType": "text/markdown", "buffer": text})
    page.wait_for_selector("#upload-status .done", timeout=120_000)
    reader.ask("How many cabins has the funicular of Quillmoor?", timeout=120_000)
    assert "46 cabins" in reader.texts("#current .claim-text")[0]
    page.locator("#current .claims .chip").first.click()
    page.wait_for_function("() => document.querySelector('#evidence h2')?.textContent.startsWith('Quillmoor')")
    page.get_by_role("button", name="Remove from the archive").click()
    page.locator("#evidence [data-remove]").click()
    page.wait_for_selector("#evidence .done, #evidence .problem", timeout=60_000)
    assert reader.texts("#evidence .done") == ["Removed from the archive: “Quillmoor opens its funicular”."]
    reader.ask("How many cabins has the funicular of Quillmoor?", timeout=120_000)
    assert reader.page.locator("#current .claim").count() == 0
    assert (reader.outside, reader.trouble) == ([], [])


def test_the_server_offers_one_documented_endpoint_and_it_answers_like_the_command_line(sample_chat: str) -> None:
    with urllib.request.urlopen(f"{sample_chat}gradio_api/info") as answer:
        endpoints = json.load(answer)
    assert list(endpoints["named_endpoints"]) == ["/ask"]
    assert endpoints["unnamed_endpoints"] == {}

    def call(*values: object) -> str:
        request = urllib.request.Request(
            f"{sample_chat}gradio_api/call/ask",
            data=json.dumps({"data": values}).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request) as begun:
            event = json.load(begun)["event_id"]
        with urllib.request.urlopen(f"{sample_chat}gradio_api/call/ask/{event}") as stream:
            return str(stream.read().decode())

    stream = call(TOLL, "2026-03-04", "", "", [], [])
    (reply,) = json.loads(stream.split("data: ")[-1])
    assert reply["status"] == "answered"
    assert reply["citations"]
    assert all(citation["published"] < "2026-03-05" for citation in reply["citations"])


def test_the_server_accepts_and_serves_no_arbitrary_file(sample_chat: str) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n'
    upload = urllib.request.Request(
        f"{sample_chat}gradio_api/upload", data=form, headers={"content-type": "multipart/form-data; boundary=x"}
    )
    refused: dict[object, int] = {}
    for request in (
        upload,
        f"{sample_chat}gradio_api/file={Path(__file__).resolve()}",
        f"{sample_chat}gradio_api/file=/etc/passwd",
        f"{sample_chat}dateline/../app.py",
        f"{sample_chat}dateline/%2e%2e/app.py",
        f"{sample_chat}gradio_api/proxy=http://127.0.0.1:1/",
    ):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        refused[request] = caught.value.code
        caught.value.close()
    assert all(400 <= code < 500 for code in refused.values()), refused


def test_the_page_is_served_from_the_wheels_own_files() -> None:
    folder = Path(__file__).resolve().parents[2] / "ui"
    assert (folder / "static" / "page.css").is_file()
    assert "http" not in (folder / "static" / "page.css").read_text()
    assert "http" not in (folder / "static" / "page.js").read_text()
