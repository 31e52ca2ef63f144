"""A question that asks why is not answered by what happened alone; the next sentences may say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from test_rag.fakes_chain import make_extractive, passages_of

from rag.passages import PassageSentence, sentences_of
from rag.question.reasons import lacks_reason, with_next
from rag.types import Draft, Passage

CUT = "Fiskum will cut 240 jobs in Brod. The plant in Haln stays open. Peder Lund blamed energy prices. Shares rose."
CLEARED = "The appeal court has cleared Jon Malk. The judges said the only witness had changed her account."


def sentences(*texts: str) -> list[PassageSentence]:
    return [sentence for passage in passages_of(*texts) for sentence in sentences_of(passage)]


@pytest.mark.parametrize(
    "text",
    [
        "Shares of Fiskum rose by 6 percent.",
        "The appeal court has cleared Jon Malk.",
        "Some 1,900 dockers have been on strike since March 9.",
        "Fans had demanded his dismissal for weeks.",
        "The strike goes on for a second time.",
        "The head of the waterworks resigned an hour later.",
    ],
)
def test_what_happened_gives_no_reason(text: str) -> None:
    assert lacks_reason("Why did it happen?", sentences(text))
    assert lacks_reason("And why was that?", sentences(text))
    assert not lacks_reason("When did it happen?", sentences(text))
    assert not lacks_reason("Did they say why it happened?", sentences(text))


@pytest.mark.parametrize(
    "text",
    [
        "The mayor abstained because her sister teaches there.",
        "The club sacked its coach after the defeat.",
        "The chief executive blamed high energy prices.",
        "The court suspended the permit, saying that nothing had been examined.",
        "Police detained a man on suspicion of theft.",
        "They wear sixteen stars, one for each of those who died.",
        "The reopening was put back due to trouble with the signals.",
        "A crack set off the collapse.",
        "There was no reason for it, Strand said.",
    ],
)
def test_words_for_a_reason_are_recognised(text: str) -> None:
    assert not lacks_reason("Why did it happen?", sentences(text))
    assert not lacks_reason("Why did it happen?", sentences("It rained.", text))


def shown_for(question: str, passages: Sequence[Passage], *at: tuple[int, int], most: int = 3) -> list[str]:
    shown = [sentences_of(passages[passage - 1])[sentence] for passage, sentence in at]
    return [sentence.text for sentence in with_next(question, shown, passages, most)]


def test_the_next_sentence_with_a_reason_is_added_or_else_the_next() -> None:
    cut = passages_of(CUT)
    assert shown_for("Why does Fiskum cut jobs?", cut, (1, 0)) == [
        "Fiskum will cut 240 jobs in Brod.",
        "Peder Lund blamed energy prices.",
    ]
    cleared = passages_of(CLEARED)
    assert shown_for("Why was Malk cleared?", cleared, (1, 0)) == [
        "The appeal court has cleared Jon Malk.",
        "The judges said the only witness had changed her account.",
    ]


def test_the_next_sentence_of_what_tells_the_event_itself_is_added() -> None:
    both = passages_of("Malk left without a word. He was silent.", CLEARED)
    shown = shown_for("Why was Malk cleared?", both, (1, 0), (2, 0))
    assert shown[:2] == ["The appeal court has cleared Jon Malk.", sentences(CLEARED)[1].text]
    (late,) = passages_of("It will not start on 1 June. The cameras of the toll are late. It rained.")
    late = replace(late, chunk=replace(late.chunk, title="Toll postponed"))
    assert "It rained." in shown_for("Why was the toll postponed?", [late], (1, 1))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did Lysnett resign?", "Lysnett spends too little. It rained."),  # no sentence tells of it
        ("Why did Fiskum cut jobs?", "Fiskum cut 240 jobs."),  # the last sentence
        ("Why did Fiskum cut jobs?", "Fiskum cut 240 jobs.\nSource: Coast Radio"),  # no whole sentence
        ("Why did Fiskum cut jobs?", "Fiskum cut 240 jobs. Why did it do so?"),  # states nothing
        ("Why did Fiskum cut jobs?", "Fiskum cut 240 jobs\nIt rained."),  # a headline
    ],
)
def test_nothing_is_added_where_no_whole_sentence_goes_on(question: str, text: str) -> None:
    passages = passages_of(text)
    assert shown_for(question, passages, (1, 0)) == [sentences_of(passages[0])[0].text]


def test_no_more_than_the_maximum_is_shown() -> None:
    shown = shown_for("Why does Fiskum cut jobs?", passages_of(CUT, "It rained. It snowed."), (2, 0), (1, 0), (2, 1))
    assert shown == ["Fiskum will cut 240 jobs in Brod.", "Peder Lund blamed energy prices.", "It rained."]


class First:
    """A judge that prefers the first sentence and is sure."""

    def judge(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, float]:
        return {sentences[0]: 0.9}

    def confidence(
        self, question: str, likeliest: PassageSentence, chance: float, passages: Sequence[Passage]
    ) -> float:
        return 0.9


def read(question: str, text: str) -> Draft:
    return make_extractive(First(), threshold=0.4, unsure=0.5).read(question, passages_of(text))


def test_an_answer_without_a_reason_is_marked_unsure_and_one_with_it_is_not() -> None:
    assert read("Why does Fiskum cut jobs?", CUT).unsure
    assert len(read("Why does Fiskum cut jobs?", CUT).sentences) == 2
    assert not read("Why did Fiskum cut jobs?", "Fiskum cut 240 jobs because of the prices. It rained.").unsure
    assert not read("How many jobs does Fiskum cut?", CUT).unsure
    assert len(read("How many jobs does Fiskum cut?", CUT).sentences) == 1
