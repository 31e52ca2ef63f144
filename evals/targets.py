"""Evaluation targets: a chatbot in this process, or a server that speaks Dateline's or OpenAI's protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from evals.plain_reply import REFUSAL, message_of, reply_from_text
from evals.servers import Server
from evals.types import Case
from index.errors import BadInput
from index.types import Question
from rag.turns import Turn
from rag.types import Reply
from rag.wire import reply_json


class Asks(Protocol):
    """The part of ``rag.engine.Chatbot`` that is used here."""

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        """The reply to a question after earlier turns."""
        ...


class ChatbotTarget:
    """A chatbot in this process. It is asked a case's earlier turns first, so that a follow-up has their replies."""

    def __init__(self, chatbot: Asks, name: str = "dateline", identity: Mapping[str, Any] | None = None) -> None:
        self._chatbot = chatbot
        self.name = name
        self.identity = dict(identity or {})

    def ask(self, case: Case) -> Mapping[str, Any]:
        """The reply as JSON."""
        turns: list[Turn] = []
        for text in case.turns:
            turns.append(Turn(text, self._chatbot.ask(case.asked(text), turns)))
        return reply_json(self._chatbot.ask(case.asked(), turns), case.id)


class DatelineTarget:
    """A Dateline server (``dateline chat``), asked at ``/api/ask``, which returns the whole reply."""

    def __init__(self, url: str, server: Server) -> None:
        self._url = url.rstrip("/")
        self._server = server
        self.name = self._url
        self.identity: Mapping[str, Any] = {"protocol": "dateline"}

    def ask(self, case: Case) -> Mapping[str, Any]:
        """The reply as sent by the server."""
        body = {"question": case.question, "turns": list(case.turns), **_limits(case)}
        return self._server.post(f"{self._url}/api/ask", body)


class OpenAiTarget:
    """Any OpenAI-compatible chat server.

    If the response contains a whole reply under ``dateline``, that reply is used. Otherwise the text is split into
    sentences. ``url_citation`` annotations (with a ``quote``, if the server adds one) become citations of the sentence
    they are in or follow, and a text whose beginning matches ``refusal`` is a refusal. A case's ``as_of`` goes into a
    system message; its other filters go into ``dateline``, which a server that does not know them should reject.

    Raises:
        BadInput: ``refusal`` is not a regular expression.
    """

    def __init__(self, url: str, model: str, server: Server, refusal: str = REFUSAL) -> None:
        try:
            self.refusal = re.compile(refusal)
        except re.error as error:
            raise BadInput(f"--refusal is not a regular expression: {error}") from None
        self._url = url.rstrip("/").removesuffix("/chat/completions")
        self._model = model
        self._server = server
        self.name = f"{model} at {self._url}"
        self.identity: Mapping[str, Any] = {"protocol": "openai", "refusal": refusal}

    def ask(self, case: Case) -> Mapping[str, Any]:
        """The reply in the documented format."""
        messages: list[dict[str, str]] = []
        if case.as_of:
            messages.append({"role": "system", "content": f"Answer as of {case.as_of.isoformat()}."})
        window = {"dateline": _limits(case)} if case.since or case.until or case.outlets else {}
        for text in case.turns:
            messages.append({"role": "user", "content": text})
            answer = message_of(self.complete(messages, window))["content"]
            messages.append({"role": "assistant", "content": answer})
        messages.append({"role": "user", "content": case.question})
        found = self.complete(messages, window)
        whole = found.get("dateline")
        return whole if isinstance(whole, dict) else reply_from_text(message_of(found), self.refusal)

    def complete(
        self, messages: Sequence[Mapping[str, str]], window: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The server's whole response to a conversation; ``window`` holds further keys of the request."""
        body = {"model": self._model, "messages": list(messages), "temperature": 0, **(window or {})}
        return self._server.post(f"{self._url}/chat/completions", body)


def _limits(case: Case) -> dict[str, Any]:
    """A case's filters in the form that Dateline's endpoints accept."""
    moments = {name: getattr(case, name) for name in ("as_of", "since", "until")}
    limits: dict[str, Any] = {name: moment.isoformat() for name, moment in moments.items() if moment}
    return {**limits, "outlets": list(case.outlets)} if case.outlets else limits


def target_at(
    url: str, model: str | None, refusal: str = REFUSAL, key: str | None = None
) -> DatelineTarget | OpenAiTarget:
    """The target at ``url``.

    It speaks OpenAI's protocol if ``model`` is given or the path ends in ``/v1`` or ``/chat/completions``, else
    Dateline's. ``key`` is sent as a bearer token; a Dateline server accepts ``user:password`` as one.

    Raises:
        BadInput: ``url`` is not an http address, or ``refusal`` is not a regular expression.
    """
    if not url.startswith(("http://", "https://")):
        raise BadInput(f"--target takes an http address, found {url!r}")
    if model or url.rstrip("/").endswith(("/v1", "/chat/completions")):
        return OpenAiTarget(url, model or "default", Server(key), refusal=refusal)
    return DatelineTarget(url, Server(key))
