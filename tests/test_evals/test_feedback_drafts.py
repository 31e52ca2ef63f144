"""Users' feedback on replies becomes drafts that keep the question and the cited words, for a person to edit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_evals.fakes_chatbots import ARTICLES, BY_QUESTION, CASES, perfect, refusal

from evals.cli import group
from evals.feedback import feedback_cases
from evals.golden import DRAFT, BadGoldenSet, case_json, check_against, read_lines, refuse_drafts
from evals.json_files import write_lines
from evals.types import Expect
from index.errors import BadInput
from index.types import Question
from rag.types import AbstentionReason, Certainty
from rag.wire import reply_json
from ui.exchange import Exchange
from ui.feedback import FeedbackFile
from ui.feedback import feedback as feedback_line


def line(identity: str, verdict: str, question: str, *, refused: bool = False, **more: Any) -> dict[str, Any]:
    """As the chat window writes it."""
    reply = refusal(question) if refused else perfect(question)
    return {
        "id": identity, "time": "2026-05-06T10:00:00+00:00", "verdict": verdict, "comment": "", "question": question,
        "turns": [], "as_of": None, "since": None, "until": None, "outlets": [], "reply": reply_json(reply), **more,
    }  # fmt: skip


def by_id(suffix: str) -> str:
    return next(case.question for case in CASES if case.id == f"Arlow-{suffix}")


LINES = [
    line(
        "a", "up", by_id("cause"), turns=["What burned?"], as_of="2026-05-06T00:00:00+00:00", outlets=["Meridian Post"]
    ),
    line("b", "up", by_id("absent")),
    line("c", "up", by_id("count")),
    line("d", "down", by_id("toll"), comment="Not the\nlatest  count"),
    line("e", "down", by_id("toll"), refused=True),
]


@pytest.fixture
def feedback(tmp_path: Path) -> Path:
    write_lines(tmp_path / "feedback.jsonl", LINES)
    return tmp_path / "feedback.jsonl"


def test_a_liked_reply_becomes_a_case_with_its_question_and_cited_words(feedback: Path) -> None:
    liked = feedback_cases(feedback)[0]
    ((article_id, sentence, _),) = BY_QUESTION[by_id("cause")].shown
    assert (liked.expect, liked.turns, liked.outlets) == (Expect.ANSWER, ("What burned?",), ("Meridian Post",))
    assert liked.as_of is not None
    assert liked.as_of.isoformat() == "2026-05-06T00:00:00+00:00"
    assert [(relevant.article_id, relevant.quotes) for relevant in liked.relevant] == [(article_id, (sentence,))]
    assert (liked.speaker, liked.certainty) == ("a neighbour", Certainty.ALLEGED)
    assert DRAFT in liked.tags


def test_a_liked_refusal_or_conflict_is_expected_again(feedback: Path) -> None:
    _, refused, both, *_ = feedback_cases(feedback)
    assert (refused.expect, refused.reason) == (Expect.REFUSE, AbstentionReason.NOT_IN_ARTICLES)
    assert both.expect is Expect.CONFLICT
    assert len(both.relevant) == 2


def test_a_disliked_reply_has_no_expectation_and_a_note_with_the_reason(feedback: Path) -> None:
    answered, refused = feedback_cases(feedback)[3:]
    for case in (answered, refused):
        assert (case.relevant, case.answers) == ((), ())
        assert "to-edit" in case.tags
    assert answered.note is not None
    assert "judged down on 2026-05-06T10:00:00+00:00, saying “Not the latest count”" in answered.note
    assert "50 people were hurt" in answered.note
    assert refused.note is not None
    assert "It was refused: " in refused.note


def test_the_checker_rejects_disliked_drafts_until_a_person_edits_them(feedback: Path, tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    called = CliRunner().invoke(group, ["new", "--from-feedback", str(feedback), "--out", str(path)])
    assert called.exit_code == 0, called.output
    assert "wrote 5 drafts" in called.stderr
    assert "2 of them without an expectation" in called.stderr
    with pytest.raises(BadGoldenSet) as caught:
        read_lines(path)
    assert [problem.line for problem in caught.value.problems] == [4, 5]

    edited = [json.loads(text) for text in path.read_text().splitlines()]
    for one in edited[3:]:
        one["relevant"] = [{"article_id": "Arlow-later", "quotes": []}]
    write_lines(path, edited)
    lines = read_lines(path)
    assert check_against(lines, ARTICLES, path) == []
    with pytest.raises(BadGoldenSet, match="still a draft"):
        refuse_drafts(lines, path)
    write_lines(path, (case_json(replace(case, tags=())) for case in lines.values()))
    refuse_drafts(read_lines(path), path)


def test_a_reply_judged_twice_is_drafted_once_with_the_last_verdict_and_both_in_its_note(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    other = line("d", "down", by_id("toll"), refused=True)
    lines = [
        line("a", "up", by_id("toll")),
        line("b", "up", by_id("cause")),
        line("c", "down", by_id("toll"), comment="No"),
    ]
    write_lines(path, [*lines, other])
    found = feedback_cases(path)
    assert [(case.id, "to-edit" in case.tags) for case in found] == [
        ("feedback-c", True), ("feedback-b", False), ("feedback-d", True),
    ]  # fmt: skip
    told = "judged up on 2026-05-06T10:00:00+00:00; judged down on 2026-05-06T10:00:00+00:00, saying “No”."
    assert found[0].note is not None
    assert found[0].note.startswith(told)


def test_feedback_written_by_the_chat_window_is_read(tmp_path: Path) -> None:
    asked = Question(by_id("cause"), since=datetime(2026, 5, 1, tzinfo=UTC), outlets=("Meridian Post",))
    earlier = Exchange(1, Question("What burned?"))
    kept = FeedbackFile(tmp_path / "feedback.jsonl")
    reply = perfect(asked.text)
    kept.append(feedback_line(Exchange(2, asked, reply=reply), reply, [earlier], "up", "Good"))
    (case,) = feedback_cases(kept.path)
    assert (case.question, case.turns, case.since, case.outlets) == (
        asked.text, ("What burned?",), asked.since, ("Meridian Post",),
    )  # fmt: skip
    assert check_against({1: case}, ARTICLES, kept.path) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no verdict yet"),
        ("{", ":1: not JSON"),
        (json.dumps(line("a", "sideways", by_id("toll"))), ":1: not a line of feedback: verdict: "),
        (json.dumps({**line("a", "up", by_id("toll")), "reply": {}}), ":1: not a line of feedback: reply.status: "),
        (json.dumps(line("a", "up", by_id("toll"), as_of="yesterday")), ":1: not a line of feedback: as_of: "),
    ],
)
def test_an_invalid_line_of_feedback_is_reported_with_its_number(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_text(text)
    with pytest.raises(BadInput) as caught:
        feedback_cases(path)
    assert told in str(caught.value)


def test_missing_feedback_says_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the chat window writes"):
        feedback_cases(tmp_path / "feedback.jsonl")
