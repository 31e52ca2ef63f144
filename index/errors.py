"""The exceptions of ``index``. Each message says what was expected, what was found and how to fix it."""

from __future__ import annotations


class DatelineError(Exception):
    """Base class of Dateline's own exceptions; shown to the user as one sentence, never as a traceback."""

    exit_code = 2


class BadInput(DatelineError):
    """Invalid usage, settings or input (exit code 2)."""


class EnvironmentProblem(DatelineError):
    """A problem outside the input, such as a missing model, a damaged index or an unreachable server (exit code 3)."""

    exit_code = 3


class ArchiveMissing(BadInput):
    """The given folder does not contain an archive."""


class ArchiveBusy(EnvironmentProblem):
    """Another process is writing to this archive."""


class ArchiveDamaged(EnvironmentProblem):
    """The record or an index derived from it cannot be read."""


class FingerprintMismatch(EnvironmentProblem):
    """The archive was built with another embedder or other chunk sizes."""


class ModelMissing(EnvironmentProblem):
    """Model weights are missing or not the expected ones."""


class UnknownArticle(BadInput):
    """The archive has no article with this id."""


class IndexDamaged(ArchiveDamaged):
    """A derived index cannot be used; it can always be rebuilt from the record."""
