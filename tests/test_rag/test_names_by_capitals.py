"""Names in questions and answers are found by their capital letters alone."""

from __future__ import annotations

import pytest

from rag.language.capitals import names_in, person_among


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("When did the Bank of Orlen warn Anna Brandt?", ["Bank of Orlen", "Anna Brandt"]),
        ("Was Ludwig van der Holm's boat found? And Holm?", ["Ludwig van der Holm", "Holm"]),
        ("What did Mr. Brandt and Gen. Lind say?", ["Mr. Brandt", "Gen. Lind"]),
        ("It was George W. Holm. Police said so.", ["George W. Holm"]),
        ("Who is he?", []),
    ],
)
def test_a_name_is_a_run_of_capitalised_words_that_does_not_merely_begin_a_sentence(
    text: str, names: list[str]
) -> None:
    assert names_in(text) == names


def test_a_person_is_a_full_name_or_has_a_title_and_is_no_institution() -> None:
    assert person_among(["Varn", "Orlen Bank", "Anna Brandt"]) == "Anna Brandt"
    assert person_among(["Varn", "Mr. Brandt"]) == "Mr. Brandt"
    assert person_among(["Varn Council", "Brandt"]) == "Brandt"
    assert person_among(["Varn Council"]) is None
