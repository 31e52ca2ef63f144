"""What a text puts in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.language.words import same_length

_DOUBLE = re.compile(r'"([^"]+)"')
_SINGLE = re.compile(r"(?<![\w'])'(?=[^\s'])((?:[^']|(?<=\w)'(?=\w))+?)(?<=[^\s])'(?!\w)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, with their place in the text (marks excluded)."""

    text: str
    start: int
    end: int


def quoted_in(text: str) -> tuple[Quoted, ...]:
    """What a text puts in quotation marks, double or single; an unclosed quotation runs to the end."""
    plain = same_length(text)
    found = [Quoted(m.group(1), m.start(1), m.end(1)) for m in _DOUBLE.finditer(plain)]
    if plain.count('"') % 2:
        last = plain.rindex('"')
        if last + 1 < len(plain.rstrip()) and plain[last + 1] not in " \n":
            found.append(Quoted(plain[last + 1 :], last + 1, len(plain)))
        elif last == len(plain.rstrip()) - 1 and not found:
            found.append(Quoted(plain[:last], 0, last))
    inside = [(q.start, q.end) for q in found]
    for m in _SINGLE.finditer(plain):
        if not any(a <= m.start() < b for a, b in inside):
            found.append(Quoted(m.group(1), m.start(1), m.end(1)))
    return tuple(sorted(found, key=lambda q: q.start))
