"""The address that the page sends files to: one file a request, its bytes as they are."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from index.errors import BadInput
from ui.text import one_line
from ui.uploads import Uploads


def upload_route(uploads: Uploads) -> APIRouter:
    """``POST /dateline-files`` with the name in the header ``X-File-Name``, percent-encoded.

    Gives ``{"token"}``, or ``{"problem"}`` with one sentence. Nothing of a refused file stays. The page itself says
    which tokens to add: a file alone changes nothing in the archive.
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
            sentence = f"{one_line(name)}: could not be stored ({problem.strerror}); make room and send it again."
            return JSONResponse({"problem": sentence}, status_code=507)

    return router
