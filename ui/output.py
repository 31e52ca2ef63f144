"""Standard output that carries only the command's own output.

Libraries print progress bars and warnings to stdout, some of them from C. With ``--json`` a script parses our stdout.
So during a command file descriptor 1 is redirected to stderr, and only the stream yielded here reaches the reader.
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
    """Yield the real stdout as UTF-8; anything else written to stdout meanwhile goes to stderr."""
    current = sys.stdout
    if not _is_descriptor_one(current):
        with contextlib.redirect_stdout(sys.stderr):
            yield current
        return
    current.flush()
    real = os.dup(STDOUT)
    os.dup2(STDERR, STDOUT)
    # A lone surrogate is written as the escape \udXXX, which a JSON parser turns back into that character.
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
    """Write one JSON document on one line and flush, so that a batch reader gets it at once."""
    stream.write(json.dumps(document, ensure_ascii=False, allow_nan=False))
    stream.write("\n")
    stream.flush()


def write_text(stream: TextIO, text: str) -> None:
    """Write human-readable lines and flush."""
    stream.write(text.rstrip("\n") + "\n")
    stream.flush()


def open_standard_streams() -> None:
    """Open the null device for each of stdin, stdout and stderr that the caller closed.

    Otherwise the next file opened, such as the archive's catalog, would get that descriptor, and printed text would
    be written into it.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free descriptor, which is this one
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def quiet_stdout() -> None:
    """Redirect stdout to the null device, so that closing it after a broken pipe raises no second error."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError):
        os.dup2(devnull, STDOUT)
    os.close(devnull)


def _is_descriptor_one(stream: TextIO) -> bool:
    try:
        return stream.fileno() == STDOUT
    except (OSError, ValueError):  # an in-memory stream, as in tests
        return False
