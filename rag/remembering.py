"""Judgements that are asked for more than once are made once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from rag.ports import Scorer


class RememberingScorer:
    """A scorer that judges each (question, text) once: reranking and reading look at the same passages.

    Only for a scorer whose judgement of a text does not depend on the others asked about with it.
    """

    def __init__(self, scorer: Scorer, most: int = 20_000) -> None:
        """Keeps the ``most`` judgements asked for last."""
        self._scorer = scorer
        self._most = most
        self._known: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = Lock()

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """One value in 0..1 a text."""
        with self._lock:
            found = {text: self._known.get((question, text)) for text in texts}
        new = [text for text, score in found.items() if score is None]
        # Not under the lock: users wait for each other only while looking up. Two may judge the same, to the same end.
        judged = dict(zip(new, self._scorer.answers(question, new), strict=True))
        scores = {text: judged[text] if score is None else score for text, score in found.items()}
        self._note(question, scores)
        return [scores[text] for text in texts]

    def _note(self, question: str, scores: dict[str, float]) -> None:
        with self._lock:
            for text, score in scores.items():
                self._known[question, text] = score
                self._known.move_to_end((question, text))
            while len(self._known) > self._most:
                self._known.popitem(last=False)
