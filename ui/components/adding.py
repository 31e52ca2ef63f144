"""Uploading: files are chosen or dropped in the page, sent to ``ui.receiving``, then read and added."""

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
"""Maximum number of files added at once."""


class Adding:
    """The file chooser and its progress line."""

    def __init__(self, curator: Curator) -> None:
        """Create the components."""
        self._curator = curator
        self.chooser = adding_pane(upload_html(curator.uploads.max_bytes), "upload")
        self.status = status_pane("upload-status")

    def wire(self) -> Any:
        """Add the uploaded files; returns the listener after which the archive may have changed."""
        curator = self._curator

        async def add(event: gr.EventData) -> AsyncIterator[str]:
            given = sent(event).get("files")
            tokens = [str(token) for token in given][:AT_ONCE] if isinstance(given, list) else []
            async for state in in_thread(partial(curator.add, tokens)):
                yield adding_html(state)

        # "multiple": otherwise an upload that arrives while Gradio finishes the previous one would be dropped.
        options = {**PRIVATE, "trigger_mode": "multiple"}
        return self.chooser.stored(add, None, self.status, concurrency_limit=None, **options)
