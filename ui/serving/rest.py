"""The REST endpoints under ``/api``, with their schema at ``/api/openapi.json``."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import anyio
from fastapi import APIRouter, Path
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import Response

from index.types import Coverage, Question
from rag.wire import iso, reply_json
from ui.actions import checked
from ui.ports import Shelf
from ui.serving import schema
from ui.serving.desk import Desk
from ui.serving.follow import events_of, reply_from, while_connected
from ui.serving.route import Endpoint, Json
from ui.wire import article_json, search_json

SEARCHING = 4
"""Maximum number of concurrent searches; each takes a few hundredths of a second."""

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    422: {"model": schema.Problem, "description": "The request is invalid."},
    503: {"model": schema.Problem, "description": "Something the server needs is missing or down."},
}
_BUSY: dict[int | str, dict[str, Any]] = {
    429: {"model": schema.Problem, "description": "Too many questions are waiting; see Retry-After."},
    504: {"model": schema.Problem, "description": "The language model did not answer in time."},
}


def rest_routes(archive: Shelf, desk: Desk, models: Mapping[str, str]) -> APIRouter:
    """Create the endpoints over an archive and its chatbot; ``models`` is reported by ``/api/health``."""
    router = APIRouter(prefix="/api", route_class=Endpoint)
    searching = anyio.CapacityLimiter(SEARCHING)

    @router.post("/ask", response_model=schema.Reply, responses=_PROBLEMS | _BUSY)
    async def ask(asked: schema.AskRequest, request: Request) -> Response:
        """Answer a question from the archive with citations, or say that the articles do not answer it."""
        events = events_of(desk, asked.question, asked.window, asked.turns)
        return Json(reply_json(await while_connected(request, reply_from(events))))

    @router.post("/search", response_model=schema.SearchResults, responses=_PROBLEMS)
    async def search(asked: schema.SearchRequest) -> Response:
        """Rank the passages closest to a question, without answering."""
        question = checked(asked.window.question(asked.question))
        found = await anyio.to_thread.run_sync(archive.search, question, asked.limit, limiter=searching)
        return Json(search_json(found))

    @router.get(
        "/articles/{article_id:path}",
        response_model=schema.Article,
        responses={404: {"model": schema.Problem, "description": "No article has this id."}},
    )
    def article(article_id: str = Path(description="The `article_id` of a citation.")) -> Response:
        """Return one article with its text, to which the offsets of citations refer."""
        return Json(article_json(archive.article(article_id)))

    @router.get("/health", response_model=schema.Health, responses={503: _PROBLEMS[503]})
    def health() -> schema.Health:
        """Return whether questions can be asked, the size of the archive and the models in use."""
        covered = archive.coverage(Question(""))
        return schema.Health(
            status="ready" if covered.articles else "empty",
            version=version("dateline"),
            archive=_archive_health(covered),
            asking=schema.AskingHealth(open=desk.open, waiting=desk.waiting),
            models=dict(models),
        )

    described = get_openapi(title="Dateline", version=version("dateline"), description=__doc__, routes=router.routes)
    router.add_api_route("/openapi.json", lambda: Json(described), include_in_schema=False)
    return router


def _archive_health(covered: Coverage) -> schema.ArchiveHealth:
    return schema.ArchiveHealth(
        articles=covered.articles,
        undated=covered.undated,
        oldest=iso(covered.oldest),
        newest=iso(covered.newest),
        outlets=len(covered.outlets),
    )
