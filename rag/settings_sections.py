"""The sections of the settings. Each setting has its only default here, with the reason for its value."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

Probability = Annotated[float, Field(ge=0, le=1)]


class Section(BaseModel):
    """Base of all sections: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(Section):
    """Which files are read."""

    max_file_mb: float = Field(default=10, gt=0, le=1000, description="larger files are reported and skipped")


class Embedding(Section):
    """Which model embeds texts."""

    model: str = Field(
        default="packaged",
        description="packaged (all-MiniLM-L6-v2), a sentence-transformers name or path, or llama-index:<package.Class>",
    )
    options: dict[str, str | int | float | bool] = Field(
        default_factory=dict, description="keyword arguments of a LlamaIndex embedding; keys and tokens are never shown"
    )
    batch_size: int = Field(default=32, ge=1, le=1024)


class Chunking(Section):
    """How articles are split into chunks."""

    max_tokens: int = Field(
        default=192, ge=32, le=8192, description="maximum chunk size in the embedder's tokens, title included"
    )
    overlap: int = Field(default=32, ge=0, le=1024, description="maximum overlap of consecutive chunks, in tokens")


class Search(Section):
    """How candidates are found."""

    candidates: int = Field(
        default=40, ge=1, le=500, description="chunks taken from each of the dense and lexical searches before fusion"
    )
    reranked: int = Field(default=12, ge=1, le=500, description="candidates that the reranking model scores")
    passages: int = Field(default=8, ge=1, le=50, description="passages given to the reader")


class Llm(Section):
    """The language model that writes drafts, on any OpenAI-compatible server; none by default."""

    base_url: str | None = Field(
        default=None, pattern=r"^https?://", description="for example http://127.0.0.1:11434/v1"
    )
    model: str | None = None
    api_key: SecretStr = SecretStr("none")
    timeout_s: float = Field(
        default=60, gt=0, le=3600, description="seconds without output after which the request fails"
    )
    retries: int = Field(default=2, ge=0, le=10)
    context_tokens: int = Field(default=8192, ge=512, le=2_000_000)
    output_tokens: int = Field(
        default=2048,
        ge=64,
        le=1_000_000,
        description="limit for the answer and any reasoning before it; at most half the context",
    )

    @model_validator(mode="after")
    def _both_or_neither(self) -> Llm:
        if (self.base_url is None) != (self.model is None):
            raise ValueError("set both base_url and model, or neither")
        return self

    @property
    def configured(self) -> bool:
        """Whether a language model is set."""
        return self.model is not None


class Reader(Section):
    """How the answer is drafted."""

    max_sentences: int = Field(default=3, ge=1, le=10)
    max_words: int = Field(
        default=68, ge=1, le=1000, description="an extract gets no second or later sentence that makes it longer"
    )
    threshold: Probability = Field(
        # A quarter of the answered held-out news questions score lower (evals/bench/reading_weights.py). Of the answers
        # to the sample, RealTimeQA and SQuAD 2 suites with 0.3 to 0.38, 11 show the answer and 32 do not.
        default=0.38,
        description="confidence below which the extractive reader abstains",
    )
    unsure: Probability = Field(
        # At most half of the answers below it are right (sample suite).
        default=0.45,
        description="confidence below which a reply says that it may not answer the question",
    )


class Model(Section):
    """Which cross-encoder is used: "packaged", or any sentence-transformers CrossEncoder by name or path."""

    model: str = "packaged"


class Verification(Section):
    """How drafted sentences are verified."""

    model: str = Field(
        default="packaged",
        description="packaged, a sentence-transformers CrossEncoder with support labels, or llm (the model in [llm])",
    )
    threshold: Probability = Field(
        # 4 % of 222 unfaithful claims pass (2.1 to 7.5 %; evals/bench/verifier_threshold.py).
        default=0.8,
        description="minimum probability of support for a sentence that is not verbatim",
    )


class Chat(Section):
    """The chat window's server."""

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535, description="0 for any free port")
