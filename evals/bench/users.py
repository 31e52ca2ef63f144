"""Load test with twenty concurrent users on one real server: ``python -m evals.bench.users``.

It starts a server over the sample archive. One user asks questions one after the other, then many users do so at once.
All questions differ, so that caches do not help, except in the last row.

Users who read wait for 15 to 40 seconds between an answer and the next question. Reading an answer of 60 words takes
15 s (238 words per minute, Brysbaert 2019), and typing a question of ten words takes 12 s (52 words per minute, Dhakal
et al. 2018). Users who never read keep the server busy all the time. If an answer takes all of one core and there are
two cores, 20 such users wait 10 times as long as one user alone, whatever the server does (Little 1961). Their rows
show the queue and have no goal.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from evals.golden import read_cases
from evals.servers import Server
from evals.suites import sample_golden
from index.errors import EnvironmentProblem

USERS = 20
QUESTIONS = 10
ALONE = 12
PAUSE_S = (15.0, 40.0)
GOAL = 5.0
"""Upper limit for the 95th percentile of users who read, as a multiple of the median of one user alone."""

TIMEOUT_S = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """The result of one run: milliseconds per answer, error messages, and total seconds."""

    name: str
    wall_ms: tuple[float, ...]
    errors: tuple[str, ...]
    took_s: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line interface; return 1 if an answer failed or the goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="questions per user")
    parser.add_argument("--busy", action="store_true", help="add two runs with users who never read")
    options = parser.parse_args(arguments)
    users, each = options.users, options.questions
    questions = _questions(users * each + ALONE)
    single, per_user = questions[:ALONE], [questions[ALONE + n * each : ALONE + (n + 1) * each] for n in range(users)]
    with _server() as address:
        _ask(address, "What is new?")  # loads the models
        alone = _crowd(address, "one user alone", [single], (0, 0))
        rows = [alone, _crowd(address, f"{users} users who read", per_user, PAUSE_S)]
        if options.busy:
            rows.append(_crowd(address, f"{users} users who never read", per_user, (0, 0)))
            same = [per_user[0]] * users
            rows.append(_crowd(address, f"{users} users who never read, same {each} questions", same, (0, 0)))
    _print(rows)
    return 1 if any(row.errors for row in rows) or _times(rows[1], alone) >= GOAL else 0


def _questions(wanted: int) -> list[str]:
    """Different questions of the golden set, in a fixed random order."""
    texts = list(dict.fromkeys(case.question for case in read_cases(sample_golden()) if not case.turns))
    if len(texts) < wanted:
        raise SystemExit(f"The golden set has only {len(texts)} of {wanted} questions: lower --users or --questions.")
    random.Random(0).shuffle(texts)  # noqa: S311  (shuffling, not secrets)
    return texts[:wanted]


@contextmanager
def _server() -> Iterator[str]:
    """Run ``dateline chat`` over the sample archive in a separate process; yield its address."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "ui.cli", "--archive", str(Path(scratch) / "archive"), "chat", "--sample"]
        server = subprocess.Popen([*command, "--port", "0"], stderr=subprocess.PIPE, text=True)  # noqa: S603  (ours)
        try:
            yield _address(server)
        finally:
            server.terminate()
            server.wait(30)


def _address(server: subprocess.Popen[str]) -> str:
    output = []
    for line in server.stderr or ():
        output.append(line)
        if found := re.search(r"http://\S+/", line):
            threading.Thread(target=lambda: sys.stderr.writelines(server.stderr or ()), daemon=True).start()
            return found.group()
    raise SystemExit(f"The server stopped: {''.join(output)}")


def _crowd(address: str, name: str, per_user: Sequence[Sequence[str]], pause_s: tuple[float, float]) -> Asked:
    """Let all users ask at once, each their own questions one after the other."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(len(per_user)) as pool:
        answers = [pool.submit(_user, address, questions, pause_s, seed) for seed, questions in enumerate(per_user)]
        found = [one for answer in answers for one in answer.result()]
    spent = tuple(one for one in found if isinstance(one, float))
    errors = tuple(one for one in found if isinstance(one, str))
    return Asked(name, spent, errors, time.perf_counter() - begin)


def _user(address: str, questions: Sequence[str], pause_s: tuple[float, float], seed: int) -> list[float | str]:
    rng = random.Random(seed)  # noqa: S311  (pauses, not secrets)
    time.sleep(rng.uniform(0, pause_s[1]))  # people do not start at the same moment
    found: list[float | str] = []
    for question in questions:
        found.append(_ask(address, question))
        time.sleep(rng.uniform(*pause_s))
    return found


def _ask(address: str, question: str) -> float | str:
    """Milliseconds until the complete answer arrived, or an error message."""
    server = Server(timeout_s=TIMEOUT_S)
    begin = time.perf_counter()
    try:
        reply = server.post(f"{address}api/ask", {"question": question})
    except EnvironmentProblem as problem:
        return str(problem)
    if reply.get("status") not in {"answered", "abstained"}:
        return f"no reply: {reply}"
    return (time.perf_counter() - begin) * 1000


def _times(row: Asked, alone: Asked) -> float:
    """The 95th percentile of a run, as a multiple of the median of one user alone."""
    if not row.wall_ms or not alone.wall_ms:
        return float("inf")
    return float(np.quantile(row.wall_ms, 0.95) / np.median(alone.wall_ms))


def _print(rows: Sequence[Asked]) -> None:
    table = Table("", "answers", "errors", "median ms", "95th percentile ms", "x one alone", "answers/s")
    for row in rows:
        middle, tail = np.quantile(row.wall_ms, [0.5, 0.95]) if row.wall_ms else (0.0, 0.0)
        table.add_row(
            row.name,
            str(len(row.wall_ms)),
            str(len(row.errors)),
            f"{middle:.0f}",
            f"{tail:.0f}",
            f"{_times(row, rows[0]):.1f}",
            f"{len(row.wall_ms) / row.took_s:.2f}",
        )
    console = Console()
    console.print(table)
    for error in sorted({error for row in rows for error in row.errors}):
        console.print(f"error: {error}", markup=False)
    console.print(f"x one alone: 95th percentile / median of one user alone; goal for users who read: below {GOAL:g}")


if __name__ == "__main__":
    sys.exit(main())
