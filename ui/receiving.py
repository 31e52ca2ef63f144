"""The endpoint that receives uploads from the page: one file per request, as raw bytes."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from index.errors import BadInput
from ui.text import one_line
from ui.uploads import Uploads


def upload_route(uploads: Uploads) -> APIRouter:
    """Create ``POST /dateline-files``, with the percent-encoded file name in the header ``X-File-Name``.

    The response is ``{"token"}``, or ``{"problem"}`` with one sentence. A rejected file is not stored. An upload alone
    does not change the archive; the page sends the tokens to add afterwards.
    """
    router = APIRouter()

    @router.post("/dateline-files", include_in_schema=False)
    async def receive(request: Request) -> JSONResponse:
        name = unquote(request.headers.get("x-file-name", ""))
        try:
            return JSONResponse({"token": await uploads.receive(name, request.stream())})
        except BadInput as problem:
            return JSONResponse({"problem": str(problem)}, status_code=400)
        except OSError as problem:
            sentence = f"{one_line(name)}: could not be stored ({problem.strerror}); free some space and try again."
            return JSONResponse({"problem": sentence}, status_code=507)

    return router
