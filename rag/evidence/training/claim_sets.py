"""Read the labelled claim data sets as training examples for the "supports" task.

Data sets that are also evaluated on yield only their training half here (see ``is_for_reporting``).
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rag.evidence.examples import Example, Label, Task, is_for_reporting
from rag.evidence.windows import closest, evidence_windows, overlaps, sentences_of, windows

_NLI = {
    "entailment": Label.SUPPORTED,
    "contradiction": Label.REFUTED,
    "neutral": Label.NOT_ENOUGH_INFO,
    "not_entailment": Label.NOT_SUPPORTED,
}


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file; blank lines are skipped."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _table(path: Path, **options: Any) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, **options)


def untokenized(text: str) -> str:
    """Undo tokenization: remove the spaces around punctuation and restore plain quotation marks."""
    for mark in (" .", " ,", " ;", " :", " ?", " !", " )", " %", " 's", " n't", " 're", " 've"):
        text = text.replace(mark, mark[1:])
    return text.replace("( ", "(").replace("$ ", "$").replace("`` ", '"').replace(" ''", '"')


def read_nli(data: Path, rng: random.Random) -> Iterator[Example]:
    """Natural language inference pairs: the premise becomes the evidence, the hypothesis the claim."""
    share = {"mnli_dev": 0.75, "snli_dev": 0.4, "sick_train": 0.2, "rte_train": 1.0, "rte_dev": 1.0, "scitail_dev": 0.5}
    for name, kept in share.items():
        for row in _table(data / f"nli/glue_style/{name}.csv"):
            if rng.random() < kept:
                yield Example(
                    Task.SUPPORTS,
                    row["hypothesis"].strip(),
                    row["premise"].strip(),
                    _NLI[row["label"]],
                    name,
                    group=row["premise"],
                )
    for row in _table(data / "nli/med/MED.tsv", delimiter="\t", quoting=csv.QUOTE_NONE):
        if rng.random() < 0.2:
            yield Example(Task.SUPPORTS, row["sentence2"], row["sentence1"], _NLI[row["gold_label"]], "med")


def read_fever_kind(data: Path) -> Iterator[Example]:
    """Claims with gold evidence sentences: FEVER-symmetric and Fool-Me-Twice."""
    label = {"SUPPORTS": Label.SUPPORTED, "REFUTES": Label.REFUTED}
    for part in ("dev", "test"):
        for row in read_lines(data / f"nli/fever_symmetric/fever_symmetric_{part}.jsonl"):
            evidence = untokenized(row["evidence"])
            yield Example(
                Task.SUPPORTS, untokenized(row["claim"]), evidence, label[row["gold_label"]], "fever_symmetric"
            )
        for row in read_lines(data / f"nli/fool_me_twice/{part}.jsonl"):
            gold = " ".join(sentence["text"] for sentence in row["gold_evidence"])
            yield Example(Task.SUPPORTS, row["text"], gold, label[row["label"]], "fool_me_twice", group=row["text"])
            near = [s["text"] for s in row["retrieved_evidence"] if s["text"] not in gold]
            if near:
                yield Example(
                    Task.SUPPORTS,
                    row["text"],
                    closest(row["text"], near),
                    Label.NOT_SUPPORTED,
                    "fool_me_twice",
                    "near",
                    row["text"],
                )


def read_paraphrases(data: Path) -> Iterator[Example]:
    """Sentence pairs judged to be paraphrases or not (MSR, STS-B); the second sentence becomes the evidence."""
    for part in ("train", "test"):
        path = data / f"nli/msr_paraphrase/msr_paraphrase_{part}.txt"
        for row in _table(path, delimiter="\t", quoting=csv.QUOTE_NONE):
            label = Label.SUPPORTED if row["Quality"] == "1" else Label.NOT_SUPPORTED
            yield Example(Task.SUPPORTS, row["#1 String"], row["#2 String"], label, "msr_paraphrase")
    for part in ("train", "dev"):
        with (data / f"nli/stsb_en/stsb-en-{part}.csv").open(encoding="utf-8", newline="") as file:
            for first, second, score in csv.reader(file):
                if float(score) >= 4.8 or 2.0 <= float(score) <= 3.0:
                    label = Label.SUPPORTED if float(score) >= 4.8 else Label.NOT_SUPPORTED
                    yield Example(Task.SUPPORTS, first, second, label, "stsb")


def _against_article(claim: str, article: str, label: Label, source: str, rng: random.Random) -> Iterator[Example]:
    """Pair a claim about an article with the parts of the article most like it.

    A supported claim is split into sentences, each supported too. An unsupported claim is kept whole, since the label
    does not tell which sentence is wrong.
    """
    sentences = sentences_of(article)
    parts = sentences_of(claim) if label is Label.SUPPORTED else [claim]
    for part in parts:
        if len(part.split()) < 4 or not sentences:
            continue
        together = closest(part, sentences)
        runs = windows(sentences)
        scores = overlaps(part, runs)
        best = runs[max(range(len(runs)), key=scores.__getitem__)]
        evidence = together if label is Label.SUPPORTED and rng.random() < 0.7 else rng.choice((together, best))
        yield Example(Task.SUPPORTS, part, evidence, label, source, group=article[:200])


def read_summaries(data: Path, rng: random.Random) -> Iterator[Example]:
    """Machine-written news summaries judged by people: FactCC, FRANK, CoGenSumm and Falke et al. 2019 (rank19)."""
    for name in ("factcc_val", "frank_val", "cogensumm_val"):
        for row in read_lines(data / f"summac_val/{name}.jsonl"):
            label = Label.SUPPORTED if row["label"] == 1 else Label.NOT_SUPPORTED
            claim = row["claim"].replace("\\'", "'")
            yield from _against_article(claim, row["article"], label, name, rng)
    for row in read_lines(data / "rank19/data.jsonl"):
        for side, label in (("correct", Label.SUPPORTED), ("incorrect", Label.NOT_SUPPORTED)):
            claim = untokenized(row["sys_summs"][side]["sys_summ"])
            yield Example(Task.SUPPORTS, claim, untokenized(row["src"]), label, "rank19", group=row["src"])


def read_fib(data: Path, rng: random.Random) -> Iterator[Example]:
    """Faithful and unfaithful summaries of the same article (FIB); the training half of the articles."""
    seen: set[tuple[str, str]] = set()
    for path in sorted((data / "fib").glob("*.jsonl")):
        for row in read_lines(path):
            if is_for_reporting(row["id"]):
                continue
            for place, choice in enumerate(row["list_choices"]):
                claim = untokenized(choice.replace("<t>", "").replace("</t>", "").strip())
                if (row["id"], claim) in seen:
                    continue
                seen.add((row["id"], claim))
                label = Label.SUPPORTED if place == row["lbl"] else Label.NOT_SUPPORTED
                yield from _against_article(claim, untokenized(row["input"]), label, "fib", rng)


def read_attributed(data: Path, rng: random.Random) -> Iterator[Example]:
    """Claims with web pages as evidence (WiCE, AttributionBench); the training half of the pages."""
    for row in read_lines(data / "wice/claim_dev.jsonl"):
        text = " ".join(row["evidence"])
        if is_for_reporting(text):
            continue
        label = Label.SUPPORTED if row["label"] == "supported" else Label.NOT_SUPPORTED
        gold = [" ".join(row["evidence"][i] for i in places) for places in row["supporting_sentences"] if places]
        for evidence in dict.fromkeys([*gold[:2], closest(row["claim"], row["evidence"])]):
            if label is Label.NOT_SUPPORTED or evidence in gold:
                yield Example(Task.SUPPORTS, row["claim"], evidence, label, "wice", group=row["claim"])
    for row in read_lines(data / "attributionbench/dev_all_subset_balanced.jsonl"):
        text = " ".join(row["references"])
        if is_for_reporting(text):
            continue
        holds = row["attribution_label"] == "attributable"
        pieces = evidence_windows(row["claim"], text, limit=3)
        label = Label.SUPPORTED if holds else Label.NOT_SUPPORTED
        for evidence in pieces[-1:] if holds else rng.sample(pieces, k=min(2, len(pieces))):
            yield Example(Task.SUPPORTS, row["claim"], evidence, label, "attributionbench", group=text[:200])


def read_supports(data: Path, rng: random.Random) -> Iterator[Example]:
    """Every labelled claim data set."""
    yield from read_nli(data, rng)
    yield from read_fever_kind(data)
    yield from read_paraphrases(data)
    # These are closest to how the model is used, so they are read twice, with other windows of the article as evidence.
    for _ in range(2):
        yield from read_summaries(data, rng)
        yield from read_fib(data, rng)
        yield from read_attributed(data, rng)
