"""Questions written for the project become examples of both tasks; their passages are found in the data sets."""

# ruff: noqa: S311  (random choices of examples, not secrets)

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from index.errors import BadInput
from rag.evidence.examples import Label, Task
from rag.evidence.training.edits import Edit, edited
from rag.evidence.training.passages import MAX_WORDS, Passage, news_passages, squad_passages
from rag.evidence.training.written_questions import Written, examples_from, load_questions

SENTENCES = (
    "The ferry Astrid left Lindmark at noon.",
    "She carried 212 passengers and forty cars.",
    "A fire broke out in the engine room near Holm.",
    "Nobody was hurt, the coastguard said.",
)
FERRY = Passage("abc", "wikinews", "The ferry", SENTENCES, " ".join(SENTENCES))
ANSWERED = Written("abc", "How many people were on board?", 1, True, (Edit(2, 4, "212 tonnes of cement"),))
OPEN = Written("abc", "How many crew members were on board?", 1, False, (Edit(3, 4, "passengers, a crew of 14,"),))


def _pairs(written: Written, seeds: int = 30) -> set[tuple[Task, str, int]]:
    made = (e for seed in range(seeds) for e in examples_from(written, {"abc": FERRY}, random.Random(seed)))
    return {(example.task, example.second, example.label) for example in made}


def test_edits_replace_and_insert_words_by_their_places_in_the_sentence() -> None:
    edits = (Edit(0, 1, "Nine"), Edit(2, 2, "very"), Edit(3, 5, ""))
    assert edited("Ten boats left  Lindmark early today.", edits) == "Nine boats very left today."


@pytest.mark.parametrize(
    ("written", "answers", "leaves_open"),
    [
        (ANSWERED, "She carried 212 passengers and forty cars.", "She carried 212 tonnes of cement and forty cars."),
        (
            OPEN,
            "She carried 212 passengers, a crew of 14, and forty cars.",
            "She carried 212 passengers and forty cars.",
        ),
    ],
)
def test_a_question_has_one_sentence_that_answers_and_one_that_does_not(
    written: Written, answers: str, leaves_open: str
) -> None:
    pairs = _pairs(written)
    assert {(Task.ANSWERS, answers, 1), (Task.ANSWERS, leaves_open, 0)} <= pairs
    assert (Task.SUPPORTS, f"{SENTENCES[0]} {answers}", Label.SUPPORTED) in pairs
    assert (Task.SUPPORTS, f"{SENTENCES[0]} {leaves_open}", Label.NOT_SUPPORTED) in pairs


@pytest.mark.parametrize("written", [ANSWERED, OPEN])
def test_exactly_the_texts_with_the_answering_sentence_are_positive(written: Written) -> None:
    changed = edited(SENTENCES[1], written.edits)
    answering = SENTENCES[1] if written.answerable else changed
    for task, text, label in _pairs(written):
        assert task is Task.SUPPORTS or (answering in text) == bool(label)


def test_the_two_closest_other_sentences_do_not_answer() -> None:
    question = Written("abc", "Who says that nobody on the Astrid was hurt at noon?", 1, True, ANSWERED.edits)
    examples = list(examples_from(question, {"abc": FERRY}, random.Random(1)))
    beside = [(e.task, e.second, e.label) for e in examples if e.kind == "beside"]
    assert beside == [(Task.ANSWERS, SENTENCES[0], 0), (Task.ANSWERS, SENTENCES[3], 0)]


def test_examples_of_one_article_share_a_group() -> None:
    rng = random.Random(1)
    groups = {e.group for w in (ANSWERED, OPEN) for e in examples_from(w, {"abc": FERRY}, rng)}
    assert len(groups) == 1


@pytest.mark.parametrize(
    "passages", [{}, {"abc": Passage("abc", "wikinews", "The ferry", SENTENCES[:1], SENTENCES[0])}]
)
def test_a_question_without_its_sentence_is_an_error_that_names_the_passage(passages: dict[str, Passage]) -> None:
    with pytest.raises(BadInput, match="abc"):
        list(examples_from(ANSWERED, passages, random.Random(1)))


def test_a_file_names_passages_questions_and_edits(tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    path.write_text("#abc\nA2\tHow many?\t2:4 212 tonnes | 5:5\nU1\tWho?\t0:1 Ann\n", encoding="utf-8")
    assert list(load_questions(path)) == [
        Written("abc", "How many?", 1, True, (Edit(2, 4, "212 tonnes"), Edit(5, 5, ""))),
        Written("abc", "Who?", 0, False, (Edit(0, 1, "Ann"),)),
    ]


@pytest.mark.parametrize(
    "line",
    ["A1 Who? 0:1 Ann", "A1\tWho?", "B1\tWho?\t0:1", "A0\tWho?\t0:1", "A1\tWho?\tAnn", "A1\tWho?\t0:1 Bo | 2-3 x", ""],
)
def test_a_malformed_line_is_an_error_that_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.txt"
    path.write_text(f"#abc\n{line}\nA1\tWho?\t0:1 Ann\n", encoding="utf-8")
    with pytest.raises(BadInput, match="line 2"):
        list(load_questions(path))


def test_a_question_before_any_passage_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    path.write_text("A1\tWho?\t0:1 Ann\n", encoding="utf-8")
    with pytest.raises(BadInput, match="line 1"):
        list(load_questions(path))


def test_about_half_of_the_written_questions_are_answered_by_the_unchanged_passage() -> None:
    questions = list(load_questions())
    assert len(questions) > 2_000
    assert 0.45 < sum(q.answerable for q in questions) / len(questions) < 0.55


def test_no_question_is_written_twice_about_a_passage() -> None:
    asked = Counter((q.passage, q.question) for q in load_questions())
    assert [question for question, times in asked.items() if times > 1] == []


def test_paragraphs_out_of_bounds_are_no_passages() -> None:
    def document(*sentences: str) -> dict[str, object]:
        return {"title": "T", "paragraphs": [{"context": " ".join(sentences)}]}

    long = "The harbour master of Lindmark counted every boat that came in before noon on that day."
    kept = list(squad_passages([document(*[long] * 4), document(*[long] * 2), document(*["Boats came in."] * 4)]))
    assert [passage.sentences for passage in kept] == [(long,) * 4]


@pytest.mark.slow
def test_every_news_passage_asked_about_is_within_bounds_and_has_the_sentences_asked_about(shared_data: Path) -> None:
    passages = {passage.key: passage for passage in news_passages(shared_data)}
    asked = [(question, passages[question.passage]) for question in load_questions() if question.passage in passages]
    assert len(asked) > 700
    for question, passage in asked:
        sentence = passage.sentences[question.sentence]
        assert edited(sentence, question.edits) != sentence
        assert max(edit.end for edit in question.edits) <= len(sentence.split())
        assert sum(len(sentence.split()) for sentence in passage.sentences) <= MAX_WORDS
