"""A file that is appended to survives a kill during a write; an invalid line is reported with its fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.json_files import append_lines, read_json, read_json_lines
from evals.judging import judged
from evals.types import Judgement, Pair
from index.errors import BadInput
from rag.types import Support


def lines(path: Path) -> list[dict[str, object]]:
    return [value for _, value in read_json_lines(path, "mend it", appended=True)]


@pytest.mark.parametrize("lost", [4, 6])  # the end of "zwölf", or half of its "ö" too
def test_an_incomplete_last_line_is_skipped_and_replaced_by_the_next(tmp_path: Path, lost: int) -> None:
    path = tmp_path / "some.jsonl"
    append_lines(path, [{"a": 1}, {"b": "zwölf"}])
    path.write_bytes(path.read_bytes()[:-lost])
    assert lines(path) == [{"a": 1}]
    append_lines(path, [{"c": 3}])
    assert lines(path) == [{"a": 1}, {"c": 3}]


def test_a_lone_surrogate_survives_a_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    append_lines(path, [{"answer": "\ud83d"}])
    assert lines(path) == [{"answer": "\ud83d"}]


def test_a_complete_last_line_without_newline_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "by-hand.jsonl"
    path.write_text('{"a": 1}\n\n{"b": 2}')
    assert lines(path) == [{"a": 1}, {"b": 2}]
    append_lines(path, [{"c": 3}])
    assert lines(path) == [{"a": 1}, {"b": 2}, {"c": 3}]


@pytest.mark.parametrize(
    ("text", "told"),
    [('{"a": 1}\n{"b": \n{}\n', ":2: not JSON"), ("[1]\n", ":1: expected an object")],
)
def test_an_invalid_line_is_reported_with_its_fix(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text)
    with pytest.raises(BadInput, match=f"{told}.*; mend it"):
        lines(path)


def test_an_incomplete_line_is_an_error_in_a_file_that_is_not_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "published.jsonl"
    path.write_text('{"a": 1}\n{"b"')
    with pytest.raises(BadInput, match=":2: not JSON"):
        list(read_json_lines(path, "fetch it again"))
    path.write_text("[]")
    with pytest.raises(BadInput, match="expected a JSON object; fetch it again"):
        read_json(path, "fetch it again")
    path.write_bytes('{"a": "zwölf"}'.encode("latin-1"))
    with pytest.raises(BadInput, match="not UTF-8; fetch it again"):
        read_json(path, "fetch it again")


def test_after_a_kill_during_a_write_a_costly_judge_is_asked_only_for_the_lost_pair(tmp_path: Path) -> None:
    class Costly:
        name, costly = "costly", True

        def __init__(self) -> None:
            self.asked: list[Pair] = []

        def judge(self, pairs: list[Pair]) -> list[Judgement]:
            self.asked += pairs
            return [Judgement(Support.SUPPORTED, 0.9, ()) for _ in pairs]

    pairs = [Pair(f"claim {n}", ("evidence",)) for n in range(3)]
    judged(pairs, Costly(), tmp_path)
    (kept,) = tmp_path.glob("judgements-*.jsonl")
    kept.write_bytes(kept.read_bytes()[:-9])
    judge = Costly()
    for _ in range(2):
        assert judged(pairs, judge, tmp_path)[pairs[2]].support is Support.SUPPORTED
    assert judge.asked == [pairs[2]]
