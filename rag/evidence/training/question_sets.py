"""Read the labelled question-answering data sets as training examples for the "answers" task."""

from __future__ import annotations

import csv
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

from rag.evidence.examples import Example, Task
from rag.evidence.training.claim_sets import read_lines, untokenized
from rag.evidence.training.mining import Choice
from rag.evidence.training.questions import spoil
from rag.evidence.training.story import Story
from rag.evidence.windows import content_words, sentences_of, windows


def _example(question: str, text: str, label: bool, source: str, kind: str = "", *, group: str = "") -> Example:
    return Example(Task.ANSWERS, question, text, int(label), source, kind, group or question)


def held_out_contexts(data: Path) -> str:
    """The paragraphs of the SQuAD 2 evaluation set; data sets drawn from the same paragraphs must skip them."""
    queries = json.loads((data / "squad2_500/queries.json").read_text(encoding="utf-8"))["queries"]
    return "\n".join(query["context"] for query in queries)


def _with_altered(example: Example, rng: random.Random, share: float) -> Iterator[Example]:
    """Yield a positive example and, with probability ``share``, a negative one whose question has a detail changed."""
    yield example
    if rng.random() < share:
        changed = spoil(example.first, Story.of(sentences_of(example.second)), rng)
        if changed:
            yield _example(changed, example.second, False, example.source, "spoilt", group=example.group)


def read_squad_kind(data: Path, rng: random.Random) -> Iterator[Example]:
    """Question-sentence (QNLI) and question-paragraph (XQuAD) pairs, without the SQuAD 2 evaluation paragraphs."""
    held_out = held_out_contexts(data)
    with (data / "nli/glue_style/qnli_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["hypothesis"] not in held_out:
                pair = _example(row["premise"], row["hypothesis"], row["label"] == "entailment", "qnli")
                yield from _with_altered(pair, rng, 0.5) if pair.label else [pair]
    for document in json.loads((data / "xquad_en/xquad.en.json").read_text(encoding="utf-8"))["data"]:
        contexts = [p["context"] for p in document["paragraphs"] if p["context"] not in held_out]
        for paragraph in document["paragraphs"]:
            if paragraph["context"] not in contexts:
                continue
            for item in paragraph["qas"]:
                answered = _example(item["question"], paragraph["context"], True, "xquad")
                yield from _with_altered(answered, rng, 1.0)
                others = [c for c in contexts if c != paragraph["context"]]
                if others:
                    yield _example(item["question"], rng.choice(others), False, "xquad", "other paragraph")
                yield from _sentences_around(item["question"], paragraph["context"], item["answers"][0]["answer_start"])


def _sentences_around(question: str, context: str, place: int) -> Iterator[Example]:
    """Yield the sentence with the answer (positive) and, of the others, the one most like the question (negative).

    ``place`` is the character offset of the answer in ``context``.
    """
    before = 0
    others: list[str] = []
    for sentence in sentences_of(context):
        start = context.index(sentence, before)
        before = start + len(sentence)
        if start <= place < before:
            yield _example(question, sentence, True, "xquad", "sentence")
        else:
            others.append(sentence)
    if others:
        words = content_words(question)
        yield _example(question, max(others, key=lambda s: len(words & content_words(s))), False, "xquad", "sentence")


def read_natural_questions(data: Path, rng: random.Random) -> Iterator[Example]:
    """Natural Questions with their Wikipedia paragraphs and answer sentences (QED, CLAP NQ)."""
    for row in read_lines(data / "qed/qed-dev.jsonlines"):
        answer = row["annotation"].get("selected_sentence")
        question, paragraph = row["question_text"], row["paragraph_text"]
        starts = [*row["sentence_starts"], len(paragraph)]
        sentences = [paragraph[a:b].strip() for a, b in itertools.pairwise(starts)]
        if not answer:
            continue
        sentence = untokenized(answer["string"])
        yield from _with_altered(_example(question, sentence, True, "qed"), rng, 0.5)
        yield _example(question, untokenized(paragraph), True, "qed", "paragraph")
        others = [s for s in sentences if s and s not in answer["string"]]
        if others:
            yield _example(question, untokenized(rng.choice(others)), False, "qed", "sentence")
    for name in ("answerable", "unanswerable"):
        for row in read_lines(data / f"clapnq/clapnq_dev_{name}.jsonl"):
            passage, chosen = row["passages"][0], row["output"][0]["selected_sentences"]
            yield _example(row["input"], untokenized(passage["text"]), bool(chosen), "clapnq", "paragraph")
            for sentence in rng.sample(passage["sentences"], k=min(4, len(passage["sentences"]))):
                yield _example(row["input"], untokenized(sentence), sentence in chosen, "clapnq", "sentence")


def read_trecqa(data: Path) -> Iterator[Example]:
    """Newswire sentences judged against TREC questions (TrecQA development set)."""
    for row in read_lines(data / "trecqa/DEV.jsonl"):
        for candidate in row["candidates"]:
            sentence = untokenized(candidate["sentence"])
            yield _example(untokenized(row["question"]), sentence, candidate["label"] == 1, "trecqa")


@dataclass(frozen=True, slots=True)
class _QuizItem:
    """A news quiz question: its answers in lower case, the text with the answer, and similar texts without it."""

    question: str
    answers: tuple[str, ...]
    evidence: str
    near: tuple[str, ...]

    @property
    def answer_sentence(self) -> str | None:
        """The first sentence with an answer; None if it is the whole evidence or shorter than six words."""
        sentences = sentences_of(self.evidence)
        found = [s for s in sentences if any(answer in s.lower() for answer in self.answers)]
        return found[0] if len(sentences) > 1 and found and len(found[0].split()) >= 6 else None


def _quiz_items(
    data: Path, articles: Sequence[Sequence[str]], most: int, sort: Literal["quicksort", "stable"]
) -> Iterator[_QuizItem]:
    """Yield every quiz question with up to ``most`` similar texts, found by TF-IDF among evidence and articles."""
    rows = read_lines(data / "realtimeqa_train/questions.jsonl")
    rows = [row for row in rows if len(row["evidence"].split()) >= 6]
    pool = [row["evidence"] for row in rows] + [
        run for sentences in articles for run in windows(sentences, words=60, most=3)
    ]
    finder = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
    texts = finder.fit_transform(pool)
    questions = finder.transform([row["question"] for row in rows])
    for place, row in enumerate(rows):
        scores = np.asarray((texts @ questions[place].T).todense()).ravel()
        answers = tuple(answer.lower().strip("“”\"' ") for answer in row["answer"])
        near = tuple(
            pool[i]
            for i in np.argsort(-scores, kind=sort)[:most]
            if i != place and pool[i] != row["evidence"] and not any(answer in pool[i].lower() for answer in answers)
        )
        yield _QuizItem(row["question"], answers, row["evidence"], near)


def read_quiz(data: Path, articles: Sequence[Sequence[str]], rng: random.Random) -> Iterator[Example]:
    """News quiz questions with texts that answer them, and similar texts from other stories that do not."""
    # The unstable sort is kept from the first training runs: it decides the order of ties.
    for item in _quiz_items(data, articles, 14, "quicksort"):
        yield from _quiz_examples(item, rng)


def quiz_choices(data: Path, articles: Sequence[Sequence[str]], rng: random.Random) -> Iterator[Choice]:
    """Mining candidates from the news quiz: positives, altered questions, and similar texts from other stories."""
    for item in _quiz_items(data, articles, 11, "stable"):
        question = item.question
        yield Choice((_example(question, item.evidence, True, "quiz"),))
        if item.answer_sentence:
            yield Choice((_example(question, item.answer_sentence, True, "quiz", "sentence"),))
        story = Story.of(sentences_of(item.evidence))
        altered = sorted({changed for _ in range(4) if (changed := spoil(question, story, rng))})
        if altered:
            wrong = (_example(changed, item.evidence, False, "quiz", "spoilt", group=question) for changed in altered)
            yield Choice(tuple(wrong))
        near = [rng.choice(sentences_of(text)) if rng.random() < 0.4 else text for text in item.near]
        if near:
            yield Choice(tuple(_example(question, t, False, "quiz", "near") for t in dict.fromkeys(near)), most=2)


def _quiz_examples(item: _QuizItem, rng: random.Random) -> Iterator[Example]:
    yield from _with_altered(_example(item.question, item.evidence, True, "quiz"), rng, 0.35)
    if item.answer_sentence:
        yield _example(item.question, item.answer_sentence, True, "quiz", "sentence")
    if item.near and rng.random() < 0.4:
        mixed = [*item.near[:2], item.evidence]
        rng.shuffle(mixed)
        yield _example(item.question, " ".join(mixed), True, "quiz", "among others")
        yield _example(item.question, " ".join(item.near[:3]), False, "quiz", "among others")
    for text in rng.sample(item.near, k=min(3, len(item.near))):
        negative = rng.choice(sentences_of(text)) if rng.random() < 0.5 else text
        yield _example(item.question, negative, False, "quiz", "near")


def read_answers(data: Path, articles: Sequence[Sequence[str]], rng: random.Random) -> Iterator[Example]:
    """Every labelled question data set. ``articles`` (lists of sentences) supply similar texts as negatives."""
    yield from read_squad_kind(data, rng)
    yield from read_natural_questions(data, rng)
    yield from read_trecqa(data)
    yield from read_quiz(data, articles, rng)
