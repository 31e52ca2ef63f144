"""``dateline settings``: every setting, its value and where it came from."""

from __future__ import annotations

from pathlib import Path

import click

from ui.options import archive_option, json_option, settings_for
from ui.output import clean_stdout, write_json, write_text


@click.command()
@archive_option
@json_option
def settings(archive: Path | None, as_json: bool) -> None:
    """Print every setting and where it came from.

    Settings come from dateline.toml in the current folder, then DATELINE_ environment variables, then options; later
    sources take precedence. Secrets are redacted.
    """
    from rag.settings import describe  # noqa: PLC0415

    rows = describe(settings_for(archive))
    with clean_stdout() as out:
        if as_json:
            write_json(out, {row.key: {"value": row.value, "source": row.source} for row in rows})
            return
        wide = max(len(row.key) for row in rows)
        write_text(out, "\n".join(f"{row.key:<{wide}}  {row.value}  ({row.source})" for row in rows))
