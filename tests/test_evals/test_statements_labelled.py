"""Attribution and certainty on the hand-labelled sentences."""

import json
import shutil
from pathlib import Path

import pytest

from evals.bench.statements import (
    GOLDEN,
    NEWS,
    WAR_NEWS,
    Statement,
    kept,
    news_statements,
    sample_statements,
    speaker_kept,
)
from index.errors import BadInput
from rag.types import Certainty


def statement(text: str, *speakers: str, certainty: Certainty = Certainty.STATED) -> Statement:
    return Statement("s", text, "", speakers, certainty)


def test_at_least_95_percent_of_both_sets_get_the_right_speaker_and_certainty(shared_data: Path) -> None:
    both = kept([*sample_statements(), *news_statements(shared_data)])
    assert both.statements >= 400
    assert both.attribution is not None
    assert both.attribution.value >= 0.95
    assert both.certainty is not None
    assert both.certainty.value >= 0.95


def test_at_least_95_percent_of_the_news_articles_do_and_few_are_hardened_or_laundered(shared_data: Path) -> None:
    news = news_statements(shared_data)
    found = kept(news)
    assert len(news) >= 850
    assert found.attribution is not None
    assert found.certainty is not None
    assert found.attribution.value >= 0.95
    assert found.certainty.value >= 0.95
    assert found.laundered is not None
    assert found.laundered.value <= 0.05
    assert found.hardened is not None
    assert found.hardened.value <= 0.1


def test_the_labels_of_the_news_articles_contain_no_text_of_them() -> None:
    for line in (GOLDEN / "statements_news.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        strings = [value for value in row.values() if isinstance(value, str)]
        assert all(len(value) <= 64 and " " not in value for value in strings)


def test_an_article_that_differs_from_the_labelled_one_is_reported(shared_data: Path, tmp_path: Path) -> None:
    for file, _, _ in NEWS.values():
        (tmp_path / file).parent.mkdir()
        shutil.copyfile(shared_data / file, tmp_path / file)
    copy = tmp_path / WAR_NEWS
    copy.write_text(copy.read_text("utf-8").replace("the", "thee"), "utf-8")
    with pytest.raises(BadInput, match="differs from the one labelled"):
        news_statements(tmp_path)


def test_missing_articles_are_reported(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="need its articles"):
        news_statements(tmp_path)


def test_each_share_is_counted_over_the_statements_it_applies_to() -> None:
    found = kept(
        [
            statement("The ministry said the bridge fell.", "The ministry"),
            statement("The bridge fell.", "Anna Brandt"),  # laundered, as labelled
            statement("The mayor said the bridge fell."),  # invented, as labelled
            statement("The bridge may fall.", certainty=Certainty.POSSIBLE),
            statement("The bridge fell on Monday.", certainty=Certainty.ALLEGED),  # hardened, as labelled
        ]
    )
    shares = (found.attribution, found.certainty, found.laundered, found.invented, found.hardened)
    assert [share and round(share.value, 3) for share in shares] == [0.6, 0.8, 0.5, 0.333, 0.5]


def test_a_speaker_matches_a_longer_or_shorter_name_and_either_of_two_speakers() -> None:
    said = "Anna Brandt, the mayor, said the bridge fell."
    assert speaker_kept(statement(said, "mayor Anna Brandt"))
    assert speaker_kept(statement(said, "Reuters", "Anna Brandt"))
    assert not speaker_kept(statement(said, "Reuters"))
