"""What the files of a derived index look like from outside."""

from __future__ import annotations

import json
from pathlib import Path


def signature_of(folder: Path, without: str = "") -> str:
    """Names, sizes and times of change of the files under a folder; empty where there are none.

    Args:
        folder: where to look.
        without: files whose name begins like this do not count (empty: all count).
    """
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(".lock") and not (without and path.name.startswith(without)):
            about = path.stat()
            files[path.relative_to(folder).as_posix()] = [about.st_size, about.st_mtime_ns]
    return json.dumps(files) if files else ""
