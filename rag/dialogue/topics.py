"""What a question is about by itself, and whether what was said before spoke of it.

A definite noun ("the drone") points at something known. Where the question before, its answer and the passages cited
there hold it, the question goes on about that; where none does, it opens a subject of its own.
"""

from __future__ import annotations

import re

from rag.language.capitals import names_in
from rag.language.pointing import counted_at, definite_noun_stems
from rag.language.stems import stems
from rag.lexicon.calendar import MONTHS, WEEKDAYS
from rag.lexicon.context_dependent import GROUPS, ROLES, SLIGHT
from rag.turns import Turn
from rag.types import Abstention, Answer

_GOES_ON = re.compile(
    r"\b(?:too|as\s+well|also|either|else|another|others?|ones?|instead|then|meanwhile)\b", re.IGNORECASE
)
_CALENDAR = {*WEEKDAYS, *MONTHS}
_SLIGHT = frozenset(stems(" ".join(SLIGHT | ROLES | GROUPS)))


def heard_in(turn: Turn, asked: str) -> frozenset[str] | None:
    """Stems of all that a turn spoke of: its question, the answer, and the passages of the articles cited.

    What is nearest to a question that was refused need not be what it was about, so of that only the question counts.
    None where neither the reply nor what the search finds is known.

    Args:
        turn: an earlier question and what was replied.
        asked: the question as it stands alone.
    """
    if turn.reply is None:
        found = [f"{scored.chunk.title or ''} {scored.chunk.text}" for scored in turn.found]
        return said_in(turn, asked) | frozenset(stems(" ".join(found))) if found else None
    if isinstance(turn.reply, Abstention):
        return said_in(turn, asked)
    cited = {source.article_id for source in turn.reply.citations}
    passages = [scored.chunk.text for scored in turn.reply.trace.retrieved if scored.chunk.article_id in cited]
    quoted = [f"{source.title or ''} {source.outlet or ''} {source.quote}" for source in turn.reply.citations]
    return said_in(turn, asked) | frozenset(stems(" ".join([*quoted, *passages])))


def said_in(turn: Turn, asked: str) -> frozenset[str]:
    """Stems of a turn's question and of the sentences it was answered with."""
    claims = turn.reply.claims if isinstance(turn.reply, Answer) else ()
    spoken = [claim.attribution.speaker for claim in claims if claim.attribution]
    return frozenset(stems(" ".join([turn.question, asked, *(claim.text for claim in claims), *spoken])))


def opens_a_subject(question: str, heard: frozenset[str], *, goes_on: bool) -> bool:
    """Whether a question without pronouns is about a thing that was not spoken of.

    ``goes_on`` is True if it began with "and" or "but": then it must say more than who says or gets something.
    """
    if continues(question):
        return False
    things = [*definite_noun_stems(question), *(frozenset(stems(name)) for name in own_names(question))]
    told = [thing for thing in things if thing]
    if not told or any(thing & heard for thing in told):
        return False
    rest = set(stems(question)) - {stem for thing in told for stem in thing}
    return not goes_on or bool(rest - _SLIGHT)


def continues(question: str) -> bool:
    """Whether a question adds to what was said: "too", "another", "a new one"."""
    return _GOES_ON.search(question) is not None


def speaks_of(question: str, heard: frozenset[str]) -> bool:
    """Whether a thing the question is about was spoken of."""
    return any(thing & heard for thing in (*definite_noun_stems(question), *counted_at(question)))


def own_names(question: str) -> list[str]:
    """The question's names, without those of months and days."""
    return [name for name in names_in(question) if not set(name.lower().split()) <= _CALENDAR]
