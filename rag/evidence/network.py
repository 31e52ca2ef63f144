"""The cross-encoder: all-MiniLM-L6-v2 over both texts together, with one linear head for both tasks.

Only the six layers, the match embeddings and the head are trained. The token embeddings stay those of the packaged base
model and are not saved, so the weights take 21 MB in half precision.

A match embedding tells each token whether the other text contains it too (the exact-match feature of Chen et al. 2017,
"Reading Wikipedia to Answer Open-Domain Questions"). Six layers trained on about 100,000 pairs do not learn this by
themselves, and a changed number or name is simply a token without a match.
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
"""One logit for "answers", then one each for supported, refuted and not enough info."""
SPECIAL_IDS = frozenset({0, 101, 102})
"""Ids of [PAD], [CLS] and [SEP] in BERT's vocabulary."""
MATCHES = 3
"""Number of match types: none, single token, and token with the same neighbour (bigram)."""


class EvidenceNetwork(nn.Module):
    """Computes the logits of a batch of pairs: shape (n, 4), float32."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.matched = nn.Embedding(MATCHES, config.hidden_size)
        nn.init.zeros_(self.matched.weight)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(3 * config.hidden_size, LOGITS)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor, matches: Tensor) -> Tensor:
        """Logits for inputs of shape (n, tokens).

        The head gets the [CLS] token, the mean over both texts, and the maximum over the first text (the question or
        claim). The maximum lets a single unsupported word of a claim stand out.
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
        """The tensors that training changes and a weights file holds: all but the embedding layer of the base."""
        return {
            name: tensor for name, tensor in self.state_dict().items() if not name.startswith("encoder.embeddings.")
        }


def new_network() -> EvidenceNetwork:
    """The network with the base model's weights and a newly initialised head; the embedding layer is frozen."""
    folder = packaged_model()
    config = BertConfig.from_json_file(folder / "config.json")
    # Drawing the dropout mask for every pair of tokens took a third of a training step.
    config.attention_probs_dropout_prob = 0.0
    network = EvidenceNetwork(config)
    with safe_open(folder / "model.safetensors", framework="pt") as weights:
        base = {f"encoder.{key}": weights.get_tensor(key) for key in weights.keys()}  # noqa: SIM118  (not a dict)
    wanted = set(network.state_dict())
    network.load_state_dict({key: value for key, value in base.items() if key in wanted}, strict=False)
    network.encoder.embeddings.requires_grad_(False)
    return network


def load_tokenizer(max_tokens: int = MAX_TOKENS) -> Tokenizer:
    """The base model's tokenizer; truncates the longer text of a pair until both have ``max_tokens`` together."""
    tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens, strategy="longest_first")
    tokenizer.no_padding()
    return tokenizer


def matches_of(ids: Sequence[int], types: Sequence[int]) -> list[int]:
    """The match type of each token of a pair: 0 not in the other text, 1 in it, 2 in it with the same neighbour.

    Special tokens ([CLS], [SEP]) never match.
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
    """Ids, mask, types and matches of a batch of (ids, types), padded to a multiple of 16 tokens.

    The multiple keeps the number of different shapes small, since kernels are compiled for every new shape.
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
