"""What a language model wrote and could not be verified: the articles' own sentences stand in; the reply says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from test_rag.fakes_chain import MemoryArchive, WordJudge, article, day, passages_of
from test_rag.openai_server import Behaviour, serving

from index.types import Question, Span
from rag.assemble import chatbot, open_archive
from rag.citations import Bibliography
from rag.engine import BEFORE, INSTEAD, OWN_WORDS, Chatbot
from rag.errors import ReaderFailed, Unfinished
from rag.events import ClaimReady, Done
from rag.extractive import ExtractiveReader
from rag.instead import MOST, in_place_of
from rag.rerank import RetrievalOrder
from rag.settings import load_settings
from rag.types import Abstention, AbstentionReason, Answer, Draft, Passage, Quote, Sentence, Support, Verdict, Withheld
from rag.verify import EvidenceVerifier

TRUE = "The bridge reopened on Monday."
ARTICLES = [article("a1", f"{TRUE} Traffic was light.", published=day(4), outlet="Varn Post")]
ASKED = Question("When has the bridge reopened?")


class Writes:
    """Writes one thing, and the same or another when told what was wrong."""

    def __init__(self, first: str, second: str = "") -> None:
        self.first, self.second = first, second

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        return Draft(tuple(self.write(question, passages)))

    def write(self, question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
        if self.first:
            yield Sentence(self.first, (1,))

    def revise(self, question: str, passages: Sequence[Passage], withheld: Sequence[Withheld]) -> Iterator[Sentence]:
        yield Sentence(self.second or self.first, (1,))


def bot(writer: Writes | Drafts, threshold: float = 0.4) -> Chatbot:
    own = ExtractiveReader(WordJudge(), threshold=threshold)
    return Chatbot(MemoryArchive(ARTICLES), RetrievalOrder(), writer, EvidenceVerifier(), verbatim=own)


def test_the_articles_own_sentence_answers_where_both_drafts_failed_and_the_reply_says_so() -> None:
    reply = bot(Writes("The bridge reopened on Friday.")).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TRUE]
    assert [item.text for item in reply.withheld] == ["The bridge reopened on Friday."]
    assert OWN_WORDS in reply.trace.notes
    assert reply.confidence is not None


def test_it_is_streamed_as_what_the_reply_holds() -> None:
    events = list(bot(Writes("The bridge reopened on Friday.")).stream(ASKED))
    done = events[-1]
    assert isinstance(done, Done)
    assert isinstance(done.reply, Answer)
    assert [event.claim for event in events if isinstance(event, ClaimReady)] == list(done.reply.claims)


@pytest.mark.parametrize("writer", [Writes(TRUE), Writes("The bridge reopened on Friday.", TRUE)])
def test_a_draft_that_holds_at_once_or_when_told_stands_alone(writer: Writes) -> None:
    reply = bot(writer).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TRUE]
    assert OWN_WORDS not in reply.trace.notes
    assert reply.confidence is None


def test_a_model_that_says_the_articles_do_not_say_is_not_overruled() -> None:
    assert isinstance(bot(Writes("")).ask(ASKED), Abstention)


def test_where_the_articles_own_sentences_do_not_answer_either_there_is_no_answer_and_no_note() -> None:
    reply = bot(Writes("The bridge reopened on Friday."), threshold=1.1).ask(ASKED)
    assert isinstance(reply, Abstention)
    assert OWN_WORDS not in reply.trace.notes


class Drafts:
    """Writes these sentences, those when told what was wrong, and then fails, if it is to."""

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
def test_beside_a_verified_sentence_the_article_s_own_stands_in_for_one_that_never_was(second: Sequence[str]) -> None:
    events = list(bot(Drafts(LIGHT, OTHERWISE, second=second)).stream(ASKED))
    reply = events[-1].reply if isinstance(events[-1], Done) else None
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [LIGHT, TRUE]
    assert [event.claim for event in events if isinstance(event, ClaimReady)] == list(reply.claims)
    assert [item.text for item in reply.withheld] == [OTHERWISE]
    assert reply.trace.notes == (INSTEAD,)


def test_nothing_stands_in_for_a_sentence_that_was_mended() -> None:
    reply = bot(Drafts(LIGHT, OTHERWISE, second=[TRUE])).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [LIGHT, TRUE]
    assert reply.trace.notes == ()


def test_a_reprint_of_what_a_shown_sentence_quotes_does_not_stand_in_beside_it() -> None:
    near, far = passages_of(f"{TRUE} {LIGHT}", f"{TRUE} So it was said in Kelva.")
    withheld = Withheld(OTHERWISE, Verdict(Support.REFUTED, 0.1), Quote(2, Span(0, len(TRUE))))
    (shown,) = Bibliography([near, far]).cite([Quote(1, Span(0, len(near.chunk.text)))])
    assert in_place_of([withheld], [], [near, far]) == [Sentence(TRUE, (2,))]
    assert in_place_of([withheld], [shown], [near, far]) == []


@pytest.mark.parametrize("far", ["The mayor sold the old opera house to a bank.", "Nobody has ever seen the bridge."])
def test_nothing_stands_in_where_no_cited_sentence_says_most_of_it(far: str) -> None:
    reply = bot(Drafts(TRUE, far)).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TRUE]
    assert reply.trace.notes == ()


def test_no_more_than_three_stand_in() -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    told = [f"Bridge {n} of the valley reopened on {name} at noon." for n, name in enumerate(days, start=11)]
    wrong = [sentence.replace("noon", "midnight") for sentence in told]
    archive = MemoryArchive([article("a1", f"{LIGHT} {' '.join(told)}", published=day(4))])
    reply = Chatbot(archive, RetrievalOrder(), Drafts(LIGHT, *wrong), EvidenceVerifier()).ask(
        Question("When did the bridge reopen and was traffic light?")
    )
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [LIGHT, *told[:MOST]]


CUT = Unfinished("The language model m was cut off; raise llm.output_tokens.")


def test_a_model_that_wrote_nothing_leaves_the_articles_own_sentences_and_the_reason() -> None:
    reply = bot(Drafts(failure=CUT)).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TRUE]
    assert reply.trace.notes == (str(CUT), OWN_WORDS)


def test_a_model_that_was_cut_off_after_a_verified_sentence_leaves_that_and_the_reason() -> None:
    reply = bot(Drafts(LIGHT, failure=CUT)).ask(ASKED)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [LIGHT]
    assert reply.trace.notes == (f"{CUT} {BEFORE}",)


def test_a_refusal_too_tells_that_the_model_wrote_nothing() -> None:
    reply = bot(Drafts(failure=CUT), threshold=1.1).ask(ASKED)
    assert isinstance(reply, Abstention)
    assert reply.trace.notes == (str(CUT),)


@pytest.mark.parametrize(("failure", "verbatim"), [(CUT, False), (ReaderFailed("The model is down."), True)])
def test_a_failure_that_nobody_stands_in_for_is_raised(failure: ReaderFailed, verbatim: bool) -> None:
    own = ExtractiveReader(WordJudge(), threshold=0.4) if verbatim else None
    broken = Chatbot(
        MemoryArchive(ARTICLES), RetrievalOrder(), Drafts(failure=failure), EvidenceVerifier(), verbatim=own
    )
    with pytest.raises(ReaderFailed, match=str(failure)):
        broken.ask(ASKED)


def test_whether_other_days_would_answer_is_not_left_to_the_model() -> None:
    reply = bot(Drafts()).ask(replace(ASKED, until=day(3)))
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.OUTSIDE_DATES


@pytest.mark.slow
def test_the_whole_chain_with_a_model_that_errs_answers_as_it_would_without_one(tmp_path: Path) -> None:
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
