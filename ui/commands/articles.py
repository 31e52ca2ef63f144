"""``dateline list`` and ``dateline remove``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.options import archive_option, json_option, settings_for
from ui.output import clean_stdout, write_json, write_text
from ui.text import one_line

if TYPE_CHECKING:
    from index.tables import ArticleSummary

LONGEST_ID = 80
"""Maximum width of the id column in characters, so that one very long id does not push the rest off the screen."""


@click.command(name="list")
@archive_option
@json_option
def list_articles(archive: Path | None, as_json: bool) -> None:
    """List the articles in the archive.

    One per line, oldest first: id, date, outlet and headline.
    """
    from rag.opening import open_archive  # noqa: PLC0415
    from ui.wire import summary_json  # noqa: PLC0415

    with clean_stdout() as out, open_archive(settings_for(archive), create=False) as opened:
        articles = opened.articles()
        if as_json:
            write_json(out, {"articles": [summary_json(article) for article in articles]})
        elif articles:
            wide = min(LONGEST_ID, max(len(one_line(one.id)) for one in articles))
            write_text(out, "\n".join(_line(article, wide) for article in articles))
        else:
            write_text(out, "The archive is empty. Add articles with `dateline add FOLDER`.")


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@archive_option
@json_option
def remove(articles: tuple[str, ...], archive: Path | None, as_json: bool) -> None:
    """Remove articles from the archive.

    ARTICLE is an id as shown by `dateline list`.
    """
    from rag.opening import open_archive  # noqa: PLC0415

    with clean_stdout() as out, open_archive(settings_for(archive), create=False) as opened:
        report = opened.remove(articles)
        if as_json:
            write_json(out, {"articles": report.articles, "removed": report.removed})
        else:
            write_text(out, f"{report.removed:,} removed, {report.articles:,} articles left in the archive.")


def _line(article: ArticleSummary, wide: int) -> str:
    date = article.published.date().isoformat() if article.published else "undated   "
    return (
        f"{one_line(article.id):<{wide}}  {date}  {one_line(article.outlet or '-')}  {one_line(article.title or '-')}"
    )
