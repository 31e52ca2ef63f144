"""Reads articles from paths: walks folders, chooses a reader for each file and reports every problem."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from index.readers.fields import fingerprint
from index.readers.source import Found, Reader, Source
from index.types import Article, Problem

# Reader modules are imported on first use, because some depend on large libraries.
_READERS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".pdf": "pdf",
    ".docx": "docx",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
SUFFIXES = tuple(_READERS)
"""Supported file suffixes, in lower case and with the dot."""


def is_markdown_file(path: Path) -> bool:
    """Return whether a file is read as Markdown."""
    return _READERS.get(path.suffix.lower()) == "markdown"


def read_paths(paths: Sequence[Path], *, max_bytes: int) -> Reading:
    """Iterate over every article in ``paths`` and every problem found, in a deterministic order.

    A folder yields its files in order of name, then its subfolders. Hidden files are skipped, links that lead out of
    the folder are not followed, and a file reached twice is read once. A different article with an id already seen is
    a problem that names both places; an identical one is ignored.

    Args:
        paths: files and folders. A path that does not exist or has an unsupported type is a problem.
        max_bytes: maximum size of one article on disk; in a JSON lines file, of each line.
    """
    return Reading(paths, max_bytes)


class Reading(Iterator[Article | Problem]):
    """The iterator that ``read_paths`` returns.

    ``left_out`` counts what was skipped so far in folders without being a problem: files of unsupported types by
    suffix, and under ``link`` the links that are broken or lead out of the folder.
    """

    def __init__(self, paths: Sequence[Path], max_bytes: int) -> None:
        self.left_out: Counter[str] = Counter()
        self._max_bytes = max_bytes
        self._files: set[Path] = set()
        self._ids: dict[str, tuple[str, str]] = {}
        self._items = self._read_all(paths)

    def __next__(self) -> Article | Problem:
        return next(self._items)

    def _read_all(self, paths: Sequence[Path]) -> Iterator[Article | Problem]:
        for path in paths:
            for found in _given(path, self.left_out):
                if isinstance(found, Problem):
                    yield found
                else:
                    yield from self._read(found)

    def _read(self, shown: Path) -> Iterator[Article | Problem]:
        source = Source(shown, shown.resolve(), self._max_bytes)
        if source.path in self._files:
            return
        self._files.add(source.path)
        if not _is_utf8(source.path):
            yield _unnamed(shown)
            return
        for item in _reader(shown)(source):
            if isinstance(item, Problem):
                yield item
            else:
                yield from self._once(item, source)

    def _once(self, found: Found, source: Source) -> Iterator[Article | Problem]:
        """Yield the article if its id is new, nothing if it is a duplicate, and a problem if the id is taken."""
        said = fingerprint(found.article)
        place = f"{source.shown}, line {found.line}" if found.line else str(source.shown)
        earlier = self._ids.setdefault(found.article.id, (said, place))
        if earlier == (said, place):
            yield found.article
        elif earlier[0] != said:
            text = f"has the id {found.article.id!r} of another article ({earlier[1]}); give one of them another id"
            yield source.problem(text, found.line)


def _given(path: Path, left_out: Counter[str]) -> Iterator[Path | Problem]:
    """Yield the files of a path given by the user."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield Problem(path, None, "no such file or folder; check the spelling")
        return
    except (OSError, ValueError) as error:
        yield _unopened(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, left_out)
    elif not stat.S_ISREG(mode):
        yield Problem(path, None, "neither a file nor a folder; save its contents to a file first")
    elif path.suffix.lower() not in _READERS:
        of_type = f"files of type {path.suffix!r}" if path.suffix else "files without a type"
        yield Problem(path, None, f"{of_type} cannot be read; expected one of {' '.join(SUFFIXES)}")
    else:
        yield path


def _walk(top: Path, left_out: Counter[str]) -> Iterator[Path | Problem]:
    root = top.resolve()
    found = 0
    pending = [top]
    while pending:
        here = pending.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            found += 1
            yield _unopened(here, error)
            continue
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        for entry in visible:
            if _is_article_file(entry, root, left_out):
                found += 1
                yield here / entry.name
        folders = [here / entry.name for entry in visible if entry.is_dir(follow_symlinks=False)]
        pending.extend(reversed(folders))
    if not found:
        yield Problem(top, None, f"no articles in this folder; expected files of type {' '.join(SUFFIXES)}")


def _is_article_file(entry: os.DirEntry[str], root: Path, left_out: Counter[str]) -> bool:
    if entry.is_symlink() and not _leads_into(Path(entry.path), root):
        left_out["link"] += 1
        return False
    if entry.is_dir():
        return False
    suffix = Path(entry.name).suffix.lower()
    if suffix in _READERS and entry.is_file():
        return True
    left_out[suffix or "no type"] += 1
    return False


def _leads_into(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _unopened(path: Path, error: OSError | ValueError) -> Problem:
    reason = getattr(error, "strerror", None) or "not a path"
    return Problem(path, None, f"cannot be opened ({reason}); check that you may read it")


def _unnamed(path: Path) -> Problem:
    """Return the problem of a file whose name cannot be displayed or cited."""
    written = os.fsencode(path)
    name = Path(written.decode(errors="backslashreplace"))
    try:
        written.decode()
    except UnicodeDecodeError:
        return Problem(name, None, "the file's name is not UTF-8, so it cannot be shown or cited; rename it")
    encoding = sys.getfilesystemencoding()
    return Problem(name, None, f"the locale's encoding ({encoding}) cannot represent the name; set LC_ALL=C.UTF-8")


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _reader(path: Path) -> Reader:
    return cast("Reader", import_module(f"index.readers.{_READERS[path.suffix.lower()]}").read)
