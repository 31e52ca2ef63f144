"""The file a reader is handed, and how it says that it cannot read it."""

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
    """An article and the line of its file on which it stands; None where the file is the article or has no lines."""

    article: Article
    line: int | None = None


Item = Found | Problem


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    ``shown`` is the path as the user gave it (for problems), ``path`` the resolved one (for articles: it means the
    same in whatever folder the next command is started), ``max_bytes`` the most one article may take on disk.
    """

    shown: Path
    path: Path
    max_bytes: int

    def problem(self, text: str, line: int | None = None, *, skipped: bool = True) -> Problem:
        """A problem of this file."""
        return Problem(path=self.shown, line=line, problem=text, skipped=skipped)

    def read_bytes(self) -> bytes:
        """All of the file.

        Raises:
            Unreadable: empty, or larger than ``max_bytes``.
            OSError: the system does not let us.
        """
        with self.path.open("rb") as file:
            data = file.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise Unreadable(too_large(self.max_bytes))
        if not data:
            raise Unreadable("empty file (0 bytes); put the article's text in it or remove it")
        return data


def file_id(path: Path) -> str:
    """A readable id for a file that states none: it stays the same as long as the file stays where it is."""
    stem = unicodedata.normalize("NFC", path.stem).casefold()
    slug = re.sub(r"[\W_]+", "-", stem).strip("-")[:60] or "article"
    return f"{slug}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}"


class Unreadable(Exception):
    """Raised inside a reader: one sentence on what is wrong and how to mend it and, where it makes sense, the line."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


def too_large(max_bytes: int) -> str:
    """The words for what is over the limit."""
    return f"larger than the {max_bytes / 1e6:g} MB allowed; split it, or raise max_file_mb if it really is one article"


Reader = Callable[[Source], Iterator[Item]]


def reader(read: Reader) -> Reader:
    """Makes what ``read`` raises about its file a problem of that file; what it gave before stands."""

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
