"""The report as one self-contained HTML page: style sheet, script, charts and every case are inline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from evals.folder import Record
from evals.measures.all import BY_NAME
from evals.measures.curves import RIGHT_BY
from evals.replies import GivenCitation, GivenReply
from evals.report import svg
from evals.report.tables import (
    COUNTED,
    confidence_lines,
    gate_rows,
    judge_lines,
    latency_rows,
    lines,
    published_measures,
    published_rows,
)
from evals.report.view import View
from evals.types import Case

AROUND = 240
"""Number of characters of the article shown on each side of a quote."""
TAG_MEASURES = ("evidence_cited", "answer_in_quotes", "relevant_cited", "refusal_recall", "faithfulness")
TREND_MEASURES = ("faithfulness", "evidence_cited", "answer_in_quotes", "refusal_f1", "attribution_kept", "hit@5")
FEWEST_RUNS = 2


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case with everything the page shows of it. ``state`` is right, wrong, wrongly refused or failed."""

    case: Case
    state: str
    reply: GivenReply | None
    failure: str
    evidence: Sequence[tuple[GivenCitation, Markup]]
    scores: Sequence[tuple[str, str, str]]


def page(view: View) -> str:
    """Render the whole page."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    folder = Path(__file__).parent / "templates"
    return templates.get_template("page.html").render(
        view=view,
        style=Markup((folder / "page.css").read_text(encoding="utf-8")),  # noqa: S704  (our own files)
        script=Markup((folder / "page.js").read_text(encoding="utf-8")),  # noqa: S704  (our own files)
        lines=[(line, _whisker(view, line.measure.name)) for line in lines(view)],
        judge=judge_lines(view),
        confidence=confidence_lines(view),
        gates=gate_rows(view.gates),
        latency=latency_rows(view),
        published=published_rows(view),
        published_measures=published_measures(view),
        charts=list(_charts(view)),
        tags=sorted({tag for case in view.cases for tag in case.tags if ":" not in tag}),
        cases=[_shown(case, view.records[case.id], view) for case in view.cases if case.id in view.records],
    )


def _whisker(view: View, name: str) -> Markup:
    found = view.scores["measures"][name]
    if found["value"] is None or name in COUNTED:
        return Markup()
    return svg.whisker(found["value"], found["low"], found["high"])


def _charts(view: View) -> Iterator[tuple[str, str, Markup]]:
    """Heading, caption and drawing of each chart that has data."""
    confidence = view.scores["confidence"]
    points = [(point["coverage"], point["risk"]) for point in confidence["risk_coverage"]]
    if points:
        caption = (
            "Share of wrong answers if only the most confident answers are given, by share of answers given. "
            f"Area under the curve: {confidence['aurc']:.3f}."
        )
        yield "Risk and coverage", caption, svg.curve(points, across="share answered", up="share wrong", title=caption)
    bins = confidence["calibration"]
    if bins:
        caption = (
            "Share of right answers by confidence, with 95 % Wilson intervals that take answers as independent. "
            "Well calibrated answers lie on the diagonal. "
            f"Mean gap: {confidence['calibration_error']:.3f} over {confidence['answers']} answers."
        )
        yield "Calibration", caption, _calibration_chart(bins, caption)
    yield from _tag_charts(view)
    if len(view.history) >= FEWEST_RUNS:
        names = [name for name in TREND_MEASURES if any(name in run.values for run in view.history)]
        chart = svg.trend([(n, [run.values.get(n) for run in view.history]) for n in names], "Measures over runs")
        yield "History", f"{len(view.history)} runs of this suite in the same parent folder.", chart


def _calibration_chart(bins: Sequence[Mapping[str, Any]], title: str) -> Markup:
    return svg.curve(
        [(one["confidence"], one["right"]) for one in bins],
        across="confidence",
        up="share right",
        title=title,
        diagonal=True,
        sizes=[one["count"] for one in bins],
        ranges=[(one["low"], one["high"]) for one in bins],
    )


def _tag_charts(view: View) -> Iterator[tuple[str, str, Markup]]:
    for name in TAG_MEASURES:
        rows = [
            (tag, found[name]["value"], found[name]["low"], found[name]["high"], found[name]["measured"])
            for tag, found in view.scores["tags"].items()
            if name in found
        ]
        if len(rows) > 1:
            caption = f"{name} by tag, lowest first, with 95 % intervals and number of cases: {BY_NAME[name].about}."
            yield f"By tag: {name}", caption, svg.bars(sorted(rows, key=lambda row: row[1]), caption)


def _shown(case: Case, record: Record, view: View) -> ShownCase:
    found = view.scores["cases"][case.id]["scores"]
    evidence = [(c, _marked(c, view)) for c in record.reply.citations] if record.reply else []
    failure = f"{record.failure.kind}: {record.failure.message}" if record.failure else ""
    return ShownCase(case, _state(case, record, found), record.reply, failure, evidence, list(_chips(found)))


def _state(case: Case, record: Record, scores: Mapping[str, Any]) -> str:
    """The outcome of a case; "right" is defined as in ``evals.measures.curves``."""
    if record.reply is None:
        return "failed"
    if case.answerable and not record.reply.answered:
        return "wrongly refused"
    known = (scores[measure.name]["value"] for measure in RIGHT_BY)
    return "right" if next((value for value in known if value is not None), 0) == 1 else "wrong"


def _chips(scores: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """For each measure: its name, its value or the reason why there is none, and ``good``, ``bad`` or ``none``."""
    for name, score in scores.items():
        if score["value"] is None:
            yield name, score["reason"], "none"
        elif name in COUNTED:
            yield name, f"{score['value']:.0f}", "none"
        else:
            good = score["value"] < 1 if BY_NAME[name].lower_is_better else score["value"] >= 1
            yield name, f"{score['value']:.2f}", "good" if good else "bad"


def _marked(citation: GivenCitation, view: View) -> Markup:
    """The quote highlighted within its article, or alone if the article's text is not known or does not match."""
    article = view.articles.get(citation.article_id)
    text = article.text if article else None
    start, end = citation.start, citation.end
    if text is None or start is None or end is None or text[start:end] != citation.quote:
        return Markup("<mark>{}</mark>").format(citation.quote)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    lead = "… " if start > AROUND else ""
    tail = " …" if end + AROUND < len(text) else ""
    return escape(lead + before) + Markup("<mark>{}</mark>").format(citation.quote) + escape(after + tail)
