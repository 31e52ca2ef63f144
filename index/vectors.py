"""The vector index: a Chroma collection of the chunks' vectors, in the archive's folder or on a server.

Derived from the record: it stores no texts and can always be rebuilt. This matters because Chroma can silently lose
vectors if it is killed while writing its graph.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from index.bounds import Bounds
from index.entries import Entry
from index.errors import BadInput, EnvironmentProblem, IndexDamaged
from index.files import signature_of
from index.nearest import Found
from index.ports import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection

# ef_search, measured at 100k chunks of 384 dimensions: recall@10 is 0.94 with Chroma's default of 100 and 0.99 with
# 500, and a query takes less than 3 ms. max_neighbors: with Chroma's default of 16, deleting a few of many near
# duplicates (a wire story that appears twice in a feed) permanently disconnects others from the graph (1 to 5 of 118);
# with 32 none, at 1.5 times the work. These settings take effect only when a collection is created.
GRAPH: CreateHNSWConfiguration = {"space": "cosine", "ef_search": 500, "ef_construction": 200, "max_neighbors": 32}
SAME = 1e-3  # cosine distance below which a vector has found itself; float32 rounding causes about 1e-6

_OPEN: Counter[tuple[str, Path]] = Counter()  # open clients in this process; Chroma shares their state by path
_OPEN_LOCK = threading.Lock()


class VectorIndex:
    """A nearest-neighbour index of chunk vectors; opened on first use."""

    def __init__(self, folder: Path, archive_id: str, url: str | None = None) -> None:
        self._folder = folder / "chroma"
        self._collection_name = f"dateline-{archive_id}"
        self._url = url
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None

    @property
    def name(self) -> str:
        """The name under which the record stores the state of this index."""
        return f"vectors at {self._url}" if self._url else "vectors"

    @property
    def collection(self) -> Collection:
        """The Chroma collection, created if it does not exist."""
        if self._collection is None:
            with self._translated():
                self._collection = self._connect().get_or_create_collection(
                    self._collection_name,
                    embedding_function=None,
                    configuration={"hnsw": GRAPH},
                )
        return self._collection

    def generation(self) -> int | None:
        """Return the generation of the record that the collection is marked with; None if it was never filled."""
        held = (self.collection.metadata or {}).get("generation")
        return int(held) if held is not None else None

    def count(self) -> int:
        """Return the number of vectors that Chroma reports."""
        with self._translated():
            return self.collection.count()

    def signature(self) -> str:
        """Return a string that changes when the graph's files change; empty if there are none to compare.

        Only our own writes should change them. Up to a few thousand vectors, Chroma keeps the graph in memory and
        writes empty files whenever it is opened, so these are ignored.
        """
        written = not self._url and any(self._folder.glob("*/index_metadata.pickle"))
        return signature_of(self._folder, without="chroma.sqlite3") if written else ""

    def put(self, entries: Sequence[Entry], gone: Sequence[str]) -> None:
        """Add or replace ``entries``, then delete the chunk ids in ``gone``."""
        with self._translated():
            most = self._connect().get_max_batch_size()
            for start in range(0, len(entries), most):
                block = entries[start : start + most]
                self.collection.upsert(
                    ids=[entry.chunk.id for entry in block],
                    embeddings=np.stack([entry.vector for entry in block]),
                    metadatas=[_metadata(entry) for entry in block],
                )
            for start in range(0, len(gone), most):
                self.collection.delete(ids=list(gone[start : start + most]))

    def commit(self, generation: int) -> None:
        """Mark the collection with the generation that it now holds."""
        with self._translated():
            self.collection.modify(metadata={"generation": generation})

    def search(self, vector: npt.NDArray[np.float32], limit: int, bounds: Bounds, outlets: Sequence[int]) -> Found:
        """Return approximately the ``limit`` nearest chunks within bounds.

        ``outlets`` are the catalog rows of the outlets in ``bounds``.
        """
        with self._translated():
            answer = self.collection.query(
                query_embeddings=vector[np.newaxis, :],
                n_results=limit,
                where=_where(bounds, outlets),
                include=["distances"],
            )
        distances = (answer["distances"] or [[]])[0]
        return [(chunk, 1 - float(distance)) for chunk, distance in zip(answer["ids"][0], distances, strict=True)]

    def lost(self, ids: Sequence[str], vectors: Vectors) -> list[str]:
        """Return the chunks whose vector does not find itself and that no search would return any more."""
        if not ids:
            return []
        with self._translated():
            answer = self.collection.query(query_embeddings=vectors, n_results=1, include=["distances"])
        distances = answer["distances"] or []
        return [chunk for chunk, row in zip(ids, distances, strict=True) if not len(row) or row[0] > SAME]

    def reset(self) -> None:
        """Delete the index and start with an empty collection."""
        if self._url:
            client = self._connect()
            with contextlib.suppress(_chroma_error()):
                client.delete_collection(self._collection_name)
            self._collection = None
        else:
            self.close()
            shutil.rmtree(self._folder, ignore_errors=True)
        _ = self.collection

    def close(self) -> None:
        """Close Chroma; the next use opens it again, which is how another process's writes become visible."""
        client, self._client, self._collection = self._client, None, None
        if client is None:
            return
        for part in (client, getattr(client, "_admin_client", None)):
            session = getattr(getattr(part, "_server", None), "_session", None)
            if session is not None:
                session.close()  # an HTTP client does not close its sockets itself
        from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415

        with _OPEN_LOCK:
            _OPEN[self.name, self._folder] -= 1
            if _OPEN[self.name, self._folder]:
                # Another Archive object in this process uses the same folder. Closing the client would stop it, and
                # without clearing the cache a new client would receive the same outdated graph.
                SharedSystemClient.clear_system_cache()
            else:
                with contextlib.suppress(Exception):  # closing a damaged index may fail
                    client.close()  # type: ignore[attr-defined]  # every client has it, but the interface does not

    def _connect(self) -> ClientAPI:
        if self._client is None:
            import chromadb  # noqa: PLC0415  (takes most of a second)
            from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415
            from chromadb.config import Settings  # noqa: PLC0415

            with self._translated():
                quiet = Settings(anonymized_telemetry=False)
                try:
                    if self._url:
                        self._client = chromadb.HttpClient(**_address(self._url), settings=quiet)
                    else:
                        self._client = chromadb.PersistentClient(str(self._folder), settings=quiet)
                except BaseException:
                    SharedSystemClient.clear_system_cache()  # otherwise Chroma returns the broken client again
                    raise
            with _OPEN_LOCK:
                _OPEN[self.name, self._folder] += 1
        return self._client

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Translate everything Chroma raises: its errors have no common base class, and its Rust core may panic."""
        try:
            yield
        except (EnvironmentProblem, BadInput, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a Rust panic is not an Exception
            if self._url:
                raise EnvironmentProblem(
                    f"The Chroma server at {self._url} does not answer as expected ({_line(error)}): start it with "
                    "`chroma run`, or remove chroma_url from the settings."
                ) from error
            raise IndexDamaged(
                f"The vector index in {self._folder} cannot be used ({_line(error)}): run `dateline index rebuild`."
            ) from error


def _metadata(entry: Entry) -> dict[str, int]:
    known = {"known_from": entry.known_from, "published_at": entry.published_at, "outlet": entry.outlet}
    # Chroma accepts neither None nor empty metadata.
    return {key: value for key, value in known.items() if value is not None} or {"undated": 1}


def _where(bounds: Bounds, outlets: Sequence[int]) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = []
    if bounds.known_by is not None:
        clauses.append({"known_from": {"$lte": bounds.known_by}})
    if bounds.since is not None:
        clauses.append({"published_at": {"$gte": bounds.since}})
    if bounds.until is not None:
        clauses.append({"published_at": {"$lte": bounds.until}})
    if bounds.outlets:
        clauses.append({"outlet": {"$in": list(outlets)}})
    if len(clauses) > 1:
        return {"$and": clauses}
    return clauses[0] if clauses else None


def _address(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadInput(f"chroma_url is {url!r}; it must look like http://localhost:8000.")
    ssl = parts.scheme == "https"
    return {"host": parts.hostname, "port": parts.port or (443 if ssl else 8000), "ssl": ssl}


def _chroma_error() -> type[Exception]:
    from chromadb.errors import ChromaError  # noqa: PLC0415

    return ChromaError


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
