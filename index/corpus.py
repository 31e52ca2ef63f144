"""From paths to articles: walks folders, chooses a reader for each file and names every problem."""

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

# A reader is imported when the first file of its format is met: some bring large libraries.
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
"""The file types that can be read: lower case, with their dot."""


def read_paths(paths: Sequence[Path], *, max_bytes: int) -> Reading:
    """Every article in ``paths`` and every problem met on the way, one at a time and always in the same order.

    A folder gives its files by name, then its subfolders. Hidden files are passed over, links that lead out of the
    folder are not followed, and a file met twice is read once. A second, different article with an id already seen is a
    problem that names both places; the same article again is nothing.

    Args:
        paths: files and folders; what does not exist or is of a type that cannot be read is a problem.
        max_bytes: the most that one article may take on disk; of a JSON lines file this bounds each line.
    """
    return Reading(paths, max_bytes)


class Reading(Iterator[Article | Problem]):
    """What ``read_paths`` gives.

    ``left_out`` counts, so far, what was passed by in folders without being a problem: files of other types by
    their suffix, and as ``link`` the links that lead out of the folder or nowhere.
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
        """The article if its id is new, nothing if it is the same again, otherwise a problem."""
        said = fingerprint(found.article)
        place = f"{source.shown}, line {found.line}" if found.line else str(source.shown)
        earlier = self._ids.setdefault(found.article.id, (said, place))
        if earlier == (said, place):
            yield found.article
        elif earlier[0] != said:
            text = f"has the id {found.article.id!r} of another article ({earlier[1]}); give one of them another id"
            yield source.problem(text, found.line)


def _given(path: Path, left_out: Counter[str]) -> Iterator[Path | Problem]:
    """The files that a path given by the user stands for."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield Problem(path, None, "no such file or folder; check how it is written")
        return
    except (OSError, ValueError) as error:
        yield _unopened(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, left_out)
    elif not stat.S_ISREG(mode):
        yield Problem(path, None, "neither a file nor a folder; save what it gives to a file first")
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
    """A file whose name could not be shown or cited."""
    written = os.fsencode(path)
    name = Path(written.decode(errors="backslashreplace"))
    try:
        written.decode()
    except UnicodeDecodeError:
        return Problem(name, None, "the file's name is not UTF-8, so it could not be shown or cited; rename it")
    encoding = sys.getfilesystemencoding()
    return Problem(name, None, f"the locale's encoding ({encoding}) cannot hold the file's name; set LC_ALL=C.UTF-8")


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _reader(path: Path) -> Reader:
    return cast("Reader", import_module(f"index.readers.{_READERS[path.suffix.lower()]}").read)
