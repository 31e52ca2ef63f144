"""Two runs side by side, on a terminal or as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.comparing import Change, Worse, changes, worse_cases
from evals.folder import RunFolder
from evals.measures.all import MEASURES
from evals.report.markdown import table
from evals.results import Scores, read_scores


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything two runs have in common; ``same`` and ``shared`` count replies that say the same to the letter."""

    before: Scores
    after: Scores
    changes: tuple[Change, ...]
    worse: tuple[Worse, ...]
    same: int
    shared: int


def comparison(before: Path, after: Path) -> Comparison:
    """Compare the runs in two folders.

    Raises:
        BadInput: one was not scored.
    """
    old, new = read_scores(before), read_scores(after)
    names = [m.name for m in MEASURES if not m.judged or old.judge == new.judge]
    stories = {**old.stories, **new.stories}
    answers = [_answers(path) for path in (before, after)]
    shared = answers[0].keys() & answers[1].keys()
    return Comparison(
        old,
        new,
        tuple(changes(old.marks, new.marks, stories, names)),
        tuple(worse_cases(old.marks, new.marks, names)),
        sum(answers[0][case_id] == answers[1][case_id] for case_id in shared),
        len(shared),
    )


def _answers(run: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What each reply says; of a refusal only that it is one."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for case_id, record in RunFolder(run).records().items():
        reply = record.reply
        if reply:
            claims = tuple(claim.text for claim in reply.claims) if reply.answered else ()
            found[case_id] = (reply.status, claims or (reply.answer if reply.answered else "",))
    return found


HEAD = ("measure", "before", "after", "95 % of change", "p, Holm", "detectable", "cases")


def rows(found: Comparison) -> list[tuple[str, ...]]:
    """One row a measure that moved or could have."""
    return [_row(change) for change in found.changes]


def _row(change: Change) -> tuple[str, ...]:
    d = change.difference
    moved = f"{d.change.low:+.3f} to {d.change.high:+.3f}"
    mark = (" ▼" if change.for_the_worse else " ▲") if change.significant else ""
    seen = f"{d.detectable:.3f}" if d.detectable is not None else "–"
    return (
        change.measure,
        f"{change.before:.3f}",
        f"{change.after:.3f}",
        moved,
        f"{change.p_value:.3f}{mark}",
        seen,
        str(d.cases),
    )


def told(found: Comparison) -> list[str]:
    """What the table does not say."""
    lines = [
        f"{found.same} of {found.shared} replies say the same to the letter.",
        "▼ worse and ▲ better by more than chance, all measures together.",
        "Detectable: the true difference that would be found in 80 % of such comparisons.",
    ]
    if found.before.judge != found.after.judge:
        lines.append(f"Judged measures are left out: the judges differ ({found.before.judge}, {found.after.judge}).")
    return lines


def print_comparison(found: Comparison, console: Console) -> None:
    """Print the comparison and the cases that got worse."""
    title = f"{found.before.chatbot} → {found.after.chatbot}"
    shown = Table(*HEAD, title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for row in rows(found):
        shown.add_row(*row)
    console.print(shown)
    for line in told(found):
        console.print(Text(line))
    for worse in found.worse:
        console.print(Text(f"worse: {worse.case_id}: {worse.measure} {worse.before:g} -> {worse.after:g}"))


def comparison_markdown(found: Comparison) -> str:
    """The same as Markdown."""
    worse = [(w.case_id, w.measure, f"{w.before:g}", f"{w.after:g}") for w in found.worse]
    parts = [table(HEAD, rows(found)), *told(found)]
    if worse:
        parts.append("### Scores that got worse\n\n" + table(("case", "measure", "before", "after"), worse))
    return "\n\n".join(parts) + "\n"
