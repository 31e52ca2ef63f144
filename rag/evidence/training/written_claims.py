"""Training examples from claims about news, written for this project in pairs that differ in a few words.

The passage as published supports the one claim and not the other; with one sentence edited it supports the other. So
neither the claim nor the text alone shows the label (contrast sets, Gardner et al. 2020).

``written_claims.txt`` has the claims and the words that were changed (``edits``); the passages themselves are read
from the data sets. A record has four fields: ``2`` for edits of sentence 2 of the passage, ``2+`` where these leave the
first claim supported too; the first claim; the edits that make it the second; and those of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.evidence.examples import Example, Label, Task
from rag.evidence.training.edits import Edit, edited, parse_edits, records
from rag.evidence.training.passages import Passage, both_texts
from rag.evidence.windows import overlaps

CLAIMS = Path(__file__).with_name("written_claims.txt")

EVIDENCE_WORDS = 95
"""At most this many words of evidence: with a claim of 20 they are about as long as the model is trained on."""

_CLAIM = re.compile(
    r"(?P<sentence>[1-9]\d*)(?P<both>\+?)\t(?P<claim>[^\t]+)\t(?P<claim_edits>[^\t]+)\t(?P<passage_edits>[^\t]+)"
)


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Two claims about a passage.

    The passage supports ``first``, not ``second``. With the ``edits`` of its sentence at index ``sentence`` it supports
    ``second`` and, only if ``both``, ``first`` too.
    """

    passage: str
    first: str
    second: str
    sentence: int
    edits: tuple[Edit, ...]
    both: bool


def load_claims(path: Path = CLAIMS) -> Iterator[ClaimPair]:
    """Yield the pairs of a file, in its order.

    Raises:
        BadInput: a line has another form.
    """
    for passage, found in records(path, _CLAIM, "'1' or '1+', a claim, its edits and edits of the sentence"):
        yield ClaimPair(
            passage,
            found["claim"],
            edited(found["claim"], parse_edits(found["claim_edits"])),
            int(found["sentence"]) - 1,
            parse_edits(found["passage_edits"]),
            bool(found["both"]),
        )


def claim_examples(passages: Mapping[str, Passage]) -> list[Example]:
    """Examples from all written claims.

    Raises:
        BadInput: a passage is not in the data sets, or has fewer sentences than a pair needs.
    """
    return [example for pair in load_claims() for example in examples_about(pair, passages)]


def examples_about(pair: ClaimPair, passages: Mapping[str, Passage]) -> Iterator[Example]:
    """The four examples of a pair: both claims, each with both texts as evidence.

    Raises:
        BadInput: the passage is missing, or has fewer sentences than needed.
    """
    passage, after = both_texts(pair.passage, pair.sentence, pair.edits, passages)
    for claim, text, supported in (
        (pair.first, passage, True),
        (pair.second, passage, False),
        (pair.second, after, True),
        (pair.first, after, pair.both),
    ):
        evidence = evidence_for(claim, text.sentences, pair.sentence)
        label = Label.SUPPORTED if supported else Label.NOT_SUPPORTED
        yield Example(Task.SUPPORTS, claim, evidence, label, "claims", "written", passage.group)


def evidence_for(claim: str, sentences: Sequence[str], place: int) -> str:
    """The sentence at index ``place`` with those closest to the claim, in text order, of ``EVIDENCE_WORDS`` at most."""
    scores = overlaps(claim, sentences)
    kept, words = [place], len(sentences[place].split())
    for i in sorted(range(len(sentences)), key=lambda i: (-scores[i], i)):
        longer = words + len(sentences[i].split())
        if i != place and longer <= EVIDENCE_WORDS:
            kept.append(i)
            words = longer
    return " ".join(sentences[i] for i in sorted(kept))
