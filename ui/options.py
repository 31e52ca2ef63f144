"""Options shared by several commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from index.errors import BadInput
from ui.moments import DayEdge, parse_moment

if TYPE_CHECKING:
    from index.types import Question
    from rag.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """An ISO 8601 date, or a time with its zone."""

    name = "date"

    def __init__(self, edge: DayEdge) -> None:
        self.edge = edge

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ARG002
        """Parse the value; an error names the option."""
        if isinstance(value, datetime):
            return value
        return parse_moment(value, self.edge, f"--{param.name.replace('_', '-')}" if param and param.name else "a date")


@dataclass(slots=True)
class Invocation:
    """Values of the options given before the command name."""

    archive: Path | None = None
    debug: bool = False


class Named(click.Path):
    """A path that is not empty. An empty one, as from an unset variable, would mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Reject an empty string."""
        if value == "":
            self.fail("the path is empty (is a variable unset?); use . for the current folder.", param, ctx)
        return super().convert(value, param, ctx)


archive_option = click.option(
    "--archive",
    type=Named(path_type=Path, file_okay=False, readable=False),
    metavar="DIR",
    help="Archive folder. [env: DATELINE_ARCHIVE; default: ./.dateline]",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON document on stdout.")

batch_option = click.option(
    "--batch",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Read JSON lines from FILE (- for stdin) and write one JSON line for each, in the same order.",
)


def window_options(command: F) -> F:
    """Add ``--as-of``, ``--since``, ``--until`` and ``--outlet``, which limit what a question may see."""
    options = (
        click.option(
            "--as-of",
            type=Moment(DayEdge.END),
            help="Answer as of this moment: hide articles published or updated later. "
            "A bare date means its end in UTC.",
        ),
        click.option(
            "--since",
            type=Moment(DayEdge.START),
            help="Only articles published at or after this moment. A bare date means its start in UTC.",
        ),
        click.option(
            "--until",
            type=Moment(DayEdge.END),
            help="Only articles published at or before this moment. A bare date means its end in UTC.",
        ),
        click.option("--outlet", "outlets", multiple=True, help="Only this outlet; can be given several times."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def asked_of(question: str | None, batch: Path | None, **window: Any) -> Question:
    """Validate the question and limits of the command line. With ``batch``, only the limits are returned.

    Args:
        question: The QUESTION argument.
        batch: The file given with ``--batch``.
        window: Values of the ``window_options``.

    Raises:
        UsageError: Both or neither of QUESTION and ``--batch`` are given.
        BadInput: The question is empty or too long, or ``since`` is after ``until``.
    """
    from index.types import Question  # noqa: PLC0415

    if (question is None) == (batch is None):
        raise click.UsageError("Give either a QUESTION or --batch FILE.", click.get_current_context())
    asked = with_a_day(Question((question or "").strip(), **window))
    if batch:
        return asked
    from ui.actions import checked  # noqa: PLC0415  (it also imports the page rendering)

    return checked(asked)


def with_a_day(question: Question, place: str = "") -> Question:
    """Return the question if its limits can match anything; ``place`` names its line in a batch.

    Raises:
        BadInput: ``since`` is after ``until``.
    """
    if question.since and question.until and question.since > question.until:
        raise BadInput(f"{place}since is after until, so no article can match; swap them.")
    return question


def settings_for(archive: Path | None, **sections: dict[str, Any]) -> Settings:
    """Load the settings; ``archive`` and ``sections`` from the command line take precedence."""
    from rag.settings import load_settings  # noqa: PLC0415  (pydantic is not needed for --help)

    invocation = click.get_current_context().find_object(Invocation) or Invocation()
    folder = archive or invocation.archive
    return load_settings({**({"archive": folder} if folder else {}), **sections})
