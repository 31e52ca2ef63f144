"""SQuAD 1.1 as examples: its questions with what answers them, and its questions with their answers as claims.

Rajpurkar et al. 2016, "SQuAD: 100,000+ Questions for Machine Comprehension of Text": people's questions about Wikipedia
paragraphs. Its training articles are others than those of SQuAD 2's development set, which is reported on.
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
from rag.evidence.declared import declare
from rag.evidence.examples import Example, Label, Task
from rag.evidence.mining import Choice
from rag.evidence.questions import spoil
from rag.evidence.story import Story
from rag.evidence.windows import content_words

SHA256 = "3527663986b8295af4f7fcdff1ba1ff3f72d07d61a20f487cb238a6ef92fd955"
"""Of train-v1.1.json as published."""

WINDOW_WORDS = 85


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    answer: str
    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Article:
    """``paragraphs``: the sentences of each."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    asked: tuple[_Asked, ...]


def load_squad(path: Path) -> list[dict[str, Any]]:
    """The articles of SQuAD 1.1's training part.

    Raises:
        BadInput: the file is missing or is not that part as published.
    """
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise BadInput(f"{path} is not SQuAD 1.1's train-v1.1.json as published; its sha256 begins {SHA256[:12]}.")
    documents: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return documents


def group_of(title: str) -> str:
    """What keeps all examples of an article on one side of a split."""
    return f"squad1 {title}"


def read_squad(
    documents: Sequence[dict[str, Any]], rng: random.Random, *, questions: int, claims: int
) -> Iterator[Example]:
    """About so many questions and claims, each with texts that do and texts that do not bear them out."""
    asked, each = _questions(documents)
    for article, one, near in each:
        if rng.random() < questions / asked:
            yield from _answers(article, one, near, rng)
        if rng.random() < claims / asked:
            yield from _claims(article, one, near, rng)


def squad_choices(documents: Sequence[dict[str, Any]], rng: random.Random, *, questions: int) -> Iterator[Choice]:
    """About so many questions: what answers each; with a detail or word changed; near texts without its answer."""
    asked, each = _questions(documents)
    for article, one, near in each:
        if rng.random() < questions / asked:
            yield from _choices(article, one, near, rng)


def _questions(documents: Sequence[dict[str, Any]]) -> tuple[int, Iterator[tuple[_Article, _Asked, _Near]]]:
    """How many questions there are, and each with its article and that one's sentences to look through."""
    articles = [_article(document) for document in documents]
    each = ((article, one, near) for article in articles for near in (_Near(article),) for one in article.asked)
    return sum(len(article.asked) for article in articles), each


def _choices(article: _Article, one: _Asked, near: _Near, rng: random.Random) -> Iterator[Choice]:
    own = article.paragraphs[one.paragraph]
    text = _window(own, one.sentence, rng)
    yield Choice((_example(article, one.question, text, True, "window"),))
    story = Story.of(own)
    changed = {spoil(one.question, story, rng) for _ in range(3)}
    changed |= {_swap_word(one, own, article, rng) for _ in range(3)}
    spoilt = sorted(question for question in changed if question and question != one.question)
    if spoilt:
        yield Choice(tuple(_example(article, question, text, False, "spoilt") for question in spoilt))
    texts = dict.fromkeys(_without(one.answer.lower(), article, near.find(one.question, 9), rng))
    if texts:
        yield Choice(tuple(_example(article, one.question, text, False, "near") for text in texts), most=2)


def _without(answer: str, article: _Article, places: Sequence[tuple[int, int]], rng: random.Random) -> Iterator[str]:
    """Of each place its sentence, or a window around it, where that does not hold the answer."""
    for p, s in places:
        sentence = article.paragraphs[p][s]
        window = _window(article.paragraphs[p], s, rng)
        text = window if rng.random() < 0.5 and answer not in window.lower() else sentence
        if answer not in text.lower():
            yield text


def _article(raw: dict[str, Any]) -> _Article:
    paragraphs: list[tuple[str, ...]] = []
    asked: list[_Asked] = []
    for place, paragraph in enumerate(raw["paragraphs"]):
        spans = list(sentence_spans(paragraph["context"]))
        paragraphs.append(tuple(span.of(paragraph["context"]) for span in spans))
        for item in paragraph["qas"]:
            start = item["answers"][0]["answer_start"]
            holding = [i for i, span in enumerate(spans) if span.start <= start < span.end]
            if holding and len(item["question"].split()) >= 4:
                text = item["answers"][0]["text"]
                asked.append(_Asked(item["question"].strip(), text, place, holding[0]))
    return _Article(raw["title"], tuple(paragraphs), tuple(asked))


class _Near:
    """The sentences of an article that are closest to a question, by TF-IDF."""

    def __init__(self, article: _Article) -> None:
        self._places = [(p, s) for p, sentences in enumerate(article.paragraphs) for s in range(len(sentences))]
        self._finder = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
        self._texts = self._finder.fit_transform([article.paragraphs[p][s] for p, s in self._places])

    def find(self, question: str, most: int = 12) -> list[tuple[int, int]]:
        """Paragraph and sentence, the closest first."""
        scores = (self._texts @ self._finder.transform([question]).T).toarray().ravel()
        return [self._places[i] for i in np.argsort(-scores, kind="stable")[:most]]


def _window(sentences: Sequence[str], place: int, rng: random.Random) -> str:
    """A run of sentences that holds the one at ``place``: alone, with neighbours, or as many as the words allow."""
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


def _answers(article: _Article, one: _Asked, near: _Near, rng: random.Random) -> Iterator[Example]:
    """A question with its sentence or window; spoilt, with the same; with near texts that do not hold its answer."""
    own = article.paragraphs[one.paragraph]
    text = _window(own, one.sentence, rng)
    yield _example(article, one.question, text, True, "window")
    changed = spoil(one.question, Story.of(own), rng) if rng.random() < 0.6 else _swap_word(one, own, article, rng)
    if changed:
        yield _example(article, changed, text, False, "spoilt")
    answer = one.answer.lower()
    without = [(p, s) for p, s in near.find(one.question) if answer not in article.paragraphs[p][s].lower()]
    beside = [s for p, s in without if p == one.paragraph]
    elsewhere = [place for place in without if place[0] != one.paragraph]
    if beside and rng.random() < 0.6:
        yield _example(article, one.question, own[beside[0]], False, "beside")
    if elsewhere:
        p, s = elsewhere[rng.randrange(min(3, len(elsewhere)))]
        window = _window(article.paragraphs[p], s, rng)
        if answer not in window.lower():
            yield _example(article, one.question, window, False, "elsewhere")


def _swap_word(one: _Asked, own: Sequence[str], article: _Article, rng: random.Random) -> str | None:
    """The question with a word of another question of its article, which its own paragraph does not hold.

    Many of the questions that SQuAD 2 has no answer to ask for something the paragraph never speaks of.
    """
    words = [word for word in one.question.rstrip("?").split() if word.isalpha() and word.islower() and len(word) > 4]
    held = content_words(" ".join(own))
    asked = content_words(one.question)
    others = rng.sample(article.asked, k=min(6, len(article.asked)))
    new = [
        word
        for other in others
        for word in other.question.rstrip("?").split()
        if word.isalpha() and word.islower() and len(word) > 4 and word[:8] not in held | asked
    ]
    if not words or not new:
        return None
    old = rng.choice(words)
    alike = [word for word in new if word[-2:] == old[-2:]] or new
    return one.question.replace(old, rng.choice(alike), 1)


def _claims(article: _Article, one: _Asked, near: _Near, rng: random.Random) -> Iterator[Example]:
    """The question and its answer as a claim; with another answer of the paragraph; held against another text."""
    own = article.paragraphs[one.paragraph]
    claim = declare(one.question, one.answer)
    if not claim:
        return
    text = _window(own, one.sentence, rng)
    yield _claim(article, claim, text, Label.SUPPORTED, "true")
    others = [other.answer for other in article.asked if other.paragraph == one.paragraph]
    wrong = [text for text in dict.fromkeys(others) if _is_alike(text, one.answer)]
    changed = declare(one.question, rng.choice(wrong)) if wrong else None
    spoilt = spoil(one.question, Story.of(own), rng) if not changed or rng.random() < 0.4 else None
    changed = declare(spoilt, one.answer) or changed if spoilt else changed
    if changed and changed != claim:
        yield _claim(article, changed, text, Label.NOT_SUPPORTED, "changed")
    elsewhere = [place for place in near.find(claim) if place[0] != one.paragraph]
    if elsewhere and rng.random() < 0.3:
        p, s = elsewhere[0]
        window = _window(article.paragraphs[p], s, rng)
        if one.answer.lower() not in window.lower():
            yield _claim(article, claim, window, Label.NOT_ENOUGH_INFO, "elsewhere")


def _is_alike(text: str, answer: str) -> bool:
    """Whether one could be taken for the other: both with figures or both without, both names or neither."""
    one, other = text.lower(), answer.lower()
    if one in other or other in one or set(one.split()) & set(other.split()):
        return False
    return _form(text) == _form(answer)


def _form(text: str) -> tuple[bool, bool, bool]:
    has_digit = any(mark.isdigit() for mark in text)
    return has_digit, text[:1].isupper(), len(text.split()) > 5


def _example(article: _Article, question: str, text: str, label: bool, kind: str) -> Example:
    return Example(Task.ANSWERS, question, text, int(label), "squad1", kind, group_of(article.title))


def _claim(article: _Article, claim: str, text: str, label: Label, kind: str) -> Example:
    return Example(Task.SUPPORTS, claim, text, label, "squad1", kind, group_of(article.title))
