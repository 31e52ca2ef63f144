"""The folder of an archive: where its record is, and whether it exists and can be written to."""

from __future__ import annotations

import os
from pathlib import Path

from index.errors import EnvironmentProblem


def record_of(folder: Path) -> Path:
    """Return the path of an archive's record, whether or not it exists."""
    return folder / "catalog.sqlite"


def is_archive(folder: Path) -> bool:
    """Return whether a folder contains an archive.

    Raises:
        EnvironmentProblem: the folder cannot be accessed.
    """
    try:
        return record_of(folder).is_file()
    except OSError as error:
        raise EnvironmentProblem(
            f"The folder {folder} cannot be accessed ({error.strerror}): check its spelling and its permissions."
        ) from error


def is_writable(folder: Path) -> bool:
    """Return whether every part of an archive is writable: SQLite, Chroma and tantivy write files even when reading."""
    parts = (folder, *(folder / name for name in ("catalog.sqlite", "lock", "chroma", "lexical")))
    return all(os.access(part, os.W_OK) for part in parts if part.exists())


def create_folder(folder: Path) -> None:
    """Create the folder if it does not exist.

    Raises:
        EnvironmentProblem: the folder cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            f"The archive's folder {folder} cannot be created ({error.strerror}): choose another one."
        ) from error
