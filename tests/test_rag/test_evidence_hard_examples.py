"""A later run mixes its own examples with a sample of the earlier ones."""
# ruff: noqa: S311  (random choices of examples, not secrets)

from __future__ import annotations

import random
from collections import Counter

from rag.evidence.examples import Example, Task
from rag.evidence.training.hard_examples import PEOPLE, mixed

USUAL = [
    Example(task, f"first {number}", "second", 0, source)
    for source in ("news", "quiz", "fib", "snli", "mnli")
    for task in (Task.SUPPORTS, Task.ANSWERS)
    for number in range(10)
]
OWN = [Example(Task.ANSWERS, f"own {number}", "second", 1, "written") for number in range(7)]


def test_so_many_earlier_examples_of_each_kind_are_mixed_in() -> None:
    replayed = {(Task.SUPPORTS, "people"): 4, (Task.SUPPORTS, "others"): 35, (Task.ANSWERS, "quiz"): 3}
    examples = mixed(OWN, USUAL, replayed, random.Random(1))
    kinds = Counter((e.task, "people" if e.source in PEOPLE else e.source) for e in examples)
    others = {kinds.pop((Task.SUPPORTS, source)) for source in ("news", "quiz", "snli")}
    assert others == {10}  # "others" are those that the mapping does not name
    assert kinds == {
        (Task.ANSWERS, "written"): 7,
        (Task.SUPPORTS, "people"): 4,
        (Task.SUPPORTS, "mnli"): 5,
        (Task.ANSWERS, "quiz"): 3,
    }


def test_no_example_is_trained_on_twice_and_the_seed_decides_the_order() -> None:
    kinds = {(Task.ANSWERS, "quiz"): 10}
    once = mixed([*OWN, *OWN], USUAL, kinds, random.Random(1))
    assert len(once) == len(set(once)) == 17
    assert once == mixed([*OWN, *OWN], USUAL, kinds, random.Random(1))
    assert once != mixed([*OWN, *OWN], USUAL, kinds, random.Random(2))
