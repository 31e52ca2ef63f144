"""The ``dateline`` command: the table of subcommands, and error handling that reports each failure in one sentence."""

from __future__ import annotations

import errno
import logging
import os
import sys
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import click

from index.errors import DatelineError, EnvironmentProblem
from ui.lazy import LazyCommand, LazyGroup
from ui.options import Invocation, archive_option
from ui.output import open_standard_streams, quiet_stdout

# Operating system errors that are not faults in Dateline, with the remedy.
_OS_REMEDIES = {
    errno.ENOSPC: "free some disk space, then run the command again",
    errno.EDQUOT: "free some space within your quota, then run the command again",
    errno.EROFS: "choose a location that can be written to",
    errno.EACCES: "check its owner and permissions",
    errno.EPERM: "check its owner and permissions",
    errno.EIO: "the disk or the terminal is failing or gone; see the system log",
    errno.EMFILE: "raise the limit on open files (`ulimit -n`)",
    errno.ENFILE: "close other programs, or raise the system's limit on open files",
    errno.ENAMETOOLONG: "choose a shorter path",
}

INTERRUPTED = 130
PIPE_CLOSED = 141

COMMANDS = {
    "add": LazyCommand("ui.commands.add:add", "Read files and folders and add their articles to the archive."),
    "remove": LazyCommand("ui.commands.articles:remove", "Remove articles from the archive."),
    "list": LazyCommand("ui.commands.articles:list_articles", "List the articles in the archive."),
    "ask": LazyCommand("ui.commands.ask:ask", "Answer a question with citations, or say that no article answers it."),
    "search": LazyCommand("ui.commands.search:search", "Rank the passages closest to a question, without answering."),
    "verify": LazyCommand("ui.commands.verify:verify", "Check claims against the evidence given with them."),
    "chat": LazyCommand("ui.commands.chat:chat", "Start the chat window in a local web server."),
    "mcp": LazyCommand("ui.commands.mcp:mcp", "Serve the archive to language models over stdin and stdout (MCP)."),
    "eval": LazyCommand("evals.cli:group", "Evaluate the chatbot, compare runs, and gate builds on the result."),
    "index": LazyCommand("ui.commands.index:index_group", "Show, check or rebuild the archive's indexes."),
    "settings": LazyCommand("ui.commands.settings:settings", "Print every setting and where it came from."),
}

EPILOG = """\b
Exit codes: 0 success; 1 a gate failed; 2 usage, settings or bad input;
3 environment (a missing model, a damaged index, a server that is down)."""


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@archive_option
@click.option("--debug", is_flag=True, help="Show warnings, and the traceback of an unexpected error.")
@click.version_option(version("dateline"), prog_name="dateline")
@click.pass_context
def dateline(ctx: click.Context, archive: Path | None, debug: bool) -> None:
    """Ask a news archive questions; every sentence of the answer cites the exact words it rests on.

    \b
    Start with:
      dateline add ARTICLES/        read a folder of articles
      dateline ask "QUESTION"       one answer with its sources
      dateline chat                 the chat window
    """  # noqa: D301  (click's marker for preformatted lines)
    ctx.obj = Invocation(archive=archive, debug=debug)
    if not debug:
        _silence_libraries()


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and exit with the documented exit code."""
    # Set before torch is loaded: busy-waiting threads halve the throughput of shared cores.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    arguments = sys.argv[1:] if arguments is None else arguments
    code = 0
    open_standard_streams()
    try:
        # Not dateline.main(): it exits with 1 on a closed pipe, which here means that a gate failed.
        with dateline.make_context("dateline", list(arguments)) as context:
            dateline.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except BrokenPipeError:
        quiet_stdout()
        sys.exit(PIPE_CLOSED)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except click.ClickException as problem:
        sys.exit(_complain(_usage_sentence(problem), problem.exit_code))
    except DatelineError as problem:
        sys.exit(_complain(str(problem), problem.exit_code))
    except Exception as problem:
        if "--debug" in arguments:
            raise
        sentence = _os_sentence(problem) if isinstance(problem, OSError) and problem.errno in _OS_REMEDIES else None
        sys.exit(_complain(sentence or _unexpected(problem), EnvironmentProblem.exit_code))
    sys.exit(code)


def _complain(sentence: str, code: int) -> int:
    click.echo(f"dateline: {' '.join(sentence.split())}", err=True)
    return code


def _usage_sentence(problem: click.ClickException) -> str:
    message = problem.format_message()
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    return f"{message} See `{context.command_path} --help`." if context else message


def _os_sentence(problem: OSError) -> str:
    where = f" ({problem.filename})" if problem.filename else ""
    try:
        sys.stdout.flush()
    except OSError:
        quiet_stdout()  # the unwritten data is still buffered and would fail again when Python exits
    return f"The operating system refused: {problem.strerror}{where}; {_OS_REMEDIES[problem.errno or 0]}."


def _unexpected(problem: Exception) -> str:
    detail = f" ({problem})" if str(problem) else ""
    return (
        f"unexpected {type(problem).__name__}{detail}; this is a bug in Dateline or in a library it uses. "
        "Put --debug before the command name to see the traceback."
    )


def _silence_libraries() -> None:
    """Hide library warnings, which are shown with --debug only; errors still go to stderr as one sentence."""
    warnings.simplefilter("ignore")
    logging.getLogger().addHandler(logging.NullHandler())
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")


if __name__ == "__main__":
    main()
