"""The command line before any model is loaded: help, exit codes and errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from evals.cli import group as eval_group
from ui.cli import COMMANDS, dateline, main

HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb", "gradio", "llama_index", "numpy", "pydantic")


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ui.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def leave(*arguments: str) -> int:
    """Run the command in this process; returns its exit code."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["ask", "--help"], ["chat", "--help"], ["index", "--help"]]
)
def test_help_and_version_import_no_heavy_library(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom ui.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as left: assert left.code == 0, left.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert done.stdout


def test_the_command_table_matches_the_help_of_each_command() -> None:
    assert isinstance(dateline, click.Group)
    for name, entry in COMMANDS.items():
        assert entry.load().get_short_help_str(limit=200) == entry.summary, name
    assert COMMANDS["eval"].load() is eval_group


def test_every_command_has_help_and_every_option_says_what_it_does() -> None:
    for name, entry in COMMANDS.items():
        command = entry.load()
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not isinstance(command, click.Group):
                assert parameter.help, (name, parameter.name)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["bogus"], 2, "No such command 'bogus'. See `dateline --help`."),
        (["ask"], 2, "Give either a QUESTION or --batch FILE. See `dateline ask --help`."),
        (["ask", "x", "--batch", "-"], 2, "Give either a QUESTION or --batch FILE."),
        (["ask", "x", "--as-of", "soon"], 2, "--as-of needs a date such as 2026-05-04"),
        (["ask", "x", "--since", "2026-05-04T10:00"], 2, "has no time zone"),
        (["search", "x", "--limit", "0"], 2, "--limit"),
        (["chat", "--port", "99999"], 2, "--port"),
        (["chat", "--sample", "--read-only"], 2, "which --read-only forbids"),
    ],
)
def test_bad_usage_is_one_sentence_on_stderr_and_exit_code_2(
    arguments: list[str], code: int, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert leave(*arguments) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("dateline: ")
    assert sentence in err
    assert err.count("\n") == 1


def test_settings_show_each_value_and_its_source_with_the_key_hidden(capfd: pytest.CaptureFixture[str]) -> None:
    os_environ = {**os.environ, "DATELINE_LLM__API_KEY": "secret-word", "DATELINE_CHAT__PORT": "7999"}
    done = run("settings", "--json", "--archive", "elsewhere", env=os_environ)
    settings = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert settings["archive"] == {"value": "elsewhere", "source": "command line"}
    assert settings["chat.port"] == {"value": "7999", "source": "environment"}
    assert "secret-word" not in done.stdout + run("settings", env=os_environ).stdout


def test_a_setting_that_is_out_of_bounds_is_one_sentence() -> None:
    done = run("settings", env={**os.environ, "DATELINE_CHAT__PORT": "0x1"})
    assert done.returncode == 2
    assert done.stdout == ""
    assert "chat.port" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unexpected_error_is_one_sentence_that_names_its_type_and_how_to_see_more(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(given: object) -> None:
        raise ZeroDivisionError("by\nnothing")

    monkeypatch.setattr("rag.settings.load_settings", broken)
    assert leave("settings") == 3
    err = capfd.readouterr().err
    assert "unexpected ZeroDivisionError (by nothing)" in err
    assert "--debug" in err
    assert err.count("\n") == 1
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "settings"])


def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    command = f"{sys.executable} -m ui.cli settings; echo $? >&2"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(["sh", "-c", command], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert done.stderr.strip() == "141"


def test_nothing_a_library_writes_to_stdout_gets_between_the_json() -> None:
    code = (
        "import os, sys\nfrom ui.output import clean_stdout, write_json\n"
        "print('before', flush=True)\n"
        "with clean_stdout() as out:\n"
        "    print('noise'); os.write(1, b'noise from C\\n'); write_json(out, {'a': 'ü\\ud800'}); print('more')\n"
        "print('after')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"}
    )
    before, document, after = done.stdout.decode().splitlines()
    assert (before, json.loads(document), after) == ("before", {"a": "ü\ud800"}, "after")
    assert b"noise from C" in done.stderr


def test_a_port_in_use_is_reported_at_once_with_the_remedy(tmp_path: Path) -> None:
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("--archive", str(tmp_path), "chat", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 3
    assert "--port" in done.stderr
    assert done.stderr.count("\n") == 1
