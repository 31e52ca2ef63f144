"""``dateline search``: retrieval only."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.options import archive_option, asked_of, batch_option, json_option, settings_for, window_options
from ui.output import clean_stdout, write_json, write_text
from ui.text import one_line

if TYPE_CHECKING:
    from index.types import ScoredChunk


@click.command()
@click.argument("question", required=False)
@window_options
@click.option("--limit", type=click.IntRange(1, 500), default=10, show_default=True, help="Maximum number of passages.")
@batch_option
@archive_option
@json_option
def search(
    *,
    question: str | None,
    as_of: datetime | None,
    since: datetime | None,
    until: datetime | None,
    outlets: tuple[str, ...],
    limit: int,
    batch: Path | None,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Rank the passages closest to a question, without answering.

    \b
    With --batch, each line is {"id", "question", "as_of"?, "since"?, "until"?, "outlets"?} and each
    result is one line of JSON in the same order.
    """  # noqa: D301  (click's marker for preformatted lines)
    asked = asked_of(question, batch, as_of=as_of, since=since, until=until, outlets=outlets)
    settings = settings_for(archive)
    with clean_stdout() as out:
        from rag.opening import open_archive  # noqa: PLC0415
        from ui.batch import objects, opened, question_from  # noqa: PLC0415
        from ui.commands.notes import note  # noqa: PLC0415
        from ui.wire import search_json  # noqa: PLC0415

        with open_archive(settings, create=False) as archive_open:
            note(archive_open, asked)
            if not batch:
                found = archive_open.search(asked, limit)
                if as_json:
                    write_json(out, search_json(found))
                else:
                    write_text(out, "\n".join(map(_lines, found)) or "Nothing found.")
                return
            with opened(batch) as (name, stream):
                for place, record in objects(name, stream):
                    identity, wanted = question_from(place, record, asked)
                    write_json(out, search_json(archive_open.search(wanted, limit), identity))


def _lines(scored: ScoredChunk) -> str:
    chunk = scored.chunk
    date = chunk.published.date().isoformat() if chunk.published else "undated"
    where = f"{one_line(chunk.outlet or '-')}, {date}: {one_line(chunk.title or '-')} [{one_line(chunk.article_id)}]"
    return f"{scored.score:6.3f}  {where}\n        {one_line(chunk.text, 240)}"
