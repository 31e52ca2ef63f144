"""A text contains a sentence verbatim or lightly edited, but not with another figure, name or meaning."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.wording import SHINGLE, WINDOW, Wording, containment, lines_of, parts, prints, shingles, words_of

SOURCE = """KOLM (TPA) — At least 12 people were killed on Tuesday when the Lindow Bridge fell into the river, police
said.

"We heard a shot," said baker Ruben Aske. The minister may resign, though she has not said when.

Losses of 12,000 crowns a day were reported by the port of Hallen.
"""
FELL = "At least 12 people were killed on Tuesday when the Lindow Bridge fell into the river, police said."


def holds(text: str) -> bool:
    return Wording(SOURCE).holds(lines_of(text))


@pytest.mark.parametrize(
    "reprint",
    [
        SOURCE,
        FELL,
        FELL.upper(),
        "HALLEN, March 4 (AP) - " + FELL,
        "At least 12 people were killed on Tuesday when\nthe Lindow Bridge fell into the river,   police said.",
        "“We heard a shot,” said baker Ruben Aske.",
        "We heard a shot, baker Ruben Aske told reporters.",
        "At least 12 people were killed on Tuesday as the Lindow Bridge fell into the river, police told reporters.",
        "At least 12 people were killed on Tuesday when Lindow Bridge fell into the river.",
        "Losses of 12000 crowns a day were reported by the port of Hallen.",
    ],
)
def test_reprinted_and_lightly_edited_sentences_match(reprint: str) -> None:
    assert holds(reprint)


@pytest.mark.parametrize(
    "other",
    [
        FELL.replace("12", "14"),
        FELL.replace("Lindow", "Ferrin"),
        FELL.replace("Tuesday", "Monday"),
        FELL.replace("At least ", ""),
        FELL.replace("were killed", "were not killed"),
        FELL.replace("killed", "rescued"),
        "The minister will resign, though she has not said when.",
        "The minister may resign, though she has said when.",
        "Losses of 12,500 crowns a day were reported by the port of Hallen.",
        "The baker Ruben Aske heard police.",
        f"{FELL} It was the worst accident in years.",
        "Twelve people were killed.",
    ],
)
def test_another_figure_name_or_meaning_does_not_match(other: str) -> None:
    assert not holds(other)


def test_swapped_subject_and_object_do_not_match() -> None:
    source = Wording("Rebels from Ostvale shelled soldiers of the Koravian army.")
    assert not source.holds(lines_of("Soldiers of the Koravian army shelled rebels from Ostvale."))


def test_a_dropped_hedge_does_not_match() -> None:
    source = Wording("Iran's expected inclusion in the grouping is stoking fears among some observers abroad.")
    assert not source.holds(lines_of("Iran's inclusion in the grouping is stoking fears among some observers abroad."))


def test_an_abridgement_is_fully_contained_and_a_rival_report_is_not() -> None:
    words = {name: shingles(words_of(text)) for name, text in {"long": SOURCE, "short": FELL}.items()}
    rival = shingles(words_of("A bridge collapsed in Kolm on Tuesday, killing twelve, the fire brigade announced."))
    assert containment(words["short"], words["long"]) == 1.0
    assert containment(rival, words["long"]) == 0.0
    assert containment(frozenset(), words["long"]) == 0.0


LONG = "\n\n".join(f"Paragraph {n} of the wire tells {n * 7} facts in {n + 3} lines and ends there." for n in range(6))
OWN = "Mayor Ida Brandt of Ostvale called it a disgrace."


@pytest.mark.parametrize("place", [0, 3, 6])
def test_a_paragraph_inserted_into_a_reprint_is_an_added_part(place: int) -> None:
    paragraphs = LONG.split("\n\n")
    text = "\n\n".join([*paragraphs[:place], OWN, *paragraphs[place:]])
    found = parts(text, [Wording(LONG)])
    starts = [start for start, _ in found] + [len(text)]
    assert [text[start:end].strip() for start, end in itertools.pairwise(starts)] == [
        *(["\n\n".join(paragraphs[:place])] if place else []),
        OWN,
        *(["\n\n".join(paragraphs[place:])] if place < 6 else []),
    ]
    assert [added for _, added in found] == [*([False] if place else []), True, *([False] if place < 6 else [])]


def test_a_changed_sentence_makes_its_whole_paragraph_an_added_part() -> None:
    wire = LONG.replace("facts in 6 lines", "facts. It has 6 lines")
    text = wire.replace("It has 6 lines", "It has 9 lines")
    (_, held), (start, added), (end, rest) = parts(text, [Wording(wire)])
    assert (held, added, rest) == (False, True, False)
    assert text[start:end].strip() == "Paragraph 3 of the wire tells 21 facts. It has 9 lines and ends there."


def test_a_text_that_is_all_copied_or_all_new_or_shares_one_line_has_no_parts() -> None:
    assert parts(LONG, [Wording(LONG)]) == parts(OWN, [Wording(LONG)]) == parts(LONG, []) == ()
    assert parts(f"{OWN}\n\n{LONG}", [Wording(f"{OWN}\n\nAnother report.")]) == ()


def test_a_copied_paragraph_of_hard_wrapped_text_is_copied_even_if_it_alone_does_not_look_wrapped() -> None:
    wrapped = """The mayor of Lowmoor, Jane Roe, resigned on Monday after the
flood inquiry found that the council had not acted in time
and that nobody had warned the people who lived there.

She was asked on Friday by the regional governor of Ashby, Dr
Quist, to remain until the bridge had been opened in spring."""
    assert parts(f"{wrapped}\n\n{OWN}", [Wording(wrapped)]) == ((0, False), (len(wrapped) + 2, True))


def test_text_copied_from_two_earlier_articles_is_two_parts() -> None:
    one, other = LONG[: LONG.index("Paragraph 3")], LONG[LONG.index("Paragraph 3") :]
    assert parts(LONG, [Wording(other), Wording(one)]) == ((0, False), (len(one), False))


_WORDS = st.lists(st.sampled_from([f"w{number}" for number in range(300)]), max_size=60)


@settings(max_examples=60)
@given(before=_WORDS, after=_WORDS, other=_WORDS, run=st.lists(st.integers(), min_size=20, max_size=20, unique=True))
def test_texts_with_twenty_common_words_share_a_fingerprint(
    before: list[str], after: list[str], other: list[str], run: list[int]
) -> None:
    common = [f"c{number}" for number in run]
    assert len(common) == SHINGLE + WINDOW - 1
    assert prints([*before, *common, *after]) & prints([*other, *common])


@settings(max_examples=60)
@given(text=st.text(max_size=200))
def test_any_text_contains_itself_and_its_sentences_are_exact_spans(text: str) -> None:
    lines = lines_of(text)
    assert Wording(text).holds(lines)
    assert all(line.span.of(text).strip() == line.span.of(text) for line in lines)
    assert [line.span.start for line in lines] == sorted(line.span.start for line in lines)
