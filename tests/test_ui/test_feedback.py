from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_ui.fakes_ui import answer, article, cite, claim

from index.errors import EnvironmentProblem
from index.types import Question
from rag.wire import reply_json
from ui.exchange import Exchange
from ui.feedback import LONGEST_COMMENT, FeedbackFile, feedback

SOURCE = article("a", "The toll is 12.")
REPLY = answer("And then?", [claim("The toll is 12.", 1)], [cite(SOURCE, "The toll is 12.")])
ASKED = Question("And then?", as_of=datetime(2026, 5, 4, tzinfo=UTC), outlets=("Post",))
EARLIER = [Exchange(1, Question("How many?")), Exchange(2, Question("x"), problem="The language model is down.")]


def test_an_entry_holds_the_question_with_its_limits_and_the_whole_reply() -> None:
    line = feedback(Exchange(3, ASKED, reply=REPLY), REPLY, EARLIER, "down", "  It was 14.  ")
    assert list(line) == [
        *("id", "time", "verdict", "comment", "question", "turns", "as_of", "since", "until", "outlets", "reply"),
    ]
    assert line["turns"] == ["How many?"]
    assert (line["verdict"], line["comment"], line["question"]) == ("down", "It was 14.", "And then?")
    assert (line["as_of"], line["since"], line["outlets"]) == ("2026-05-04T00:00:00+00:00", None, ["Post"])
    assert line["reply"] == reply_json(REPLY)
    assert datetime.fromisoformat(line["time"]).tzinfo is not None
    assert len(feedback(Exchange(1, ASKED), REPLY, [], "up", "x" * 9_999)["comment"]) == LONGEST_COMMENT


def test_many_users_at_once_write_whole_lines_and_lose_none(tmp_path: Path) -> None:
    file = FeedbackFile(tmp_path / "feedback.jsonl")

    def write(user: int) -> None:
        other = FeedbackFile(file.path)
        for number in range(25):
            other.append({"id": f"{user}-{number}", "comment": "é\n\u2028" * 3_000})

    threads = [threading.Thread(target=write, args=(user,)) for user in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = [json.loads(line) for line in file.path.read_bytes().splitlines()]
    assert sorted(entry["id"] for entry in entries) == sorted(f"{user}-{n}" for user in range(8) for n in range(25))


def test_a_feedback_file_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="could not be saved in .*feedback.jsonl"):
        FeedbackFile(tmp_path / "missing" / "feedback.jsonl").append({})
    if Path("/dev/full").exists():
        with pytest.raises(EnvironmentProblem, match="has space"):
            FeedbackFile(Path("/dev/full")).append({})
