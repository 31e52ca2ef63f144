"""Figures and dates that change or are disputed: which one leads an answer, and what counts as a difference."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from index.types import Chunk, ScoredChunk, Span
from rag.facts.disagreement import differences
from rag.facts.figures import agree, facts_of, phrase
from rag.language.corrections import retracted_span, standing
from rag.ledger import Ledger
from rag.question.target import asks_what_changes
from rag.recency import day_asked
from rag.rerank import further
from rag.rivals.figure_references import resolved_figures
from rag.types import Answer, ConflictKind, Passage, Sentence, Trace
from rag.verify import EvidenceVerifier

TITLE = "Fire at the Lakko mill in Brod"
NINE = "Nine people were killed in the fire at the Lakko mill in Brod."
RISEN = "The number killed in the fire at the Lakko mill in Brod has risen to 14."
LATER = "The mayor spoke of the fire at the Lakko mill in Brod, in which 13 people died."


def passage(
    number: int, text: str, *, day: int | None = 4, month: int = 3, title: str = TITLE, outlet: str = ""
) -> Passage:
    published = datetime(2026, month, day, tzinfo=UTC) if day else None
    chunk = Chunk(f"c{number}", f"a{number}", 0, Span(0, len(text)), text, title=title, published=published,
                  outlet=outlet or f"outlet {number}")  # fmt: skip
    return Passage(number, chunk, 1.0)


def answered(question: str, *passages: Passage, shown: int = 1, beyond: tuple[Passage, ...] = ()) -> Answer:
    """The reply that shows the first sentence of the first ``shown`` passages; ``beyond`` was found but not read."""
    ledger, verifier = Ledger(passages, further=beyond), EvidenceVerifier()
    for one in passages[:shown]:
        first = one.chunk.text.split(". ")[0].removesuffix(".") + "."
        ledger.enter(verifier.verify(Sentence(first, (one.number,)), passages))
    return ledger.answer(question, Trace(question))


def notices(answer: Answer) -> list[tuple[ConflictKind, str]]:
    return [(conflict.kind, conflict.about.split(": ", maxsplit=1)[1]) for conflict in answer.conflicts]


@pytest.mark.parametrize(
    "question",
    [
        "How many people were killed in the mill fire?",
        "How many people lost their lives in the mill fire in Brod?",
        "How many lives did the fire at the Lakko mill claim?",
        "What is the toll of the Lakko mill fire now?",
        "How deadly was the fire in Brod?",
    ],
)
def test_the_newest_toll_leads_however_the_question_is_worded_and_even_if_it_was_not_read(question: str) -> None:
    answer = answered(question, passage(1, NINE), beyond=(passage(2, RISEN, day=6),))
    assert [claim.text for claim in answer.claims] == [RISEN, NINE]
    assert notices(answer) == [(ConflictKind.UPDATE, "superseded: Nine (4 March 2026); now 14 (6 March 2026)")]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How many people marched through Kolm, according to the police?", 0),
        ("How many people marched through Kolm?", 1),
        ("How many people marched through Kolm, according to the union?", 1),
        ("How many people marched through Kolm, according to the authorities?", 1),
    ],
)
def test_a_newer_figure_does_not_lead_before_that_of_the_source_the_question_asks_for(
    question: str, first: int
) -> None:
    texts = [
        "About 1,200 people marched through Kolm on Saturday, the police said.",
        "About 5,000 people marched through Kolm on Saturday, the union said.",
    ]
    answer = answered(
        question, *(passage(n, text, day=3 + n, title="March in Kolm") for n, text in enumerate(texts, start=1))
    )
    assert answer.claims[0].text == texts[first]
    assert [conflict.kind for conflict in answer.conflicts] == [ConflictKind.COUNT]


def test_unread_passages_on_another_topic_or_for_a_fact_that_does_not_change_are_ignored() -> None:
    assert len(answered("Who owns the Lakko mill?", passage(1, NINE), beyond=(passage(2, RISEN, day=6),)).claims) == 1
    other = passage(2, RISEN, day=6)
    assert (
        len(answered("How many people were killed in Skalden at sea?", passage(1, NINE), beyond=(other,)).claims) == 1
    )


def test_unread_passages_are_numbered_after_the_read_ones_without_duplicates() -> None:
    found = [ScoredChunk(passage(n, text).chunk, 1.0) for n, text in enumerate([NINE, RISEN, NINE, LATER], start=1)]
    rest = further(found, [Passage(1, found[0].chunk, 1.0)])
    assert [(one.number, one.chunk.text) for one in rest] == [(2, RISEN), (3, LATER)]


def test_a_later_figure_that_does_not_say_it_changed_is_a_dispute_not_an_update() -> None:
    answer = answered("How many people died in the mill fire?", passage(1, NINE), passage(2, RISEN, day=6),
                      passage(3, LATER, day=9), shown=3)  # fmt: skip
    assert notices(answer) == [(ConflictKind.COUNT, "Nine (4 March 2026) or 14 (6 March 2026) or 13 (9 March 2026)")]


def test_two_turnouts_of_one_vote_differ_even_if_a_sentence_says_no_more() -> None:
    title = "Greens win the election in Ardal county"
    first = passage(1, "Turnout in Ardal was 64 percent.", title=title)
    other = passage(2, "Turnout was 63 percent.", day=6, title=title)
    (notice,) = notices(answered("What was the turnout in the Ardal election?", first, other))
    assert notice == (ConflictKind.COUNT, "64 percent (4 March 2026) or 63 percent (6 March 2026)")
    crowd = passage(2, "The turnout at the rally grew by 63 percent.", day=6, title=title)
    assert notices(answered("What was the turnout in the Ardal election?", first, crowd)) == []


def test_a_figure_is_never_superseded_by_the_same_figure_in_other_words() -> None:
    again = "Fourteen people were killed in the fire at the Lakko mill in Brod, the ministry says now."
    answer = answered("How many people died in the fire?", passage(1, NINE), passage(2, RISEN, day=6),
                      passage(3, again, day=8), shown=3)  # fmt: skip
    assert notices(answer) == [(ConflictKind.UPDATE, "superseded: Nine (4 March 2026); now 14 (6 March 2026)")]


def test_a_figure_repeated_after_a_different_one_is_disputed_not_superseded() -> None:
    forty, sixty = (f"The Lakko mill in Brod is insured for {n} million crowns." for n in (40, 60))
    wrong = "The Lakko mill in Brod is insured for 40 million crowns, he said and called a figure of 60 million wrong."
    answer = answered("For what sum is the mill insured?", passage(1, forty), passage(2, sixty, day=6),
                      passage(3, wrong, day=9), shown=3)  # fmt: skip
    assert notices(answer) == [(ConflictKind.COUNT, "40 million (4 March 2026) or 60 million (6 March 2026)")]


def test_an_update_is_shown_before_what_it_supersedes_unless_the_question_is_about_the_past() -> None:
    rain, told = passage(1, "It rained in Brod."), (passage(2, NINE), passage(3, RISEN, day=6))
    assert [c.text for c in answered("What happened in Brod?", rain, *told, shown=3).claims][1:] == [RISEN, NINE]
    assert [c.text for c in answered("What happened first in Brod?", rain, *told, shown=3).claims][1:] == [NINE, RISEN]


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        ("How many people were killed in the Lakko fire as of 6 March?", RISEN),
        ("How many people had been killed in the Lakko fire by 7 March 2026?", RISEN),
        ("Up to 4 March, how many people were killed in the Lakko fire?", NINE),
    ],
)
def test_if_the_question_names_a_day_the_figure_known_on_that_day_leads(question: str, leads: str) -> None:
    lowered = "The number killed in the fire at the Lakko mill in Brod was lowered to 13."
    answer = answered(question, passage(1, NINE), passage(2, RISEN, day=6), passage(3, lowered, day=9))
    assert answer.claims[0].text == leads


def test_only_an_as_of_or_by_date_is_taken_as_the_day_asked_about() -> None:
    known = date(2026, 4, 2)
    assert day_asked("As of 5 March, how many were dead?", known) == date(2026, 3, 5)
    assert day_asked("How many were dead by 7 March 2025?", known) == date(2025, 3, 7)
    assert day_asked("What happened on 5 March?", known) is None


COST = "Each day of the Brod strike costs the economy 14 million crowns, the port company says."


@pytest.mark.parametrize(
    ("question", "text", "says"),
    [
        ("What does a day of the Brod strike cost?", f"{COST} The chamber of commerce puts the figure at 23 million.",
         ("14 million", "23 million")),
        ("How many marched in Brod?", "More than 9,000 people took to the streets of Brod. The police count was 3,500.",
         ("more than 9,000", "3,500")),
        ("How many sheep have wolves killed?",
         "Farmers have lost between 70 and 90 sheep to wolves, Finstad says. The union speaks of at least 140.",
         ("between 70 and 90", "at least 140")),
    ],
)  # fmt: skip
def test_rival_counts_in_one_article_are_shown_as_a_dispute_and_do_not_change_what_leads(
    question: str, text: str, says: tuple[str, str]
) -> None:
    answer = answered(question, passage(1, text))
    assert [(conflict.kind, conflict.says) for conflict in answer.conflicts] == [(ConflictKind.COUNT, says)]
    assert len(answer.claims) == 1


@pytest.mark.parametrize(
    "after",
    [
        "The company had put the figure at 11 million.",
        "The company now puts the figure at 23 million.",
        "The company puts the figure at 14 million.",
        "The company puts the number of strikers at 1,900.",
        "The company spoke of a bad day.",
    ],
)
def test_a_former_a_changed_or_an_unrelated_figure_is_not_a_rival_count(after: str) -> None:
    assert answered("What does a day of the Brod strike cost?", passage(1, f"{COST} {after}")).conflicts == ()


def test_a_figure_that_refers_back_counts_what_the_nearest_compatible_figure_counts() -> None:
    text = f"{COST} Two men were arrested. The chamber puts the figure at 23 million."
    told = {one.fact.amount.text: one for one in resolved_figures(passage(1, text))}
    assert told["23 million"].points
    assert told["23 million"].fact.counts == told["14 million"].fact.counts == frozenset({"cost"})
    assert told["23 million"].fact.per == "day"


def test_a_former_figure_does_not_refer_back_to_another() -> None:
    assert [one.points for one in resolved_figures(passage(1, f"{COST} The mayors had spoken of 26 million."))] == [
        False
    ]


MOVED = "Brod line delayed"
OLD_DAY = "The company said the reopening of the Brod line would be put back to 20 April."


def test_a_postponed_date_supersedes_the_old_one_even_if_its_sentence_does_not_name_the_event() -> None:
    new = "The reopening of the Brod line has been postponed again. The company now aims for Monday, 4 May."
    told = [passage(1, OLD_DAY, day=10, title=MOVED), passage(2, new, day=30, title=MOVED)]
    answer = answered("When will the Brod line reopen?", *told)
    assert answer.claims[0].text == "The company now aims for Monday, 4 May."
    assert [conflict.says for conflict in answer.conflicts] == [("20 April", "4 May")]
    assert answer.conflicts[0].about.startswith("reopening of the Brod line: superseded: 20 April (10 March 2026)")
    assert [conflict.kind for conflict in answer.conflicts] == [ConflictKind.UPDATE]


@pytest.mark.parametrize(
    "other",
    [
        "The reopening of the Brod line is near. The board meets on 4 May.",
        "The trial of the Brod mayor was delayed. The court now aims for 4 May.",
        "The reopening of the Brod line has been postponed. Tests are now due on 4 May.",
    ],
)
def test_a_date_that_was_not_moved_or_is_of_another_event_supersedes_nothing(other: str) -> None:
    told = [passage(1, OLD_DAY, day=10, title=MOVED), passage(2, other, day=30, title=MOVED)]
    assert answered("When will the Brod line reopen?", *told).conflicts == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("At the peak of the storm 24,700 homes in Brod were without power.",
         "After the storm about 9,400 homes in Brod were still without power."),
        ("A new bridge in Brod would cost between 90 and 110 million crowns.",
         "A new bridge in Brod would cost 100 million crowns."),
        ("The army has lost 24,000 soldiers at Brod in the war.",
         "The army lost 900 soldiers at Brod in the war over the last day."),
        ("Brod may take in 50,000 refugees from the war if Zelin falls.",
         "Brod took in 90,000 refugees from the war since Zelin fell."),
        ("At least 20 civilians were killed by the army in Brod.",
         "Hundreds of civilians were killed by the army in Brod."),
        ("Minister Jonas Pettrel said the bridge would cost 90 million crowns.",
         "Minister Jonas Pettrel said the overhaul would cost 742 million crowns."),
        ("The dispute follows a report that repairs to the Brod bridge were put off.",
         "Inspectors recommended repairs to the Brod bridge in their report."),
        ("Inspector Toren would neither confirm nor deny that a Brod worker was under suspicion.",
         "A Brod worker is under suspicion, inspector Toren said."),
        ("Russia denies that it plans to invade Brod.", "The build-up prompted fears that Russia would invade Brod."),
    ],
)  # fmt: skip
def test_statements_that_can_both_be_true_are_not_reported_as_a_difference(one: str, other: str) -> None:
    assert differences(one, other) == differences(other, one) == []


def test_the_denial_of_one_drone_does_not_contradict_a_different_drone() -> None:
    one = "No drone of the army crossed the border."
    other = "The drone which came down in Brod was its own, a company said."
    assert differences(one, other, "Did a drone cross the border?") == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Twenty-six people were injured in Brod.", "Twenty-six"),
        ("Between 70 and 90 sheep were killed.", "between 70 and 90"),
        ("It will cost between 90 million and 110 million crowns.", "between 90 million and 110 million"),
        ("Hundreds were killed in Brod.", "Hundreds"),
        ("At least nine were killed in Brod.", "at least nine"),
        ("The death toll stood at 17 in Brod.", "17"),
        ("The number of injured remains at 26.", "26"),
    ],
)
def test_a_figure_is_quoted_as_printed(text: str, printed: str) -> None:
    assert [phrase(fact) for fact in facts_of(text)] == [printed]


@pytest.mark.parametrize("text", ["The poet died at 62.", "He called a figure of 60 million wrong."])
def test_ages_and_figures_called_wrong_are_not_facts(text: str) -> None:
    assert facts_of(text) == ()


def test_the_lower_end_of_a_range_without_a_scale_takes_that_of_the_upper_end() -> None:
    (wide,) = facts_of("It would cost between 90 and 110 million crowns.")
    (inside,) = facts_of("It would cost 95 million crowns.")
    (outside,) = facts_of("It would cost 200 million crowns.")
    assert agree(wide, inside)
    assert agree(inside, wide)
    assert not agree(wide, outside)


def test_a_quotation_that_a_fact_check_finds_wrong_is_retracted() -> None:
    checked = "“The new bridge will cost 200 million.” (Harrant) This is wrong."
    span = retracted_span(checked)
    assert span is not None
    assert span.of(checked) == "“The new bridge will cost 200 million.”"
    assert "200" not in standing(checked)


@pytest.mark.parametrize(
    "text",
    [
        "“The new bridge will cost 200 million.” (Harrant) This is correct.",
        "“The new bridge will cost 200 million.” This is wrong, the mayor said.",
        "He said the bridge will cost 200 million. This is wrong in his view.",
    ],
)
def test_a_statement_found_right_or_only_contradicted_is_not_retracted(text: str) -> None:
    assert retracted_span(text) is None


def test_how_many_when_how_bad_and_what_it_costs_ask_for_changing_facts() -> None:
    for question in (
        "How many died?",
        "When does it open?",
        "What was the target date?",
        "How bad was the fire?",
        "What will the mine cost?",
    ):
        assert asks_what_changes(question)
    assert not asks_what_changes("Who owns the mill?")
