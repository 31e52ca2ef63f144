"""Run the network on text pairs: sorted by length, in batches, in bfloat16 where the CPU supports it."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from index.embedding import has_bfloat16
from rag.evidence.network import LOGITS, MAX_TOKENS, EvidenceNetwork, load_tokenizer, tensors_of

BATCH = 32


class PairLogits:
    """Computes the logits of text pairs.

    ``bfloat16``: None uses it if the CPU supports it. Its logits differ from those in float32 by a few hundredths.
    """

    def __init__(self, network: EvidenceNetwork, *, bfloat16: bool | None = None) -> None:
        self._network = network.eval()
        if has_bfloat16() if bfloat16 is None else bfloat16:
            self._network = self._network.to(torch.bfloat16)
        self._tokenizer = load_tokenizer(MAX_TOKENS)

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """Logits of (question or claim, text) pairs, in their order: shape (n, 4), float32."""
        encodings = self._tokenizer.encode_batch(list(pairs))
        order = sorted(range(len(pairs)), key=lambda i: len(encodings[i].ids))
        logits = torch.empty(len(pairs), LOGITS)
        with torch.inference_mode():
            for start in range(0, len(order), BATCH):
                places = order[start : start + BATCH]
                batch = tensors_of([(encodings[i].ids, encodings[i].type_ids) for i in places])
                logits[places] = self._network(*batch)
        return logits
