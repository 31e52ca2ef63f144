"""Reading and writing of JSON and JSON-lines files. Errors name file and line; files are replaced atomically."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import BadInput

ESCAPED = "backslashreplace"
"""Error handler for lone surrogates, which a chatbot may send: they are written as \\udXXX, a valid JSON escape."""


def read_value(path: Path, mend: str) -> Any:
    """The JSON value in a file. ``mend`` tells the user how to get or repair the file.

    Raises:
        BadInput: the file is missing, not UTF-8 or not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(f"there is no {path}; {mend}") from None
    except json.JSONDecodeError as error:
        raise BadInput(f"{path}:{error.lineno}: not JSON ({error.msg}); {mend}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8; {mend}") from None


def read_json(path: Path, mend: str) -> dict[str, Any]:
    """The JSON object in a file. ``mend`` tells the user how to get or repair the file.

    Raises:
        BadInput: the file is missing or does not hold a JSON object.
    """
    value = read_value(path, mend)
    if not isinstance(value, dict):
        raise BadInput(f"{path}: expected a JSON object; {mend}")
    return value


def read_json_lines(path: Path, mend: str, *, appended: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each non-blank line. ``mend`` tells the user what to do about a bad line.

    With ``appended``, an incomplete last line is skipped: a process killed during a write leaves one.

    Raises:
        BadInput: a line is not a JSON object.
    """
    with path.open("rb") as file:  # an incomplete line may end inside a character
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line.decode())
            except (json.JSONDecodeError, UnicodeDecodeError) as error:
                if appended and not line.endswith(b"\n"):
                    return
                why = error.msg if isinstance(error, json.JSONDecodeError) else "it is not UTF-8"
                raise BadInput(f"{path}:{number}: not JSON ({why}); {mend}") from None
            if not isinstance(value, dict):
                raise BadInput(f"{path}:{number}: expected an object; {mend}")
            yield number, value


def append_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Append one object per line, after dropping an incomplete last line.

    The lines have reached the operating system when this returns.
    """
    _end_last_line(path)
    with path.open("a", encoding="utf-8", errors=ESCAPED) as file:
        file.writelines(map(_line, lines))


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write one indented JSON object atomically."""
    _replace(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write one object per line, all of them atomically."""
    _replace(path, "".join(map(_line, lines)))


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _replace(path: Path, content: str) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.write_text(content, encoding="utf-8", errors=ESCAPED)
    partial.replace(path)


def _end_last_line(path: Path) -> None:
    """Terminate a complete last line that lacks its newline, or drop an incomplete one."""
    if not path.exists() or _ends(path):
        return
    content = path.read_bytes()
    begin = content.rfind(b"\n") + 1
    try:
        json.loads(content[begin:])
    except ValueError:
        path.write_bytes(content[:begin])
    else:
        path.write_bytes(content + b"\n")


def _ends(path: Path) -> bool:
    """Whether the file is empty or ends with a newline."""
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"
