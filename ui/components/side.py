"""The sidebar: search limits and the list of articles."""

from __future__ import annotations

from functools import partial
from typing import Any

import gradio as gr

from index.errors import DatelineError
from index.types import Question
from ui import actions, words
from ui.components.panes import date_field, opening_pane
from ui.components.wiring import LAST, QUICK, guarded, sent, window_of
from ui.ports import Shelf
from ui.text import one_line, visible


class Side:
    """The search limits and the article list."""

    def __init__(self) -> None:
        """Create the components."""
        self.as_of = date_field(words.AS_OF_LABEL, words.AS_OF_HINT, "as-of")
        with gr.Row(elem_id="span"):
            self.since = date_field(words.SINCE, words.SINCE_HINT, "since")
            self.until = date_field(words.UNTIL, words.UNTIL_HINT, "until")
        self.outlets = gr.Dropdown([], multiselect=True, label=words.OUTLETS, elem_id="outlets")
        self.find = gr.Textbox(label=words.FIND, placeholder=words.FIND_HINT, max_length=200, elem_id="find")
        self.articles = opening_pane("articles")

    @property
    def limits(self) -> list[Any]:
        """The components that limit a question, in the order that ``window_of`` expects."""
        return [self.as_of, self.since, self.until, self.outlets]

    def wire(self, page: gr.Blocks, archive: Shelf, scope: Any) -> None:
        """Update the list and the line above the conversation (``scope``) when the limits change."""
        shown = [self.find, *self.limits]
        outputs = [self.articles, scope]
        page.load(partial(_arrive, archive), shown, [self.outlets, *outputs], **QUICK)
        # One listener for all: with one each, the list requested by an earlier change could arrive last.
        gr.on([one.change for one in shown], partial(_narrow, archive), shown, outputs, **LAST)
        self.articles.more(_longer(archive), shown, self.articles, **QUICK)
        cleared = ["", "", "", []]
        scope.reset(lambda: cleared, None, self.limits, **QUICK).then(partial(_narrow, archive), shown, outputs, **LAST)

    def refresh(self, after: Any, archive: Shelf, scope: Any) -> Any:
        """Refresh everything after a listener that changed the archive; returns the refreshing listener."""
        return after.then(
            partial(_arrive, archive), [self.find, *self.limits], [self.outlets, self.articles, scope], **LAST
        )


def _arrive(archive: Shelf, find: str, *limits: Any) -> tuple[Any, str, str]:
    try:
        outlets = archive.coverage(Question("")).outlets
    except DatelineError:
        outlets = ()  # the article list shows the error
    return gr.update(choices=[(one_line(outlet), visible(outlet)) for outlet in outlets]), *_narrow(
        archive, find, *limits
    )


def _narrow(archive: Shelf, find: str, *limits: Any) -> tuple[str, str]:
    return _list(archive, find, *limits), guarded(actions.describe_scope, archive, window_of(limits))


def _list(archive: Shelf, find: str, *limits: Any) -> str:
    return guarded(actions.list_articles, archive, find, window_of(limits))


def _longer(archive: Shelf) -> Any:
    def longer(event: gr.EventData, find: str, *limits: Any) -> str:
        return guarded(actions.list_articles, archive, find, window_of(limits), actions.listed(sent(event)))

    return longer
