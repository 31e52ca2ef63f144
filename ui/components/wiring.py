"""Helpers shared by the parts of the page: listener options and error display."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gradio as gr

from index.errors import DatelineError
from ui import page_words
from ui.actions import Window
from ui.render import problem_html

log = logging.getLogger(__name__)

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""Options of a listener that is not exposed as an API endpoint."""

QUICK: dict[str, Any] = {**PRIVATE, "queue": False}
"""Options of a fast listener that bypasses the queue."""

LAST: dict[str, Any] = {**QUICK, "trigger_mode": "always_last"}
"""Options of a fast listener on values: if they change while it runs, it runs once more with the latest values."""


def guarded(action: Callable[..., str], *arguments: Any) -> str:
    """Return the HTML of an action, or the error as HTML if it fails."""
    try:
        return action(*arguments)
    except DatelineError as problem:
        return problem_html(str(problem))
    except Exception as problem:
        log.exception("%s failed", action)
        return problem_html(page_words.went_wrong(problem, "try again"))


def sent(event: gr.EventData) -> Mapping[str, Any]:
    """Return the data that the page sent with an event."""
    data = event._data  # noqa: SLF001  (Gradio has no public access to the whole of it)
    return data if isinstance(data, dict) else {}


def parse_request(value: str) -> Mapping[str, Any]:
    """Parse the value of a ``request_pane``; an empty mapping if it is invalid."""
    try:
        request = json.loads(value)
    except ValueError:
        return {}
    return request if isinstance(request, dict) else {}


def window_of(limits: Sequence[Any]) -> Window:
    """Return the search limits from the values of their components."""
    if not limits:
        return Window()
    as_of, since, until, outlets = limits
    return Window(as_of or "", since or "", until or "", tuple(outlets or ()))
