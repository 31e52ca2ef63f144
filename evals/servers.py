"""HTTP client for the servers under evaluation: posts JSON, reads JSON, reports every failure in one sentence."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from index.errors import EnvironmentProblem

TIMEOUT_S = 120.0


class Server:
    """Posts JSON, with a bearer token if ``key`` is given. The key never appears in messages or records."""

    def __init__(self, key: str | None = None, timeout_s: float = TIMEOUT_S) -> None:
        self._key = key
        self._timeout = timeout_s

    def post(self, url: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Post ``body`` and return the JSON object in the response.

        Raises:
            EnvironmentProblem: the server is down, responds with an error, or does not send a JSON object.
        """
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310  (http or https: target_at)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:  # noqa: S310  (as above)
                found = json.load(response)
        except urllib.error.HTTPError as error:
            detail = error.read(200).decode(errors="replace")
            raise EnvironmentProblem(f"{url} responded with status {error.code}: {detail}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise EnvironmentProblem(f"{url} did not return JSON: {error}") from None
        if not isinstance(found, dict):
            raise EnvironmentProblem(f"{url} returned JSON that is not an object")
        return found
