from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import BadInput
from index.types import Question
from ui.batch import objects, opened, question_from

NOW = Question("", as_of=datetime(2026, 1, 1, tzinfo=UTC), outlets=("A",))


def test_lines_are_read_one_by_one_with_their_place_and_blank_ones_skipped() -> None:
    stream = io.BytesIO(b'\xef\xbb\xbf{"id": 1}\n\n  \n{"id": 2}\n')
    assert list(objects("q.jsonl", stream)) == [("q.jsonl, line 1", {"id": 1}), ("q.jsonl, line 4", {"id": 2})]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{", "q.jsonl, line 2: not JSON"),
        (b"[1]", "q.jsonl, line 2: expected a JSON object, found a list"),
        (b'{"id": "\xff"}', "q.jsonl, line 2: the line is not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_bad_line_is_reported_with_file_line_and_remedy(line: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        list(objects("q.jsonl", io.BytesIO(b'{"id": 1}\n' + line)))
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"question": "x"}, 'here: "id" is missing'),
        ({"id": True, "question": "x"}, 'here: "id" is missing'),
        ({"id": "q"}, 'here: "question" is missing or empty'),
        ({"id": "q", "question": " "}, 'here: "question" is missing or empty'),
        ({"id": "q", "question": "x", "as_of": 5}, 'here: "as_of" must be a date'),
        ({"id": "q", "question": "x", "as_of": "soon"}, 'here: "as_of" needs a date'),
        ({"id": "q", "question": "x", "outlets": "A"}, 'here: "outlets" must be a list'),
    ],
)
def test_a_bad_field_is_named(record: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        question_from("here", record, NOW)
    assert str(caught.value).startswith(sentence)


def test_a_line_takes_precedence_over_the_command_options() -> None:
    assert question_from("here", {"id": 7, "question": "x"}, NOW) == ("7", Question("x", NOW.as_of, outlets=("A",)))
    record = {"id": "q", "question": "x", "as_of": "2026-05-04T00:00Z", "outlets": []}
    assert question_from("here", record, NOW) == ("q", Question("x", datetime(2026, 5, 4, tzinfo=UTC)))


def test_a_batch_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="none.jsonl cannot be read .No such file"), opened(tmp_path / "none.jsonl"):
        pass
