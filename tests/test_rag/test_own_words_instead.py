"""Unverified sentences of a language model are replaced by quotes from the articles, and the reply says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from test_rag.fakes_chain import MemoryArchive, article, day, make_chatbot, make_extractive, passages_of
from test_rag.openai_server import Behaviour, serving

from index.types import Question, Span
from rag.assemble import chatbot, open_archive
from rag.citations import Bibliography
from rag.engine import BEFORE, INSTEAD, OWN_WORDS, Chatbot
from rag.errors import ReaderFailed, Unfinished
from rag.events import ClaimReady, Done
from rag.settings import load_settings
from rag.substitutes import MOST, in_place_of
from rag.types import Abstention, AbstentionReason, Answer, Draft, Passage, Quote, Sentence, Support, Verdict, Withheld

TRUE = "The bridge reopened on Monday."
ARTICLES = [article("a1", f"{TRUE} Traffic was light.", published=day(4), outlet="Varn Post")]
ASKED = Question("When has the bridge reopened?")


class SentenceWriter:
    """A reader that writes one sentence and, on revision, the same or another one."""

    def __init__(self, first: str, second: str = "") -> None:
        self.first, self.second = first, second

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        return Draft(tuple(self.write(question, passages)))

    def write(self, question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
        if self.first:
            yield Sentence(self.first, (1,))

    def revise(self, question: str, passages: Sequence[Passage], withheld: Sequence[Withheld]) -> Iterator[Sentence]:
        yield Sentence(self.second or self.first, (1,))


def bot(writer: SentenceWriter | DraftWriter, threshold: float = 0.4) -> Chatbot:
    return make_chatbot(MemoryArchive(ARTICLES), writer, verbatim=make_extractive(threshold=threshold))


def test_if_both_drafts_fail_the_answer_is_quoted_from_the_articles_with_a_note() -> None:
    reply = bot(SentenceWriter("The bridge reopened on Friday.")).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TRUE]
    assert [item.text for item in reply.withheld] == ["The bridge reopened on Friday."]
    assert OWN_WORDS in reply.trace.notes
    assert reply.confidence is not None


def test_the_quoted_answer_is_streamed_like_the_reply() -> None:
    events = list(bot(SentenceWriter("The bridge reopened on Friday.")).stream(ASKED))
    done = events[-1]
    assert isinstance(done, Done)
    assert isinstance(done.reply, Answer)
    assert [event.claim for event in events if isinstance(event, ClaimReady)] == list(done.reply.claims)


@pytest.mark.parametrize("writer", [SentenceWriter(TRUE), SentenceWriter("The bridge reopened on Friday.", TRUE)])
def test_nothing_is_added_to_a_draft_verified_at_once_or_after_revision(writer: SentenceWriter) -> None:
    reply = bot(writer).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TRUE]
    assert OWN_WORDS not in reply.trace.notes
    assert reply.confidence is None


def test_a_model_s_refusal_is_not_overruled() -> None:
    assert isinstance(bot(SentenceWriter("")).ask(ASKED), Abstention)


def test_if_the_articles_do_not_answer_either_there_is_no_answer_and_no_note() -> None:
    reply = bot(SentenceWriter("The bridge reopened on Friday."), threshold=1.1).ask(ASKED)
    assert isinstance(reply, Abstention)
    assert OWN_WORDS not in reply.trace.notes


class DraftWriter:
    """A reader that writes given sentences, writes others on revision, and then fails if told to."""

    def __init__(self, *first: str, second: Sequence[str] = (), failure: ReaderFailed | None = None) -> None:
        self.first, self.second, self.failure = first, second, failure

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        raise AssertionError("a reader that can revise is asked to write, and to nothing else")

    def write(self, question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
        yield from (Sentence(text, (1,)) for text in self.first)
        if self.failure:
            raise self.failure

    def revise(self, question: str, passages: Sequence[Passage], withheld: Sequence[Withheld]) -> Iterator[Sentence]:
        yield from (Sentence(text, (1,)) for text in self.second)


LIGHT = "Traffic was light."
OTHERWISE = "The bridge reopened on Friday."


@pytest.mark.parametrize("second", [(), (OTHERWISE,)])
def test_an_unverified_sentence_next_to_a_verified_one_is_replaced_by_a_quote(second: Sequence[str]) -> None:
    events = list(bot(DraftWriter(LIGHT, OTHERWISE, second=second)).stream(ASKED))
    reply = events[-1].reply if isinstance(events[-1], Done) else None
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [LIGHT, TRUE]
    assert [event.claim for event in events if isinstance(event, ClaimReady)] == list(reply.claims)
    assert [item.text for item in reply.withheld] == [OTHERWISE]
    assert reply.trace.notes == (INSTEAD,)


def test_a_sentence_corrected_in_the_revision_is_not_replaced() -> None:
    reply = bot(DraftWriter(LIGHT, OTHERWISE, second=[TRUE])).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [LIGHT, TRUE]
    assert reply.trace.notes == ()


def test_a_reprint_of_a_quoted_sentence_is_not_used_as_a_replacement() -> None:
    near, far = passages_of(f"{TRUE} {LIGHT}", f"{TRUE} So it was said in Kelva.")
    withheld = Withheld(OTHERWISE, Verdict(Support.REFUTED, 0.1), Quote(2, Span(0, len(TRUE))))
    (shown,) = Bibliography([near, far]).cite([Quote(1, Span(0, len(near.chunk.text)))])
    assert in_place_of([withheld], [], [near, far]) == [Sentence(TRUE, (2,))]
    assert in_place_of([withheld], [shown], [near, far]) == []


@pytest.mark.parametrize("far", ["The mayor sold the old opera house to a bank.", "Nobody has ever seen the bridge."])
def test_a_sentence_without_a_similar_cited_sentence_is_not_replaced(far: str) -> None:
    reply = bot(DraftWriter(TRUE, far)).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TRUE]
    assert reply.trace.notes == ()


def test_at_most_three_sentences_are_replaced() -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    told = [f"Bridge {n} of the valley reopened on {name} at noon." for n, name in enumerate(days, start=11)]
    wrong = [sentence.replace("noon", "midnight") for sentence in told]
    archive = MemoryArchive([article("a1", f"{LIGHT} {' '.join(told)}", published=day(4))])
    reply = make_chatbot(archive, DraftWriter(LIGHT, *wrong)).ask(
        Question("When did the bridge reopen and was traffic light?")
    )
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [LIGHT, *told[:MOST]]


CUT = Unfinished("The language model m was cut off; raise llm.output_tokens.")


def test_an_empty_draft_gives_a_quoted_answer_and_the_reason() -> None:
    reply = bot(DraftWriter(failure=CUT)).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TRUE]
    assert reply.trace.notes == (str(CUT), OWN_WORDS)


def test_a_draft_cut_off_after_a_verified_sentence_gives_that_sentence_and_the_reason() -> None:
    reply = bot(DraftWriter(LIGHT, failure=CUT)).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [LIGHT]
    assert reply.trace.notes == (f"{CUT} {BEFORE}",)


def test_a_refusal_also_notes_that_the_model_wrote_nothing() -> None:
    reply = bot(DraftWriter(failure=CUT), threshold=1.1).ask(ASKED)
    assert isinstance(reply, Abstention)
    assert reply.trace.notes == (str(CUT),)


@pytest.mark.parametrize(("failure", "verbatim"), [(CUT, False), (ReaderFailed("The model is down."), True)])
def test_a_failure_without_a_fallback_is_raised(failure: ReaderFailed, verbatim: bool) -> None:
    own = make_extractive(threshold=0.4) if verbatim else None
    broken = make_chatbot(MemoryArchive(ARTICLES), DraftWriter(failure=failure), verbatim=own)
    with pytest.raises(ReaderFailed, match=str(failure)):
        broken.ask(ASKED)


def test_the_fallback_reader_decides_whether_other_dates_would_answer() -> None:
    reply = bot(DraftWriter()).ask(replace(ASKED, until=day(3)))
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.OUTSIDE_DATES


@pytest.mark.slow
def test_the_whole_pipeline_with_a_failing_model_answers_as_without_one(tmp_path: Path) -> None:
    behaviour = Behaviour(lambda request: "The bridge reopened on Friday. [1]")
    with serving(behaviour) as url:
        server = {"base_url": url, "model": "m", "retries": 0, "timeout_s": 5}
        erring = load_settings({"archive": tmp_path, "llm": server})
        with open_archive(erring, create=True) as archive:
            archive.sync(ARTICLES)
            written = chatbot(erring, archive).ask(ASKED)
            own = chatbot(load_settings({"archive": tmp_path}), archive).ask(ASKED)
    assert isinstance(written, Answer)
    assert isinstance(own, Answer)
    assert [claim.text for claim in written.claims] == [claim.text for claim in own.claims]
    assert written.citations == own.citations
    assert OWN_WORDS in written.trace.notes
