"""What the parts of the page share: how listeners are set up, and how what went wrong is said in its place."""

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
"""A listener of the page that is no endpoint for programs."""

QUICK: dict[str, Any] = {**PRIVATE, "queue": False}
"""A listener that answers at once."""

LAST: dict[str, Any] = {**QUICK, "trigger_mode": "always_last"}
"""A quick listener to values: what they become while it is at work it does after, the last of it."""


def guarded(action: Callable[..., str], *arguments: Any) -> str:
    """The HTML an action gives, or the sentence that says why there is none."""
    try:
        return action(*arguments)
    except DatelineError as problem:
        return problem_html(str(problem))
    except Exception as problem:
        log.exception("%s failed", action)
        return problem_html(page_words.went_wrong(problem, "try again"))


def sent(event: gr.EventData) -> Mapping[str, Any]:
    """What the page sent along with an event."""
    data = event._data  # noqa: SLF001  (Gradio's only way to all of it)
    return data if isinstance(data, dict) else {}


def wished(value: str) -> Mapping[str, Any]:
    """What the page asked for in a ``wish_pane``."""
    try:
        wanted = json.loads(value)
    except ValueError:
        return {}
    return wanted if isinstance(wanted, dict) else {}


def window_of(limits: Sequence[Any]) -> Window:
    """The limits beside the conversation, as the components give them."""
    if not limits:
        return Window()
    as_of, since, until, outlets = limits
    return Window(as_of or "", since or "", until or "", tuple(outlets or ()))
