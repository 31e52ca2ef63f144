"""A language model as judge: one claim a call, and an answer that is exactly one JSON object or no verdict at all.

The question and the reading of its answer are those of the verifier's own judge (``rag.llm_judge``).
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.types import Judgement, Pair
from rag import llm_judge
from rag.llm_judge import ATTEMPTS, Completer


class LlmJudge:
    """Asks a language model, once more where it answers with anything but a verdict."""

    costly = True
    trained_on = None

    def __init__(self, model: Completer, name: str) -> None:
        self._model = model
        self.name = name

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement a pair, each from a call of its own; ``support`` None where two tries gave no verdict."""
        return [self._one(pair) for pair in pairs]

    def _one(self, pair: Pair) -> Judgement:
        fault = ""
        for _ in range(ATTEMPTS):
            try:
                text = str(self._model.complete(prompt(pair)))
                return read_verdict(text)
            except ValueError as error:
                fault = str(error)
            except Exception as error:  # noqa: BLE001  (a server that is down is "no verdict", and is counted)
                fault = f"the judge failed: {type(error).__name__}: {error}"
        return Judgement(None, None, (fault,))


def prompt(pair: Pair) -> str:
    """What the model is asked."""
    evidence = "\n".join(f"[{number}] {quote}" for number, quote in enumerate(pair.evidence, start=1))
    return llm_judge.prompt(pair.claim, evidence)


def read_verdict(text: str) -> Judgement:
    """The verdict in a model's whole answer.

    Raises:
        ValueError: it is anything but one JSON object of the shape asked for.
    """
    support, reason = llm_judge.read_verdict(text)
    return Judgement(support, None, (reason,) if reason else ())
