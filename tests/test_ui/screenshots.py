"""Takes screenshots of the chat window over the sample archive: ``python tests/test_ui/screenshots.py OUT``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image
from playwright.sync_api import sync_playwright
from test_ui.browsing import CHROMIUM_ARGUMENTS, Visit, chromium_path, dateline_chat

DENIED = "Was a Koravian drone shot down over Tervania?"
TOLL = "How many people died in the Kolm bridge collapse?"
UNSAID = "Which company built the Lindow Bridge in the 1960s?"


def answered(visit: Visit, question: str = DENIED) -> None:
    visit.ask(question, timeout=120_000)
    visit.page.locator("#current .claims .chip").first.click()
    visit.page.locator("#evidence mark").wait_for()
    visit.page.wait_for_timeout(800)


def on_a_phone(visit: Visit) -> None:
    visit.ask(DENIED, timeout=120_000)
    visit.page.wait_for_timeout(300)


def previewed(visit: Visit) -> None:
    answered(visit)
    visit.page.locator("#current .claims .chip").nth(1).hover()
    visit.page.wait_for_timeout(200)


def refused(visit: Visit) -> None:
    visit.ask(UNSAID, timeout=120_000)


def in_the_past(visit: Visit) -> None:
    visit.page.fill("#as-of input", "2026-03-04")
    visit.page.wait_for_selector(".scope-past")
    answered(visit, TOLL)


def timeline(visit: Visit) -> None:
    answered(visit, TOLL)
    visit.page.locator("#current .timeline").scroll_into_view_if_needed()
    visit.page.wait_for_timeout(300)


def kept(visit: Visit) -> None:
    answered(visit, TOLL)
    visit.page.get_by_role("button", name="New conversation").click()
    visit.page.locator("#welcome").wait_for()
    visit.ask(UNSAID, timeout=120_000)
    visit.page.locator("#current [data-edit]").click()
    visit.page.wait_for_selector(".editing")


def welcome(visit: Visit) -> None:
    visit.page.wait_for_timeout(300)


PHONE = {"viewport": {"width": 360, "height": 760}, "device_scale_factor": 2}
PICTURES: dict[str, tuple[Callable[[Visit], None], dict[str, Any]]] = {
    "welcome": (welcome, {}),
    "chat": (answered, {}),
    "preview": (previewed, {}),
    "dark": (answered, {"color_scheme": "dark"}),
    "refusal": (refused, {}),
    "as-of": (in_the_past, {}),
    "timeline": (timeline, {}),
    "conversations": (kept, {}),
    "narrow": (on_a_phone, PHONE),
    "narrow-evidence": (answered, PHONE),
}


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        dateline_chat(Path(folder) / "archive") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        for name, (prepare, options) in PICTURES.items():
            visit = Visit(browser, address, **options)
            prepare(visit)
            picture = Image.open(BytesIO(visit.page.screenshot()))
            # A page of text needs only 256 colours, which cuts the file size to a third.
            picture.convert("RGB").quantize(256).save(out / f"{name}.png", optimize=True)
            print(out / f"{name}.png", visit.outside, visit.trouble)  # noqa: T201  (its result)
            visit.context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
