"""Turn logits into calibrated probabilities; the parameters are fitted on held-out examples.

The "answers" logit uses Platt scaling (Platt 1999), two parameters. The three "supports" logits share one temperature
and have an offset each, four parameters (a restricted vector scaling, Guo et al. 2017).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional

from rag.evidence.examples import Label, Task


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibration parameters; the defaults leave the logits as they are.

    ``answers``: slope and offset of the logit. ``supports``: common slope of the three logits, then an offset for each.
    """

    answers: tuple[float, float] = (1.0, 0.0)
    supports: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)

    def answer_probabilities(self, logits: Tensor) -> Tensor:
        """Probability that each text answers, shape (n,), from logits of shape (n, 4)."""
        slope, offset = self.answers
        return torch.sigmoid(slope * logits[:, 0] + offset)

    def support_probabilities(self, logits: Tensor) -> Tensor:
        """Probabilities of supported, refuted, not enough info, shape (n, 3), from logits of shape (n, 4)."""
        slope, *offsets = self.supports
        return torch.softmax(slope * logits[:, 1:] + torch.tensor(offsets), dim=-1)


class Labelled(Protocol):
    """What calibration needs to know about an example."""

    @property
    def task(self) -> Task:
        """The task, which decides the logits that apply."""
        ...

    @property
    def label(self) -> int:
        """The label, as in ``Example``."""
        ...


def log_losses(logits: Tensor, labels: Tensor) -> Tensor:
    """Log loss of each claim, shape (n,), from logits of shape (n, 3).

    For the label NOT_SUPPORTED, the probabilities of refuted and not enough info are added.
    """
    known = functional.log_softmax(logits, dim=-1)
    either = torch.logaddexp(known[:, Label.REFUTED], known[:, Label.NOT_ENOUGH_INFO])
    by_label = torch.cat((known, either.unsqueeze(-1)), dim=-1)
    return -by_label.gather(1, labels.unsqueeze(-1)).squeeze(-1)


def _minimise(parameters: Tensor, loss: Callable[[Tensor], Tensor]) -> None:
    optimizer = torch.optim.LBFGS([parameters], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        value = loss(parameters)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(closure)  # type: ignore[no-untyped-call]


def fit_calibration(logits: Tensor, examples: Sequence[Labelled]) -> Calibration:
    """Fit the calibration by maximum likelihood. ``logits``: shape (n, 4), of held-out ``examples``."""
    labels = torch.tensor([e.label for e in examples])
    asked = torch.tensor([e.task is Task.ANSWERS for e in examples])
    answers = torch.tensor([1.0, 0.0], requires_grad=True)
    supports = torch.tensor([1.0, 0.0, 0.0, 0.0], requires_grad=True)
    _minimise(
        answers,
        lambda p: functional.binary_cross_entropy_with_logits(p[0] * logits[asked, 0] + p[1], labels[asked].float()),
    )
    _minimise(supports, lambda p: log_losses(p[0] * logits[~asked, 1:] + p[1:], labels[~asked]).mean())
    slope, offset = answers.tolist()
    return Calibration((slope, offset), tuple(supports.tolist()))
