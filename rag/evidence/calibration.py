"""Logits to honest probabilities: two numbers for answers, four for supports, fitted on held-out examples.

Platt scaling (Platt 1999) for answers, vector scaling with one temperature (Guo et al. 2017) for supports.
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
    """``answers``: slope and offset of the logit. ``supports``: slope of all three logits, then an offset each."""

    answers: tuple[float, float] = (1.0, 0.0)
    supports: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)

    def answer_chances(self, logits: Tensor) -> Tensor:
        """Probability that each text answers, shape (n,), from logits of shape (n, 4)."""
        slope, offset = self.answers
        return torch.sigmoid(slope * logits[:, 0] + offset)

    def support_chances(self, logits: Tensor) -> Tensor:
        """Probabilities of supported, refuted, not enough info, shape (n, 3), from logits of shape (n, 4)."""
        slope, *offsets = self.supports
        return torch.softmax(slope * logits[:, 1:] + torch.tensor(offsets), dim=-1)


class Labelled(Protocol):
    """What calibration needs to know of an example."""

    @property
    def task(self) -> Task:
        """Which head it is about."""
        ...

    @property
    def label(self) -> int:
        """As in ``Example``."""
        ...


def log_losses(logits: Tensor, labels: Tensor) -> Tensor:
    """Log loss of each claim by its three logits, shape (n,); of refuted or not enough info where either is right."""
    chances = functional.log_softmax(logits, dim=-1)
    either = torch.logaddexp(chances[:, Label.REFUTED], chances[:, Label.NOT_ENOUGH_INFO])
    choices = torch.cat((chances, either.unsqueeze(-1)), dim=-1)
    return -choices.gather(1, labels.unsqueeze(-1)).squeeze(-1)


def _minimise(parameters: Tensor, loss: Callable[[Tensor], Tensor]) -> None:
    optimizer = torch.optim.LBFGS([parameters], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        value = loss(parameters)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(closure)  # type: ignore[no-untyped-call]


def fit_calibration(logits: Tensor, examples: Sequence[Labelled]) -> Calibration:
    """The calibration that makes the held-out examples' labels likeliest."""
    labels = torch.tensor([e.label for e in examples])
    asked = torch.tensor([e.task is Task.ANSWERS for e in examples])
    one = torch.tensor([1.0, 0.0], requires_grad=True)
    three = torch.tensor([1.0, 0.0, 0.0, 0.0], requires_grad=True)
    _minimise(
        one,
        lambda p: functional.binary_cross_entropy_with_logits(p[0] * logits[asked, 0] + p[1], labels[asked].float()),
    )

    _minimise(three, lambda p: log_losses(p[0] * logits[~asked, 1:] + p[1:], labels[~asked]).mean())
    slope, offset = one.tolist()
    return Calibration((slope, offset), tuple(three.tolist()))
