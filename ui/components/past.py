"""Conversations saved in the reader's browser and restored from it, and ratings of answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import gradio as gr

from index.errors import DatelineError
from ui import page_words
from ui.actions import judged
from ui.components.panes import history_pane, request_pane
from ui.components.reading import Reading
from ui.components.talk import Changes, Exchanges, Talk
from ui.components.wiring import LAST, PRIVATE, QUICK, parse_request, sent
from ui.curator import Curator
from ui.ports import Shelf
from ui.render import kept_html, page_html, problem_html
from ui.snapshots import compared, restored


class Past:
    """The list of saved conversations. The browser renders it; the server only sees a conversation that is opened."""

    def __init__(self) -> None:
        """Create the components."""
        self.requests = request_pane("restore")
        self.pane = history_pane(page_html("history"), "history")

    def wire(self, archive: Shelf, talk: Talk, reading: Reading) -> None:
        """Restore a saved conversation, or clear the page."""

        def restore(request: str) -> Changes:
            kept = parse_request(request)
            exchanges, left_out = restored(str(kept.get("turns", "")), str(kept.get("talk", "")))
            note = problem_html(page_words.left_out(left_out)) if left_out else ""
            return {**talk.shown(_now(archive, exchanges)), talk.note: note, reading.pane: reading.hint}

        outputs = [*talk.outputs, reading.pane]
        self.requests.request(restore, self.requests, outputs, cancels=talk.started, **LAST)
        self.pane.fresh(talk.cleared, None, talk.outputs, cancels=talk.started, **QUICK)


def wire_rating(curator: Curator, talk: Talk) -> None:
    """Store readers' ratings of answers."""

    def rate(event: gr.EventData, exchanges: Exchanges) -> Changes:
        said = sent(event)
        try:
            rated = judged(curator.feedback, exchanges, said)
        except DatelineError as problem:
            return {talk.note: problem_html(str(problem))}
        if rated is None:
            return {talk.exchanges: exchanges}
        now = tuple(rated if one.number == rated.number else one for one in exchanges)
        return {**talk.drawn(now), talk.keeper: kept_html(rated, cut=False)}

    # One after the other, and none dropped while another is stored: two answers may be rated in quick succession.
    options = {**PRIVATE, "trigger_mode": "multiple", "concurrency_id": "rating", "concurrency_limit": 1}
    for pane in (talk.past, talk.current):
        pane.rate(rate, talk.exchanges, talk.outputs, **options)


def recheck(after: Any, archive: Shelf, talk: Talk) -> None:
    """After the archive has changed, mark the sources on the page that have changed or gone."""

    def look(exchanges: Exchanges) -> Changes:
        now = _now(archive, exchanges)
        return talk.drawn(now) if now != exchanges and exchanges[-1].is_over else {talk.exchanges: exchanges}

    after.then(look, talk.exchanges, talk.outputs, **LAST)


def _now(archive: Shelf, exchanges: Exchanges) -> Exchanges:
    try:
        return compared(archive, exchanges)
    except DatelineError:
        return tuple(replace(one, changed=(), gone=()) for one in exchanges)  # the article list shows the error
