"""The Jinja environment, the only place where untrusted text becomes markup.

Every value is escaped (Jinja's autoescape) and passed through ``ui.text.visible`` by the environment itself, so no
template can forget it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

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
    environment.filters["shown"] = shown_text
    environment.filters["spaced"] = _spaced
    return environment


def _finalize(value: object) -> object:
    return value if isinstance(value, Markup) else visible(str(value))


def _spaced(text: str) -> Markup:
    """Escape ``text`` and add space after single line breaks; the visible text does not change."""
    return Markup(_LONE_BREAK.sub('\n<span class="gap"></span>', str(escape(visible(text)))))  # noqa: S704  (escaped)


def rendered(template: str, **values: object) -> str:
    """Render a template of ``ui/templates`` with escaped values."""
    return _environment().get_template(template).render(**values)
