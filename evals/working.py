"""What the commands do, without a terminal: also what a script that imports ``evals`` would call."""

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
    """Which server is asked instead of this Dateline: Dateline's own or an OpenAI-compatible one.

    ``key`` names the environment variable that holds the server's key; ``refusal`` is how a refusal in plain words
    begins, ``model`` what is named to an OpenAI-compatible server.
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
    """Ask every case of a suite of the chatbot of ``settings``, and keep the replies in ``out``.

    Raises:
        BadInput: the archive is not what it should be, or ``out`` holds another run.
    """
    from evals.chatbots import opened  # noqa: PLC0415  (torch, Chroma and LlamaIndex)

    kept = archive or (out / "archive" if chosen.articles is not None else None)
    with opened(settings, chosen, kept, copies, adding) as found:
        folder = run(found.target, chosen.cases, out, suite=chosen.name, article_of=found.article_of, progress=progress)
    _keep_published(folder, chosen)
    return folder


def ask_server(server: Server, chosen: Suite, out: Path, *, progress: Progress) -> RunFolder:
    """Ask every case of a suite of a server, and keep the replies in ``out``.

    Raises:
        BadInput: it has no address that can be asked, its key is not set, or ``out`` holds another run.
    """
    asked = target_at(server.url, server.model, server.refusal or REFUSAL, _key(server.key))
    texts = {article.id: article for article in chosen.articles or ()}
    folder = run(asked, chosen.cases, out, suite=chosen.name, article_of=texts.get, progress=progress)
    _keep_published(folder, chosen)
    return folder


def _key(variable: str | None) -> str | None:
    """The key in an environment variable: never given on a command line, where others can read it."""
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise BadInput(f"--target-key names the environment variable {variable}, which is not set")
    return os.environ[variable]


def named_suite(name: str, data: Path | None, *, drafts: bool = False, variant: Variant = AS_IT_IS) -> Suite:
    """The suite of a name, asked as ``variant`` says.

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
    """Score a run and write its scores beside it."""
    folder = RunFolder(out)
    write_scores(folder, score_run(folder, judge), cards or SHIPPED)


def measure_judge(
    judge: Judge, names: Sequence[str], data: Path, *, limit: int | None, cards: Path | None, progress: Progress
) -> list[tuple[JudgeSet, Measured]]:
    """Hold a judge against people on some sets (none named: all), and write its card into ``cards`` if given."""
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
    """At most ``limit`` items, whole clusters in an order that depends on their names alone."""
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
    """Draft a golden set from an archive; what was done is returned as a sentence.

    Raises:
        ArchiveMissing: there is no archive.
        BadInput: no language model is configured where one is asked for, or no sentence can be asked about.
    """
    from evals.drafting import draft_cases, llm_questions, template_questions  # noqa: PLC0415
    from rag.assemble import open_archive  # noqa: PLC0415  (torch, Chroma and LlamaIndex)

    chosen = settings.model_copy(update={"archive": archive}) if archive else settings
    make = llm_questions(settings) if llm else template_questions(seed)
    with open_archive(chosen, create=False) as opened:
        cases = draft_cases([summary.id for summary in opened.articles()], opened.article, make, count, seed)
    write_lines(out, (case_json(case) for case in cases))
    mend = f"correct each, take its tag “draft” out, then `dateline eval check {out}`"
    return f"wrote {len(cases)} drafts to {out}; {mend}"


def draft_from_feedback(feedback: Path, out: Path) -> str:
    """Draft a golden set from what users said of replies; what was done is returned as a sentence.

    Raises:
        BadInput: the file cannot be read as feedback.
    """
    from evals.feedback import TO_EDIT, feedback_cases  # noqa: PLC0415

    cases = feedback_cases(feedback)
    write_lines(out, (case_json(case) for case in cases))
    unknown = sum(TO_EDIT in case.tags for case in cases)
    mend = f"correct each, take its tag “draft” out, then `dateline eval check {out}`"
    return f"wrote {len(cases)} drafts to {out}, {unknown} of them without an expectation (“{TO_EDIT}”); {mend}"


def check_set(settings: Settings, golden: Path, archive: Path | None) -> list[Problem]:
    """What is wrong with a golden set, in itself and against the archive's articles."""
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
