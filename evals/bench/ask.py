"""Time adding articles and answering questions with the sample archive: ``python -m evals.bench.ask [QUESTIONS]``."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from evals.bench.harness import Timing, print_timings, timed
from evals.golden import read_cases
from evals.suites import sample_articles, sample_golden
from evals.types import Case
from index.embedding import load_embedder
from rag.assemble import chatbot, open_archive
from rag.engine import Chatbot
from rag.settings import load_settings
from rag.types import Reply

QUESTIONS = 40
BASELINE = "embed the texts only"


def main(questions: int = QUESTIONS) -> None:
    """Add the sample articles twice, then ask the first ``questions`` questions of the golden set."""
    articles = sample_articles()
    cases = read_cases(sample_golden())[:questions]
    with tempfile.TemporaryDirectory() as scratch:
        settings = load_settings({"archive": Path(scratch) / "archive"})
        embedder = load_embedder(settings.embedding.model, batch_size=settings.embedding.batch_size)
        embedder.embed_questions(["warm up"])
        with open_archive(settings) as archive:
            adding = [
                timed(BASELINE, [lambda: embedder.embed_texts([article.text for article in articles])]),
                timed("add", [lambda: archive.sync(articles)]),
                timed("add again, unchanged", [lambda: archive.sync(articles)]),
            ]
            print_timings(f"Adding {len(articles)} articles", adding, BASELINE)
            bot = chatbot(settings, archive)
            bot.ask(cases[0].asked())  # loads the models
            search = timed("search alone", [partial(archive.search, case.asked(), 40) for case in cases])
            replies: list[Reply] = []
            asking = timed("ask", [partial(_ask, bot, case, replies) for case in cases])
            steps = {step for reply in replies for step in reply.trace.timings_ms}
            spent = [
                Timing(f"  {step}", found, found)
                for step in ("retrieve", "rerank", "read", "verify")
                if step in steps and (found := tuple(reply.trace.timings_ms.get(step, 0.0) for reply in replies))
            ]
            print_timings(f"Asking {len(cases)} questions", [search, asking, *spent], "search alone")


def _ask(bot: Chatbot, case: Case, replies: list[Reply]) -> None:
    replies.append(bot.ask(case.asked()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS)
