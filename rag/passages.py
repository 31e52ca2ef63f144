"""The whole sentences of a passage, with their place in the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.sentences import sentence_spans
from index.types import Span
from rag.language.corrections import retracted
from rag.language.quotations import runs
from rag.types import Passage, Quote


@dataclass(frozen=True, slots=True)
class PassageSentence:
    """A sentence of a passage: ``span`` counts in the article, ``before`` is the sentence before it, or empty.

    ``quotation`` holds, where it is part of a quotation of several sentences, the one before them and all of them.
    """

    text: str
    passage: int
    span: Span
    before: str
    quotation: tuple[str, ...] = ()


def sentences_of(passage: Passage) -> list[PassageSentence]:
    """The sentences of a passage in their order, verbatim; a correction is one with what it says is right."""
    chunk = passage.chunk
    found: list[PassageSentence] = []
    for span in _with_corrections(chunk.text):
        place = Span(chunk.span.start + span.start, chunk.span.start + span.end)
        before = found[-1].text if found else ""
        found.append(PassageSentence(span.of(chunk.text), passage.number, place, before))
    for run in runs([sentence.text for sentence in found]):
        quotation = (found[run[0]].before, *(found[n].text for n in run))
        found[run[0] : run[-1] + 1] = [replace(found[n], quotation=quotation) for n in run]
    return found


def _with_corrections(text: str) -> Iterator[Span]:
    """Spans of sentences; "We reported that 17 had died" goes with the next one, which says that 16 had."""
    spans = sentence_spans(text)
    at = 0
    while at < len(spans):
        span = spans[at]
        both = Span(span.start, spans[at + 1].end) if at + 1 < len(spans) else span
        is_near = both is not span and "\n\n" not in text[span.end : spans[at + 1].start]
        gone = retracted(both.of(text)) if is_near else None
        joined = gone is not None and span.start + gone.end <= span.end
        yield both if joined else span
        at += 2 if joined else 1


def distinct(groups: Iterable[Sequence[PassageSentence]]) -> list[PassageSentence]:
    """The sentences of all passages, each text once, where it stands first.

    Overlapping chunks and reprints repeat sentences; a repeated one is still one voice. One that opens a chunk takes
    the sentence before it from the chunk that overlaps.
    """
    found: dict[str, PassageSentence] = {}
    for sentence in (sentence for group in groups for sentence in group):
        first = found.setdefault(flat(sentence.text), sentence)
        if not first.before and first.span == sentence.span:
            found[flat(sentence.text)] = replace(first, before=sentence.before)
    return list(found.values())


def words_of(quote: Quote, passages: Sequence[Passage]) -> str:
    """The exact words of a quote from one of the passages."""
    chunk = next(passage.chunk for passage in passages if passage.number == quote.passage)
    return chunk.text[quote.span.start - chunk.span.start : quote.span.end - chunk.span.start]


def flat(text: str) -> str:
    """``text`` with every run of white space as one space: for comparing words, never for quoting."""
    return " ".join(text.split())
