"""The cross-encoder: all-MiniLM-L6-v2 reading both texts at once, with one small head for both tasks.

Only the six layers, the match vectors and the head are trained; the word vectors stay those of the packaged base,
which is why the file to ship is 21 MB in half precision.

Every token is told whether the other text holds it too (the exact-match feature of Chen et al. 2017, "Reading
Wikipedia to Answer Open-Domain Questions"): six layers trained on some 100,000 pairs do not find that out by
themselves, and a changed number or name is just a token without a match.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import torch
from safetensors import safe_open
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers.models.bert import BertConfig, BertModel

from index.embedding import packaged_model

MAX_TOKENS = 256
LOGITS = 4
"""One logit for answers, then supported, refuted, not enough info."""
SPECIAL_IDS = frozenset({0, 101, 102})
"""Padding, first token and separator in BERT's vocabulary."""
MATCHES = 3
"""Ways a token stands in the other text: not at all, alone, beside the same neighbour."""


class EvidenceNetwork(nn.Module):
    """Logits of pairs, shape (n, 4), float32."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.matched = nn.Embedding(MATCHES, config.hidden_size)
        nn.init.zeros_(self.matched.weight)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(3 * config.hidden_size, LOGITS)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor, matches: Tensor) -> Tensor:
        """All of shape (n, tokens). The head sees the first token, the mean, and the maximum over the first text.

        The maximum is what lets a single unsupported word of a claim be heard among the others.
        """
        words = self.encoder.embeddings.word_embeddings(ids) + self.matched(matches)
        hidden = self.encoder(inputs_embeds=words, attention_mask=mask, token_type_ids=types).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        second = (types == 1) | (mask == 0)
        most = hidden.masked_fill(second.unsqueeze(-1), -1e4).amax(1)
        logits: Tensor = self.head(self.dropout(torch.cat((hidden[:, 0], mean, most), dim=-1)))
        return logits.float()

    def trained(self) -> dict[str, Tensor]:
        """What training changes, and a file has to hold: everything but the word vectors."""
        return {
            name: tensor for name, tensor in self.state_dict().items() if not name.startswith("encoder.embeddings.")
        }


def untrained() -> EvidenceNetwork:
    """The network with the base's weights and a fresh head; its word vectors are frozen."""
    folder = packaged_model()
    config = BertConfig.from_json_file(folder / "config.json")
    # Drawing random numbers for every pair of tokens took a third of a training step.
    config.attention_probs_dropout_prob = 0.0
    network = EvidenceNetwork(config)
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


def matches_of(ids: Sequence[int], types: Sequence[int]) -> list[int]:
    """For each token of a pair how it stands in the other text: 0 not at all, 1 alone, 2 beside the same neighbour.

    Tokens of the tokenizer's own (first, separators) match nothing.
    """
    found = [0] * len(ids)
    sides = [[i for i, kind in enumerate(types) if kind == side and ids[i] not in SPECIAL_IDS] for side in (0, 1)]
    for mine, other in (sides, sides[::-1]):
        single = {ids[i] for i in other}
        double = {(ids[a], ids[b]) for a, b in itertools.pairwise(other)}
        for i in mine:
            found[i] = int(ids[i] in single)
        for a, b in itertools.pairwise(mine):
            if (ids[a], ids[b]) in double:
                found[a] = found[b] = 2
    return found


def tensors_of(encodings: Sequence[tuple[Sequence[int], Sequence[int]]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, mask, types and matches of a batch of (ids, types), padded to its longest and on to a multiple of 16.

    Few widths, since the kernels are compiled anew for every shape they meet.
    """
    width = -(-max(len(ids) for ids, _ in encodings) // 16) * 16
    shape = (len(encodings), width)
    ids, mask, types, matches = (torch.zeros(shape, dtype=torch.long) for _ in range(4))
    for row, (tokens, segments) in enumerate(encodings):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        types[row, : len(tokens)] = torch.tensor(segments)
        matches[row, : len(tokens)] = torch.tensor(matches_of(tokens, segments))
        mask[row, : len(tokens)] = 1
    return ids, mask, types, matches
