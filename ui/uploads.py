"""Storage for files uploaded from the page, in a folder of the archive, so that they can be read again later."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from uuid import uuid4

from index.corpus import SUFFIXES
from index.errors import BadInput
from index.readers.source import too_large
from ui.text import one_line

LINES_FACTOR = 20
"""How many times larger than a single article a file with one article per line may be."""

LONGEST_NAME = 120
"""Maximum length of a stored file name in bytes, without its suffix."""

_MANY = (".jsonl", ".ndjson")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:]+")


@dataclass(frozen=True, slots=True)
class Uploads:
    """A folder addressed by content hash and name: duplicates are stored once and nothing is overwritten.

    ``max_bytes`` is the maximum file size of one article, the same limit as for ``dateline add``.
    """

    folder: Path
    max_bytes: int

    def limit(self, name: str) -> int:
        """Return the maximum size in bytes of a file with this name."""
        return self.max_bytes * (LINES_FACTOR if name.lower().endswith(_MANY) else 1)

    async def receive(self, name: str, content: AsyncIterable[bytes]) -> str:
        """Store a file and return its token for ``path``.

        Raises:
            BadInput: The file type is not supported or the file is too large; nothing is stored.
        """
        safe = safe_name(name)
        limit = self.limit(safe)
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".{uuid4().hex}.part"
        try:
            seen, size = hashlib.sha256(), 0
            with draft.open("wb") as file:
                async for block in content:
                    size += len(block)
                    if size > limit:
                        raise BadInput(f"{one_line(name)}: {too_large(limit)}.")
                    seen.update(block)
                    file.write(block)
            token = f"{seen.hexdigest()[:16]}/{safe}"
            place = self.folder / token
            place.parent.mkdir(exist_ok=True)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
        return token

    def path(self, token: str) -> Path | None:
        """Return the path of a stored file, or None if the token is invalid or unknown."""
        digest, _, name = token.partition("/")
        if not re.fullmatch(r"[0-9a-f]{16}", digest) or not name or safe_or_none(name) != name:
            return None
        place = self.folder / digest / name
        return place if place.is_file() else None

    def drop(self, path: Path | None) -> None:
        """Delete a file if it is in this folder."""
        if path and path.parent.parent == self.folder:
            path.unlink(missing_ok=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def safe_name(name: str) -> str:
    """Return a file name without directories, unsafe characters or a leading dot.

    Raises:
        BadInput: The file type is not supported.
    """
    plain = _UNSAFE.sub(" ", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    plain = plain.encode("utf-8", "replace").decode()
    suffix = Path(plain).suffix
    if suffix.lower() not in SUFFIXES:
        kind = f"files of type {one_line(suffix)!r}" if suffix else "files without a type"
        raise BadInput(f"{one_line(name, 80)}: {kind} cannot be read; expected one of {' '.join(SUFFIXES)}.")
    stem = plain[: -len(suffix)]
    while len(stem.encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return (stem.strip() or "article") + suffix


def safe_or_none(name: str) -> str | None:
    """Return ``safe_name``, or None if it raises."""
    try:
        return safe_name(name)
    except BadInput:
        return None
