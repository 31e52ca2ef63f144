"""What the files of a derived index look like from outside."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def signature_of(folder: Path, without: str = "") -> str:
    """Names, sizes and times of change of the files under a folder; empty where there are none.

    Args:
        folder: where to look.
        without: files whose name begins like this do not count (empty: all count).
    """
    files = {}
    for path, about in files_under(folder):
        if not path.name.endswith(".lock") and not (without and path.name.startswith(without)):
            files[path.relative_to(folder).as_posix()] = [about.st_size, about.st_mtime_ns]
    return json.dumps(files) if files else ""


def files_under(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The files under a folder in order of their names; one that a writer takes away meanwhile is left out."""
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):
            about = path.stat()
            if stat.S_ISREG(about.st_mode):
                yield path, about
