"""What went wrong with a language model, as one sentence that says what mends it.

Every server and every LlamaIndex class brings exceptions of its own; name, status and a few words of each say enough.
"""

from __future__ import annotations

import re
from typing import Any

from rag.patience import EndlessTimeoutError

_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|too (?:long|many tokens)|max(?:imum)?[ _](?:context|tokens)", re.IGNORECASE
)
_LONGEST = 120  # characters of a server's own words that are repeated


def failure_sentence(error: Exception, *, where: str, timeout_s: float | None, secret: str = "") -> str:
    """The sentence.

    Args:
        error: what the model's library raised.
        where: the model's name in it.
        timeout_s: how long was waited, where that is known.
        secret: a key that is never repeated, whatever the server says.
    """
    kind = type(error).__name__
    status = getattr(error, "status_code", None)
    if isinstance(error, EndlessTimeoutError):
        why = "wrote on and on without coming to an end; see its log, or raise llm.timeout_s"
    elif "Timeout" in kind:
        after = f" within {timeout_s:g} s" if timeout_s else ""
        why = f"did not answer{after}; see that it is well, or raise llm.timeout_s"
    elif isinstance(status, int):
        why = _of_status(status, error, secret)
    elif "Connect" in kind:
        why = "could not be reached; start it or correct llm.base_url"
    else:
        why = f"sent what is not an answer ({kind}: {_told(str(error), secret)}); see its log"
    return f"The language model {where} {why}."


def _of_status(status: int, error: Exception, secret: str) -> str:
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    told = f"answered with status {status}; see its log and llm.model"
    if status in {401, 403}:
        told = f"refused the key (status {status}); set llm.api_key"
    elif 300 <= status < 400:
        there = _told(str(headers.get("location", "another address")), secret)
        told = f"sends its callers to {there} (status {status}), which is not followed; correct llm.base_url"
    elif status in {400, 413, 422} and _TOO_LONG.search(str(error)):
        told = f"was given more than it takes (status {status}); lower llm.context_tokens or llm.output_tokens"
    elif status == 404:
        told = "knows no such model or address (status 404); correct llm.model or llm.base_url"
    elif status == 429:
        told = f"is busy (status 429){_until(str(headers.get('retry-after', '')))}; ask again later"
    elif status >= 500:
        told = f"failed (status {status}); see its log, or ask again"
    return told


def _until(retry_after: str) -> str:
    return f" for another {retry_after} s" if retry_after.isdecimal() and len(retry_after) < 6 else ""


def _told(text: str, secret: str) -> str:
    """The first line of a server's words, short, and without what a terminal would obey."""
    first = (text.splitlines() or [""])[0]
    hidden = first.replace(secret, "…") if secret else first
    return "".join(letter if letter.isprintable() else " " for letter in hidden)[:_LONGEST]
