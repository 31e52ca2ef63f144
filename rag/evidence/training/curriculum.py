"""The schedule of a training run: hyperparameters, held-out split, batches and learning rate."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.evidence.examples import Example, part

HELD_OUT_PARTS = 24
"""One group in this many is held out of training, to fit the calibration and choose thresholds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Hyperparameters of a run.

    ``minutes`` limits the whole run, restarts included; the learning rate reaches zero by then. ``rate`` is the peak
    learning rate of the layers, and ``warm_up`` the share of the run (0 to 1) in which it rises to that. A checkpoint
    is written every ``save_every`` steps.
    """

    seed: int = 1
    epochs: float = 1.0
    minutes: float = 60.0
    rate: float = 7e-5
    warm_up: float = 0.05
    batch_size: int = 32
    max_tokens: int = 160
    save_every: int = 200


def is_held_out(group: str) -> bool:
    """Whether a group (an article or a question) is held out of training."""
    return part(group, HELD_OUT_PARTS) == 0


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Split examples into (training, held out); a group is never on both sides."""
    held = [is_held_out(e.group or e.first + e.second) for e in examples]
    return (
        [e for e, out in zip(examples, held, strict=True) if not out],
        [e for e, out in zip(examples, held, strict=True) if out],
    )


def batches(lengths: Sequence[int], plan: Plan, epoch: int) -> list[list[int]]:
    """Shuffled batches of example indices, each of similar lengths; deterministic for a given plan and epoch."""
    rng = random.Random(f"{plan.seed}:{epoch}")  # noqa: S311  (shuffling, not secrets)
    order = list(range(len(lengths)))
    rng.shuffle(order)
    found: list[list[int]] = []
    for start in range(0, len(order), 4096):
        batch: list[int] = []
        for place in sorted(order[start : start + 4096], key=lambda i: lengths[i]):
            if len(batch) >= plan.batch_size:
                found.append(batch)
                batch = []
            batch.append(place)
        found.append(batch)
    rng.shuffle(found)
    return found


def rate_at(done: float, warm_up: float) -> float:
    """Fraction of the peak learning rate at ``done`` (0 to 1) of the run: linear warm-up, then linear decay to 0."""
    return max(0.0, min(done / warm_up, (1 - done) / (1 - warm_up)))


def order_of(lengths: Sequence[int], plan: Plan) -> Iterator[list[int]]:
    """The batches of all epochs in order; a fractional last epoch is cut short."""
    whole = int(plan.epochs)
    for epoch in range(whole):
        yield from batches(lengths, plan, epoch)
    last = batches(lengths, plan, whole)
    yield from last[: round((plan.epochs - whole) * len(last))]
