"""Makes a follow-up question stand alone, without a language model: from the earlier questions and the last answer.

"And why?" after "Did the council close the school?" becomes "Why did the council close the school?"; pronouns take the
names they stand for; what else the earlier question was about is named at the end. The result is for searching and is
shown to the user; it need not be elegant, but it must not invent: every word in it was said before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.errors import ReaderFailed
from rag.names import names_in, person_among
from rag.ports import Rewriter
from rag.types import Answer, Standalone, Turn
from rag.words import STOP_WORDS, stems

_LEAD = re.compile(r"^\W*(?:and|but|so|or|ok(?:ay)?|then|also|now)\b[\s,]*", re.IGNORECASE)
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
_HE = re.compile(r"\b(?:he|she|him|his|hers?|himself|herself)\b", re.IGNORECASE)
_IT = re.compile(
    r"\b(?:its?|they|them|theirs?|itself|themselves|these|those"
    r"|this(?!\s+(?:week|month|year|morning|evening|spring|summer|autumn|winter|time|season))"
    r"|(?<=about\s)that|(?<=of\s)that|(?<=for\s)that|(?<=after\s)that|(?<=before\s)that|(?<=to\s)that|(?<=with\s)that"
    r"|(?<=do\s)that|(?<=did\s)that|that(?=\s+(?:happen|mean|be\b|cause|affect|cost|work|start|take|end|come)))\b"
    r"|\bthat(?=\s*\?)",
    re.IGNORECASE,
)
_THERE = re.compile(r"(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)(?<!\bbe\s)\bthere\b", re.IGNORECASE)
_WHO_IS = re.compile(r"^who\s+(?:is|was|are|were)\s+(the\s[^?]+)", re.IGNORECASE)
_WHICH = re.compile(r"^(?:which|what)\s+([a-z]+)\s+(?:did|does|do|is|was|has|had|will|won|owns?)\b", re.IGNORECASE)
_NAME = r"[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*"
# Not after a preposition: "a letter about the Lindow Bridge" is not about a bridge.
_NAMED_THING = re.compile(
    r"(?<!about )(?<!over )(?<!near )(?<!at )(?<!in )(?<!of )(?<!on )(?<!for )\b"
    rf"(the\s(?:[a-z]+\s)?{_NAME}(?:\s(?!was|is|were|are|has|had|in|on|at|of|to|last)[a-z]+(?=\s[a-z]))?)"
)
_PLACE = re.compile(rf"\b(?:in|at|near|from|to)\s+((?:the\s)?{_NAME})")
_POSSESSIVES = frozenset({"his", "hers", "its", "their", "theirs"})
# A nameless question with no more content words than this leans on the one before it.
_SMALL, _DEFINITE = 2, 5
_KEPT_PHRASES = 4


class FollowUps:
    """Rule by rule; a question that stands alone comes back as it is."""

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        """The question as it would be asked first; every word comes from the question or the turns before it."""
        asked = ""
        for at, turn in enumerate(turns):
            before = turns[at - 1] if at else None
            asked = _told(turn) or _alone(turn.question, asked, before)
        return Standalone(_alone(question, asked, turns[-1] if turns else None))


class LlmFollowUps:
    """Asks a language model; where it fails, the rules do it and a note says so."""

    def __init__(self, complete: Callable[[str], str], otherwise: Rewriter | None = None) -> None:
        self._complete = complete
        self._otherwise = otherwise or FollowUps()

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        """The model's rewriting of a follow-up; a first question is never touched."""
        if not turns:
            return Standalone(question)
        by_rules = self._otherwise.rewrite(question, turns)
        try:
            written = self._complete(_prompt(question, turns)).strip().strip('"')
        except ReaderFailed as failure:
            return Standalone(by_rules.text, f"The follow-up was completed by rules: {failure}")
        if not _plausible(written):
            return Standalone(
                by_rules.text, "The follow-up was completed by rules: the language model gave no question."
            )
        return Standalone(written)


def _told(turn: Turn) -> str | None:
    return turn.reply.trace.standalone_question if turn.reply else None


def _alone(question: str, earlier: str, last: Turn | None) -> str:
    """``question`` completed from ``earlier``, the question before it (already standing alone), and its answer."""
    text = question.strip()
    if not earlier or not text:
        return text
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    if about := _WHAT_ABOUT.match(text):
        return _exchanged(text[about.end() :].rstrip(" ?!."), earlier)
    if bare := _BARE.match(text):
        return _capital(f"{bare['wh']} {_without_asking(earlier)}?")
    if lead and not _AUXILIARY.search(text) and not _ASKS.match(text) and len(text.split()) <= 4:
        return _exchanged(text.rstrip(" ?!."), earlier)
    answered = _answer_text(last)
    resolved = _resolved(text, earlier, answered)
    if lead or resolved != text or any(pronoun.search(text) for pronoun in (_HE, _IT, _THERE)) or _leans(text):
        return _with_topic(resolved, earlier)
    return question.strip()


def _leans(text: str) -> bool:
    """Whether a question without names points at something known ("the minister") or says hardly anything."""
    if names_in(text):
        return False
    points = re.search(r"\bthe\b", text, re.IGNORECASE) is not None or not _AUXILIARY.search(text)
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


def _resolved(text: str, earlier: str, answered: str) -> str:
    """Pronouns replaced where it is plain what they stand for, each kind once; a possessive keeps its ending."""
    if person := _person(earlier, answered):
        text = _put(_HE, person, text)
    if thing := _thing(earlier):
        text = _put(_IT, thing, text)
    if place := _PLACE.findall(earlier):
        text = _put(_THERE, f"in {place[-1]}", text)
    return text


def _person(earlier: str, answered: str) -> str | None:
    """Whom "he" or "she" means: the one asked about, described or named, else the first person in the answer."""
    asks_who = earlier.lower().startswith("who")
    if not asks_who and (named := person_among(_without_article(earlier))):
        return named
    if found := person_among(_without_article(answered)):
        return found
    described = _WHO_IS.match(earlier)
    return described.group(1) if described else None


def _without_article(text: str) -> list[str]:
    """Names that can be people's: no "the" and no place's "in" or "at" before them."""
    return [name for name in names_in(text) if not re.search(rf"\b(?:the|in|at|near|from)\s+{re.escape(name)}", text)]


def _thing(earlier: str) -> str | None:
    """What "it" or "they" means: what "which" asks for, else the one thing named with an article."""
    if which := _WHICH.match(earlier):
        return f"the {which.group(1)}"
    named = _NAMED_THING.findall(earlier)
    return named[0] if len(named) == 1 else None


def _put(pronoun: re.Pattern[str], name: str, text: str) -> str:
    found = pronoun.search(text)
    if not found:
        return text
    word = found.group(0).lower()
    owns = word in _POSSESSIVES or (word == "her" and re.match(r"\s+\w", text[found.end() :]) is not None)
    return _capital(text[: found.start()] + name + ("'s" if owns else "") + text[found.end() :])


def _with_topic(text: str, earlier: str) -> str:
    """Adds what the earlier question was about and this one does not name."""
    held = set(stems(text))
    missing = [phrase for phrase in _phrases(earlier) if not set(stems(phrase)) <= held]
    if not missing:
        return text
    return _capital(f"{text.rstrip(' ?!.')} ({', '.join(missing[-_KEPT_PHRASES:])})?")


def _phrases(question: str) -> list[str]:
    """Runs of content words, "of" inside them kept: what a question is about, in its own words."""
    found: list[list[str]] = [[]]
    words = re.findall(r"[^\s?!,;:()]+(?<![.])", question)
    for at, word in enumerate(words):
        inside = word.lower() == "of" and bool(found[-1]) and at + 1 < len(words)
        if word.lower() not in STOP_WORDS or inside or (word.lower() == "the" and found[-1][-1:] == ["of"]):
            found[-1].append(word)
        else:
            found.append([])
    return [" ".join(run).removesuffix(" of") for run in found if run]


def _answer_text(last: Turn | None) -> str:
    if last is None or not isinstance(last.reply, Answer):
        return ""
    spoken = [claim.attribution.speaker for claim in last.reply.claims if claim.attribution]
    return " . ".join([*(claim.text for claim in last.reply.claims), *spoken])


def _capital(text: str) -> str:
    first = text[:1].upper()
    return (first if len(first) == 1 else text[:1]) + text[1:]  # "ß" has no capital of one letter


def _plausible(written: str) -> bool:
    return 0 < len(written) <= 500 and "\n" not in written and bool(stems(written))


def _prompt(question: str, turns: Sequence[Turn]) -> str:
    told = [f"Q: {turn.question}\nA: {_answer_text(turn) or '(no answer)'}" for turn in turns[-3:]]
    return (
        "Rewrite the last question so that it can be understood without the conversation. Keep its meaning, add only "
        "names and facts from the conversation, and write nothing but the question, on one line.\n\n"
        + "\n".join(told)
        + f"\nLast question: {question}\nRewritten:"
    )
