"""Adapts any LlamaIndex ``BaseEmbedding`` to the ``Embedder`` protocol."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.utils import get_tokenizer

from index.errors import BadInput, EnvironmentProblem
from index.ports import Vectors

MAX_TOKENS = 512  # accepted by nearly every embedding service; LlamaIndex cannot query a model's limit


class LlamaIndexEmbedder:
    """A LlamaIndex embedding as an ``Embedder``; vectors are normalised here, because not every service does so."""

    def __init__(self, embedding: BaseEmbedding, max_tokens: int = MAX_TOKENS) -> None:
        self._embedding = embedding
        self.max_tokens = max_tokens
        self._tokenize = get_tokenizer()

    @classmethod
    def by_name(cls, full_name: str, options: Mapping[str, Any]) -> LlamaIndexEmbedder:
        """Instantiate the class ``package.module.Class`` with ``options``.

        Raises:
            BadInput: the class does not exist or is not an embedding.
        """
        module, _, name = full_name.rpartition(".")
        try:
            found = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise BadInput(
                f"embedding.model names {full_name}, which cannot be imported ({error}); "
                "install its package or correct the name."
            ) from error
        if not (isinstance(found, type) and issubclass(found, BaseEmbedding)):
            raise BadInput(f"embedding.model names {full_name}, which is not a LlamaIndex BaseEmbedding.")
        return cls(found(**options))

    @property
    def name(self) -> str:
        """The name of the class and of its model."""
        return f"llama-index:{type(self._embedding).__name__}:{self._embedding.model_name}"

    @functools.cached_property
    def dimension(self) -> int:
        """Length of one vector, determined by embedding a word."""
        return int(self.embed_questions(["news"]).shape[1])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text in LlamaIndex's tokenizer (tiktoken by default).

        The model's own tokenizer is not known.
        """
        return [len(self._tokenize(text)) for text in texts]

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Embed passages as unit vectors, shape (len(texts), dimension)."""
        return self._unit(lambda: self._embedding.get_text_embedding_batch(list(texts)))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions as unit vectors, shape (len(texts), dimension)."""
        return self._unit(lambda: [self._embedding.get_query_embedding(text) for text in texts])

    def _unit(self, embed: Callable[[], list[list[float]]]) -> Vectors:
        try:
            vectors = np.asarray(embed(), dtype=np.float32)
        except Exception as error:  # every service has its own exceptions
            raise EnvironmentProblem(
                f"The embedding service {self.name} failed ({type(error).__name__}: {error}); "
                "check that it is reachable and that embedding.options is correct."
            ) from error
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True) if vectors.size else 1
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
