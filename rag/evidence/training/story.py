"""The sentences, names and numbers of an article, from which questions and errors are generated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.evidence.training.words import NOT_NAMES

NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:,\d+)*(?:\.\d+)?(?![\w/]|[.,]\d)")
_NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,6})(?: (?:of |the |de |al-)?(?:[A-Z][\w’'-]*[a-z]|[A-Z]{2,6}\b)[\w’-]*)*"
)


@dataclass(frozen=True, slots=True)
class Story:
    """An article's sentences, names and numbers."""

    sentences: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, sentences: Sequence[str]) -> Story:
        """Collect the distinct names and numbers of the sentences, in order of first occurrence."""
        found = [name for sentence in sentences for name in names_in(sentence)]
        numbers = [match for sentence in sentences for match in NUMBER.findall(sentence)]
        return cls(tuple(sentences), tuple(dict.fromkeys(found)), tuple(dict.fromkeys(numbers)))


def names_in(sentence: str) -> list[str]:
    """Capitalised names of at most five words in a sentence.

    A single capitalised word that opens the sentence is skipped, since it is usually not a name.
    """
    found = []
    for match in _NAME.finditer(sentence):
        words = match[0].split()
        while words and words[0] in NOT_NAMES:
            words = words[1:]
        opens_sentence = match.start() < 2 and len(words) == 1 and match[0] == words[0]
        if words and not opens_sentence and not NOT_NAMES & set(words) and len(words) <= 5:
            found.append(re.sub(r"[’']s$", "", " ".join(words)))
    return found
