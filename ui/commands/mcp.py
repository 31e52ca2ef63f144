"""``dateline mcp``: the archive as tools for language models."""

from __future__ import annotations

from pathlib import Path

import click

from index.errors import EnvironmentProblem
from ui.options import archive_option, settings_for
from ui.output import clean_stdout


@click.command()
@archive_option
def mcp(archive: Path | None) -> None:
    """Serve the archive to language models over stdin and stdout (MCP).

    \b
    Tools: ask, search, article. In the client's server configuration:
      {"command": "dateline", "args": ["--archive", "DIR", "mcp"]}
    """  # noqa: D301  (click's marker for preformatted lines)
    settings = settings_for(archive)
    with clean_stdout():  # output printed by libraries while loading would corrupt the protocol
        from rag.assemble import chatbot, open_archive  # noqa: PLC0415

        try:
            from ui.serving.tools import tool_server  # noqa: PLC0415
        except ModuleNotFoundError as missing:
            if missing.name != "mcp":
                raise
            raise EnvironmentProblem(
                "The package mcp is not installed; install it with: pip install -c constraints.txt '.[mcp]'"
            ) from None
        opened = open_archive(settings, create=False)
    with opened:
        tool_server(opened, chatbot(settings, opened)).run()
