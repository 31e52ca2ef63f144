"""JSON files of ours and of others: read with one sentence on what is wrong, written whole or appended to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import BadInput

ESCAPED = "backslashreplace"
"""Half a surrogate pair, as a chatbot may send, is written as \\udXXX, which JSON reads as that character again."""


def read_value(path: Path, mend: str) -> Any:
    """The JSON in a file; ``mend`` says how to get the file.

    Raises:
        BadInput: the file is absent, not UTF-8 or not JSON.
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
    """One JSON object; ``mend`` says how to get the file.

    Raises:
        BadInput: the file is absent or no JSON object.
    """
    value = read_value(path, mend)
    if not isinstance(value, dict):
        raise BadInput(f"{path}: expected a JSON object; {mend}")
    return value


def read_json_lines(path: Path, mend: str, *, appended: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each line that is not blank; ``mend`` says what to do about a bad one.

    Of a file that is ``appended`` to, half a line at the end is left out: a kill in the middle of a write leaves one.

    Raises:
        BadInput: a line is not a JSON object.
    """
    with path.open("rb") as file:  # the half line may end within a character
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
    """Add one object a line, handed to the operating system before this returns; half a line before it is dropped."""
    _end_last_line(path)
    with path.open("a", encoding="utf-8", errors=ESCAPED) as file:
        file.writelines(map(_line, lines))


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write one JSON object, readable, whole or not at all."""
    _replace(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write one object a line, all or nothing."""
    _replace(path, "".join(map(_line, lines)))


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _replace(path: Path, content: str) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.write_text(content, encoding="utf-8", errors=ESCAPED)
    partial.replace(path)


def _end_last_line(path: Path) -> None:
    """Give a whole last line its end; drop half a one."""
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
    """Whether nothing stands after the last line's end."""
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"
