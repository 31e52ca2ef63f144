"""Detects changes to the files of a derived index without opening them."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def signature_of(folder: Path, without: str = "") -> str:
    """Return the names, sizes and modification times of all files under a folder as JSON; empty if there are none.

    Args:
        folder: the folder, including its subfolders.
        without: skip files whose name starts with this prefix; empty skips none. Lock files are always skipped.
    """
    files = {}
    for path, about in files_under(folder):
        if not path.name.endswith(".lock") and not (without and path.name.startswith(without)):
            files[path.relative_to(folder).as_posix()] = [about.st_size, about.st_mtime_ns]
    return json.dumps(files) if files else ""


def files_under(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the files under a folder in order of name, skipping files that another process deletes meanwhile."""
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):
            about = path.stat()
            if stat.S_ISREG(about.st_mode):
                yield path, about
