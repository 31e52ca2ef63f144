"""Find the part of a correction that repeats what an earlier report had wrong.

- "An earlier version of this article said that 17 people died."
- "We incorrectly reported that the bridge was closed."
- "The mayor was misidentified as Anna Lind."
- a quotation that a fact check rejects: "The bridge will cost 200 million." (Harrant) This is wrong.

Nobody claims that part any more, so it is blanked or marked before the text is asked what it states. The part after
"but", "in fact", "instead" or a semicolon says what is right and is kept.

Leaves out: corrections without one of these wordings, or spread over more than two sentences.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.types import Span
from rag.language.quotations import quoted_in

# Nouns for the earlier publication or its figure.
_PUBLICATION = r"(?:version|edition|report|story|article|headline|caption|dispatch|post|figure|count|statement)s?"
# Verbs of what the earlier publication said.
_REPORTED = (
    r"(?:reported|said|says|saying|stated|gave|given|wrote|written|put|called|named|described|listed|claimed|quoted|"
    r"attributed|misstated|misreported|misspelled|misidentified|misquoted|printed|published)"
)
# The opening of the retracted statement.
_EARLIER = re.compile(
    rf"\b(?:earlier|previous|original|first|initial)\s+{_PUBLICATION}\b[^.;]{{0,60}}?\b{_REPORTED}\b"
    rf"|\b(?:we|this\s+(?:article|report|story|newspaper|paper)|our\s+{_PUBLICATION})\s+(?:\w+\s+){{0,3}}?{_REPORTED}\b"
    rf"|\b(?:was|were)\s+(?:\w+\s+){{0,2}}?(?:incorrectly|wrongly|mistakenly|erroneously)\s+{_REPORTED}\b"
    r"|\bmis(?:stated|reported|spelled|identified|quoted)\b",
    re.IGNORECASE,
)
# Wording that shows a correction by itself: "an earlier version of this article".
_OF_THIS = re.compile(r"\b(?:version|edition)s?\s+of\s+(?:this|our|the)\b", re.IGNORECASE)
# Wording that calls the statement wrong; without it, "we reported last week" retracts nothing.
_WRONG = re.compile(
    r"\b(?:correction|clarification|incorrectly|wrongly|mistakenly|erroneously|in\s+error|by\s+mistake|"
    r"regret\s+the\s+error|mis(?:stated|reported|spelled|identified|quoted)|"
    r"(?:that|this|it|which)\s+(?:is|was)\s+(?:not\s+correct|incorrect|wrong|untrue|an?\s+(?:mistake|error))|"
    r"the\s+correct\s+(?:number|figure|total|toll|name|date|day|year|sum|amount|price|title|place|spelling|age))\b",
    re.IGNORECASE,
)
# Where the same sentence goes on to say what is right.
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
# The end of a sentence.
_STOP = re.compile(r"[.!?](?=\s|$)")


@lru_cache(maxsize=4096)
def retracted_span(text: str) -> Span | None:
    """Return the characters of one or two sentences that repeat a statement called wrong, or None.

    "We reported last week that …" alone retracts nothing.
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
    """Return ``text`` with the retracted part replaced by blanks; every other character keeps its offset."""
    span = retracted_span(text)
    return text if span is None else f"{text[: span.start]}{' ' * (span.end - span.start)}{text[span.end :]}"
