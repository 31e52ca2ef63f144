"""The lexical index: its terms, BM25 against a calculation by hand, and incremental additions and deletions."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_index.fakes_archive import article
from test_index.fakes_index import HashingEmbedder

from index.bm25 import Corpus, bm25
from index.bounds import Bounds
from index.chunking import chunk_article
from index.entries import Entry
from index.lexical import MOST_TERMS, LexicalIndex
from index.terms import plain
from index.types import Article


def _entries(*articles: Article) -> list[Entry]:
    chunks = [chunk for each in articles for chunk in chunk_article(each, HashingEmbedder(), max_tokens=200, overlap=0)]
    return [Entry(chunk, chunk.text, np.zeros(2, np.float32), None, None, None) for chunk in chunks]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("The U.S. Senate voted", "US senate vote"),
        ("1,200 houses", "1200 house"),
        ("rose by 3.5%", "3.5 percent"),
        ("COVID-19 cases", "covid 19"),
        ("Zoë Kovács resigned", "Zoe Kovacs resigns"),
        ("Zelensky’s office", "Zelensky"),
        ("ＡＢＣ", "ＡＢＣ"),
        ("北京市", "北京"),
        ("Президент сказал", "президент"),
        ("a I.M.F. loan", "IMF"),
    ],
)
def test_names_numbers_and_inflections_are_found(tmp_path: Path, written: str, asked: str) -> None:
    index = LexicalIndex(tmp_path)
    entries = _entries(article(1, written), article(2, "Nothing of the kind stands here."))
    index.put(entries, [])
    assert index.search(index.terms(asked), 5, Bounds(), ()) == [entries[0].chunk.id]


def test_decimals_and_years_are_single_terms(tmp_path: Path) -> None:
    assert LexicalIndex(tmp_path).analyze("In 2026, 3.5 of 12,500,000.") == ["in", "2026", "3.5", "of", "12500000"]


def test_function_words_are_dropped_unless_a_question_has_no_others(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    assert index.terms("What did the minister say to us?") == ["minist", "say"]
    assert index.terms("Who is it?") == ["who", "is", "it"]
    assert index.terms("?!") == []


def test_a_very_long_question_keeps_its_rarest_known_words(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    common = [article(number, f"common {number}x") for number in range(100)]
    index.put(_entries(*common), [])
    terms = index.terms(" ".join(f"{number}x unknown{number}" for number in range(100)) + " common")
    assert len(terms) == MOST_TERMS
    assert "common" not in terms
    assert not any(term.startswith("unknown") for term in terms)


def test_additions_and_deletions_take_effect_at_once_and_are_idempotent(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    one, two = _entries(article(1, "Ferry one."), article(2, "Ferry two."))
    index.put([one, two], [])
    index.put([one], [])
    assert index.count() == 2
    index.put([], [one.chunk.id, "never there"])
    assert index.search(index.terms("ferry"), 5, Bounds(), ()) == [two.chunk.id]
    assert index.document_counts(["ferri", "one"], Bounds()) == {"ferri": 1, "one": 0}


def test_text_added_by_a_copy_is_found_but_does_not_change_document_frequencies(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    wire, local = _entries(article(1, "Ferry one."), article(2, "Ferry two."))
    added = replace(local, chunk=replace(local.chunk, headed=False))
    index.put([wire, added], [])
    assert set(index.search(index.terms("ferry"), 5, Bounds(), (), own=True)) == {wire.chunk.id, added.chunk.id}
    assert index.document_counts(["ferri"], Bounds()) == {"ferri": 1}


def test_a_commit_of_another_process_is_visible_after_reopening(tmp_path: Path) -> None:
    reader, writer = LexicalIndex(tmp_path), LexicalIndex(tmp_path)
    assert reader.count() == 0
    writer.put(_entries(article(1)), [])
    reader.close()
    assert reader.count() == 1


def test_bm25_matches_a_calculation_by_hand() -> None:
    # Two texts of mean length 10; "ferry" is in one of them. idf = ln(1 + 1.5/1.5); tf 2 in a text of length 20.
    corpus = Corpus(texts=2, mean_length=10, holding={"ferry": 1})
    expected = math.log(2) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 2))
    assert bm25(["ferry", "absent"], ["ferry", "sinks", "ferry"], 20, corpus) == pytest.approx(expected)
    assert bm25(["absent"], ["ferry"], 20, corpus) == 0


def test_a_term_in_every_text_has_little_but_positive_weight() -> None:
    corpus = Corpus(texts=100, mean_length=10, holding={"said": 100, "ferry": 1})
    assert 0 < corpus.rarity("said") < 0.01 < corpus.rarity("ferry") < corpus.rarity("unheard-of")


def test_a_very_long_word_is_normalised_in_linear_time() -> None:
    assert plain("a" * 300_000 + " govern-\nment") == "a" * 300_000 + " govern-ment government"
