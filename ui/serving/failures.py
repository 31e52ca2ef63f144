"""Converts exceptions of the endpoints to an HTTP status and one clear sentence."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from index.errors import BadInput, EnvironmentProblem, UnknownArticle
from ui.serving.queue import RETRY_AFTER_S, TooBusy

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An HTTP status, a sentence, and headers."""

    status: int
    sentence: str
    headers: dict[str, str] = field(default_factory=dict)


_STATUS = ((UnknownArticle, 404), (BadInput, 422), (TooBusy, 429), (EnvironmentProblem, 503))


def failure_of(problem: Exception) -> Failure:
    """Return what the client is told. An unexpected exception is logged, and only its type is reported."""
    if isinstance(problem, RequestValidationError):
        return Failure(422, _validation(problem))
    if isinstance(problem, HTTPException):
        if problem.status_code == 400:  # raised by FastAPI only, when the body cannot be parsed
            return Failure(422, f"The body is not valid JSON{_why(problem.__cause__)}.")
        return Failure(problem.status_code, str(problem.detail), dict(problem.headers or {}))
    status = next((status for kind, status in _STATUS if isinstance(problem, kind)), 500)
    if status == 500:
        log.error("an endpoint failed", exc_info=problem)
        return Failure(500, f"Something went wrong ({type(problem).__name__}); see the server's log.")
    if _timed_out(problem):
        status = 504
    return Failure(status, str(problem), {"Retry-After": str(RETRY_AFTER_S)} if status == 429 else {})


def _validation(problem: RequestValidationError) -> str:
    first = problem.errors()[0]
    if first["type"] == "json_invalid":
        return f"The body is not JSON ({first.get('ctx', {}).get('error', 'unreadable')})."
    if len(first["loc"]) == 1 and first["type"] in {"model_attributes_type", "missing"}:
        return "The body is not a JSON object; send one with the header Content-Type: application/json."
    where = ".".join(str(part) for part in first["loc"][1:]) or "The body"
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no such field; see /api/openapi.json for all fields."
    message = str(first["msg"]).removeprefix("Value error, ")
    return f"{where}: {message[:1].lower()}{message[1:]}."


def _why(cause: BaseException | None) -> str:
    match cause:
        case RecursionError():
            return ": it is nested too deeply"
        case UnicodeDecodeError():
            return ": it is not UTF-8"
        case _:
            return ""


def _timed_out(problem: Exception) -> bool:
    # Every language model library has its own timeout exception; only the name is common to them.
    return "Timeout" in type(problem.__cause__).__name__
