"""Training examples of the later runs: mined hard examples or written ones, plus a sample of the earlier ones."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from rag.evidence.data import news_choices, read_articles
from rag.evidence.examples import Example, Task
from rag.evidence.training.mining import Chances, hardest
from rag.evidence.training.question_sets import quiz_choices
from rag.evidence.training.squad import load_squad, squad_choices

SQUAD_QUESTIONS, NEWS_CLAIMS = 4_000, 5_000
"""About how many SQuAD questions and news sentences hard examples are mined from."""

PEOPLE = frozenset({"factcc_val", "frank_val", "cogensumm_val", "rank19", "fib", "wice", "attributionbench"})
"""The sets of claims about articles with human labels."""

REPLAYED = {
    (Task.SUPPORTS, "people"): 9_000,
    (Task.SUPPORTS, "news"): 6_000,
    (Task.SUPPORTS, "squad1"): 4_500,
    (Task.SUPPORTS, "others"): 8_500,
    (Task.ANSWERS, "news"): 2_500,
    (Task.ANSWERS, "squad1"): 2_500,
    (Task.ANSWERS, "quiz"): 2_000,
    (Task.ANSWERS, "others"): 6_500,
}
"""How many earlier examples of each kind are replayed with mined ones, so that the model does not forget them."""

REPLAYED_WITH_WRITTEN = {**REPLAYED, (Task.ANSWERS, "quiz"): 30_000, (Task.ANSWERS, "squad1"): 10_000}
"""The same with written ones, which have no mined examples beside them: all of the quiz, and more of SQuAD 1.1."""


def hard_examples(data: Path, usual: Sequence[Example], squad: Path, chances: Chances, seed: int) -> list[Example]:
    """The examples hardest for the model behind ``chances``, mixed with a sample of the ``usual`` ones; shuffled."""
    rng = random.Random(seed)  # noqa: S311  (shuffling, not secrets)
    articles = read_articles(data)
    examples = list(hardest(quiz_choices(data, articles, rng), chances))
    examples += hardest(news_choices(articles, rng, claims=NEWS_CLAIMS), chances)
    examples += hardest(squad_choices(load_squad(squad), rng, questions=SQUAD_QUESTIONS), chances)
    return mixed(examples, usual, REPLAYED, rng)


def mixed(
    examples: Sequence[Example], usual: Sequence[Example], replayed: Mapping[tuple[Task, str], int], rng: random.Random
) -> list[Example]:
    """The examples with so many ``replayed`` of the ``usual`` ones, by their kind; shuffled."""
    both = [*examples]
    for kind, most in replayed.items():
        both += islice(_of_kind(usual, kind, {source for task, source in replayed if task is kind[0]}), most)
    rng.shuffle(both)
    return list(dict.fromkeys(both))


def _of_kind(usual: Sequence[Example], kind: tuple[Task, str], named: Collection[str]) -> Iterator[Example]:
    return (example for example in usual if (example.task, _group(example, named)) == kind)


def _group(example: Example, named: Collection[str]) -> str:
    if example.source in PEOPLE:
        return "people"
    return example.source if example.source in named else "others"
