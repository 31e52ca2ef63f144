"""Pairs of written claims become examples: each claim with a text that supports it and one that does not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.errors import BadInput
from rag.evidence.examples import Label, Task
from rag.evidence.training.edits import Edit, edited
from rag.evidence.training.passages import Passage, news_passages
from rag.evidence.training.written_claims import (
    EVIDENCE_WORDS,
    ClaimPair,
    evidence_for,
    examples_about,
    load_claims,
)

SENTENCES = (
    "The ferry Astrid left Lindmark at noon.",
    "She carried 212 passengers and forty cars.",
    "A fire broke out in the engine room near Holm.",
)
FERRY = Passage("abc", "wikinews", "The ferry", SENTENCES, " ".join(SENTENCES))
PASSENGERS = "The ferry Astrid had 212 passengers on board."
CREW = "The ferry Astrid had 212 lorries on board."
PAIR = ClaimPair("abc", PASSENGERS, CREW, 1, (Edit(3, 4, "lorries"),), both=False)


def _labels(pair: ClaimPair) -> dict[tuple[str, str], int]:
    examples = list(examples_about(pair, {"abc": FERRY}))
    assert {example.task for example in examples} == {Task.SUPPORTS}
    assert {example.group for example in examples} == {FERRY.group}
    return {(example.first, example.second): example.label for example in examples}


def test_each_claim_is_supported_by_one_text_and_not_by_the_other() -> None:
    published = FERRY.text
    changed = published.replace("passengers", "lorries")
    assert _labels(PAIR) == {
        (PASSENGERS, published): Label.SUPPORTED,
        (CREW, published): Label.NOT_SUPPORTED,
        (CREW, changed): Label.SUPPORTED,
        (PASSENGERS, changed): Label.NOT_SUPPORTED,
    }


def test_a_claim_that_the_edited_text_still_supports_is_labelled_so() -> None:
    pair = ClaimPair("abc", PASSENGERS, CREW, 1, (Edit(4, 4, "and 212 lorries"),), both=True)
    labels = _labels(pair)
    assert [label for (claim, _), label in labels.items() if claim == PASSENGERS] == [Label.SUPPORTED] * 2


def test_long_evidence_keeps_the_edited_sentence_and_those_closest_to_the_claim() -> None:
    filler = "Meanwhile " + " ".join(["rain"] * 60) + "."
    sentences = (filler, "The Astrid sailed at noon.", filler.replace("rain", "wind"), "Nobody was hurt.")
    evidence = evidence_for("The Astrid sailed at noon.", sentences, 3)
    assert evidence == f"{sentences[0]} {sentences[1]} {sentences[3]}"
    assert len(evidence.split()) <= EVIDENCE_WORDS


@pytest.mark.parametrize(
    "passages", [{}, {"abc": Passage("abc", "wikinews", "The ferry", SENTENCES[:1], SENTENCES[0])}]
)
def test_a_pair_without_its_sentence_is_an_error_that_names_the_passage(passages: dict[str, Passage]) -> None:
    with pytest.raises(BadInput, match="abc"):
        list(examples_about(PAIR, passages))


def test_a_file_names_passages_claims_and_edits(tmp_path: Path) -> None:
    path = tmp_path / "claims.txt"
    path.write_text(
        "#abc\n2\tAnn won.\t1:2 lost.\t3:4 lorries\n1+\tBo left.\t0:1 Cy\t0:0 Cy, | 2:3\n", encoding="utf-8"
    )
    assert list(load_claims(path)) == [
        ClaimPair("abc", "Ann won.", "Ann lost.", 1, (Edit(3, 4, "lorries"),), both=False),
        ClaimPair("abc", "Bo left.", "Cy left.", 0, (Edit(0, 0, "Cy,"), Edit(2, 3, "")), both=True),
    ]


@pytest.mark.parametrize(
    "line",
    ["2\tAnn won.\t1:2 lost.", "0\tAnn.\t0:1 Bo\t0:1 Bo", "2\tAnn.\tBo\t0:1 Bo", "2\tAnn.\t0:1 Bo | 2-3\t0:1 Bo", ""],
)
def test_a_malformed_line_is_an_error_that_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "claims.txt"
    path.write_text(f"#abc\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="line 2"):
        list(load_claims(path))


def test_no_claim_is_written_twice_about_a_passage() -> None:
    written = Counter((pair.passage, claim) for pair in load_claims() for claim in (pair.first, pair.second))
    assert len(written) > 1_500
    assert [claim for claim, times in written.items() if times > 1] == []


@pytest.mark.slow
def test_every_pair_is_about_a_news_passage_that_has_the_words_it_edits(shared_data: Path) -> None:
    passages = {passage.key: passage for passage in news_passages(shared_data)}
    for pair in load_claims():
        sentence = passages[pair.passage].sentences[pair.sentence]
        assert edited(sentence, pair.edits) != sentence
        assert max(edit.end for edit in pair.edits) <= len(sentence.split())
