"""Converts a chat message of any OpenAI-compatible server into the documented reply format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evals.measures.statements import MARKER, without_markers
from index.errors import EnvironmentProblem
from index.sentences import sentence_spans

REFUSAL = (
    r"(?i)^\W*(i('m| am) (sorry|unable|not able)|i (do not|don't|cannot|can't|could not|couldn't) "
    r"|(the|these|your|provided|available|given|\W)*(articles?|passages?|documents?|sources?|context|archive)( \w+)? "
    r"(do|does|did|don't|doesn't)( not)? |there (is|was) no (information|mention|article)|no (articles?|information) )"
)
"""Matches the beginning of a plain-text reply that counts as a refusal; ``--refusal`` replaces it."""

_MARKERS_BEFORE = re.compile(rf"(?:{MARKER.pattern})*\s*$")


def reply_from_text(message: Mapping[str, Any], refusal: re.Pattern[str]) -> dict[str, Any]:
    """A chat message as a reply whose claims are its sentences, each with the citations inside or right after it."""
    text = str(message["content"])
    if refusal.match(text):
        return {"status": "abstained", "answer": text}
    citations, placed = [], []
    for number, annotation in enumerate(_citations(message), start=1):
        citations.append({"number": number, **_citation(annotation)})
        placed.append((_place(text, annotation), number))
    bare = MARKER.sub(lambda found: " " * len(found[0]), text)
    claims = [
        {
            "text": without_markers(span.of(text)),
            "citations": [number for at, number in placed if span.start <= at <= span.end],
        }
        for span in sentence_spans(bare)
    ]
    return {"status": "answered", "answer": text, "claims": claims, "citations": citations}


def _place(text: str, annotation: Mapping[str, Any]) -> int:
    """The offset of an annotation. One that spans a citation marker is placed at the end of the preceding words."""
    start = int(annotation.get("start_index", len(text)))
    marked = text[start : int(annotation.get("end_index", start))]
    return len(_MARKERS_BEFORE.sub("", text[:start])) if MARKER.fullmatch(marked) else start


def _citation(annotation: Mapping[str, Any]) -> dict[str, Any]:
    """The citation: exact offsets if the server is Dateline, else the URL and the quoted text, if any."""
    exact = annotation.get("dateline")
    if isinstance(exact, dict):
        return {key: value for key, value in exact.items() if key != "number"}
    url = str(annotation.get("url", ""))
    quote = str(annotation.get("quote") or annotation.get("content") or "")
    return {"article_id": url, "quote": quote, "url": url, "title": annotation.get("title")}


def _citations(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The ``url_citation`` annotations of a message, nested as in OpenAI's API or flat."""
    found = [a for a in message.get("annotations") or () if isinstance(a, dict) and a.get("type") == "url_citation"]
    return [{**a, **a["url_citation"]} if isinstance(a.get("url_citation"), dict) else a for a in found]


def message_of(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message in a chat server's response.

    Raises:
        EnvironmentProblem: the response has no message with text.
    """
    try:
        message = found["choices"][0]["message"]
        if isinstance(message["content"], str):
            return dict(message)
    except (KeyError, IndexError, TypeError):
        pass
    raise EnvironmentProblem("the server's response has no choices[0].message.content; is it OpenAI-compatible?")
