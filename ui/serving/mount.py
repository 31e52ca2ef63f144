"""Adds the endpoints and the authentication to the chat window's server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI

from ui.policy import OwnPagesOnly
from ui.ports import ChatbotPort, Shelf
from ui.serving.completions import openai_routes
from ui.serving.desk import Desk
from ui.serving.gate import PasswordGate
from ui.serving.passwords import Users
from ui.serving.rest import rest_routes


@dataclass(frozen=True, slots=True)
class Serving:
    """Server options.

    Attributes:
        users: Who may log in; None for no authentication.
        models: The model behind each part of the pipeline, for ``/api/health``.
        drafted_elsewhere: Whether a language model on a server writes the drafts.
    """

    users: Users | None = None
    models: Mapping[str, str] = field(default_factory=dict)
    drafted_elsewhere: bool = False

    def desk(self, chatbot: ChatbotPort) -> Desk:
        """Create the desk that shares the chatbot: as many concurrent questions as there are cores."""
        return Desk(chatbot, at_once=_cores(), drafted_elsewhere=self.drafted_elsewhere)


def add_endpoints(app: FastAPI, archive: Shelf, desk: Desk, serving: Serving) -> None:
    """Add the REST and OpenAI-compatible endpoints, authentication and the cross-site check to an app.

    Call it before the page is mounted, since the page takes all remaining paths, and before adding middleware that
    must run outside the authentication.
    """
    app.include_router(rest_routes(archive, desk, serving.models))
    app.include_router(openai_routes(desk))
    app.add_middleware(OwnPagesOnly)
    if serving.users is not None:
        app.add_middleware(PasswordGate, users=serving.users)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1
