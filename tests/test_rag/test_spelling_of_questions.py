"""Typos in a question are corrected with words of the articles found; names are never changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rag.fakes_chain import MemoryArchive, ScriptedReader, article, make_chatbot

from index.types import Question
from rag.language.stems import words
from rag.question.spelling import corrected_spelling
from rag.types import Sentence

ARTICLE = "Nine people died in the collapse of the Lindow bridge in Kolm. Marta Veland, the minister, has resigned."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("how many pepole died in the brige colapse", "how many people died in the bridge collapse"),
        ("How many people died in the brigde collapse?", "How many people died in the bridge collapse?"),
        ("HAS THE MINISTTER RESIGNED", "HAS THE MINISTER RESIGNED"),
        ("Has the ministr resigend?", "Has the minister resigned?"),
        ("did marta velland resign", "did marta veland resign"),
    ],
)
def test_a_typo_is_corrected_to_a_word_of_the_articles(written: str, meant: str) -> None:
    assert corrected_spelling(written, [ARTICLE]) == meant


@pytest.mark.parametrize(
    "question",
    [
        "How many people died in the collapse?",
        "Did Marta Velland resign?",  # a name as it stands may be another's
        "Was the fridge broken?",  # a word of its own
        "Who is the xylophonist of Kolmburg?",
        "Bis wann ist die Brücke gesperrt?",
        "did the lindwo flood",  # like nothing that begins alike and is long enough, twice
        "",
    ],
)
def test_known_words_names_and_words_without_a_similar_one_are_kept(question: str) -> None:
    text = ARTICLE if "lindwo" not in question else "lindow lindew"
    assert corrected_spelling(question, [text]) == question


@settings(max_examples=100)
@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_a_correction_introduces_no_word_from_elsewhere(question: str, texts: list[str]) -> None:
    held = set(words(" ".join([question, *texts])))
    assert set(words(corrected_spelling(question, texts))) <= held


def test_the_reply_shows_and_answers_the_corrected_question() -> None:
    archive = MemoryArchive([article("a", "The bridge in Kolm fell.")])
    reader = ScriptedReader(Sentence("The bridge in Kolm fell.", (1,)))
    chatbot = make_chatbot(archive, reader)
    reply = chatbot.ask(Question("what happened to the brigde in kolm"))
    assert reply.question == "what happened to the brigde in kolm"
    assert reply.trace.standalone_question == "what happened to the bridge in kolm"
    assert archive.asked[-1].text == reply.trace.standalone_question
