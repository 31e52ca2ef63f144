"""The hardest pairs for a model as it stands: of the wrong ones, those it believes most.

Negatives chosen by the very model that learns from them (Xiong et al. 2021, "Approximate Nearest Neighbor Negative
Contrastive Learning for Dense Text Retrieval"), among sentences near the answer, questions with a detail changed, and
errors planted into sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.evidence.examples import Example, Task

BELIEVED = 0.97
"""A wrong pair that the model believes more than this is more often a right one that nobody marked."""

AT_ONCE = 600

Chances = Callable[[Sequence[Example]], Sequence[float]]
"""Of each pair, the probability that the text answers the question or supports the claim."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Pairs of one label, of which at most ``most`` are learned from."""

    options: tuple[Example, ...]
    most: int = 1

    @property
    def is_free(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.options) > self.most


def hardest(choices: Iterable[Choice], chances: Chances) -> Iterator[Example]:
    """Of every choice the pairs the model is most wrong about; all where there is nothing to choose."""
    coming = iter(choices)
    while some := list(islice(coming, AT_ONCE)):
        believed = iter(chances([option for choice in some if choice.is_free for option in choice.options]))
        for choice in some:
            yield from _chosen(choice, [next(believed) for _ in choice.options]) if choice.is_free else choice.options


def _chosen(choice: Choice, believed: Sequence[float]) -> list[Example]:
    rated = list(zip(believed, choice.options, strict=True))
    if _is_wrong(choice.options[0]):
        rated = [(-chance, option) for chance, option in rated if chance < BELIEVED]
    return [option for _, option in sorted(rated, key=lambda pair: pair[0])[: choice.most]]


def _is_wrong(example: Example) -> bool:
    return example.label != (1 if example.task is Task.ANSWERS else 0)
