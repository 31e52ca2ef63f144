"""Fakes of the archive and the models for tests of the chain, and chains made of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from index.errors import UnknownArticle
from index.types import Article, Chunk, Coverage, Question, ScoredChunk, Span
from rag.engine import Chatbot
from rag.extractive import ExtractiveReader, SentenceJudge
from rag.language.stems import stems
from rag.passages import PassageSentence, flat
from rag.ports import Reader, Reranker, Retriever, Rewriter
from rag.reader import ChatModel, LlmReader
from rag.rerank import RetrievalOrder
from rag.similarity import coverage, weighted_coverage
from rag.types import Draft, Passage, Sentence
from rag.verify import EvidenceVerifier


def day(number: int, month: int = 3) -> datetime:
    return datetime(2026, month, number, tzinfo=UTC)


def article(
    identity: str, text: str, *, published: datetime | None = None, outlet: str | None = "Varn Post"
) -> Article:
    return Article(id=identity, title=f"About {identity}", text=text, outlet=outlet, published=published)


def chunks_of(item: Article) -> list[Chunk]:
    """One chunk for each paragraph."""
    return [
        Chunk(
            id=hashlib.sha256(f"{item.id}:{found.start()}:{found.group()}".encode()).hexdigest()[:16],
            article_id=item.id,
            ordinal=ordinal,
            span=Span(found.start(), found.end()),
            text=found.group(),
            title=item.title,
            outlet=item.outlet,
            published=item.published,
            updated=item.updated,
        )
        for ordinal, found in enumerate(re.finditer(r"[^\s][^\n]*", item.text))
    ]


def passages_of(*texts: str, published: datetime | None = None) -> list[Passage]:
    return [
        Passage(number, chunks_of(article(f"a{number}", text, published=published))[0], 1.0)
        for number, text in enumerate(texts, start=1)
    ]


class MemoryArchive:
    """A retriever over articles in memory; ranks paragraphs by the question's words and respects all its bounds."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = {item.id: item for item in articles}
        self.asked: list[Question] = []

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        self.asked.append(question)
        wanted = frozenset(stems(question.text))
        found: dict[str, ScoredChunk] = {}
        for item in self._seen(question):
            for chunk in chunks_of(item):
                score = coverage(wanted, frozenset(stems(chunk.text)))
                first = found.setdefault(flat(chunk.text), ScoredChunk(chunk, score))
                if first.chunk.article_id != item.id:
                    found[flat(chunk.text)] = ScoredChunk(first.chunk, first.score, (*first.also_in, item.id))
        return sorted((f for f in found.values() if f.score > 0), key=lambda f: (-f.score, f.chunk.id))[:limit]

    def coverage(self, question: Question) -> Coverage:
        seen = self._seen(question)
        dates = sorted(item.published for item in seen if item.published)
        return Coverage(
            articles=len(seen),
            oldest=dates[0] if dates else None,
            newest=dates[-1] if dates else None,
            outlets=tuple(sorted({item.outlet for item in seen if item.outlet})),
            undated=len(seen) - len(dates),
        )

    def _seen(self, question: Question) -> list[Article]:
        return [item for item in self.articles.values() if _is_seen(item, question)]


def _is_seen(item: Article, question: Question) -> bool:
    if question.outlets and item.outlet not in question.outlets:
        return False
    if not (question.as_of or question.since or question.until):
        return True
    if item.published is None or item.known_from is None:
        return False
    return (
        (question.as_of is None or item.known_from <= question.as_of)
        and (question.since is None or item.published >= question.since)
        and (question.until is None or item.published <= question.until)
    )


class WordScorer:
    """Scores a text by the share of the question's words that it contains, weighted by rarity."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        return weighted_coverage(question, texts)


class WordJudge:
    """Judges a sentence by the share of the question's words that it contains."""

    def judge(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, float]:
        shares = weighted_coverage(question, [sentence.text for sentence in sentences])
        return dict(zip(sentences, shares, strict=True))

    def confidence(
        self, question: str, likeliest: PassageSentence, chance: float, passages: Sequence[Passage]
    ) -> float:
        return chance


class ScriptedReader:
    """Writes fixed sentences."""

    def __init__(self, *sentences: Sentence) -> None:
        self.sentences = sentences

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        return Draft(self.sentences)


def make_chatbot(
    archive: Retriever,
    reader: Reader,
    *,
    reranker: Reranker | None = None,
    rewriter: Rewriter | None = None,
    verbatim: Reader | None = None,
) -> Chatbot:
    """A chatbot that verifies without a model and, unless a reranker is given, keeps the order of the search."""
    return Chatbot(
        archive,
        reranker or RetrievalOrder(),
        reader,
        EvidenceVerifier(),
        rewriter=rewriter,
        verbatim=verbatim,
        candidates=40,
        passages=8,
    )


def make_extractive(
    judge: SentenceJudge | None = None,
    by_id: Callable[[str], Article] | None = None,
    *,
    max_sentences: int = 3,
    max_words: int = 60,
    threshold: float = 0.5,
    unsure: float = 0.0,
) -> ExtractiveReader:
    """An extractive reader that judges sentences by their words unless another judge is given."""
    return ExtractiveReader(
        judge or WordJudge(),
        by_id or no_article,
        max_sentences=max_sentences,
        max_words=max_words,
        threshold=threshold,
        unsure=unsure,
    )


def no_article(article_id: str) -> Article:
    """Knows no article, so that the passages' own texts count."""
    raise UnknownArticle(article_id)


def make_llm_reader(model: ChatModel, *, context_tokens: int = 8192) -> LlmReader:
    """A reader that asks a model for at most three sentences."""
    return LlmReader(model, max_sentences=3, context_tokens=context_tokens, output_tokens=2048)
