"""Detects passages about the same story."""

from __future__ import annotations

from functools import lru_cache

from rag.language.names import names_of
from rag.language.stems import stems
from rag.passages import with_headline
from rag.types import Passage

_MIN_TITLE_STEMS = 3  # shared between a headline and the other passage, counted for both
_MIN_NAMES = 2  # shared name words, if the headlines do not decide
_MIN_OVERLAP = 0.15  # share of the smaller passage's stems that must be shared as well
_MIN_OVERLAP_ALONE = 0.35  # the same if only one name word is shared, as between short reports


def same_story(one: Passage, other: Passage) -> bool:
    """Whether two passages are about the same story, judged by shared headline words, names and content words.

    On passages of the sample archive, recall is about 3 in 4 pairs, and 1 in 50 pairs of different stories is a false
    positive.
    """
    shared = _names(one) & _names(other)
    if not shared:
        return False
    a, b = _stems(one), _stems(other)
    titled = len(_title_stems(one) & b) + len(_title_stems(other) & a)
    overlap = _MIN_OVERLAP if len(shared) >= _MIN_NAMES else _MIN_OVERLAP_ALONE
    return titled >= _MIN_TITLE_STEMS or len(a & b) >= overlap * min(len(a), len(b))


@lru_cache(maxsize=256)
def _names(passage: Passage) -> frozenset[str]:
    return frozenset(key for name in names_of(with_headline(passage)) for key in name.keys)


def _title_stems(passage: Passage) -> frozenset[str]:
    return frozenset(stems(passage.chunk.title or ""))


def _stems(passage: Passage) -> frozenset[str]:
    return frozenset(stems(f"{passage.chunk.title or ''} {passage.chunk.text}"))
