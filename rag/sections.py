"""The sections of the settings, each tunable with its one default and why it is that."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

Probability = Annotated[float, Field(ge=0, le=1)]


class Section(BaseModel):
    """Frozen, and no key unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(Section):
    """Which files are read."""

    max_file_mb: float = Field(default=10, gt=0, le=1000, description="larger files are reported and left out")


class Embedding(Section):
    """Which model turns text into vectors."""

    model: str = Field(
        default="packaged",
        description="packaged (all-MiniLM-L6-v2), a sentence-transformers name or path, or llama-index:<package.Class>",
    )
    options: dict[str, str | int | float | bool] = Field(
        default_factory=dict, description="keyword arguments of a LlamaIndex embedding; a key or token is never shown"
    )
    batch_size: int = Field(default=32, ge=1, le=1024)


class Chunking(Section):
    """How articles are cut."""

    max_tokens: int = Field(default=192, ge=32, le=8192, description="of the embedder's tokens, title included")
    overlap: int = Field(default=32, ge=0, le=1024, description="tokens of the chunk before that are repeated, at most")


class Search(Section):
    """How candidates are found."""

    candidates: int = Field(
        default=40, ge=1, le=500, description="chunks taken from each of dense and lexical, and fused"
    )
    reranked: int = Field(default=12, ge=1, le=500, description="candidates that the reranking model reads")
    passages: int = Field(default=8, ge=1, le=50, description="chunks handed to the reader")


class Llm(Section):
    """The language model that writes drafts, on any OpenAI-compatible server; none by default."""

    base_url: str | None = Field(default=None, pattern=r"^https?://", description="such as http://127.0.0.1:11434/v1")
    model: str | None = None
    api_key: SecretStr = SecretStr("none")
    timeout_s: float = Field(default=60, gt=0, le=3600, description="silence after which it has failed")
    retries: int = Field(default=2, ge=0, le=10)
    context_tokens: int = Field(default=8192, ge=512, le=2_000_000)
    output_tokens: int = Field(
        default=2048,
        ge=64,
        le=1_000_000,
        description="for its answer and what it thinks first; half the context, at most",
    )

    @model_validator(mode="after")
    def _both_or_neither(self) -> Llm:
        if (self.base_url is None) != (self.model is None):
            raise ValueError("base_url and model are given together or not at all")
        return self

    @property
    def configured(self) -> bool:
        """Whether there is a language model to use."""
        return self.model is not None


class Reader(Section):
    """How the answer is drafted."""

    max_sentences: int = Field(default=3, ge=1, le=10)
    max_words: int = Field(default=68, ge=1, le=1000, description="no further sentence takes an extract over this")
    threshold: Probability = Field(
        default=0.25,  # under it lie a sixth of the answered news questions held out (evals/bench/reading_weights.py)
        description="confidence below which the extractive reader abstains",
    )
    unsure: Probability = Field(
        default=0.4,  # under it half of the answers are right at most (evals/bench/reading_weights.py, sample suite)
        description="confidence below which a reply says that it may not answer the question",
    )


class Model(Section):
    """A cross-encoder: packaged, or any sentence-transformers CrossEncoder by name or path."""

    model: str = "packaged"


class Verification(Section):
    """How a drafted sentence is checked."""

    model: str = Field(
        default="packaged",
        description="packaged, a sentence-transformers CrossEncoder with labels for support, or llm for that of [llm]",
    )
    threshold: Probability = Field(
        default=0.75,  # 5 % of 222 unfaithful claims get through, 2.8 to 8.7 (evals/bench/verifier_threshold.py)
        description="support that a sentence in other words must reach",
    )


class Chat(Section):
    """The chat window's server."""

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535, description="0 takes any free port")
