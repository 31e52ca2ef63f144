"""The conversation: the search scope, earlier exchanges, the current one and the question box."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias
from uuid import uuid4

import gradio as gr

from ui import actions, words
from ui.background import in_thread
from ui.components.panes import fixed_html, keeping_pane, opening_pane, request_pane, scope_pane
from ui.components.wiring import LAST, PRIVATE, QUICK, parse_request, window_of
from ui.exchange import Exchange, numbered
from ui.ports import ChatbotPort, Shelf
from ui.render import conversation_html, editing_html, exchange_html, kept_html, page_html, unkept_html
from ui.text import visible

Exchanges: TypeAlias = tuple[Exchange, ...]
Changes: TypeAlias = dict[Any, Any]


class Talk:
    """The conversation of one user. Its state is a tuple of exchanges and the number of the one being edited."""

    def __init__(self, examples: Sequence[str], *, rating: bool) -> None:
        """Create the components; ``rating`` shows rating buttons on answers."""
        self._rating = rating
        self.fresh = gr.Button(words.NEW, elem_id="fresh", visible=False)
        self.scope = scope_pane("scope")
        with gr.Column(elem_id="thread"):
            with gr.Column(elem_id="welcome") as self.welcome:
                fixed_html(page_html("welcome"))
                self.examples = [gr.Button(visible(example), elem_classes=["example"]) for example in examples]
            self.past = opening_pane("past")
            self.current = opening_pane("current")
        self.note = opening_pane("edit-note")
        with gr.Row(elem_id="ask-bar"):
            self.question = gr.Textbox(
                label=words.ASK_HINT,
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
        self.exchanges = gr.State(())
        self.editing = gr.State(0)
        self.requests = request_pane("edit")
        self.keeper = keeping_pane("keeper")
        self.started: list[Any] = []

    @property
    def outputs(self) -> list[Any]:
        """All components that ``shown`` may change."""
        asking = [self.question, self.note, self.editing, self.stop, self.fresh, self.welcome]
        return [*asking, self.past, self.current, self.exchanges, self.keeper]

    def wire(self, archive: Shelf, chatbot: ChatbotPort, limits: Sequence[Any]) -> None:
        """Attach the listeners: ask, stop, start a new conversation, edit an earlier question."""
        # No limit here: the desk behind the chatbot limits the page and the endpoints together.
        # An answer that the page shows as complete has not yet ended for Gradio, which would drop ("once") a question
        # sent just then. See static/asking.js for those sent earlier.
        options = {**PRIVATE, "concurrency_limit": None, "trigger_mode": "always_last"}
        asking = partial(self._ask, archive, chatbot)
        triggers = [(self.question.submit, self.question), *((button.click, button) for button in self.examples)]
        self.started = [
            listen(asking, [text, self.exchanges, self.editing, *limits], self.outputs, **options)
            for listen, text in triggers
        ]
        self.stop.click(self._stop, self.exchanges, self.outputs, cancels=self.started, **QUICK)
        self.fresh.click(self.cleared, None, self.outputs, **QUICK)
        self.requests.request(self._edit, [self.requests, self.exchanges], self.outputs, **LAST)

    def shown(self, exchanges: Exchanges) -> Changes:
        """Show a conversation in which no answer is in progress."""
        if not exchanges:
            return self.cleared()
        return {
            **self.drawn(exchanges),
            self.editing: 0,
            self.note: "",
            self.welcome: gr.update(visible=False),
            self.stop: gr.update(visible=False),
            self.fresh: gr.update(visible=True),
        }

    def drawn(self, exchanges: Exchanges) -> Changes:
        """Render the exchanges (at least one) and leave everything else as it is."""
        return {
            self.past: conversation_html(exchanges[:-1], rating=self._rating),
            self.current: exchange_html(exchanges[-1], rating=self._rating),
            self.exchanges: exchanges,
        }

    def cleared(self) -> Changes:
        """Show the welcome screen."""
        hidden = gr.update(visible=False)
        empty = dict.fromkeys((self.question, self.note, self.past, self.current), "")
        buttons = {self.stop: hidden, self.fresh: hidden, self.welcome: gr.update(visible=True)}
        return {**empty, **buttons, self.exchanges: (), self.editing: 0, self.keeper: unkept_html()}

    async def _ask(
        self, archive: Shelf, chatbot: ChatbotPort, text: str, earlier: Exchanges, editing: int, *limits: Any
    ) -> AsyncIterator[Changes]:
        if not text.strip():
            yield {self.question: ""}
            return
        # The answer is stored in this conversation even if the browser shows another one by the time it arrives.
        talk = earlier[0].talk if earlier else uuid4().hex
        earlier = earlier[: editing - 1] if editing else earlier
        begun = False
        answering = partial(actions.ask, archive, chatbot, text, window_of(limits), earlier, talk=talk)
        async for exchange in in_thread(answering):
            changes = self._growing(exchange, earlier)
            if not begun:
                changes |= self._begun(earlier)
            if not begun or exchange.is_over:
                changes[self.keeper] = kept_html(exchange, cut=True)
            yield changes
            begun = True

    def _growing(self, exchange: Exchange, earlier: Exchanges) -> Changes:
        return {
            self.current: exchange_html(exchange, rating=self._rating),
            self.exchanges: (*earlier, exchange),
            self.stop: gr.update(visible=not exchange.is_over),
            self.fresh: gr.update(visible=exchange.is_over),
            # Repeated in every update, because the page may skip one when updates arrive quickly.
            self.welcome: gr.update(visible=False),
        }

    def _begun(self, earlier: Exchanges) -> Changes:
        return {
            self.question: "",
            self.note: "",
            self.editing: 0,
            self.past: conversation_html(earlier, rating=self._rating),
        }

    def _stop(self, exchanges: Exchanges) -> Changes:
        if not exchanges or exchanges[-1].is_over:
            return {self.stop: gr.update(visible=False), self.fresh: gr.update(visible=True)}
        stopped = replace(exchanges[-1], stopped=True, step=None)
        return {**self._growing(stopped, exchanges[:-1]), self.keeper: kept_html(stopped, cut=True)}

    def _edit(self, request: str, exchanges: Exchanges) -> Changes:
        chosen = numbered(exchanges, parse_request(request).get("turn"))
        if chosen is None:
            return {self.question: "", self.note: "", self.editing: 0}
        note = editing_html(chosen, followed=chosen.number < len(exchanges))
        return {self.question: chosen.question.text, self.note: note, self.editing: chosen.number}
