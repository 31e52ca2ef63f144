"""Which articles are one voice: reprints and abridged reprints of the same copy.

Two articles are one voice when most of the shorter one's wording stands in the longer one, measured as containment
of word shingles (Broder, "On the resemblance and containment of documents", 1997). Rewrites in other words are not:
another reporter on the same event is another voice. Wording, not meaning, tells a reprint from a rival's report, so
no embedding is asked.
"""

from __future__ import annotations

import hashlib
import re

SHINGLE_WORDS = 5
SAMPLE = 8  # one shingle in so many is kept in the sketch: about 40 for an article of 300 words
SAME_VOICE = 0.5  # containment; reprints cut from the end keep all their shingles, house-style edits break a few
CANDIDATE = 0.2  # estimated from the sketches; well under SAME_VOICE, since a small sample is noisy

_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """64-bit hashes of every run of five words, case and punctuation aside; a shorter text is one shingle."""
    words = _WORD.findall(text.lower())
    runs = (" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1)))
    return frozenset(_hash(run) for run in runs if run)


def sketch(text: str) -> frozenset[int]:
    """The shingles whose hash is 0 modulo SAMPLE: what is stored to find candidates (Broder's modulo sketch)."""
    return frozenset(value for value in shingles(text) if value % SAMPLE == 0)


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Share of the smaller set that is in the other, 0 to 1; 0 where either is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def is_same_voice(one: str, other: str) -> bool:
    """Whether two texts are the same copy, reprinted whole, abridged, or with light edits."""
    return containment(shingles(one), shingles(other)) >= SAME_VOICE


def _hash(run: str) -> int:
    # Signed 64 bits, so that SQLite keeps it as an integer; blake2b, since Python's own hash changes with every run.
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), signed=True)
