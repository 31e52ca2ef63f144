"""Small charts as inline SVG, coloured by the page's style sheet. All values are between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 360, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 40
RUNS = "runs, oldest first"

Points = Sequence[tuple[float, float]]


def whisker(value: float, low: float, high: float) -> Markup:
    """A value with its interval on an axis from 0 to 1."""
    x1, x2, at = (4 + 112 * part for part in (low, high, value))
    parts = [
        '<svg class="whisker" viewBox="0 0 120 14" width="120" height="14" aria-hidden="true">',
        '<line class="axis" x1="4" x2="116" y1="7" y2="7"/>',
        f'<line class="range" x1="{x1:.1f}" x2="{x2:.1f}" y1="7" y2="7"/>',
        f'<circle class="dot" cx="{at:.1f}" cy="7" r="4"/>',
    ]
    return _drawn(parts)


def curve(
    points: Points,
    *,
    across: str,
    up: str,
    title: str,
    diagonal: bool = False,
    sizes: Sequence[int] = (),
    ranges: Points = (),
) -> Markup:
    """A line through ``points``.

    ``sizes`` are counts that set the size of the dot at each point, ``ranges`` intervals (low, high) of each point's
    value. ``diagonal`` draws the line of perfect calibration.
    """
    parts = [_frame(title, across, up)]
    if diagonal:
        parts.append(_line("ideal", [(0.0, 0.0), (1.0, 1.0)]))
    parts.append(_line("series", points))
    for (x, _), (low, high) in zip(points, ranges, strict=False):
        at = _x(x)
        parts.append(f'<line class="range" x1="{at:.1f}" x2="{at:.1f}" y1="{_y(low):.1f}" y2="{_y(high):.1f}"/>')
    most = max(sizes, default=1)
    for (x, y), size in zip(points, sizes, strict=False):
        radius = 3 + 5 * (size / most) ** 0.5
        parts.append(f'<circle class="dot" cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="{radius:.1f}"/>')
    return _drawn(parts)


def bars(rows: Sequence[tuple[str, float, float, float, int]], title: str) -> Markup:
    """One bar per row (label, value, low, high, cases), with its interval."""
    step, left, width = 22, 150, 440
    height = step * len(rows) + 24
    span = width - left - 60
    parts = [
        f'<svg class="chart bars" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
    ]
    for place, (label, value, low, high, cases) in enumerate(rows):
        y = place * step + 4
        middle = y + 7
        parts.append(f'<text class="label" x="{left - 8}" y="{y + 11}" text-anchor="end">{escape(label)}</text>')
        parts.append(f'<rect class="bar" x="{left}" y="{y}" width="{span * value:.1f}" height="14" rx="2"/>')
        x1, x2 = left + span * low, left + span * high
        parts.append(f'<line class="range" x1="{x1:.1f}" x2="{x2:.1f}" y1="{middle}" y2="{middle}"/>')
        parts.append(f'<text class="count" x="{left + span + 8}" y="{y + 11}">{value:.2f} ({cases})</text>')
    base = height - 16
    parts += [f'<line class="axis" x1="{left}" x2="{left + span}" y1="{base}" y2="{base}"/>']
    parts += [
        f'<text class="tick" x="{left + span * tick:.1f}" y="{height - 3}" text-anchor="middle">{tick:g}</text>'
        for tick in (0, 0.5, 1)
    ]
    return _drawn(parts)


def trend(series: Sequence[tuple[str, Sequence[float | None]]], title: str) -> Markup:
    """Up to six measures over runs, oldest on the left, each in its own colour, with a legend below."""
    parts = [_frame(title, RUNS, "value", below=9 * (min(len(series), 6) + 1))]
    for place, (name, values) in enumerate(series[:6]):
        last = max(1, len(values) - 1)
        points = [(run / last, value) for run, value in enumerate(values) if value is not None]
        parts.append(_line(f"series s{place}", points))
        for x, y in points:
            label = f"<title>{escape(name)}: {y:.3f}</title>"
            parts.append(f'<circle class="dot s{place}" cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="3">{label}</circle>')
        left, y = LEFT + 160 * (place % 2), HEIGHT + 10 + 18 * (place // 2)
        parts.append(f'<circle class="dot s{place}" cx="{left}" cy="{y - 4}" r="4"/>')
        parts.append(f'<text class="label" x="{left + 10}" y="{y}">{escape(name)}</text>')
    return _drawn(parts)


def _drawn(parts: Sequence[str]) -> Markup:
    return Markup("".join(parts) + "</svg>")  # noqa: S704  (numbers, and text that was escaped when inserted)


def _frame(title: str, across: str, up: str, below: int = 0) -> str:
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT + below}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts.append(f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(tick)}" y2="{_y(tick)}"/>')
        parts.append(f'<text class="tick" x="{LEFT - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:g}</text>')
        if across != RUNS:
            parts.append(f'<text class="tick" x="{_x(tick)}" y="{_y(0) + 14}" text-anchor="middle">{tick:g}</text>')
    parts.append(f'<text class="label" x="{_x(0.5)}" y="{HEIGHT - 4}" text-anchor="middle">{escape(across)}</text>')
    x, y = 10, _y(0.5)
    parts.append(
        f'<text class="label" x="{x}" y="{y}" text-anchor="middle" transform="rotate(-90 {x} {y})">{escape(up)}</text>'
    )
    return "".join(parts)


def _line(kind: str, points: Points) -> str:
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f'<polyline class="{kind}" points="{path}"/>'


def _x(value: float) -> float:
    return LEFT + value * (WIDTH - LEFT - RIGHT)


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM)
