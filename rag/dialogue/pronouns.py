"""Pronouns of a question, and what they stand for in the question before it and its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.capitals import names_in, person_among
from rag.language.pointing import COUNTED, definite
from rag.language.words import words_of
from rag.lexicon.context_dependent import GROUPS, ROLES
from rag.lexicon.light import STOP_WORDS
from rag.lexicon.reporting import CLEAR

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
_BEFORE_PLACE = rf"\b(?:the|in|at|near|from|(?:{'|'.join(sorted(ROLES | GROUPS | {'village', 'island'}))})\s+of)"
_ASKS_WHO_SAID = re.compile(rf"\b(?:{'|'.join(sorted(CLEAR))})\b", re.IGNORECASE)
_WHO_IS_NAMED = re.compile(r"^(?i:who\s+(?:is|was))\s+[A-ZÀ-Þ]")
_ROLE_SUBJECT = re.compile(
    r"\b(?:did|does|do|will|would|has|had|is|was|can|could|should)\s+"
    rf"(the\s+(?:[a-z][\w-]*\s+)??(?:{'|'.join(sorted(ROLES))}))\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"^(?:which|what)\s+([a-z]+)\s+(?:did|does|do|is|was|has|had|will|won|owns?)\b", re.IGNORECASE)
_NAME = r"[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*"
# Not after a preposition: "a letter about the Lindow Bridge" is not about a bridge.
_NAMED_THING = re.compile(
    r"(?<!about )(?<!over )(?<!near )(?<!at )(?<!in )(?<!of )(?<!on )(?<!for )\b"
    rf"(the\s(?:[a-z]+\s)?{_NAME}(?:\s(?!was|is|were|are|has|had|in|on|at|of|to|last)[a-z]+(?=\s[a-z]))?)"
)
_PLACE = re.compile(rf"\b(?:in|at|near|from|to)\s+((?:the\s)?{_NAME})")
_PERSON = re.compile(r"(?:er|or|ist|ian|ant|ent|man|woman|eer|ee)$")
_OF_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_NEXT_CLAUSE = re.compile(
    r"\b(?:and|but|or)\s+(?:who|what|when|where|why|how|which|did|does|do|is|was|were|are|has|have|had|will)\b",
    re.IGNORECASE,
)
_POSSESSIVES = frozenset({"his", "hers", "its", "their", "theirs"})


def points_back(text: str) -> bool:
    """Whether a pronoun of the text stands for something said before it."""
    return any(_free(pronoun, text) for pronoun in (_HE, _IT, _THERE))


def means_thing(text: str) -> bool:
    """Whether a free pronoun of the text is "it", "they" or the like."""
    return _free(_IT, text) is not None


def resolved(text: str, earlier: str, answered: str, speakers: Sequence[str] = ()) -> str:
    """Pronouns replaced where it is plain what they stand for, each kind once; a possessive keeps its ending."""
    if person := person_in(earlier, answered, speakers):
        text = _put(_HE, person, text)
    if thing := _thing(earlier):
        text = _put(_IT, thing, text)
    if place := _PLACE.findall(earlier):
        text = _put(_THERE, f"in {place[-1]}", text)
    return text


def person_in(earlier: str, answered: str, speakers: Sequence[str] = ()) -> str | None:
    """Whom "he" or "she" means after a question and its answer, as far as it is plain.

    ``speakers`` only say what the answer says: "Who shot Ek?" is not answered by whom it quotes.

    That is the role which the question has as its subject ("What did the mayor say?"), else the person named in it,
    else the person whom the answer names first, or names together with the role asked for ("Who is the mayor?").
    """
    asks_who = earlier.lower().startswith("who") and not _WHO_IS_NAMED.match(earlier)
    if not asks_who and (role := _ROLE_SUBJECT.search(earlier)):
        return role[1]
    if not asks_who and (named := person_among(_people_in(earlier, answered))):
        return named
    described = _WHO_IS.match(earlier)
    if not described:
        people = _people_in(answered, earlier)
        asks_who_said = _ASKS_WHO_SAID.search(earlier) is not None
        fitting = [name for name in people if any(name in speaker for speaker in speakers) is asks_who_said]
        return person_among(fitting or people)
    return _holder(described.group(1), answered, earlier) or described.group(1).rstrip()


def _holder(role: str, answered: str, earlier: str) -> str | None:
    """The person the answer gives a role ("mayor Per Hamre", "the mayor is Per Hamre"); else its first, if unclear."""
    noun = [word for word in words_of(re.split(r"\s(?:of|in|at|for|from)\s", role)[0]) if word.key != "the"][-1:]
    people = _people_in(answered, earlier)
    if not noun:
        return person_among(people)
    head, be = re.escape(noun[0].text), "(?:is|was|became|becomes|will be)"
    beside = [
        name
        for name in people
        if (him := re.escape(name))
        and re.search(
            rf"(?i:\b{head}(?:,? {be}\b[^.,]{{0,40}})?)\s{him}|{him}(?:,|\s{be}\b)[^.,]{{0,40}}\b{head}\b", answered
        )
    ]
    return person_among(beside if beside or noun[0].key in ROLES else people)


def _people_in(text: str, beside: str) -> list[str]:
    """Names of ``text`` that can be people's: neither text has "the", a place's "in" or "the mayor of" before them."""
    both = f"{text} . {beside}"
    return [name for name in names_in(text) if not re.search(rf"(?i:{_BEFORE_PLACE})\s+{re.escape(name)}\b", both)]


def _thing(earlier: str) -> str | None:
    """What "it" or "they" means: what "which" asks for, else the one thing named with an article."""
    if which := _WHICH.match(earlier):
        return f"the {which.group(1)}"
    named = _NAMED_THING.findall(earlier)
    return named[0] if len(named) == 1 else None


def _free(pronoun: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first that stands for something said before the question."""
    return next((found for found in pronoun.finditer(text) if not _is_bound(text, found)), None)


def _put(pronoun: re.Pattern[str], name: str, text: str) -> str:
    found = _free(pronoun, text)
    if not found:
        return text
    word = found.group(0).lower()
    owns = word in _POSSESSIVES or (word == "her" and _owns(text, found))
    return capitalised(text[: found.start()] + name + ("'s" if owns else "") + text[found.end() :])


def _is_bound(text: str, pronoun: re.Match[str]) -> bool:
    """Whether it stands for what is named before it in the same question.

    So do possessives ("Did the bank cut its rate?"), and any in a second part ("Who is Odde, and what did he say?").
    """
    word, before = pronoun.group().lower(), text[: pronoun.start()]
    if parts := _NEXT_CLAUSE.search(before):
        return _can_mean(word, before[: parts.start()])
    return word in {"his", "her", "its", "their"} and _owns(text, pronoun) and _can_mean(word, before)


def _owns(text: str, pronoun: re.Match[str]) -> bool:
    """Whether what follows is a thing of somebody's, "her plan", and not "her to"."""
    owned = re.match(r"\s+(\w+)", text[pronoun.end() :])
    return owned is not None and owned[1].lower() not in STOP_WORDS


def _can_mean(pronoun: str, text: str) -> bool:
    """Whether somebody or something in the text is what such a pronoun can stand for."""
    words = words_of(text)
    heads = {run[-1].lemma for run in definite(words)}
    if _HE.fullmatch(pronoun):
        is_person = any(head in ROLES or _PERSON.search(head) for head in heads)
        return is_person or person_among(_people_in(text, "")) is not None
    is_plural = any(w.key.endswith("s") and w.key not in STOP_WORDS for w in words[1:]) or bool(COUNTED.match(text))
    return bool(names_in(text)) or bool(heads - ROLES) or (pronoun in _OF_MANY and is_plural)


def capitalised(text: str) -> str:
    """The text with its first letter as a capital, where that is one letter ("ß" has none)."""
    first = text[:1].upper()
    return (first if len(first) == 1 else text[:1]) + text[1:]
