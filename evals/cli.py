"""The command group ``dateline eval``. Heavy libraries are imported inside the commands."""

from __future__ import annotations

import click

from evals.commands.gate import compare_command, gate_command, report_command
from evals.commands.golden import check_command, new_command
from evals.commands.judge import judge_command
from evals.commands.run import run_command, score_command
from evals.commands.threshold import threshold_command

COMMANDS = (
    run_command,
    score_command,
    gate_command,
    compare_command,
    report_command,
    threshold_command,
    judge_command,
    new_command,
    check_command,
)

EPILOG = """\b
In CI:
  dateline eval run --out RUN    ask the golden set over the sample archive, and score the replies
  dateline eval gate RUN         exit code 1 if a gate fails

\b
Over published data:
  dateline eval run --suite realtimeqa --data DIR --out RUN    compared with the systems of its paper
  dateline eval run --suite squad2 --over realtimeqa --data DIR --out RUN    off topic: all should be refused
  dateline eval judge --data DIR    how often the judge agrees with people"""


@click.group(epilog=EPILOG)
def group() -> None:
    """Evaluate the chatbot, compare runs, and gate builds on the result."""


for command in COMMANDS:
    group.add_command(command)
