from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_rag.fakes_chain import MemoryArchive, ScriptedReader, article

from index.types import Question
from rag.conversation import FollowUps, LlmFollowUps
from rag.engine import Chatbot
from rag.errors import ReaderFailed
from rag.rerank import RetrievalOrder
from rag.types import Sentence, Turn
from rag.verify import EvidenceVerifier

DIALOGUES = Path(__file__).parent.parent.parent / "evals" / "golden" / "dialogues.jsonl"


def standalone(question: str, *turns: str | Turn) -> str:
    return FollowUps().rewrite(question, [t if isinstance(t, Turn) else Turn(t) for t in turns]).text


@pytest.mark.parametrize(
    ("turns", "question", "alone"),
    [
        (["Did the council close the school?"], "Why?", "Why did the council close the school?"),
        (["Did the council close the school?"], "And when exactly?", "When did the council close the school?"),
        (["How much does the ferry to Kelva cost?"], "What about Ost?", "How much does the ferry to Ost cost?"),
        (["What did Ilse Brandt sign?"], "Why did she sign?", "Why did Ilse Brandt sign?"),
        (["What did Ilse Brandt sign?"], "Who is her lawyer?", "Who is Ilse Brandt's lawyer (Ilse Brandt sign)?"),
        (["When was the Lindow Bridge built?"], "Who built it?", "Who built the Lindow Bridge?"),
        (["Which bus fell?"], "Where was it going?", "Where was it going (bus fell)?"),
        (["What happened in Varn?"], "How many people died?", "How many people died (happened, Varn)?"),
        (["What happened in Varn?", "How many people died?"], "Why?", "Why people died (happened, Varn)?"),
    ],
)
def test_follow_ups_stand_alone(turns: list[str], question: str, alone: str) -> None:
    assert standalone(question, *turns) == alone


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of bread in Kelva?",
        "Who is the mayor of Ost?",
        "Is it true that the Varn tunnel is closed to heavy lorries since the summer storms of May?",
    ],
)
def test_a_first_question_is_never_touched(question: str) -> None:
    assert standalone(question) == question


def test_a_question_that_names_its_own_subject_is_left_alone() -> None:
    question = "What is the price of bread in Kelva?"
    assert standalone(question, "Did the council close the school?") == question


def test_he_is_the_person_the_answer_named() -> None:
    archive = MemoryArchive([article("a", "Karl Odde is mayor of Varn.")])
    reader = ScriptedReader(Sentence("Karl Odde is mayor of Varn.", (1,)))
    reply = Chatbot(archive, RetrievalOrder(), reader, EvidenceVerifier()).ask(Question("Who is mayor of Varn?"))
    assert "Karl Odde" in standalone("What did he say about the bridge?", Turn("Who is mayor of Varn?", reply))


@hypothesis_settings(max_examples=150)
@given(
    st.lists(st.text(max_size=60) | st.sampled_from(["Who is Ilse Brandt?", "What about it?", "Why?"]), max_size=4),
    st.text(max_size=60)
    | st.sampled_from(["And why?", "What did she say about that?", "How much?", "What about Ost?"]),
)
def test_nothing_is_invented_whatever_was_said(turns: list[str], question: str) -> None:
    said = runs(" ".join([question, *turns])) | {"in", "the", "s"}
    assert runs(standalone(question, *turns)) <= said


def runs(text: str) -> set[str]:
    """Runs of letters and digits, whatever their case."""
    return {found.casefold() for found in re.findall(r"[^\W_]+", text)}


def test_of_the_sample_dialogues_nearly_all_carry_what_the_follow_up_leans_on() -> None:
    """Measured when written: 86 of 88."""
    rows = [json.loads(line) for line in DIALOGUES.read_text(encoding="utf-8").splitlines()]
    kept = [
        all(part.lower() in standalone(row["question"], *row["turns"]).lower() for part in row["must_contain"])
        for row in rows
    ]
    assert len(rows) >= 60
    assert sum(kept) / len(kept) >= 0.95


def test_a_language_model_rewrites_only_follow_ups() -> None:
    asked: list[str] = []

    def complete(prompt: str) -> str:
        asked.append(prompt)
        return '"When did the council close the school?"\n'

    rewriter = LlmFollowUps(complete)
    assert rewriter.rewrite("Did it rain?", []).text == "Did it rain?"
    assert asked == []
    rewritten = rewriter.rewrite("When?", [Turn("Did the council close the school?")])
    assert (rewritten.text, rewritten.note) == ("When did the council close the school?", None)
    assert "Did the council close the school?" in asked[0]


@pytest.mark.parametrize("answer", ["", "Line one.\nLine two.", "x" * 600])
def test_where_the_model_writes_no_question_the_rules_do_it_and_say_so(answer: str) -> None:
    rewritten = LlmFollowUps(lambda prompt: answer).rewrite("When?", [Turn("Did the council close the school?")])
    assert rewritten.text == "When did the council close the school?"
    assert rewritten.note is not None


def test_where_the_model_fails_the_rules_do_it_and_say_why() -> None:
    def complete(prompt: str) -> str:
        raise ReaderFailed("The language model m could not be reached; start it.")

    rewritten = LlmFollowUps(complete).rewrite("When?", [Turn("Did the council close the school?")])
    assert rewritten.text == "When did the council close the school?"
    assert rewritten.note is not None
    assert "could not be reached" in rewritten.note
