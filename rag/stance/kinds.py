"""Classifies a shown sentence as a report, a forecast, or part of an opinion piece."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.types import Chunk
from rag.language.quotations import quoted_in
from rag.stance.attribution import find_attribution
from rag.stance.forecasts import is_forecast
from rag.types import ClaimKind

_SECTIONS = (
    "opinions?|op-?eds?|comment|commentary|commentisfree|editorials?|columns?|columnists?|viewpoints?|letters|analysis"
)
_HEADLINE_START = re.compile(
    rf"^\W*(?:{_SECTIONS}|perspective|guest essay|letter to the editor|review|blog)\s*[:|–—-]\s", re.IGNORECASE
)
_HEADLINE_END = re.compile(rf"\s[|–—-]\s*(?:{_SECTIONS})\W*$", re.IGNORECASE)
_URL = re.compile(rf"/(?:{_SECTIONS})(?:[/-]|$)", re.IGNORECASE)
_BYLINE = re.compile(r"\b(?:editorial board|the editors|columnist|opinion|guest writer|leader writer)\b", re.IGNORECASE)
_STANDFIRST = re.compile(
    rf"\A\W*(?:(?:{_SECTIONS})\b\s*[.:|–—*_-]|this is an opinion\b)|"
    r"\b(?:is (?:a|an|our|the) (?:[\w-]+ ){0,3}columnist|views? expressed (?:here |in this \w+ )?(?:are|is))\b",
    re.IGNORECASE,
)
_FIRST_PERSON_VIEW = re.compile(
    r"\bI(?:['’]d| would| do| did| also| still| really)?(?: not|n['’]t)? "
    r"(?:think|believe|suspect|fear|hope|expect|doubt|argue|suggest|admit|confess|wonder|prefer|welcome|disagree|agree)\b|"
    r"\b(?:in my (?:view|opinion)|my (?:own )?(?:view|guess|advice)|worries me|strikes me|to my mind)\b"
)
_MIN_VIEWS = 2  # distinct first-person opinions that make an article an opinion piece


def is_opinion_piece(chunks: Iterable[Chunk]) -> bool:
    """Whether the article that these chunks belong to is an opinion piece.

    It is one if the headline ("Opinion: …"), the URL (``/opinion/…``), the byline ("Editorial Board") or the
    standfirst ("Jane Doe is a columnist for …") says so, or if the writer gives at least two views in the first
    person ("I think …") outside quotations.
    """
    chunks = list(chunks)
    if any(_is_marked(chunk) for chunk in chunks):
        return True
    return len({view for chunk in chunks for view in _first_person_views(chunk.text)}) >= _MIN_VIEWS


def _is_marked(chunk: Chunk) -> bool:
    title = chunk.title or ""
    return bool(
        _HEADLINE_START.search(title)
        or _HEADLINE_END.search(title)
        or _URL.search(chunk.url or "")
        or _BYLINE.search(chunk.author or "")
        or (chunk.ordinal == 0 and _STANDFIRST.search(chunk.text[:600]))
    )


def _first_person_views(text: str) -> list[str]:
    quoted = quoted_in(text)
    return [
        text[match.start() : match.end() + 20]
        for match in _FIRST_PERSON_VIEW.finditer(text)
        if not any(quote.start <= match.start() < quote.end for quote in quoted)
    ]


def kind_of(text: str, *, opinion_piece: bool) -> ClaimKind:
    """Classifies a sentence; ``opinion_piece`` says whether the article that it cites is an opinion piece.

    A first-person view attributed to a named speaker ("I think so, the mayor said") is a report, not an opinion.
    """
    if opinion_piece or (_first_person_views(text) and find_attribution(text) is None):
        return ClaimKind.OPINION
    return ClaimKind.FORECAST if is_forecast(text) else ClaimKind.REPORT
