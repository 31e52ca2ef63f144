"""The LoRA adapters and the inputs of the decoder base, on a tiny decoder of two layers with random weights."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn
from transformers import LlamaConfig, LlamaModel

from evals.bench.evidence_decoder import DecoderNetwork, Lora, decoder_ids, decoder_tensors
from rag.evidence.examples import Example, Task
from rag.evidence.train import Encoded, loss_of

PAIRS = [Encoded([5, 6, 7, 8, 9], (), Task.SUPPORTS, 1), Encoded([9, 4], (), Task.ANSWERS, 1)]


class Letters:
    """A tokenizer with one token per character."""

    eos_token_id = 2

    def __call__(self, text: str, *, add_special_tokens: bool) -> dict[str, list[int]]:
        assert not add_special_tokens
        return {"input_ids": [ord(letter) for letter in text]}


@pytest.fixture
def decoder() -> LlamaModel:
    torch.manual_seed(7)
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    return LlamaModel(LlamaConfig(vocab_size=40, **sizes)).eval()


def test_adapters_change_nothing_before_the_first_step(decoder: LlamaModel) -> None:
    ids, mask = decoder_tensors(PAIRS)
    plain = copy.deepcopy(decoder)(input_ids=ids, attention_mask=mask).last_hidden_state
    adapted = DecoderNetwork(decoder, 16).decoder(input_ids=ids, attention_mask=mask).last_hidden_state
    torch.testing.assert_close(adapted, plain, rtol=0, atol=0)


def test_an_adapter_adds_its_scaled_product_to_the_linear_layer() -> None:
    adapter = Lora(nn.Linear(3, 2, bias=False), rank=1, alpha=4.0)
    adapter.base.weight.data = torch.tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    adapter.down.weight.data = torch.tensor([[0.0, 0.0, 2.0]])
    adapter.up.weight.data = torch.tensor([[1.0], [-1.0]])
    # 4 / 1 times (2 x 5) times (1, -1), added to the (3, 4) of the frozen layer.
    torch.testing.assert_close(adapter(torch.tensor([3.0, 4.0, 5.0])), torch.tensor([43.0, -36.0]))


def test_only_adapters_and_head_are_trained(decoder: LlamaModel) -> None:
    network = DecoderNetwork(decoder, 16)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    optimizer = torch.optim.SGD([p for p in network.parameters() if p.requires_grad], lr=1.0)
    for _ in range(2):  # one matrix has no gradient while the other is still zero
        optimizer.zero_grad()
        loss_of(network(*decoder_tensors(PAIRS)), PAIRS).backward()
        optimizer.step()
    changed = {name for name, tensor in network.state_dict().items() if not torch.equal(tensor, before[name])}
    adapters = {
        f"decoder.layers.{layer}.self_attn.{projection}_proj.{half}.weight"
        for layer in (0, 1)
        for projection in ("q", "v")
        for half in ("down", "up")
    }
    assert changed == adapters | {"head.1.weight", "head.1.bias"}


def test_padding_does_not_change_the_logits(decoder: LlamaModel) -> None:
    network = DecoderNetwork(decoder, 16)
    together = network(*decoder_tensors(PAIRS))
    alone = torch.cat([network(*decoder_tensors([pair])) for pair in PAIRS])
    unpadded = network(torch.tensor([[9, 4]]), torch.ones(1, 2, dtype=torch.long))
    torch.testing.assert_close(together, alone)
    torch.testing.assert_close(together[1:], unpadded)


def test_a_long_text_is_truncated_and_the_claim_after_it_is_kept_whole() -> None:
    ids = decoder_ids(Letters(), Example(Task.SUPPORTS, "claim", "t" * 500, 0, "set"))
    assert len(ids) == 128
    assert ids[-7:] == [*map(ord, "\nclaim"), Letters.eos_token_id]
    assert set(ids[:-7]) == {ord("t")}


def test_a_very_long_claim_leaves_half_of_the_tokens_to_the_text() -> None:
    ids = decoder_ids(Letters(), Example(Task.SUPPORTS, "c" * 500, "t" * 500, 0, "set"))
    assert ids.count(ord("t")) == 63
    assert len(ids) == 128
