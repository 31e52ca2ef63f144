"""Recognizes texts that deny something, call another report wrong, or affirm something."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.content_words import content, plain
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.lexicon.hedges import DENIALS
from rag.stance.certainty import certainty_of
from rag.types import Certainty

CONTRADICTS = word_set(
    "contradict contradicts contradicted contradicting refute refuted refutes untrue false unfounded"
)
"""Words that call another report wrong."""

_DENIAL_OBJECTS = word_set("report claim allegation suggestion accusation deny any wrongdoing")
_HYPOTHETICAL = word_set(
    "if would could might fear fears feared fearing worry worries warn warns warned warning threat"
)
_NOT_DENYING = word_set("the a an this that any no of in nor not n't never")


def denies(text: str) -> bool:
    """Whether the text itself denies something; "the dispute" and "would neither confirm nor deny" are no denials."""
    return denial_at(words_of(text)) is not None and certainty_of(text) is Certainty.DENIED


def says_it_is_so(text: str) -> bool:
    """Whether the text affirms something: it is not a denial, and nothing in it is only feared or hypothetical."""
    return not denied_part(text) and not any(word.key in _HYPOTHETICAL for word in words_of(text))


def denial_at(words: Sequence[Word]) -> int | None:
    """Index of the denying verb ("denied", "rejects"), or None; "the dispute" and "nor deny" do not count."""
    for n, word in enumerate(words):
        before = words[n - 1].key if n else ""
        if word.key in DENIALS and before not in _NOT_DENYING:
            return n
    return None


def contradicts(text: str) -> bool:
    """Whether the text calls another report wrong."""
    return any(w.key in CONTRADICTS for w in words_of(text))


def denied_part(text: str) -> frozenset[str]:
    """Content lemmas of what the text denies: those after "denied" in its clause. Empty if nothing is denied."""
    words = words_of(plain(text))
    at = denial_at(words)
    if at is None:
        return frozenset()
    after = {w.lemma for w in words[at + 1 :] if w.clause == words[at].clause}
    return frozenset(after & content(plain(text))) - _DENIAL_OBJECTS


def part_called_wrong(text: str) -> frozenset[str]:
    """Content lemmas of the statement that the text calls untrue: "Rumours that he had resigned are untrue".

    Empty if no clause with "that" comes before the word.
    """
    words = words_of(plain(text))
    at = next((n for n, word in enumerate(words) if word.key in CONTRADICTS), 0)
    that = next((n for n in range(at) if words[n].key == "that"), at)
    return frozenset(word.lemma for word in words[that:at]) & content(plain(text))
