"""Split long evidence into windows of whole sentences that fit the model, and select the most relevant ones."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.sentences import sentence_spans

WINDOW_WORDS = 80  # about 110 tokens; together with a claim of 40 they fit the model's input
WINDOW_SENTENCES = 4

_WORD = re.compile(r"\w+")
_COMMON = frozenset(Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").split())


def sentences_of(text: str) -> list[str]:
    """The sentences of ``text``, in order, without surrounding whitespace."""
    return [span.of(text) for span in sentence_spans(text)]


def content_words(text: str) -> set[str]:
    """The words of ``text`` without stop words, lower-cased and cut to eight letters so that most inflections match."""
    return {word[:8] for word in _WORD.findall(text.lower()) if word not in _COMMON}


def overlaps(query: str, texts: Sequence[str]) -> list[float]:
    """Share (0 to 1) of the query's content words found in each text; words rare among the texts weigh more."""
    bags = [content_words(text) for text in texts]
    seen = Counter(word for bag in bags for word in bag)
    weights = {word: math.log(1 + (len(texts) + 1) / (seen[word] + 0.5)) for word in sorted(content_words(query))}
    total = sum(weights.values()) or 1.0
    return [sum(weight for word, weight in weights.items() if word in bag) / total for bag in bags]


def windows(sentences: Sequence[str], *, words: int = WINDOW_WORDS, most: int = WINDOW_SENTENCES) -> list[str]:
    """Windows of at most ``most`` sentences and ``words`` words; consecutive ones overlap by about half.

    A sentence longer than ``words`` is a window of its own.
    """
    found: list[str] = []
    start = 0
    while start < len(sentences):
        end, count = start + 1, len(sentences[start].split())
        while end < len(sentences) and end - start < most:
            count += len(sentences[end].split())
            if count > words:
                break
            end += 1
        found.append(" ".join(sentences[start:end]))
        if end == len(sentences):
            break
        start += max(1, (end - start + 1) // 2)
    return found


def closest(query: str, sentences: Sequence[str], *, words: int = WINDOW_WORDS, most: int = WINDOW_SENTENCES) -> str:
    """The sentences with the highest overlap with the query, joined in text order.

    At most ``most`` sentences and ``words`` words; one sentence is returned however long it is.
    """
    scores = overlaps(query, sentences)
    ranked = sorted(range(len(sentences)), key=lambda i: (-scores[i], i))
    kept: list[int] = []
    count = 0
    for i in ranked[:most]:
        count += len(sentences[i].split())
        if kept and count > words:
            break
        kept.append(i)
    return " ".join(sentences[i] for i in sorted(kept))


def evidence_windows(claim: str, evidence: str, *, limit: int = 6) -> list[str]:
    """The parts of ``evidence`` to score a claim against: all of it if short, otherwise at most ``limit`` windows.

    The windows are those with the highest overlap with the claim. One more joins the sentences closest to the claim,
    since its support may be spread over the text.
    """
    if len(evidence.split()) <= WINDOW_WORDS:
        return [evidence]
    sentences = sentences_of(evidence)
    runs = windows(sentences)
    scores = overlaps(claim, runs)
    best = sorted(range(len(runs)), key=lambda i: (-scores[i], i))[: limit - 1]
    pieces = [runs[i] for i in sorted(best)]
    together = closest(claim, sentences)
    return pieces if together in pieces else [*pieces, together]
