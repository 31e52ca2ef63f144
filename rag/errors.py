"""Exceptions raised by ``rag``, in addition to those of ``index``."""

from __future__ import annotations

from index.errors import EnvironmentProblem


class ReaderFailed(EnvironmentProblem):
    """The language model could not be reached, timed out, or sent an invalid answer."""


class Unfinished(ReaderFailed):
    """The language model stopped before it had completed an answer."""


class ModelUnfit(EnvironmentProblem):
    """A model's labels cannot be mapped to supported / refuted / not enough info."""
