"""Where a text tells what an earlier report had wrong: "An earlier version of this article said that 17 died" and such.

What stands there is no longer anybody's claim. It is blanked, or told apart, before a text is asked what it states.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.types import Span
from rag.language.quotations import quoted_in

_PIECE = r"(?:version|edition|report|story|article|headline|caption|dispatch|post|figure|count|statement)s?"
_TOLD = (
    r"(?:reported|said|says|saying|stated|gave|given|wrote|written|put|called|named|described|listed|claimed|quoted|"
    r"attributed|misstated|misreported|misspelled|misidentified|misquoted|printed|published)"
)
_EARLIER = re.compile(
    rf"\b(?:earlier|previous|original|first|initial)\s+{_PIECE}\b[^.;]{{0,60}}?\b{_TOLD}\b"
    rf"|\b(?:we|this\s+(?:article|report|story|newspaper|paper)|our\s+{_PIECE})\s+(?:\w+\s+){{0,3}}?{_TOLD}\b"
    rf"|\b(?:was|were)\s+(?:\w+\s+){{0,2}}?(?:incorrectly|wrongly|mistakenly|erroneously)\s+{_TOLD}\b"
    r"|\bmis(?:stated|reported|spelled|identified|quoted)\b",
    re.IGNORECASE,
)
_OF_THIS = re.compile(r"\b(?:version|edition)s?\s+of\s+(?:this|our|the)\b", re.IGNORECASE)
_WRONG = re.compile(
    r"\b(?:correction|clarification|incorrectly|wrongly|mistakenly|erroneously|in\s+error|by\s+mistake|"
    r"regret\s+the\s+error|mis(?:stated|reported|spelled|identified|quoted)|"
    r"(?:that|this|it|which)\s+(?:is|was)\s+(?:not\s+correct|incorrect|wrong|untrue|an?\s+(?:mistake|error))|"
    r"the\s+correct\s+(?:number|figure|total|toll|name|date|day|year|sum|amount|price|title|place|spelling|age))\b",
    re.IGNORECASE,
)
# From here on the same sentence says what is right.
_TURN = re.compile(
    r";|\s[-–—]\s|,\s+(?:but|when|while|whereas|not)\b|\b(?:in\s+fact|instead|rather\s+than)\b|"
    r",\s+(?:and\s+)?(?:the\s+)?(?:correct|right)\b",
    re.IGNORECASE,
)

# A fact check: "The bridge will cost 200 million." (Harrant) This is wrong.
_CHECKED = re.compile(
    r"\A\W{0,3}(?P<claim>[\"“][^\"”]+[\"”])\s+(?:\([^)]{1,60}\)\s*)?(?:This|That|The\s+claim)\s+(?:is|was)\s+(?:\w+\s+)?"
    r"(?:wrong|false|untrue|incorrect|inaccurate|not\s+(?:true|correct|right|so))\s*[.!](?=\s|\Z)"
)
_STOP = re.compile(r"[.!?](?=\s|$)")


@lru_cache(maxsize=4096)
def retracted(text: str) -> Span | None:
    """The characters of a sentence, or of one with that after it, in which an earlier report is called wrong.

    So is a quotation that a fact check finds wrong. None where nothing is taken back: "We reported last week that …"
    alone takes nothing back.
    """
    if checked := _CHECKED.match(text):
        return Span(checked.start("claim"), checked.end("claim"))
    quoted = quoted_in(text)
    told = next((m for m in _EARLIER.finditer(text) if not any(q.start <= m.start() < q.end for q in quoted)), None)
    if not told or not (_OF_THIS.search(text) or _WRONG.search(text)):
        return None
    turn = _TURN.search(text, told.end())
    stop = _STOP.search(text, told.end())
    ends = [found.start() for found in (turn, stop) if found]
    return Span(told.start(), min(ends, default=len(text)))


def standing(text: str) -> str:
    """``text`` with what it takes back as blanks; every other character keeps its place."""
    gone = retracted(text)
    return text if gone is None else f"{text[: gone.start]}{' ' * (gone.end - gone.start)}{text[gone.end :]}"
