"""The phrases of a question: runs of content words, and the words of the question between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.lexicon.light import STOP_WORDS

_WORD = re.compile(r"[^\s?!,;:()]*[^\s?!,;:().]")
_BREAK = re.compile(r"[?!,;:()]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of content words, which may contain "of", at ``start`` to ``end`` of a question."""

    question: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they stand in the question."""
        return self.question[self.start : self.end]


def phrases_of(question: str) -> list[Phrase]:
    """The question's phrases, in order; a phrase ends at a stop word or at punctuation."""
    found: list[list[re.Match[str]]] = [[]]
    words = list(_WORD.finditer(question))
    for at, word in enumerate(words):
        if found[-1] and _BREAK.search(question, found[-1][-1].end(), word.start()):
            found.append([])
        said, before = word[0].lower(), found[-1][-1][0].lower() if found[-1] else ""
        inside = said == "of" and before and at + 1 < len(words)
        if said not in STOP_WORDS or inside or (said == "the" and before == "of"):
            found[-1].append(word)
        else:
            found.append([])
    trimmed = (run[:-1] if run and run[-1][0].lower() == "of" else run for run in found)
    return [Phrase(question, run[0].start(), run[-1].end()) for run in trimmed if run]


def joined(phrases: Sequence[Phrase]) -> Iterator[str]:
    """The phrases in the question's own words: neighbours with only stop words between them stay together."""
    runs: list[list[Phrase]] = []
    for phrase in phrases:
        if runs and _are_neighbours(runs[-1][-1], phrase):
            runs[-1].append(phrase)
        else:
            runs.append([phrase])
    return (run[0].question[run[0].start : run[-1].end] for run in runs)


def _are_neighbours(one: Phrase, other: Phrase) -> bool:
    between = one.question[one.end : other.start]
    return not _BREAK.search(between) and all(word[0].lower() in STOP_WORDS for word in _WORD.finditer(between))
