"""Each drafted sentence against the words it cites: supported by exact quotes, or withheld with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.types import Span
from rag.attribution import find_attribution
from rag.certainty import certainty_of
from rag.checks import run
from rag.instructions import addresses_a_machine, reports_of
from rag.language.quotations import begins_inside, is_left_open
from rag.language.stems import stems, words
from rag.passages import PassageSentence, flat
from rag.ports import SupportJudge
from rag.similarity import coverage
from rag.types import Certainty, Checked, Finding, Passage, Quote, Sentence, Support, Verdict

_MARKUP = re.compile(r"https?:\S+|www\.\S+|!?\[[^\]]*\]\(\S*|</?[a-zA-Z!][^>\s]*|javascript:\S*", re.IGNORECASE)
# Words that turn round or suspend what stands beside them: "nobody says", "if", "it is false that".
_LIMITING = frozenset(
    {"if", "unless", "whether", "nobody", "none", "no", "not", "never", "nor", "neither", "without", "false", "untrue"}
)

WINDOWS = 3  # how many of the likeliest evidence sentences of a passage are tried, alone and together
NEEDED = 0.8  # probability of support from which a rewritten sentence is shown
ALIKE = 0.2  # a cited passage that holds so much less of the words than another one is not quoted beside it
NEAREST = 0.6  # a cited sentence with less of its words does not stand for one that is withheld
COVERED = 1.0  # share of a rewritten sentence's content words its evidence must hold where no model judges

Days = Mapping[int, date | None]  # when the article of each passage came out


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim held against some sentences of a passage."""

    evidence: tuple[PassageSentence, ...]
    verdict: Verdict
    findings: int
    held: float  # share of the claim's content words in the evidence, 0 to 1


class EvidenceVerifier:
    """Checks word for word where the sentence is verbatim, else by every check and as a whole."""

    def __init__(self, judge: SupportJudge | None = None, *, needed: float = NEEDED, sparing: bool = False) -> None:
        """Takes the judge of support as a whole; without one, words decide, and strictly.

        ``needed`` is the probability of support, 0 to 1, that a sentence in other words must reach; ``sparing``
        holds it against two pieces of each passage at most, for a judge that costs.
        """
        self._judge = judge
        self._needed = needed
        self._sparing = sparing

    def verify(self, sentence: Sentence, passages: Sequence[Passage]) -> Checked:
        """The verdict on one sentence, with the exact words it rests on where it is supported."""
        cited = [passage for passage in passages if passage.number in sentence.cites]
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
        if not passed and len(trials) > 1:  # what no passage says alone, several may say together
            together = self._try(sentence.text, tuple(s for trial in trials for s in trial.evidence), published)
            passed = [together] if together.verdict.support is Support.SUPPORTED else []
        if passed:
            best = max(trial.held for trial in passed)
            told = [trial.evidence for trial in passed if trial.held >= best - ALIKE]
            return _supported(sentence, told, max(passed, key=_rank).verdict)
        if not trials:
            return _withheld(sentence, "the cited passages hold nothing but instructions")
        return Checked(sentence, max(trials, key=_rank).verdict, (), nearest=_nearest(sentence.text, sources))

    def _best_trial(self, claim: str, source: Sequence[PassageSentence], published: Days) -> Trial | None:
        """The first evidence that bears the claim out, shortest first; else what comes nearest."""
        best: Trial | None = None
        windows = list(_windows(claim, source))
        if self._sparing:  # the likeliest sentence, and all that is likely together
            windows = list(dict.fromkeys((*windows[:1], *windows[-1:])))
        for evidence in windows:
            trial = self._try(claim, evidence, published)
            if trial.verdict.support is Support.SUPPORTED:
                return trial
            if best is None or _rank(trial) > _rank(best):
                best = trial
        return best

    def _try(self, claim: str, evidence: tuple[PassageSentence, ...], published: Days) -> Trial:
        days = {published.get(sentence.passage) for sentence in evidence}  # articles of two days share no "Tuesday"
        told = " ".join(sentence.text for sentence in evidence)
        held = coverage(frozenset(stems(claim)), frozenset(stems(told)))
        findings = (
            *_markup(claim, told),
            *_laundered(claim, told),
            *run(claim, told, days.pop() if len(days) == 1 else None),
        )
        if findings:
            return Trial(evidence, _failed(findings, held), len(findings), held)
        return Trial(evidence, self._as_a_whole(claim, told, held, alone=len(evidence) == 1), 0, held)

    def _as_a_whole(self, claim: str, told: str, held: float, *, alone: bool) -> Verdict:
        if self._judge is None:
            return _by_words(claim, told, held, alone=alone)
        scores = self._judge.supports([(claim, told)])[0]
        if scores.supported >= self._needed:
            return Verdict(Support.SUPPORTED, scores.supported)
        if scores.refuted > max(scores.supported, scores.not_enough_info):
            return Verdict(Support.REFUTED, scores.supported, ("the cited words say otherwise",))
        return Verdict(Support.NOT_ENOUGH_INFO, scores.supported, ("the cited words do not say this for certain",))


def _by_words(claim: str, told: str, held: float, *, alone: bool) -> Verdict:
    """Supported where one sentence holds every word: those of two could be mixed into something neither says."""
    if alone and held >= COVERED and stems(claim) and not _limits(told) - _limits(claim):
        return Verdict(Support.SUPPORTED, held)
    return Verdict(Support.NOT_ENOUGH_INFO, min(held, 0.49), ("the cited words do not say this",))


def _markup(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Links and markup are how an injected instruction would carry data out; articles' own may be quoted."""
    foreign = [found for found in _MARKUP.findall(claim) if found not in evidence]
    return (Finding("markup", f"the link or markup {foreign[0]!r} is not in the evidence"),) if foreign else ()


def _laundered(claim: str, evidence: str) -> tuple[Finding, ...]:
    """What is denied or only alleged in the evidence must be so in the sentence."""
    told, said = certainty_of(evidence), certainty_of(claim)
    if told is said or told not in {Certainty.DENIED, Certainty.ALLEGED}:
        return ()
    return (Finding("certainty", f"in the evidence it is {told.value}, in the sentence {said.value}"),)


def _limits(text: str) -> frozenset[str]:
    return _LIMITING & set(words(text))


def _verbatim(claim: str, source: Sequence[PassageSentence]) -> tuple[PassageSentence, ...]:
    """The run of whole sentences that the claim repeats word for word; empty if there is none.

    A part of a sentence is no such run: "the minister resigned" also stands in "Nobody says the minister resigned".
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
    """The likeliest evidence: single sentences, each with the one before it, then the likeliest together."""
    wanted = frozenset(stems(claim))
    held = [coverage(wanted, frozenset(stems(sentence.text))) for sentence in source]
    order = sorted(range(len(source)), key=lambda i: -held[i])[:WINDOWS]
    order = [i for i in order if held[i]] or order[:1]
    for i in order:
        yield (source[i],)
    for i in order:
        if i:
            yield (source[i - 1], source[i])
    if len(order) > 1:
        yield tuple(source[i] for i in sorted(order))


def _nearest(claim: str, sources: Sequence[Sequence[PassageSentence]]) -> Quote | None:
    """The whole sentence that holds most of the claim's words, where it holds many; never half a quotation."""
    wanted = frozenset(stems(claim))
    whole = [s for source in sources for s in source if not begins_inside(s.text) and not is_left_open(s.text)]
    held = [coverage(wanted, frozenset(stems(sentence.text))) for sentence in whole]
    if not wanted or max(held, default=0.0) < NEAREST:
        return None
    nearest = whole[held.index(max(held))]
    return Quote(nearest.passage, nearest.span)


def _failed(findings: Sequence[Finding], held: float) -> Verdict:
    refuted = any(finding.refutes for finding in findings)
    support = Support.REFUTED if refuted else Support.NOT_ENOUGH_INFO
    return Verdict(support, min(held, 0.49), tuple(dict.fromkeys(finding.reason for finding in findings)))


def _rank(trial: Trial) -> tuple[int, float]:
    return -trial.findings, trial.verdict.score


def _withheld(sentence: Sentence, reason: str) -> Checked:
    return Checked(sentence, Verdict(Support.NOT_ENOUGH_INFO, 0.0, (reason,)), ())


def _supported(sentence: Sentence, evidence: Sequence[Sequence[PassageSentence]], verdict: Verdict) -> Checked:
    first = evidence[0][0]
    attribution = find_attribution(" ".join(s.text for s in evidence[0]), first.before, first.quotation)
    return Checked(
        sentence=sentence,
        verdict=verdict,
        quotes=tuple(dict.fromkeys(quote for run_of in evidence for quote in _quotes(run_of))),
        attribution=attribution,
        certainty=certainty_of(" ".join(s.text for s in evidence[0]), attribution),
    )


def _quotes(sentences: Sequence[PassageSentence]) -> Iterator[Quote]:
    """Neighbouring sentences are one quote."""
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
