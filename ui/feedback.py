"""Readers' ratings of answers as JSON Lines; ``dateline eval new`` turns them into test cases."""

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
    """A feedback file that several threads and processes can append to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, entry: dict[str, Any]) -> None:
        """Append one line. If the disk is full, nothing is written.

        Raises:
            EnvironmentProblem: The line could not be written.
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
                f"The feedback could not be saved in {self.path} ({problem.strerror}); check that its folder is "
                "writable and the disk has space."
            ) from None


def feedback(
    exchange: Exchange, reply: Reply, earlier: Sequence[Exchange], verdict: str, comment: str
) -> dict[str, Any]:
    """Return the feedback entry for an answer rated "up" or "down".

    ``reply`` is the reply of ``exchange``; ``earlier`` are the exchanges before it.
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
