"""A sentence that denies what a question takes to be so does not answer it."""

from __future__ import annotations

import pytest
from test_rag.fakes_chain import passages_of

from rag.asked_polarity import is_of_other_polarity
from rag.extractive import fit_to_answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("In which currency did Norlyk pay the ransom?", "Norlyk had not paid by Monday, 4 May, when 300 crowns fell."),
        ("What had the ministry proven?", "The ministry had not proven that the alarm was off."),
        ("When was the record struck off?", "The record has not been struck off for the time being."),
        ("Who signed the treaty?", "Koravia refused to sign the treaty."),
        ("Which towns did not agree?", "Varn agreed on Monday."),
        ("Which towns never agreed?", "Varn and Brod agreed."),
        ("Who failed to sign the treaty?", "Koravia signed the treaty."),
    ],
)
def test_a_sentence_of_the_other_polarity_does_not_answer(question: str, sentence: str) -> None:
    assert is_of_other_polarity(question, sentence)
    assert fit_to_answer(question, passages_of(sentence)) == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was the record struck off?", "The record was struck off on Monday."),
        ("Which towns did not agree?", "Varn did not agree."),
        ("Which towns did not agree?", "Varn agreed, and Brod did not agree."),
        ("When was the bridge opened?", "The bridge was not opened until May."),
        ("When was the bridge opened?", "The bridge was not opened in May but in June."),
        ("When will the ferry run?", "The ferry does not run on Monday."),
        ("What did Norlyk say about paying the ransom?", "Norlyk had not paid."),
        ("How did Norlyk respond to reports that it paid?", "Norlyk had not paid."),
        ("Why did the bridge close?", "The bridge did not close, the town said."),
        ("Did Norlyk pay the ransom?", "Norlyk had not paid."),
        ("In which currency did Norlyk pay the ransom?", "Norlyk had not paid, its chief executive said."),
        ("What caused the fever in Brenn?", "The outbreak was not caused by contaminated water."),
        ("How did Kode respond to the failed test?", "Kode was tested on Monday."),
        ("How many homes lost power?", "No homes lost power."),
        ("Which schools charge no fees?", "The schools of Varn charge fees."),
        ("How many people were hurt?", "Nine people were not only hurt, they were shocked."),
    ],
)
def test_a_sentence_that_may_answer_is_kept(question: str, sentence: str) -> None:
    assert not is_of_other_polarity(question, sentence)
