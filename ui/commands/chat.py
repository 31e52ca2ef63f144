"""``dateline chat``: the chat window."""

from __future__ import annotations

import socket
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import EnvironmentProblem
from ui.options import archive_option, settings_for

if TYPE_CHECKING:
    from index.archive import Archive
    from rag.settings import Settings
    from ui.serving.passwords import Users

SAMPLE_QUESTIONS = (
    "Was a Koravian drone shot down over Tervania?",
    "How many homes lost power in storm Hedda?",
    "How many customers were affected by the Norlyk data breach?",
    "Why did the Bank of Tervania raise its rate in April?",
    "Which company built the Lindow Bridge in the 1960s?",
)
"""Examples for the sample archive: a denial, two counts (one corrected later), a false premise, and one unanswered."""


@click.command()
@click.option("--host", help="Address to listen on. [default: 127.0.0.1, this machine only]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes any free one. [default: 7860]")
@click.option("--sample", is_flag=True, help="First fill the archive with the sample articles if it is empty.")
@click.option("--read-only", is_flag=True, help="Forbid changes; the archive must exist already.")
@click.option(
    "--auth",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Require a name and password; FILE holds user:hash lines (htpasswd, bcrypt). Read when the server starts.",
)
@click.option("--add-user", metavar="NAME", help="Ask for a password, add NAME to the --auth FILE, and exit.")
@click.option(
    "--share-nothing",
    is_flag=True,
    help="State explicitly what always holds: no share link, no analytics, no data sent to other machines.",
)
@archive_option
def chat(
    *,
    host: str | None,
    port: int | None,
    sample: bool,
    read_only: bool,
    auth: Path | None,
    add_user: str | None,
    share_nothing: bool,  # noqa: ARG001  (there is nothing to switch off)
    archive: Path | None,
) -> None:
    """Start the chat window in a local web server.

    \b
    Endpoints for programs on the same server:
      POST /api/ask, /api/search; GET /api/health, /api/articles/ID; schema at /api/openapi.json
      /v1/chat/completions and /v1/models, compatible with OpenAI
    Names and passwords use HTTP Basic; OpenAI clients use user:password as the API key.
    With a --host other than 127.0.0.1, put a proxy with TLS in front.
    """  # noqa: D301  (click's marker for preformatted lines)
    if sample and read_only:
        raise click.UsageError("--sample adds articles to the archive, which --read-only forbids.")
    if add_user is not None:
        _add_user(auth, add_user)
        return
    users = _users(auth)
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings_for(archive, chat=given) if given else settings_for(archive)
    listening = _listen(settings.chat.host, settings.chat.port)
    with listening:
        _warn(listening, guarded=users is not None, may="read" if read_only else "read and change")
        _serve(settings, listening, users, sample=sample, create=not read_only)


def _users(auth: Path | None) -> Users | None:
    if auth is None:
        return None
    from ui.serving.passwords import Users  # noqa: PLC0415  (bcrypt)

    return Users.read(auth)


def _add_user(auth: Path | None, name: str) -> None:
    from ui.serving.passwords import add_user  # noqa: PLC0415  (bcrypt)

    if auth is None:
        raise click.UsageError("--add-user needs --auth FILE, the file to add the user to.")
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    verb = "added to" if add_user(auth, name, password) else "has a new password in"
    click.echo(f"{name} {verb} {auth}.", err=True)


def _warn(listening: socket.socket, *, guarded: bool, may: str = "read and change") -> None:
    """Warn if other machines can reach the address."""
    host = listening.getsockname()[0]
    if ip_address(host).is_loopback:
        return
    if guarded:
        click.echo("Warning: names and passwords are sent unencrypted; put a proxy with TLS in front.", err=True)
    else:
        click.echo(
            f"Warning: everyone who can reach {host} can {may} the archive; --auth FILE requires a name and password.",
            err=True,
        )


def _listen(host: str, port: int) -> socket.socket:
    """Return a bound socket. Called before anything slow is loaded, so that a port in use is reported at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as problem:
        raise EnvironmentProblem(
            f"Cannot listen on {host} port {port} ({problem.strerror}); choose another --port (0 takes any free one)."
        ) from None
    return listening


def _serve(settings: Settings, listening: socket.socket, users: Users | None, *, sample: bool, create: bool) -> None:
    import uvicorn  # noqa: PLC0415

    from rag.assemble import chatbot, open_archive  # noqa: PLC0415
    from ui.app import chat_app  # noqa: PLC0415
    from ui.curator import Curator  # noqa: PLC0415
    from ui.serving.mount import Serving  # noqa: PLC0415

    with open_archive(settings, create=create) as archive:
        if sample:
            _fill_with_sample(archive, settings)
        max_bytes = int(settings.reading.max_file_mb * 1_000_000)
        app = chat_app(
            archive,
            chatbot(settings, archive),
            host=settings.chat.host,
            examples=SAMPLE_QUESTIONS if sample else (),
            serving=Serving(users, _models(settings), drafted_elsewhere=settings.llm_drafts),
            curator=Curator(archive, settings.archive, max_bytes) if create else None,
        )
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        listening.listen()  # from here on a browser waits for the server instead of being refused
        click.echo(f"Dateline is running at http://{shown}:{port}/ (press Ctrl-C to stop)", err=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
        server.run(sockets=[listening])


def _models(settings: Settings) -> dict[str, str]:
    """Return the model behind each part of the pipeline."""
    return {
        "embedding": settings.embedding.model,
        "reranker": settings.reranker.model,
        "reader": str(settings.llm.model) if settings.llm_drafts else "extractive",
        "verifier": settings.verifier.model,
    }


def _fill_with_sample(archive: Archive, settings: Settings) -> None:
    from index.sample import sample_articles  # noqa: PLC0415
    from ui.commands.add import sync_paths  # noqa: PLC0415

    if not archive.articles():
        click.echo("Adding the sample articles…", err=True)
        sync_paths(archive, settings, (sample_articles(),))
