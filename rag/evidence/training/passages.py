"""The passages that questions and claims were written about: SQuAD 1.1's paragraphs, and windows of news articles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from index.errors import BadInput
from index.sentences import sentence_spans
from rag.evidence.training.claim_sets import read_lines
from rag.evidence.training.edits import Edit, edited
from rag.evidence.training.squad import group_of, load_squad

SQUAD = "squad1"
"""Source of the paragraphs of SQuAD 1.1."""

MIN_WORDS, MAX_WORDS, MIN_SENTENCES, MAX_SENTENCES = 45, 125, 3, 7
"""Bounds of a passage."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of at least three sentences. ``key`` identifies its sentences; ``article`` the text it is from."""

    key: str
    source: str
    article: str
    sentences: tuple[str, ...]
    text: str

    @property
    def group(self) -> str:
        """The group that keeps all examples of an article on one side of a split."""
        return group_of(self.article) if self.source == SQUAD else f"written {self.article}"

    def with_sentence_before(self, place: int) -> str:
        """The sentence at index ``place`` after the one before it, as the reader gives it to the "supports" task."""
        return " ".join(self.sentences[max(0, place - 1) : place + 1])


def load_passages(data: Path, squad: Path) -> dict[str, Passage]:
    """All passages by their keys. ``data``: folder of the data sets; ``squad``: SQuAD 1.1's train-v1.1.json."""
    return {p.key: p for p in chain(squad_passages(load_squad(squad)), news_passages(data))}


def both_texts(
    key: str, sentence: int, edits: tuple[Edit, ...], passages: Mapping[str, Passage]
) -> tuple[Passage, Passage]:
    """The passage as published, and with the edits made to its sentence at index ``sentence``.

    Raises:
        BadInput: the passage is missing, or has fewer sentences than that.
    """
    passage = passages.get(key)
    if passage is None or sentence >= len(passage.sentences):
        raise BadInput(f"No passage {key} with {sentence + 1} sentences in the data sets.")
    sentences = list(passage.sentences)
    sentences[sentence] = edited(sentences[sentence], edits)
    return passage, replace(passage, sentences=tuple(sentences))


def squad_passages(documents: Sequence[dict[str, Any]]) -> Iterator[Passage]:
    """The paragraphs of SQuAD 1.1 that are within the bounds."""
    for document in documents:
        for paragraph in document["paragraphs"]:
            sentences = _sentences(paragraph["context"])
            if _is_passage(sentences):
                yield _passage(SQUAD, document["title"], sentences, paragraph["context"])


def news_passages(data: Path) -> Iterator[Passage]:
    """Consecutive windows of the news articles of several data sets, at most three of an article."""
    for source, text in news_texts(data):
        windows = [window for window in _windows(_sentences(text)) if _is_passage(window)]
        for window in windows[:3]:
            yield _passage(source, text[:200], window, " ".join(window))


def news_texts(data: Path) -> Iterator[tuple[str, str]]:
    """Name of the data set and text of each article; none is among the articles of the news quiz."""
    seen: set[str] = set()
    for name in ("factcc_val", "frank_val", "cogensumm_val", "cogensumm_test"):
        for row in read_lines(data / f"summac_val/{name}.jsonl"):
            text = row.get("article") or row["document"]
            if text not in seen:
                seen.add(text)
                yield name, text
    war = json.loads((data / "ukraine_war_news/key_annotated_articles.json").read_text(encoding="utf-8"))
    for text in dict.fromkeys(row["content"] for row in war):
        yield "war", text
    for row in read_lines(data / "gum_wikinews/articles.jsonl"):
        yield "wikinews", row["text"]


def _sentences(text: str) -> list[str]:
    return [" ".join(span.of(text).split()) for span in sentence_spans(text)]


def _windows(sentences: Sequence[str]) -> Iterator[list[str]]:
    window: list[str] = []
    for sentence in sentences:
        words = sum(len(s.split()) for s in window) + len(sentence.split())
        if window and (words > MAX_WORDS or len(window) == MAX_SENTENCES):
            yield window
            window = []
        window.append(sentence)
    yield window


def _is_passage(sentences: Sequence[str]) -> bool:
    words = sum(len(sentence.split()) for sentence in sentences)
    return MIN_SENTENCES <= len(sentences) <= MAX_SENTENCES and MIN_WORDS <= words <= MAX_WORDS


def _passage(source: str, article: str, sentences: Sequence[str], text: str) -> Passage:
    key = hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:12]
    return Passage(key, source, article, tuple(sentences), text)
