"""What readers say of answers, one JSON object a line: candidates for golden cases (``dateline eval new``)."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from index.errors import EnvironmentProblem
from rag.types import Reply
from rag.wire import iso, reply_json
from ui.exchange import Exchange

LONGEST_COMMENT = 2_000


class FeedbackFile:
    """A file of feedback that many threads and processes append to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, entry: dict[str, Any]) -> None:
        """One more line: wholly there, or, where the disk is full, not at all.

        Raises:
            EnvironmentProblem: it could not be written.
        """
        line = (json.dumps(entry) + "\n").encode()
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                before = os.fstat(descriptor).st_size
                if os.write(descriptor, line) != len(line):
                    os.ftruncate(descriptor, before)
                    raise OSError(None, "no space left on the device")
            finally:
                os.close(descriptor)
        except OSError as problem:
            raise EnvironmentProblem(
                f"The feedback could not be kept in {self.path} ({problem.strerror}): check that its folder is "
                "writable and has room."
            ) from None


def feedback(
    exchange: Exchange, reply: Reply, earlier: Sequence[Exchange], verdict: str, comment: str
) -> dict[str, Any]:
    """The line for one answer judged "up" or "down".

    ``reply`` is its exchange's, ``earlier`` the exchanges before it.
    """
    question = exchange.question
    return {
        "id": uuid4().hex,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdict": verdict,
        "comment": comment.strip()[:LONGEST_COMMENT],
        "question": question.text,
        "turns": [one.question.text for one in earlier if one.problem is None],
        "as_of": iso(question.as_of),
        "since": iso(question.since),
        "until": iso(question.until),
        "outlets": list(question.outlets),
        "reply": reply_json(reply),
    }
