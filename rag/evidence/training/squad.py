"""Read SQuAD 1.1 as training examples: its questions, and its question-answer pairs rewritten as claims.

Rajpurkar et al. 2016, "SQuAD: 100,000+ Questions for Machine Comprehension of Text": questions that people wrote about
Wikipedia paragraphs. Its training articles are not among those of SQuAD 2's development set, which is for evaluation.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

from index.errors import BadInput
from index.sentences import sentence_spans
from rag.evidence.examples import Example, Label, Task
from rag.evidence.training.declarative import declare
from rag.evidence.training.mining import Choice
from rag.evidence.training.questions import spoil
from rag.evidence.training.story import Story
from rag.evidence.windows import content_words

SHA256 = "3527663986b8295af4f7fcdff1ba1ff3f72d07d61a20f487cb238a6ef92fd955"
"""Hash of train-v1.1.json as published."""

WINDOW_WORDS = 85


@dataclass(frozen=True, slots=True)
class _Item:
    """A question and its answer. ``paragraph`` and ``sentence`` are the indices of the sentence with the answer."""

    question: str
    answer: str
    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Article:
    """An article. ``paragraphs`` has the sentences of each paragraph."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    items: tuple[_Item, ...]


def load_squad(path: Path) -> list[dict[str, Any]]:
    """Load the articles of SQuAD 1.1's training set.

    Raises:
        BadInput: the file is missing or differs from the published one.
    """
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise BadInput(f"{path} is not SQuAD 1.1's train-v1.1.json as published, whose sha256 begins {SHA256[:12]}.")
    documents: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return documents


def group_of(title: str) -> str:
    """The group that keeps all examples of an article on one side of a split."""
    return f"squad1 {title}"


def read_squad(
    documents: Sequence[dict[str, Any]], rng: random.Random, *, questions: int, claims: int
) -> Iterator[Example]:
    """Yield positive and negative examples for about ``questions`` questions and ``claims`` claims."""
    total, items = _questions(documents)
    for article, item, index in items:
        if rng.random() < questions / total:
            yield from _answers(article, item, index, rng)
        if rng.random() < claims / total:
            yield from _claims(article, item, index, rng)


def squad_choices(documents: Sequence[dict[str, Any]], rng: random.Random, *, questions: int) -> Iterator[Choice]:
    """Mining candidates for about ``questions`` questions.

    They are a text with the answer, the question with a detail or word changed, and similar texts without the answer.
    """
    total, items = _questions(documents)
    for article, item, index in items:
        if rng.random() < questions / total:
            yield from _choices(article, item, index, rng)


def _questions(documents: Sequence[dict[str, Any]]) -> tuple[int, Iterator[tuple[_Article, _Item, _SentenceIndex]]]:
    """The number of questions, and an iterator over them with their article and its sentence index."""
    articles = [_article(document) for document in documents]
    items = (
        (article, item, index) for article in articles for index in (_SentenceIndex(article),) for item in article.items
    )
    return sum(len(article.items) for article in articles), items


def _choices(article: _Article, item: _Item, index: _SentenceIndex, rng: random.Random) -> Iterator[Choice]:
    own = article.paragraphs[item.paragraph]
    text = window_around(own, item.sentence, rng)
    yield Choice((_example(article, item.question, text, True, "window"),))
    story = Story.of(own)
    changed = {spoil(item.question, story, rng) for _ in range(3)}
    changed |= {_swap_word(item, own, article, rng) for _ in range(3)}
    altered = sorted(question for question in changed if question and question != item.question)
    if altered:
        yield Choice(tuple(_example(article, question, text, False, "spoilt") for question in altered))
    texts = dict.fromkeys(_without(item.answer.lower(), article, index.find(item.question, 9), rng))
    if texts:
        yield Choice(tuple(_example(article, item.question, text, False, "near") for text in texts), most=2)


def _without(answer: str, article: _Article, places: Sequence[tuple[int, int]], rng: random.Random) -> Iterator[str]:
    """Yield, for each (paragraph, sentence), the sentence or a window around it, if it does not contain the answer."""
    for p, s in places:
        sentence = article.paragraphs[p][s]
        window = window_around(article.paragraphs[p], s, rng)
        text = window if rng.random() < 0.5 and answer not in window.lower() else sentence
        if answer not in text.lower():
            yield text


def _article(raw: dict[str, Any]) -> _Article:
    paragraphs: list[tuple[str, ...]] = []
    items: list[_Item] = []
    for place, paragraph in enumerate(raw["paragraphs"]):
        spans = list(sentence_spans(paragraph["context"]))
        paragraphs.append(tuple(span.of(paragraph["context"]) for span in spans))
        for qa in paragraph["qas"]:
            start = qa["answers"][0]["answer_start"]
            matches = [i for i, span in enumerate(spans) if span.start <= start < span.end]
            if matches and len(qa["question"].split()) >= 4:
                text = qa["answers"][0]["text"]
                items.append(_Item(qa["question"].strip(), text, place, matches[0]))
    return _Article(raw["title"], tuple(paragraphs), tuple(items))


class _SentenceIndex:
    """A TF-IDF index over the sentences of an article."""

    def __init__(self, article: _Article) -> None:
        self._places = [(p, s) for p, sentences in enumerate(article.paragraphs) for s in range(len(sentences))]
        self._finder = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
        self._texts = self._finder.fit_transform([article.paragraphs[p][s] for p, s in self._places])

    def find(self, question: str, most: int = 12) -> list[tuple[int, int]]:
        """(paragraph, sentence) indices of the sentences most similar to the question, best first."""
        scores = (self._texts @ self._finder.transform([question]).T).toarray().ravel()
        return [self._places[i] for i in np.argsort(-scores, kind="stable")[:most]]


def window_around(sentences: Sequence[str], place: int, rng: random.Random) -> str:
    """A random window of one to six sentences around index ``place``; more than one have ``WINDOW_WORDS`` at most."""
    start = end = place
    most = rng.choice((1, 2, 3, 6))
    while end - start + 1 < most:
        sides = [i for i in (start - 1, end + 1) if 0 <= i < len(sentences)]
        rng.shuffle(sides)
        run = [sentences[min(start, side) : max(end, side) + 1] for side in sides]
        fits = [
            side for side, part in zip(sides, run, strict=True) if sum(len(s.split()) for s in part) <= WINDOW_WORDS
        ]
        if not fits:
            break
        start, end = min(start, fits[0]), max(end, fits[0])
    return " ".join(sentences[start : end + 1])


def _answers(article: _Article, item: _Item, index: _SentenceIndex, rng: random.Random) -> Iterator[Example]:
    """Yield a question with a text that answers it, an altered question, and similar texts without the answer."""
    own = article.paragraphs[item.paragraph]
    text = window_around(own, item.sentence, rng)
    yield _example(article, item.question, text, True, "window")
    changed = spoil(item.question, Story.of(own), rng) if rng.random() < 0.6 else _swap_word(item, own, article, rng)
    if changed:
        yield _example(article, changed, text, False, "spoilt")
    answer = item.answer.lower()
    without = [(p, s) for p, s in index.find(item.question) if answer not in article.paragraphs[p][s].lower()]
    beside = [s for p, s in without if p == item.paragraph]
    elsewhere = [place for place in without if place[0] != item.paragraph]
    if beside and rng.random() < 0.6:
        yield _example(article, item.question, own[beside[0]], False, "beside")
    if elsewhere:
        p, s = elsewhere[rng.randrange(min(3, len(elsewhere)))]
        window = window_around(article.paragraphs[p], s, rng)
        if answer not in window.lower():
            yield _example(article, item.question, window, False, "elsewhere")


def _swap_word(item: _Item, own: Sequence[str], article: _Article, rng: random.Random) -> str | None:
    """Replace a word of the question by one from another question of the article, absent from its own paragraph.

    Many unanswerable questions of SQuAD 2 ask about something that the paragraph does not mention.
    """
    words = [word for word in item.question.rstrip("?").split() if word.isalpha() and word.islower() and len(word) > 4]
    known = content_words(" ".join(own)) | content_words(item.question)
    others = rng.sample(article.items, k=min(6, len(article.items)))
    new = [
        word
        for other in others
        for word in other.question.rstrip("?").split()
        if word.isalpha() and word.islower() and len(word) > 4 and word[:8] not in known
    ]
    if not words or not new:
        return None
    old = rng.choice(words)
    alike = [word for word in new if word[-2:] == old[-2:]] or new
    return item.question.replace(old, rng.choice(alike), 1)


def _claims(article: _Article, item: _Item, index: _SentenceIndex, rng: random.Random) -> Iterator[Example]:
    """Yield the claim made from question and answer, an altered claim, and the claim with an unrelated text."""
    own = article.paragraphs[item.paragraph]
    claim = declare(item.question, item.answer)
    if not claim:
        return
    text = window_around(own, item.sentence, rng)
    yield _claim(article, claim, text, Label.SUPPORTED, "true")
    others = [other.answer for other in article.items if other.paragraph == item.paragraph]
    wrong = [answer for answer in dict.fromkeys(others) if _is_plausible(answer, item.answer)]
    changed = declare(item.question, rng.choice(wrong)) if wrong else None
    altered = spoil(item.question, Story.of(own), rng) if not changed or rng.random() < 0.4 else None
    changed = declare(altered, item.answer) or changed if altered else changed
    if changed and changed != claim:
        yield _claim(article, changed, text, Label.NOT_SUPPORTED, "changed")
    elsewhere = [place for place in index.find(claim) if place[0] != item.paragraph]
    if elsewhere and rng.random() < 0.3:
        p, s = elsewhere[0]
        window = window_around(article.paragraphs[p], s, rng)
        if item.answer.lower() not in window.lower():
            yield _claim(article, claim, window, Label.NOT_ENOUGH_INFO, "elsewhere")


def _is_plausible(wrong: str, answer: str) -> bool:
    """Whether ``wrong`` has the form of the answer but no word in common with it."""
    first, second = wrong.lower(), answer.lower()
    if first in second or second in first or set(first.split()) & set(second.split()):
        return False
    return _form(wrong) == _form(answer)


def _form(text: str) -> tuple[bool, bool, bool]:
    """Whether the text has digits, starts with a capital letter, and has more than five words."""
    has_digit = any(mark.isdigit() for mark in text)
    return has_digit, text[:1].isupper(), len(text.split()) > 5


def _example(article: _Article, question: str, text: str, label: bool, kind: str) -> Example:
    return Example(Task.ANSWERS, question, text, int(label), "squad1", kind, group_of(article.title))


def _claim(article: _Article, claim: str, text: str, label: Label, kind: str) -> Example:
    return Example(Task.SUPPORTS, claim, text, label, "squad1", kind, group_of(article.title))
