"""``dateline index``: how the archive stands, whether it is whole, and making its indexes anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import ArchiveDamaged
from ui.options import archive_option, json_option, settings_for
from ui.output import clean_stdout, write_json, write_text

if TYPE_CHECKING:
    from index.archive import Status


@click.group(name="index")
def index_group() -> None:
    """Show, check or rebuild the archive's index."""


@index_group.command()
@archive_option
@json_option
def status(archive: Path | None, as_json: bool) -> None:
    """Show how the archive stands; changes nothing."""
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
    """Check that the record and both indexes agree; changes nothing, exit code 3 where they do not."""
    from rag.opening import open_archive  # noqa: PLC0415

    with clean_stdout() as out, open_archive(settings_for(archive), create=False) as opened:
        faults = opened.check()
        if as_json:
            write_json(out, {"whole": not faults, "problems": faults})
        else:
            write_text(out, "\n".join(faults) or "The archive is whole.")
    if faults:
        found = "1 fault was" if len(faults) == 1 else f"{len(faults)} faults were"
        raise ArchiveDamaged(f"{found} found; `dateline index rebuild` makes the indexes anew from the record.")


@index_group.command()
@click.option("--reembed", is_flag=True, help="Also cut and embed every article again, with the present settings.")
@archive_option
@json_option
def rebuild(reembed: bool, archive: Path | None, as_json: bool) -> None:
    """Make both indexes anew from the record."""
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
