"""The HTML report in a real browser: it makes no requests, runs no shown text, filters cases and fits a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from test_evals.fakes_chatbots import ARTICLES, CASES, STUBS, FakeChatbot

from evals.gates import Gate, check
from evals.judges.baselines import OverlapJudge
from evals.report.view import view
from evals.report.write import write_report
from evals.results import read_scores, write_scores
from evals.run import run
from evals.score import score_run
from evals.targets import ChatbotTarget

HOSTILE = "<img src=x onerror='document.title=\"owned\"'><script>document.title='owned'</script> 50"

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("page") / "run"
    cases = [replace(CASES[0], answers=(HOSTILE,)), *CASES[1:]]
    target = ChatbotTarget(FakeChatbot(STUBS["crashes_on_every_tenth"]), f"bot {HOSTILE}")
    folder = run(target, cases, place, suite="towns", article_of=ARTICLES.get)
    write_scores(folder, score_run(folder, OverlapJudge()))
    gates = check(read_scores(place), [Gate(measure="completed", cases=1, at_least=1)], None)
    return write_report(view(place, gates), "html", place)


@pytest.fixture(scope="module")
def opened(report: Path, chromium: Any) -> Iterator[tuple[Page, list[str], list[str]]]:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    requests: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(report.as_uri())
    yield page, requests, problems
    page.close()


def test_the_page_requests_nothing_and_runs_no_shown_text(
    opened: tuple[Page, list[str], list[str]], report: Path
) -> None:
    page, requests, problems = opened
    assert requests == [report.as_uri()]
    assert problems == []
    assert "owned" not in page.title().replace(HOSTILE, "")


def test_the_page_fits_a_phone_without_horizontal_scrolling(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")


def test_cases_are_filtered_by_outcome_tag_and_words(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    visible = page.locator(".case:visible")
    assert visible.count() == 50
    page.select_option("#state", "failed")
    assert visible.count() == 5
    page.select_option("#tag", "toll")
    assert visible.count() == 0
    page.select_option("#state", "")
    page.fill("#words", "brask")
    assert visible.count() == 1
    assert page.text_content("#count") == "1 of 50"
    page.select_option("#tag", "")
    page.fill("#words", "")


def test_an_open_case_highlights_the_quote_in_its_article(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    page.click("#case-Brask-toll > summary")
    assert (
        page.text_content("#case-Brask-toll mark")
        == "Police in Brask said 51 people were hurt in the market fire, after a new count."
    )
    assert "The old market of Brask burned down." in (page.text_content("#case-Brask-toll blockquote") or "")
