"""A language model as judge: one claim per call. Output that is not exactly one JSON object is "no verdict".

Prompt and parser are shared with the verifier's language model judge (``rag.llm.judge``).
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.types import Judgement, Pair
from rag.llm import judge as llm_judge
from rag.llm.judge import ATTEMPTS, Completer


class LlmJudge:
    """Asks a language model, and asks again if its output is not a verdict."""

    costly = True
    trained_on = None

    def __init__(self, model: Completer, name: str) -> None:
        self._model = model
        self.name = name

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement per pair, each from its own call; ``support`` is None if no attempt gave a verdict."""
        return [self._one(pair) for pair in pairs]

    def _one(self, pair: Pair) -> Judgement:
        fault = ""
        for _ in range(ATTEMPTS):
            try:
                text = str(self._model.complete(prompt(pair)))
                return read_verdict(text)
            except ValueError as error:
                fault = str(error)
            except Exception as error:  # noqa: BLE001  (a server that is down gives "no verdict", which is counted)
                fault = f"the judge failed: {type(error).__name__}: {error}"
        return Judgement(None, None, (fault,))


def prompt(pair: Pair) -> str:
    """The prompt for a pair."""
    evidence = "\n".join(f"[{number}] {quote}" for number, quote in enumerate(pair.evidence, start=1))
    return llm_judge.prompt(pair.claim, evidence)


def read_verdict(text: str) -> Judgement:
    """Parse a model's whole output.

    Raises:
        ValueError: the output is not exactly one JSON object of the requested shape.
    """
    support, reason = llm_judge.read_verdict(text)
    return Judgement(support, None, (reason,) if reason else ())
