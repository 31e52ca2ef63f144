"""The one call that gives the chat window's server its endpoints and its gate."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI

from ui.policy import OwnPagesOnly
from ui.ports import Asked, Shelf
from ui.serving.completions import openai_routes
from ui.serving.desk import Desk
from ui.serving.gate import PasswordGate
from ui.serving.passwords import Users
from ui.serving.rest import rest_routes


@dataclass(frozen=True, slots=True)
class Serving:
    """How the server is run.

    Attributes:
        users: who may come in; None for everybody.
        models: what answers, by part of the chain, for ``/api/health``.
        drafted_elsewhere: a language model on a server writes the drafts.
    """

    users: Users | None = None
    models: Mapping[str, str] = field(default_factory=dict)
    drafted_elsewhere: bool = False

    def desk(self, chatbot: Asked) -> Desk:
        """The chatbot, shared by all users: as many questions at a time as there are cores."""
        return Desk(chatbot, at_once=_cores(), drafted_elsewhere=self.drafted_elsewhere)


def add_endpoints(app: FastAPI, archive: Shelf, desk: Desk, serving: Serving) -> None:
    """Put REST and OpenAI's protocol into an app, and around all of it the gate and the refusal of other sites' pages.

    To be called before the page is mounted, which takes every address that is left, and before the middleware that is
    to stand around the gate.
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
