"""Completes a question of a few words ("And in Ost?", "Why?") by putting them into the question before it."""

from __future__ import annotations

import re

from rag.language.capitals import names_in, person_among
from rag.language.stems import stems
from rag.language.times import whens_of
from rag.language.words import Word, is_past, words_of
from rag.lexicon import word_set
from rag.lexicon.context_dependent import GROUPS, ROLES, SLIGHT
from rag.lexicon.light import STOP_WORDS

AUXILIARY = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|(?-i:may)|might|must)\b", re.IGNORECASE
)
"""Matches an auxiliary verb. "May" with a capital is the month."""

_QUESTION_WORDS = re.compile(r"^(?:how\s+(?:much|many|long|often|far)|\w+)\s+", re.IGNORECASE)
_WHERE = re.compile(r"^(?:in|at|near)\s", re.IGNORECASE)
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
_OWNED = re.compile(
    r"^(?:how\s+many|which)\s+(?P<subject>(?!of\b)[^?]+?)\s+(?P<verb>have|has|had)\s+(?P<rest>[^?]+)", re.IGNORECASE
)
_NAMED_SUBJECT = re.compile(
    r"\b(?i:do|does|did|has|have|had|will|would|can|could|should|might|must)\s+"
    r"(?P<subject>[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*)\s+(?P<verb>[a-z][\w’'-]*)"
)
_IN_PLACE = re.compile(r"\b(?:in|at|near|from|to|of)\s+(?:the\s+)?$", re.IGNORECASE)
_SHORT_SUBJECT = re.compile(
    rf"((?i:{AUXILIARY.pattern}))\s+((?i:he|she|it|they)|[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*)(?=\s)"
)
_ADDED = re.compile(r"(?<=\w),\s+the\s(?!.*,)(?!.*\b(?:and|or)\b)[\w\s’'-]+$", re.IGNORECASE)
_TOPIC = re.compile(r"\s*(\([^()]+\))\s*[?!.]*$")
_BE = word_set("be been")
_WITHOUT_AUXILIARY = re.compile(r"^(?P<asks>who|how\s+many|which)\s+(?P<rest>[^?]+)", re.IGNORECASE)
_ACTORS = ROLES | GROUPS | word_set("opposition bank hospital school university club museum airline church")
_PLACES = word_set("county state city town village country region")


def with_replacement(other: str, earlier: str, heard: str = "") -> str:
    """The earlier question asked about ``other``, which replaces what is of its kind, or else is appended.

    A name replaces the only name, a time the only time, "the transport minister" replaces "the interior minister", and
    somebody who acts replaces the subject: "What did the firm offer?" and "And the union?".

    Args:
        other: what the follow-up question names.
        earlier: the question before, standing alone.
        heard: what was found for it; a name that is never "in" or "near" there is not taken for a place.
    """
    names = names_in(earlier)
    bare = _PREPOSITION.sub("", other)
    if moved := _at_other_time(other, earlier):
        return moved
    if len(names) == 1 and names_in(f"x {bare}") and not _head(bare) and not _is_beside(other, earlier, heard):
        article = r"(?:\bthe )?" if bare.lower().startswith("the ") else ""
        name = rf"{article}{re.escape(names[0])}(?!\w)"  # of "A.B" only "A." is found to be a name
        renamed, count = re.subn(name, lambda _: bare, earlier, flags=re.IGNORECASE if article else 0)
        if count:
            return renamed
    if bare == other and (replaced := _with_other_thing(other, earlier) or _with_other_subject(other, earlier, heard)):
        return replaced
    topic = _TOPIC.search(earlier)  # what is in brackets stays last
    said = (earlier[: topic.start()] if topic else earlier).rstrip(" ?!.")
    if other.lower().startswith("the "):  # "the mayor" after "the union", not beside it
        said = _ADDED.sub("", said)
    return f"{said}, {other}{' ' + topic[1] if topic else ''}?"


def is_of_another_kind(other: str, earlier: str) -> bool:
    """Whether ``other`` is named as an institution and the only name of the earlier question as a place.

    "What about Corvin Bank?" after "How many died in Orsk Vale?" is no question on the dead of the bank.
    """
    names = names_in(earlier)
    if len(names) != 1 or not _is_institution(other) or _is_institution(names[0]):
        return False
    at = earlier.index(names[0])
    after = words_of(earlier[at + len(names[0]) :])[:1]
    ends = not after or after[0].key in STOP_WORDS or is_past(after[0])
    return ends and _IN_PLACE.search(earlier[:at]) is not None


def _is_institution(thing: str) -> bool:
    """Whether the last word of a name says so: "Corvin Bank"."""
    last = words_of(thing)[-1:]
    is_named = bool(names_in(f"x {thing}")) and bool(last) and last[0].capital
    return is_named and last[0].key in _ACTORS - _PLACES


def _is_beside(other: str, earlier: str, heard: str) -> bool:
    """Whether ``other`` cannot stand in the place of the only name.

    "In Haln" cannot replace who acts ("How many jobs will Fiskum cut?"), nor an institution a place.
    """
    if is_of_another_kind(other, earlier) or any(
        when.text == _PREPOSITION.sub("", other) for when in whens_of(f"x {other}")
    ):
        return True
    subject = _NAMED_SUBJECT.search(earlier)
    if not subject or not heard or not _WHERE.match(other):
        return False
    return not _is_place(subject["subject"], heard)


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


def _with_other_subject(other: str, earlier: str, heard: str) -> str | None:
    head = _head(other)
    if named := _NAMED_SUBJECT.search(earlier):
        return _with_other_name(other, earlier, named) if head and _can_do_as_well(head, named, heard) else None
    subject = _SUBJECT.search(earlier)
    if subject is None or not (head or names_in(f"x {other}")):
        return None
    first, last = subject.span("subject")
    said = subject["subject"]
    if said.lower().startswith("the "):
        run = words_of(said)[1:]
        acting = next((word for word in reversed(run) if word.key in _ACTORS), None)
        if acting is None:
            return None
        last = first + acting.end
    return f"{earlier[:first]}{other}{earlier[last:]}"


def _with_other_name(other: str, earlier: str, subject: re.Match[str]) -> str:
    """The earlier question with another subject; the former one stays in brackets if nothing else says what about."""
    said = f"{earlier[: subject.start('subject')]}{other}{earlier[subject.end('subject') :]}"
    rest = earlier[subject.end("verb") :]
    if stems(rest) or names_in(f"x {other}"):
        return said
    return f"{said.rstrip(' ?!.')} ({subject['subject']})?"


def _can_do_as_well(head: Word, subject: re.Match[str], heard: str) -> bool:
    """Whether what a named subject does can be asked of "the mayor" or "the union", ``head``, in its place.

    Anybody may say something. What else a person does, others may do in a role; but what a firm does, its union does
    not: "How many jobs will Fiskum cut?" and "What about the union?".
    """
    if words_of(subject["verb"])[0].lemma in SLIGHT:
        return True
    name = subject["subject"]
    is_person = " " in name and person_among([name]) is not None and not _is_place(name, heard)
    return is_person and head.key in ROLES


def _is_place(name: str, heard: str) -> bool:
    return re.search(rf"\b(?:[Ii]n|[Nn]ear)\s+{re.escape(name)}\b", heard) is not None


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
        if following and (is_past(following[0]) or following[0].key.endswith("ing") or following[0].key in _BE):
            return f"{question_word} {counted['be']} {counted['subject']} {counted['rest'].rstrip(' !.')}"
    if owned := _owned(question_word, earlier):
        return owned
    if auxiliary := AUXILIARY.search(earlier):
        rest = earlier[auxiliary.start() :].rstrip(" ?!.")
        if denied := _denied(question_word, rest):
            return denied
        return f"{question_word} {rest[:1].lower()}{rest[1:]}"
    return _of_subject(question_word, earlier, person) or f"{question_word} ({_without_question_word(earlier)})"


def _owned(question_word: str, earlier: str) -> str | None:
    """As "Since when do children have measles?" after "How many children have measles?"."""
    owned = _OWNED.match(earlier)
    if owned is None or any(is_past(word) for word in words_of(owned["rest"])):
        return None
    after = words_of(owned["rest"])[0]
    if after.capital or after.key in STOP_WORDS:  # "How many seats has the League?"
        return None
    does = {"have": "do", "has": "does", "had": "did"}[owned["verb"].lower()]
    return f"{question_word} {does} {owned['subject']} have {owned['rest'].rstrip(' !.')}"


def _denied(question_word: str, rest: str) -> str | None:
    """As "Why did Thane not speak?": the negation comes after a subject whose end is plain, a name or a pronoun."""
    if not question_word.lower().endswith(" not"):
        return None
    subject = _SHORT_SUBJECT.match(rest)
    if subject is None or re.search(r"\bnot\b", rest, re.IGNORECASE):
        return None
    asks = question_word[: -len("not")].rstrip()
    return f"{asks} {subject[1].lower()} {subject[2]} not {rest[subject.end() :].lstrip()}"


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
