"""The Jinja environment, the only place where untrusted text becomes markup.

Every value is escaped (Jinja's autoescape) and passed through ``ui.text.visible`` by the environment itself, so no
template can forget it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from index.markdown_styles import Run, without_marks
from index.types import Span
from rag.wire import shown_text
from ui import page_words, words
from ui.text import digest, one_line, visible

_LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
    )
    environment.globals["words"] = words
    environment.globals["page"] = page_words
    environment.globals["digest"] = digest
    environment.filters["excerpt"] = one_line
    environment.filters["quoted"] = _quoted
    environment.filters["shown"] = shown_text
    environment.filters["spaced"] = _spaced
    return environment


def _finalize(value: object) -> object:
    return value if isinstance(value, Markup) else visible(str(value))


def _quoted(quote: str, longest: int) -> str:
    """The beginning of a quote on one line, without Markdown marks; the article pane shows it exactly."""
    return one_line(without_marks(quote), longest)


def _spaced(text: str) -> Markup:
    """Escape ``text`` and add space after single line breaks; hidden marks stay in it."""
    return Markup(_LONE_BREAK.sub('\n<span class="gap"></span>', str(escape(visible(text)))))  # noqa: S704  (escaped)


def styled(text: str, part: Span, runs: Sequence[Run]) -> Markup:
    """Escape ``text[part.start:part.end]`` with each styled run in a ``<span>``; hidden marks stay in it."""
    pieces: list[str] = []
    at = part.start
    for run in runs:
        start, end = max(run.start, part.start), min(run.end, part.end)
        if start < end:
            classes = " ".join(run.styles)
            pieces += [_spaced(text[at:start]), f'<span class="{classes}">', _spaced(text[start:end]), "</span>"]
            at = end
    return Markup("".join([*pieces, _spaced(text[at : part.end])]))  # noqa: S704  (escaped)


def rendered(template: str, **values: object) -> str:
    """Render a template of ``ui/templates`` with escaped values."""
    return _environment().get_template(template).render(**values)
