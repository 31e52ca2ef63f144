"""Every tunable of Dateline, with its one default. Read from dateline.toml and DATELINE_ variables; frozen.

Only ``rag.assemble`` and the command line see these; everything else takes plain arguments.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

Probability = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(_Section):
    """Which files are read."""

    max_file_mb: float = Field(10, gt=0, le=1000, description="larger files are reported and left out")


class Embedding(_Section):
    """Which model turns text into vectors."""

    model: str = Field(
        "packaged",
        description="packaged (all-MiniLM-L6-v2), a sentence-transformers name or path, or llama-index:<package.Class>",
    )
    options: dict[str, str | int | float | bool] = Field(
        default_factory=dict, description="keyword arguments of a LlamaIndex embedding"
    )
    batch_size: int = Field(32, ge=1, le=1024)


class Chunking(_Section):
    """How articles are cut."""

    max_tokens: int = Field(192, ge=32, le=8192, description="of the embedder's tokens, title included")
    overlap: int = Field(32, ge=0, le=1024, description="tokens of the chunk before that are repeated, at most")


class Search(_Section):
    """How candidates are found."""

    candidates: int = Field(40, ge=1, le=500, description="chunks taken from each of dense and lexical, and fused")
    passages: int = Field(8, ge=1, le=50, description="chunks handed to the reader")


class Llm(_Section):
    """The language model that writes drafts, on any OpenAI-compatible server; none by default."""

    base_url: str | None = None
    model: str | None = None
    api_key: SecretStr = SecretStr("none")
    timeout_s: float = Field(60, gt=0, le=3600)
    retries: int = Field(2, ge=0, le=10)
    context_tokens: int = Field(8192, ge=512, le=2_000_000)


class Reader(_Section):
    """How the answer is drafted."""

    max_sentences: int = Field(3, ge=1, le=10)
    threshold: Probability = Field(0.5, description="below this the extractive reader abstains")


class Model(_Section):
    """A cross-encoder: packaged, or any sentence-transformers CrossEncoder by name or path."""

    model: str = "packaged"


class Chat(_Section):
    """The chat window's server."""

    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535, description="0 takes any free port")


class Settings(BaseSettings):
    """All settings; unknown keys are refused."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="DATELINE_",
        env_nested_delimiter="__",
        toml_file="dateline.toml",
    )

    archive: Path = Path(".dateline")
    chroma_url: str | None = Field(None, description="http://host:port of a Chroma server; embedded where absent")
    reader_kind: Literal["auto", "extractive", "llm"] = Field("auto", description="auto: llm where one is configured")
    reading: Reading = Reading()
    embedding: Embedding = Embedding()
    chunking: Chunking = Chunking()
    search: Search = Search()
    llm: Llm = Llm()
    reader: Reader = Reader()
    reranker: Model = Model()
    verifier: Model = Model()
    chat: Chat = Chat()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (no .env files: one file, one prefix)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line wins over the environment, the environment over dateline.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
