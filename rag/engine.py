"""The answering pipeline: retrieve, rerank, read, verify, reply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from index.types import Question, ScoredChunk
from rag.abstaining import figures_in
from rag.conversation import FollowUps
from rag.errors import ReaderFailed, Unfinished
from rag.events import Checking, ClaimReady, Done, Event, Reading, Searching, Step
from rag.language.day_bounds import bound_in
from rag.ledger import Ledger
from rag.ports import Reader, Reranker, Retriever, Reviser, Rewriter, Verifier
from rag.premise import contradicted_premise
from rag.question.asked_days import asked_days, search_asked_days, without_first_day
from rag.question.relative_years import with_asked_year
from rag.question.spelling import corrected_spelling
from rag.recency import recent_first
from rag.rerank import further
from rag.stopwatch import Stopwatch
from rag.substitutes import in_place_of
from rag.turns import Turn
from rag.types import Answer, Passage, Quote, Reply, Sentence, Trace

HEARD = 3
"""Number of passages that stand in for the citations of a reply that is not known."""
BEFORE = "The verified part of what it had written so far is shown."
INSTEAD = "Sentences of the language model that could not be verified are replaced by sentences from the articles."
OWN_WORDS = "Nothing the language model wrote could be verified; the answer is quoted from the articles instead."

AS_OF_THEIR_DAY = "The figures quoted are as their reports give them; they are not counted from the day asked about."


class Chatbot:
    """Answers questions from an archive. Every sentence of an answer has been verified and has a citation."""

    def __init__(
        self,
        retriever: Retriever,
        reranker: Reranker,
        reader: Reader,
        verifier: Verifier,
        *,
        candidates: int,
        passages: int,
        rewriter: Rewriter | None = None,
        verbatim: Reader | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Sets up the pipeline.

        Args:
            retriever: searches the archive.
            reranker: orders the retrieved chunks and selects the passages.
            reader: writes the draft.
            verifier: checks each sentence of the draft.
            candidates: number of chunks to retrieve.
            passages: number of passages to read.
            rewriter: makes follow-up questions stand alone; rule-based by default.
            verbatim: the fallback reader, used if nothing written by a ``reader`` that can revise was verified.
            now: returns the current time.
        """
        self._retriever = retriever
        self._reranker = reranker
        self._reader = reader
        self._verifier = verifier
        self._rewriter = rewriter or FollowUps()
        self._verbatim = verbatim
        self._candidates = candidates
        self._passages = passages
        self._now = now

    def ask(
        self, question: Question, turns: Sequence[str | Turn] = (), progress: Callable[[Step], None] | None = None
    ) -> Reply:
        """Answers a question; ``turns`` are the earlier turns of the conversation, oldest first."""
        for event in self.stream(question, turns):
            match event:
                case Done(reply):
                    return reply
                case Searching() | Reading() | Checking() if progress:
                    progress(event)
        raise AssertionError("a stream ends with Done")

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        """Answers a question and yields events: the steps, each verified claim, and finally the reply.

        If the reader does not stream its draft, all claims are yielded together at the end, in the reply's order.
        Citations that were yielded are never renumbered.
        """
        watch = Stopwatch("retrieve", "rerank", "read", "verify")
        standalone = self._rewriter.rewrite(question.text, self._earlier(question, turns))
        notes = (standalone.note,) if standalone.note else ()
        asked = replace(question, text=with_asked_year(standalone.text, question.as_of or self._now()))
        yield Searching(asked.text, notes)

        with watch.timing("retrieve"):
            asked, found = self._search_respelled(asked)
        with watch.timing("rerank"):
            passages = self._reranker.rank(asked.text, found, self._passages)
        yield Reading(len(passages))

        streams = isinstance(self._reader, Reviser)
        ledger = Ledger(passages, shown_for=asked.text if streams else None, further=further(found, passages))
        contradiction = contradicted_premise(asked.text, passages)
        drafted = iter(()) if contradiction else self._draft(asked.text, passages, ledger)
        for number, sentence in enumerate(watch.each("read", drafted), start=1):
            yield Checking(number)
            with watch.timing("verify"):
                checked = self._verifier.verify(sentence, passages)
            entered = ledger.enter(checked)
            if streams:
                yield from (ClaimReady(*shown) for shown in entered)

        trace = Trace(asked.text, tuple(found), watch.milliseconds(), (*notes, *ledger.notes))
        if ledger.claims:
            answer = ledger.answer(question.text, trace)
            if not streams:
                yield from _claims_of(answer)
            yield Done(answer)
            return
        searched = self._retriever.coverage(asked)
        elsewhere = not contradiction and self._elsewhere(asked)
        figures = [] if contradiction or elsewhere else self._figures_of_later_days(asked.text, passages)
        trace = replace(trace, notes=(*trace.notes, AS_OF_THEIR_DAY)) if figures else trace
        yield Done(
            ledger.abstention(
                question.text, asked, searched, trace, elsewhere=elsewhere, premise=contradiction, figures=figures
            )
        )

    def _figures_of_later_days(self, question: str, passages: Sequence[Passage]) -> list[Quote]:
        """Figures that would answer a question if it did not ask to count from a day, from reports of later days."""
        rest = without_first_day(question)
        if rest is None or not passages:
            return []
        return figures_in(rest, (self._verbatim or self._reader).read(rest, passages).sentences, passages)

    def _earlier(self, question: Question, turns: Sequence[str | Turn]) -> list[Turn]:
        """The earlier turns. If the reply to the last one is not known, the results of a search for it are added."""
        earlier = [turn if isinstance(turn, Turn) else Turn(turn) for turn in turns]
        if earlier and earlier[-1].reply is None:
            *before, last = earlier
            asked = replace(question, text=FollowUps().rewrite(last.question, before).text)
            return [*before, replace(last, found=tuple(self._retriever.search(asked, HEARD)))]
        return earlier

    def _search_respelled(self, asked: Question) -> tuple[Question, list[ScoredChunk]]:
        """The search results, and the question with its spelling corrected from them."""
        found = self._search(asked)
        corrected = corrected_spelling(asked.text, [f"{one.chunk.title or ''} {one.chunk.text}" for one in found])
        if corrected == asked.text:
            return asked, found
        asked = replace(asked, text=corrected)
        return asked, self._search(asked)

    def _search(self, asked: Question) -> list[ScoredChunk]:
        return recent_first(self._found(asked), asked, self._now())

    def _found(self, asked: Question) -> list[ScoredChunk]:
        """The results of the search, only from the days that the question's own words restrict it to."""
        if bound_in(asked.text) is None:
            return self._retriever.search(asked, self._candidates)
        known = asked.as_of or self._retriever.coverage(asked).newest or self._now()
        days = asked_days(asked.text, known.date())
        if days is None:
            return self._retriever.search(asked, self._candidates)
        return search_asked_days(self._retriever.search, asked, self._candidates, days)

    def _draft(self, question: str, passages: Sequence[Passage], ledger: Ledger) -> Iterator[Sentence]:
        """Yields the reader's sentences; a reader that can revise is told once which were withheld and why."""
        if not passages:
            return
        if not isinstance(self._reader, Reviser):
            yield from _read(self._reader, question, passages, ledger)
            return
        unfinished = False
        try:
            yield from self._reader.write(question, passages)
            if ledger.withheld:
                yield from self._reader.revise(question, passages, ledger.withheld)
        except ReaderFailed as error:
            unfinished = isinstance(error, Unfinished) and self._verbatim is not None
            if not ledger.claims and not unfinished:
                raise
            ledger.note(f"{error} {BEFORE}" if ledger.claims else str(error))
        if ledger.claims:
            yield from _replacements(ledger, passages)
        elif self._verbatim and (ledger.withheld or unfinished):
            yield from _read(self._verbatim, question, passages, ledger)
            if ledger.claims:
                ledger.note(OWN_WORDS)

    def _elsewhere(self, asked: Question) -> bool:
        """Whether articles before ``since`` or after ``until`` answer the question; ``as_of`` still applies."""
        if asked.since is None and asked.until is None:
            return False
        found = self._search(replace(asked, since=None, until=None))
        passages = self._reranker.rank(asked.text, found, self._passages)
        return bool(passages and (self._verbatim or self._reader).read(asked.text, passages).sentences)


def _read(reader: Reader, question: str, passages: Sequence[Passage], ledger: Ledger) -> Iterator[Sentence]:
    draft = reader.read(question, passages)
    ledger.confidence, ledger.unsure = draft.confidence, draft.unsure
    for note in draft.notes:
        ledger.note(note)
    yield from draft.sentences


def _replacements(ledger: Ledger, passages: Sequence[Passage]) -> Iterator[Sentence]:
    sentences = in_place_of(ledger.withheld, ledger.citations, passages)
    if sentences:
        ledger.note(INSTEAD)
    yield from sentences


def _claims_of(answer: Answer) -> Iterator[ClaimReady]:
    cited = {citation.number: citation for citation in answer.citations}
    return (ClaimReady(claim, tuple(cited[number] for number in claim.citations)) for claim in answer.claims)
