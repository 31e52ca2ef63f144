"""Everything ``index`` raises on purpose. Each message names what was expected, what was found, and the mend."""

from __future__ import annotations


class DatelineError(Exception):
    """Base of every error Dateline raises on purpose; shown to the user as one sentence, never a traceback."""

    exit_code = 2


class BadInput(DatelineError):
    """Usage, settings or input that cannot be worked with (exit code 2)."""


class EnvironmentProblem(DatelineError):
    """Something outside the input is wrong: a missing model, a damaged index, a server that is down (exit code 3)."""

    exit_code = 3


class ArchiveMissing(BadInput):
    """There is no archive in the folder given."""


class ArchiveBusy(EnvironmentProblem):
    """Another process is writing to this archive."""


class ArchiveDamaged(EnvironmentProblem):
    """The record or an index derived from it cannot be read."""


class FingerprintMismatch(EnvironmentProblem):
    """The archive was built with another embedder or other chunking."""


class ModelMissing(EnvironmentProblem):
    """Model weights are absent or not the ones expected."""


class UnknownArticle(BadInput):
    """No article with this id is in the archive."""


class IndexDamaged(ArchiveDamaged):
    """An index derived from the record cannot be used; it can always be rebuilt from the record."""
