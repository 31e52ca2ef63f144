"""Exact nearest-neighbour search, and the order of search results."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from index.ports import Vectors

Found = list[tuple[str, float]]
"""Chunk ids with their cosine similarity, best first."""


def nearest(vector: npt.NDArray[np.float32], blocks: Iterator[tuple[list[str], Vectors]], limit: int) -> Found:
    """Return exactly the ``limit`` nearest of the given vectors; their order does not depend on the other vectors."""
    best: Found = []
    for ids, vectors in blocks:
        # Rounded because the last bits of a dot product depend on the row's position in the block.
        similarities = np.round(vectors @ vector, 6)
        least = np.partition(similarities, -limit)[-limit] if len(ids) > limit else -np.inf
        keep = np.flatnonzero(similarities >= least)
        best = ranked([*best, *((ids[row], float(similarities[row])) for row in keep)])[:limit]
    return best


def ranked(found: Found) -> Found:
    """Sort best first and ties by id, so that the order does not depend on the order of insertion."""
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
