"""Keeps an index that is derived from the record up to date with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from index.catalog import Catalog
from index.change_log import IndexState
from index.entries import Entry

BLOCK = 1000  # chunks passed to an index at a time


class Index(Protocol):
    """An index derived from the record and kept up to date with it."""

    @property
    def name(self) -> str:
        """The name under which the record stores the state of this index."""
        ...

    def put(self, entries: Sequence[Entry], gone: Sequence[str]) -> None:
        """Add or replace ``entries``, then delete the chunk ids in ``gone``."""
        ...

    def commit(self, generation: int) -> None:
        """Mark the index as holding all of a generation."""
        ...

    def signature(self) -> str:
        """Return a string that changes when the index's files change."""
        ...

    def reset(self) -> None:
        """Delete the index and start with an empty one."""
        ...


def bring_up(catalog: Catalog, index: Index) -> None:
    """Apply the changes since an index's generation; rebuild it if they are no longer logged."""
    generation = catalog.generation
    state = catalog.changes.state(index.name)
    if state and state.generation == generation and state.signature == index.signature():
        return
    changed = catalog.changes.after(state.generation) if state else None
    if changed is None:
        fill(catalog, index)
        return
    gone: list[str] = []
    for block in _blocks(changed, BLOCK):
        entries = catalog.entries(block)
        gone += set(block) - {entry.chunk.id for entry in entries}
        index.put(entries, [])
    for block in _blocks(sorted(gone), BLOCK):
        index.put([], block)
    _stamp(catalog, index, generation)


def fill(catalog: Catalog, index: Index) -> None:
    """Rebuild an index from the record without embedding anything."""
    catalog.changes.unstamp(index.name)
    generation = catalog.generation
    pour(catalog, index)
    _stamp(catalog, index, generation)


def pour(catalog: Catalog, index: Index) -> None:
    """Empty an index and add all chunks of the record to it."""
    index.reset()
    for block in _blocks(catalog.chunk_ids(), BLOCK):
        index.put(catalog.entries(block), [])


def _stamp(catalog: Catalog, index: Index, generation: int) -> None:
    index.commit(generation)
    catalog.changes.stamp(index.name, IndexState(generation, index.signature()))


def _blocks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
