"""The seams ``index`` is built around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Shape (n, dimension), float32, each row of length 1."""


class Embedder(Protocol):
    """Turns texts into unit vectors and says how long a text it can take."""

    @property
    def name(self) -> str:
        """Identifies model and revision; part of the archive's fingerprint."""
        ...

    @property
    def dimension(self) -> int:
        """Length of one vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """The longest input in the model's own tokens, special tokens included; beyond it text would be cut."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text in the model's own tokenizer, without special tokens."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (len(texts), dimension)."""
        ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, shape (len(texts), dimension)."""
        ...
