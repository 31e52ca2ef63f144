"""CLAPNQ: long answers from Wikipedia passages; half of the questions are unanswerable (Rosenthal et al. 2024).

A reference answer is a whole paragraph, so it is not compared word for word. The measures ask whether the sentences
selected by its annotators are cited and whether unanswerable questions are refused.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from evals.formats.base import Suite, each, find
from evals.types import Case, Expect, Relevant
from index.types import Article
from rag.types import AbstentionReason


def clapnq(data: Path) -> Suite:
    """The suite ``clapnq``."""
    found = [pair for path in find(data, "clapnq", "clapnq_dev_*.jsonl") for pair in each(path, _read)]
    articles = {article.id: article for _, article in found}
    return Suite("clapnq", tuple(case for case, _ in found), tuple(articles.values()))


def _read(line: dict[str, Any]) -> tuple[Case, Article]:
    passage = line["passages"][0]
    article_id = "p" + hashlib.sha256(passage["text"].encode()).hexdigest()[:12]
    article = Article(article_id, passage["title"], passage["text"])
    selected = tuple(
        dict.fromkeys(s for given in line["output"] if given["answer"] for s in given["selected_sentences"])
    )
    story = f"story:{article_id}"
    if not any(given["answer"] for given in line["output"]):
        reason = AbstentionReason.NOT_IN_ARTICLES
        return Case(line["id"], line["input"], Expect.REFUSE, reason=reason, tags=("unanswerable", story)), article
    relevant = (Relevant(article_id, selected),)
    return Case(line["id"], line["input"], Expect.ANSWER, relevant=relevant, tags=("answerable", story)), article
