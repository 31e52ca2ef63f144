"""The command line over a small archive with the real models: the behaviour that scripts depend on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ui.cli import main

pytestmark = pytest.mark.slow

ARTICLES = [
    {
        "id": "bridge-1",
        "title": "Bridge falls in Aldmoor",
        "outlet": "Meridian Post",
        "published": "2026-03-04T09:00:00Z",
        "text": "The old bridge in Aldmoor collapsed on Wednesday. Police said that twelve people had died.",
    },
    {
        "id": "bridge-2",
        "title": "Aldmoor toll rises",
        "outlet": "Ledger",
        "published": "2026-03-06T09:00:00Z",
        "text": "The number of people who died in the Aldmoor bridge collapse has risen to fourteen, police said.",
    },
    {
        "id": "rates",
        "title": "Bank holds its rate",
        "outlet": "Ledger",
        "published": "2026-03-05T12:00:00Z",
        "text": "The central bank of Tervania held its main rate at 4.25 percent on Thursday. It hinted at a cut.",
    },
]

READ_ONLY_CHAT = ["chat", "--read-only", "--port", "0"]

Ran = tuple[int, str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "news.jsonl").write_text("".join(json.dumps(one) + "\n" for one in ARTICLES))
    return folder


@pytest.fixture(scope="module")
def archive(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = tmp_path_factory.mktemp("archive") / "a"
    with pytest.raises(SystemExit) as left:
        main(["add", str(folder), "--archive", str(archive)])
    assert left.value.code == 0
    return archive


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command in this process; returns exit code, stdout and stderr."""

    def run(*arguments: object) -> Ran:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return int(str(left.value.code)), out, err

    return run


def document(ran: Ran) -> Any:
    code, out, err = ran
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    return json.loads(out)


def test_adding_twice_keeps_everything_and_does_nothing(archive: Path, folder: Path, run: Callable[..., Ran]) -> None:
    assert document(run("add", folder, "--archive", archive, "--json")) == {
        "articles": 3,
        "added": 0,
        "kept": 3,
        "removed": 0,
        "skipped": 0,
        "problems": [],
    }


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path, run: Callable[..., Ran]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("Title: A\n\nA short article about rain in Aldmoor.")
    (tmp_path / "in" / "bad.jsonl").write_text('{"text": "fine words about rain"}\n{"text": \n')
    code, out, err = run("add", tmp_path / "in", "--archive", tmp_path / "a")
    assert code == 0
    assert out == "2 articles in the archive: 2 added, 0 kept, 0 removed, 1 skipped.\n"
    assert "bad.jsonl:2: " in err
    report = json.loads(run("add", tmp_path / "in", "--archive", tmp_path / "a", "--json")[1])
    assert [(problem["path"].endswith("bad.jsonl"), problem["line"]) for problem in report["problems"]] == [(True, 2)]


def test_mirroring_removes_articles_whose_files_are_gone(tmp_path: Path, run: Callable[..., Ran]) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Title: {name}\n\nAn article about the number {name}.")
    archive = tmp_path / ".a"
    assert document(run("add", tmp_path, "--archive", archive, "--json"))["added"] == 2
    (tmp_path / "two.txt").unlink()
    assert document(run("add", tmp_path, "--archive", archive, "--json"))["articles"] == 2
    assert document(run("add", tmp_path, "--mirror", "--archive", archive, "--json"))["removed"] == 1


def test_when_nothing_can_be_read_the_exit_code_is_2(tmp_path: Path, run: Callable[..., Ran]) -> None:
    code, out, err = run("add", tmp_path / "nowhere", "--archive", tmp_path / "a", "--json")
    assert code == 2
    assert json.loads(out)["skipped"] == 1
    assert "No article could be read from" in err


def test_a_listing_has_every_article_and_removing_takes_one_out(tmp_path: Path, run: Callable[..., Ran]) -> None:
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(one) + "\n" for one in ARTICLES[:2]))
    archive = tmp_path / "a"
    assert run("add", tmp_path / "news.jsonl", "--archive", archive)[0] == 0
    listed = document(run("--archive", archive, "list", "--json"))["articles"]
    assert [(one["id"], one["outlet"], one["published"]) for one in listed] == [
        ("bridge-1", "Meridian Post", "2026-03-04T09:00:00+00:00"),
        ("bridge-2", "Ledger", "2026-03-06T09:00:00+00:00"),
    ]
    assert "bridge-1  2026-03-04  Meridian Post  Bridge falls in Aldmoor" in run("list", "--archive", archive)[1]
    assert document(run("remove", "bridge-1", "--archive", archive, "--json")) == {"articles": 1, "removed": 1}
    code, out, err = run("remove", "bridge-1", "--archive", archive)
    assert (code, out) == (2, "")
    assert "bridge-1" in err
    assert "dateline list" in err


def test_a_missing_archive_is_exit_code_2_and_one_sentence(tmp_path: Path, run: Callable[..., Ran]) -> None:
    for command in (["list"], ["ask", "x"], ["search", "x"], ["index", "status"], ["remove", "x"], READ_ONLY_CHAT):
        code, out, err = run("--archive", tmp_path / "none", *command)
        assert (code, out, err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "none").exists()


def test_a_reply_as_json_has_the_promised_shape_and_quotes_exactly(archive: Path, run: Callable[..., Ran]) -> None:
    reply = document(
        run("ask", "How many people died when the bridge in Aldmoor collapsed?", "--archive", archive, "--json")
    )
    assert set(reply) >= {
        "id", "question", "standalone_question", "status", "reason", "as_of", "answer", "claims", "citations",
        "withheld", "conflicts", "retrieved", "timings_ms",
    }  # fmt: skip
    assert reply["status"] == "answered"
    assert 0.5 <= reply["confidence"] <= 1
    texts = {one["id"]: one["text"] for one in ARTICLES}
    for citation in reply["citations"]:
        assert texts[citation["article_id"]][citation["start"] : citation["end"]] == citation["quote"]


def test_a_reply_in_words_numbers_its_sources_and_says_as_of_when(archive: Path, run: Callable[..., Ran]) -> None:
    code, out, err = run("ask", "How many people died when the bridge in Aldmoor collapsed?", "--archive", archive)
    assert (code, err) == (0, "")
    assert "[1] " in out
    assert "As of 6 March 2026, 09:00 UTC" in out


def test_asked_as_of_a_day_nothing_later_is_seen(archive: Path, run: Callable[..., Ran]) -> None:
    question = ["--archive", archive, "--json", "How many people died when the bridge in Aldmoor collapsed?"]
    for limit in (["--as-of", "2026-03-05"], ["--until", "2026-03-05T00:00Z"], ["--outlet", "meridian post"]):
        reply = document(run("ask", *question, *limit))
        assert "bridge-2" not in json.dumps(reply)
    found = document(run("search", *question, "--since", "2026-03-06"))
    assert {one["article_id"] for one in found["results"]} == {"bridge-2"}


def test_a_batch_answers_line_by_line_in_order_until_a_bad_line(
    archive: Path, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    batch = tmp_path / "q.jsonl"
    lines = [
        {"id": "b", "question": "What did the central bank do?"},
        {"id": 7, "question": "How many people died in Aldmoor?", "as_of": "2026-03-05"},
    ]
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"id": "x"}\n')
    for command in ("ask", "search"):
        code, out, err = run(command, "--batch", batch, "--archive", archive)
        assert code == 2
        replies = [json.loads(line) for line in out.splitlines()]
        assert [reply["id"] for reply in replies] == ["b", "7"]
        assert "bridge-2" not in json.dumps(replies[1])
        assert f'{batch}, line 3: "question" is missing' in err


def test_a_search_gives_ranked_passages_with_their_places(archive: Path, run: Callable[..., Ran]) -> None:
    found = document(run("search", "main rate of the central bank", "--archive", archive, "--limit", "2", "--json"))
    assert found["id"] is None
    best = found["results"][0]
    assert best["article_id"] == "rates"
    assert ARTICLES[2]["text"][best["start"] : best["end"]] == best["text"]
    assert len(found["results"]) <= 2
    assert [one["score"] for one in found["results"]] == sorted(
        (one["score"] for one in found["results"]), reverse=True
    )


def test_the_index_is_shown_checked_and_rebuilt(archive: Path, run: Callable[..., Ran]) -> None:
    status = document(run("index", "status", "--archive", archive, "--json"))
    assert (status["articles"], status["behind"], status["writer"]) == (3, [], None)
    assert document(run("index", "check", "--archive", archive, "--json")) == {"whole": True, "problems": []}
    assert document(run("index", "rebuild", "--archive", archive, "--json"))["articles"] == 3


def test_claims_are_verified_line_by_line_and_an_interrupt_ends_it_cleanly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "verify"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, text=True, cwd=tmp_path, env=dict(os.environ), **pipes)
    assert process.stdin is not None
    assert process.stdout is not None
    for claim, evidence in (
        ("Twelve people died.", "Police said that twelve people had died."),
        ("Nineteen people died.", ["The bridge fell.", "Police said that twelve people had died."]),
    ):
        process.stdin.write(json.dumps({"id": claim, "claim": claim, "evidence": evidence}) + "\n")
        process.stdin.flush()
        verdict = json.loads(process.stdout.readline())
        assert set(verdict) == {"id", "support", "score", "reasons"}
        assert verdict["id"] == claim
        assert verdict["support"] in {"supported", "refuted", "not_enough_info"}
        assert 0 <= verdict["score"] <= 1
    assert verdict["support"] != "supported"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, "", "")
