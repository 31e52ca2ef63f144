"""Fakes with the real types: an in-memory archive and a scripted chatbot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from index.errors import UnknownArticle
from index.tables import ArticleSummary
from index.types import Article, Chunk, Coverage, Problem, Question, ScoredChunk, Span, SyncReport
from rag.events import Checking, ClaimReady, Done, Event, Reading, Searching
from rag.turns import Turn
from rag.types import (
    Abstention,
    AbstentionReason,
    Answer,
    Attribution,
    Certainty,
    Citation,
    Claim,
    Conflict,
    Reply,
    Support,
    Trace,
    Verdict,
    Withheld,
)


def article(name: str, text: str, **fields: object) -> Article:
    known = {"title": f"Headline of {name}", "outlet": "Meridian Post", "published": datetime(2026, 5, 4, tzinfo=UTC)}
    return Article(id=name, text=text, **{**known, **fields})  # type: ignore[arg-type]


def cite(of: Article, quote: str, number: int = 1, also_in: tuple[str, ...] = ()) -> Citation:
    start = of.text.index(quote)
    return Citation(
        number=number,
        chunk_id=f"{of.id}-0",
        article_id=of.id,
        title=of.title,
        outlet=of.outlet,
        author=of.author,
        published=of.published,
        updated=of.updated,
        url=of.url,
        path=of.path,
        quote=quote,
        start=start,
        end=start + len(quote),
        also_in=also_in,
    )


def claim(
    text: str, *numbers: int, certainty: Certainty = Certainty.STATED, said: tuple[str, str] | None = None
) -> Claim:
    attribution = Attribution(*said) if said else None
    return Claim(text, numbers, Verdict(Support.SUPPORTED, 0.97), attribution, certainty)


def held(text: str, *reasons: str, support: Support = Support.NOT_ENOUGH_INFO) -> Withheld:
    return Withheld(text, Verdict(support, 0.12, reasons))


def answer(
    question: str,
    claims: Sequence[Claim],
    citations: Sequence[Citation],
    *,
    withheld: Sequence[Withheld] = (),
    conflicts: Sequence[Conflict] = (),
    standalone: str | None = None,
    notes: tuple[str, ...] = (),
    found: Sequence[Article] = (),
) -> Answer:
    dates = [citation.updated or citation.published for citation in citations]
    return Answer(
        question=question,
        claims=tuple(claims),
        citations=tuple(citations),
        withheld=tuple(withheld),
        conflicts=tuple(conflicts),
        as_of=max((moment for moment in dates if moment), default=None),
        trace=Trace(standalone or question, tuple(map(retrieved, found)), notes=notes),
    )


def retrieved(one: Article) -> ScoredChunk:
    end = min(40, len(one.text))
    chunk = Chunk(f"{one.id}-0", one.id, 0, Span(0, end), one.text[:end], one.title, outlet=one.outlet)
    return ScoredChunk(replace(chunk, published=one.published, updated=one.updated), 0.5)


def abstention(
    question: str,
    searched: Coverage,
    nearest: Sequence[Citation] = (),
    reason: AbstentionReason = AbstentionReason.NOT_IN_ARTICLES,
    withheld: Sequence[Withheld] = (),
) -> Abstention:
    return Abstention(question, reason, searched, tuple(nearest), tuple(withheld), Trace(question))


class FakeShelf:
    """An archive of a few articles; ``hidden_after`` imitates the as-of filter by publication date."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = {one.id: one for one in articles}

    def articles(self) -> list[ArticleSummary]:
        return [
            ArticleSummary(
                id=one.id,
                title=one.title,
                outlet=one.outlet,
                author=one.author,
                url=one.url,
                published=one.published,
                updated=one.updated,
                path=one.path,
                characters=len(one.text),
                chunks=1,
            )
            for one in self._articles.values()
        ]

    def find(self, words: str, question: Question, limit: int) -> tuple[list[ArticleSummary], int]:
        wanted = words.casefold().split()
        seen = [
            one
            for one in self.articles()
            if _sees(question, self._articles[one.id])
            and all(word in f"{one.title} {one.outlet} {one.author}".casefold() for word in wanted)
        ]
        seen.sort(key=lambda one: one.published or datetime.min.replace(tzinfo=UTC), reverse=True)
        return seen[:limit], len(seen)

    def change(self, changed: Article) -> None:
        self._articles[changed.id] = changed

    def sync(
        self, records: Iterable[Article | Problem], *, progress: Callable[[int], None] | None = None
    ) -> SyncReport:
        read = list(records)
        problems = tuple(one for one in read if isinstance(one, Problem))
        added = [one for one in read if isinstance(one, Article)]
        self._articles |= {one.id: one for one in added}
        return SyncReport(len(self._articles), len(added), 0, 0, len(problems), problems)

    def remove(self, article_ids: Sequence[str]) -> SyncReport:
        for article_id in article_ids:
            del self._articles[article_id]
        return SyncReport(len(self._articles), 0, len(self._articles), len(article_ids), 0)

    def article(self, article_id: str) -> Article:
        if article_id not in self._articles:
            raise UnknownArticle(f"There is no article {article_id!r} in the archive.")
        return self._articles[article_id]

    def coverage(self, question: Question) -> Coverage:
        seen = [one for one in self._articles.values() if _sees(question, one)]
        dates = sorted(one.published for one in seen if one.published)
        outlets = sorted({one.outlet for one in seen if one.outlet})
        oldest, newest = (dates[0], dates[-1]) if dates else (None, None)
        return Coverage(len(seen), oldest, newest, tuple(outlets), len(seen) - len(dates))

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """Whole texts that hold a word of the question."""
        words = question.text.casefold().split()
        seen = [one for one in self._articles.values() if _sees(question, one)]
        found = [one for one in seen if any(word in one.text.casefold() for word in words)]
        return [
            ScoredChunk(Chunk(f"{one.id}-0", one.id, 0, Span(0, len(one.text)), one.text), 1.0) for one in found[:limit]
        ]


class FakeChatbot:
    """Replies with what ``script`` returns for a question, through the same events as the real chatbot."""

    def __init__(self, script: Callable[[Question], Reply], pause: Callable[[], None] = lambda: None) -> None:
        self.script = script
        self.pause = pause
        self.asked: list[tuple[Question, tuple[str | Turn, ...]]] = []

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        *_, last = self.stream(question, turns)
        assert isinstance(last, Done)
        return last.reply

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        self.asked.append((question, tuple(turns)))
        yield Searching(question.text)
        self.pause()
        reply = self.script(question)
        yield Reading(8)
        self.pause()
        if isinstance(reply, Answer):
            cited = {citation.number: citation for citation in reply.citations}
            for number, one in enumerate(reply.claims, start=1):
                yield Checking(number)
                self.pause()
                yield ClaimReady(one, tuple(cited[n] for n in one.citations))
        yield Done(reply)


def _sees(question: Question, one: Article) -> bool:
    if question.as_of and not (one.known_from and one.known_from <= question.as_of):
        return False
    names = [name.strip().casefold() for name in question.outlets]
    return not names or (one.outlet or "").casefold() in names
