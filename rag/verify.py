"""Verifies each drafted sentence against the passages it cites: supported by exact quotes, or withheld with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.types import Span
from rag.checks import run
from rag.checks.finding import Finding
from rag.instructions import addresses_a_machine, reports_of
from rag.language.joining import joined
from rag.language.quotations import begins_inside, is_left_open
from rag.language.stems import stems, words
from rag.passages import PassageSentence, flat
from rag.ports import SupportJudge
from rag.similarity import coverage
from rag.stance.attribution import find_attribution
from rag.stance.certainty import certainty_of
from rag.types import Certainty, Checked, Passage, Quote, Sentence, Support, Verdict

_MARKUP = re.compile(r"https?:\S+|www\.\S+|!?\[[^\]]*\]\(\S*|</?[a-zA-Z!][^>\s]*|javascript:\S*", re.IGNORECASE)
# Words that negate or suspend a statement: "nobody says", "if", "it is false that".
_LIMITING = frozenset(
    {"if", "unless", "whether", "nobody", "none", "no", "not", "never", "nor", "neither", "without", "false", "untrue"}
)

WINDOWS = 3  # the number of most similar sentences of a passage that are tried as evidence, alone and together
ALIKE = 0.2  # a supporting passage is quoted only if its coverage is at most this much below the best one's
NEAREST = 0.6  # minimum coverage of a withheld sentence's stems by the source sentence named as nearest to it

Days = Mapping[int, date | None]  # publication day by passage number


@dataclass(frozen=True, slots=True)
class Trial:
    """The result of checking a claim against some evidence.

    Attributes:
        evidence: source sentences.
        verdict: the result.
        findings: the number of problems that the checks found.
        covered: share of the claim's stems that the evidence contains, 0 to 1.
    """

    evidence: tuple[PassageSentence, ...]
    verdict: Verdict
    findings: int
    covered: float


class EvidenceVerifier:
    """Compares verbatim sentences word for word; applies all checks and then the judge to reworded ones."""

    def __init__(self, judge: SupportJudge | None = None, *, needed: float = 1.0, sparing: bool = False) -> None:
        """Creates a verifier.

        Args:
            judge: judges whether evidence supports a reworded sentence as a whole. Without one, a single source
                sentence must contain the share ``needed`` of its stems.
            needed: minimum support for a reworded sentence, 0 to 1: the judge's probability, or without a judge the
                share of stems. By default only complete support is enough.
            sparing: try at most two pieces of evidence for each passage, for a judge that is slow or costs money.
        """
        self._judge = judge
        self._needed = needed
        self._sparing = sparing

    def verify(self, sentence: Sentence, passages: Sequence[Passage]) -> Checked:
        """The verdict on a sentence, with the exact words that support it, if any."""
        cited = [passage for passage in passages if passage.number in sentence.cites]  # unknown numbers are ignored
        if not cited:
            return _withheld(sentence, "it cites no article")
        if addresses_a_machine(sentence.text):
            return _withheld(sentence, "it is an instruction, not a report")
        sources = [reports_of(passage) for passage in cited]
        verbatim = [found for source in sources if (found := _verbatim(sentence.text, source))]
        if verbatim:
            return _supported(sentence, verbatim, Verdict(Support.SUPPORTED, 1.0))
        published = {p.number: p.chunk.published.date() if p.chunk.published else None for p in cited}
        trials = [trial for source in sources if (trial := self._best_trial(sentence.text, source, published))]
        passed = [trial for trial in trials if trial.verdict.support is Support.SUPPORTED]
        if not passed and len(trials) > 1:  # several passages may support together what none supports alone
            together = self._try(sentence.text, tuple(s for trial in trials for s in trial.evidence), published)
            passed = [together] if together.verdict.support is Support.SUPPORTED else []
        if passed:
            best = max(trial.covered for trial in passed)
            evidence = [trial.evidence for trial in passed if trial.covered >= best - ALIKE]
            return _supported(sentence, evidence, max(passed, key=_rank).verdict)
        if not trials:
            return _withheld(sentence, "the cited passages contain nothing but instructions")
        return Checked(sentence, max(trials, key=_rank).verdict, (), nearest=_nearest(sentence.text, sources))

    def _best_trial(self, claim: str, source: Sequence[PassageSentence], published: Days) -> Trial | None:
        """The first trial that passes, with the shortest evidence first; else the one that comes nearest to it."""
        best: Trial | None = None
        windows = list(_windows(claim, source))
        if self._sparing:  # only the most similar sentence, and the most similar ones together
            windows = list(dict.fromkeys((*windows[:1], *windows[-1:])))
        for evidence in windows:
            trial = self._try(claim, evidence, published)
            if trial.verdict.support is Support.SUPPORTED:
                return trial
            if best is None or _rank(trial) > _rank(best):
                best = trial
        return best

    def _try(self, claim: str, evidence: tuple[PassageSentence, ...], published: Days) -> Trial:
        days = {published.get(sentence.passage) for sentence in evidence}
        day = days.pop() if len(days) == 1 else None  # "Tuesday" is ambiguous in articles of different days
        text = joined(sentence.text for sentence in evidence)
        covered = coverage(frozenset(stems(claim)), frozenset(stems(text)))
        findings = (*_foreign_markup(claim, text), *_lost_certainty(claim, text), *run(claim, text, day))
        if findings:
            return Trial(evidence, _failed(findings, covered), len(findings), covered)
        return Trial(evidence, self._judged(claim, text, covered, alone=len(evidence) == 1), 0, covered)

    def _judged(self, claim: str, evidence: str, covered: float, *, alone: bool) -> Verdict:
        """The judge's verdict, or without a judge one by coverage; ``alone`` if the evidence is a single sentence."""
        if self._judge is None:
            return self._by_coverage(claim, evidence, covered, alone=alone)
        scores = self._judge.supports([(claim, evidence)])[0]
        if scores.supported >= self._needed:
            return Verdict(Support.SUPPORTED, scores.supported)
        if scores.refuted > max(scores.supported, scores.not_enough_info):
            return Verdict(Support.REFUTED, scores.supported, ("the cited words say otherwise",))
        return Verdict(Support.NOT_ENOUGH_INFO, scores.supported, ("the cited words do not say this for certain",))

    def _by_coverage(self, claim: str, evidence: str, covered: float, *, alone: bool) -> Verdict:
        """Supported if a single sentence contains the words: those of two could combine to what neither says."""
        is_limited = bool(_limiting_words(evidence) - _limiting_words(claim))
        if alone and covered >= self._needed and stems(claim) and not is_limited:
            return Verdict(Support.SUPPORTED, covered)
        return Verdict(Support.NOT_ENOUGH_INFO, min(covered, 0.49), ("the cited words do not say this",))


def _foreign_markup(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Links and markup must be in the evidence: an injected instruction could use others to leak data."""
    foreign = [found for found in _MARKUP.findall(claim) if found not in evidence]
    return (Finding("markup", f"the link or markup {foreign[0]!r} is not in the evidence"),) if foreign else ()


def _lost_certainty(claim: str, evidence: str) -> tuple[Finding, ...]:
    """What is denied or alleged in the evidence must be denied or alleged in the sentence as well."""
    source, own = certainty_of(evidence), certainty_of(claim)
    if source is own or source not in {Certainty.DENIED, Certainty.ALLEGED}:
        return ()
    return (Finding("certainty", f"it is {source.value} in the evidence, but {own.value} in the sentence"),)


def _limiting_words(text: str) -> frozenset[str]:
    return _LIMITING & set(words(text))


def _verbatim(claim: str, source: Sequence[PassageSentence]) -> tuple[PassageSentence, ...]:
    """The consecutive whole sentences that the claim repeats word for word; empty if there are none.

    Part of a sentence does not count: "Nobody says the minister resigned" contains "the minister resigned".
    """
    wanted = flat(claim)
    for first in range(len(source)):
        words = ""
        for last in range(first, len(source)):
            words = f"{words} {flat(source[last].text)}".strip()
            if words == wanted:
                return tuple(source[first : last + 1])
            if not wanted.startswith(words):
                break
    return ()


def _windows(claim: str, source: Sequence[PassageSentence]) -> Iterator[tuple[PassageSentence, ...]]:
    """Candidate evidence: the most similar sentences alone, each with the one before it, and then all together."""
    wanted = frozenset(stems(claim))
    covered = [coverage(wanted, frozenset(stems(sentence.text))) for sentence in source]
    order = sorted(range(len(source)), key=lambda i: -covered[i])[:WINDOWS]
    order = [i for i in order if covered[i]] or order[:1]
    for i in order:
        yield (source[i],)
    for i in order:
        if i:
            yield (source[i - 1], source[i])
    if len(order) > 1:
        yield tuple(source[i] for i in sorted(order))


def _nearest(claim: str, sources: Sequence[Sequence[PassageSentence]]) -> Quote | None:
    """The source sentence with the highest coverage of the claim, at least ``NEAREST``; never part of a quotation."""
    wanted = frozenset(stems(claim))
    whole = [s for source in sources for s in source if not begins_inside(s.text) and not is_left_open(s.text)]
    covered = [coverage(wanted, frozenset(stems(sentence.text))) for sentence in whole]
    if not wanted or max(covered, default=0.0) < NEAREST:
        return None
    nearest = whole[covered.index(max(covered))]
    return Quote(nearest.passage, nearest.span)


def _failed(findings: Sequence[Finding], covered: float) -> Verdict:
    refuted = any(finding.refutes for finding in findings)
    support = Support.REFUTED if refuted else Support.NOT_ENOUGH_INFO
    return Verdict(support, min(covered, 0.49), tuple(dict.fromkeys(finding.reason for finding in findings)))


def _rank(trial: Trial) -> tuple[int, float]:
    return -trial.findings, trial.verdict.score


def _withheld(sentence: Sentence, reason: str) -> Checked:
    return Checked(sentence, Verdict(Support.NOT_ENOUGH_INFO, 0.0, (reason,)), ())


def _supported(sentence: Sentence, evidence: Sequence[Sequence[PassageSentence]], verdict: Verdict) -> Checked:
    first = evidence[0][0]
    attribution = find_attribution(joined(s.text for s in evidence[0]), first.before, first.quotation)
    return Checked(
        sentence=sentence,
        verdict=verdict,
        quotes=tuple(dict.fromkeys(quote for run_of in evidence for quote in _quotes(run_of))),
        attribution=attribution,
        certainty=certainty_of(joined(s.text for s in evidence[0]), attribution),
    )


def _quotes(sentences: Sequence[PassageSentence]) -> Iterator[Quote]:
    """Yields the quotes, with adjacent sentences merged into one."""
    start: PassageSentence | None = None
    end: PassageSentence | None = None
    for sentence in sentences:
        if start and end and sentence.passage == end.passage and sentence.before == end.text:
            end = sentence
            continue
        if start and end:
            yield Quote(start.passage, Span(start.span.start, end.span.end))
        start = end = sentence
    if start and end:
        yield Quote(start.passage, Span(start.span.start, end.span.end))
