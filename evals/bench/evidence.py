"""Time the evidence model, loading and scoring pairs of several lengths: ``python -m evals.bench.evidence``."""

from __future__ import annotations

import statistics
import time

import torch

from index.embedding import has_bfloat16
from rag.evidence.model import EvidenceModel

SENTENCE = "The mayor said on Tuesday that the flood had destroyed 340 homes along the river and closed two bridges. "
QUESTION = "How many homes did the flood destroy?"
RUNS = 7


def seconds(model: EvidenceModel, texts: list[str]) -> list[float]:
    """Wall time in seconds of each of ``RUNS`` runs over all texts, after a warm-up run."""
    model.answers(QUESTION, texts)
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        model.answers(QUESTION, texts)
        times.append(time.perf_counter() - started)
    return times


def main() -> None:
    """Print the table."""
    started = time.perf_counter()
    model = EvidenceModel.load()
    print(f"load (torch already imported): {time.perf_counter() - started:.2f} s")
    print(f"threads: {torch.get_num_threads()}, bfloat16: {has_bfloat16()}")
    print(f"{'pairs':>6} {'words':>6} {'best ms':>8} {'median ms':>10} {'pairs/s':>8}")
    for pairs, repeats in ((8, 1), (64, 1), (64, 2), (64, 7)):
        text = SENTENCE * repeats
        times = seconds(model, [f"{text} {n}" for n in range(pairs)])
        best, middle = min(times), statistics.median(times)
        print(f"{pairs:>6} {len(text.split()):>6} {best * 1000:>8.0f} {middle * 1000:>10.0f} {pairs / middle:>8.0f}")


if __name__ == "__main__":
    main()
