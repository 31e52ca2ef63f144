"""Kills a sync repeatedly with SIGKILL and checks after each kill that the next commands recover.

Run as a program; prints one JSON line per kill. Each run is forked from one process that has imported everything and
opened nothing, because starting Python for each would take a hundred times as long.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import chromadb  # noqa: F401
import tantivy  # noqa: F401
from test_index.fakes_archive import article, open_archive

from index.catalog import Catalog
from index.change_log import ChangeLog
from index.lexical import LexicalIndex
from index.types import Article, Question
from index.vectors import VectorIndex

ROOT = Path("/news")
MANY = 500
STEPS = [  # class, method, number of the call, and whether to kill before or after it
    (Catalog, "put", 1, "before"),
    (Catalog, "put", 1, "after"),
    (LexicalIndex, "put", 1, "after"),
    (ChangeLog, "stamp", 1, "after"),
    (VectorIndex, "put", 1, "after"),
    (VectorIndex, "put", 2, "before"),
    (VectorIndex, "commit", 1, "after"),
    (Catalog, "remove", 1, "after"),
    (ChangeLog, "stamp", 2, "after"),
    (ChangeLog, "forget", 1, "before"),
]


def before(size: int) -> list[Article]:
    return [_article(number, "It was so.", size) for number in range(size)]


def after(size: int) -> list[Article]:
    """A third unchanged, a third changed, a third removed, and as many new ones."""
    changed = [_article(number, "It was not so.", size) for number in range(size // 3, 2 * size // 3)]
    return [
        *before(size)[: size // 3],
        *changed,
        *(_article(number, "It is new.", size) for number in range(size, size * 4 // 3)),
    ]


def _article(number: int, end: str, size: int) -> Article:
    """If there are many, no two share text, because computing links would take most of the time."""
    alone = f"Town{number} closed its harbour{number} on day{number}. Agency{number} denied any risk{number}."
    text = article(number).text if size < MANY else alone
    return article(number, f"{text}\n\n{end} In Town{number} that is.", path=ROOT / f"{number}.txt")


def forked(run: Callable[[], None]) -> int:
    """Run a function in a child process; return its exit status, negative if a signal ended it."""
    child = os.fork()
    if child == 0:
        try:
            run()
        except BaseException:  # noqa: BLE001  (a child must never come back as a second parent)
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(owner: type, name: str, call: int, when: str) -> None:
    """Patch a method so that its given call kills this process, before or right after its work."""
    real = getattr(owner, name)
    calls = iter(range(1, 10_000))

    def deadly(*arguments: object, **options: object) -> object:
        number = next(calls)
        if number == call and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*arguments, **options)
        if number == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(owner, name, deadly)


def die_within(owner: type, name: str, call: int, seconds: float) -> None:
    """Patch a method so that another process kills this one some seconds after the given call began."""
    real = getattr(owner, name)
    calls = iter(range(1, 10_000))

    def doomed(*arguments: object, **options: object) -> object:
        if next(calls) == call:
            victim = os.getpid()
            if os.fork() == 0:
                time.sleep(seconds)
                os.kill(victim, signal.SIGKILL)
                os._exit(0)
        return real(*arguments, **options)

    setattr(owner, name, doomed)


def sync(folder: Path, articles: list[Article], prepare: Callable[[], None] = lambda: None) -> None:
    prepare()
    with open_archive(folder) as archive:
        archive.sync(articles, mirror_roots=[ROOT])


def inspect(folder: Path, size: int) -> None:
    """Check what must hold for the next commands after a kill."""
    old, new = ({each.id: each for each in articles} for articles in (before(size), after(size)))
    with open_archive(folder, create=False) as archive:
        for summary in archive.articles():
            assert archive.article(summary.id) in (old.get(summary.id), new.get(summary.id)), "half an article"
        assert {each.id for each in before(size)[: 2 * size // 3]} <= {each.id for each in archive.articles()}, (
            "one is lost"
        )
        assert archive.search(Question("Town0 closed"), 5), "nothing is found"
        assert archive.check() == [], f"not repaired by a search: {archive.check()}"
        archive.sync(after(size), mirror_roots=[ROOT])
        assert {each.id: archive.article(each.id) for each in archive.articles()} == new, "not completed"
        assert archive.check() == [], f"not sound: {archive.check()}"
        found = {hit.chunk.article_id for hit in archive.search(Question(f"Town{size}"), 50)}
        assert f"a{size}" in found, "a new article is not found"


def main(folder: Path, size: int, way: str) -> None:
    base = folder / "base"
    assert forked(lambda: sync(base, before(size))) == 0
    deaths: list[tuple[str, Callable[[], None]]] = [
        (f"{when} call {call} of {owner.__name__}.{name}", partial(die_at, owner, name, call, when))
        for owner, name, call, when in STEPS
    ]
    if way == "persist":
        moments = random.Random(7)  # noqa: S311
        spans = [(call, moments.uniform(0, 0.4)) for call in (1, 2)]
        deaths = [
            (
                f"{seconds:.3f} s into call {call} of VectorIndex.put",
                partial(die_within, VectorIndex, "put", call, seconds),
            )
            for call, seconds in spans
        ]
    for number, (label, death) in enumerate(deaths):
        copy = folder / str(number)
        shutil.copytree(base, copy)
        ended = forked(partial(sync, copy, after(size), death))
        verdict = forked(partial(inspect, copy, size))
        print(json.dumps({"at": label, "killed": ended == -signal.SIGKILL, "sound": verdict == 0}), flush=True)  # noqa: T201
        shutil.rmtree(copy)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
