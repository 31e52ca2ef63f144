"""Makes a follow-up question stand alone, without a language model: from the earlier questions and the last answer.

"And why?" after "Did the council close the school?" becomes "Why did the council close the school?"; pronouns take the
names they stand for; what else the earlier question was about is named at the end. A question about something that was
not spoken of stands alone as it is (``rag.topics``). The result is for searching and is shown to the user; it need not
be elegant, but it must not invent: every word in it was said before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.errors import ReaderFailed
from rag.language.capitals import names_in
from rag.language.stems import stems
from rag.lexicon.light import STOP_WORDS
from rag.overview import overview_of
from rag.ports import Rewriter
from rag.pronouns import capitalised, points_back, resolved
from rag.topics import continues, heard_in, opens_a_subject, own_names, said_in, speaks_of
from rag.types import Answer, Standalone, Turn

_LEAD = re.compile(r"^\W*(?:and|but|so|or|ok(?:ay)?|then|also|now)\b[\s,]*", re.IGNORECASE)
_REPAIR = re.compile(
    r"^\W*(?:(?:no|nope|sorry|well|oh|actually|wait)\b[\s,.!–—-]*)*(?:i\s+(?:mean|meant)|or\s+rather|make\s+that)\b[\s,:–—-]*",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(r"^(?:(?:what|how)\s+about|what\s+of)\s+", re.IGNORECASE)
_BARE = re.compile(
    r"^(?P<wh>(?:since|until|by|from|for|to|with|at|in)?\s*"
    r"(?:why(?:\s+not)?|when|where|who(?:m)?|which|how(?:\s+(?:much|many|long|often|far|old|big|come|so))?|what))"
    r"(?:\s+(?:exactly|precisely|then|again|is\s+that|was\s+that|so|else))*\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_QUESTION_WORDS = re.compile(r"^(?:how\s+(?:much|many|long|often|far)|\w+)\s+", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must)\b", re.IGNORECASE
)
# A nameless question with no more content words than this leans on the one before it.
_SMALL, _DEFINITE = 2, 5
_KEPT_PHRASES = 4
_ELLIPSIS = 4


class FollowUps:
    """Rule by rule; a question that stands alone comes back as it is."""

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        """The question as it would be asked first; every word comes from the question or the turns before it."""
        told: list[_Told] = []
        for turn in turns:
            known = turn.reply.trace.standalone_question if turn.reply else ""
            told.append(_Told(turn, known or _alone(turn.question, told)))
        return Standalone(_alone(question, told))


class LlmFollowUps:
    """Asks a language model; where it fails, the rules do it and a note says so."""

    def __init__(self, complete: Callable[[str], str], otherwise: Rewriter | None = None) -> None:
        self._complete = complete
        self._otherwise = otherwise or FollowUps()

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        """The model's rewriting of a follow-up; a first question is never touched."""
        if not turns:
            return Standalone(question)
        try:
            written = self._complete(_prompt(question, turns)).strip().strip('"')
        except ReaderFailed as failure:
            return self._by_rules(question, turns, str(failure))
        if not _plausible(written):
            return self._by_rules(question, turns, "the language model gave no question.")
        return Standalone(written)

    def _by_rules(self, question: str, turns: Sequence[Turn], why: str) -> Standalone:
        return Standalone(self._otherwise.rewrite(question, turns).text, f"The follow-up was completed by rules: {why}")


@dataclass(frozen=True, slots=True)
class _Told:
    """An earlier turn and its question as it stands alone."""

    turn: Turn
    asked: str


def _alone(question: str, told: Sequence[_Told]) -> str:
    """``question`` completed from the one before it and its answer, unless it opens a subject of its own."""
    text = question.strip()
    if not told or not told[-1].asked or not text:
        return text
    repair = _REPAIR.match(text)
    rest = text[repair.end() :] if repair else text
    lead = _LEAD.match(rest)
    rest = rest[lead.end() :] if lead else rest
    goes_on = lead is not None or repair is not None
    if filled := _filled(rest, told[-1], goes_on=goes_on):
        return filled
    return _with_subject(rest, told, goes_on=goes_on) or (capitalised(rest) if repair else text)


def _filled(text: str, last: _Told, *, goes_on: bool) -> str | None:
    """A question that leaves out its verb ("Why?", "What about Ost?") with that of the earlier one."""
    earlier = last.asked
    if about := _WHAT_ABOUT.match(text):
        other = text[about.end() :].rstrip(" ?!.")
        return capitalised(text) if _is_unheard(other, last) else _exchanged(other, earlier)
    if bare := _BARE.match(text):
        return capitalised(f"{bare['wh']} {_without_asking(earlier)}?")
    if goes_on and not _AUXILIARY.search(text) and not _ASKS.match(text) and len(text.split()) <= _ELLIPSIS:
        return _exchanged(text.rstrip(" ?!."), earlier)
    return None


def _is_unheard(thing: str, last: _Told) -> bool:
    """Whether nobody spoke of the harvest of "What about the harvest?"; names and numbers may take another's place."""
    heard = heard_in(last.turn, last.asked)
    told = frozenset(stems(thing))
    if heard is None or not told or told & heard:
        return False
    return not names_in(f"x {thing}") and not re.search(r"\d", thing)


def _with_subject(text: str, told: Sequence[_Told], *, goes_on: bool) -> str | None:
    """A whole question with the subject it leaves out; None where it needs none."""
    last, earlier = told[-1].turn, told[-1].asked
    if points_back(text):
        return _with_topic(resolved(text, earlier, _answer_text(last)), earlier)
    heard = heard_in(last, earlier)
    if heard is not None and opens_a_subject(text, heard, goes_on=goes_on):
        former = _spoken_of(text, told[:-1])
        return _with_topic(text, former) if former else capitalised(text)
    return _with_topic(text, earlier) if goes_on or _leans(text, heard) else None


def _spoken_of(text: str, told: Sequence[_Told]) -> str | None:
    """The latest earlier question that was about what this one goes back to."""
    if own_names(text):
        return None
    return next((one.asked for one in reversed(told) if speaks_of(text, said_in(one.turn, one.asked))), None)


def _leans(text: str, heard: frozenset[str] | None) -> bool:
    """Whether a question without names points at something known ("the minister") or says hardly anything."""
    if own_names(text):
        return False
    if heard is not None and speaks_of(text, heard):
        return True
    points = re.search(r"\bthe\b", text, re.IGNORECASE) or continues(text) or not _AUXILIARY.search(text)
    return len(set(stems(text))) <= (_DEFINITE if points else _SMALL)


def _exchanged(other: str, earlier: str) -> str:
    """The earlier question asked of something else: its one name exchanged, or the other thing named with it."""
    names = names_in(earlier)
    bare = re.sub(r"^(?:in|at|on|for|from|by|with|of|to)\s+", "", other)
    if len(names) == 1 and names_in(f"x {bare}"):
        return earlier.replace(names[0], bare)
    return f"{earlier.rstrip(' ?!.')}, {other}?"


def _without_asking(earlier: str) -> str:
    """The earlier question from its auxiliary on: "What did she sign?" gives "did she sign"."""
    auxiliary = _AUXILIARY.search(earlier)
    if auxiliary is None:
        return _QUESTION_WORDS.sub("", earlier).rstrip(" ?!.")
    rest = earlier[auxiliary.start() :].rstrip(" ?!.")
    return rest[:1].lower() + rest[1:]


def _with_topic(text: str, earlier: str) -> str:
    """Adds what the earlier question was about and this one does not name."""
    held = set(stems(text))
    overview = overview_of(earlier)
    missing = [phrase for phrase in _phrases(overview.topic if overview else earlier) if not set(stems(phrase)) <= held]
    if not missing:
        return text
    return capitalised(f"{text.rstrip(' ?!.')} ({', '.join(missing[-_KEPT_PHRASES:])})?")


def _phrases(question: str) -> list[str]:
    """Runs of content words, "of" inside them kept: what a question is about, in its own words."""
    found: list[list[str]] = [[]]
    parted = [re.findall(r"[^\s]+(?<![.])", part) for part in re.split(r"[?!,;:()]+", question)]
    words = [word for part in parted for word in (*part, "")]  # "": what a mark parts is no run
    for at, word in enumerate(words):
        inside = word.lower() == "of" and bool(found[-1]) and at + 1 < len(words)
        if (word and word.lower() not in STOP_WORDS) or inside or (word.lower() == "the" and found[-1][-1:] == ["of"]):
            found[-1].append(word)
        else:
            found.append([])
    return [" ".join(run).removesuffix(" of") for run in found if run]


def _answer_text(last: Turn) -> str:
    if not isinstance(last.reply, Answer):
        return ""
    spoken = [claim.attribution.speaker for claim in last.reply.claims if claim.attribution]
    return " . ".join([*(claim.text for claim in last.reply.claims), *spoken])


def _plausible(written: str) -> bool:
    return 0 < len(written) <= 500 and "\n" not in written and bool(stems(written))


def _prompt(question: str, turns: Sequence[Turn]) -> str:
    told = [f"Q: {turn.question}{_answered(turn)}" for turn in turns[-3:]]
    return (
        "Rewrite the last question so that it can be understood without the conversation. Keep its meaning, add only "
        "names and facts from the conversation, and write nothing but the question, on one line. A question about "
        "something the conversation has not spoken of stays as it is.\n\n"
        + "\n".join(told)
        + f"\nLast question: {question}\nRewritten:"
    )


def _answered(turn: Turn) -> str:
    return f"\nA: {_answer_text(turn) or '(no answer)'}" if turn.reply else ""
