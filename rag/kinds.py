"""What a shown sentence is: a report, a forecast, or from an opinion piece."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.types import Chunk
from rag.attribution import find_attribution
from rag.forecasts import is_forecast
from rag.language.quotations import quoted_in
from rag.types import ClaimKind

_SECTIONS = (
    "opinions?|op-?eds?|comment|commentary|commentisfree|editorials?|columns?|columnists?|viewpoints?|letters|analysis"
)
_HEADLINE = re.compile(
    rf"^\W*(?:{_SECTIONS}|perspective|guest essay|letter to the editor|review|blog)\s*[:|–—-]\s", re.IGNORECASE
)
_HEADLINE_END = re.compile(rf"\s[|–—-]\s*(?:{_SECTIONS})\W*$", re.IGNORECASE)
_ADDRESS = re.compile(rf"/(?:{_SECTIONS})(?:[/-]|$)", re.IGNORECASE)
_DESK = re.compile(r"\b(?:editorial board|the editors|columnist|opinion|guest writer|leader writer)\b", re.IGNORECASE)
_STANDFIRST = re.compile(
    rf"\A\W*(?:(?:{_SECTIONS})\b\s*[.:|–—*_-]|this is an opinion\b)|"
    r"\b(?:is (?:a|an|our|the) (?:[\w-]+ ){0,3}columnist|views? expressed (?:here |in this \w+ )?(?:are|is))\b",
    re.IGNORECASE,
)
_MY_VIEW = re.compile(
    r"\bI(?:['’]d| would| do| did| also| still| really)?(?: not|n['’]t)? "
    r"(?:think|believe|suspect|fear|hope|expect|doubt|argue|suggest|admit|confess|wonder|prefer|welcome|disagree|agree)\b|"
    r"\b(?:in my (?:view|opinion)|my (?:own )?(?:view|guess|advice)|worries me|strikes me|to my mind)\b"
)
_OWN_VIEWS = 2  # sentences in which the writer gives an opinion, from which a piece is one


def is_opinion_piece(chunks: Iterable[Chunk]) -> bool:
    """Whether an article, of which these are chunks, gives its writer's opinion.

    By headline ("Opinion: …"), address (``/opinion/…``), byline ("Editorial Board"), the line under the headline
    ("Jane Doe is a columnist for …"), or a writer who says "I think" and its like outside quotations.
    """
    chunks = list(chunks)
    if any(_is_marked(chunk) for chunk in chunks):
        return True
    return len({view for chunk in chunks for view in _own_views(chunk.text)}) >= _OWN_VIEWS


def _is_marked(chunk: Chunk) -> bool:
    title = chunk.title or ""
    return bool(
        _HEADLINE.search(title)
        or _HEADLINE_END.search(title)
        or _ADDRESS.search(chunk.url or "")
        or _DESK.search(chunk.author or "")
        or (chunk.ordinal == 0 and _STANDFIRST.search(chunk.text[:600]))
    )


def _own_views(text: str) -> list[str]:
    quoted = quoted_in(text)
    return [
        text[match.start() : match.end() + 20]
        for match in _MY_VIEW.finditer(text)
        if not any(quote.start <= match.start() < quote.end for quote in quoted)
    ]


def kind_of(text: str, *, opinion_piece: bool) -> ClaimKind:
    """What a sentence is; ``opinion_piece`` tells that the article it rests on is one.

    A sentence in which somebody who is named gives a view ("I think so, the mayor said") is a report of that.
    """
    if opinion_piece or (_own_views(text) and find_attribution(text) is None):
        return ClaimKind.OPINION
    return ClaimKind.FORECAST if is_forecast(text) else ClaimKind.REPORT
