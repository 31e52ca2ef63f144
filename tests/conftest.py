"""What every test shares: tests import one another's fakes as ``test_index.fakes_index`` and the like."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path(__file__).parent))
# Started in the background, a shell has us ignore interrupts, and every process a test starts would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile(
    "shared-machine", deadline=None
)  # the machines are noisy: how long an example takes says nothing
settings.load_profile("shared-machine")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one worker a core: more threads only take turns
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from test_ui.browsing import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES, chromium_path  # noqa: E402  (found by the path above)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that no worker is left alone with one; those with a browser last.

    From the first of these on, playwright's event loop runs in the thread of the tests, and no test after that could
    start an event loop of its own. A browser test that fails is run once more, since the browser has its own clock and
    shares two cores with the server; the summary lists it as rerun, and `--reruns 0` shows what it failed at.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    browser = {item.path for item in items if item.get_closest_marker("browser")}
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: (item.path in browser, item.path not in slow))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; a skip with its reason where there is none, a failure where CI promised one."""
    found = chromium_path()
    if not found:
        reason = f"no Chromium on this machine (looked for {', '.join(CHROMIUM_NAMES)})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published evaluation data, or a skip: nothing in the project depends on it."""
    folder = Path(os.environ.get("DATELINE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"published evaluation data is not at {folder}; set DATELINE_DATA to its folder")
    return folder
