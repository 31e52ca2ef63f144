import pytest

from rag.question.answer_type import AnswerType, asked_type, holds_type, missing_names


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the bridge fall?", AnswerType.DATE),
        ("On what date will talks begin?", AnswerType.DATE),
        ("At what time did the span give way?", AnswerType.CLOCK),
        ("How many people died?", AnswerType.COUNT),
        ("How much does the bridge cost?", AnswerType.AMOUNT),
        ("What percentage of voters agreed?", AnswerType.PERCENT),
        ("Who said the bridge was safe?", AnswerType.PERSON),
        ("Where did the bridge fall?", AnswerType.PLACE),
        ("In which country is Nesse?", AnswerType.PLACE),
        ("How long will the repair take?", AnswerType.DURATION),
        ("Which company built the bridge?", AnswerType.NAME),
        ("What is the name of the driver who drove the train?", AnswerType.NAME),
        ("What are the names of the three children?", AnswerType.NAME),
        ("What are the two judges called?", AnswerType.NAME),
        ("What is her full name?", AnswerType.NAME),
        ("In which three towns did the lights go out?", AnswerType.PLACE),
        ("What is the name of the virus?", None),
        ("What is the new drug called?", None),
        ("What was the judge called to decide?", None),
        ("Why did the bridge fall?", None),
        ("What happened when the bridge fell?", None),
        ("Why would the minister not say how many were missing?", None),
        ("When the bridge fell, who was on it?", AnswerType.PERSON),
        ("Tell me about the bridge.", None),
    ],
)
def test_the_answer_type_follows_from_the_first_question_word(question: str, kind: AnswerType | None) -> None:
    assert asked_type(question) == kind


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the bridge fall?", "It fell on Wednesday."),
        ("When did the bridge fall?", "It fell two weeks ago."),
        ("How many people died?", "Seventeen people died."),
        ("How many people died?", "Nobody died."),
        ("How many people died?", "Dozens were killed."),
        ("How much does the bridge cost?", "It costs 90 million crowns."),
        ("Who said the bridge was safe?", "Brandt called the bridge safe."),
        ("Who was arrested?", "Two engineers were arrested."),
        ("Where did the bridge fall?", "The bridge in Kolm fell."),
        ("Where was it hidden?", "It was hidden in a barn."),
        ("How long will the repair take?", "The repair will take three weeks."),
        ("At what time did it fall?", "It fell at 7:52 a.m."),
        ("Why did the bridge fall?", "A hanger was cracked."),
        ("What are the names of the three children?", "The children, Ada, Finn and Jo, were found."),
        ("What is the name of the virus?", "The virus is called mpox."),
        ("In which three towns did the lights go out?", "It went dark in Kolm, Brod and Hal."),
        ("In which three towns did the lights go out?", "The lights went out in Kolm and elsewhere."),
        ("What is the name of the driver?", "The driver, Ada Holm from Kolm, was arrested."),
        ("Which company recalled three trains?", "Norlyk recalled three trains."),
        ("Which country sent the ships?", "Iranian ships were sent."),
        ("Where did the lights go out?", "The lights went out in three towns."),
    ],
)
def test_a_sentence_that_contains_the_answer_type_may_answer(question: str, sentence: str) -> None:
    assert holds_type(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the bridge fall?", "The bridge fell after a hanger cracked."),
        ("When did the 2021 bridge fall?", "The bridge of 2021 fell."),
        ("How many people died?", "People died on 4 May 2022."),
        ("How many people died of the 17?", "Of the 17 people some died."),
        ("How much does the bridge cost?", "The bridge is expensive."),
        ("Who closed the Lindow Bridge?", "The Lindow Bridge was closed."),
        ("How long will the repair take?", "The repair will be hard."),
        ("At what time did it fall?", "It fell on Monday."),
        ("Which company built the bridge?", "The bridge was built well."),
        ("What are the names of the three children?", "Three children, aged 4, 6 and 9, were found in a barn."),
        ("In which three towns did the lights go out?", "The lights went out in three towns, Paul Weiss said."),
        ("What is the name of the driver?", "The driver, a woman of 40 from Kolm, was arrested near the Ferrin."),
        ("What is the name of the driver?", "KOLM, May 4 (TPA) - The driver of the tram was arrested."),
        ("What is her name?", "The driver has not been named."),
        ("In which three towns did the lights go out?", "The lights went out in three towns in the north."),
    ],
)
def test_a_sentence_without_the_answer_type_cannot_answer(question: str, sentence: str) -> None:
    assert not holds_type(question, sentence)


def test_names_of_the_question_that_the_text_lacks_are_listed() -> None:
    text = "Anna Brandt opened the bridge in Kolm."
    assert missing_names("Did Keller open the bridge in Kolm with Mr Brandt?", text) == ("Keller",)


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("What is the name of the driver who slept?", '"The driver was asleep," Esben Fossum said.', False),
        (
            "What is the name of the doctoral student?",
            "A student found the error, Irene Castberg said.",
            False,
        ),
        ("What is the name of the driver?", '"I was asleep," the driver, Esben Fossum, said.', True),
        ("What is the name of the driver?", "The driver is Tom Ek, Esben Fossum said.", True),
        ("What is his name?", '"I was asleep," Esben Fossum said.', True),
    ],
)
def test_a_speaker_is_not_the_person_whose_name_is_asked_for(question: str, sentence: str, *, holds: bool) -> None:
    assert holds_type(question, sentence) is holds
