"""The work of the commands, without terminal output; scripts that import ``evals`` can call it too."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from evals.folder import RunFolder
from evals.formats.base import JudgeSet, Suite
from evals.golden import BadGoldenSet, case_json, check_against, read_lines
from evals.json_files import write_json, write_lines
from evals.judges.agreement import Measured, against
from evals.judges.card import SHIPPED, card_path, write_card
from evals.judging import BATCH, judged
from evals.plain_reply import REFUSAL
from evals.published import score_published
from evals.results import write_scores
from evals.run import run
from evals.score import score_run
from evals.suites import JUDGE_SETS, judge_set, suite
from evals.targets import target_at
from evals.types import Judge, Judgement, Pair
from evals.variants import AS_IT_IS, Variant
from index.errors import BadInput
from index.types import Problem
from rag.evidence.examples import Trained

if TYPE_CHECKING:
    from rag.settings import Settings

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Server:
    """A server to ask instead of the chatbot in this process: a Dateline server or an OpenAI-compatible one.

    ``model`` is the model name sent to an OpenAI-compatible server. ``refusal`` is a regular expression for the
    beginning of a plain-text refusal. ``key`` names the environment variable that holds the server's key.
    """

    url: str
    model: str | None = None
    refusal: str | None = None
    key: str | None = None


def ask_suite(
    settings: Settings,
    chosen: Suite,
    out: Path,
    *,
    archive: Path | None,
    copies: int = 0,
    progress: Progress,
    adding: Progress = lambda _done, _total: None,
) -> RunFolder:
    """Ask the chatbot that ``settings`` describe every case of a suite, and store the replies in ``out``.

    Raises:
        BadInput: the archive holds articles that are not the suite's, or ``out`` holds a different run.
    """
    from evals.chatbots import opened  # noqa: PLC0415  (torch, Chroma and LlamaIndex)

    kept = archive or (out / "archive" if chosen.articles is not None else None)
    with opened(settings, chosen, kept, copies, adding) as found:
        folder = run(found.target, chosen.cases, out, suite=chosen.name, article_of=found.article_of, progress=progress)
    _keep_published(folder, chosen)
    return folder


def ask_server(server: Server, chosen: Suite, out: Path, *, progress: Progress) -> RunFolder:
    """Ask a server every case of a suite, and store the replies in ``out``.

    Raises:
        BadInput: the server's URL is not an http address, its key is not set, or ``out`` holds a different run.
    """
    asked = target_at(server.url, server.model, server.refusal or REFUSAL, _key(server.key))
    texts = {article.id: article for article in chosen.articles or ()}
    folder = run(asked, chosen.cases, out, suite=chosen.name, article_of=texts.get, progress=progress)
    _keep_published(folder, chosen)
    return folder


def _key(variable: str | None) -> str | None:
    """The key in an environment variable. Keys never go on a command line, where other users could read them."""
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise BadInput(f"--target-key names the environment variable {variable}, which is not set")
    return os.environ[variable]


def named_suite(name: str, data: Path | None, *, drafts: bool = False, variant: Variant = AS_IT_IS) -> Suite:
    """The suite called ``name``, changed by ``variant``.

    Raises:
        BadInput: as ``evals.suites.suite`` and ``Variant.of``.
    """
    return variant.of(suite(name, data, drafts=drafts), lambda other: suite(other, data))


def _keep_published(folder: RunFolder, chosen: Suite) -> None:
    if chosen.published:
        rows = score_published(chosen.cases, chosen.published)
        systems = [
            {
                "system": row.system,
                "about": row.about,
                "measures": {
                    name: {**asdict(found.value), "measured": found.measured, "cases": found.cases}
                    for name, found in row.summaries.items()
                    if found.value
                },
            }
            for row in rows
        ]
        write_json(folder.path / "published.json", {"systems": systems})


def score_folder(out: Path, judge: Judge | None, cards: Path | None = None) -> None:
    """Score a run and write its scores into its folder."""
    folder = RunFolder(out)
    write_scores(folder, score_run(folder, judge), cards or SHIPPED)


def measure_judge(
    judge: Judge, names: Sequence[str], data: Path, *, limit: int | None, cards: Path | None, progress: Progress
) -> list[tuple[JudgeSet, Measured]]:
    """Compare a judge with people's labels on the named sets (all if none is named).

    Its card is written into the folder ``cards``, if given. ``limit`` is the maximum number of claims per set.
    """
    found = []
    for name in names or JUDGE_SETS:
        labelled = _limited(judge_set(name, data), limit)
        measured = against(labelled, _judged(judge, labelled, progress))
        training = None if judge.trained_on is None else judge.trained_on.get(name, Trained.NOT)
        found.append((labelled, replace(measured, training=training)))
        if cards:
            write_card(card_path(judge.name, cards), judge.name, [found[-1][1]])
    return found


def _judged(judge: Judge, labelled: JudgeSet, progress: Progress) -> dict[Pair, Judgement]:
    pairs = list(dict.fromkeys(item.pair for item in labelled.items))
    found: dict[Pair, Judgement] = {}
    for start in range(0, len(pairs), BATCH):
        found |= judged(pairs[start : start + BATCH], judge)
        progress(len(found), len(pairs))
    return found


def _limited(labelled: JudgeSet, limit: int | None) -> JudgeSet:
    """At most ``limit`` items: whole clusters, in an order that depends only on their names."""
    if limit is None or len(labelled.items) <= limit:
        return labelled
    kept: set[str] = set()
    count = 0
    sizes: dict[str, int] = {}
    for item in labelled.items:
        sizes[item.cluster] = sizes.get(item.cluster, 0) + 1
    for cluster in sorted(sizes, key=lambda name: sha256(name.encode()).hexdigest()):
        if count + sizes[cluster] <= limit:
            kept.add(cluster)
            count += sizes[cluster]
    return replace(labelled, items=tuple(item for item in labelled.items if item.cluster in kept))


def draft_set(settings: Settings, archive: Path | None, out: Path, count: int, seed: int, *, llm: bool) -> str:
    """Draft a golden set from an archive; returns a sentence for the user.

    Raises:
        ArchiveMissing: there is no archive.
        BadInput: ``llm`` is set but no language model is configured, or no sentence yields a question.
    """
    from evals.drafting import draft_cases, llm_questions, template_questions  # noqa: PLC0415
    from rag.assemble import open_archive  # noqa: PLC0415  (torch, Chroma and LlamaIndex)

    chosen = settings.model_copy(update={"archive": archive}) if archive else settings
    make = llm_questions(settings) if llm else template_questions(seed)
    with open_archive(chosen, create=False) as opened:
        cases = draft_cases([summary.id for summary in opened.articles()], opened.article, make, count, seed)
    write_lines(out, (case_json(case) for case in cases))
    mend = f"correct each, remove its tag “draft”, then run `dateline eval check {out}`"
    return f"wrote {len(cases)} drafts to {out}; {mend}"


def draft_from_feedback(feedback: Path, out: Path) -> str:
    """Draft a golden set from users' feedback on replies; returns a sentence for the user.

    Raises:
        BadInput: the file is not feedback as the chat window writes it.
    """
    from evals.feedback import TO_EDIT, feedback_cases  # noqa: PLC0415

    cases = feedback_cases(feedback)
    write_lines(out, (case_json(case) for case in cases))
    unknown = sum(TO_EDIT in case.tags for case in cases)
    mend = f"correct each, remove its tag “draft”, then run `dateline eval check {out}`"
    return f"wrote {len(cases)} drafts to {out}, {unknown} of them without an expectation (“{TO_EDIT}”); {mend}"


def check_set(settings: Settings, golden: Path, archive: Path | None) -> list[Problem]:
    """All problems of a golden set, in itself and with respect to the archive's articles."""
    from rag.assemble import open_archive  # noqa: PLC0415

    try:
        lines = read_lines(golden)
    except BadGoldenSet as error:
        return list(error.problems)
    chosen = settings.model_copy(update={"archive": archive}) if archive else settings
    with open_archive(chosen, create=False) as opened:
        named = {relevant.article_id for case in lines.values() for relevant in case.relevant}
        articles = {summary.id: opened.article(summary.id) for summary in opened.articles() if summary.id in named}
    return check_against(lines, articles, golden)
