"""Completes a question of a few words ("And in Ost?", "Why?") by putting them into the question before it."""

from __future__ import annotations

import re

from rag.language.capitals import names_in
from rag.language.times import whens_of
from rag.language.words import Word, is_past, words_of
from rag.lexicon import word_set
from rag.lexicon.context_dependent import GROUPS, ROLES

AUXILIARY = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|(?-i:may)|might|must)\b", re.IGNORECASE
)
"""Matches an auxiliary verb. "May" with a capital is the month."""

_QUESTION_WORDS = re.compile(r"^(?:how\s+(?:much|many|long|often|far)|\w+)\s+", re.IGNORECASE)
_PREPOSITION = re.compile(r"^(?:in|at|on|for|from|by|with|of|to)\s+")
_BE_ASKED = re.compile(
    r"^(?P<asks>(?:who|what|how\s+\w+)\s+(?:is|was|are|were))\s+the(?:\s+(?-i:[a-z])[\w’'-]*){1,3}\?$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:do|does|did|has|have|had|will|would|can|could|should|might|must)\s+"
    r"(?P<subject>(?:he|she|it|they|the(?:\s+[\w’'-]+){1,3})(?=\s))",
    re.IGNORECASE,
)
_COUNTED_SUBJECT = re.compile(
    r"^(?:how\s+many|which)\s+(?P<subject>(?!of\b)[^?]+?)\s+(?P<be>is|are|was|were|has|have|had|will)\s+(?P<rest>[^?]+)",
    re.IGNORECASE,
)
_WITHOUT_AUXILIARY = re.compile(r"^(?P<asks>who|how\s+many|which)\s+(?P<rest>[^?]+)", re.IGNORECASE)
_ACTORS = ROLES | GROUPS | word_set("opposition bank hospital school university club museum airline church")


def with_replacement(other: str, earlier: str) -> str:
    """The earlier question asked about ``other``, which replaces what is of its kind, or else is appended.

    A name replaces the only name, a time the only time, "the transport minister" replaces "the interior minister", and
    somebody who acts replaces the subject: "What did the firm offer?" and "And the union?".
    """
    names = names_in(earlier)
    bare = _PREPOSITION.sub("", other)
    if moved := _at_other_time(other, earlier):
        return moved
    if len(names) == 1 and names_in(f"x {bare}") and not _head(bare):
        article = r"(?:\bthe )?" if bare.lower().startswith("the ") else ""
        return re.sub(article + re.escape(names[0]), lambda _: bare, earlier, flags=re.IGNORECASE if article else 0)
    if bare == other and (replaced := _with_other_thing(other, earlier) or _with_other_subject(other, earlier)):
        return replaced
    return f"{earlier.rstrip(' ?!.')}, {other}?"


def _at_other_time(other: str, earlier: str) -> str | None:
    ours, theirs = whens_of(f"x {other}"), whens_of(earlier)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].kind != theirs[0].kind:
        return None
    if _PREPOSITION.sub("", other) != ours[0].text:
        return None
    return earlier.replace(theirs[0].text, ours[0].text, 1)


def _with_other_thing(other: str, earlier: str) -> str | None:
    """As after "How much was the ransom?" "the fine", and after "the interior minister" "the transport minister"."""
    if not other.lower().startswith("the "):
        return None
    asked = _BE_ASKED.match(earlier)
    if asked and not is_past(words_of(earlier)[-1]):
        return f"{asked['asks']} {other}?"
    head = re.escape(other.rsplit(maxsplit=1)[-1])
    same = re.findall(rf"\bthe(?:\s+[a-z][\w’'-]*){{0,2}}\s+{head}\b", earlier)
    return earlier.replace(same[0], other, 1) if len(same) == 1 else None


def _with_other_subject(other: str, earlier: str) -> str | None:
    subject = _SUBJECT.search(earlier)
    if subject is None or not (_head(other) or names_in(f"x {other}")):
        return None
    first, last = subject.span("subject")
    said = subject["subject"]
    if said.lower().startswith("the "):
        run = words_of(said)[1:]
        head = next((word for word in reversed(run) if word.key in _ACTORS), None)
        if head is None:
            return None
        last = first + head.end
    return f"{earlier[:first]}{other}{earlier[last:]}"


def _head(thing: str) -> Word | None:
    """The noun of somebody who acts, "minister" in "the interior minister of Koravia", if ``thing`` begins with it."""
    before = re.split(r"\s(?:of|in|at|for|from)\s", thing)[0]
    last = words_of(before)[-1:]
    return last[0] if thing.lower().startswith("the ") and last and last[0].key in _ACTORS else None


def asked_otherwise(question_word: str, earlier: str, person: str | None) -> str:
    """The earlier question with another question word: "When?" after "What did she sign?" is "When did she sign?".

    After "Who resigned?" and "How many people died?" it is "Why did Edda Rasch resign?" and "Why did people die?";
    ``person`` is who resigned, by the answer.
    """
    if counted := _COUNTED_SUBJECT.match(earlier):
        following = words_of(counted["rest"])[:1]
        if following and (is_past(following[0]) or following[0].key.endswith("ing")):
            return f"{question_word} {counted['be']} {counted['subject']} {counted['rest'].rstrip(' !.')}"
    if auxiliary := AUXILIARY.search(earlier):
        rest = earlier[auxiliary.start() :].rstrip(" ?!.")
        return f"{question_word} {rest[:1].lower()}{rest[1:]}"
    return _of_subject(question_word, earlier, person) or f"{question_word} ({_without_question_word(earlier)})"


def _without_question_word(earlier: str) -> str:
    return _QUESTION_WORDS.sub("", earlier).rstrip(" ?!.")


def _of_subject(question_word: str, earlier: str, person: str | None) -> str | None:
    """As "Why did people die in the landslide?" after "How many people died in the landslide?"."""
    asked = _WITHOUT_AUXILIARY.match(earlier)
    if asked is None:
        return None
    words = words_of(asked["rest"])
    at = next((n for n, word in enumerate(words) if is_past(word)), None)
    is_who = asked["asks"].lower() == "who"
    if at is None or (is_who and at) or not (person if is_who else at):
        return None
    subject = person if is_who else asked["rest"][: words[at].start].rstrip()
    rest = asked["rest"][words[at].end :].rstrip(" !.")
    return f"{question_word} did {subject} {words[at].lemma}{rest}"
