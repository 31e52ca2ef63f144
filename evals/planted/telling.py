"""Shared by the commands of this package: formatting of rates, and reporting of errors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from evals.types import Interval
from index.errors import DatelineError


def percent(rate: Interval) -> str:
    """A share and its interval in per cent, at a fixed width."""
    return f"{100 * rate.value:6.1f} ({100 * rate.low:5.1f}..{100 * rate.high:5.1f})"


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn a ``DatelineError`` in the block into one sentence on stderr and the error's exit code."""
    try:
        yield
    except DatelineError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
