"""Keeps what was verified and what was withheld while a reply is made, and makes the reply of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.types import Coverage, Question
from rag.asked import asks_what_changes, those_on
from rag.attribution import find_attribution
from rag.certainty import certainty_of
from rag.citations import Bibliography, in_order_of_citing
from rag.conflicts import Dispute, conflicts_of, disputes
from rag.instructions import reports_of
from rag.kinds import is_opinion_piece
from rag.kinds import kind_of as claim_kind_of
from rag.leading import leading_figure, newer_first
from rag.passages import PassageSentence, flat
from rag.rivals import find_rivals
from rag.similarity import weighted_coverage
from rag.types import (
    Abstention,
    AbstentionReason,
    Answer,
    Attribution,
    Checked,
    Citation,
    Claim,
    ClaimKind,
    Passage,
    Quote,
    Support,
    Trace,
    Verdict,
    Withheld,
)

NEAREST = 2  # places named in an abstention


class Ledger:
    """One reply in the making.

    ``shown_for`` is the question where sentences are shown as they are entered: then none of them is moved, and no
    number changes. Elsewhere the order and the numbers stand once the reply is complete. ``further`` are passages that
    were found but not read, numbered on: what they say anew of a figure or a date that is asked for is looked for too.
    """

    def __init__(
        self, passages: Sequence[Passage], *, shown_for: str | None = None, further: Sequence[Passage] = ()
    ) -> None:
        self._passages = passages
        self._shown_for = shown_for
        self._further = further
        self._all = (*passages, *further)
        self._bibliography = Bibliography(self._all)
        self._claims: dict[str, Claim] = {}
        self._withheld: list[Withheld] = []
        self._lost_markers = 0
        self._notes: list[str] = []
        self.confidence: float | None = None
        self.unsure = False

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The sentences to show, in order."""
        return tuple(self._claims.values())

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The sentences not to show, in order, with their verdicts."""
        return tuple(self._withheld)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the sentences to show cite, by number."""
        return self._bibliography.citations

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader got wrong besides its sentences."""
        if not self._lost_markers:
            return tuple(self._notes)
        plural = "markers" if self._lost_markers > 1 else "marker"
        return (*self._notes, f"The reader cited passages it was not given; {self._lost_markers} {plural} dropped.")

    def note(self, sentence: str) -> None:
        """Keeps a sentence for the user about what went wrong."""
        self._notes.append(sentence)

    def enter(self, checked: Checked) -> list[tuple[Claim, tuple[Citation, ...]]]:
        """Notes a checked sentence; gives the claims to show for it, with their citations.

        None where it may not be shown or is not new; two where a later figure overtakes the one it gives, and leads.
        """
        self._lost_markers += len(set(checked.sentence.cites) - {passage.number for passage in self._passages})
        if checked.verdict.support is not Support.SUPPORTED or not checked.quotes:
            withheld = Withheld(checked.sentence.text, _failing(checked.verdict), checked.nearest)
            if withheld not in self._withheld:
                self._withheld.append(withheld)
            return []
        if flat(checked.sentence.text) in self._claims:
            return []
        leading = self._overtaking(checked.quotes)
        citations = self._bibliography.cite(checked.quotes)
        claim = Claim(
            text=checked.sentence.text,
            citations=tuple(citation.number for citation in citations),
            verdict=checked.verdict,
            attribution=checked.attribution,
            certainty=checked.certainty,
            kind=self._kind(checked.sentence.text, citations),
        )
        self._claims[flat(claim.text)] = claim
        return [*leading, (claim, citations)]

    def answer(self, question: str, trace: Trace) -> Answer:
        """The reply that shows the claims, and where sources differ, those that nobody cited included.

        Where a later report gives another figure than the one shown, what it says leads.
        """
        asked = trace.standalone_question
        found, told = self._disputed(self._bibliography, asked)
        citations = self._bibliography.citations
        dates = [date for citation in citations for date in (citation.published, citation.updated) if date]
        newest = None if self._shown_for else leading_figure(found, told, asked)
        return in_order_of_citing(
            Answer(
                question=question,
                claims=self._in_order(newest, found, told, asked),
                citations=citations,
                withheld=self.withheld,
                conflicts=conflicts_of(found),
                as_of=max(dates, default=None),
                trace=trace,
                confidence=self.confidence,
                unsure=self.unsure,
            )
        )

    def _disputed(
        self, bibliography: Bibliography, asked: str
    ) -> tuple[list[Dispute], Mapping[int, Attribution | None]]:
        """What the citations differ on, and who says each; sentences nobody cited that differ are cited too."""
        shown = bibliography.citations
        found = disputes(shown, asked)
        told = {c.number: find_attribution(c.quote) for c in shown}
        more = those_on(asked, self._further) if asks_what_changes(asked) else []
        for rival in find_rivals(shown, [*self._passages, *more], asked):
            citation = bibliography.cite([rival.quote])[0]
            told[citation.number] = find_attribution(citation.quote, rival.sentence.before, rival.sentence.quotation)
            found.append(Dispute.between(rival.against, citation, rival.difference))
        return found, told

    def _overtaking(self, quotes: Sequence[Quote]) -> list[tuple[Claim, tuple[Citation, ...]]]:
        """The newest figure in place of the one that is about to be shown, where nothing shown gives it."""
        if self._shown_for is None:
            return []
        apart = Bibliography(self._all)
        own = apart.cite(quotes)
        found, told = self._disputed(apart, self._shown_for)
        newest = leading_figure(found, told, self._shown_for)
        shown = {*self._claims, *(flat(citation.quote) for citation in self._bibliography.citations)}
        if newest is None or newest in own or flat(newest.quote) in shown:
            return []
        citation = self._bibliography.adopt(newest)
        claim = self._in_its_words(citation, told[newest.number])
        self._claims[flat(claim.text)] = claim
        return [(claim, (citation,))]

    def _in_order(
        self,
        newest: Citation | None,
        found: Sequence[Dispute],
        told: Mapping[int, Attribution | None],
        asked: str,
    ) -> tuple[Claim, ...]:
        """The claims as they were entered where they were shown so; else what supersedes another before it."""
        if self._shown_for:
            return self.claims
        claims = self._led_by(newest, told[newest.number]) if newest else self.claims
        return newer_first(claims, found, asked)

    def _led_by(self, newest: Citation, attribution: Attribution | None) -> tuple[Claim, ...]:
        """The claims, led by the newest of the figures asked for; its source's own words where nothing cites it."""
        leading = [claim for claim in self.claims if newest.number in claim.citations]
        if not leading:
            return (self._in_its_words(newest, attribution), *self.claims)
        if flat(leading[0].text) not in flat(newest.quote):  # a sentence of a text that somebody wrote stays there
            return self.claims
        return (leading[0], *(claim for claim in self.claims if claim is not leading[0]))

    def _in_its_words(self, citation: Citation, attribution: Attribution | None) -> Claim:
        return Claim(
            text=citation.quote,
            citations=(citation.number,),
            verdict=Verdict(Support.SUPPORTED, 1.0),
            attribution=attribution,
            certainty=certainty_of(citation.quote, attribution),
            kind=self._kind(citation.quote, (citation,)),
        )

    def _kind(self, text: str, citations: Sequence[Citation]) -> ClaimKind:
        """A claim is an opinion piece's only where all it rests on is."""
        articles = {citation.article_id for citation in citations}
        pieces = [[p.chunk for p in self._all if p.chunk.article_id == article] for article in articles]
        return claim_kind_of(text, opinion_piece=all(map(is_opinion_piece, pieces)))

    def abstention(
        self,
        question: str,
        asked: Question,
        searched: Coverage,
        trace: Trace,
        *,
        elsewhere: bool,
        premise: Quote | None = None,
    ) -> Abstention:
        """The reply that says there is no answer, why, and what is nearest.

        ``elsewhere`` tells that articles outside the dates asked about would answer, ``premise`` gives the words that
        contradict what the question takes for granted; they come first.
        """
        near = self._nearest(asked.text, premise)
        return Abstention(
            question=question,
            reason=self._reason(asked, searched, elsewhere),
            searched=searched,
            nearest=near,
            withheld=self.withheld,
            trace=trace,
            premise=near[0].number if premise else None,
            confidence=self.confidence,
        )

    def _reason(self, asked: Question, searched: Coverage, elsewhere: bool) -> AbstentionReason:
        # Never decided from what as_of hides: whether something later exists must not show.
        if elsewhere or (not searched.articles and (asked.as_of or asked.since or asked.until)):
            return AbstentionReason.OUTSIDE_DATES
        if not self._passages:
            return AbstentionReason.NOTHING_RETRIEVED
        return AbstentionReason.UNSUPPORTED if self._withheld else AbstentionReason.NOT_IN_ARTICLES

    def _nearest(self, question: str, premise: Quote | None) -> tuple[Citation, ...]:
        sentences = [sentence for passage in self._passages[:NEAREST] for sentence in reports_of(passage)]
        best: dict[int, tuple[float, PassageSentence]] = {}
        for score, sentence in zip(weighted_coverage(question, [s.text for s in sentences]), sentences, strict=True):
            if sentence.passage not in best or score > best[sentence.passage][0]:
                best[sentence.passage] = (score, sentence)
        quotes = [Quote(s.passage, s.span) for _, s in best.values()]
        return Bibliography(self._passages).cite([premise, *quotes] if premise else quotes)[:NEAREST]


def _failing(verdict: Verdict) -> Verdict:
    if verdict.support is not Support.SUPPORTED:
        return verdict
    return Verdict(Support.NOT_ENOUGH_INFO, verdict.score, (*verdict.reasons, "no exact words bear it out"))
