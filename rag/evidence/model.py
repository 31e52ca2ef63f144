"""The evidence model: calibrated probabilities that a text answers a question and that evidence supports a claim.

Importing this module is cheap; torch is imported only when a model is loaded.
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

# When other processes share the cores, spinning threads halve throughput. OpenMP reads this when torch is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

WEIGHTS = Path(__file__).with_name("weights.safetensors")
WEIGHTS_SHA256 = "c8be1979ac23ab267086dfc425f4811b8eb1b46f46eae20cd58cf5f215fc0487"


@dataclass(frozen=True, slots=True)
class SupportScores:
    """Probabilities that the evidence supports the claim, contradicts it, or does neither; they sum to 1."""

    supported: float
    refuted: float
    not_enough_info: float


class EvidenceModel:
    """The packaged cross-encoder; implements ``rag.ports.Scorer`` and ``rag.ports.SupportJudge``."""

    def __init__(self, logits: Callable[[Sequence[tuple[str, str]]], Tensor], calibration: Any) -> None:
        self._logits = logits
        self._calibration = calibration

    @classmethod
    def load(cls, path: Path | None = None) -> EvidenceModel:
        """Load the packaged weights, or those of a training run.

        Args:
            path: a file written by ``rag.evidence.train``; None for the packaged file, whose hash is checked.

        Raises:
            ModelMissing: the file is missing, its hash is wrong, or it does not hold an evidence model.
        """
        from rag.evidence.inference import PairLogits  # noqa: PLC0415  (imports torch)
        from rag.evidence.weights import load_weights  # noqa: PLC0415

        network, calibration = load_weights(path or WEIGHTS, None if path else WEIGHTS_SHA256)
        return cls(PairLogits(network), calibration)

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """Calibrated probability (0 to 1) that each text answers the question; meant for sentences and chunks.

        Question and text are truncated to 256 tokens together, so only the beginning of a long text counts.
        """
        if not texts:
            return []
        chances: list[float] = self._calibration.answer_probabilities(
            self._logits([(question, t) for t in texts])
        ).tolist()
        return chances

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        """Calibrated probabilities for each (claim, evidence) pair; the evidence may have any length.

        Long evidence is scored in windows (``rag.evidence.windows.evidence_windows``).
        """
        if not pairs:
            return []
        pieces = [
            (place, claim, piece)
            for place, (claim, text) in enumerate(pairs)
            for piece in evidence_windows(claim, text)
        ]
        chances = self._calibration.support_probabilities(self._logits([(claim, piece) for _, claim, piece in pieces]))
        by_pair: list[list[list[float]]] = [[] for _ in pairs]
        for (place, _, _), row in zip(pieces, chances.tolist(), strict=True):
            by_pair[place].append(row)
        return [most_telling(rows) for rows in by_pair]


def most_telling(windows: Sequence[Sequence[float]]) -> SupportScores:
    """Combine the probabilities (supported, refuted, not enough info) of several windows into one verdict.

    One supporting window is enough, so ``supported`` is the maximum over windows. The rest is divided between refuted
    and not enough info in the ratio found in the window with the lowest probability of not enough info.
    """
    supported = max(row[0] for row in windows)
    _, refuted, silent = min(windows, key=lambda row: row[2])
    share = refuted / (refuted + silent) if refuted + silent > 0 else 0.5
    return SupportScores(supported, (1 - supported) * share, (1 - supported) * (1 - share))
