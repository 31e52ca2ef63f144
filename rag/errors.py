"""Everything ``rag`` raises on purpose, besides what ``index`` raises."""

from __future__ import annotations

from index.errors import EnvironmentProblem


class ReaderFailed(EnvironmentProblem):
    """The language model could not be reached, timed out, or sent an invalid answer."""


class Unfinished(ReaderFailed):
    """The language model came to its end without an answer, or in the middle of one."""


class ModelUnfit(EnvironmentProblem):
    """A model's labels cannot be mapped to supported / refuted / not enough info."""
