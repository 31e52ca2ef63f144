"""A Chroma server instead of a folder: the archive works the same, and an unreachable server is reported."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_index.fakes_archive import article, open_archive

from index.errors import BadInput, EnvironmentProblem
from index.types import Question


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _free_port()
    command = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("server")
    arguments = [str(command), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.mark.slow
def test_an_archive_on_a_server_works_like_one_in_a_folder(server: str, tmp_path: Path) -> None:
    questions = [Question("Agency7 town7"), Question("Officials said", outlets=("radio nord",))]
    articles = [article(number) for number in range(30)]
    with open_archive(tmp_path / "local") as local, open_archive(tmp_path / "remote", chroma_url=server) as remote:
        assert local.sync(articles) == remote.sync(articles)
        assert not (tmp_path / "remote/chroma").exists()
        assert [remote.search(each, 5) for each in questions] == [local.search(each, 5) for each in questions]
        assert remote.check() == []
        remote.remove(["a7"])
        assert remote.check() == []
        collection = remote.collection()
        collection.delete(ids=collection.get(limit=5)["ids"])
        assert "holds 24 chunks; the record has 29" in " ".join(remote.check())
    with open_archive(tmp_path / "remote", chroma_url=server) as remote:
        assert len(remote.search(Question("Officials said"), 50)) > 20
        assert remote.check() == []


@pytest.mark.slow
def test_two_archives_on_one_server_do_not_interfere(server: str, tmp_path: Path) -> None:
    with open_archive(tmp_path / "1", chroma_url=server) as one, open_archive(tmp_path / "2", chroma_url=server) as two:
        one.sync([article(1)])
        two.sync([article(2)])
        assert [hit.chunk.article_id for hit in one.search(Question("Officials"), 9)] == ["a1"]
        assert [hit.chunk.article_id for hit in two.search(Question("Officials"), 9)] == ["a2"]


def test_an_unreachable_server_is_reported_and_nothing_is_lost(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{_free_port()}"
    with (
        open_archive(tmp_path, chroma_url=url) as archive,
        pytest.raises(EnvironmentProblem, match=f"{url} does not answer"),
    ):
        archive.sync([article(1)])
    with open_archive(tmp_path) as archive:  # the article is in the record, from which a local index is built
        assert [hit.chunk.article_id for hit in archive.search(Question("Officials"), 9)] == ["a1"]


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x", "http://"])
def test_an_invalid_server_url_is_rejected(tmp_path: Path, url: str) -> None:
    with open_archive(tmp_path, chroma_url=url) as archive, pytest.raises(BadInput, match="http://localhost:8000"):
        archive.sync([article(1)])
