"""Any damage to the two indexes is detected and repaired from the record without embedding."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from test_index.fakes_archive import article, open_archive
from test_index.fakes_index import HashingEmbedder

from index.errors import ArchiveDamaged, EnvironmentProblem, FingerprintMismatch
from index.types import Question

SIZE = 40
LARGE = 1100  # articles of one chunk each; above 1,000 vectors, Chroma keeps them only in its graph files
WANTED = Question("Agency7 in Town7 on day 7")


def _filled(folder: Path, size: int = SIZE) -> Path:
    with open_archive(folder) as archive:
        archive.sync(article(number) for number in range(size))
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _filled(tmp_path_factory.mktemp("large"), LARGE)


def _garbage(path: Path) -> None:
    size = path.stat().st_size
    path.write_bytes(np.random.default_rng(1).bytes(size))


def _graph_file(folder: Path, name: str) -> Path:
    return next((folder / "chroma").glob(f"*/{name}"))


def _lose_half_silently(folder: Path) -> None:
    """Simulate what a kill during Chroma's own write once did: all rows exist, but half of the vectors are lost."""
    with open_archive(folder) as archive:
        collection = archive.collection()
        ids = collection.get(include=[])["ids"]
        half = ids[: len(ids) // 2]
        wrong = np.random.default_rng(2).normal(size=(len(half), 64)).astype(np.float32)
        collection.update(ids=half, embeddings=wrong)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "chroma folder deleted": lambda folder: shutil.rmtree(folder / "chroma"),
    "chroma database garbage": lambda folder: _garbage(folder / "chroma/chroma.sqlite3"),
    "chroma graph garbage": lambda folder: _garbage(_graph_file(folder, "data_level0.bin")),
    "chroma graph header garbage": lambda folder: _garbage(_graph_file(folder, "header.bin")),
    "half of the vectors lost": _lose_half_silently,
    "lexical folder deleted": lambda folder: shutil.rmtree(folder / "lexical"),
    "lexical description garbage": lambda folder: _garbage(folder / "lexical/meta.json"),
    "lexical postings garbage": lambda folder: _garbage(next((folder / "lexical").glob("*.idx"))),
    "lexical file deleted": lambda folder: next((folder / "lexical").glob("*.store")).unlink(),
}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found_by_check_and_repaired_by_the_next_search(large: Path, tmp_path: Path, damage: str) -> None:
    shutil.copytree(large, tmp_path, dirs_exist_ok=True)
    DAMAGE[damage](tmp_path)
    embedder = HashingEmbedder()
    with open_archive(tmp_path, embedder) as archive:
        found = archive.check()
        assert found, "not detected"
    with open_archive(tmp_path, embedder) as archive:
        assert [hit.chunk.article_id for hit in archive.search(WANTED, 1)] == ["a7"]
        assert archive.check() == []
    assert embedder.embedded == []


def test_damage_is_repaired_before_anything_is_written(tmp_path: Path) -> None:
    shutil.rmtree(_filled(tmp_path) / "chroma")
    with open_archive(tmp_path) as archive:
        archive.sync([article(SIZE)])
        assert archive.check() == []
        assert archive.collection().count() == archive.status().chunks


def test_searches_recover_from_damage_while_the_archive_is_open(tmp_path: Path) -> None:
    with open_archive(_filled(tmp_path)) as archive:
        archive.search(Question("Town7"), 1)
        shutil.rmtree(tmp_path / "lexical")
        shutil.rmtree(tmp_path / "chroma")
        for _ in range(2):
            assert [hit.chunk.article_id for hit in archive.search(WANTED, 1)] == ["a7"]


def test_indexes_from_an_older_copy_of_the_archive_are_updated(tmp_path: Path) -> None:
    _filled(tmp_path / "archive")
    shutil.copytree(tmp_path / "archive", tmp_path / "old")
    with open_archive(tmp_path / "archive") as archive:
        archive.sync([article(99)])
    for name in ("chroma", "lexical"):
        shutil.rmtree(tmp_path / "archive" / name)
        shutil.copytree(tmp_path / "old" / name, tmp_path / "archive" / name)
    with open_archive(tmp_path / "archive") as archive:
        assert archive.check()
        assert [hit.chunk.article_id for hit in archive.search(Question("Town99"), 1)] == ["a99"]
        assert archive.check() == []


def test_rebuild_recreates_both_indexes_without_embedding(tmp_path: Path) -> None:
    _filled(tmp_path)
    embedder = HashingEmbedder()
    with open_archive(tmp_path, embedder) as archive:
        archive.rebuild()
        assert archive.check() == []
    assert embedder.embedded == []


def test_a_damaged_record_is_reported_and_never_overwritten(tmp_path: Path) -> None:
    record = _filled(tmp_path) / "catalog.sqlite"
    for extra in ("-wal", "-shm"):
        Path(f"{record}{extra}").unlink(missing_ok=True)
    _garbage(record)
    before = record.read_bytes()
    with pytest.raises(ArchiveDamaged, match=r"catalog\.sqlite is damaged"):
        open_archive(tmp_path)
    assert record.read_bytes() == before


def test_an_archive_of_a_newer_dateline_is_rejected_with_advice_to_upgrade(tmp_path: Path) -> None:
    _filled(tmp_path)
    with sqlite3.connect(tmp_path / "catalog.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(EnvironmentProblem, match="newer Dateline .format 99.*upgrade"):
        open_archive(tmp_path)


@pytest.mark.parametrize("action", ["search", "sync"])
def test_another_embedder_is_rejected_naming_the_difference_and_the_command(tmp_path: Path, action: str) -> None:
    _filled(tmp_path)
    with open_archive(tmp_path, HashingEmbedder(dimension=32)) as archive:
        assert len(archive.articles()) == SIZE  # commands that need no embedder still work
        with pytest.raises(FingerprintMismatch, match=r"dimension 64 \(settings: 32\).*index rebuild --reembed"):
            archive.search(Question("x"), 1) if action == "search" else archive.sync([article(1)])


def test_reembedding_converts_the_archive_to_the_new_embedder(tmp_path: Path) -> None:
    _filled(tmp_path)
    other = HashingEmbedder(dimension=32)
    with open_archive(tmp_path, other, max_tokens=200) as archive:
        before = {each.id: archive.article(each.id) for each in archive.articles()}
        archive.rebuild(reembed=True)
        assert {each.id: archive.article(each.id) for each in archive.articles()} == before
        assert archive.status().chunks == SIZE  # longer chunks now: one an article
        assert archive.check() == []
        assert [hit.chunk.article_id for hit in archive.search(Question("Town7"), 1)] == ["a7"]
        assert archive.sync(article(number) for number in range(SIZE)).kept == SIZE


def test_reembedding_resumes_where_it_was_stopped(tmp_path: Path) -> None:
    class Stopping(HashingEmbedder):
        def embed_texts(self, texts):  # type: ignore[no-untyped-def]
            if len(self.embedded) >= 128:
                raise KeyboardInterrupt
            return super().embed_texts(texts)

    with open_archive(tmp_path) as archive:
        archive.sync(article(number) for number in range(150))
    with open_archive(tmp_path, Stopping(dimension=32), max_tokens=200) as archive, pytest.raises(KeyboardInterrupt):
        archive.rebuild(reembed=True)
    with open_archive(tmp_path) as archive:  # the old archive still works
        assert archive.search(Question("Town7"), 1)
    embedder = HashingEmbedder(dimension=32)
    with open_archive(tmp_path, embedder, max_tokens=200) as archive:
        archive.rebuild(reembed=True)
        assert archive.check() == []
    assert len(embedder.embedded) < 150


def test_an_open_archive_sees_what_another_process_writes(tmp_path: Path) -> None:
    _filled(tmp_path)
    with open_archive(tmp_path) as reader:
        assert reader.search(Question("Town7"), 1)
        script = (
            "import sys, json; sys.path[:0] = json.loads(sys.argv[2]);"
            "from pathlib import Path; from test_index.fakes_archive import article, open_archive;"
            "a = open_archive(Path(sys.argv[1])); a.sync([article(77)]); a.remove(['a7']); a.close()"
        )
        root = Path(__file__).resolve().parents[2]
        paths = json.dumps([str(root), str(root / "tests")])
        subprocess.run([sys.executable, "-c", script, str(tmp_path), paths], check=True)
        assert [hit.chunk.article_id for hit in reader.search(Question("Town77"), 1)] == ["a77"]
        assert all(hit.chunk.article_id != "a7" for hit in reader.search(Question("Town7"), 20))
        vectors = reader.collection().count()
        assert vectors == reader.status().chunks
