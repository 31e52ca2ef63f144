"""Labelled sets of questions, as examples: what answers a question, and what stands near and does not."""

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

from rag.evidence.corpora import read_lines, untokenized
from rag.evidence.examples import Example, Task
from rag.evidence.mining import Choice
from rag.evidence.questions import spoil
from rag.evidence.story import Story
from rag.evidence.windows import content_words, sentences_of, windows


def _example(question: str, text: str, label: bool, source: str, kind: str = "", *, group: str = "") -> Example:
    return Example(Task.ANSWERS, question, text, int(label), source, kind, group or question)


def held_out_contexts(data: Path) -> str:
    """The text reported on for questions without an answer: sets from the same paragraphs leave it out."""
    queries = json.loads((data / "squad2_500/queries.json").read_text(encoding="utf-8"))["queries"]
    return "\n".join(query["context"] for query in queries)


def _with_spoilt(example: Example, rng: random.Random, share: float) -> Iterator[Example]:
    """A pair that answers, and now and then its question with a detail changed, which it does not answer."""
    yield example
    if rng.random() < share:
        changed = spoil(example.first, Story.of(sentences_of(example.second)), rng)
        if changed:
            yield _example(changed, example.second, False, example.source, "spoilt", group=example.group)


def read_squad_kind(data: Path, rng: random.Random) -> Iterator[Example]:
    """Question and sentence (QNLI), question and paragraph (XQuAD), none from a paragraph that is reported on."""
    held_out = held_out_contexts(data)
    with (data / "nli/glue_style/qnli_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["hypothesis"] not in held_out:
                pair = _example(row["premise"], row["hypothesis"], row["label"] == "entailment", "qnli")
                yield from _with_spoilt(pair, rng, 0.5) if pair.label else [pair]
    for document in json.loads((data / "xquad_en/xquad.en.json").read_text(encoding="utf-8"))["data"]:
        contexts = [p["context"] for p in document["paragraphs"] if p["context"] not in held_out]
        for paragraph in document["paragraphs"]:
            if paragraph["context"] not in contexts:
                continue
            for item in paragraph["qas"]:
                answered = _example(item["question"], paragraph["context"], True, "xquad")
                yield from _with_spoilt(answered, rng, 1.0)
                others = [c for c in contexts if c != paragraph["context"]]
                if others:
                    yield _example(item["question"], rng.choice(others), False, "xquad", "other paragraph")
                yield from _sentences_around(item["question"], paragraph["context"], item["answers"][0]["answer_start"])


def _sentences_around(question: str, context: str, place: int) -> Iterator[Example]:
    """The sentence the answer stands in, and the one of the others that is closest to the question."""
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
    """Search questions with Wikipedia paragraphs and the sentences that answer them (QED, CLAP NQ)."""
    for row in read_lines(data / "qed/qed-dev.jsonlines"):
        answer = row["annotation"].get("selected_sentence")
        question, paragraph = row["question_text"], row["paragraph_text"]
        starts = [*row["sentence_starts"], len(paragraph)]
        sentences = [paragraph[a:b].strip() for a, b in itertools.pairwise(starts)]
        if not answer:
            continue
        said = untokenized(answer["string"])
        yield from _with_spoilt(_example(question, said, True, "qed"), rng, 0.5)
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
    """Newswire sentences judged for TREC questions (the development set)."""
    for row in read_lines(data / "trecqa/DEV.jsonl"):
        for candidate in row["candidates"]:
            sentence = untokenized(candidate["sentence"])
            yield _example(untokenized(row["question"]), sentence, candidate["label"] == 1, "trecqa")


@dataclass(frozen=True, slots=True)
class _Quizzed:
    """A news quiz question, the words that answer it (lower case), the text that does, and near ones that do not."""

    question: str
    answers: tuple[str, ...]
    evidence: str
    near: tuple[str, ...]

    @property
    def saying(self) -> str | None:
        """The first sentence with the answer, where it is neither all of the text nor a scrap."""
        sentences = sentences_of(self.evidence)
        saying = [s for s in sentences if any(answer in s.lower() for answer in self.answers)]
        return saying[0] if len(sentences) > 1 and saying and len(saying[0].split()) >= 6 else None


def _quizzed(
    data: Path, articles: Sequence[Sequence[str]], most: int, kind: Literal["quicksort", "stable"]
) -> Iterator[_Quizzed]:
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
            for i in np.argsort(-scores, kind=kind)[:most]
            if i != place and pool[i] != row["evidence"] and not any(answer in pool[i].lower() for answer in answers)
        )
        yield _Quizzed(row["question"], answers, row["evidence"], near)


def read_quiz(data: Path, articles: Sequence[Sequence[str]], rng: random.Random) -> Iterator[Example]:
    """News quiz questions with the sentences that answer them, and near ones of other stories that do not."""
    for one in _quizzed(data, articles, 14, "quicksort"):  # as the first runs had it
        yield from _quiz_examples(one, rng)


def quiz_choices(data: Path, articles: Sequence[Sequence[str]], rng: random.Random) -> Iterator[Choice]:
    """News quiz questions: what answers each; the same with a detail changed; near texts of other stories."""
    for one in _quizzed(data, articles, 11, "stable"):
        yield Choice((_example(one.question, one.evidence, True, "quiz"),))
        if one.saying:
            yield Choice((_example(one.question, one.saying, True, "quiz", "sentence"),))
        story = Story.of(sentences_of(one.evidence))
        spoilt = sorted({changed for _ in range(4) if (changed := spoil(one.question, story, rng))})
        if spoilt:
            wrong = (_example(changed, one.evidence, False, "quiz", "spoilt", group=one.question) for changed in spoilt)
            yield Choice(tuple(wrong))
        near = [rng.choice(sentences_of(text)) if rng.random() < 0.4 else text for text in one.near]
        if near:
            yield Choice(tuple(_example(one.question, t, False, "quiz", "near") for t in dict.fromkeys(near)), most=2)


def _quiz_examples(one: _Quizzed, rng: random.Random) -> Iterator[Example]:
    yield from _with_spoilt(_example(one.question, one.evidence, True, "quiz"), rng, 0.35)
    if one.saying:
        yield _example(one.question, one.saying, True, "quiz", "sentence")
    if one.near and rng.random() < 0.4:
        around = [*one.near[:2], one.evidence]
        rng.shuffle(around)
        yield _example(one.question, " ".join(around), True, "quiz", "among others")
        yield _example(one.question, " ".join(one.near[:3]), False, "quiz", "among others")
    for text in rng.sample(one.near, k=min(3, len(one.near))):
        inside = rng.choice(sentences_of(text)) if rng.random() < 0.5 else text
        yield _example(one.question, inside, False, "quiz", "near")


def read_answers(data: Path, articles: Sequence[Sequence[str]], rng: random.Random) -> Iterator[Example]:
    """Every labelled set of questions. ``articles``: sentences of news articles, to find near ones in."""
    yield from read_squad_kind(data, rng)
    yield from read_natural_questions(data, rng)
    yield from read_trecqa(data)
    yield from read_quiz(data, articles, rng)
