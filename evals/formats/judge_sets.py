"""Published sets of claims labelled by people: QAGS, FactCC, FRANK, SummEdits, WiCE, AttributionBench, FIB, MTRAG."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from evals.formats.base import Figure, JudgeSet, Labelled, each, find, json_of, lines_of
from evals.types import Pair

BALANCED = "balanced_accuracy"


def qags(data: Path) -> JudgeSet:
    """QAGS-CNN: summary sentences of CNN/DailyMail, majority of three votes (Wang, Cho and Lewis 2020)."""
    items = [item for path in find(data, "qags", "mturk_cnndm.jsonl") for some in each(path, _qags) for item in some]
    return JudgeSet("qags", tuple(items))


def _qags(line: dict[str, Any]) -> list[Labelled]:
    article = line["article"]
    found = []
    for place, sentence in enumerate(line["summary_sentences"]):
        votes = [vote["response"] == "yes" for vote in sentence["responses"]]
        name = f"{_short(article)}:{place}"
        pair = Pair(sentence["sentence"], (article,))
        found.append(Labelled(name, pair, _short(article), supported=sum(votes) * 2 > len(votes)))
    return found


def factcc(data: Path) -> JudgeSet:
    """FactCC, validation: sentences of CNN/DailyMail summarisers (Kryściński et al. 2020, as in SummaC)."""
    return JudgeSet("factcc", tuple(_summac(find(data, "summac_val", "factcc_val.jsonl")[0])))


def frank(data: Path) -> JudgeSet:
    """FRANK, validation: summaries of CNN/DailyMail and XSum (Pagnoni et al. 2021, as in SummaC)."""
    return JudgeSet("frank", tuple(_summac(find(data, "summac_val", "frank_val.jsonl")[0])))


def _summac(path: Path) -> Iterator[Labelled]:
    read = each(path, lambda line: (line["claim"], line["article"], line["label"] == 1))
    for number, (claim, article, supported) in enumerate(read, start=1):
        yield Labelled(f"{path.stem}:{number}", Pair(claim, (article,)), _short(article), supported=supported)


def summedits(data: Path) -> JudgeSet:
    """SummEdits, news domain: summaries with one small edit, labelled by people (Laban et al. 2023)."""
    found = json_of(find(data, "summedits", "summedits_news.json")[0])
    items = tuple(
        Labelled(
            id=item["id"],
            pair=Pair(item["summary"], (item["doc"],)),
            cluster=_short(item["doc"]),
            supported=item["label"] == 1,
            kind="+".join(sorted(item["edit_types"])) or "none",
        )
        for item in found
    )
    published = (("human", 0.900), ("GPT-4", 0.833), ("QAFactEval", 0.744), ("SummaC-Conv", 0.619))
    source = "Laban et al. 2023, news domain, whole set"
    return JudgeSet("summedits", items, tuple(Figure(system, BALANCED, value, source) for system, value in published))


def wice(data: Path) -> JudgeSet:
    """WiCE: claims of Wikipedia and the web pages they cite (Kamoi et al. 2023). Partly supported is unsupported."""
    return JudgeSet("wice", tuple(each(find(data, "wice", "claim_dev.jsonl")[0], _wice)))


def _wice(line: dict[str, Any]) -> Labelled:
    evidence = "\n".join(line["evidence"])
    return Labelled(
        id=line["meta"]["id"],
        pair=Pair(line["claim"], (evidence,)),
        cluster=_short(evidence),
        supported=line["label"] == "supported",
        kind=line["label"],
    )


def attributionbench(data: Path) -> JudgeSet:
    """AttributionBench: answers of generative search engines and the pages they cite (Li et al. 2024)."""
    path = find(data, "attributionbench", "dev_all_subset_balanced.jsonl")[0]
    return JudgeSet("attributionbench", tuple(each(path, _attribution)))


def _attribution(line: dict[str, Any]) -> Labelled:
    return Labelled(
        id=line["id"],
        pair=Pair(line["claim"], tuple(line["references"])),
        cluster=_short(line["question"]),
        supported=line["attribution_label"] == "attributable",
        kind=line["src_dataset"],
    )


def fib(data: Path) -> JudgeSet:
    """FIB: news documents, each with a factually consistent and an inconsistent summary (Tam et al. 2023)."""
    paths = find(data, "fib", "*_binary_choice-*.jsonl")
    items = [item for path in paths for _, line in lines_of(path) for item in _fib(line, path)]
    return JudgeSet("fib", tuple(items), choice=True)


def _fib(line: dict[str, Any], path: Path) -> Iterator[Labelled]:
    kind = path.name.split("_binary")[0]
    for place, claim in enumerate(line["list_choices"]):
        text = claim.replace("<t>", " ").replace("</t>", " ").strip()
        name = f"{line['id']}:{path.stem.rsplit('-', 1)[-1]}"
        yield Labelled(
            id=f"{name}:{place}",
            pair=Pair(" ".join(text.split()), (line["input"],)),
            cluster=line["id"],
            supported=place == line["lbl"],
            kind=kind,
        )


def mtrag(data: Path) -> JudgeSet:
    """MTRAG: answers rated 1 to 4 for faithfulness by three people (Katsis et al. 2025)."""
    found = json_of(find(data, "mtrag_human_eval", "reference_subset_with_human_evaluations.json")[0])
    documents = {document["document_id"]: document["text"] for document in found["documents"]}
    tasks = {task["task_id"]: task for task in found["tasks"]}
    items = []
    for given in found["evaluations"]:
        context = tuple(documents[c["document_id"]] for c in tasks[given["task_id"]]["contexts"])
        votes = [int(vote["value"]) for vote in given["annotations"]["faithfulness"].values()]
        pair = Pair(given["model_response"], context)
        name = f"{given['task_id']}:{given['model_id']}"
        answerable = tasks[given["task_id"]]["Answerability"][0]
        cluster = given["task_id"].split("<::>")[0]
        if context:
            items.append(Labelled(name, pair, cluster, rating=fmean(votes), kind=answerable.lower()))
    source = "Katsis et al. 2025, rank correlation with the same raters"
    figures = (("RAGAS faithfulness", 0.58), ("lexical precision", 0.63))
    return JudgeSet(
        "mtrag", tuple(items), tuple(Figure(system, "spearman", value, source) for system, value in figures)
    )


def _short(text: str) -> str:
    """A short hash of a text, used as its name."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
