"""Held-out questions with the search results of an archive that does or does not answer them.

Two archives are searched like a user's archive: one of encyclopaedia paragraphs, one of news. Each question is searched
in the archive that answers it; in the same archive without the answering text; with that text, but without the
sentences that contain the answer; with a detail of the question changed; and in the other archive, where it is off
topic. Some questions were written to be left open by the text they are about.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Sequence
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
from rag.evidence.training.claim_sets import read_lines, untokenized
from rag.evidence.training.curriculum import is_held_out
from rag.evidence.training.passages import Passage, news_passages, squad_passages
from rag.evidence.training.question_sets import held_out_contexts
from rag.evidence.training.questions import spoil
from rag.evidence.training.squad import group_of, load_squad
from rag.evidence.training.story import Story
from rag.evidence.training.written_questions import load_questions
from rag.settings import load_settings
from rag.settings_sections import Search

FOUND = Search().candidates
"""Chunks found by a search, as in the pipeline."""
_DEEP = FOUND + 12  # so that enough are left without the answering text
_PER_ARTICLE = 14  # questions sampled from each article of SQuAD 1.1


class Kind(StrEnum):
    """How a question relates to its search results.

    Only ``THERE`` is answered. Otherwise the answering text is missing (``TAKEN_OUT``) or lacks the answer (``CUT``),
    the question has a detail changed (``SPOILT``), it was written to be left open by its text (``OPEN``), or it was
    searched in the other archive (``OFF_TOPIC``).
    """

    THERE = "there"
    TAKEN_OUT = "taken out"
    CUT = "cut"
    SPOILT = "spoilt"
    OPEN = "open"
    OFF_TOPIC = "off topic"


@dataclass(frozen=True, slots=True)
class Pool:
    """A question with its search results, best first. ``own``: id of the article that it was asked about, if any."""

    question: str
    found: tuple[ScoredChunk, ...]
    answers: tuple[str, ...]
    own: str | None
    kind: Kind
    source: str

    @property
    def is_answered(self) -> bool:
        """Whether the search results answer the question."""
        return self.kind is Kind.THERE

    def is_right(self, article: str, sentence: str) -> bool:
        """Whether this sentence of this article answers the question."""
        if not self.is_answered or article != self.own:
            return False
        text = sentence.lower()
        return any(answer in text or text in answer for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answers in lower case, and the text it was asked about. ``is_answered``: the text answers it.

    ``otherwise``: the kind of its pool if the text does not.
    """

    question: str
    answers: tuple[str, ...]
    text: str
    source: str
    is_answered: bool = True
    otherwise: Kind = Kind.CUT

    @property
    def article(self) -> Article:
        """The text as an article of its own."""
        return _as_article(self.text)


class Retrieves(Protocol):
    """The part of an archive that is used here."""

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """At most ``limit`` chunks, best first."""
        ...


def pools(data: Path, work: Path, squad: Path | None = None, every: int = 1) -> Iterator[Pool]:
    """Yield all pools, in a fixed order.

    Args:
        data: folder of the data sets.
        work: folder for the two archives, which are created on the first run.
        squad: SQuAD 1.1's train-v1.1.json, to add questions from its held-out articles.
        every: use only every n-th question.

    Raises:
        BadInput: ``squad`` is not the published file.
    """
    rng = random.Random(1)  # noqa: S311  (sampling, not secrets)
    articles = _held_out_articles(squad) if squad else []
    questions = [*_searches(data), *_xquad(data)]
    texts = [one.text for one in questions]
    texts += [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]
    wiki_written, news_written = _written(squad_passages(articles)), _written(news_passages(data))
    held_wiki = [*_held_out(questions), *_squad(articles, rng), *wiki_written][::every]
    quiz = [*_held_out(_quiz(data)), *news_written]
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


def _held_out(questions: Sequence[Asked]) -> list[Asked]:
    return [one for one in questions if is_held_out(one.question)]


def around(one: Asked, archive: Retrieves, rng: random.Random) -> Iterator[Pool]:
    """Yield the pools of a question over its own archive: answered, and unanswered in every way that applies."""
    found = archive.search(Question(one.question), _DEEP)
    own = one.article.id
    others = [scored for scored in found if scored.chunk.article_id != own]
    there = found[:FOUND]
    if not one.is_answered:
        yield _pool(one, there, one.otherwise)
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
    """The chunk without the sentences that contain an answer."""
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
    """News quiz questions with the text that answers them."""
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
    """The questions of one article in SQuAD format."""
    return [
        Asked(item["question"], (_plain(item["answers"][0]["text"]),), paragraph["context"], "squad")
        for paragraph in document["paragraphs"]
        for item in paragraph["qas"]
    ]


def _held_out_articles(squad: Path) -> list[dict[str, Any]]:
    return [article for article in load_squad(squad) if is_held_out(group_of(article["title"]))]


def _squad(articles: Sequence[dict[str, Any]], rng: random.Random) -> list[Asked]:
    found: list[Asked] = []
    for article in articles:
        asked = [replace(asked, question=asked.question.strip()) for asked in _asked_of(article)]
        found += rng.sample(asked, k=min(_PER_ARTICLE, len(asked)))
    return found


def _written(passages: Iterable[Passage]) -> list[Asked]:
    """The questions written about the held-out ones of these passages; the answer is the whole sentence."""
    held = {passage.key: passage for passage in passages if is_held_out(passage.group)}
    return [
        Asked(
            one.question,
            (held[one.passage].sentences[one.sentence].lower(),) if one.answerable else (),
            held[one.passage].text,
            "written",
            one.answerable,
            Kind.OPEN,
        )
        for one in load_questions()
        if one.passage in held
    ]


def _searches(data: Path) -> list[Asked]:
    """Search questions (QED, CLAP NQ), whose answers are whole sentences."""
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
            answers = tuple(untokenized(sentence).lower() for sentence in row["output"][0]["selected_sentences"])
            text = untokenized(row["passages"][0]["text"])
            found.append(Asked(row["input"], answers, text, "searches", bool(answers)))
    return found
