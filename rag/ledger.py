"""Keeps what was verified and what was withheld while a reply is made, and makes the reply of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from index.types import Coverage, Question
from rag.attribution import find_attribution
from rag.certainty import certainty_of
from rag.citations import Bibliography, in_order_of_citing
from rag.conflicts import Dispute, conflicts_of, disputes, kind_of, moment
from rag.disagreement import content
from rag.figures import facts_of
from rag.instructions import reports_of
from rag.kinds import is_opinion_piece
from rag.kinds import kind_of as claim_kind_of
from rag.passages import PassageSentence, flat
from rag.recency import day_asked
from rag.rivals import asks_for_the_latest, asks_what_changes, find_rivals, is_asked, is_on
from rag.similarity import weighted_coverage
from rag.types import (
    Abstention,
    AbstentionReason,
    Answer,
    Attribution,
    Certainty,
    Checked,
    Citation,
    Claim,
    ClaimKind,
    ConflictKind,
    Passage,
    Quote,
    Support,
    Trace,
    Verdict,
    Withheld,
)

NEAREST = 2  # places named in an abstention
_FIRM = {Certainty.STATED, Certainty.LIKELY}


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
        newest = None if self._shown_for else _newest(found, told, asked)
        return in_order_of_citing(
            Answer(
                question=question,
                claims=self._led_by(newest, told[newest.number]) if newest else self.claims,
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
        searched = [*self._passages]
        if asks_what_changes(asked):
            searched += [passage for passage in self._further if is_on(passage, asked)]
        for rival in find_rivals(shown, searched, asked):
            citation = bibliography.cite([rival.quote])[0]
            told[citation.number] = find_attribution(citation.quote, rival.sentence.before)
            found.append(Dispute.between(rival.against, citation, rival.difference))
        return found, told

    def _overtaking(self, quotes: Sequence[Quote]) -> list[tuple[Claim, tuple[Citation, ...]]]:
        """The newest figure in place of the one that is about to be shown, where nothing shown gives it."""
        if self._shown_for is None:
            return []
        apart = Bibliography(self._all)
        own = apart.cite(quotes)
        found, told = self._disputed(apart, self._shown_for)
        newest = _newest(found, told, self._shown_for)
        if newest is None or newest in own:
            return []
        known = self._bibliography.citations
        citation = self._bibliography.adopt(newest)
        if citation in known:
            return []
        claim = self._in_its_words(citation, told[newest.number])
        self._claims[flat(claim.text)] = claim
        return [(claim, (citation,))]

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


def _newest(found: Sequence[Dispute], told: Mapping[int, Attribution | None], asked: str) -> Citation | None:
    """The newest of the figures asked for, where one overtakes another for certain.

    Of several that give it, the one that tells most of what is asked.
    """
    known = max((day for dispute in found if (day := _day(dispute.newer))), default=None)
    if known and (until := day_asked(asked, known)):
        return _newest_by(until, found, told, asked)
    if not asks_for_the_latest(asked):
        return None
    later = [d for d in found if is_asked(d.difference, asked) and _overtakes(d)]
    firm = [d for d in later if certainty_of(d.newer.quote, told[d.newer.number]) in _FIRM]
    if not firm:
        return None
    latest = _newer_figure(max(firm, key=lambda dispute: moment(dispute.newer)))
    same = [dispute.newer for dispute in firm if _newer_figure(dispute) == latest]
    return max(same, key=lambda citation: (len(content(asked) & content(citation.quote)), *moment(citation)))


def _newest_by(
    until: date, found: Sequence[Dispute], told: Mapping[int, Attribution | None], asked: str
) -> Citation | None:
    """The newest of the figures asked for that was known on a day."""
    about = [dispute for dispute in found if is_asked(dispute.difference, asked)]
    known = [d.newer for d in about if _overtakes(d)] + [d.older for d in about if (_day(d.newer) or until) > until]
    firm = [c for c in known if (_day(c) or until) <= until and certainty_of(c.quote, told[c.number]) in _FIRM]
    return max(firm, key=moment, default=None)


def _day(citation: Citation) -> date | None:
    known = citation.updated or citation.published
    return known.date() if known else None


def _newer_figure(dispute: Dispute) -> float | str:
    difference = dispute.difference
    return difference.figures[1].amount.value if difference.figures else difference.says[1].casefold()


def _overtakes(dispute: Dispute) -> bool:
    """The newer figure takes the older one's place: it says so, or is a day or more younger."""
    kind = kind_of(dispute.older, dispute.newer, dispute.difference)
    older, newer = dispute.older.published, dispute.newer.published
    is_later = bool(older and newer and newer - older >= timedelta(days=1))
    return kind is ConflictKind.UPDATE or (kind is ConflictKind.COUNT and is_later and _stands(dispute.newer.quote))


def _stands(quote: str) -> bool:
    """It says itself what it counts, and is no count that somebody sets against another ("police speak of 3,500")."""
    return any(fact.counts for fact in facts_of(quote))


def _failing(verdict: Verdict) -> Verdict:
    if verdict.support is not Support.SUPPORTED:
        return verdict
    return Verdict(Support.NOT_ENOUGH_INFO, verdict.score, (*verdict.reasons, "no exact words bear it out"))
