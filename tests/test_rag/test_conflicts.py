from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.facts.conflicts import conflicts_of
from rag.facts.contradictions import denial_of
from rag.facts.disputes import disputes
from rag.facts.figures import facts_of
from rag.facts.naming import LONGEST, name_of_denied, name_of_figure, name_of_place, name_of_word
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.types import Citation, Conflict, ConflictKind


def find_conflicts(citations: list[Citation], question: str = "") -> tuple[Conflict, ...]:
    return conflicts_of(disputes(citations, question))


def cited(
    number: int, quote: str, *, outlet: str = "", day: int | None = None, also_in: tuple[str, ...] = ()
) -> Citation:
    return Citation(
        number=number,
        chunk_id=f"c{number}",
        article_id=f"a{number}",
        title=None,
        outlet=outlet or f"outlet {number}",
        author=None,
        published=datetime(2026, 3, day, tzinfo=UTC) if day else None,
        updated=None,
        url=None,
        path=None,
        quote=quote,
        start=0,
        end=len(quote),
        also_in=also_in,
    )


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("Nine people were killed when the Lindow Bridge in Kolm fell.",
         "The toll of the fall of the Lindow Bridge in Kolm has risen to fourteen, police said.",
         "people killed: Nine or fourteen"),
        ("The stolen codex is insured for 40 million crowns.", "The stolen codex is insured for 60 million crowns.",
         "stolen codex insured: 40 million or 60 million"),
        ("The storm cut off power to 18,000 homes on the coast.",
         "At least 26,000 homes on the coast lost power.", "homes: 18,000 or at least 26,000"),
        ("The lake tunnel will open to traffic on 4 May, the company says.",
         "The lake tunnel will open to traffic on 18 May, the company says.",
         "lake tunnel will open to traffic: 4 May or 18 May"),
        ("The mill fire near the old harbour broke out in Skalden at night.",
         "The mill fire near the old harbour broke out in Kolm at night.",
         "mill fire near the old harbour broke out: Skalden or Kolm"),
        ("The bridge collapse in the town was caused by a cracked hanger.",
         "Experts say the bridge collapse in the town was blamed on heavy lorries.",
         "bridge collapse in the town was caused by: a cracked hanger or heavy lorries"),
        ("A Koravian drone was shot down near Nesse.",
         "Koravia denied that a drone was shot down near Nesse.", 'whether "a drone was shot down near Nesse"'),
        ("Strikers threw stones at the lorry outside the gate.",
         "Strikers did not throw stones at the lorry outside the gate.", 'whether "Strikers threw stones"'),
    ],
)  # fmt: skip
def test_sources_that_differ_on_a_fact_are_a_conflict_named_in_their_words(one: str, other: str, about: str) -> None:
    found = find_conflicts([cited(1, one, day=4), cited(2, other, day=4)])
    assert [conflict.citations for conflict in found] == [(1, 2)]
    assert found[0].about == about


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nine people were killed when the bridge in Kolm fell.", "9 people were killed when the bridge in Kolm fell."),
        ("Nine people were killed in Kolm.", "Nine people were killed and 23 injured in Kolm."),
        ("Dozens of people were killed in Kolm.", "47 people were killed in Kolm."),
        ("About 5,000 people marched in Skalden.", "Some 5,200 people marched in Skalden."),
        ("Nine people were killed in the bridge fall in Kolm.", "Two people were killed in a fire in a Brod hotel."),
        ("Prices rose by 3 percent in Koravia.", "Unemployment in Tervania fell to 7 percent."),
        ("The bridge in Kolm was closed on Monday.", "The tunnel under Skalden was not closed."),
        ("The Hallen Port Company denied the report.", "A fire at the Hallen Port Company has been put out."),
    ],
)
def test_sources_that_agree_or_are_about_different_things_are_no_conflict(one: str, other: str) -> None:
    assert find_conflicts([cited(1, one, day=4), cited(2, other, day=4)]) == ()


TOLL_9 = "Nine people were killed when the Lindow Bridge in Kolm fell."
TOLL_14 = "Fourteen people were killed when the Lindow Bridge in Kolm fell."


def test_the_month_of_march_is_not_taken_for_a_demonstration() -> None:
    prices = cited(1, "Prices rose by 3.1 percent in March in Kolm.")
    crowd = cited(2, "Marchers rose to 4.2 percent of the town in Kolm.")
    assert not find_conflicts([prices, crowd])
    assert "marching" not in {group for fact in facts_of(prices.quote) for group in fact.counts}


def test_a_later_figure_of_the_same_outlet_is_an_update_and_the_oldest_comes_first() -> None:
    found = find_conflicts([cited(1, TOLL_14, outlet="TPA", day=6), cited(2, TOLL_9, outlet="TPA", day=4)])
    assert [(c.kind, c.citations) for c in found] == [(ConflictKind.UPDATE, (2, 1))]


def test_a_later_figure_stated_as_a_correction_is_an_update_from_any_outlet() -> None:
    corrected = "The ministry corrected the number killed when the Lindow Bridge in Kolm fell to fourteen."
    found = find_conflicts([cited(1, TOLL_9, day=4), cited(2, corrected, day=6)])
    assert [c.kind for c in found] == [ConflictKind.UPDATE]


def test_figures_of_two_outlets_are_rival_counts_even_on_different_days() -> None:
    assert [c.kind for c in find_conflicts([cited(1, TOLL_9, day=4), cited(2, TOLL_14, day=6)])] == [ConflictKind.COUNT]


@pytest.mark.parametrize(
    ("older", "newer", "kind"),
    [
        ("the rescue service said", "the Kolm rescue service said", ConflictKind.UPDATE),
        ("the rescue service said", "the county said", ConflictKind.COUNT),
        ("the rescue service said", "he said", ConflictKind.COUNT),
    ],
)
def test_a_later_figure_from_the_same_source_is_an_update(older: str, newer: str, kind: ConflictKind) -> None:
    one = cited(1, f"Nine people were killed when the Lindow Bridge fell, {older}.", day=4)
    other = cited(2, f"Twelve people were killed when the Lindow Bridge fell, {newer}.", day=6)
    assert [conflict.kind for conflict in find_conflicts([one, other])] == [kind]
    assert find_conflicts([replace(one, published=other.published), other])[0].kind is ConflictKind.COUNT


def test_a_day_that_was_past_when_reported_is_no_other_day_of_what_will_happen() -> None:
    planned = cited(1, "The Lindow tunnel will open to traffic on 20 March.", day=2)
    missed = cited(2, "The Lindow tunnel did not open to traffic on 6 March as planned.", day=10)
    moved = cited(3, "The Lindow tunnel will open to traffic on 27 March.", day=10)
    assert find_conflicts([planned, missed], "When will the Lindow tunnel open to traffic?") == ()
    assert find_conflicts([planned, missed], "On what day was the Lindow tunnel to open to traffic?")
    assert find_conflicts([planned, moved], "When will the Lindow tunnel open to traffic?")


def test_the_most_and_the_least_are_different_facts() -> None:
    highest = cited(1, "The highest rent in the county is paid in Skalden, 900 crowns.")
    lowest = cited(2, "The lowest rent in the county is paid in Kolm, 400 crowns.")
    other = cited(3, "The highest rent in the county is paid in Kolm, 940 crowns.")
    assert find_conflicts([highest, lowest], "Where is the highest rent in the county paid?") == ()
    assert find_conflicts([highest, other], "Where is the highest rent in the county paid?")


def test_undated_figures_are_never_called_an_update() -> None:
    found = find_conflicts([cited(1, TOLL_9, outlet="TPA"), cited(2, TOLL_14, outlet="TPA")])
    assert [c.kind for c in found] == [ConflictKind.COUNT]


def test_a_denial_is_a_conflict_and_not_a_rival_count() -> None:
    said = "A Koravian drone was shot down near Nesse."
    denied = "Koravia denied that a drone was shot down near Nesse."
    found = find_conflicts([cited(1, said, outlet="TPA", day=4), cited(2, denied, outlet="TPA", day=5)])
    assert [c.kind for c in found] == [ConflictKind.CONFLICT]


def test_an_article_is_not_compared_with_its_own_reprint() -> None:
    assert find_conflicts([cited(1, TOLL_9, day=4, also_in=("a2",)), cited(2, TOLL_14, day=6)]) == ()


def test_words_of_the_question_count_as_shared_context() -> None:
    one = cited(1, "Two men are said to have been arrested at the scene.", day=4)
    two = cited(2, "No one was arrested in the barn, which belongs to a farmer.", day=5)
    assert [c.kind for c in find_conflicts([one, two], "Was anyone arrested in the barn?")] == [ConflictKind.CONFLICT]


def test_any_number_of_agreeing_copies_adds_no_conflict() -> None:
    assert find_conflicts([cited(n, TOLL_9, day=n) for n in range(1, 9)]) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A gallon of gas costs $4.32 in Hal.", "In Hal a gallon of gas will cost 63 cents more than before."),
        ("A gallon of gas costs $4.32 in Hal.", "In all of Hal a gallon of gas costs more than $4."),
        ("Singer Anna Brandt died in Hal.", "Singer Anna Brandt, killed in Hal, sang for seven decades."),
        ("Singer Anna Brandt died in Hal, aged 90.", "Seven people died in Hal with singer Anna Brandt, 41."),
        ("Over the year at least 2,500 books were banned in Hal.", "In Hal 2,532 books were banned over the year."),
        ("The bank in Hal lowered its forecast from 1.6 to 1.4 percent.", "The bank in Hal gave 1.6 percent in May."),
    ],
)
def test_rises_price_limits_ages_and_durations_are_no_rival_figures(one: str, other: str) -> None:
    assert find_conflicts([cited(1, one, day=4), cited(2, other, day=4)]) == ()


def test_figures_of_two_outlets_more_than_a_month_apart_are_compatible_unless_the_later_corrects() -> None:
    later = replace(cited(2, TOLL_14), published=datetime(2026, 4, 20, tzinfo=UTC))
    assert find_conflicts([cited(1, TOLL_9, day=4), later]) == ()
    quote = "The number killed when the Lindow Bridge in Kolm fell has risen to fourteen."
    corrected = replace(later, quote=quote)
    assert [c.kind for c in find_conflicts([cited(1, TOLL_9, day=4), corrected])] == [ConflictKind.UPDATE]


def test_a_negated_word_of_the_question_counts_only_for_yes_no_questions() -> None:
    one = cited(1, "The flood put out the water plant in Hal.", day=4)
    two = cited(2, "No water came from the taps of Hal, said the mayor.", day=5)
    assert find_conflicts([one, two], "Which town lost its water in Hal?") == ()


def test_each_side_gives_its_own_figure_and_an_update_names_the_days() -> None:
    found = find_conflicts([cited(1, TOLL_9, outlet="TPA", day=4), cited(2, TOLL_14, outlet="TPA", day=6)])
    assert found[0].says == ("Nine", "Fourteen")
    assert found[0].about == "people killed: superseded: Nine (4 March 2026); now Fourteen (6 March 2026)"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The toll of the fall of the bridge in Kolm has risen to fourteen.", "toll of the fall"),
        ("The number killed when the bridge in Kolm fell has risen to fourteen.", "number killed"),
        (
            "The number of people known to have died in Kolm has risen to fourteen.",
            "number of people known to have died",
        ),
        ("More than 130 people have been injured.", "people injured"),
        ("The storm killed two people.", "storm killed"),
        ("Some 3,500 people marched through Skalden.", "people marched"),
        ("He put its insured value at 40 million crowns.", "insured value"),
        ("The lithium mine at Greyfell will cost 1.8 billion crowns.", "lithium mine at Greyfell will cost"),
        ("Auralith put the cost of the lithium mine at 2.1 billion crowns.", "cost of the lithium mine"),
        ("It would cost 2.4 billion crowns.", "cost"),
        ("The ministry lowered the death toll to 16, saying one victim had been counted twice.", "death toll"),
        ("Kolm expects 84 sick patients by Friday.", "sick patients"),
    ],
)
def test_a_figure_is_named_after_what_its_sentence_says_it_counts(text: str, name: str) -> None:
    fact = facts_of(text)[0]
    assert name_of_figure(text, fact) == name


WORDS = word_set(
    "the The people killed were died 9 14 nine of in Kolm cost will mine crowns have been , and homes injured that "
    "denied reopens May 4 not"
)


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=4, max_size=14))
def test_every_name_consists_of_words_of_its_text_in_the_same_order(written: list[str]) -> None:
    text = " ".join(written)
    names = [name_of_figure(text, fact) for fact in facts_of(text)]
    names += [name_of_denied(text), name_of_word(text, "reopen")]
    names += [name_of_place(text, n, frozenset({"people", "mine"})) for n in range(len(words_of(text)))]
    for name in names:
        rest = iter(written)
        assert all(word in rest for word in name.split()), (name, text)
        assert len(name.split()) <= LONGEST


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The old book has not been recovered, police said, contradicting a report.", "old book has been recovered"),
        ("The minister denied that she was about to resign.", "she was about to resign"),
        ("It is not true that we have the codex.", None),
        ("The report is false.", None),
    ],
)
def test_a_denial_is_named_after_what_it_denies(text: str, name: str | None) -> None:
    assert denial_of(text).name == (f'whether "{name}"' if name else "whether this happened")


FOUND = "The stolen Ostrel Codex has been found, The Lantern has learned."
NOT_FOUND = "The Ostrel Codex has not been recovered, police said on Sunday, contradicting a report by The Lantern."
STOLEN = "The Ostrel Codex has been stolen from the National Library, police said on Tuesday."


def test_calling_the_report_of_a_named_outlet_wrong_contradicts_only_that_outlet() -> None:
    lantern, theft = cited(1, FOUND, outlet="The Lantern", day=2), cited(2, STOLEN, outlet="Agency", day=1)
    (conflict,) = find_conflicts([lantern, theft, cited(3, NOT_FOUND, outlet="Meridian Post", day=3)])
    assert conflict.citations == (1, 3)
    assert conflict.kind is ConflictKind.CONFLICT


def test_calling_an_unnamed_report_wrong_contradicts_any_report_that_says_so() -> None:
    denial = "The minister has not signed the ferry contract for Varn, calling the report false."
    said = "The minister has signed the ferry contract for Varn."
    (conflict,) = find_conflicts([cited(1, said, day=1), cited(2, denial, day=2)])
    assert conflict.citations == (1, 2)
