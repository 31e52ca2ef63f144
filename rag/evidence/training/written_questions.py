"""Training examples from questions written for this project, each with a text that answers it and one that does not.

Both texts of a question differ in a few words only, so that neither the question nor the number of words shared shows
the label (contrast sets, Gardner et al. 2020; counterfactually augmented data, Kaushik et al. 2020).

``written_questions.txt`` has the questions and the words that were changed (``edits``); the passages themselves are
read from the data sets. A record has three fields: ``A2`` if sentence 2 of the passage answers the question, ``U2`` if
it leaves the question open; the question; and the edits of that sentence that make it the other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.evidence.examples import Example, Label, Task
from rag.evidence.training.edits import Edit, parse_edits, records
from rag.evidence.training.passages import Passage, both_texts
from rag.evidence.training.squad import window_around
from rag.evidence.windows import overlaps

QUESTIONS = Path(__file__).with_name("written_questions.txt")

_QUESTION = re.compile(r"(?P<kind>[AU])(?P<sentence>[1-9]\d*)\t(?P<question>[^\t]+)\t(?P<edits>[^\t]+)")


@dataclass(frozen=True, slots=True)
class Written:
    """A question about a passage. ``sentence`` (0-based) answers it or, if not ``answerable``, seems to.

    With the ``edits``, the sentence no longer answers it, or does answer it.
    """

    passage: str
    question: str
    sentence: int
    answerable: bool
    edits: tuple[Edit, ...]


def load_questions(path: Path = QUESTIONS) -> Iterator[Written]:
    """Yield the questions of a file, in its order.

    Raises:
        BadInput: a line has another form.
    """
    for passage, found in records(path, _QUESTION, "'A1' or 'U1', a question and edits"):
        edits = parse_edits(found["edits"])
        yield Written(passage, found["question"], int(found["sentence"]) - 1, found["kind"] == "A", edits)


def question_examples(passages: Mapping[str, Passage], rng: random.Random) -> list[Example]:
    """Examples for both tasks from all written questions.

    Raises:
        BadInput: a passage is not in the data sets, or has fewer sentences than a question needs.
    """
    return [example for written in load_questions() for example in examples_from(written, passages, rng)]


def examples_from(written: Written, passages: Mapping[str, Passage], rng: random.Random) -> Iterator[Example]:
    """Examples of the question with both of its passages (see ``both_passages``), and with sentences beside its own.

    One of the passages leaves the question open, so none of the sentences that both have answers it.
    """
    answering, leaving_open = both_passages(written, passages)
    yield from _pairs(written, answering, rng, answers=True)
    yield from _pairs(written, leaving_open, rng, answers=False)
    beside = [sentence for i, sentence in enumerate(answering.sentences) if i != written.sentence]
    scores = overlaps(written.question, beside)
    for i in sorted(range(len(beside)), key=lambda i: -scores[i])[:2]:
        yield Example(Task.ANSWERS, written.question, beside[i], 0, "written", "beside", answering.group)


def both_passages(written: Written, passages: Mapping[str, Passage]) -> tuple[Passage, Passage]:
    """The passage that answers the question and the one that does not; one is as published, the other edited.

    Args:
        written: the question and the edits.
        passages: the passages as published, by their keys.

    Raises:
        BadInput: the passage is missing, or has fewer sentences than the question needs.
    """
    passage, other = both_texts(written.passage, written.sentence, written.edits, passages)
    return (passage, other) if written.answerable else (other, passage)


def _pairs(written: Written, passage: Passage, rng: random.Random, *, answers: bool) -> Iterator[Example]:
    """Pair the question with its sentence and a window around it."""
    kind = "answerable" if answers else "unanswerable"

    def pair(task: Task, text: str, label: int) -> Example:
        return Example(task, written.question, text, label, "written", kind, passage.group)

    sentence = passage.sentences[written.sentence]
    yield pair(Task.ANSWERS, sentence, int(answers))
    yield pair(Task.ANSWERS, window_around(passage.sentences, written.sentence, rng), int(answers))
    # The reader asks whether a sentence, with the one before it, supports the question read as a claim.
    supported = Label.SUPPORTED if answers else Label.NOT_SUPPORTED
    yield pair(Task.SUPPORTS, passage.with_sentence_before(written.sentence), supported)
