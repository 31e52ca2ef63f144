"""Data sets that are had from packages: each file is checked to be the one that was looked at."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.errors import BadInput


def published(path: Path, sha256: str, name: str) -> Path:
    """The path itself.

    Raises:
        BadInput: the file is missing, or its sha256 is another.
    """
    if not path.is_file():
        raise BadInput(f"{path} is missing; it should be {name}.")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise BadInput(f"{path} is not {name}; its sha256 should begin {sha256[:12]}.")
    return path
