"""Amounts whose meaning only the question gives."""

import pytest

from rag.rivals.asked_amounts import other_amount

HAUL = "How much money was taken from the jeweller in Brod?"
TOOK = "Thieves took 600,000 crowns from the jeweller, police said."
CREAM = "How much milk may the farms of Skalden sell each year?"
MAY_SELL = "The farms of Skalden may sell 900 litres of it, the ministry said."


@pytest.mark.parametrize(
    ("question", "shown", "other", "says"),
    [
        (HAUL, TOOK, "A gang robbed a jeweller in Brod and left with 950,000 crowns.", ("600,000", "950,000")),
        (CREAM, MAY_SELL, "Skalden's farms may sell 1,200 litres of milk a year.", ("900", "1,200")),
        # an earlier robbery: nothing of the question but the verb
        (HAUL, TOOK, "Two years ago they had taken 400,000 crowns.", None),
        # a change, another period, another unit, another size
        (HAUL, TOOK, "Money taken from the jeweller in Brod rose by 150,000 crowns.", None),
        (CREAM, MAY_SELL, "The farms of Skalden sell 500 litres of milk a day.", None),
        (CREAM, MAY_SELL, "The farms of Skalden sell 1,200 tonnes of milk.", None),
        (HAUL, TOOK, "The jeweller in Brod paid 90 million crowns for the house.", None),
        # two sums: which one is asked is not known
        (HAUL, TOOK, "The jeweller in Brod lost 950,000 crowns and 700,000 crowns in gold.", None),
        # other questions
        ("How many jewellers are there in Brod?", TOOK, "The jeweller in Brod lost 950,000 crowns.", None),
        ("What did the jeweller in Brod cost?", TOOK, "The jeweller in Brod lost 950,000 crowns.", None),
        # people are no amount
        ("How much did the ferry at Kolm weigh?", "Twelve people from Kolm were on the ferry.",
         "The ferry at Kolm carried 30 people.", None),
        ("How heavy was the ferry at Kolm?", "Twelve people died on the ferry at Kolm.",
         "On the ferry at Kolm 30 people were injured.", None),
    ],
)  # fmt: skip
def test_only_amounts_that_both_answer_the_question_differ(
    question: str, shown: str, other: str, says: tuple[str, str] | None
) -> None:
    found = other_amount(shown, other, question)
    assert (found.says if found else None) == says


def test_an_amount_is_named_after_what_it_counts_or_its_unit() -> None:
    sums = other_amount(TOOK, "A gang robbed a jeweller in Brod and left with 950,000 crowns.", HAUL)
    litres = other_amount(MAY_SELL, "Skalden's farms may sell 1,200 litres of milk a year.", CREAM)
    assert sums
    assert litres
    assert (sums.name, litres.name) == ("crowns", "litres")
