"""Who is asked: a chatbot in this process, or any server that speaks Dateline's or OpenAI's protocol."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from evals.types import Case
from index.errors import BadInput, EnvironmentProblem
from index.sentences import sentence_spans
from index.types import Question
from rag.types import Reply, Turn
from rag.wire import reply_json

REFUSAL = (
    r"(?i)^\W*(i('m| am) (sorry|unable|not able)|i (do not|don't|cannot|can't|could not|couldn't) "
    r"|(the|these|your|provided|available|given|\W)*(articles?|passages?|documents?|sources?|context|archive)( \w+)? "
    r"(do|does|did|don't|doesn't)( not)? |there (is|was) no (information|mention|article)|no (articles?|information) )"
)
"""How a reply in plain words begins that is taken for a refusal; ``--refusal`` gives another pattern."""


class Asks(Protocol):
    """``rag.engine.Chatbot``, as far as it is needed."""

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        """The reply."""
        ...


class ChatbotTarget:
    """A chatbot in this process. Earlier turns are asked first, so that a follow-up has replies to follow."""

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
    """The chat window's server (``dateline chat``): its endpoint ``ask``, in Gradio's protocol of a call and an event.

    The endpoint knows no conversation, so a case with earlier turns is a failure that says so.
    """

    def __init__(self, url: str, timeout_s: float = 120) -> None:
        self._url = url.rstrip("/")
        self._timeout = timeout_s
        self.name = self._url
        self.identity: Mapping[str, Any] = {"protocol": "dateline"}

    def ask(self, case: Case) -> Mapping[str, Any]:
        """The reply as the server sent it."""
        if case.turns:
            raise EnvironmentProblem(f"{self._url} takes single questions; ask follow-ups in this process")
        moments = [moment.isoformat() if moment else "" for moment in (case.as_of, case.since, case.until)]
        call = f"{self._url}/gradio_api/call/ask"
        begun = _post(call, {"data": [case.question, *moments, list(case.outlets)]}, self._timeout)
        return _completed(f"{call}/{begun.get('event_id')}", self._timeout)


class OpenAiTarget:
    """Any OpenAI-compatible chat server.

    Where the response carries a whole reply under ``dateline``, that is taken. Otherwise the text is cut into
    sentences, ``url_citation`` annotations (with a ``quote``, where the server adds one) become citations of the
    sentence they stand in, and a text that begins like a refusal is one.
    """

    def __init__(self, url: str, model: str, timeout_s: float = 120, refusal: str = REFUSAL) -> None:
        try:
            self._refusal = re.compile(refusal)
        except re.error as error:
            raise BadInput(f"--refusal is no regular expression: {error}") from None
        self._url = url.rstrip("/").removesuffix("/chat/completions")
        self._model = model
        self._timeout = timeout_s
        self.name = f"{model} at {self._url}"
        self.identity: Mapping[str, Any] = {"protocol": "openai", "refusal": refusal}

    def ask(self, case: Case) -> Mapping[str, Any]:
        """The reply, put into the documented format."""
        messages: list[dict[str, str]] = []
        if case.as_of:
            messages.append({"role": "system", "content": f"Answer as of {case.as_of.isoformat()}."})
        for text in case.turns:
            messages.append({"role": "user", "content": text})
            messages.append({"role": "assistant", "content": _message(self._complete(messages))["content"]})
        messages.append({"role": "user", "content": case.question})
        found = self._complete(messages)
        whole = found.get("dateline")
        return whole if isinstance(whole, dict) else reply_from_text(_message(found), self._refusal)

    def _complete(self, messages: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        body = {"model": self._model, "messages": list(messages), "temperature": 0}
        return _post(f"{self._url}/chat/completions", body, self._timeout)


def target_at(url: str, model: str | None, refusal: str = REFUSAL) -> DatelineTarget | OpenAiTarget:
    """The target at ``url``: OpenAI's protocol where a model is named or the path ends in ``/v1``, else Dateline's.

    Raises:
        BadInput: it is no http address.
    """
    if not url.startswith(("http://", "https://")):
        raise BadInput(f"--target takes an http address, found {url!r}")
    if model or url.rstrip("/").endswith(("/v1", "/chat/completions")):
        return OpenAiTarget(url, model or "default", refusal=refusal)
    return DatelineTarget(url)


def reply_from_text(message: Mapping[str, Any], refusal: re.Pattern[str]) -> dict[str, Any]:
    """A chat message as a reply."""
    text = str(message["content"])
    if refusal.match(text):
        return {"status": "abstained", "answer": text}
    citations, placed = [], []
    for number, annotation in enumerate(_citations(message), start=1):
        url = str(annotation.get("url", ""))
        quote = str(annotation.get("quote") or annotation.get("content") or "")
        citations.append(
            {"number": number, "article_id": url, "quote": quote, "url": url, "title": annotation.get("title")}
        )
        placed.append((int(annotation.get("start_index", len(text))), number))
    claims = [
        {"text": span.of(text), "citations": [number for at, number in placed if span.start <= at <= span.end]}
        for span in sentence_spans(text)
    ]
    return {"status": "answered", "answer": text, "claims": claims, "citations": citations}


def _citations(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The url citations of a message, nested as OpenAI nests them or flat."""
    found = [a for a in message.get("annotations") or () if isinstance(a, dict) and a.get("type") == "url_citation"]
    return [a["url_citation"] if isinstance(a.get("url_citation"), dict) else a for a in found]


def _message(found: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        message = found["choices"][0]["message"]
        if isinstance(message["content"], str):
            return dict(message)
    except (KeyError, IndexError, TypeError):
        pass
    raise EnvironmentProblem("the server's answer has no choices[0].message.content; is it OpenAI-compatible?")


def _completed(url: str, timeout_s: float) -> dict[str, Any]:
    """The first value of the event ``complete`` in a stream of events."""
    event = ""
    try:
        with urllib.request.urlopen(url, timeout=timeout_s) as response:  # noqa: S310  (checked by target_at)
            for raw in response:
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                if name == "event":
                    event = value
                elif name == "data" and event == "complete":
                    return dict(json.loads(value)[0])
                elif name == "data" and event == "error":
                    raise EnvironmentProblem(f"{url} failed: {value}")
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise EnvironmentProblem(f"{url} gave no reply: {error}") from None
    raise EnvironmentProblem(f"{url} ended without a reply")


def _post(url: str, body: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310  (http and https only, checked by target_at)
        url, json.dumps(body).encode(), {"Content-Type": "application/json", "Accept": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout_s) as response:  # noqa: S310  (as above)
            found = json.load(response)
    except urllib.error.HTTPError as error:
        detail = error.read(200).decode(errors="replace")
        raise EnvironmentProblem(f"{url} answered {error.code}: {detail}") from None
    except (OSError, json.JSONDecodeError) as error:
        raise EnvironmentProblem(f"{url} gave no JSON: {error}") from None
    if not isinstance(found, dict):
        raise EnvironmentProblem(f"{url} answered with no JSON object")
    return found
