"""The archive of invented news that ships with Dateline: no place, person or event in it is real."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_articles() -> Path:
    """The folder of the shipped articles: text, Markdown, HTML and JSON lines."""
    return Path(str(files(__name__) / "articles"))
