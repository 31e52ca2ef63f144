"""What a training run learns from, in which order and how fast: the split, the batches, the learning rate."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.evidence.examples import Example, part

HELD_OUT_PARTS = 24
"""One group in so many is kept from training, to calibrate and to choose thresholds on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. ``minutes`` bounds the whole run, over restarts; the learning rate falls to zero by then."""

    seed: int = 1
    epochs: float = 1.0
    minutes: float = 60.0
    rate: float = 7e-5
    warm_up: float = 0.05
    batch_size: int = 32
    max_tokens: int = 160
    save_every: int = 200


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Examples to train on and those held out, no group on both sides."""
    held = [part(e.group or e.first + e.second, HELD_OUT_PARTS) == 0 for e in examples]
    return (
        [e for e, out in zip(examples, held, strict=True) if not out],
        [e for e, out in zip(examples, held, strict=True) if out],
    )


def batches(lengths: Sequence[int], plan: Plan, epoch: int) -> list[list[int]]:
    """Places of the examples in batches of like length, shuffled; the same for the same plan and epoch."""
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
    """Share of the full learning rate after ``done`` (0 to 1) of the run: up at once, then down in a line."""
    return max(0.0, min(done / warm_up, (1 - done) / (1 - warm_up)))


def order_of(lengths: Sequence[int], plan: Plan) -> Iterator[list[int]]:
    """The batches of the whole plan, epoch after epoch, the last one as far as it goes."""
    whole = int(plan.epochs)
    for epoch in range(whole):
        yield from batches(lengths, plan, epoch)
    last = batches(lengths, plan, whole)
    yield from last[: round((plan.epochs - whole) * len(last))]
