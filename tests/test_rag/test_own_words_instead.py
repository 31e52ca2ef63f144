"""Where nothing a language model wrote could be verified, the articles' own sentences stand in; the reply says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from test_rag.fakes_chain import MemoryArchive, WordJudge, article, day
from test_rag.openai_server import Behaviour, serving

from index.types import Question
from rag.assemble import chatbot, open_archive
from rag.engine import OWN_WORDS, Chatbot
from rag.events import ClaimReady, Done
from rag.extractive import ExtractiveReader
from rag.rerank import RetrievalOrder
from rag.settings import load_settings
from rag.types import Abstention, Answer, Draft, Passage, Sentence, Withheld
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


def bot(writer: Writes, threshold: float = 0.4) -> Chatbot:
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
