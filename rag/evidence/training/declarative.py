"""Turn a question and its answer into a statement: "Who hosted it?" and "Paris" give "Paris hosted it."."""

from __future__ import annotations

import re

_BE = r"was|were|is|are|has|have|had|can|could|will|would"
_VERB = (
    r"won|made|took|became|led|gave|held|began|wrote|built|ran|said|lost|went|came|met|makes|lives|live|serves|plays|"
    r"contains|uses|died|caused|[a-z]{3,}ed"
)
_HEAD = re.compile(
    rf"^(?:who|what|which(?: of the)?|how many|how much)\b(?P<noun>(?: [a-z’'-]+){{0,4}}?) "
    rf"(?P<verb>{_BE}|{_VERB})\b (?P<rest>.+)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^(?P<front>(?:In|On|At|During|After|For|From|By|According to|As of) [^?]{3,60}?),? "
    r"(?P<wh>(?:who|what|which|how)\b.+)$",
    re.IGNORECASE,
)
_WHEN_OR_WHERE = re.compile(
    r"^(?:when|where|in (?:what|which) (?:year|month|decade|century|city|country|state|town|region)"
    r"|(?:on )?what (?:year|date|day)) (?P<verb>was|were|is|are|did|does|do|has|had|will) (?P<rest>.+)$",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"^(?:who|what|which)\b(?P<noun>(?: [a-z’'-]+){0,3}?) (?:did|does|do) (?P<rest>.+)$", re.IGNORECASE
)
_PARTICIPLE = re.compile(
    r"^(?P<subject>.+?) (?P<verb>born|built|made|held|written|sold|won|known|taken|found|founded|[a-z]{3,}ed)\b"
    r"(?P<rest>.*)$"
)
_INVERTED = frozenset(
    ("the", "a", "an", "his", "her", "its", "their", "he", "she", "it", "they", "this", "these", "there")
)
_PREPOSITIONS = frozenset(("in", "on", "at", "by", "from", "since", "during", "after", "before", "near", "around"))


def declare(question: str, answer: str) -> str | None:
    """The statement in the words of the question; None if no pattern fits or the answer has more than 12 words.

    It is meant for training data only: the word order is right for most questions, but verb forms may be wrong.
    """
    asked, answer = question.strip().rstrip("?").strip(), answer.strip().rstrip(".")
    if len(answer.split()) > 12:
        return None
    match = _WHEN_OR_WHERE.match(asked)
    if match:
        return _finish(_uninvert(match["verb"].lower(), match["rest"], _with_preposition(answer, "in")))
    aside = _ASIDE.match(asked)
    if aside:
        inner = _fill_wh(aside["wh"], answer)
        return _finish(f"{aside['front']}, {inner}") if inner else None
    statement = _fill_wh(asked, answer)
    return _finish(statement) if statement else None


def _fill_wh(asked: str, answer: str) -> str | None:
    """Put the answer in the place of the question words (who, what, which, how many)."""
    match = _OBJECT.match(asked)
    if match:
        return f"{match['rest']} {answer}"
    match = _HEAD.match(asked)
    if not match:
        return None
    first = match["rest"].split()[0]
    is_count = asked.lower().startswith(("how many", "how much"))
    subject = f"{answer}{match['noun']}" if is_count else answer
    if match["verb"].lower() in _BE.split("|") and (first in _INVERTED or first[0].isupper()) and match["noun"]:
        return _uninvert(match["verb"].lower(), match["rest"], subject)
    return f"{subject} {match['verb']} {match['rest']}"


def _uninvert(verb: str, rest: str, answer: str) -> str:
    """Undo the inversion: move the auxiliary after its subject and append the answer."""
    if verb in {"did", "does", "do"}:
        return f"{rest} {answer}"
    match = _PARTICIPLE.match(rest)
    return f"{match['subject']} {verb} {match['verb']}{match['rest']} {answer}" if match else f"{rest} {verb} {answer}"


def _with_preposition(answer: str, preposition: str) -> str:
    return answer if answer.split(maxsplit=1)[0].lower() in _PREPOSITIONS else f"{preposition} {answer}"


def _finish(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
