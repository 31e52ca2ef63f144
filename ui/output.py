"""What goes to standard output, and nothing else.

Libraries print progress bars and warnings where they like, also from C. With ``--json`` a script reads our
standard output, so for the length of a command the file descriptor itself is pointed at standard error and only
the stream handed out here reaches the reader.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

STDOUT = 1
STDERR = 2


@contextlib.contextmanager
def clean_stdout() -> Iterator[TextIO]:
    """The real standard output as UTF-8; whatever anybody else writes to stdout meanwhile goes to stderr."""
    current = sys.stdout
    if not _is_descriptor_one(current):
        with contextlib.redirect_stdout(sys.stderr):
            yield current
        return
    current.flush()
    real = os.dup(STDOUT)
    os.dup2(STDERR, STDOUT)
    # A lone surrogate leaves as the escape \udXXX, which inside a JSON string is that character again.
    stream = os.fdopen(os.dup(real), "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        yield stream
        stream.flush()
    finally:
        with contextlib.suppress(BrokenPipeError):
            stream.close()
        current.flush()
        os.dup2(real, STDOUT)
        os.close(real)


def write_json(stream: TextIO, document: Any) -> None:
    """One JSON document on one line, flushed, so that the reader of a batch has it at once."""
    stream.write(json.dumps(document, ensure_ascii=False, allow_nan=False))
    stream.write("\n")
    stream.flush()


def write_text(stream: TextIO, text: str) -> None:
    """Lines for people, flushed."""
    stream.write(text.rstrip("\n") + "\n")
    stream.flush()


def open_standard_streams() -> None:
    """Open to nothing whatever of stdin, stdout and stderr the caller closed.

    Else the next file that is opened, such as the archive's record, would be handed its number, and what is printed
    would be written into that file.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def quiet_stdout() -> None:
    """Point stdout at nothing, so that closing it after a broken pipe raises no second error."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError):
        os.dup2(devnull, STDOUT)
    os.close(devnull)


def _is_descriptor_one(stream: TextIO) -> bool:
    try:
        return stream.fileno() == STDOUT
    except (OSError, ValueError):  # a stream in memory, as tests use
        return False
