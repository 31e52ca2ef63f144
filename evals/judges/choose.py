"""Creates judges by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evals.judges import JUDGES
from evals.judges.baselines import BigramJudge, CosineJudge, OverlapJudge
from evals.judges.embedded import ModelJudge, VerifierJudge
from evals.judges.llm import LlmJudge
from evals.types import Judge
from index.embedding import PACKAGED, load_embedder
from index.errors import BadInput
from rag.evidence.examples import TRAINED_ON

if TYPE_CHECKING:
    from rag.settings import Settings


def judge_named(name: str, settings: Settings) -> Judge:
    """The judge called ``name``, with the models that ``settings`` name.

    Raises:
        BadInput: there is no such judge, or ``llm`` is asked for and no language model is configured.
    """
    match name:
        case "embedded":
            return _embedded(settings)
        case "model":
            return _model()
        case "llm":
            return _llm(settings)
        case "overlap":
            return OverlapJudge()
        case "bigram":
            return BigramJudge()
        case "cosine":
            return CosineJudge(load_embedder(settings.embedding.model, batch_size=settings.embedding.batch_size))
        case _:
            raise BadInput(f"there is no judge called {name!r}; use {', '.join(JUDGES)}")


def _embedded(settings: Settings) -> Judge:
    from rag.assemble import verifier  # noqa: PLC0415  (torch, where the model is used)

    name = f"embedded {_verifying(settings)}"
    return VerifierJudge(verifier(settings), name, TRAINED_ON if settings.verifier.model == PACKAGED else None)


def _verifying(settings: Settings) -> str:
    """The verifier's model in a few words; the packaged one by its hash, since a card describes one set of weights."""
    from rag.evidence.model import WEIGHTS_SHA256  # noqa: PLC0415
    from rag.settings import LLM  # noqa: PLC0415  (pydantic)

    wanted = settings.verifier.model
    if wanted == PACKAGED:
        return WEIGHTS_SHA256[:8]
    return f"{LLM} {settings.llm.model}" if wanted == LLM else wanted


def _model() -> Judge:
    from rag.evidence.model import WEIGHTS_SHA256, EvidenceModel  # noqa: PLC0415  (torch)

    return ModelJudge(EvidenceModel.load(), f"model {WEIGHTS_SHA256[:8]}", TRAINED_ON)


def _llm(settings: Settings) -> Judge:
    from rag.assemble import language_model  # noqa: PLC0415  (LlamaIndex)

    return LlmJudge(language_model(settings), f"llm {settings.llm.model}")
