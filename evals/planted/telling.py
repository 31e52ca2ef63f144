"""What the commands here share: how a rate is shown, and how they end where their input is not what it should be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from evals.types import Interval
from index.errors import DatelineError


def percent(rate: Interval) -> str:
    """A share in per cent with its interval, as wide whatever it is."""
    return f"{100 * rate.value:6.1f} ({100 * rate.low:5.1f}..{100 * rate.high:5.1f})"


@contextmanager
def one_sentence() -> Iterator[None]:
    """End with what was wrong on stderr, and the exit code it has, where something is."""
    try:
        yield
    except DatelineError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
