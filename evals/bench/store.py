"""Measure storage and search as an archive grows: ``python -m evals.bench.store``.

Texts and vectors are synthetic (clustered vectors of 384 dimensions, one chunk per article), since their meaning does
not affect the work of Chroma, tantivy and SQLite. ``index.search.EXACT_BELOW`` was chosen from this table.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zlib import crc32

import numpy as np

from index.archive import Archive
from index.bounds import Bounds
from index.catalog import Catalog
from index.lexical import LexicalIndex
from index.nearest import Found, nearest
from index.ports import Vectors
from index.types import Article, Question
from index.vectors import VectorIndex

DIMENSION = 384
CLUSTERS = 200
START = datetime(2020, 1, 1, tzinfo=UTC)
SHARES = (0.01, 0.05, 0.2, 0.5, 1.0)
REPEATS = 7


class MadeUpEmbedder:
    """Derives a vector from the hash of a text: the centre of a cluster plus noise."""

    name = "made-up"
    dimension = DIMENSION
    max_tokens = 256

    def __init__(self) -> None:
        self._centres = np.random.default_rng(0).normal(size=(CLUSTERS, DIMENSION))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of words in each text."""
        return [len(text.split()) for text in texts]

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text; the same text always gets the same vector."""
        seeds = [crc32(text.encode()) for text in texts]
        rows = [self._centres[seed % CLUSTERS] + np.random.default_rng(seed).normal(size=DIMENSION) for seed in seeds]
        vectors = np.asarray(rows, dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """The same as for texts."""
        return self.embed_texts(texts)


def articles(count: int) -> Iterator[Article]:
    """Articles of one chunk, published a minute apart, with words from a Zipf distribution."""
    rng = np.random.default_rng(1)
    for number in range(count):
        words = " ".join(f"w{rank}" for rank in rng.zipf(1.3, size=40) % 20_000)
        published = START + timedelta(minutes=number)
        yield Article(f"a{number}", f"Title {number}", f"{words}.", outlet=f"o{number % 20}", published=published)


def milliseconds(run: Callable[[], object]) -> float:
    """Median wall time of ``REPEATS`` runs after a warm-up run, in milliseconds."""
    run()
    times = []
    for _ in range(REPEATS):
        before = time.perf_counter()
        run()
        times.append(time.perf_counter() - before)
    return statistics.median(times) * 1000


def measure(folder: Path, count: int) -> None:
    """Fill an archive with ``count`` articles, then time every way to search it."""
    embedder = MadeUpEmbedder()
    with Archive.open(folder, embedder, max_tokens=200, overlap=0, candidates=40) as archive:
        before, cpu = time.perf_counter(), time.process_time()
        archive.sync(articles(count))
        print(
            f"{count} chunks: filled in {time.perf_counter() - before:.0f} s, {time.process_time() - cpu:.0f} s of CPU"
        )
        for name in ("catalog.sqlite", "chroma", "lexical"):
            print(f"  {name:15} {_size(folder, name) / 1e6:8.1f} MB")
        question = "w17 w250 w999 w4000"
        until = START + timedelta(minutes=count / 10)
        for label, asked in (("unbounded", Question(question)), ("as of first tenth", Question(question, as_of=until))):
            print(f"  search, {label:17} {milliseconds(partial(archive.search, asked, 8)):8.1f} ms")
    _dense(folder, embedder.embed_questions([question])[0], count)


def _dense(folder: Path, vector: np.ndarray[tuple[int], np.dtype[np.float32]], count: int) -> None:
    catalog = Catalog(folder, create=False)
    chroma, words = VectorIndex(folder, catalog.archive_id), LexicalIndex(folder)
    print(f"  {'share within bounds':>21} {'exact ms':>9} {'Chroma ms':>10} {'words ms':>9} {'same of 40':>11}")
    terms = words.terms("w17 w250 w999 w4000")
    for share in SHARES:
        last = START + timedelta(minutes=count * share)
        bounds = Bounds.of(Question("", as_of=last))
        exact = {chunk for chunk, _ in _exact(catalog, vector, bounds)}
        approximate = {chunk for chunk, _ in chroma.search(vector, 40, bounds, ())}
        columns = (
            milliseconds(partial(_exact, catalog, vector, bounds)),
            milliseconds(partial(chroma.search, vector, 40, bounds, ())),
            milliseconds(partial(words.search, terms, 160, bounds, ())),
        )
        print(f"  {share:21.0%} {columns[0]:9.1f} {columns[1]:10.1f} {columns[2]:9.1f} {len(exact & approximate):11}")
    unbounded = milliseconds(partial(chroma.search, vector, 40, Bounds(), ()))
    print(f"  {'no bounds':>21} {'':9} {unbounded:10.1f}")
    chroma.close()
    catalog.close()


def _exact(catalog: Catalog, vector: np.ndarray[tuple[int], np.dtype[np.float32]], bounds: Bounds) -> Found:
    return nearest(vector, catalog.view(bounds).vector_blocks(), 40)


def _size(folder: Path, name: str) -> int:
    return sum(
        file.stat().st_size for path in folder.glob(f"{name}*") for file in [path, *path.rglob("*")] if file.is_file()
    )


def main() -> None:
    """Run the command line interface."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, nargs="+", default=[2_000, 20_000], help="archive sizes")
    for count in parser.parse_args().chunks:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), count)


if __name__ == "__main__":
    main()
