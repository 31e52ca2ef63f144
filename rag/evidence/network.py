"""The cross-encoder: all-MiniLM-L6-v2 reading both texts at once, with one small head for both tasks.

Only the six layers and the head are trained; the word vectors stay those of the packaged base, which is why the
file to ship is 21 MB in half precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import safe_open
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers.models.bert import BertConfig, BertModel

from index.embedding import packaged_model

MAX_TOKENS = 256
LOGITS = 4
"""One logit for answers, then supported, refuted, not enough info."""


class EvidenceNetwork(nn.Module):
    """Logits of pairs, shape (n, 4), float32."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(2 * config.hidden_size, LOGITS)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """``ids``, ``mask`` and ``types`` are of shape (n, tokens); the head sees the first token and the mean."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        logits: Tensor = self.head(self.dropout(torch.cat((hidden[:, 0], mean), dim=-1)))
        return logits.float()

    def trained(self) -> dict[str, Tensor]:
        """What training changes, and a file has to hold: everything but the word vectors."""
        return {
            name: tensor for name, tensor in self.state_dict().items() if not name.startswith("encoder.embeddings.")
        }


def untrained() -> EvidenceNetwork:
    """The network with the base's weights and a fresh head; its word vectors are frozen."""
    folder = packaged_model()
    network = EvidenceNetwork(BertConfig.from_json_file(folder / "config.json"))
    with safe_open(folder / "model.safetensors", framework="pt") as weights:
        base = {f"encoder.{key}": weights.get_tensor(key) for key in weights.keys()}  # noqa: SIM118  (not a dict)
    wanted = set(network.state_dict())
    network.load_state_dict({key: value for key, value in base.items() if key in wanted}, strict=False)
    network.encoder.embeddings.requires_grad_(False)
    return network


def load_tokenizer(max_tokens: int = MAX_TOKENS) -> Tokenizer:
    """The base's tokenizer, cutting the longer of two texts where both together are over ``max_tokens``."""
    tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens, strategy="longest_first")
    tokenizer.no_padding()
    return tokenizer


def tensors_of(encodings: Sequence[tuple[Sequence[int], Sequence[int]]]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and types of a batch of (ids, types), padded to its longest and on to a multiple of 16.

    Few widths, since the kernels are compiled anew for every shape they meet.
    """
    width = -(-max(len(ids) for ids, _ in encodings) // 16) * 16
    shape = (len(encodings), width)
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    for row, (tokens, segments) in enumerate(encodings):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        types[row, : len(tokens)] = torch.tensor(segments)
        mask[row, : len(tokens)] = 1
    return ids, mask, types


def checkpoint_path(folder: Path) -> Path:
    """Where a training run keeps its state."""
    return folder / "checkpoint.pt"
