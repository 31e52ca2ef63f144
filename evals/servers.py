"""The door to servers that are asked: JSON out, JSON in, and every failure one sentence."""

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
    """Posts JSON, with a key where one is given; the key is kept out of every message and record."""

    def __init__(self, key: str | None = None, timeout_s: float = TIMEOUT_S) -> None:
        self._key = key
        self._timeout = timeout_s

    def post(self, url: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON object that comes back.

        Raises:
            EnvironmentProblem: the server is down, refuses, or answers with something else.
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
            raise EnvironmentProblem(f"{url} answered {error.code}: {detail}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise EnvironmentProblem(f"{url} gave no JSON: {error}") from None
        if not isinstance(found, dict):
            raise EnvironmentProblem(f"{url} answered with no JSON object")
        return found
