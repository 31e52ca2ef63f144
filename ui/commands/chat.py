"""``dateline chat``: the chat window."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import EnvironmentProblem
from ui.options import archive_option, settings_for

if TYPE_CHECKING:
    from index.archive import Archive
    from rag.settings import Settings

SAMPLE_QUESTIONS = (
    "Was a Koravian drone shot down over Tervania?",
    "How many homes lost power in storm Hedda?",
    "How many customers were affected by the Norlyk data breach?",
    "How much did the drone cost?",
)
"""Things to ask the sample archive: a denial, two counts, a figure put right later, and what it does not say."""


@click.command()
@click.option("--host", help="Address to listen on. [default: 127.0.0.1, this machine only]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes any free one. [default: 7860]")
@click.option("--sample", is_flag=True, help="First put the sample archive into the archive folder, if that is empty.")
@click.option("--read-only", is_flag=True, help="Change nothing: the archive has to be there already.")
@archive_option
def chat(host: str | None, port: int | None, sample: bool, read_only: bool, archive: Path | None) -> None:
    """Open the chat window on this machine.

    There is no password: on another --host than 127.0.0.1 everybody who reaches it can read the archive.
    """
    if sample and read_only:
        raise click.UsageError("--sample puts articles into the archive, which --read-only forbids.")
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings_for(archive, chat=given) if given else settings_for(archive)
    listening = _listen(settings.chat.host, settings.chat.port)
    with listening:
        _serve(settings, listening, sample=sample, create=not read_only)


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket, before anything slow is loaded: a port that is taken is said at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as problem:
        raise EnvironmentProblem(
            f"Cannot listen on {host} port {port} ({problem.strerror}); choose another with --port (0 takes any)."
        ) from None
    return listening


def _serve(settings: Settings, listening: socket.socket, *, sample: bool, create: bool) -> None:
    import uvicorn  # noqa: PLC0415

    from rag.assemble import chatbot, open_archive  # noqa: PLC0415
    from ui.app import chat_app  # noqa: PLC0415

    with open_archive(settings, create=create) as archive:
        if sample:
            _fill_with_sample(archive, settings)
        app = chat_app(
            archive, chatbot(settings, archive), host=settings.chat.host, examples=SAMPLE_QUESTIONS if sample else ()
        )
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        listening.listen()  # from here on a browser waits where it would have been refused
        click.echo(f"Dateline is open at http://{shown}:{port}/ (Ctrl-C closes it)", err=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
        server.run(sockets=[listening])


def _fill_with_sample(archive: Archive, settings: Settings) -> None:
    from index.sample import sample_articles  # noqa: PLC0415
    from ui.commands.add import sync_paths  # noqa: PLC0415

    if not archive.articles():
        click.echo("Putting the sample archive in place…", err=True)
        sync_paths(archive, settings, (sample_articles(),))
