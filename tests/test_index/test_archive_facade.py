"""The public interface of an archive."""

from __future__ import annotations

import threading
from pathlib import Path

from test_index.fakes_archive import article, open_archive

from index.types import Question
from rag.ports import Retriever


def test_an_archive_is_a_retriever(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        retriever: Retriever = archive
        assert retriever.search(Question("anything"), 3) == []
        assert retriever.coverage(Question("")).articles == 0


def test_an_empty_archive_has_no_faults(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        assert archive.check() == []
        assert (archive.status().articles, archive.status().behind) == (0, ())
        assert archive.articles() == []
        assert archive.sync([]).articles == 0
        archive.rebuild()
        assert archive.check() == []


def test_status_reports_articles_fingerprint_and_size(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([article(1), article(2, published=None)])
        status = archive.status()
        assert (status.articles, status.behind, status.writer) == (2, (), None)
        assert status.fingerprint is not None
        assert status.fingerprint.max_tokens == 48
        assert status.bytes > 10_000
        first, last = archive.articles()
        assert (first.id, last.id, last.published) == ("a1", "a2", None)
        assert first.characters == len(article(1).text)


def test_threads_search_while_another_adds(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([article(0)])
        failures: list[BaseException] = []

        def search() -> None:
            try:
                for _ in range(30):
                    assert archive.search(Question("Town0 Agency0"), 1)[0].chunk.article_id == "a0"
            except BaseException as error:  # noqa: BLE001  (reported to the main thread)
                failures.append(error)

        searchers = [threading.Thread(target=search) for _ in range(3)]
        for searcher in searchers:
            searcher.start()
        for number in range(1, 8):
            archive.sync([article(number)])
        for searcher in searchers:
            searcher.join()
        assert failures == []
        assert archive.check() == []


def test_archives_open_in_one_process_do_not_interfere(tmp_path: Path) -> None:
    with open_archive(tmp_path) as writer, open_archive(tmp_path) as reader, open_archive(tmp_path / "other") as other:
        other.sync([article(50)])
        for number in range(4):
            writer.sync([article(number)])
            assert len({hit.chunk.article_id for hit in reader.search(Question("Officials"), 9)}) == number + 1
        reader.close()
        assert writer.search(Question("Officials"), 1)
        assert writer.sync([article(9)]).articles == 5
        assert other.search(Question("Officials"), 1)
        assert writer.check() == other.check() == []
