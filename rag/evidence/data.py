"""The training examples of the evidence model: labelled data sets, and examples generated from raw news articles."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rag.evidence.examples import Example, Label, Task
from rag.evidence.training.claim_sets import read_lines, read_supports
from rag.evidence.training.mining import Choice
from rag.evidence.training.planted import Planted, plant
from rag.evidence.training.question_sets import read_answers
from rag.evidence.training.questions import ask, spoil
from rag.evidence.training.rewrites import rewrite
from rag.evidence.training.squad import load_squad, read_squad
from rag.evidence.training.story import Story
from rag.evidence.windows import overlaps, sentences_of

SQUAD_QUESTIONS, SQUAD_CLAIMS = 24_000, 20_000
"""Approximate number of SQuAD's 87,599 questions used as questions, and rewritten as claims."""

SAYS_THE_SAME = 0.75
"""Overlap of two sentences (0 to 1) at or above which one may support the other."""


def read_articles(data: Path) -> list[list[str]]:
    """The raw news articles, each as a list of sentences; duplicates are dropped."""
    texts = [row["text"] for row in read_lines(data / "realtimeqa/articles_2022gold.jsonl")]
    war = json.loads((data / "ukraine_war_news/key_annotated_articles.json").read_text(encoding="utf-8"))
    texts += [row["content"] for row in war]
    texts += [row["text"] for row in read_lines(data / "gum_wikinews/articles.jsonl")]
    return [sentences_of(text) for text in dict.fromkeys(texts)]


def _is_statement(sentence: str) -> bool:
    words = sentence.split()
    return 8 <= len(words) <= 42 and sentence[0].isupper() | (sentence[0] in '“"') and sentence[-1] in '.”"'


def _around(sentences: Sequence[str], place: int, rng: random.Random, *, words: int = 85) -> tuple[list[str], int]:
    """A random window of one to four sentences around index ``place``, and the index of that sentence in it.

    The window shrinks until it has at most ``words`` words or only that sentence is left.
    """
    before, after = rng.choice(((0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (2, 0), (1, 2)))
    start, end = max(0, place - before), min(len(sentences), place + after + 1)
    while end - start > 1 and sum(len(s.split()) for s in sentences[start:end]) > words:
        start, end = (start + 1, end) if start < place else (start, end - 1)
    return list(sentences[start:end]), place - start


def claims_about(sentences: Sequence[str], place: int, story: Story, rng: random.Random) -> Iterator[Example]:
    """Yield claims made from the sentence at index ``place``, with a window of the article as evidence.

    Supported claims reword the sentence, false ones have a planted error, and a claim with not enough info is the
    reworded sentence with other sentences of the article as evidence.
    """
    true = sentences[place]
    window, at = _around(sentences, place, rng)
    evidence = " ".join(window)
    yield _claim(rewrite(true, rng), evidence, Label.SUPPORTED, "true")
    planted = plant(true, story, rng)
    if planted:
        wrong = _false_claim(planted, window, at, rng, in_evidence=0.45)
        yield wrong
        if wrong.second != evidence and rng.random() < 0.3:
            yield _claim(rewrite(planted.text, rng), wrong.second, Label.SUPPORTED, "true of the altered")
    if rng.random() < 0.4:
        others, ranked, highest = _others(sentences, place)
        if others:
            near = [others[i] for i in sorted(ranked[: rng.randint(1, 3)])]
            if highest < SAYS_THE_SAME:
                yield _claim(rewrite(true, rng), " ".join(near), Label.NOT_ENOUGH_INFO, "elsewhere")


def _false_claim(
    planted: Planted, window: Sequence[str], at: int, rng: random.Random, *, in_evidence: float
) -> Example:
    """Make a false claim from a planted error.

    By default the claim has the error. With probability ``in_evidence``, where the error works both ways
    (``Planted.mirrors``), the claim is the true sentence and the evidence has the error.
    """
    if planted.mirrors and rng.random() < in_evidence:
        altered = " ".join([*window[:at], planted.text, *window[at + 1 :]])
        return _claim(rewrite(window[at], rng), altered, planted.label, f"{planted.kind} in evidence")
    return _claim(rewrite(planted.text, rng), " ".join(window), planted.label, planted.kind)


def _others(sentences: Sequence[str], place: int) -> tuple[list[str], list[int], float]:
    """The article's other sentences, neighbours excluded; their indices, most similar first; the highest similarity."""
    others = [s for i, s in enumerate(sentences) if abs(i - place) > 1 and len(s.split()) >= 6]
    scores = overlaps(sentences[place], others) if others else []
    return others, sorted(range(len(others)), key=lambda i: -scores[i]), max(scores, default=0.0)


def _claim(claim: str, evidence: str, label: Label, kind: str) -> Example:
    return Example(Task.SUPPORTS, claim, evidence, label, "news", kind)


def questions_about(sentences: Sequence[str], place: int, story: Story, rng: random.Random) -> Iterator[Example]:
    """Yield a question made from the sentence at index ``place``, with texts that answer it and texts that do not.

    Negatives are the question with a detail changed, and a similar sentence of the article without the answer.
    """
    asked = ask(sentences[place], rng)
    if not asked:
        return
    window, _ = _around(sentences, place, rng)
    yield _question(asked.question, rng.choice((sentences[place], " ".join(window))), True, "template")
    changed = spoil(asked.question, story, rng)
    if changed and rng.random() < 0.5:
        yield _question(changed, rng.choice((sentences[place], " ".join(window))), False, "spoilt")
    others = [s for s in sentences if s != sentences[place] and asked.answer not in s and len(s.split()) >= 6]
    if others:
        scores = overlaps(asked.question, others)
        ranked = sorted(range(len(others)), key=lambda i: -scores[i])
        yield _question(asked.question, others[rng.choice(ranked[:3])], False, "same article")


def news_choices(articles: Sequence[Sequence[str]], rng: random.Random, *, claims: int) -> Iterator[Choice]:
    """Mining candidates from ``claims`` random sentences of the articles.

    They are the sentence reworded, the sentence with each of several planted errors, and the reworded sentence against
    other sentences of its article.
    """
    places = _statements(articles)
    rng.shuffle(places)
    stories = [Story.of(sentences) for sentences in articles]
    for article, place in places[:claims]:
        for options in _options(articles[article], place, stories[article], rng):
            yield Choice(tuple(replace(option, group=f"news {article}") for option in options))


def _options(sentences: Sequence[str], place: int, story: Story, rng: random.Random) -> Iterator[Sequence[Example]]:
    true = sentences[place]
    window, at = _around(sentences, place, rng)
    yield [_claim(rewrite(true, rng), " ".join(window), Label.SUPPORTED, "true")]
    wrong: dict[tuple[str, str], Example] = {}
    for planted in filter(None, (plant(true, story, rng) for _ in range(5))):
        example = _false_claim(planted, window, at, rng, in_evidence=0.4)
        wrong[example.first, example.second] = example
    if wrong:
        yield list(wrong.values())
    if rng.random() < 0.35:
        yield from _elsewhere(sentences, place, rng)


def _elsewhere(sentences: Sequence[str], place: int, rng: random.Random) -> Iterator[Sequence[Example]]:
    """Pair the sentence with the sentences of its article most similar to it, unless one may support it."""
    others, ranked, highest = _others(sentences, place)
    if others and highest < SAYS_THE_SAME:
        runs = [" ".join(others[i] for i in sorted(ranked[start:end])) for start, end in ((0, 1), (0, 3), (1, 3))]
        yield [
            _claim(rewrite(sentences[place], rng), text, Label.NOT_ENOUGH_INFO, "elsewhere")
            for text in dict.fromkeys(runs)
        ]


def _statements(articles: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """(article index, sentence index) of every sentence usable as a claim."""
    return [
        (a, s) for a, sentences in enumerate(articles) for s in range(len(sentences)) if _is_statement(sentences[s])
    ]


def _question(question: str, text: str, label: bool, kind: str) -> Example:
    return Example(Task.ANSWERS, question, text, int(label), "news", kind)


def from_news(
    articles: Sequence[Sequence[str]], rng: random.Random, *, claims: int, questions: int
) -> Iterator[Example]:
    """Generate about ``claims`` claim examples and about ``questions`` question examples from raw articles."""
    places = _statements(articles)
    stories = [Story.of(sentences) for sentences in articles]
    for make, wanted in ((claims_about, claims), (questions_about, questions)):
        rng.shuffle(places)
        made = 0
        for article, place in places:
            if made >= wanted:
                break
            for example in make(articles[article], place, stories[article], rng):
                made += 1
                yield replace(example, group=f"news {article}")


def training_examples(
    data: Path, seed: int, *, claims: int = 26_000, questions: int = 11_000, squad: Path | None = None
) -> list[Example]:
    """All training and held-out examples, deduplicated and shuffled; deterministic for a given seed.

    Args:
        data: folder of the data sets; nothing in it is copied.
        seed: seed of all random choices.
        claims: approximate number of claim examples generated from raw articles.
        questions: approximate number of question examples generated from raw articles.
        squad: path of SQuAD 1.1's train-v1.1.json; None leaves SQuAD 1.1 out.
    """
    rng = random.Random(seed)  # noqa: S311  (shuffling, not secrets)
    articles = read_articles(data)
    examples = [*read_supports(data, rng), *read_answers(data, articles, rng)]
    examples += from_news(articles, rng, claims=claims, questions=questions)
    if squad:
        examples += read_squad(load_squad(squad), rng, questions=SQUAD_QUESTIONS, claims=SQUAD_CLAIMS)
    usable = [e for e in dict.fromkeys(examples) if e.first.strip() and e.second.strip()]
    rng.shuffle(usable)
    return usable
