"""The whole sentences of a passage, with their place in the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.sentences import sentence_spans
from index.types import Span
from rag.language.corrections import retracted_span
from rag.language.quotations import runs
from rag.types import Passage, Quote


@dataclass(frozen=True, slots=True)
class PassageSentence:
    """A sentence of a passage.

    Attributes:
        text: verbatim.
        passage: the passage's number.
        span: character offsets in the article's text.
        before: the preceding sentence of the chunk; empty if there is none.
        quotation: if the sentence is part of a quotation that spans several sentences, the sentence before the
            quotation followed by all its sentences; else empty.
    """

    text: str
    passage: int
    span: Span
    before: str
    quotation: tuple[str, ...] = ()


def sentences_of(passage: Passage) -> list[PassageSentence]:
    """The sentences of a passage, verbatim and in order; a correction notice is kept together as one sentence."""
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
    """Sentence spans; "We reported that 17 had died" is joined with the next sentence, which says that 16 had."""
    spans = sentence_spans(text)
    at = 0
    while at < len(spans):
        span = spans[at]
        both = Span(span.start, spans[at + 1].end) if at + 1 < len(spans) else span
        same_paragraph = both is not span and "\n\n" not in text[span.end : spans[at + 1].start]
        withdrawn = retracted_span(both.of(text)) if same_paragraph else None
        joined = withdrawn is not None and span.start + withdrawn.end <= span.end
        yield both if joined else span
        at += 2 if joined else 1


def with_headline(passage: Passage) -> str:
    """Headline and text of a passage; the headline ends like a sentence, so that no name runs on into the text."""
    return f"{passage.chunk.title or ''}.\n{passage.chunk.text}"


def text_before(sentence: PassageSentence, passage: Passage) -> str:
    """What the passage's text holds before one of its sentences."""
    return passage.chunk.text[: max(0, sentence.span.start - passage.chunk.span.start)]


def distinct(groups: Iterable[Sequence[PassageSentence]]) -> list[PassageSentence]:
    """The sentences of all passages without duplicates, in order of first occurrence.

    Overlapping chunks and reprints repeat sentences, and a repetition is not independent evidence. A sentence that
    opens a chunk gets its preceding sentence (``before``) from the overlapping chunk.
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
    """``text`` with each run of white space replaced by one space, for comparison only: quotes stay verbatim."""
    return " ".join(text.split())
