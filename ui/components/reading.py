"""The evidence panel: the article behind a source, with a button to remove it from the archive."""

from __future__ import annotations

from functools import partial
from typing import Any

import gradio as gr

from ui import actions, page_words
from ui.actions import Opening
from ui.components.panes import evidence_pane, fixed_html, request_pane
from ui.components.wiring import LAST, PRIVATE, guarded, parse_request, sent
from ui.curator import Curator
from ui.exchange import Exchange
from ui.ports import Shelf
from ui.render import note_html, page_html
from ui.snapshots import find_source


class Reading:
    """The evidence panel."""

    def __init__(self) -> None:
        """Create the panel with a hint on how to use it."""
        self.hint = page_html("evidence_hint")
        fixed_html(page_html("evidence_head"))
        self.pane = evidence_pane(self.hint, "evidence-pane")
        self.requests = request_pane("open")

    def wire(self, archive: Shelf, curator: Curator | None, exchanges: Any) -> Any:
        """Open what the page asks for; returns the listener that removes articles, or None if read-only."""
        opener = partial(_opened, archive, self.hint, removable=curator is not None)
        self.requests.request(opener, [self.requests, exchanges], self.pane, **LAST)
        if curator is None:
            return None
        return self.pane.remove(_remover(curator), None, self.pane, **PRIVATE)


def _opened(archive: Shelf, hint: str, request: str, exchanges: tuple[Exchange, ...], *, removable: bool) -> str:
    data = parse_request(request)
    if not data.get("article"):
        return hint
    opening = partial(actions.open_article, kept=find_source(exchanges, data), removable=removable)
    return guarded(opening, archive, Opening.from_page(data))


def _remover(curator: Curator) -> Any:
    # Not a partial: Gradio passes the event by the type annotation of a function's argument.
    def remove(event: gr.EventData) -> str:
        return guarded(_removed, curator, str(sent(event).get("article", "")))

    return remove


def _removed(curator: Curator, article_id: str) -> str:
    return note_html(page_words.removed(curator.remove(article_id)))
