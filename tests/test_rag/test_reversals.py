"""An event that a later report undoes is shown with that report, and led by it where no detail of it is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from index.types import Chunk, Span
from rag.facts.reversals import reversal, tells_of_earlier
from rag.ledger import Ledger
from rag.types import Answer, ConflictKind, Passage, Sentence, Trace
from rag.verify import EvidenceVerifier

JAILED = "A court in Brod sentenced Jon Malk to four years in prison for setting fire to a store."
CLEARED = "The appeal court has cleared Jon Malk of setting fire to a store in Brod."


@pytest.mark.parametrize(
    ("older", "newer", "name", "says"),
    [
        (JAILED, CLEARED, "Jon Malk", ("sentenced", "cleared")),
        ("Jon Malk was convicted of arson.", "Malk was acquitted on appeal.", "Malk", ("convicted", "acquitted")),
        ("The ring road was closed on Monday.", "The ring road reopened.", "ring road", ("closed", "reopened")),
        ("Varn imposed the swimming ban.", "The swimming ban was lifted.", "swimming ban", ("imposed", "lifted")),
        ("The dockers' union called a strike.", "The union called off the dockers' strike.", "strike",
         ("called", "called off")),
        ("Two men were arrested in Nederby on suspicion of looting.", "The two men arrested in Nederby were released.",
         "men", ("arrested", "released")),
        ("Pia Sund has been missing since Sunday.", "Pia Sund was found alive.", "Pia Sund", ("missing", "found")),
        ("Kode set a national record.", "Kode's national record was annulled.", "national record",
         ("set", "annulled")),
        ("Karsten banned fireworks in the old town.", "Karsten lifted the ban on fireworks in the old town.",
         "fireworks", ("banned", "lifted")),
        ("Kenji Aalto won the Holm marathon.", "Kenji Aalto has been disqualified from the Holm marathon.",
         "Kenji Aalto", ("won", "disqualified")),
        ("Nils Orban was ousted as director.", "The port reinstated Nils Orban as director.", "Nils Orban",
         ("ousted", "reinstated")),
        ("Nils Orban was kidnapped in Velm.", "Nils Orban was freed on Tuesday.", "Nils Orban",
         ("kidnapped", "freed")),
        ("The council approved the toll on the Sund tunnel.", "The minister vetoed the toll on the Sund tunnel.",
         "toll", ("approved", "vetoed")),
        ("Ilse Norn was found guilty of fraud.", "The appeal court acquitted Ilse Norn.", "Ilse Norn",
         ("found guilty", "acquitted")),
        ("The court found Ilse Norn guilty of fraud.", "Ilse Norn was cleared on appeal.", "Ilse Norn",
         ("found guilty", "cleared")),
        ("Ilse Norn was convicted of fraud.", "Ilse Norn was found not guilty.", "Ilse Norn",
         ("convicted", "found not guilty")),
        ("Ilse Norn was convicted of fraud.", "Ilse Norn was cleared of all five charges.", "Ilse Norn",
         ("convicted", "cleared")),
    ],
)  # fmt: skip
def test_what_undoes_an_event_is_found(older: str, newer: str, name: str, says: tuple[str, str]) -> None:
    found = reversal(older, newer)
    assert found is not None
    assert (found.name, found.says) == (name, says)
    assert reversal(newer, older) is None


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Jon Malk was arrested.", "His brother was released."),
        ("Jon Malk was arrested.", "Malk may be released."),
        ("Jon Malk was arrested.", "Malk was not released."),
        ("Jon Malk was arrested.", "Malk will be released if he pays."),
        ("Jon Malk was arrested.", "Malk, who was released on Monday, denies it."),
        ("Jon Malk may be arrested.", "Malk was released."),
        ("Jon Malk was arrested.", "The police released a photo of Malk."),
        ("The ring road was closed.", "The coast road reopened."),
        ("The school was closed.", "The shop reopened."),
        ("Malk closed the meeting.", "Malk reopened the case of the missing codex."),
        ("President Biden signed the bill.", "President Biden's trip was cancelled."),
        ("The bill goes to Nils Orban to be signed into law.", "Nils Orban's trip was cancelled."),
        ("The ring road of Velm is to be closed.", "The ring road of Velm reopened."),
        ("The order prohibited mask mandates by cities.", "The cities lifted their mask mandates."),
        ("Karsten banned fireworks in the old town.", "Karsten lifted the ban on dogs."),
        ("Kenji Aalto won the Holm marathon.", "Kenji Aalto was disqualified from a race in Velm."),
        ("Kenji Aalto won the Holm marathon.", "Ben Torp was disqualified from the Holm marathon."),
        ("Nils Orban was kidnapped in Velm.", "Nils Orban's book was released."),
        ("Ilse Norn was found not guilty of fraud.", "Ilse Norn was cleared of theft."),
        ("Ilse Norn was not found guilty of fraud.", "Ilse Norn was acquitted."),
        ("Ilse Norn was convicted of fraud.", "Ilse Norn was found guilty again."),
        ("Ilse Norn was convicted of fraud.", "Ilse Norn was not found guilty of theft."),
        ("Ilse Norn has been missing since Sunday.", "Ilse Norn was found guilty of fraud."),
        ("Ilse Norn was found guilty of fraud.", "Her brother was found not guilty."),
        ("Ilse Norn was found guilty on two counts.", "Ilse Norn was acquitted on three counts."),
        ("Ilse Norn was convicted of fraud.", "Ilse Norn was cleared of one other charge."),
    ],
)
def test_what_happened_to_another_or_may_happen_undoes_nothing(older: str, newer: str) -> None:
    assert reversal(older, newer) is None


def test_who_is_meant_by_a_pronoun_is_told_by_the_headline_or_the_sentence_before() -> None:
    undoing = "The appeal court overturned the verdict and acquitted him."
    found = reversal(JAILED, undoing, "Malk is free.\nThe case is over.")
    assert found is not None
    assert found.says == ("sentenced", "acquitted")
    assert reversal(JAILED, undoing) is None
    assert reversal(JAILED, undoing, "Tom Ek is free.") is None


def test_an_event_dated_before_the_older_report_does_not_undo_it() -> None:
    resigned = date(2026, 5, 12)
    for earlier in ("in November 2025", "in 1985", "last year", "in March", "on 3 May", "on 20 May 2025"):
        assert tells_of_earlier(f"He was reinstated {earlier}.", resigned, date(2026, 6, 1)), earlier
    for later in ("in May", "in 2026", "in June", "on Monday"):
        assert not tells_of_earlier(f"He was reinstated {later}.", resigned, date(2026, 6, 1)), later
    assert not tells_of_earlier("He was reinstated on 20 May.", resigned, date(2026, 6, 1))
    assert not tells_of_earlier("He was reinstated.", resigned, date(2026, 6, 1))


def answered(question: str, older: str = JAILED, newer: str = CLEARED, *, months: tuple[int, int] = (5, 9)) -> Answer:
    """The reply that shows the older report; the newer one was retrieved."""
    passages = [
        Passage(
            number,
            Chunk(f"c{number}", f"a{number}", 0, Span(0, len(text)), text, title="Brod store fire: Malk in court",
                  outlet=f"outlet {number}", published=datetime(2026, month, 2, tzinfo=UTC)),
            1.0,
        )
        for number, (text, month) in enumerate(zip((older, newer), months, strict=True), start=1)
    ]  # fmt: skip
    ledger = Ledger(passages)
    ledger.enter(EvidenceVerifier().verify(Sentence(older, (1,)), passages))
    return ledger.answer(question, Trace(question))


@pytest.mark.parametrize(
    "question",
    [
        "Was Jon Malk convicted?",
        "What happened to Jon Malk?",
        "Is the arsonist guilty?",
        "Is the arsonist of Brod in prison?",
    ],
)
def test_the_later_report_leads_and_the_earlier_one_is_superseded(question: str) -> None:
    answer = answered(question)
    assert [claim.text for claim in answer.claims] == [CLEARED, JAILED]
    (conflict,) = answer.conflicts
    assert conflict.kind is ConflictKind.UPDATE
    assert conflict.about == "Jon Malk: superseded: sentenced (2 May 2026); now cleared (2 September 2026)"


@pytest.mark.parametrize(
    "question", ["How many years did Malk get?", "When was Malk sentenced?", "Why was Malk convicted?"]
)
def test_a_detail_of_the_event_is_answered_first_and_its_undoing_shown(question: str) -> None:
    answer = answered(question)
    assert [claim.text for claim in answer.claims] == [JAILED]
    assert [conflict.kind for conflict in answer.conflicts] == [ConflictKind.UPDATE]


def test_neither_an_older_report_nor_one_that_is_not_asked_about_undoes_anything() -> None:
    assert answered("Was Jon Malk convicted?", months=(9, 5)).conflicts == ()
    for other in ("How did the store burn?", "Is the store in Brod open?"):
        assert answered(other).conflicts == ()
