"""Opens an archive's Chroma folder and queries it many times, in a separate process that may crash.

Run as ``python -m index.probe ARCHIVE``; exits with 0 if the collection could be read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from index.bounds import Bounds
from index.catalog import Catalog
from index.vectors import VectorIndex

QUESTIONS = 200  # each visits a few hundred nodes of the graph


def main(folder: Path) -> None:
    """Query the collection with random vectors."""
    catalog = Catalog(folder, create=False)
    made = catalog.fingerprint
    if made is None:
        return
    vectors = VectorIndex(folder, catalog.archive_id)
    vectors.count()
    for question in np.random.default_rng(0).normal(size=(QUESTIONS, made.dimension)).astype(np.float32):
        vectors.search(question, 10, Bounds(), ())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
