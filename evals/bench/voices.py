"""Test that copies of articles and later articles do not change answers: ``python -m evals.bench.voices``.

First, later copies of every sample article are added: reprints, copies with another headline, abridgements, light
edits, copies that all add the same paragraph, and copies that each add a different one. Every question is asked with
and without them. A copy's addition may answer a question, so changed replies that cite one are counted separately.

Second, questions are asked as of random moments over the archive with all copies, and replies are searched for anything
known only later. Most of this runs on word similarity alone; the first ``--chain`` cases also run with the models.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from evals.bench.pipelines import quick, whole
from evals.suites import SAMPLE, sample_articles, suite
from index.types import Article, Question
from rag.types import Abstention, Reply
from rag.wire import reply_json

KINDS = ("reprint", "headline", "abridged", "edited", "local", "locals")


def copy_of(article: Article, kind: str, number: int = 1) -> Article:
    """A copy of the article, of one of ``KINDS``, by another outlet and ``number`` hours later.

    Copies of kind ``local`` all add the same paragraph at the end; those of kind ``locals`` insert different ones.
    """
    later = timedelta(hours=number)
    paragraphs = article.text.split("\n\n")
    edited = article.text.replace(" said", " told reporters").replace("“", '"')
    texts = {
        "abridged": "\n\n".join(paragraphs[: max(1, len(paragraphs) * 2 // 3)]),
        "edited": re.sub(r"\bpercent\b", "per cent", edited),
        "local": f"{article.text.rstrip()}\n\nReaders of this page can follow the next session of the council here.",
    }
    if kind == "locals":
        rng = random.Random(f"{article.id} {number}")  # noqa: S311  (reproducible, not secret)
        paragraphs.insert(rng.randint(0, len(paragraphs)), _paragraph(rng))
        texts["locals"] = "\n\n".join(paragraphs)
    return replace(
        article,
        id=f"{article.id}~{kind}{number}",
        title=f"Seen from here: {article.title or 'news'}" if kind == "headline" else article.title,
        text=texts.get(kind, article.text),
        outlet=f"The {kind} {number}",
        url=None,
        path=None,
        published=article.published and article.published + later,
        updated=article.updated and article.updated + later,
    )


def _paragraph(rng: random.Random) -> str:
    """A random paragraph of the kind that a local paper adds to a wire story."""
    towns = ["Ostvale", "Hallen", "Kolm", "Ferrin", "Brask", "Lund", "Torvik", "Sandry", "Maren", "Quill"]
    names = ["Hart", "Lowe", "Munk", "Prag", "Stein", "Aske", "Dorn", "Falk", "Grue", "Holt"]
    what = ("what comes next", "reactions", "the talks", "further figures", "the mood")
    who = ("editor", "mayor", "councillor", "teacher", "pastor")
    return (
        f"The {rng.choice(towns)} {rng.choice(('Courier', 'Echo', 'Post', 'Gazette'))} will report on "
        f"{rng.choice(what)} from {rng.choice(towns)} in its {rng.choice(('Friday', 'Sunday', 'evening', 'next'))} "
        f"edition, {rng.choice(who)} {rng.choice(names)} said."
    )


def shown(reply: Reply) -> dict[str, Any]:
    """The parts of a reply that copies must not change; the number of articles searched may change."""
    as_json = reply_json(reply)
    kept = {key: as_json[key] for key in ("status", "reason", "as_of", "claims", "withheld", "conflicts")}
    places = [(c["article_id"], c["start"], c["end"], c["quote"]) for c in as_json["citations"]]
    return kept | {"places": places, "answer": as_json["answer"] if as_json["status"] == "answered" else None}


def cites_new(reply: Mapping[str, Any], articles: Sequence[Article]) -> bool:
    """Whether a reply, as given by ``shown``, quotes text that is in none of the articles."""
    return any(not any(quote in article.text for article in articles) for *_, quote in reply["places"])


@dataclass(frozen=True, slots=True)
class Leaks:
    """Finds information in a reply that was known only after a given moment."""

    articles: Mapping[str, Article]

    def of(self, reply: Reply, as_of: datetime) -> list[str]:
        """The articles and dates in the reply that were not yet known ``as_of`` that moment."""
        late = {name for name, article in self.articles.items() if not article.was_known(as_of)}
        found = [text for text in _texts(reply_json(reply)) if text in late]
        for citation in reply.nearest if isinstance(reply, Abstention) else reply.citations:
            dates = [date for date in (citation.published, citation.updated) if date]
            found += [date.isoformat() for date in dates if date > as_of] or ([] if dates else ["undated"])
        if isinstance(reply, Abstention) and reply.searched.articles > len(self.articles) - len(late):
            found.append(f"{reply.searched.articles} articles searched")
        newest = reply.searched.newest if isinstance(reply, Abstention) else reply.as_of
        return [*found, newest.isoformat()] if newest and newest > as_of else found


def _texts(value: object) -> Iterator[str]:
    """Yield every string in a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for each in value.values() for text in _texts(each))
    elif isinstance(value, list | tuple):
        yield from (text for each in value for text in _texts(each))


def moments(articles: Sequence[Article], questions: Sequence[str], seed: int = 2026) -> Iterator[Question]:
    """Yield questions without end, as of random moments between the first and last article; some with other filters."""
    rng = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    dates = sorted(article.known_from for article in articles if article.known_from)
    outlets = sorted({article.outlet for article in articles if article.outlet})
    while True:
        moment = dates[0] + (dates[-1] - dates[0]) * rng.random()
        since = moment - timedelta(days=rng.randint(1, 30)) if rng.random() < 0.2 else None
        chosen = tuple(rng.sample(outlets, 3)) if rng.random() < 0.2 else ()
        yield Question(rng.choice(questions), as_of=moment, since=since, outlets=chosen)


def measure(cases: int, chain: int) -> None:
    """Print the results for the pipeline without and with models."""
    articles = sample_articles()
    questions = [case.question for case in suite(SAMPLE, None).cases]
    random.Random(1).shuffle(questions)  # noqa: S311  (reproducible, not secret)
    copies = {kind: [copy_of(article, kind) for article in articles] for kind in KINDS}
    everything = [*articles, *(copy for copied in copies.values() for copy in copied)]
    runs = (("words", quick, questions, cases), ("whole", whole, questions[:chain], chain))
    for name, opened, asked, drawn in (run for run in runs if run[3]):
        with opened(articles) as (_, bot):
            before = [shown(bot.ask(Question(question))) for question in asked]
        for kind in KINDS:
            with opened([*articles, *copies[kind]]) as (_, bot):
                after = [shown(bot.ask(Question(text))) for text in asked]
            changed = [now for now, was in zip(after, before, strict=True) if now != was]
            found = sum(cites_new(now, articles) for now in changed)
            print(
                f"{name}: replies unchanged with a copy of every article, {kind:9} "
                f"{len(asked) - len(changed)} of {len(asked)}; changed and citing an addition: {found}"
            )
        with opened(everything) as (_, bot):
            leaks = Leaks({article.id: article for article in everything})
            late = [leaks.of(bot.ask(q), q.as_of) for q in islice(moments(articles, questions), drawn) if q.as_of]
        print(f"{name}: replies as of a moment with information from later: {sum(map(bool, late))} of {len(late)}")


def main() -> None:
    """Run the command line interface."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="number of random moments")
    parser.add_argument("--chain", type=int, default=10, help="number of questions for the pipeline with models")
    options = parser.parse_args()
    measure(options.cases, options.chain)


if __name__ == "__main__":
    main()
