"""``dateline eval run`` and ``score``: ask a chatbot the cases of a suite, and score its replies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from evals.commands.options import (
    archive_option,
    cards_option,
    chosen_archive,
    data_option,
    folder_type,
    judge_option,
    load,
    made_judge,
    print_run,
    progress,
    run_argument,
    working,
)
from index.errors import BadInput


@click.command("run")
@click.option("--suite", default="sample", show_default=True, metavar="NAME", help="Name of a suite, or a golden set.")
@click.option("--out", type=folder_type, required=True, metavar="DIR", help="Folder of the run; resumes a stopped run.")
@data_option
@archive_option
@judge_option
@cards_option
@click.option("--limit", type=click.IntRange(min=1), help="Ask only the first cases.")
@click.option("--over", metavar="NAME", help="Ask over the articles of another suite: all cases should be refused.")
@click.option("--as-of", metavar="DATE", help="Ask as of this day, or as of each case's own day with `asked`.")
@click.option("--copies", type=click.IntRange(0, 9), default=0, help="Number of reprints to add of every article.")
@click.option("--target", metavar="URL", help="Ask a server instead: Dateline's or an OpenAI-compatible one.")
@click.option("--model", help="Model name to send to an OpenAI-compatible server.")
@click.option("--target-key", metavar="VARIABLE", help="Environment variable that holds the server's key.")
@click.option("--refusal", metavar="REGEX", help="Matches the beginning of a plain-text refusal.")
@click.option("--drafts", is_flag=True, help="Also ask cases that nobody has reviewed.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as one JSON document.")
def run_command(
    *, suite: str, out: Path, data: Path | None, archive: Path | None, judge: str, cards: Path | None,
    limit: int | None, over: str | None, as_of: str | None, copies: int,
    target: str | None, model: str | None, target_key: str | None, refusal: str | None,
    drafts: bool, as_json: bool,
) -> None:  # fmt: skip
    """Ask a chatbot the cases of a suite, and score the replies.

    Every reply is stored, so the same command resumes a run that was stopped.
    """
    from evals.actions import Server, ask_server, ask_suite, named_suite, score_folder  # noqa: PLC0415
    from evals.variants import Variant  # noqa: PLC0415

    settings = load()
    _refuse_idle(target, {"--copies": copies}, {"--model": model, "--target-key": target_key, "--refusal": refusal})
    chosen = named_suite(suite, data, drafts=drafts, variant=Variant(over, as_of, limit))
    with progress("Adding articles", "Asking") as (adding, asking):
        if target:
            ask_server(Server(target, model, refusal, target_key), chosen, out, progress=asking)
        else:
            place = chosen_archive(archive)
            ask_suite(settings, chosen, out, archive=place, copies=copies, adding=adding, progress=asking)
    with working("Judging"):
        score_folder(out, made_judge(judge, settings), cards)
    print_run(out, as_json=as_json)


def _refuse_idle(target: str | None, own: Mapping[str, object], servers: Mapping[str, object]) -> None:
    """Reject options without effect: ``own`` ones if a server is asked, ``servers`` ones if none is.

    Raises:
        BadInput: such an option is given.
    """
    idle = [name for name, value in (own if target else servers).items() if value]
    if idle:
        raise BadInput(f"{idle[0]} has no effect {'with' if target else 'without'} --target; leave it out")


@click.command("score")
@run_argument
@judge_option
@cards_option
@click.option("--json", "as_json", is_flag=True, help="Print the scores as one JSON document.")
def score_command(run: Path, judge: str, cards: Path | None, *, as_json: bool) -> None:
    """Score a run again without asking again.

    Use it with another judge, or after the measures changed.
    """
    from evals.actions import score_folder  # noqa: PLC0415

    with working("Judging"):
        score_folder(run, made_judge(judge, load()), cards)
    print_run(run, as_json=as_json)
