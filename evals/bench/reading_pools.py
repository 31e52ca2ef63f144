"""Questions that training held out, each with passages that answer it and with passages that do not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.formats.realtimeqa import realtimeqa
from index.embedding import load_embedder
from index.types import Chunk, Question, Span
from rag.assemble import open_archive, reranker
from rag.evidence.asked import held_out_contexts
from rag.evidence.corpora import read_lines, untokenized
from rag.evidence.examples import part
from rag.evidence.train import HELD_OUT_PARTS
from rag.settings import load_settings
from rag.types import Passage

PASSAGES = 8


@dataclass(frozen=True, slots=True)
class Pool:
    """A question with its passages: a sentence answers that holds one of ``answers`` and stands in one of ``right``."""

    question: str
    passages: tuple[Passage, ...]
    answers: tuple[str, ...]
    right: frozenset[int]

    def is_right(self, passage: int, sentence: str) -> bool:
        """Whether this sentence of this passage answers."""
        text = sentence.lower()
        return passage in self.right and any(answer in text or text in answer for answer in self.answers)


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    answers: tuple[str, ...]
    own: str
    is_answered: bool = True


def pools(data: Path) -> Iterator[Pool]:
    """Every held-out question twice, with its own text among the likeliest others and with the others alone.

    Others that hold an answer are left out. Questions labelled as not answered by their text come once, with it.
    """
    embedder = load_embedder()
    for asked in (_quiz(data), _squad_kind(data), _searches(data)):
        pool = list(dict.fromkeys(one.own for one in asked))
        vectors = embedder.embed_texts(pool)
        for one in asked:
            if part(one.question, HELD_OUT_PARTS):
                continue
            cosines = vectors @ embedder.embed_questions([one.question])[0]
            near = [pool[place] for place in np.argsort(-cosines)[: 3 * PASSAGES]]
            others = [t for t in near if t != one.own and not any(answer in t.lower() for answer in one.answers)]
            ranked = [text for text in near if text == one.own or text in others]
            if one.own not in ranked:
                ranked.insert(PASSAGES // 2, one.own)
            yield _pool(one, ranked)
            if one.is_answered:
                yield _pool(one, others)


def _pool(asked: _Asked, texts: Sequence[str]) -> Pool:
    shown = texts[:PASSAGES]
    if asked.own in texts and asked.own not in shown:
        shown = [*shown[:-1], asked.own]
    passages = tuple(
        Passage(number, Chunk(str(number), str(number), 0, Span(0, len(text)), text), 0.0)
        for number, text in enumerate(shown, start=1)
    )
    right = [number for number, text in enumerate(shown, start=1) if asked.is_answered and text == asked.own]
    return Pool(asked.question, passages, asked.answers, frozenset(right))


def _plain(answer: str) -> str:
    return answer.lower().strip("“”\"' .")


def _quiz(data: Path) -> list[_Asked]:
    rows = read_lines(data / "realtimeqa_train/questions.jsonl")
    return [
        _Asked(row["question"], tuple(_plain(answer) for answer in row["answer"]), row["evidence"])
        for row in rows
        if len(row["evidence"].split()) >= 6
    ]


def _squad_kind(data: Path) -> list[_Asked]:
    held_out = held_out_contexts(data)
    documents = json.loads((data / "xquad_en/xquad.en.json").read_text(encoding="utf-8"))["data"]
    return [
        _Asked(item["question"], (_plain(item["answers"][0]["text"]),), paragraph["context"])
        for document in documents
        for paragraph in document["paragraphs"]
        if paragraph["context"] not in held_out
        for item in paragraph["qas"]
    ]


def _searches(data: Path) -> list[_Asked]:
    """QED and CLAP NQ: what answers are whole sentences."""
    found = [
        _Asked(
            row["question_text"],
            (untokenized(row["annotation"]["selected_sentence"]["string"]).lower(),),
            untokenized(row["paragraph_text"]),
        )
        for row in read_lines(data / "qed/qed-dev.jsonlines")
        if row["annotation"].get("selected_sentence")
    ]
    for name in ("answerable", "unanswerable"):
        for row in read_lines(data / f"clapnq/clapnq_dev_{name}.jsonl"):
            said = tuple(untokenized(sentence).lower() for sentence in row["output"][0]["selected_sentences"])
            found.append(_Asked(row["input"], said, untokenized(row["passages"][0]["text"]), bool(said)))
    return found


def news_pools(data: Path, archive: Path) -> Iterator[Pool]:
    """RealTimeQA's shared questions with what the archive of its articles finds: news as it is, with headlines.

    Every sentence that holds an answer counts as answering, whichever article it stands in.
    """
    settings = load_settings({"archive": archive})
    with open_archive(settings, create=False) as articles:
        for case in realtimeqa(data).cases:
            if case.relevant:
                passages = reranker(settings).rank(
                    case.question, articles.search(Question(case.question), settings.search.candidates), PASSAGES
                )
                everywhere = frozenset(passage.number for passage in passages)
                yield Pool(case.question, tuple(passages), tuple(map(_plain, case.answers)), everywhere)
