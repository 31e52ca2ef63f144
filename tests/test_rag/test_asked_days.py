"""A question about what has happened since a day, or was known by a day, is answered from reports of those days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from test_rag.fakes_chain import MemoryArchive, article, day, make_chatbot, make_extractive

from index.types import Question
from rag.engine import AS_OF_THEIR_DAY
from rag.language.day_bounds import bound_in, without_bound
from rag.overview import overview_of
from rag.ports import Reader
from rag.question.asked_days import asked_days, without_first_day
from rag.types import Abstention, Answer, Draft, Passage

KNOWN = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("How many people have died in Varn since 6 March?", date(2026, 3, 6), None),
        ("Since 6 March, how many people have died in Varn?", date(2026, 3, 6), None),
        ("How many people died in Varn since 6 March?", date(2026, 3, 6), None),
        ("Is the Varn bridge open since 6 March?", date(2026, 3, 6), None),
        ("How many people have been reported missing since 6 March?", date(2026, 3, 6), None),
        ("Did the mayor resign after 6 March?", date(2026, 3, 7), None),
        ("In which towns have people died since 6 March?", date(2026, 3, 6), None),
        ("What happened in Varn after 6 March?", date(2026, 3, 7), None),
        ("Who resigned after 6 March?", date(2026, 3, 7), None),
        ("What has happened in Varn since March 6th?", date(2026, 3, 6), None),
        ("What has happened in Varn since 6 March 2024?", date(2024, 3, 6), None),
        ("What has happened in Varn since 20 June?", date(2025, 6, 20), None),
        ("What has happened in Varn since May?", date(2026, 5, 1), None),
        ("What did the union say after 3 June?", date(2026, 6, 4), None),
        ("What happened in Varn after May?", date(2026, 6, 1), None),
        ("What is the latest on the Varn strike since 13 April?", date(2026, 4, 13), None),
        ("How many people had died in Varn by 6 March?", None, date(2026, 3, 6)),
        ("As of 6 March, how many people were missing in Varn?", None, date(2026, 3, 6)),
        ("How much had the strike cost the company up to 14 April?", None, date(2026, 4, 14)),
        ("What did the minister say before 4 March?", None, date(2026, 3, 3)),
        ("What was reported about Varn before May?", None, date(2026, 4, 30)),
        ("What is known about the Varn strike before 14 April?", None, date(2026, 4, 13)),
        ("What is the latest on the Varn strike as of 14 April?", None, date(2026, 4, 14)),
        ("What did the minister say on 4 March?", date(2026, 3, 4), date(2026, 3, 5)),
        ("On 4 March, what did the minister say?", date(2026, 3, 4), date(2026, 3, 5)),
    ],
)
def test_a_bound_restricts_the_days_of_the_reports(question: str, since: date | None, until: date | None) -> None:
    days = asked_days(question, KNOWN)
    assert days is not None
    assert (days.since, days.until) == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "What happened in Varn on 4 March?",  # may be reported on any later day
        "How many people died in Varn on 4 March?",
        "How many died in the 6 March flood?",
        "How many people have died since the 6 March flood?",
        "How many people have died since 6 March floods hit Varn?",
        "What did the minister say about the attack on 27 April?",  # the day of the attack
        "What did the minister say about the attack before 27 April?",
        "Who was mayor of Varn before May?",  # told by later reports too
        "How many people worked at the mill before 4 March?",
        "How many people worked at the mill until 4 March?",
        "Why had the bridge been closed by 6 March?",
        "When will the festival open after 3 June?",  # told by earlier reports
        "What can visitors do after 3 June?",
        "How many homes must be built by 1 May?",
        "How much was the bank ordered to pay by 5 May?",
        "What happened to open the bridge after 3 June?",
        "How many people died between 3 and 6 March?",
        "How many people have died since March 2026 and since 4 June?",
        "How many died by 6 March, and what caused the flood?",  # the other part is not bounded
        "How many people had died by 20 August?",  # which year?
        "What has happened since the strike began?",
        "How many days are added after 1 March?",  # every year
        "Who designed Times Modern, the font used by The Times since November 2006?",
        "Who designed the font used by The Times since 6 March?",
        "Why did the town close the bridge used since 6 March?",
        "Who built the bridge that has been closed since 6 March?",
        "What did the man who died by 6 March say before 4 March?",
        "Why did the minister not resign until 4 March?",
        "May I ask what happened in Varn?",
        "How many people died in Varn?",
    ],
)
def test_the_date_of_an_event_or_of_the_future_does_not_restrict_reports(question: str) -> None:
    assert asked_days(question, KNOWN) is None


@pytest.mark.parametrize(
    ("topic", "left"),
    [
        ("the ferry strike since 15 April", "the ferry strike"),
        ("the ferry strike as of 15 April 2026", "the ferry strike"),
        ("Corvin Bank before May", "Corvin Bank"),
        ("the attack of 15 April", "the attack of 15 April"),
        ("the 6 March flood", "the 6 March flood"),
        ("Since 15 April", "Since 15 April"),
    ],
)
def test_a_topic_is_taken_without_a_bound_at_its_end(topic: str, left: str) -> None:
    assert without_bound(topic) == left


def test_the_topic_of_an_overview_is_named_without_its_bound() -> None:
    found = overview_of("What is the latest on the ferry strike since 15 April?")
    assert found is not None
    assert found.topic == "the ferry strike"


def test_only_a_day_or_month_right_after_its_preposition_is_a_bound() -> None:
    found = bound_in("How many have died since 6 March 2026?")
    assert found is not None
    assert (found.preposition, found.year) == ("since", 2026)
    for question in ("How many have died since Monday?", "Who has led it since 2019?", "Who died in March?"):
        assert bound_in(question) is None


FIRST = "Eleven people died in the Varn flood, police said."
MORE = "Nineteen people died in the Varn flood, police said."
LAST = "Thirty-four people died in the Varn flood, police said."


def answers(question: str, *dated: tuple[str, datetime | None], as_of: datetime | None = None) -> list[str]:
    archive = MemoryArchive([article(f"a{n}", text, published=known) for n, (text, known) in enumerate(dated)])
    chatbot = make_chatbot(archive, make_extractive(threshold=0.0))
    reply = chatbot.ask(Question(question, as_of=as_of))
    return sorted({c.quote for c in reply.citations}) if isinstance(reply, Answer) else []


FLOOD = ((FIRST, day(3)), (MORE, day(5)), (LAST, day(10)))


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("How many people have died in the Varn flood since 6 March?", [LAST]),
        ("How many people had died in the Varn flood by 6 March?", [FIRST, MORE]),
        ("How many people died in the Varn flood?", [FIRST, MORE, LAST]),
        ("How many people died in the Varn flood on 3 March?", [FIRST, MORE, LAST]),
        ("How many people have died in the Varn flood since 1 April 2026?", []),
    ],
)
def test_only_reports_of_the_days_asked_about_are_quoted(question: str, quoted: list[str]) -> None:
    assert answers(question, *FLOOD) == sorted(quoted)


def test_a_day_without_a_year_is_not_after_the_day_of_the_question() -> None:
    old = ("Two people died in the Varn flood, police said.", datetime(2025, 4, 2, tzinfo=UTC))
    question = "How many people have died in the Varn flood since 20 March?"
    assert answers(question, old, FLOOD[0], as_of=day(12)) == sorted([old[0], FIRST])
    assert answers(question, old, *FLOOD, (LAST.replace("four", "five"), day(25))) == [LAST.replace("four", "five")]


@pytest.mark.parametrize(
    ("question", "text", "is_quoted"),
    [
        (
            "Why has the Varn bridge been closed since 6 March?",
            "The Varn bridge will be shut for repairs from 6 March.",
            True,
        ),
        (
            "Why has the Varn bridge been closed since 6 March?",
            "The Varn bridge will be shut for repairs from Friday.",
            True,
        ),
        (
            "Why has the Varn bridge been closed since 6 March?",
            "The Varn bridge will be shut for repairs in April.",
            True,
        ),
        (
            "Why has the Varn bridge been closed since 6 March?",
            "The Varn bridge was shut for repairs on Tuesday.",
            False,
        ),
        ("Why has the Varn bridge been closed since 6 March?", "The Varn bridge was shut for repairs in March.", False),
        (
            "What is the latest on the Varn bridge since 6 March?",
            "The Varn bridge will be shut for repairs on 6 March.",
            False,
        ),
    ],
)
def test_an_earlier_report_is_read_only_if_it_names_a_day_asked_about(
    question: str, text: str, is_quoted: bool
) -> None:
    assert answers(question, (text, day(4)), ("Snow fell in Kelva.", day(12))) == ([text] if is_quoted else [])


def test_a_summary_since_a_day_also_reads_an_earlier_report_that_names_a_later_day() -> None:
    days = asked_days("Summarise the rules in force since 6 March", KNOWN)
    latest = asked_days("What is the latest on the rules in force since 6 March?", KNOWN)
    assert days is not None
    assert latest is not None
    assert (days.by_publication, latest.by_publication) == (False, True)


@pytest.mark.parametrize(
    ("text", "is_quoted"),
    [
        ("By 6 March 25 people had died in the Varn flood, police said.", True),
        ("People had died in the Varn flood on 3 March, 25 of them, police said.", False),
    ],
)
def test_a_later_report_is_read_only_if_it_names_the_very_day_whose_figure_is_asked_for(
    text: str, is_quoted: bool
) -> None:
    question = "How many people had died in the Varn flood by 6 March?"
    assert answers(question, (text, day(20))) == ([text] if is_quoted else [])


def test_an_undated_report_is_not_known_to_be_of_the_days_asked_about() -> None:
    assert answers("How many people have died in the Varn flood since 6 March?", (FIRST, None), (LAST, day(10))) == [
        LAST
    ]


def test_a_bound_does_not_restrict_a_search_that_finds_only_undated_reports() -> None:
    question = "How many people have died in the Varn flood since 6 March?"
    assert answers(question, (FIRST, None), (LAST, None)) == [FIRST, LAST]


@pytest.mark.parametrize(
    ("text", "is_quoted"),
    [
        ("As of February 2011, the Varn flood had killed 25 people.", True),
        ("As of January 2011, the Varn flood had killed 25 people.", False),
    ],
)
def test_a_report_of_unknown_day_with_the_date_asked_about_is_read(text: str, is_quoted: bool) -> None:
    found = answers("As of February 2011, how many people had the Varn flood killed?", (text, None), FLOOD[0])
    assert found == ([text] if is_quoted else [])


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("How many people have died in Varn since 6 March?", "How many people have died in Varn?"),
        ("How many people died after 6 March 2026?", "How many people died?"),
        ("How much has the strike cost since May?", "How much has the strike cost?"),
        ("How many people had died by 6 March?", None),
        ("How many people died on 6 March?", None),
        ("How many people will move after 6 March?", None),
        ("Who has died since 6 March?", None),
        ("What has happened since 6 March?", None),
        ("Since 6 March, how many people have died?", None),
        ("How many people have died?", None),
    ],
)
def test_only_a_figure_counted_from_a_day_at_the_end_is_asked_without_it(question: str, rest: str | None) -> None:
    assert without_first_day(question) == rest


class Strict:
    """Refuses every question that says "since"."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        return Draft(()) if "since" in question else self._reader.read(question, passages)


def refused(question: str, *dated: tuple[str, datetime | None]) -> Abstention:
    archive = MemoryArchive([article(f"a{n}", text, published=known) for n, (text, known) in enumerate(dated)])
    reply = make_chatbot(archive, Strict(make_extractive(threshold=0.0))).ask(Question(question))
    assert isinstance(reply, Abstention)
    return reply


def test_a_refusal_to_count_from_a_day_quotes_the_figures_of_later_days_and_says_so() -> None:
    later = "Forty people died in the Varn flood, police said."
    reply = refused("How many people have died in the Varn flood since 6 March?", *FLOOD, (later, day(20)))
    assert [citation.quote for citation in reply.nearest] == [later, LAST]
    assert AS_OF_THEIR_DAY in reply.trace.notes


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("Who has died in the Varn flood since 6 March?", FLOOD),
        (
            "How many people have died in the Varn flood since 6 March?",
            (*FLOOD[:2], ("Varn mourns the flood.", day(9))),
        ),
        ("How many people have died in the Varn flood since 6 March?", ((LAST, None),)),
        ("How many people have died in Ost since 6 March?", (*FLOOD, ("It rained in Ost.", day(9)))),
    ],
)
def test_other_refusals_say_nothing_of_figures(question: str, dated: tuple[tuple[str, datetime | None], ...]) -> None:
    assert AS_OF_THEIR_DAY not in refused(question, *dated).trace.notes
