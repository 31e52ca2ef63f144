"""The chat window: Gradio components wired to ``ui.actions``, mounted behind the page's content policy."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.events import api
from starlette.staticfiles import StaticFiles

from index.errors import DatelineError
from index.types import Question
from ui import actions, words
from ui.actions import Opening, Window
from ui.api import ask_endpoint
from ui.background import in_thread
from ui.components.panes import date_field, evidence_pane, fixed_html, opening_pane
from ui.exchange import Exchange
from ui.policy import ContentPolicy, guard_hosts
from ui.ports import Asked, Shelf
from ui.render import conversation_html, exchange_html, page_html, problem_html
from ui.serving.mount import Serving, add_endpoints
from ui.text import one_line, visible

STATIC = Path(__file__).parent / "static"

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_QUICK: dict[str, Any] = {**_PRIVATE, "queue": False}

Exchanges = tuple[Exchange, ...]


def chat_app(
    archive: Shelf, chatbot: Asked, *, host: str, examples: Sequence[str] = (), serving: Serving | None = None
) -> FastAPI:
    """The whole server: page, endpoints, and the policy around them."""
    app = FastAPI(title="Dateline", openapi_url=None, docs_url=None, redoc_url=None)
    serving = serving or Serving()
    desk = serving.desk(chatbot)
    add_endpoints(app, archive, desk, serving)
    app.add_middleware(ContentPolicy)
    guard_hosts(app, host)
    app.mount("/dateline", StaticFiles(directory=STATIC))
    gr.mount_gradio_app(
        app,
        chat_blocks(archive, desk, examples),
        path="/",
        theme=_theme(),
        # Not css_paths: Gradio rewrites every selector in it to stand inside its own container.
        head=page_html("head"),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        show_error=False,  # what a user may know of an error is in the page; the rest is for the terminal
        max_file_size=0,
    )
    return app


def chat_blocks(archive: Shelf, chatbot: Asked, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page and its listeners; all it shares between users is the archive and the chatbot."""
    page = gr.Blocks(title="Dateline", analytics_enabled=False, fill_width=True, fill_height=True)
    with page:
        fixed_html(page_html("masthead"), "masthead")
        with gr.Row(elem_id="shell"):
            with gr.Column(elem_id="archive"):
                side = _Side()
            with gr.Column(elem_id="talk"):
                talk = _Talk(examples)
            with gr.Column(elem_id="evidence"):
                fixed_html(page_html("evidence_head"))
                evidence = evidence_pane(page_html("evidence_hint"), "evidence-pane")
        _wire_side(page, archive, side, talk)
        _wire_asking(archive, chatbot, side, talk)
        for pane in (talk.past, talk.current, side.articles, evidence):
            pane.open(_opener(archive), None, evidence, **_QUICK)
        api(ask_endpoint(chatbot), api_name="ask", concurrency_limit=None)
    return page


class _Side:
    """The archive side: limits of the search, and the list of articles."""

    def __init__(self) -> None:
        fixed_html(page_html("side_head"))
        self.as_of = date_field(words.AS_OF, words.AS_OF_HINT, "as-of")
        with gr.Row(elem_id="span"):
            self.since = date_field(words.SINCE, words.SINCE_HINT, "since")
            self.until = date_field(words.UNTIL, words.UNTIL_HINT, "until")
        self.outlets = gr.Dropdown([], multiselect=True, label=words.OUTLETS, elem_id="outlets")
        self.reset = gr.Button(words.RESET, elem_id="reset", size="sm", variant="secondary")
        self.find = gr.Textbox(label=words.FIND, placeholder=words.FIND_HINT, max_length=200, elem_id="find")
        self.articles = opening_pane("articles")

    @property
    def limits(self) -> list[Any]:
        return [self.as_of, self.since, self.until, self.outlets]


class _Talk:
    """The conversation: what is searched, earlier exchanges, the current one, and the question."""

    def __init__(self, examples: Sequence[str]) -> None:
        self.scope = fixed_html("", "scope")
        with gr.Column(elem_id="thread"):
            with gr.Column(elem_id="welcome") as self.welcome:
                fixed_html(page_html("welcome"))
                self.examples = [gr.Button(visible(example), elem_classes=["example"]) for example in examples]
            self.past = opening_pane("past")
            self.current = opening_pane("current")
        with gr.Row(elem_id="ask-bar"):
            self.question = gr.Textbox(
                show_label=False,
                container=False,
                placeholder=words.ASK_HINT,
                submit_btn=words.ASK,
                max_lines=4,
                max_length=actions.LONGEST_QUESTION,
                autofocus=True,
                elem_id="question",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
            )
            self.stop = gr.Button(words.STOP, elem_id="stop", visible=False, scale=0)
            self.fresh = gr.Button(words.NEW, elem_id="fresh", visible=False, scale=0)
        self.exchanges = gr.State(())


def _wire_side(page: gr.Blocks, archive: Shelf, side: _Side, talk: _Talk) -> None:
    shown = [side.find, *side.limits]
    outputs = [side.articles, talk.scope]
    page.load(partial(_arrive, archive), None, [side.outlets, *outputs], **_QUICK)
    for limit in side.limits:
        limit.change(partial(_narrow, archive), shown, outputs, **_QUICK)
    side.find.change(partial(_list, archive), shown, side.articles, trigger_mode="always_last", **_QUICK)
    cleared = ["", "", "", []]
    side.reset.click(lambda: cleared, None, side.limits, **_QUICK).then(
        partial(_narrow, archive), shown, outputs, **_QUICK
    )


def _wire_asking(archive: Shelf, chatbot: Asked, side: _Side, talk: _Talk) -> None:
    outputs = [talk.question, talk.past, talk.current, talk.exchanges, talk.welcome, talk.stop, talk.fresh]
    options = {
        **_PRIVATE,
        "concurrency_limit": None,
        "trigger_mode": "once",
    }  # the desk limits page and endpoints alike
    asking = partial(_ask, archive, chatbot)
    triggers = [(talk.question.submit, talk.question), *((button.click, button) for button in talk.examples)]
    started: list[Any] = [
        listen(asking, [text, talk.exchanges, *side.limits], outputs, **options) for listen, text in triggers
    ]
    talk.stop.click(
        _stop, talk.exchanges, [talk.current, talk.exchanges, talk.stop, talk.fresh], cancels=started, **_QUICK
    )
    talk.fresh.click(_start_anew, None, outputs, **_QUICK)


async def _ask(
    archive: Shelf, chatbot: Asked, text: str, earlier: Exchanges, *limits: Any
) -> AsyncIterator[tuple[Any, ...]]:
    """Yields updates of question, past, current, exchanges, welcome, stop and new, in this order."""
    quiet = gr.skip()
    begun = False
    async for exchange in in_thread(partial(actions.ask, archive, chatbot, text, _window(limits), earlier)):
        growing = exchange_html(exchange), (*earlier, exchange)
        buttons = gr.update(visible=not exchange.is_over), gr.update(visible=exchange.is_over)
        if begun:
            yield quiet, quiet, *growing, quiet, *buttons
        else:
            yield "", conversation_html(earlier), *growing, gr.update(visible=False), *buttons
        begun = True


def _stop(exchanges: Exchanges) -> tuple[Any, ...]:
    if not exchanges or exchanges[-1].is_over:
        return gr.skip(), gr.skip(), gr.update(visible=False), gr.update(visible=True)
    stopped = replace(exchanges[-1], stopped=True, step=None)
    html = exchange_html(stopped)
    return html, (*exchanges[:-1], stopped), gr.update(visible=False), gr.update(visible=True)


def _start_anew() -> tuple[Any, ...]:
    hidden = gr.update(visible=False)
    return "", "", "", (), gr.update(visible=True), hidden, hidden


def _opener(archive: Shelf) -> Callable[[gr.EventData], str]:
    # A function of its own, not a partial: Gradio hands over the event by the type of a function's argument.
    def opened(event: gr.EventData) -> str:
        sent = event._data if isinstance(event._data, dict) else {}  # noqa: SLF001  (Gradio's only way to all of it)
        return _guarded(actions.open_article, archive, Opening.from_page(sent))

    return opened


def _arrive(archive: Shelf) -> tuple[Any, str, str]:
    try:
        outlets = archive.coverage(Question("")).outlets
    except DatelineError:
        outlets = ()  # the list beside it says what is wrong
    return gr.update(choices=[(one_line(outlet), visible(outlet)) for outlet in outlets]), *_narrow(archive, "")


def _narrow(archive: Shelf, find: str, *limits: Any) -> tuple[str, str]:
    return _list(archive, find, *limits), _guarded(actions.describe_scope, archive, _window(limits))


def _list(archive: Shelf, find: str, *limits: Any) -> str:
    return _guarded(actions.list_articles, archive, find, _window(limits))


def _guarded(action: Any, *arguments: Any) -> str:
    try:
        return str(action(*arguments))
    except DatelineError as problem:
        return problem_html(str(problem))


def _window(limits: Sequence[Any]) -> Window:
    if not limits:
        return Window()
    as_of, since, until, outlets = limits
    return Window(as_of or "", since or "", until or "", tuple(outlets or ()))


def _theme() -> gr.themes.Base:
    """The page's own style sheet does the rest; only fonts that every machine has."""
    return gr.themes.Base(
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )
