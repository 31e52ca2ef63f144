"""Which articles a sync adds, keeps, replaces and removes, and what it embeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_index.fakes_archive import article, open_archive
from test_index.fakes_index import HashingEmbedder

from index.chunking import chunk_article
from index.errors import ArchiveMissing, UnknownArticle
from index.types import Article, Problem, Question

ROOT = Path("/news")


def _in_file(number: int, name: str, **fields: object) -> Article:
    return article(number, path=ROOT / name, **fields)


def test_an_archive_holds_exactly_the_articles_given(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        given_articles = [article(number) for number in range(5)]
        report = archive.sync(given_articles)
        assert (report.articles, report.added, report.kept, report.removed) == (5, 5, 0, 0)
        assert [archive.article(each.id) for each in given_articles] == given_articles
        assert [summary.id for summary in archive.articles()] == ["a0", "a1", "a2", "a3", "a4"]
        assert archive.check() == []


def test_a_second_sync_changes_and_embeds_nothing(tmp_path: Path) -> None:
    embedder = HashingEmbedder()
    with open_archive(tmp_path, embedder) as archive:
        archive.sync(article(number) for number in range(5))
        before, generation = list(embedder.embedded), archive.status().generation
        report = archive.sync(article(number) for number in range(5))
        assert (report.added, report.kept, report.removed) == (0, 5, 0)
        assert embedder.embedded == before
        assert archive.status().generation == generation


def test_a_changed_article_is_replaced_and_its_former_version_kept(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        old, new = article(1, "Twelve people were hurt."), article(1, "Fourteen people were hurt.")
        archive.sync([old])
        assert archive.sync([new]).added == 1
        assert archive.versions("a1") == [new, old]
        assert [hit.chunk.text for hit in archive.search(Question("people hurt"), 5)] == [new.text]
        assert archive.check() == []


def test_articles_that_swap_texts_in_one_run_are_stored(tmp_path: Path) -> None:
    one, two = "Twelve people were hurt.", "The ferry sank in the harbour."
    with open_archive(tmp_path) as archive:
        archive.sync([article(1, one), article(2, two)])
        assert archive.sync([article(1, two), article(2, one), article(3, one)]).added == 3
        assert [archive.article(each).text for each in ("a1", "a2", "a3")] == [two, one, one]
        assert archive.check() == []


def test_only_the_changed_paragraph_of_an_article_is_embedded_again(tmp_path: Path) -> None:
    embedder = HashingEmbedder()
    paragraphs = [f"{'Words ' * 30}number {number}." for number in range(4)]
    with open_archive(tmp_path, embedder) as archive:
        archive.sync([article(1, "\n\n".join(paragraphs))])
        first = len(embedder.embedded)
        paragraphs[2] = "Words " * 30 + "number two."
        archive.sync([article(1, "\n\n".join(paragraphs))])
        assert first == 4
        assert len(embedder.embedded) == first + 1


def test_a_repeated_text_is_embedded_once(tmp_path: Path) -> None:
    embedder = HashingEmbedder()
    with open_archive(tmp_path, embedder) as archive:
        archive.sync(article(number, "The same wire story.", title="Wire") for number in range(20))
        assert embedder.embedded == ["Wire\nThe same wire story."]
        assert archive.status().chunks == 20


def test_a_file_that_moved_is_not_embedded_again(tmp_path: Path) -> None:
    embedder = HashingEmbedder()
    with open_archive(tmp_path, embedder) as archive:
        archive.sync([_in_file(1, "old.txt")], mirror_roots=[ROOT])
        before = len(embedder.embedded)
        moved = Article("other", article(1).title, article(1).text, path=ROOT / "new.txt")
        report = archive.sync([moved], mirror_roots=[ROOT])
        assert (report.added, report.removed, len(embedder.embedded)) == (1, 1, before)


def test_without_mirror_nothing_is_ever_removed(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([_in_file(1, "a.txt"), _in_file(2, "b.txt")])
        assert archive.sync([_in_file(1, "a.txt")]).articles == 2


def test_a_mirror_removes_only_articles_that_are_gone_from_under_its_roots(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        elsewhere = article(3, path=Path("/newsroom/c.txt"))
        archive.sync([_in_file(1, "a.txt"), _in_file(2, "sub/b.txt"), elsewhere, article(4)])
        report = archive.sync([_in_file(1, "a.txt")], mirror_roots=[ROOT])
        assert (report.removed, report.kept) == (1, 1)
        assert {summary.id for summary in archive.articles()} == {"a1", "a3", "a4"}
        assert archive.check() == []


@pytest.mark.parametrize("trouble", [ROOT / "feed.jsonl", ROOT, ROOT / "feed.jsonl/.."])
def test_a_mirror_keeps_the_articles_of_a_file_that_has_a_problem(tmp_path: Path, trouble: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([_in_file(1, "feed.jsonl"), _in_file(2, "feed.jsonl")])
        problem = Problem(trouble, 2, "not JSON")
        report = archive.sync([_in_file(1, "feed.jsonl"), problem], mirror_roots=[ROOT])
        assert (report.removed, report.skipped, report.problems) == (0, 1, (problem,))
        assert archive.status().articles == 2


def test_a_warning_is_reported_but_does_not_count_as_skipped(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        warning = Problem(ROOT / "a.txt", 1, "the date can be two days", skipped=False)
        report = archive.sync([_in_file(1, "a.txt"), warning])
        assert (report.added, report.skipped, report.problems) == (1, 0, (warning,))


def test_the_first_of_two_articles_with_one_id_is_kept_and_the_second_is_a_problem(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        records = [article(1, "First."), article(1, "Second."), article(1, "First.")]
        for _ in range(2):  # a second run must not flip between the two
            report = archive.sync(records)
            assert archive.article("a1").text == "First."
            assert (report.added + report.kept, report.skipped) == (1, 1)
            assert "a1" in report.problems[0].problem


def test_an_article_that_cannot_be_stored_is_a_problem_and_the_others_are_stored(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        report = archive.sync([article(1, "half a pair \ud83d here"), article(2)])
        assert (report.added, report.skipped) == (1, 1)
        assert "surrogates" in report.problems[0].problem


def test_removing_an_article_removes_its_versions_chunks_and_vectors(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([article(1, "Secret words alpha."), article(2)])
        archive.sync([article(1, "Secret words beta.")])
        report = archive.remove(["a1"])
        assert (report.removed, report.articles) == (1, 1)
        assert all("Secret" not in hit.chunk.text for hit in archive.search(Question("secret words alpha beta"), 9))
        assert archive.check() == []
        with pytest.raises(UnknownArticle, match="a1"):
            archive.article("a1")
    assert b"Secret words" not in (tmp_path / "catalog.sqlite").read_bytes()


def test_removing_an_unknown_article_is_an_error_and_removes_nothing(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([article(1)])
        with pytest.raises(UnknownArticle, match="nowhere"):
            archive.remove(["a1", "nowhere"])
        assert archive.status().articles == 1


def test_text_shared_by_two_articles_survives_the_removal_of_one(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([article(1, "Shared words.", title="Wire"), article(2, "Shared words.", title="Wire")])
        archive.remove(["a1"])
        assert [hit.chunk.article_id for hit in archive.search(Question("shared words"), 5)] == ["a2"]
        assert archive.check() == []


def test_a_failed_embedding_loses_nothing(tmp_path: Path) -> None:
    class Failing(HashingEmbedder):
        def embed_texts(self, texts):  # type: ignore[no-untyped-def]
            if any("Fourteen" in text for text in texts):
                raise RuntimeError("out of memory")
            return super().embed_texts(texts)

    with open_archive(tmp_path, Failing()) as archive:
        archive.sync([article(1, "Twelve people were hurt.")])
        with pytest.raises(RuntimeError):
            archive.sync([article(1, "Fourteen people were hurt.")])
        assert archive.article("a1").text == "Twelve people were hurt."
        assert archive.search(Question("people hurt"), 1)[0].chunk.text == "Twelve people were hurt."


def test_a_mirror_removes_nothing_if_reading_stops_with_an_error(tmp_path: Path) -> None:
    def broken() -> Iterator[Article]:
        yield _in_file(1, "a.txt")
        raise OSError("the disk went away")

    with open_archive(tmp_path) as archive:
        archive.sync([_in_file(1, "a.txt"), _in_file(2, "b.txt")])
        with pytest.raises(OSError, match="disk"):
            archive.sync(broken(), mirror_roots=[ROOT])
        assert archive.status().articles == 2


def test_progress_counts_all_records(tmp_path: Path) -> None:
    seen: list[int] = []
    with open_archive(tmp_path) as archive:
        archive.sync((article(number) for number in range(300)), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 300
    assert len(seen) > 2


def test_an_empty_article_is_stored_but_never_found(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([Article("empty", None, " \n ")])
        assert archive.status().articles == 1
        assert archive.search(Question("anything"), 3) == []
        assert archive.check() == []


def test_a_missing_archive_is_not_created_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="dateline add"):
        open_archive(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


_PARAGRAPH = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.dictionaries(st.integers(0, 4), st.lists(_PARAGRAPH, max_size=3)), min_size=1, max_size=3))
def test_after_any_mirroring_sync_the_archive_holds_exactly_the_given_chunks(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[int, list[str]]]
) -> None:
    embedder = HashingEmbedder()
    with open_archive(tmp_path_factory.mktemp("archive"), embedder) as archive:
        for texts in rounds:
            articles = [
                _in_file(number, f"{number}.txt", text="\n\n".join(parts) or " ") for number, parts in texts.items()
            ]
            archive.sync(articles, mirror_roots=[ROOT])
            chunks = [chunk for each in articles for chunk in chunk_article(each, embedder, max_tokens=48, overlap=0)]
            stored = archive.chunks([chunk.id for chunk in chunks])
            assert list(stored) and set(stored.values()) == set(chunks) if chunks else not stored
            assert archive.status().chunks == len(chunks)
            assert archive.check() == []
