"""Protocols that ``index`` depends on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Unit vectors: shape (n, dimension), float32, each row of length 1."""


class Embedder(Protocol):
    """Embeds texts as unit vectors and counts their tokens."""

    @property
    def name(self) -> str:
        """Model and revision; part of the archive's fingerprint."""
        ...

    @property
    def dimension(self) -> int:
        """Length of one vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Maximum input length in the model's tokens, including special tokens; longer texts would be truncated."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text in the model's tokenizer, without special tokens."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Embed passages as unit vectors, shape (len(texts), dimension)."""
        ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions as unit vectors, shape (len(texts), dimension)."""
        ...
