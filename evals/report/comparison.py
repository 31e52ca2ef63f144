"""Comparison of two runs, on the terminal or as Markdown."""

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
    """The comparison of two runs. Of the ``shared`` cases with a reply in both, ``same`` have identical text."""

    before: Scores
    after: Scores
    changes: tuple[Change, ...]
    worse: tuple[Worse, ...]
    same: int
    shared: int


def comparison(before: Path, after: Path) -> Comparison:
    """Compare the runs in two folders.

    Raises:
        BadInput: one of the runs was not scored.
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
    """The status and text of each reply; all refusals count as the same text."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for case_id, record in RunFolder(run).records().items():
        reply = record.reply
        if reply:
            claims = tuple(claim.text for claim in reply.claims) if reply.answered else ()
            found[case_id] = (reply.status, claims or (reply.answer if reply.answered else "",))
    return found


HEAD = ("measure", "before", "after", "95 % CI of change", "p (Holm)", "detectable", "cases")


def rows(found: Comparison) -> list[tuple[str, ...]]:
    """One row per measure that both runs have."""
    return [_row(change) for change in found.changes]


def _row(change: Change) -> tuple[str, ...]:
    d = change.difference
    mark = (" ▼" if change.for_the_worse else " ▲") if change.significant else ""
    return (
        change.measure,
        f"{change.before:.3f}",
        f"{change.after:.3f}",
        f"{d.change.low:+.3f} to {d.change.high:+.3f}" if d.detectable is not None else "–",
        f"{change.p_value:.3f}{mark}",
        f"{d.detectable:.3f}" if d.detectable is not None else "–",
        str(d.cases),
    )


def remarks(found: Comparison) -> list[str]:
    """The sentences below the table."""
    lines = [
        f"{found.same} of {found.shared} replies are identical.",
        "▼ significantly worse, ▲ significantly better (5 % level, Holm's correction over all measures).",
        "Detectable: the true difference that would be significant in 80 % of such comparisons, before correction.",
        "– all stories changed alike, so the uncertainty of the change cannot be estimated.",
    ]
    if found.before.judge != found.after.judge:
        lines.append(f"Judged measures are left out: the judges differ ({found.before.judge}, {found.after.judge}).")
    return lines


def print_comparison(found: Comparison, console: Console) -> None:
    """Print the comparison, then the cases that got worse."""
    title = f"{found.before.chatbot} → {found.after.chatbot}"
    shown = Table(*HEAD, title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for row in rows(found):
        shown.add_row(*row)
    console.print(shown)
    for line in remarks(found):
        console.print(Text(line))
    for worse in found.worse:
        console.print(Text(f"worse: {worse.case_id}: {worse.measure} {worse.before:g} -> {worse.after:g}"))


def comparison_markdown(found: Comparison) -> str:
    """The comparison as Markdown."""
    worse = [(w.case_id, w.measure, f"{w.before:g}", f"{w.after:g}") for w in found.worse]
    parts = [table(HEAD, rows(found)), *remarks(found)]
    if worse:
        parts.append("### Scores that got worse\n\n" + table(("case", "measure", "before", "after"), worse))
    return "\n\n".join(parts) + "\n"
