"""The sample archive: fictional news articles. No place, person or event in them is real."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_articles() -> Path:
    """Return the folder of the sample articles (text, Markdown, HTML and JSON lines)."""
    return Path(str(files(__name__) / "articles"))
