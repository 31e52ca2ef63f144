"""Collects verified and withheld sentences while a reply is being made, and builds the reply from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.types import Coverage, Question
from rag.abstaining import nearest_citations, reason_for
from rag.citations import Bibliography, in_order_of_citing
from rag.claims import claim_from, verbatim_claim, withheld_from
from rag.facts.conflicts import conflicts_of
from rag.facts.disputes import Dispute, disputes
from rag.passages import flat
from rag.question.target import asks_what_changes, those_on
from rag.rivals.finding import find_rivals
from rag.rivals.leading import leading_figure, newer_first, stated_change
from rag.stance.attribution import find_attribution
from rag.types import (
    Abstention,
    Answer,
    Attribution,
    Checked,
    Citation,
    Claim,
    Passage,
    Quote,
    Support,
    Trace,
    Withheld,
)


class Ledger:
    """The state of one reply while it is being made."""

    def __init__(
        self, passages: Sequence[Passage], *, shown_for: str | None = None, further: Sequence[Passage] = ()
    ) -> None:
        """Starts without sentences.

        Args:
            passages: those that the reader gets.
            shown_for: the question, if sentences are displayed as soon as they are entered: then claims are neither
                reordered nor renumbered. None if only the complete reply is displayed.
            further: passages that were retrieved but not read, numbered after ``passages``. They are searched for
                newer or differing figures and dates if the question asks for one.
        """
        self._passages = passages
        self._shown_for = shown_for
        self._further = further
        self._all = (*passages, *further)
        self._by_chunk = {passage.chunk.id: passage for passage in self._all}
        self._bibliography = Bibliography(self._all)
        self._claims: dict[str, Claim] = {}
        self._withheld: list[Withheld] = []
        self._lost_markers = 0
        self._notes: list[str] = []
        self.confidence: float | None = None
        self.unsure = False

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims to show, in the order entered."""
        return tuple(self._claims.values())

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The sentences that did not pass, in the order entered, with their verdicts."""
        return tuple(self._withheld)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the claims, by number."""
        return self._bibliography.citations

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the user about what went wrong, other than withheld sentences."""
        if not self._lost_markers:
            return tuple(self._notes)
        plural = "markers" if self._lost_markers > 1 else "marker"
        return (*self._notes, f"The reader cited passages it was not given; {self._lost_markers} {plural} dropped.")

    def note(self, sentence: str) -> None:
        """Adds a sentence for the user about what went wrong."""
        self._notes.append(sentence)

    def enter(self, checked: Checked) -> list[tuple[Claim, tuple[Citation, ...]]]:
        """Records a checked sentence and returns the claims to show for it, each with its citations.

        The list is empty if the sentence is withheld or a duplicate. It has two claims if a later report supersedes the
        figure that the sentence gives: the superseding one comes first.
        """
        self._lost_markers += len(set(checked.sentence.cites) - {passage.number for passage in self._passages})
        if checked.verdict.support is not Support.SUPPORTED or not checked.quotes:
            withheld = withheld_from(checked)
            if withheld not in self._withheld:
                self._withheld.append(withheld)
            return []
        if flat(checked.sentence.text) in self._claims:
            return []
        superseding = self._superseding(checked.quotes)
        citations = self._bibliography.cite(checked.quotes)
        claim = claim_from(checked, citations, self._all)
        self._claims[flat(claim.text)] = claim
        return [*superseding, (claim, citations)]

    def answer(self, question: str, trace: Trace) -> Answer:
        """The reply that shows the claims, and where sources disagree, including sources that no claim cites.

        If a later report gives a different figure than the one shown, the later report comes first.
        """
        asked = trace.standalone_question
        found, attributions = self._disputes(self._bibliography, asked)
        newest = None
        if not self._shown_for:
            newest = self._changed(asked, attributions) or leading_figure(found, attributions, asked)
        citations = self._bibliography.citations
        dates = [date for citation in citations for date in (citation.published, citation.updated) if date]
        return in_order_of_citing(
            Answer(
                question=question,
                claims=self._ordered(newest, found, attributions, asked),
                citations=citations,
                withheld=self.withheld,
                conflicts=conflicts_of(found),
                as_of=max(dates, default=None),
                trace=trace,
                confidence=self.confidence,
                unsure=self.unsure,
            )
        )

    def _changed(self, asked: str, attributions: dict[int, Attribution | None]) -> Citation | None:
        """The sentence that says how the count asked for has changed, if no claim gives that count."""
        quote = stated_change(asked, self._passages, [claim.text for claim in self.claims])
        if quote is None:
            return None
        citation = self._bibliography.cite([quote])[0]
        attributions.setdefault(citation.number, find_attribution(citation.quote))
        return citation

    def _disputes(self, bibliography: Bibliography, asked: str) -> tuple[list[Dispute], dict[int, Attribution | None]]:
        """Where citations disagree, and who says each one.

        Also adds to the bibliography the retrieved sentences that disagree with a citation but that no claim cites.
        """
        shown = bibliography.citations
        found = disputes(shown, asked, self._by_chunk)
        attributions = {c.number: find_attribution(c.quote) for c in shown}
        more = those_on(asked, self._further) if asks_what_changes(asked) else []
        for rival in find_rivals(shown, [*self._passages, *more], asked):
            citation = bibliography.cite([rival.quote])[0]
            attributions[citation.number] = find_attribution(
                citation.quote, rival.sentence.before, rival.sentence.quotation
            )
            found.append(Dispute.between(rival.against, citation, rival.difference))
        return found, attributions

    def _superseding(self, quotes: Sequence[Quote]) -> list[tuple[Claim, tuple[Citation, ...]]]:
        """The newest figure, if it supersedes the one in ``quotes`` and is not shown yet; only while streaming."""
        if self._shown_for is None:
            return []
        trial = Bibliography(self._all)  # separate, so that nothing is numbered that is not shown
        own = trial.cite(quotes)
        found, attributions = self._disputes(trial, self._shown_for)
        newest = leading_figure(found, attributions, self._shown_for)
        shown = {*self._claims, *(flat(citation.quote) for citation in self._bibliography.citations)}
        if newest is None or newest in own or flat(newest.quote) in shown:
            return []
        citation = self._bibliography.adopt(newest)
        claim = verbatim_claim(citation, attributions[newest.number], self._all)
        self._claims[flat(claim.text)] = claim
        return [(claim, (citation,))]

    def _ordered(
        self,
        newest: Citation | None,
        found: Sequence[Dispute],
        attributions: Mapping[int, Attribution | None],
        asked: str,
    ) -> tuple[Claim, ...]:
        """The claims with the newest figure first and updates before what they supersede; as entered if streamed."""
        if self._shown_for:
            return self.claims
        claims = self._led_by(newest, attributions[newest.number]) if newest else self.claims
        return newer_first(claims, found, asked)

    def _led_by(self, newest: Citation, attribution: Attribution | None) -> tuple[Claim, ...]:
        """The claims, starting with the one that cites ``newest``, or with its quote if none does."""
        leading = [claim for claim in self.claims if newest.number in claim.citations]
        if not leading:
            return (verbatim_claim(newest, attribution, self._all), *self.claims)
        if flat(leading[0].text) not in flat(newest.quote):  # reworded by a model: moving it could break its text
            return self.claims
        return (leading[0], *(claim for claim in self.claims if claim is not leading[0]))

    def abstention(
        self,
        question: str,
        asked: Question,
        searched: Coverage,
        trace: Trace,
        *,
        elsewhere: bool,
        premise: Quote | None = None,
        figures: Sequence[Quote] = (),
    ) -> Abstention:
        """The reply that says that there is no answer, why, and which sentences come nearest.

        Args:
            question: as the user wrote it.
            asked: standing alone, with the bounds of the search.
            searched: how much of the archive was searched.
            trace: what happened so far.
            elsewhere: whether articles outside the dates asked about would answer.
            premise: the words that contradict what the question assumes; quoted first.
            figures: quotes that come nearer than others.
        """
        nearest = nearest_citations(asked.text, self._passages, premise, figures)
        return Abstention(
            question=question,
            reason=reason_for(asked, searched, self._passages, drafted=bool(self._withheld), elsewhere=elsewhere),
            searched=searched,
            nearest=nearest,
            withheld=self.withheld,
            trace=trace,
            premise=nearest[0].number if premise else None,
            confidence=self.confidence,
        )
