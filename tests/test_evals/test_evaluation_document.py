"""Every command, option, choice and file in docs/evaluation.md exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from evals.cli import group
from evals.suites import JUDGE_SETS, PUBLISHED, SAMPLE

DOCUMENT = Path(__file__).parents[2] / "docs" / "evaluation.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    dateline eval (.+)$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("typed", COMMANDS)
def test_every_command_in_the_document_parses(typed: str) -> None:
    name, *arguments = shlex.split(typed)
    command = group.commands[name]
    parsed = command.make_context(name, list(arguments)).params
    suites = parsed.get("suites") or ([parsed["suite"]] if parsed.get("suite") else [])
    known = {SAMPLE, *PUBLISHED, *JUDGE_SETS}
    assert all(suite in known or suite.endswith(".jsonl") for suite in suites)
    assert parsed.get("over") in {None, *PUBLISHED}


def test_the_document_shows_every_command() -> None:
    shown = {typed.split()[0] for typed in COMMANDS} | set(re.findall(r"`(?:dateline eval )?(\w+)`", TEXT))
    shown |= {found.split()[0] for found in re.findall(r"`dateline eval ([^`]+)`", TEXT)}
    assert set(group.commands) <= shown


def test_every_linked_file_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert links
    assert [link for link in links if not (DOCUMENT.parent / link).exists()] == []


def test_every_command_has_help() -> None:
    assert all(isinstance(command, click.Command) and command.help for command in group.commands.values())
