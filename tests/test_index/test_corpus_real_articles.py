"""Real news collections and the packaged sample are read completely."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from test_index.fakes_files import read_all

from index import sample
from index.types import Article


def test_every_article_of_a_published_news_collection_is_read_unchanged(shared_data: Path) -> None:
    path = shared_data / "realtimeqa" / "articles_2022gold.jsonl"
    records = [json.loads(line) for line in path.read_text().splitlines()]
    items = read_all(path)
    assert len(items) == len(records) == 844
    for record, read in zip(records, items, strict=True):
        assert isinstance(read, Article), read
        assert (read.id, read.url, read.text) == (record["doc_id"], record["url"], record["text"].strip())
        assert read.title == (record["title"] and " ".join(record["title"].split()))
        assert read.author == (", ".join(record["authors"]) or None)
        assert read.published == datetime.strptime(record["publish_date"], "%Y/%m/%d").replace(tzinfo=UTC)
        assert (read.outlet, read.updated) == (None, None)


def test_a_headline_is_found_but_leading_key_points_are_not_taken_for_one(
    shared_data: Path,
) -> None:
    with_headline, without = read_all(shared_data / "seed_articles")
    assert isinstance(with_headline, Article)
    assert with_headline.title == with_headline.text.partition("\n\n")[0]
    assert isinstance(without, Article)
    assert without.title is None


def test_the_packaged_sample_is_read_without_a_problem() -> None:
    items = read_all(Path(sample.__file__).parent / "articles")
    assert len(items) >= 21
    assert all(isinstance(item, Article) for item in items), [item for item in items if not isinstance(item, Article)]
