"""Files into the archive: chosen or dropped in the page, sent to ``ui.receiving``, then read and added."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import gradio as gr

from ui.background import in_thread
from ui.components.panes import adding_pane, status_pane
from ui.components.wiring import PRIVATE, sent
from ui.curator import Curator
from ui.render import adding_html, upload_html

AT_ONCE = 100
"""Files that one choice may add."""


class Adding:
    """The means to add files, and the line that says how far it has come."""

    def __init__(self, curator: Curator) -> None:
        """Draw it."""
        self._curator = curator
        self.chooser = adding_pane(upload_html(curator.uploads.max_bytes), "upload")
        self.status = status_pane("upload-status")

    def wire(self) -> Any:
        """Add what was sent; gives the listener after which there may be new articles."""
        curator = self._curator

        async def add(event: gr.EventData) -> AsyncIterator[str]:
            given = sent(event).get("files")
            tokens = [str(token) for token in given][:AT_ONCE] if isinstance(given, list) else []
            async for state in in_thread(partial(curator.add, tokens)):
                yield adding_html(state)

        # "multiple": what comes while Gradio still takes its leave of the files before would be dropped.
        options = {**PRIVATE, "trigger_mode": "multiple"}
        return self.chooser.stored(add, None, self.status, concurrency_limit=None, **options)
