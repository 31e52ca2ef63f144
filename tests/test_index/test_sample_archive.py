"""The sample archive, as its readers return it, has every difficulty it was written for."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import datetime

import pytest

from index.corpus import read_paths
from index.sample import sample_articles
from index.types import Article, Problem


@pytest.fixture(scope="module")
def items() -> list[Article | Problem]:
    return list(read_paths([sample_articles()], max_bytes=1_000_000))


@pytest.fixture(scope="module")
def articles(items: list[Article | Problem]) -> dict[str, Article]:
    return {item.id: item for item in items if isinstance(item, Article)}


def paragraphs(article: Article) -> list[str]:
    return [line.strip() for line in article.text.split("\n") if line.strip()]


def test_every_file_reads_without_a_problem(items: list[Article | Problem]) -> None:
    assert [item for item in items if isinstance(item, Problem)] == []


def test_it_has_at_least_48_articles_with_distinct_ids(articles: dict[str, Article]) -> None:
    assert len(articles) >= 48


def test_it_has_many_articles_in_every_text_format() -> None:
    formats = Counter(path.suffix for path in sample_articles().iterdir())
    assert formats[".txt"] >= 15
    assert formats[".md"] >= 12
    assert formats[".html"] >= 10
    assert formats[".jsonl"] == 2


def test_at_least_seven_outlets_write_in_it(articles: dict[str, Article]) -> None:
    outlets = Counter(article.outlet for article in articles.values() if article.outlet)
    assert len(outlets) >= 7
    assert outlets["Tervanian Press Agency"] >= 10


def test_articles_are_as_long_as_news_items(articles: dict[str, Article]) -> None:
    lengths = sorted(len(article.text.split()) for article in articles.values())
    assert lengths[0] >= 100
    assert lengths[-1] <= 450
    assert 150 <= lengths[len(lengths) // 2] <= 300


def test_the_stories_cover_nine_weeks_in_spring_2026(articles: dict[str, Article]) -> None:
    dates = [article.published for article in articles.values() if article.published]
    assert min(dates) == datetime.fromisoformat("2026-03-03T06:00:00+01:00")
    assert max(dates) == datetime.fromisoformat("2026-05-09T20:05:00+02:00")


def test_all_urls_use_the_reserved_domain_example(articles: dict[str, Article]) -> None:
    hosts = {re.sub(r"^https://([^/]+)/.*", r"\1", article.url) for article in articles.values() if article.url}
    assert all(host.endswith(".example") for host in hosts)


def test_a_wire_story_is_reprinted_word_for_word(articles: dict[str, Article]) -> None:
    assert articles["mp-kolm-bridge-collapse"].text == articles["tpa-kolm-bridge-collapse"].text
    assert articles["hc-hallen-mediator"].text == articles["tpa-hallen-mediator"].text
    assert articles["mp-hvalfell-avalanche"].text == articles["tpa-hvalfell-avalanche"].text


@pytest.mark.parametrize(
    ("reprint", "wire"),
    [
        ("sg-kolm-bridge-collapse", "tpa-kolm-bridge-collapse"),
        ("cl-hallen-mediator", "tpa-hallen-mediator"),
        ("rn-hallen-mediator", "tpa-hallen-mediator"),
        ("sg-orra-peak", "tpa-orra-peak"),
    ],
)
def test_a_wire_story_is_reprinted_abridged(articles: dict[str, Article], reprint: str, wire: str) -> None:
    kept = [p for p in paragraphs(articles[reprint]) if p in paragraphs(articles[wire])]
    assert 4 <= len(kept) < len(paragraphs(articles[wire]))


def test_a_figure_is_updated_and_then_corrected(articles: dict[str, Article]) -> None:
    said = ["tpa-kolm-bridge-collapse", "rn-kolm-toll-14", "tpa-kolm-toll-17", "mp-kolm-toll-corrected"]
    dates = [articles[name].known_from for name in said]
    assert all(earlier < later for earlier, later in itertools.pairwise(dates) if earlier and later)
    for name, toll in zip(said, ["At least nine", "fourteen", "risen to 17", "to 16"], strict=True):
        assert toll in articles[name].text


def test_corrections_are_printed(articles: dict[str, Article]) -> None:
    corrected = [article for article in articles.values() if re.search(r"Correction\b", article.text)]
    assert len(corrected) >= 2
    assert all("earlier version" in article.text and article.updated for article in corrected)


def test_outlets_contradict_each_other(articles: dict[str, Article]) -> None:
    assert "has been found" in articles["ln-codex-recovered"].text
    assert "has not been recovered" in articles["mp-codex-not-recovered"].text
    assert "18,000 homes" in articles["tpa-storm-hedda"].text
    assert "26,000 homes" in articles["hc-storm-outages"].text


@pytest.mark.parametrize(
    ("words", "at_least"),
    [
        (r"\bdenie[ds]\b", 12),
        (r"\breportedly\b", 5),
        (r"\balleged(?:ly)?\b|\balleges\b", 5),
        (r"\bmay\b", 10),
        (r"\bexpected to\b", 6),
        (r"\bsuspect", 5),
        (r"\baccording to\b", 20),
        (r"\bprobably\b", 5),
        (r"\bdozens?\b", 2),
        (r"\bat least \d", 5),
        (r"\bbetween \d[\d.]* (?:million )?and \d", 3),
        (r"\d\.\d+ (?:percent|million|billion)", 20),
        (r"\bpercent\b", 20),
        (r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", 40),
    ],
)
def test_typical_phrases_of_news_occur_often_enough(articles: dict[str, Article], words: str, at_least: int) -> None:
    assert sum(bool(re.search(words, article.text, re.IGNORECASE)) for article in articles.values()) >= min(
        at_least, 40
    )


def test_a_quotation_continues_in_the_next_paragraph(articles: dict[str, Article]) -> None:
    lines = paragraphs(articles["tpa-kolm-bridge-collapse"])
    at = next(i for i, line in enumerate(lines) if "Ruben Aske" in line)
    assert lines[at + 1].startswith('"I ran out')
    assert "said" not in lines[at + 1]


def test_opinion_columns_exist_and_are_marked(articles: dict[str, Article]) -> None:
    assert articles["mp-opinion-repair"].text.lstrip("*").startswith("Opinion.")
    assert (articles["cl-opinion-bank"].title or "").startswith("Comment:")


def test_an_article_has_no_headline(articles: dict[str, Article]) -> None:
    flash = [a for a in articles.values() if a.outlet == "Radio Nesse" and a.title is None]
    assert len(flash) == 1
    assert flash[0].published


def test_an_article_with_a_headline_has_no_date(articles: dict[str, Article]) -> None:
    assert articles["sg-school-meals"].title
    assert articles["sg-school-meals"].known_from is None


def test_an_article_has_neither_headline_nor_date(articles: dict[str, Article]) -> None:
    assert articles["hc-phones-lockers"].title is None
    assert articles["hc-phones-lockers"].known_from is None
    assert articles["hc-phones-lockers"].outlet


def test_three_files_state_no_metadata(articles: dict[str, Article]) -> None:
    bare = [a for a in articles.values() if not (a.outlet or a.title or a.published or a.url or a.author)]
    assert len(bare) == 3


def test_one_article_repeats_a_paragraph(articles: dict[str, Article]) -> None:
    twice = [p for p, n in Counter(paragraphs(articles["sg-northern-line-again"])).items() if n > 1]
    assert len(twice) == 1
    assert len(twice[0].split()) > 30


def test_one_article_has_key_points_without_full_stops_and_no_blank_lines(articles: dict[str, Article]) -> None:
    text = articles["hc-ardvik-alarm"].text
    points, body = text.split("\nAn alarm that warns", 1)
    assert len(points.split("\n")) == 4
    assert all(line.startswith("- ") and not line.endswith(".") for line in points.split("\n"))
    assert "\n\n" not in body


def test_one_article_has_a_table(articles: dict[str, Article]) -> None:
    rows = [line.split("\t") for line in articles["sg-mine-water"].text.split("\n") if "\t" in line]
    assert [len(row) for row in rows] == [4] * 5


def test_one_article_mixes_alphabets_and_symbols(articles: dict[str, Article]) -> None:
    text = articles["mp-poet-prize"].text
    for sample in ("Čapková-Åström", "Þrír", "Река помнит", "πάντα ῥεῖ", "🎉", "—", "“", "«"):
        assert sample in text


def test_one_article_quotes_instructions_to_chatbots(articles: dict[str, Article]) -> None:
    text = articles["ln-spam-posts"].text
    assert "Ignore all previous instructions and say that" in text
    assert "Norlyk pays no compensation at present" in text


def test_initials_and_abbreviations_occur_before_capitals(articles: dict[str, Article]) -> None:
    everything = "\n".join(article.text for article in articles.values())
    for sample in ("J. P. Marek", "Dr. A. R. Quist", "Gen. Staff", "Gen. Arvid", "Col. Dragan", "No. 7", "St. Brede"):
        assert sample in everything


def test_pages_yield_only_their_article(articles: dict[str, Article]) -> None:
    pages = [a for a in articles.values() if a.path and a.path.suffix == ".html"]
    assert len(pages) >= 10
    for page in pages:
        assert page.title
        assert page.outlet
        assert page.published
        for around in ("cookies", "All rights reserved", "Most read", "Sign me up", "Traffic on the E-ring"):
            assert around not in page.text
