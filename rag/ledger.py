"""Keeps what was verified and what was withheld while a reply is made, and makes the reply of it."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Coverage, Question
from rag.citations import Bibliography
from rag.conflicts import find_conflicts
from rag.instructions import reports_among
from rag.passages import PassageSentence, flat, sentences_of
from rag.similarity import weighted_coverage
from rag.types import (
    Abstention,
    AbstentionReason,
    Answer,
    Checked,
    Citation,
    Claim,
    Passage,
    Quote,
    Support,
    Trace,
    Verdict,
    Withheld,
)

NEAREST = 2  # places named in an abstention


class Ledger:
    """One reply in the making."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._bibliography = Bibliography(passages)
        self._claims: dict[str, Claim] = {}
        self._withheld: list[Withheld] = []
        self._lost_markers = 0
        self.confidence: float | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The sentences to show, in order."""
        return tuple(self._claims.values())

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The sentences not to show, in order, with their verdicts."""
        return tuple(self._withheld)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader got wrong besides its sentences."""
        if not self._lost_markers:
            return ()
        plural = "markers" if self._lost_markers > 1 else "marker"
        return (f"The reader cited passages it was not given; {self._lost_markers} {plural} dropped.",)

    def enter(self, checked: Checked) -> tuple[Claim, tuple[Citation, ...]] | None:
        """Notes a checked sentence; gives the claim and its citations where it may be shown and is new."""
        self._lost_markers += len(set(checked.sentence.cites) - {passage.number for passage in self._passages})
        if checked.verdict.support is not Support.SUPPORTED or not checked.quotes:
            withheld = Withheld(checked.sentence.text, _failing(checked.verdict))
            if withheld not in self._withheld:
                self._withheld.append(withheld)
            return None
        if flat(checked.sentence.text) in self._claims:
            return None
        citations = self._bibliography.cite(checked.quotes)
        claim = Claim(
            text=checked.sentence.text,
            citations=tuple(citation.number for citation in citations),
            verdict=checked.verdict,
            attribution=checked.attribution,
            certainty=checked.certainty,
        )
        self._claims[flat(claim.text)] = claim
        return claim, citations

    def answer(self, question: str, trace: Trace) -> Answer:
        """The reply that shows the claims."""
        citations = self._bibliography.citations
        dates = [date for citation in citations for date in (citation.published, citation.updated) if date]
        return Answer(
            question=question,
            claims=self.claims,
            citations=citations,
            withheld=self.withheld,
            conflicts=find_conflicts(citations, question),
            as_of=max(dates, default=None),
            trace=trace,
            confidence=self.confidence,
        )

    def abstention(
        self, question: str, asked: Question, searched: Coverage, trace: Trace, *, elsewhere: bool
    ) -> Abstention:
        """The reply that says there is no answer, why, and what is nearest.

        ``elsewhere`` tells that articles outside the dates asked about would answer.
        """
        return Abstention(
            question=question,
            reason=self._reason(asked, searched, elsewhere),
            searched=searched,
            nearest=self._nearest(asked.text),
            withheld=self.withheld,
            trace=trace,
        )

    def _reason(self, asked: Question, searched: Coverage, elsewhere: bool) -> AbstentionReason:
        # Never decided from what as_of hides: whether something later exists must not show.
        if elsewhere or (not searched.articles and (asked.as_of or asked.since or asked.until)):
            return AbstentionReason.OUTSIDE_DATES
        if not self._passages:
            return AbstentionReason.NOTHING_RETRIEVED
        return AbstentionReason.UNSUPPORTED if self._withheld else AbstentionReason.NOT_IN_ARTICLES

    def _nearest(self, question: str) -> tuple[Citation, ...]:
        sentences = [
            sentence for passage in self._passages[:NEAREST] for sentence in reports_among(sentences_of(passage))
        ]
        best: dict[int, tuple[float, PassageSentence]] = {}
        for score, sentence in zip(weighted_coverage(question, [s.text for s in sentences]), sentences, strict=True):
            if sentence.passage not in best or score > best[sentence.passage][0]:
                best[sentence.passage] = (score, sentence)
        return Bibliography(self._passages).cite([Quote(s.passage, s.span) for _, s in best.values()])


def _failing(verdict: Verdict) -> Verdict:
    if verdict.support is not Support.SUPPORTED:
        return verdict
    return Verdict(Support.NOT_ENOUGH_INFO, verdict.score, (*verdict.reasons, "no exact words bear it out"))
