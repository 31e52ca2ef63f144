"""Parses citation markers such as ``[2]`` and numbers the citations of exact quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.types import Reprint, Span
from rag.types import Answer, Citation, Passage, Quote

_OPEN, _CLOSE = r"[\[【〔［]", r"[\]】〕］]"
_NAMED = r"(?:(?:passages?|sources?|articles?|cit(?:es?|ations?)|refs?|numbers?)\b\s*[:=#.-]?\s*[\"']?){0,2}"
_NUMBERS = rf"(\d{{1,4}}(?:\s*(?:,?\s*and\b|[,;&–-])\s*{_NAMED}\d{{1,4}})*)"
_TAIL = r"[\"']?(?:\s*[†:,]\s*(?!\s*\d)[^\[\]【】〔〕［］]{0,80})?"
_MARKER = re.compile(
    rf"\s*(?:\(\s*)?{_OPEN}{{1,4}}\s*[\^#]?\s*{_NAMED}{_NUMBERS}{_TAIL}\s*{_CLOSE}{{1,4}}(?:\s*\))?"
    rf"|\s*\(\s*(?=passage|source){_NAMED}{_NUMBERS}\s*\)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?")
_MAX_RANGE = 100  # a longer range is not a citation


def parse_markers(text: str) -> tuple[str, tuple[int, ...]]:
    """Removes the citation markers from a sentence.

    Recognizes ``[1]``, ``[1, 2]``, ``[1][2]``, ``[1-3]``, ``【1】``, ``[Source 1]``, ``(Source: 1)``, ``[1: Name]``.

    Returns:
        The sentence without markers, and the distinct numbers in order of appearance.
    """
    numbers: dict[int, None] = {}
    for marker in _MARKER.finditer(text):
        for number in _numbers(marker[1] or marker[2]):
            numbers.setdefault(number)
    return _MARKER.sub("", text).strip(), tuple(numbers)


def _numbers(inside: str) -> list[int]:
    """The numbers in a marker. Ranges are expanded, except reversed ones, which give only their two ends."""
    found: list[int] = []
    for first, last in _RANGE.findall(inside):
        start, end = int(first), int(last or first)
        if end < start:
            found += [start, end]
        elif end - start < _MAX_RANGE:
            found += range(start, end + 1)
    return found


class Bibliography:
    """Assigns citation numbers from 1 in order of appearance; quotes of the same article and span share one."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = {passage.number: passage for passage in passages}
        self._citations: dict[tuple[str, Span], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, ordered by number."""
        return tuple(self._citations.values())

    def cite(self, quotes: Sequence[Quote]) -> tuple[Citation, ...]:
        """The distinct citations of the quotes, in order.

        Raises:
            ValueError: a quote lies outside its passage.
        """
        cited = dict.fromkeys(self._cite(quote) for quote in quotes)
        return tuple(cited)

    def adopt(self, citation: Citation) -> Citation:
        """Adds a citation from another bibliography of the same passages and returns it with its number here."""
        key = (citation.article_id, Span(citation.start, citation.end))
        return self._citations.setdefault(key, replace(citation, number=len(self._citations) + 1))

    def _cite(self, quote: Quote) -> Citation:
        chunk = self._passages[quote.passage].chunk
        if not chunk.span.start <= quote.span.start < quote.span.end <= chunk.span.end:
            raise ValueError(f"quote {quote.span} lies outside its passage {chunk.span}")
        key = (chunk.article_id, quote.span)
        if key not in self._citations:
            self._citations[key] = self._citation(quote, len(self._citations) + 1)
        return self._citations[key]

    def _citation(self, quote: Quote, number: int) -> Citation:
        chunk = self._passages[quote.passage].chunk
        words = chunk.text[quote.span.start - chunk.span.start : quote.span.end - chunk.span.start]
        return Citation(
            number=number,
            chunk_id=chunk.id,
            article_id=chunk.article_id,
            title=chunk.title,
            outlet=chunk.outlet,
            author=chunk.author,
            published=chunk.published,
            updated=chunk.updated,
            url=chunk.url,
            path=chunk.path,
            quote=words,
            start=quote.span.start,
            end=quote.span.end,
            also_in=self._also_in(quote, words),
            same_story=self._passages[quote.passage].same_story,
        )

    def _also_in(self, quote: Quote, words: str) -> tuple[str, ...]:
        """Ids of the other articles that contain the same words."""
        own = self._passages[quote.passage]
        others = dict.fromkeys((*own.also_in, *(each.article_id for each in own.reprints if _covers(each, quote))))
        for passage in self._passages.values():
            if words in passage.chunk.text:
                others.update(dict.fromkeys((passage.chunk.article_id, *passage.also_in)))
        others.pop(own.chunk.article_id, None)
        return tuple(others)


def in_order_of_citing(answer: Answer) -> Answer:
    """The answer with citations renumbered from 1: first in the order its sentences cite them, then its conflicts."""
    in_claims = [number for claim in answer.claims for number in claim.citations]
    in_conflicts = [number for conflict in answer.conflicts for number in conflict.citations]
    known = [citation.number for citation in answer.citations]
    places = {number: place for place, number in enumerate(dict.fromkeys([*in_claims, *in_conflicts, *known]), start=1)}

    def renumbered(numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(places[number] for number in numbers)

    citations = [replace(citation, number=places[citation.number]) for citation in answer.citations]
    return replace(
        answer,
        claims=tuple(replace(claim, citations=renumbered(claim.citations)) for claim in answer.claims),
        citations=tuple(sorted(citations, key=lambda citation: citation.number)),
        conflicts=tuple(replace(one, citations=renumbered(one.citations)) for one in answer.conflicts),
    )


def _covers(reprint: Reprint, quote: Quote) -> bool:
    return any(span.start <= quote.span.start and quote.span.end <= span.end for span in reprint.spans)
