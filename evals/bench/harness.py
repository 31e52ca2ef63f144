"""Timing helpers: medians, and ratios to a baseline measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Timing:
    """Wall and CPU milliseconds of each call of an operation."""

    name: str
    wall_ms: tuple[float, ...]
    cpu_ms: tuple[float, ...]

    @property
    def median(self) -> float:
        """Median wall time in milliseconds."""
        return float(np.median(self.wall_ms))


def timed(name: str, calls: Sequence[Callable[[], object]]) -> Timing:
    """Time each call once, in order."""
    wall, cpu = [], []
    for call in calls:
        begin, spent = time.perf_counter(), time.process_time()
        call()
        wall.append((time.perf_counter() - begin) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    return Timing(name, tuple(wall), tuple(cpu))


def print_timings(title: str, timings: Sequence[Timing], baseline: str) -> None:
    """Print a table of medians, each with its ratio to the baseline; on a busy machine, rely on the ratios."""
    baseline_ms = next(timing.median for timing in timings if timing.name == baseline)
    table = Table(
        "", "median ms", "95th percentile ms", "CPU ms", f"x {baseline}", "n", title=title, title_justify="left"
    )
    for timing in timings:
        table.add_row(
            timing.name,
            f"{timing.median:.1f}",
            f"{np.quantile(timing.wall_ms, 0.95):.1f}",
            f"{np.median(timing.cpu_ms):.1f}",
            f"{timing.median / baseline_ms:.2f}",
            str(len(timing.wall_ms)),
        )
    Console().print(table)
