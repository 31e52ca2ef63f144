"""``dateline ask``: one reply, or one per line of a batch."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from ui.options import archive_option, asked_of, batch_option, json_option, settings_for, window_options
from ui.output import clean_stdout, write_json, write_text

if TYPE_CHECKING:
    from index.types import Question
    from rag.engine import Chatbot
    from rag.types import Reply


@click.command()
@click.argument("question", required=False)
@window_options
@batch_option
@archive_option
@json_option
def ask(
    *,
    question: str | None,
    as_of: datetime | None,
    since: datetime | None,
    until: datetime | None,
    outlets: tuple[str, ...],
    batch: Path | None,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Answer a question with citations, or say that no article answers it.

    \b
    With --batch, each line is {"id", "question", "as_of"?, "since"?, "until"?, "outlets"?} and each
    reply is one line of JSON in the same order.
    """  # noqa: D301  (click's marker for preformatted lines)
    asked = asked_of(question, batch, as_of=as_of, since=since, until=until, outlets=outlets)
    settings = settings_for(archive)
    with clean_stdout() as out:
        from rag.assemble import chatbot, open_archive  # noqa: PLC0415  (libraries may print when imported)
        from ui.commands.notes import note  # noqa: PLC0415

        with open_archive(settings, create=False) as opened:
            note(opened, asked)
            bot = chatbot(settings, opened)
            if batch:
                _ask_batch(bot, batch, asked, out)
            else:
                _ask_one(bot, asked, out, as_json=as_json)


def _ask_one(bot: Chatbot, question: Question, out: TextIO, *, as_json: bool) -> None:
    from rag.wire import reply_json  # noqa: PLC0415
    from ui.plain import terminal  # noqa: PLC0415

    reply = _watched(bot, question)
    if as_json:
        write_json(out, reply_json(reply))
    else:
        write_text(out, terminal(reply))


def _ask_batch(bot: Chatbot, path: Path, defaults: Question, out: TextIO) -> None:
    from rag.wire import reply_json  # noqa: PLC0415
    from ui.batch import objects, opened, question_from  # noqa: PLC0415

    with opened(path) as (name, stream):
        for place, record in objects(name, stream):
            identity, question = question_from(place, record, defaults)
            write_json(out, reply_json(bot.ask(question), identity))


def _watched(bot: Chatbot, question: Question) -> Reply:
    """Return the reply; a terminal shows the steps meanwhile."""
    from ui.progress import status_line  # noqa: PLC0415
    from ui.words import doing  # noqa: PLC0415

    with status_line("Searching…") as show:
        return bot.ask(question, progress=lambda step: show(doing(step)))
