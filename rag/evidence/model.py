"""The evidence model as the chain uses it: two questions asked of pairs of texts, answered with probabilities.

Importing this is light; torch is imported when a model is loaded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.evidence.windows import evidence_windows

if TYPE_CHECKING:
    from torch import Tensor

# Two cores are often shared: spinning threads halve throughput. Read by OpenMP when torch loads.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

WEIGHTS = Path(__file__).with_name("weights.safetensors")
WEIGHTS_SHA256 = "2ffc9c7f2768eb26c935a70bf717188d184886cf8b15fff20a98e1f7970aafd6"


@dataclass(frozen=True, slots=True)
class SupportScores:
    """Probabilities that evidence bears a claim out, contradicts it, or does neither; together 1."""

    supported: float
    refuted: float
    not_enough_info: float


class EvidenceModel:
    """The embedded cross-encoder: a ``rag.ports.Scorer`` and a ``rag.ports.SupportJudge``."""

    def __init__(self, logits: Callable[[Sequence[tuple[str, str]]], Tensor], calibration: Any) -> None:
        self._logits = logits
        self._calibration = calibration

    @classmethod
    def load(cls, path: Path | None = None) -> EvidenceModel:
        """The model with the packaged weights, or those of a training run.

        Args:
            path: a file written by ``rag.evidence.train``; None for the packaged one, whose hash is checked.

        Raises:
            ModelMissing: the weights are absent, not the ones expected, or no such weights.
        """
        from rag.evidence.inference import PairLogits  # noqa: PLC0415  (imports torch)
        from rag.evidence.weights import load_weights  # noqa: PLC0415

        network, calibration = load_weights(path or WEIGHTS, None if path else WEIGHTS_SHA256)
        return cls(PairLogits(network), calibration)

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """Calibrated probability, 0 to 1, that each text answers the question; made for sentences and chunks.

        A text beyond the model's input (256 tokens with the question) is judged by its beginning.
        """
        if not texts:
            return []
        chances: list[float] = self._calibration.answer_chances(self._logits([(question, t) for t in texts])).tolist()
        return chances

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        """Calibrated probabilities for each pair (claim, evidence); evidence may be of any length.

        Long evidence is judged window by window (``rag.evidence.windows.evidence_windows``).
        """
        if not pairs:
            return []
        pieces = [
            (place, claim, piece)
            for place, (claim, text) in enumerate(pairs)
            for piece in evidence_windows(claim, text)
        ]
        chances = self._calibration.support_chances(self._logits([(claim, piece) for _, claim, piece in pieces]))
        by_pair: list[list[list[float]]] = [[] for _ in pairs]
        for (place, _, _), row in zip(pieces, chances.tolist(), strict=True):
            by_pair[place].append(row)
        return [most_telling(rows) for rows in by_pair]


def most_telling(windows: Sequence[Sequence[float]]) -> SupportScores:
    """One verdict from the probabilities (supported, refuted, not enough info) of each window.

    One window that bears the claim out is enough, so support is the maximum over windows; what is left is shared
    between the other two as in the window that has most to say on the claim, the one least without information.
    """
    supported = max(row[0] for row in windows)
    _, refuted, silent = min(windows, key=lambda row: row[2])
    share = refuted / (refuted + silent) if refuted + silent > 0 else 0.5
    return SupportScores(supported, (1 - supported) * share, (1 - supported) * (1 - share))
