"""Describes a language model's failure in one sentence that says how to fix it.

Every server and every LlamaIndex class raises exceptions of its own, so failures are recognised by the exception's
class name, its HTTP status and its message.
"""

from __future__ import annotations

import re
from typing import Any

from rag.llm.timeouts import EndlessTimeoutError

_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|too (?:long|many tokens)|max(?:imum)?[ _](?:context|tokens)", re.IGNORECASE
)
_MAX_EXCERPT = 120  # characters of a server's message that are quoted


def failure_sentence(error: Exception, *, where: str, timeout_s: float | None, secret: str = "") -> str:
    """Describes a failure.

    Args:
        error: what the model's library raised.
        where: the model's name, and its address if it has one.
        timeout_s: seconds without output after which the request failed; None if there is no limit.
        secret: the API key, removed from any server message that is quoted.
    """
    kind = type(error).__name__
    status = getattr(error, "status_code", None)
    if isinstance(error, EndlessTimeoutError):
        why = "kept writing without coming to an end; see its log, or raise llm.timeout_s"
    elif "Timeout" in kind:
        after = f" within {timeout_s:g} s" if timeout_s else ""
        why = f"did not answer{after}; check that it is running, or raise llm.timeout_s"
    elif isinstance(status, int):
        why = _status_failure(status, error, secret)
    elif "Connect" in kind:
        why = "could not be reached; start it or correct llm.base_url"
    else:
        why = f"sent an invalid answer ({kind}: {_excerpt(str(error), secret)}); see its log"
    return f"The language model {where} {why}."


def _status_failure(status: int, error: Exception, secret: str) -> str:
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    why = f"answered with status {status}; see its log and llm.model"
    if status in {401, 403}:
        why = f"refused the key (status {status}); set llm.api_key"
    elif 300 <= status < 400:
        target = _excerpt(str(headers.get("location", "another address")), secret)
        why = f"redirects to {target} (status {status}), and redirects are not followed; correct llm.base_url"
    elif status in {400, 413, 422} and _TOO_LONG.search(str(error)):
        why = f"was sent more than it accepts (status {status}); lower llm.context_tokens or llm.output_tokens"
    elif status == 404:
        why = "does not know the model or the address (status 404); correct llm.model or llm.base_url"
    elif status == 429:
        why = f"is busy (status 429){_retry_delay(str(headers.get('retry-after', '')))}; ask again later"
    elif status >= 500:
        why = f"failed (status {status}); see its log, or ask again"
    return why


def _retry_delay(retry_after: str) -> str:
    return f" for another {retry_after} s" if retry_after.isdecimal() and len(retry_after) < 6 else ""


def _excerpt(text: str, secret: str) -> str:
    """The first line of a server's message, shortened and without terminal control characters."""
    first = (text.splitlines() or [""])[0]
    redacted = first.replace(secret, "…") if secret else first
    return "".join(letter if letter.isprintable() else " " for letter in redacted)[:_MAX_EXCERPT]
