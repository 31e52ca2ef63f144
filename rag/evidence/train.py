"""Train the evidence model: ``python -m rag.evidence.train --data ../shared/data --out DIR``.

An interrupted run resumes from its last checkpoint when started again with the same options.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import Optimizer

from rag.evidence.calibration import fit_calibration, log_losses
from rag.evidence.data import training_examples
from rag.evidence.examples import Example, Label, Task
from rag.evidence.inference import PairLogits
from rag.evidence.network import EvidenceNetwork, load_tokenizer, new_network, tensors_of
from rag.evidence.training.curriculum import Plan, order_of, rate_at, split
from rag.evidence.training.hard_examples import REPLAYED_WITH_WRITTEN, hard_examples, mixed
from rag.evidence.training.mining import Chances
from rag.evidence.training.passages import load_passages
from rag.evidence.training.written_claims import claim_examples
from rag.evidence.training.written_questions import question_examples
from rag.evidence.weights import load_weights, save_weights

log = logging.getLogger(__name__)

HEAD_RATE_FACTOR = 7
"""Learning rate of the untrained head and match embeddings, as a multiple of that of the pretrained layers."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A tokenized pair (token ids and segment types), with its task and label."""

    ids: Sequence[int]
    types: Sequence[int]
    task: Task
    label: int


def encode(examples: Sequence[Example], max_tokens: int) -> list[Encoded]:
    """Tokenize the examples, in their order."""
    tokenizer = load_tokenizer(max_tokens)
    encodings = tokenizer.encode_batch([(e.first, e.second) for e in examples])
    return [Encoded(c.ids, c.type_ids, e.task, e.label) for c, e in zip(encodings, examples, strict=True)]


def loss_of(logits: Tensor, examples: Sequence[Encoded]) -> Tensor:
    """Mean log loss of a batch; for NOT_SUPPORTED, refuted and not enough info count together."""
    asked = torch.tensor([i for i, e in enumerate(examples) if e.task is Task.ANSWERS], dtype=torch.long)
    claimed = torch.tensor([i for i, e in enumerate(examples) if e.task is Task.SUPPORTS], dtype=torch.long)
    labels = torch.tensor([e.label for e in examples])
    answers = functional.binary_cross_entropy_with_logits(logits[asked, 0], labels[asked].float(), reduction="sum")
    supports = log_losses(logits[claimed, 1:], labels[claimed]).sum()
    return (answers + supports) / len(examples)


def checkpoint_path(folder: Path) -> Path:
    """Path of the checkpoint file of a training run."""
    return folder / "checkpoint.pt"


class Run:
    """A training run: the network, its optimizer, and the progress so far.

    ``start``: weights of an earlier run to continue from; None starts from the base model.
    """

    def __init__(self, plan: Plan, folder: Path, start: Path | None = None) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.folder = plan, folder
        self.network = load_weights(start)[0] if start else new_network()
        self.network.encoder.set_attn_implementation("eager")  # faster backward pass on a CPU
        encoder = [p for p in self.network.encoder.parameters() if p.requires_grad]
        groups = [
            {"params": encoder, "peak": plan.rate},
            {
                "params": [*self.network.head.parameters(), *self.network.matched.parameters()],
                "peak": HEAD_RATE_FACTOR * plan.rate,
            },
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=plan.rate, weight_decay=0.01, fused=True)
        self.step, self.seconds = 0, 0.0

    def resume(self) -> None:
        """Restore the last checkpoint, if there is one."""
        path = checkpoint_path(self.folder)
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seconds = state["step"], state["seconds"]
        torch.set_rng_state(state["random"])
        log.info("resumed at step %d after %.1f minutes", self.step, self.seconds / 60)

    def save(self) -> None:
        """Write a checkpoint atomically: the previous one is kept until the new one is complete."""
        path = checkpoint_path(self.folder)
        state = {
            "network": self.network.trained(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "random": torch.get_rng_state(),
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def train(self, examples: Sequence[Encoded]) -> None:
        """Train until the epochs or the minutes of the plan are used up, whichever comes first."""
        self.network.train()
        lengths = [len(e.ids) for e in examples]
        order = list(order_of(lengths, self.plan))
        started, average = time.monotonic() - self.seconds, 0.0
        for batch in order[self.step :]:
            done = max(self.step / len(order), self.seconds / (60 * self.plan.minutes))
            if done >= 1:
                break
            loss = self._learn([examples[i] for i in batch], rate_at(done, self.plan.warm_up))
            self.step += 1
            self.seconds = time.monotonic() - started
            average = loss if self.step == 1 else 0.98 * average + 0.02 * loss
            if self.step % 50 == 0:
                log.info("step %d of %d, %.1f minutes, loss %.3f", self.step, len(order), self.seconds / 60, average)
            if self.step % self.plan.save_every == 0:
                self.save()
        self.save()

    def _learn(self, examples: Sequence[Encoded], rate: float) -> float:
        tensors = tensors_of([(e.ids, e.types) for e in examples])
        return learn(self.network, self.optimizer, tensors, examples, rate)


def learn(
    network: nn.Module, optimizer: Optimizer, batch: Sequence[Tensor], examples: Sequence[Encoded], rate: float
) -> float:
    """Make one optimizer step and return the loss before it. ``rate``: fraction of each group's peak learning rate."""
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * rate
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(*batch)
    loss = loss_of(logits, examples)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def logits_of(network: EvidenceNetwork, examples: Sequence[Encoded]) -> Tensor:
    """Logits of the examples, in their order: shape (n, 4)."""
    network.eval()
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids))
    found = torch.zeros(len(examples), 4)
    for start in range(0, len(order), 64):
        places = order[start : start + 64]
        with torch.inference_mode():
            found[places] = network(*tensors_of([(examples[i].ids, examples[i].types) for i in places]))
    return found


def probabilities_of(weights: Path) -> Chances:
    """A function that gives each example's probability, by these weights, of answering or supporting."""
    network, calibration = load_weights(weights)
    logits = PairLogits(network)

    def chances(examples: Sequence[Example]) -> list[float]:
        found = logits([(example.first, example.second) for example in examples])
        answers, supports = (
            calibration.answer_probabilities(found),
            calibration.support_probabilities(found)[:, Label.SUPPORTED],
        )
        rows = zip(examples, answers.tolist(), supports.tolist(), strict=True)
        return [answered if example.task is Task.ANSWERS else supported for example, answered, supported in rows]

    return chances


def average_weights(network: EvidenceNetwork, earlier: Path) -> None:
    """Average the weights with those of an earlier run, to forget less (Wortsman et al. 2022, "Model soups").

    ``network`` is changed in place; ``earlier`` is the path of the other weights.
    """
    before = load_weights(earlier)[0].trained()
    with torch.no_grad():
        for name, tensor in network.trained().items():
            tensor.copy_((tensor + before[name]) / 2)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line interface."""
    defaults = Plan()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the data sets")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the trained weights")
    parser.add_argument("--minutes", type=float, default=defaults.minutes, help="time limit, restarts included")
    parser.add_argument("--epochs", type=float, default=defaults.epochs, help="passes over the data; may be fractional")
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--rate", type=float, default=defaults.rate, help="peak learning rate of the layers")
    parser.add_argument("--squad", type=Path, help="SQuAD 1.1's train-v1.1.json, as additional training data")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to continue from")
    parser.add_argument("--mine", action="store_true", help="mine hard examples with the weights of --start")
    parser.add_argument("--written", action="store_true", help="add the questions and claims written for this project")
    parser.add_argument("--average", type=Path, help="weights of an earlier run to average the trained ones with")
    options = parser.parse_args(arguments)
    if options.average and not options.average.is_file():
        parser.error(f"--average: no weights at {options.average}")
    if options.mine and not (options.start and options.squad):
        parser.error("--mine needs --start, whose weights select the examples, and --squad")
    if options.written and not options.squad:
        parser.error("--written needs --squad, whose paragraphs many of them are about")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.out.mkdir(parents=True, exist_ok=True)
    plan = Plan(seed=options.seed, epochs=options.epochs, minutes=options.minutes, rate=options.rate)
    examples = training_examples(options.data, plan.seed, squad=options.squad)
    held_out = split(examples)[1]
    if options.written:
        rng = random.Random(plan.seed)  # noqa: S311  (shuffling, not secrets)
        passages = load_passages(options.data, options.squad)
        written = [*question_examples(passages, rng), *claim_examples(passages)]
        held_out += split(written)[1]
        examples = mixed(written, examples, REPLAYED_WITH_WRITTEN, rng)
    if options.mine:
        examples = hard_examples(options.data, examples, options.squad, probabilities_of(options.start), plan.seed)
    training = split(examples)[0]
    log.info("%d examples to train on, %d held out", len(training), len(held_out))
    run = Run(plan, options.out, options.start)
    run.resume()
    run.train(encode(training, plan.max_tokens))
    if options.average:
        average_weights(run.network, options.average)
    encoded = encode(held_out, plan.max_tokens)
    calibration = fit_calibration(logits_of(run.network, encoded), encoded)
    save_weights(run.network, calibration, options.out / "weights.safetensors")
    log.info("wrote %s, calibration %s", options.out / "weights.safetensors", calibration)


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    main()
