"""Plants errors in true sentences of real articles, to measure how many the checks catch.

The generator shares no code with ``rag.checks``. It has its own, cruder patterns for numbers, names and negations, so
the two cannot agree by construction.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evals.planted.edits import ALTERATIONS, Kind
from evals.planted.source import Place, Source, take_apart
from rag.language.joining import joined


@dataclass(frozen=True, slots=True)
class Planted:
    """One altered sentence.

    ``source`` is the true sentence (with its neighbours for ``PRONOUN_NAMED``). ``window`` is the true sentence with
    the one before and the one after, as in the citation of a passage. ``claim`` is the altered sentence, ``article``
    the number of the text, from 0.
    """

    kind: Kind
    article: int
    source: str
    window: str
    claim: str


def generate(texts: Iterable[str], seed: int = 0) -> Iterator[Planted]:
    """For each usable sentence of the texts, one claim of every kind that the sentence allows.

    The same texts and seed give the same claims in the same order.
    """
    for number, text in enumerate(texts):
        source = take_apart(number, text)
        for at, sentence in enumerate(source.sentences):
            if _is_usable(sentence):
                yield from _of_sentence(source, at, seed)


def _of_sentence(source: Source, at: int, seed: int) -> Iterator[Planted]:
    sentence = source.sentences[at]
    place = Place(sentence, source.sentences[at - 1] if at else "", source)
    window = joined(source.sentences[max(0, at - 1) : at + 2])
    for kind, alter in ALTERATIONS.items():
        chance = random.Random(f"{seed}/{source.number}/{at}/{kind}")  # noqa: S311  (a repeatable draw, no secret)
        claim = alter(place, chance)
        if claim is None or (kind is not Kind.VERBATIM and claim == sentence):
            continue
        # The name behind the pronoun is in the sentence before, so such a claim has to cite that one as well.
        cited = window if kind is Kind.PRONOUN_NAMED else sentence
        yield Planted(kind, source.number, cited, window, claim)


def _is_usable(sentence: str) -> bool:
    words = sentence.split()
    return 6 <= len(words) <= 60 and sentence[0].isalnum() | (sentence[0] in "“\"'‘") and sentence[-1] in ".!?”\"’'"
