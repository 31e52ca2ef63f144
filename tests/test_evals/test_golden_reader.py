"""The golden set reader reports every invalid line with its fault and its fix."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evals.golden import BadGoldenSet, case_json, check_against, read_cases, read_lines, refuse_drafts
from evals.types import Case, Expect, Relevant
from index.errors import BadInput
from index.types import Article
from rag.types import AbstentionReason, Certainty

GOOD = {"id": "a", "question": "Who?", "expect": "answer", "answers": ["Ida"]}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "golden.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[]", "expected a JSON object, found list"),
        ({**GOOD, "id": ""}, "id: String should have at least 1 character"),
        ({"id": "b", "expect": "answer", "answers": ["x"]}, "question: Field required"),
        ({**GOOD, "expect": "guess"}, "expect: Input should be 'answer', 'refuse' or 'conflict'"),
        ({**GOOD, "anwsers": ["x"]}, "anwsers: Extra inputs are not permitted"),
        ({**GOOD, "as_of": "2026-05-04T10:00:00"}, "needs a time zone"),
        ({**GOOD, "as_of": "yesterday"}, "as_of: Value error"),
        ({**GOOD, "relevant": [{"article_id": "x", "quote": ["y"]}]}, "relevant.0.quote: Extra inputs"),
        ({**GOOD, "expect": "refuse"}, 'expects a refusal but has "answers"'),
        ({**GOOD, "reason": "not_in_articles"}, '"reason" is for refusals'),
        ({"id": "b", "question": "Who?", "expect": "answer"}, 'names neither "relevant" articles nor "answers"'),
        ({**GOOD, "expect": "conflict"}, "names fewer than two"),
        ({**GOOD, "since": "2026-05-04", "until": "2026-05-03"}, '"since" is later than "until"'),
    ],
)
def test_an_invalid_line_is_reported_with_its_number_and_fault(tmp_path: Path, line: object, told: str) -> None:
    path = write(tmp_path, {**GOOD, "id": "first"}, "", line)
    with pytest.raises(BadGoldenSet) as caught:
        read_cases(path)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (path, 3)
    assert told in problem.problem
    assert str(caught.value).startswith(f"{path}:3: ")


def test_every_invalid_line_is_reported(tmp_path: Path) -> None:
    with pytest.raises(BadGoldenSet) as caught:
        read_cases(write(tmp_path, "x", GOOD, "y", GOOD))
    assert [problem.line for problem in caught.value.problems] == [1, 3, 4]
    assert "stands on line 2 already" in caught.value.problems[2].problem


def test_an_empty_missing_or_wrongly_encoded_file_is_reported_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no case"):
        read_cases(write(tmp_path, "", ""))
    with pytest.raises(BadInput, match="No such file"):
        read_cases(tmp_path / "absent.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "a"}\n{"id": "caf\xe9"}')
    with pytest.raises(BadInput, match=r"latin\.jsonl:2: not UTF-8"):
        read_cases(tmp_path / "latin.jsonl")


def test_a_case_survives_a_round_trip(tmp_path: Path) -> None:
    case = Case(
        "b", "And then?", Expect.REFUSE, turns=("What?",), as_of=datetime(2026, 5, 4, tzinfo=UTC), outlets=("Post",),
        reason=AbstentionReason.OUTSIDE_DATES, relevant=(Relevant("x", ("words",)),), speaker="Ida",
        certainty=Certainty.ALLEGED, tags=("follow-up", "story:fire"),
    )  # fmt: skip
    assert read_cases(write(tmp_path, case_json(case))) == [case]


def test_a_bare_day_means_its_start_for_since_and_its_end_for_until_and_as_of(tmp_path: Path) -> None:
    (case,) = read_cases(write(tmp_path, {**GOOD, "as_of": "2026-05-04", "since": "2026-05-01", "until": "2026-05-04"}))
    assert case.since == datetime(2026, 5, 1, tzinfo=UTC)
    assert case.as_of == case.until == datetime(2026, 5, 4, 23, 59, 59, 999999, tzinfo=UTC)


def test_a_story_is_the_tag_else_the_first_relevant_article_else_the_case() -> None:
    assert Case("a", "?", Expect.ANSWER, relevant=(Relevant("x"),), tags=("story:fire",)).story == "story:fire"
    assert Case("a", "?", Expect.ANSWER, relevant=(Relevant("x"), Relevant("y"))).story == "x"
    assert Case("a", "?", Expect.REFUSE).story == "a"


def test_cases_are_checked_against_their_articles(tmp_path: Path) -> None:
    articles = {"x": Article("x", None, "The bridge fell.", published=datetime(2026, 5, 4, tzinfo=UTC))}
    relevant = [{"article_id": "x", "quotes": ["The bridge fell", "The bridge stood"]}, {"article_id": "z"}]
    path = write(tmp_path, "", {**GOOD, "relevant": relevant, "as_of": "2026-05-03T00:00:00Z"})
    found = check_against(read_lines(path), articles, path)
    assert [problem.line for problem in found] == [2, 2, 2]
    told = " ".join(problem.problem for problem in found)
    assert "'The bridge stood' is not in 'x'" in told
    assert "article 'z' is not in the archive" in told
    assert "not yet known" in told


def test_drafts_are_rejected_until_the_tag_is_removed(tmp_path: Path) -> None:
    lines = read_lines(write(tmp_path, GOOD, {**GOOD, "id": "b", "tags": ["draft"]}))
    with pytest.raises(BadGoldenSet, match=r":2: still a draft"):
        refuse_drafts(lines, tmp_path / "golden.jsonl")
