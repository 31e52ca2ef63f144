"""The whole sentences of a passage, with their place in the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.sentences import sentence_spans
from index.types import Span
from rag.types import Passage


@dataclass(frozen=True, slots=True)
class PassageSentence:
    """A sentence of a passage: ``span`` counts in the article, ``before`` is the sentence before it, or empty."""

    text: str
    passage: int
    span: Span
    before: str


def sentences_of(passage: Passage) -> list[PassageSentence]:
    """The sentences of a passage in their order, verbatim."""
    chunk = passage.chunk
    found: list[PassageSentence] = []
    for span in sentence_spans(chunk.text):
        place = Span(chunk.span.start + span.start, chunk.span.start + span.end)
        before = found[-1].text if found else ""
        found.append(PassageSentence(span.of(chunk.text), passage.number, place, before))
    return found


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


def flat(text: str) -> str:
    """``text`` with every run of white space as one space: for comparing words, never for quoting."""
    return " ".join(text.split())
