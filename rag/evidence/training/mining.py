"""Hard example mining: keep the negatives a model scores highest and the positives it scores lowest.

The model that is trained further chooses its own negatives (Xiong et al. 2021, "Approximate Nearest Neighbor Negative
Contrastive Learning for Dense Text Retrieval"), from sentences near the answer, questions with a detail changed, and
sentences with planted errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.evidence.examples import Example, Task

MAX_NEGATIVE_SCORE = 0.97
"""Negatives with at least this probability are dropped: most of them are positives that nobody labelled."""

AT_ONCE = 600
"""Choices scored per call of the model."""

Chances = Callable[[Sequence[Example]], Sequence[float]]
"""For each example, the probability that the text answers the question or supports the claim."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidate examples with the same label, of which at most ``most`` are kept."""

    options: tuple[Example, ...]
    most: int = 1

    @property
    def is_free(self) -> bool:
        """Whether there are more candidates than are kept."""
        return len(self.options) > self.most


def hardest(choices: Iterable[Choice], chances: Chances) -> Iterator[Example]:
    """Yield the hardest candidates of every choice, or all of them if there are no more than are kept."""
    remaining = iter(choices)
    while batch := list(islice(remaining, AT_ONCE)):
        scores = iter(chances([option for choice in batch if choice.is_free for option in choice.options]))
        for choice in batch:
            yield from _hardest_of(choice, [next(scores) for _ in choice.options]) if choice.is_free else choice.options


def _hardest_of(choice: Choice, scores: Sequence[float]) -> list[Example]:
    rated = list(zip(scores, choice.options, strict=True))
    if _is_negative(choice.options[0]):
        rated = [(-chance, option) for chance, option in rated if chance < MAX_NEGATIVE_SCORE]
    return [option for _, option in sorted(rated, key=lambda pair: pair[0])[: choice.most]]


def _is_negative(example: Example) -> bool:
    return example.label != (1 if example.task is Task.ANSWERS else 0)
