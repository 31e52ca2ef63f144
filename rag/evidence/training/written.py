"""Training examples from questions written for this project, each with a text that answers it and one that does not.

Both texts of a question differ in a few words only, so that neither the question nor the number of words shared shows
the label (contrast sets, Gardner et al. 2020; counterfactually augmented data, Kaushik et al. 2020).

``written_questions.txt`` has the questions and the words that were changed. The passages themselves are read from the
data sets; the hash of a passage names it. A line ``#KEY`` starts a passage. Each line below it has three fields,
separated by tabs: ``A2`` if sentence 2 of the passage answers the question, ``U2`` if it leaves the question open; the
question; and edits such as ``5:7 WORDS | 9:9 WORDS``, the words of the sentence to replace (from, to; counted from 0)
to make it the other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from index.errors import BadInput
from rag.evidence.examples import Example, Label, Task
from rag.evidence.training.passages import Passage, news_passages, squad_passages
from rag.evidence.training.squad import load_squad, window_around
from rag.evidence.windows import overlaps

QUESTIONS = Path(__file__).with_name("written_questions.txt")

_QUESTION = re.compile(r"(?P<kind>[AU])(?P<sentence>[1-9]\d*)\t(?P<question>[^\t]+)\t(?P<edits>[^\t]+)")
_EDIT = re.compile(r"(?P<start>\d+):(?P<end>\d+)(?: (?P<words>.+))?")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the words ``start`` to ``end`` (0-based, end exclusive) of a sentence by others."""

    start: int
    end: int
    words: str


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
    passage = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = _QUESTION.fullmatch(line)
        if line.startswith("#"):
            passage = line[1:]
        elif passage and found and (edits := _edits(found["edits"])):
            yield Written(passage, found["question"], int(found["sentence"]) - 1, found["kind"] == "A", edits)
        else:
            raise BadInput(
                f"{path}, line {number}: expected '#KEY', or 'A1' or 'U1', a question and edits between tabs."
            )


def _edits(field: str) -> tuple[Edit, ...]:
    found = [_EDIT.fullmatch(part) for part in field.split(" | ")]
    return tuple(Edit(int(edit["start"]), int(edit["end"]), edit["words"] or "") for edit in found if edit)


def edited(sentence: str, edits: tuple[Edit, ...]) -> str:
    """The sentence with all edits made."""
    words = sentence.split()
    for edit in sorted(edits, key=lambda edit: -edit.start):
        words[edit.start : edit.end] = edit.words.split()
    return " ".join(words)


def load_passages(data: Path, squad: Path) -> dict[str, Passage]:
    """All passages by their keys. ``data``: folder of the data sets; ``squad``: SQuAD 1.1's train-v1.1.json."""
    return {p.key: p for p in chain(squad_passages(load_squad(squad)), news_passages(data))}


def written_examples(data: Path, squad: Path, rng: random.Random) -> list[Example]:
    """Examples for both tasks from all written questions.

    Raises:
        BadInput: a passage is not in the data sets, or has fewer sentences than a question needs.
    """
    passages = load_passages(data, squad)
    return [example for written in load_questions() for example in examples_from(written, passages, rng)]


def examples_from(written: Written, passages: Mapping[str, Passage], rng: random.Random) -> Iterator[Example]:
    """Examples of the question with both of its passages (see ``both_passages``)."""
    answering, leaving_open = both_passages(written, passages)
    yield from _pairs(written, answering, rng, answers=True)
    yield from _pairs(written, leaving_open, rng, answers=False)


def both_passages(written: Written, passages: Mapping[str, Passage]) -> tuple[Passage, Passage]:
    """The passage that answers the question and the one that does not; one is as published, the other edited.

    Args:
        written: the question and the edits.
        passages: the passages as published, by their keys.

    Raises:
        BadInput: the passage is missing, or has fewer sentences than the question needs.
    """
    passage = passages.get(written.passage)
    if passage is None or written.sentence >= len(passage.sentences):
        raise BadInput(f"No passage {written.passage} with {written.sentence + 1} sentences in the data sets.")
    sentences = list(passage.sentences)
    sentences[written.sentence] = edited(sentences[written.sentence], written.edits)
    other = replace(passage, sentences=tuple(sentences))
    return (passage, other) if written.answerable else (other, passage)


def _pairs(written: Written, passage: Passage, rng: random.Random, *, answers: bool) -> Iterator[Example]:
    """Pair the question with its sentence, a window around it and, now and then, a similar sentence beside it."""
    kind = "answerable" if answers else "unanswerable"

    def pair(task: Task, text: str, label: int) -> Example:
        return Example(task, written.question, text, label, "written", kind, passage.group)

    sentence = passage.sentences[written.sentence]
    yield pair(Task.ANSWERS, sentence, int(answers))
    yield pair(Task.ANSWERS, window_around(passage.sentences, written.sentence, rng), int(answers))
    # The reader asks whether a sentence, with the one before it, supports the question read as a claim.
    supported = Label.SUPPORTED if answers else Label.NOT_SUPPORTED
    yield pair(Task.SUPPORTS, passage.with_sentence_before(written.sentence), supported)
    if rng.random() < 0.5:
        others = [s for s in passage.sentences if s != sentence]
        scores = overlaps(written.question, others)
        nearest = sorted(range(len(others)), key=lambda i: -scores[i])[:2]
        yield pair(Task.ANSWERS, others[rng.choice(nearest)], 0)
