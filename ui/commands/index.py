"""``dateline index``: show the status of the archive, check it and rebuild its indexes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import ArchiveDamaged
from ui.options import archive_option, json_option, settings_for
from ui.output import clean_stdout, write_json, write_text

if TYPE_CHECKING:
    from index.health import Status


@click.group(name="index")
def index_group() -> None:
    """Show, check or rebuild the archive's indexes."""


@index_group.command()
@archive_option
@json_option
def status(archive: Path | None, as_json: bool) -> None:
    """Show the status of the archive; changes nothing."""
    from rag.opening import open_archive  # noqa: PLC0415

    with clean_stdout() as out, open_archive(settings_for(archive), create=False) as opened:
        record = _record(opened.status())
        if as_json:
            write_json(out, record)
        else:
            write_text(out, "\n".join(f"{name:<12} {_shown(value)}" for name, value in record.items()))


@index_group.command()
@archive_option
@json_option
def check(archive: Path | None, as_json: bool) -> None:
    """Check that the catalog and both indexes agree; changes nothing. The exit code is 3 if they do not."""
    from rag.opening import open_archive  # noqa: PLC0415

    with clean_stdout() as out, open_archive(settings_for(archive), create=False) as opened:
        faults = opened.check()
        if as_json:
            write_json(out, {"whole": not faults, "problems": faults})
        else:
            write_text(out, "\n".join(faults) or "The archive is intact.")
    if faults:
        found = "1 problem was" if len(faults) == 1 else f"{len(faults)} problems were"
        raise ArchiveDamaged(f"{found} found; `dateline index rebuild` rebuilds the indexes from the catalog.")


@index_group.command()
@click.option("--reembed", is_flag=True, help="Also chunk and embed every article again with the current settings.")
@archive_option
@json_option
def rebuild(reembed: bool, archive: Path | None, as_json: bool) -> None:
    """Rebuild both indexes from the catalog."""
    from rag.opening import open_archive  # noqa: PLC0415
    from ui.progress import status_line  # noqa: PLC0415

    with clean_stdout() as out, open_archive(settings_for(archive), create=False) as opened:
        with status_line("Rebuilding…") as show:
            opened.rebuild(reembed=reembed, progress=lambda done: show(f"Rebuilding… {done:,} articles embedded"))
        record = _record(opened.status())
        if as_json:
            write_json(out, record)
        else:
            write_text(out, f"Rebuilt: {record['articles']:,} articles, {record['chunks']:,} chunks.")


def _record(status: Status) -> dict[str, Any]:
    made = status.fingerprint
    return {
        "folder": str(status.folder),
        "articles": status.articles,
        "chunks": status.chunks,
        "generation": status.generation,
        "embedder": made.embedder if made else None,
        "max_tokens": made.max_tokens if made else None,
        "overlap": made.overlap if made else None,
        "behind": list(status.behind),
        "writer": str(status.writer) if status.writer else None,
        "bytes": status.bytes,
    }


def _shown(value: object) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
