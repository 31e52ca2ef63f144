"""What every test shares: tests import one another's fakes as ``test_index.fakes_index`` and the like."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

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
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published evaluation data, or a skip: nothing in the project depends on it."""
    folder = Path(os.environ.get("DATELINE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"published evaluation data is not at {folder}; set DATELINE_DATA to its folder")
    return folder
