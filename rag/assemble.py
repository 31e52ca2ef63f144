"""Builds a chatbot from settings. Only this module and ``rag.opening`` choose implementations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from index.archive import Archive
from index.embedding import PACKAGED
from index.errors import BadInput
from rag.answer_features import FeatureJudge
from rag.columns import ColumnReader
from rag.conversation import FollowUps, LlmFollowUps
from rag.cross_encoder import CrossEncoderModel
from rag.engine import Chatbot
from rag.evidence.model import EvidenceModel
from rag.extractive import ExtractiveReader
from rag.llm.judge import LlmSupport
from rag.next_steps import NextReader
from rag.opening import embedder, open_archive
from rag.overview import OverviewOrder, OverviewReader
from rag.parts import PartsReader
from rag.ports import Reader, Reranker, Scorer, Verifier
from rag.reader import ChatModel, LlmReader
from rag.rerank import ScoredOrder
from rag.score_cache import CachedScorer
from rag.settings import LLM, Settings
from rag.verify import EvidenceVerifier

__all__ = ["chatbot", "language_model", "open_archive", "reranker", "verifier"]


def chatbot(
    settings: Settings, archive: Archive, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Chatbot:
    """Builds a chatbot over an archive; ``now`` returns the current time, used for questions about the present."""
    model = _chat_model(settings)
    return Chatbot(
        archive,
        reranker(settings),
        _llm_reader(settings, model) if model else _verbatim_reader(settings, archive),
        verifier(settings),
        rewriter=LlmFollowUps(model.complete) if model else FollowUps(),
        verbatim=_verbatim_reader(settings, archive) if model else None,
        candidates=settings.search.candidates,
        passages=settings.search.passages,
        now=now,
    )


def verifier(settings: Settings) -> Verifier:
    """Builds only the verifier."""
    options = settings.verifier
    if options.model == LLM:
        return EvidenceVerifier(LlmSupport(language_model(settings)), needed=options.threshold, sparing=True)
    return EvidenceVerifier(_model(options.model), needed=options.threshold)


def _llm_reader(settings: Settings, model: ChatModel) -> Reader:
    return LlmReader(
        model,
        max_sentences=settings.reader.max_sentences,
        context_tokens=settings.llm.context_tokens,
        output_tokens=settings.llm.output_tokens,
    )


def _verbatim_reader(settings: Settings, archive: Archive) -> Reader:
    options = settings.reader
    judge = FeatureJudge(_scorer(PACKAGED), _model(PACKAGED), embedder(settings))
    sentences = ExtractiveReader(
        judge,
        archive.article,
        max_sentences=options.max_sentences,
        max_words=options.max_words,
        threshold=options.threshold,
        unsure=options.unsure,
    )
    return PartsReader(OverviewReader(NextReader(ColumnReader(sentences))), FollowUps())


def reranker(settings: Settings) -> Reranker:
    """Builds only the reranker."""
    return OverviewOrder(ScoredOrder(_scorer(settings.reranker.model), settings.search.reranked))


def _chat_model(settings: Settings) -> ChatModel | None:
    """The language model that writes drafts, or None if the settings do not ask for one."""
    return language_model(settings) if settings.llm_drafts else None


def language_model(settings: Settings) -> ChatModel:
    """Builds the client for the configured language model.

    Raises:
        BadInput: ``llm.base_url`` or ``llm.model`` is not set.
    """
    llm = settings.llm
    if llm.base_url is None or llm.model is None:
        raise BadInput("A language model is required, but llm.base_url or llm.model is not set; set both.")
    return ChatModel.openai_compatible(
        base_url=llm.base_url,
        model=llm.model,
        api_key=llm.api_key.get_secret_value(),
        timeout_s=llm.timeout_s,
        retries=llm.retries,
        context_tokens=llm.context_tokens,
        output_tokens=llm.output_tokens,
    )


@lru_cache(maxsize=2)
def _scorer(name: str) -> Scorer:
    """The named model behind a cache of scores, shared by reranker and reader."""
    return CachedScorer(_model(name))


@lru_cache(maxsize=2)
def _model(name: str) -> EvidenceModel | CrossEncoderModel:
    """The named model; each is loaded once."""
    return EvidenceModel.load() if name == PACKAGED else CrossEncoderModel(name)
