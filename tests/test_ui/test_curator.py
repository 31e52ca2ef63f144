from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_index.fakes_archive import open_archive
from test_index.fakes_index import HashingEmbedder

from index.archive import Archive
from index.errors import ArchiveBusy, BadInput, UnknownArticle
from index.lock import WriteLock
from index.types import Question, SyncReport
from ui import curator as curating
from ui.curator import Adding, Curator
from ui.uploads import LINES_FACTOR, LONGEST_NAME, Uploads, safe_name

LIMIT = 2_000
NEWS = b"---\ntitle: Bridge falls\noutlet: Meridian Post\n---\n\nThe bridge fell on Monday. Nobody was hurt.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def curator(archive: Archive, tmp_path: Path) -> Curator:
    return Curator(archive, tmp_path / "archive", LIMIT)


def send(uploads: Uploads, name: str, *blocks: bytes) -> str:
    async def content() -> AsyncIterator[bytes]:
        for block in blocks:
            yield block

    return asyncio.run(uploads.receive(name, content()))


def last(states: Iterable[Adding]) -> Adding:
    *_, end = states
    return end


def stored(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "archive" / "uploads").rglob("*") if path.is_file())


def test_a_file_that_was_sent_is_an_article_and_stays_in_the_archives_folder(
    curator: Curator, archive: Archive, tmp_path: Path
) -> None:
    token = send(curator.uploads, "bridge.md", NEWS[:20], NEWS[20:])
    end = last(curator.add([token]))
    assert end.report is not None
    assert (end.report.added, end.report.problems) == (1, ())
    (article,) = archive.articles()
    assert (article.title, article.outlet) == ("Bridge falls", "Meridian Post")
    assert article.path is not None
    assert article.path.read_bytes() == NEWS
    assert article.path.is_relative_to(tmp_path / "archive" / "uploads")


def test_the_same_file_again_is_kept_and_another_of_the_same_name_replaces_nothing(
    curator: Curator, archive: Archive
) -> None:
    first, again = send(curator.uploads, "a.md", NEWS), send(curator.uploads, "a.md", NEWS)
    other = send(curator.uploads, "a.md", NEWS + b"More.")
    assert first == again != other
    last(curator.add([first]))
    end = last(curator.add([again, other]))
    assert end.report is not None
    assert (end.report.added, end.report.kept) == (1, 1)
    assert len(archive.articles()) == 2


def test_each_file_that_cannot_be_read_is_named_with_the_readers_reason_and_not_kept(
    curator: Curator, archive: Archive, tmp_path: Path
) -> None:
    tokens = [send(curator.uploads, *file) for file in (("good.md", NEWS), ("bad.pdf", b"no pdf"), ("empty.txt", b""))]
    end = last(curator.add(tokens))
    assert end.report is not None
    problems = {str(problem.path): problem.problem for problem in end.report.problems}
    assert sorted(problems) == ["bad.pdf", "empty.txt"]
    assert "PDF" in problems["bad.pdf"]
    assert str(tmp_path) not in str(end.report.problems)
    assert len(archive.articles()) == 1
    assert stored(tmp_path) == ["good.md"]


@pytest.mark.parametrize(("name", "size"), [("a.exe", 1), ("noending", 1), ("a.txt", LIMIT + 1), ("", 1)])
def test_a_file_of_an_unsupported_type_is_rejected_before_it_is_stored(
    curator: Curator, tmp_path: Path, name: str, size: int
) -> None:
    with pytest.raises(BadInput, match=r"cannot be read|larger than the 0\.002 MB"):
        send(curator.uploads, name, b"x" * size)
    assert stored(tmp_path) == []


def test_a_file_of_many_articles_may_be_larger(curator: Curator) -> None:
    assert send(curator.uploads, "many.jsonl", b"x" * (LIMIT * LINES_FACTOR))
    with pytest.raises(BadInput):
        send(curator.uploads, "many.jsonl", b"x" * (LIMIT * LINES_FACTOR + 1))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\news\\a.TXT", "a.TXT"),
        ("..hidden.md", "hidden.md"),
        ("a\x00b\n.txt", "a b.txt"),
        ("/.txt.txt", "txt.txt"),
        ("ü" * 300 + ".jsonl", "ü" * (LONGEST_NAME // 2) + ".jsonl"),
        ("half\ud800.txt", "half?.txt"),
    ],
)
def test_a_file_name_cannot_leave_the_upload_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("token", ["", "/", "../../x.md", "0123456789abcdef/../../lock", "0123456789abcdef/gone.md"])
def test_only_what_was_uploaded_can_be_added(curator: Curator, token: str) -> None:
    assert last(curator.add([token])).problem == "The uploaded files are no longer there; choose them again."


def test_a_token_leads_to_no_other_file_of_the_archive(curator: Curator, tmp_path: Path) -> None:
    digest, _, name = send(curator.uploads, "a.md", NEWS).partition("/")
    (tmp_path / "archive" / "secret.md").write_bytes(NEWS)
    for other in ("../../secret.md", "../../catalog.sqlite", f"../{digest}/{name}"):
        assert (curator.uploads.folder / digest / other).is_file()
        assert curator.uploads.path(f"{digest}/{other}") is None


def test_adding_continues_when_the_page_stops_listening(curator: Curator, archive: Archive) -> None:
    listening = curator.add([send(curator.uploads, "bridge.md", NEWS)])
    next(listening)
    listening.close()  # type: ignore[attr-defined]
    with curator._turn:
        pass
    for thread in threading.enumerate():
        if thread.name == "adding":
            thread.join(10)
    assert len(archive.articles()) == 1


def test_a_removed_article_and_its_uploaded_file_are_gone(curator: Curator, archive: Archive, tmp_path: Path) -> None:
    last(curator.add([send(curator.uploads, "bridge.md", NEWS)]))
    (article,) = archive.articles()
    assert curator.remove(article.id).title == "Bridge falls"
    assert archive.articles() == []
    assert archive.search(Question("bridge"), 5) == []
    assert stored(tmp_path) == []
    with pytest.raises(UnknownArticle):
        curator.remove(article.id)


def test_a_file_stays_while_another_article_comes_from_it(curator: Curator, archive: Archive, tmp_path: Path) -> None:
    lines = b'{"id": "a", "text": "The bridge fell."}\n{"id": "b", "text": "The dam held."}\n'
    last(curator.add([send(curator.uploads, "two.jsonl", lines)]))
    curator.remove("a")
    assert stored(tmp_path) == ["two.jsonl"]
    curator.remove("b")
    assert stored(tmp_path) == []


def test_a_file_that_was_not_uploaded_is_never_deleted(curator: Curator, archive: Archive, tmp_path: Path) -> None:
    from index.corpus import read_paths  # noqa: PLC0415

    own = tmp_path / "own.md"
    own.write_bytes(NEWS)
    archive.sync(read_paths([own], max_bytes=LIMIT))
    (article,) = archive.articles()
    curator.remove(article.id)
    assert own.read_bytes() == NEWS


def test_a_change_waits_for_another_writer_and_names_it_after_the_timeout(
    curator: Curator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = send(curator.uploads, "bridge.md", NEWS)
    monkeypatch.setattr(curating, "PATIENCE", 0.0)
    with WriteLock(tmp_path / "archive").held():
        problem = last(curator.add([token])).problem
    assert f"is being written by process {os.getpid()}" in str(problem)
    assert stored(tmp_path) == ["bridge.md"]


def test_searches_are_not_blocked_while_files_are_added(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(HashingEmbedder):
        def embed_texts(self, texts: Any) -> Any:
            begun.set()
            assert go_on.wait(20)
            return super().embed_texts(texts)

    with open_archive(tmp_path / "archive", Slow()) as archive:
        curator = Curator(archive, tmp_path / "archive", LIMIT)
        go_on.set()
        last(curator.add([send(curator.uploads, "first.md", NEWS)]))
        go_on.clear()
        begun.clear()
        adding = curator.add([send(curator.uploads, "second.md", NEWS.replace(b"Monday", b"Friday"))])
        next(adding)
        assert begun.wait(20)
        assert archive.search(Question("bridge"), 5)
        assert archive.find("", Question(""), 50)[1] == 1
        go_on.set()
        assert last(adding).report is not None


class Refusing:
    """An archive that raises a given error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def sync(self, records: Any, **_: Any) -> SyncReport:
        raise self.error

    def articles(self) -> list[Any]:
        return []


def test_an_unexpected_failure_is_one_sentence_without_private_details(tmp_path: Path) -> None:
    curator = Curator(Refusing(RuntimeError("secret")), tmp_path, LIMIT)  # type: ignore[arg-type]
    end = last(curator.add([send(curator.uploads, "a.md", NEWS)]))
    assert end.problem == "Something went wrong (RuntimeError); add the files again."
    busy = Curator(Refusing(ArchiveBusy("Busy.")), tmp_path, LIMIT)  # type: ignore[arg-type]
    assert busy.uploads.path(send(busy.uploads, "a.md", NEWS)) is not None
