"""A cache for a scorer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from rag.ports import Scorer


class CachedScorer:
    """Caches scores by (question, text), since the reranker and the reader score the same passages. Thread-safe.

    Only for scorers whose score of a text does not depend on the other texts in the call.
    """

    def __init__(self, scorer: Scorer, most: int = 20_000) -> None:
        """Keeps at most ``most`` scores; the least recently used are dropped first."""
        self._scorer = scorer
        self._most = most
        self._cache: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = Lock()

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score in 0..1 for each text."""
        with self._lock:
            found = {text: self._cache.get((question, text)) for text in texts}
        new = [text for text, score in found.items() if score is None]
        # Scoring does not hold the lock. Two threads may score the same text, with the same result.
        computed = dict(zip(new, self._scorer.answers(question, new), strict=True))
        scores = {text: computed[text] if score is None else score for text, score in found.items()}
        self._store(question, scores)
        return [scores[text] for text in texts]

    def _store(self, question: str, scores: dict[str, float]) -> None:
        with self._lock:
            for text, score in scores.items():
                self._cache[question, text] = score
                self._cache.move_to_end((question, text))
            while len(self._cache) > self._most:
                self._cache.popitem(last=False)
