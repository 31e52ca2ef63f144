"""Offline judges: Dateline's own verifier, and its evidence model alone, sentence by sentence, on the quotes only.

Dateline's replies have already passed the same verifier, so on them this judge is only a consistency check. Its error
is measured on claims labelled by people (``dateline eval judge``) and reported beside its scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.judges.aggregate import sentences, weakest
from evals.types import Judgement, Pair
from index.types import Chunk, Span
from rag.evidence.examples import Trained
from rag.ports import SupportJudge, SupportScores, Verifier
from rag.types import Passage, Sentence, Support


class VerifierJudge:
    """Any ``rag.ports.Verifier`` as a judge."""

    costly = False

    def __init__(self, verifier: Verifier, name: str, trained_on: Mapping[str, Trained] | None = None) -> None:
        self._verifier = verifier
        self.name = name
        self.trained_on = trained_on

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement per pair; a claim without evidence is unsupported."""
        return [self._one(pair) for pair in pairs]

    def _one(self, pair: Pair) -> Judgement:
        passages = [_passage(number, quote) for number, quote in enumerate(pair.evidence, start=1)]
        cites = tuple(passage.number for passage in passages)
        return weakest([self._sentence(text, cites, passages) for text in sentences(pair.claim)])

    def _sentence(self, text: str, cites: tuple[int, ...], passages: Sequence[Passage]) -> Judgement:
        verdict = self._verifier.verify(Sentence(text, cites), passages).verdict
        return Judgement(verdict.support, verdict.score, verdict.reasons)


def _passage(number: int, quote: str) -> Passage:
    chunk = Chunk(f"evidence-{number}", f"evidence-{number}", 0, Span(0, len(quote)), quote)
    return Passage(number, chunk, 1.0)


class ModelJudge:
    """The evidence model without the deterministic checks. It accepts more paraphrases, and more wrong numbers."""

    costly = False

    def __init__(self, model: SupportJudge, name: str, trained_on: Mapping[str, Trained] | None = None) -> None:
        self._model = model
        self.name = name
        self.trained_on = trained_on

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement per pair; all sentences of all pairs go to the model in one call."""
        claims = [sentences(pair.claim) for pair in pairs]
        asked = [(text, " ".join(pair.evidence)) for pair, texts in zip(pairs, claims, strict=True) for text in texts]
        scores = iter(self._model.supports(asked))
        return [weakest([_scored(next(scores)) for _ in texts]) for texts in claims]


def _scored(scores: SupportScores) -> Judgement:
    if scores.supported >= max(scores.refuted, scores.not_enough_info):
        return Judgement(Support.SUPPORTED, scores.supported)
    silent = scores.not_enough_info >= scores.refuted
    return Judgement(Support.NOT_ENOUGH_INFO if silent else Support.REFUTED, scores.supported)
