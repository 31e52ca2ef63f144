"""Questions that training held out, each with what a search finds for it in an archive that does or does not answer.

Two archives are searched as a user's would be: paragraphs of an encyclopaedia, and news. A question is asked of the
archive that answers it; of the same without the text that answers; of that text without the sentences that hold the
answer; with a detail changed, so that the text no longer answers; and of the other archive, where it is off topic.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from evals.formats.realtimeqa import realtimeqa
from index.archive import Archive
from index.sentences import sentence_spans
from index.types import Article, Question, ScoredChunk
from rag.assemble import open_archive
from rag.evidence.asked import held_out_contexts
from rag.evidence.corpora import read_lines, untokenized
from rag.evidence.curriculum import HELD_OUT_PARTS
from rag.evidence.examples import part
from rag.evidence.questions import spoil
from rag.evidence.squad import group_of, load_squad
from rag.evidence.story import Story
from rag.sections import Search
from rag.settings import load_settings

FOUND = Search().candidates
"""Chunks a search finds, as in the chain."""
_DEEP = FOUND + 12  # so that as many are left without the text that answers
_A_TITLE = 14  # questions taken of each article of SQuAD 1.1


class Kind(StrEnum):
    """How a question stands to what was found for it; only ``THERE`` is answered by it."""

    THERE = "there"
    TAKEN_OUT = "taken out"
    CUT = "cut"
    SPOILT = "spoilt"
    OFF_TOPIC = "off topic"


@dataclass(frozen=True, slots=True)
class Pool:
    """A question with what was found for it, best first; ``own`` is the article that answers it, if any does."""

    question: str
    found: tuple[ScoredChunk, ...]
    answers: tuple[str, ...]
    own: str | None
    kind: Kind
    source: str

    @property
    def is_answered(self) -> bool:
        """Whether what was found answers the question."""
        return self.kind is Kind.THERE

    def is_right(self, article: str, sentence: str) -> bool:
        """Whether this sentence of this article answers."""
        if not self.is_answered or article != self.own:
            return False
        text = sentence.lower()
        return any(answer in text or text in answer for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what answers it (lower case), and the text where that stands, or None where none is known to."""

    question: str
    answers: tuple[str, ...]
    text: str
    source: str
    is_answered: bool = True

    @property
    def article(self) -> Article:
        """The text as an article of its own."""
        return _as_article(self.text)


class Retrieves(Protocol):
    """An archive, as far as it is searched here."""

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """At most ``limit`` chunks, best first."""
        ...


def pools(data: Path, work: Path, squad: Path | None = None, every: int = 1) -> Iterator[Pool]:
    """All pools, in a fixed order. The archives are made in ``work`` once.

    Args:
        data: folder of the data sets.
        work: folder for the two archives.
        squad: SQuAD 1.1's train-v1.1.json, whose articles held out from training are asked about too.
        every: only every so many of the questions.

    Raises:
        BadInput: ``squad`` is not that file.
    """
    rng = random.Random(1)  # noqa: S311  (sampling, not secrets)
    articles = _held_out_articles(squad) if squad else []
    some = [*_searches(data), *_xquad(data)]
    texts = [one.text for one in some] + [paragraph["context"] for one in articles for paragraph in one["paragraphs"]]
    held_wiki = [*_held_out(some), *_squad(articles, rng)][::every]
    quiz = _held_out(_quiz(data))
    held_quiz = quiz[::every]
    with _archive(work / "wiki", [_as_article(text) for text in dict.fromkeys(texts)]) as archive:
        for one in held_wiki:
            yield from around(one, archive, rng)
    news = [*(realtimeqa(data).articles or ()), *(one.article for one in quiz)]
    with _archive(work / "news", news) as archive:
        for one in held_quiz:
            yield from around(one, archive, rng)
        for one in held_wiki:
            found = archive.search(Question(one.question), FOUND)
            if not _holds_answer(one, found[:12]):
                yield Pool(one.question, tuple(found), one.answers, None, Kind.OFF_TOPIC, one.source)


def _held_out(some: Sequence[Asked]) -> list[Asked]:
    return [one for one in some if part(one.question, HELD_OUT_PARTS) == 0]


def around(one: Asked, archive: Retrieves, rng: random.Random) -> Iterator[Pool]:
    """A question as its archive answers it, and in every way in which it does not."""
    found = archive.search(Question(one.question), _DEEP)
    own = one.article.id
    others = [scored for scored in found if scored.chunk.article_id != own]
    there = found[:FOUND]
    if not one.is_answered:
        yield _pool(one, there, Kind.CUT)
        return
    yield _pool(one, there, Kind.THERE)
    if not _holds_answer(one, others[:12]):
        yield _pool(one, others[:FOUND], Kind.TAKEN_OUT)
        if len(one.text.split()) > 60:
            cut = [_without_answer(scored, one) if scored.chunk.article_id == own else scored for scored in there]
            yield _pool(one, cut, Kind.CUT)
    changed = spoil(one.question, Story.of([span.of(one.text) for span in sentence_spans(one.text)]), rng)
    if changed:
        yield replace(_pool(one, there, Kind.SPOILT), question=changed)


def _pool(one: Asked, found: Sequence[ScoredChunk], kind: Kind) -> Pool:
    return Pool(one.question, tuple(found), one.answers, one.article.id, kind, one.source)


def _holds_answer(one: Asked, found: Sequence[ScoredChunk]) -> bool:
    return any(answer in scored.chunk.text.lower() for scored in found for answer in one.answers)


def _without_answer(scored: ScoredChunk, one: Asked) -> ScoredChunk:
    """The chunk without the sentences that hold the answer."""
    text = scored.chunk.text
    sentences = [span.of(text) for span in sentence_spans(text)]
    kept = [s for s in sentences if not any(answer in s.lower() or s.lower() in answer for answer in one.answers)]
    return replace(scored, chunk=replace(scored.chunk, text=" ".join(kept)))


@contextmanager
def _archive(folder: Path, articles: Sequence[Article]) -> Iterator[Archive]:
    with open_archive(load_settings({"archive": folder})) as archive:
        archive.sync(articles)
        yield archive


def _as_article(text: str) -> Article:
    return Article("t" + hashlib.sha256(text.encode()).hexdigest()[:12], None, text)


def _plain(answer: str) -> str:
    return answer.lower().strip("“”\"' .")


def _quiz(data: Path) -> list[Asked]:
    """News quizzes with the sentences they were made from."""
    rows = read_lines(data / "realtimeqa_train/questions.jsonl")
    return [
        Asked(row["question"], tuple(_plain(answer) for answer in row["answer"]), row["evidence"], "quiz")
        for row in rows
        if len(row["evidence"].split()) >= 6
    ]


def _xquad(data: Path) -> list[Asked]:
    held_out = held_out_contexts(data)
    documents = json.loads((data / "xquad_en/xquad.en.json").read_text(encoding="utf-8"))["data"]
    return [one for document in documents for one in _asked_of(document) if one.text not in held_out]


def _asked_of(document: dict[str, Any]) -> list[Asked]:
    """The questions of one article of a set in SQuAD's form."""
    return [
        Asked(item["question"], (_plain(item["answers"][0]["text"]),), paragraph["context"], "squad")
        for paragraph in document["paragraphs"]
        for item in paragraph["qas"]
    ]


def _held_out_articles(squad: Path) -> list[dict[str, Any]]:
    return [one for one in load_squad(squad) if part(group_of(one["title"]), HELD_OUT_PARTS) == 0]


def _squad(articles: Sequence[dict[str, Any]], rng: random.Random) -> list[Asked]:
    found: list[Asked] = []
    for one in articles:
        asked = [replace(asked, question=asked.question.strip()) for asked in _asked_of(one)]
        found += rng.sample(asked, k=min(_A_TITLE, len(asked)))
    return found


def _searches(data: Path) -> list[Asked]:
    """QED and CLAP NQ: what answers are whole sentences."""
    found = [
        Asked(
            row["question_text"],
            (untokenized(row["annotation"]["selected_sentence"]["string"]).lower(),),
            untokenized(row["paragraph_text"]),
            "searches",
        )
        for row in read_lines(data / "qed/qed-dev.jsonlines")
        if row["annotation"].get("selected_sentence")
    ]
    for name in ("answerable", "unanswerable"):
        for row in read_lines(data / f"clapnq/clapnq_dev_{name}.jsonl"):
            said = tuple(untokenized(sentence).lower() for sentence in row["output"][0]["selected_sentences"])
            text = untokenized(row["passages"][0]["text"])
            found.append(Asked(row["input"], said, text, "searches", bool(said)))
    return found
