"""The file that a reader receives, and how a reader reports problems."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.types import Article, Problem


@dataclass(frozen=True, slots=True)
class Found:
    """An article and the line of its file on which it starts; None if the file has one article or no lines."""

    article: Article
    line: int | None = None


Item = Found | Problem


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    ``shown`` is the path as the user gave it, used in problems. ``path`` is the resolved path, used for articles, which
    does not depend on the current folder. ``max_bytes`` is the maximum size of one article on disk.
    """

    shown: Path
    path: Path
    max_bytes: int

    def problem(self, text: str, line: int | None = None, *, skipped: bool = True) -> Problem:
        """Return a problem of this file."""
        return Problem(path=self.shown, line=line, problem=text, skipped=skipped)

    def read_bytes(self) -> bytes:
        """Read the whole file.

        Raises:
            Unreadable: the file is empty, or larger than ``max_bytes``.
            OSError: the file cannot be opened or read.
        """
        with self.path.open("rb") as file:
            data = file.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise Unreadable(too_large(self.max_bytes))
        if not data:
            raise Unreadable("empty file (0 bytes); put the article's text in it or remove it")
        return data


def file_id(path: Path) -> str:
    """Return a readable id for an article that states none; it is stable as long as the file is not moved."""
    stem = unicodedata.normalize("NFC", path.stem).casefold()
    slug = re.sub(r"[\W_]+", "-", stem).strip("-")[:60] or "article"
    return f"{slug}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}"


class Unreadable(Exception):
    """Raised inside a reader: one sentence on what is wrong and how to fix it, and the line if it is known."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


def too_large(max_bytes: int) -> str:
    """Return the problem text for a file or line over the size limit."""
    return f"larger than the {max_bytes / 1e6:g} MB allowed; split it, or raise max_file_mb if it really is one article"


Reader = Callable[[Source], Iterator[Item]]


def reader(read: Reader) -> Reader:
    """Decorate a reader: exceptions about its file become problems; articles yielded before are kept."""

    @functools.wraps(read)
    def guarded(source: Source) -> Iterator[Item]:
        try:
            yield from read(source)
        except Unreadable as error:
            yield source.problem(error.problem, error.line)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            yield source.problem(f"cannot be read ({reason}); check that it is still there and may be opened")

    return guarded
