"""Determines the type of answer a question asks for and whether a sentence contains one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rag.checks.names import names_lacking
from rag.language.content_words import plain
from rag.language.corrections import standing
from rag.language.names import names_of, same_name
from rag.language.quantities import Kind, quantities_of
from rag.language.times import whens_of
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.stance.attribution import find_attribution


class AnswerType(StrEnum):
    """The type of an expected answer. Questions such as "why" or "what happened" have no type."""

    DATE = "date"
    CLOCK = "clock"
    DURATION = "duration"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"


FIGURES = frozenset({AnswerType.COUNT, AnswerType.AMOUNT, AnswerType.PERCENT})
"""The types that only a number answers."""

_NOUNS: tuple[tuple[AnswerType, str], ...] = (
    (AnswerType.PERCENT, "percentage percent share proportion fraction"),
    (AnswerType.CLOCK, "time"),
    (AnswerType.DATE, "date day month year weekday week decade century"),
    (AnswerType.AMOUNT, "price cost sum toll salary amount number figure fee fine temperature speed rate"),
    (AnswerType.PLACE, "city town country nation state village place region county river street island airport port"),
    (
        AnswerType.NAME,
        "company team club party newspaper band organisation organization agency ministry bank film movie",
    ),
    (AnswerType.NAME, "university actor actress singer player minister president show book album song airline person"),
)
_ADVERBS: tuple[tuple[AnswerType, str], ...] = (
    (AnswerType.PERCENT, r"how many percent"),
    (AnswerType.DATE, r"how long (?:ago|before|until)|when"),
    (AnswerType.DURATION, r"how (?:long|many (?:years|months|weeks|days|hours|minutes|seconds))"),
    (AnswerType.COUNT, r"how (?:many|few|old)"),
    (AnswerType.AMOUNT, r"how (?:much|large|big|high|tall|far|fast|heavy|wide|deep|expensive|hot|cold|strong|steep)"),
    (AnswerType.PLACE, r"where|(?<=^in )(?:what|which)|(?<=^at )(?:what|which)"),
    (AnswerType.PERSON, r"who(?:m|se)?"),
)
_PATTERNS: tuple[tuple[re.Pattern[str], AnswerType], ...] = (
    *(
        (re.compile(rf"\b(?:what|which|whose) (?:\w+ )?(?:{nouns.replace(' ', '|')})\b", re.IGNORECASE), kind)
        for kind, nouns in _NOUNS
    ),
    *((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kind) for kind, words in _ADVERBS),
)
# "In which four cities": unlike "where", only a name answers. "In what state was it?" may ask for a condition.
_NAMED_PLACE = re.compile(
    r"\b(?:what|which) (?:\w+ )?(?:city|town|country|nation|village|county|river|street|island|airport)\b"
    r"|\bwhich (?:\w+ )?(?:states?|cities|towns|countries|nations|villages|counties|rivers|streets|islands|airports)\b",
    re.IGNORECASE,
)
# "Iranian lawmakers" names a country, although a first word that is in the dictionary is not taken for a name.
_ORIGIN = re.compile(r"\b[A-Z]\w+(?:ian|ean|ese|ish)s?\b")
# "What are the names of the two brothers?", "What is his name?", "What are the brothers called?"
_NAME_ASKED = re.compile(
    r"\bwhat(?:['’]s| is| are| was| were) (?:(?P<owned>(?:his|her) (?:\w+ )?name)\b"
    r"|the (?:\w+ )?names? of (?P<bearer>(?:[^\s?]+ ?){1,4})|(?P<called>(?:\S+ ){1,4}?)called\W*$)",
    re.IGNORECASE,
)
# "Which four cities", "the names of the two brothers": the number and the word after it.
_COUNTED_NAMES = re.compile(
    r"\b(?:which|names of (?:the |those )?)\s*(?P<counted>(?:two|three|four|five|six|seven|eight|nine|ten|\d+) \w+)",
    re.IGNORECASE,
)
# Before the name of a place: "from Kolm", "near the Lindow Bridge".
_IN_PLACE = re.compile(r"\b(?:in|at|from|near|outside|across)\s+(?:the\s+)?$", re.IGNORECASE)
_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_QUESTION_WORD_AFTER_CLAUSE = re.compile(rf"(?<=, ){_QUESTION_WORD.pattern}(?=[^,]*\?)", re.IGNORECASE)
_LENGTHS = word_set("mile kilometre kilometer km metre meter foot yard inch page word centimetre")
_NUMBER_WORDS = word_set(
    "one no none nobody both neither single several few couple pair dozen only twice double triple"
)
_TIME_UNITS = word_set("second minute hour day week weekend month year decade century night season fortnight")
_DURATION_WORDS = word_set("since until indefinitely permanently overnight forever throughout lifelong weekly")
_TIME_WORDS = word_set(
    "today yesterday tomorrow tonight overnight now immediately soon morning afternoon evening midnight noon night "
    "spring summer autumn winter christmas easter new week month year weekend century decade season ago later earlier"
)
_PEOPLE = word_set(
    "police man woman person people boy girl child worker official soldier minister president mayor chief director "
    "judge lawyer doctor teacher driver student group union company government family mother father brother sister "
    "son daughter wife husband spokesman spokeswoman officer author expert resident leader member crew team army "
    "ministry court council firm voter owner source witness victim suspect farmer volunteer scientist researcher "
    "engineer player coach king queen prince employee pilot nurse guard pupil patient colleague"
)
_PLACE_PREPOSITIONS = word_set(
    "in at near on off outside inside from to into under over between beside across along through around behind"
)


@lru_cache(maxsize=1024)
def asked_type(question: str) -> AnswerType | None:
    """The type of answer that the question's wording asks for, or None if any sentence may answer it."""
    asks = _QUESTION_WORD_AFTER_CLAUSE.search(question) or _QUESTION_WORD.search(question)
    if not asks:
        return None
    if _asks_for_a_persons_name(question):
        return AnswerType.NAME
    if _NAMED_PLACE.match(question, asks.start()):
        return AnswerType.PLACE
    for pattern, kind in _PATTERNS:
        match = pattern.search(question)
        # Only the first question word counts: "Why did she not say how many …?" asks why.
        if match and match.start() <= asks.start() < match.end():
            return kind
    return None


def holds_type(question: str, sentence: str) -> bool:
    """Whether ``sentence`` contains something of the type asked for that is not already in the question.

    Also True if the question has no type. False is reliable: such a sentence alone cannot answer the question. Text
    that a correction retracts ("We reported that 17 had died") is ignored.
    """
    kind = asked_type(question)
    if kind is None:
        return True
    sentence = standing(sentence)
    words = words_of(sentence)
    if kind in FIGURES:
        return _has_amount(kind, question, sentence, words)
    if kind in {AnswerType.DATE, AnswerType.CLOCK, AnswerType.DURATION}:
        return _has_time(kind, question, sentence, words)
    if names := _new_names(question, sentence):
        return names > 1 or not _repeats_count(question, sentence)
    if kind is AnswerType.PERSON:
        asked = {w.lemma for w in words_of(question)}
        return any(w.lemma in _PEOPLE and w.lemma not in asked for w in words)
    needs_name = kind is AnswerType.NAME or _NAMED_PLACE.search(question) is not None
    return bool(_ORIGIN.search(sentence)) if needs_name else _is_located(words)


def _asks_for_a_persons_name(question: str) -> bool:
    """Whether a question such as "What is the name of the driver?" asks for a person's name.

    Names of things are left out: some are written in lower case ("the virus is called mpox").
    """
    match = _NAME_ASKED.search(question)
    return match is not None and (bool(match["owned"]) or bool(_bearers(match)))


def _bearers(match: re.Match[str]) -> frozenset[str]:
    """The lemmas of the person whose name is asked for: "driver" in "the name of the bus driver"."""
    words = words_of(match["bearer"] or match["called"] or "")
    return frozenset(w.lemma for w in words if w.lemma in _PEOPLE or w.key == "those")


def _is_speaker_only(question: str, sentence: str, name: str) -> bool:
    """Whether the name is that of the sentence's speaker, who is not whose name is asked for.

    "What is the name of the driver?" is not answered by "The driver was asleep, Esben Fossum said".
    """
    match = _NAME_ASKED.search(question)
    said = find_attribution(sentence)
    if not match or not said or name not in said.speaker:
        return False
    bearers = _bearers(match)
    return bool(bearers) and not bearers & {w.lemma for w in words_of(said.speaker)}


def _has_amount(kind: AnswerType, question: str, sentence: str, words: Sequence[Word]) -> bool:
    known = {(q.kind, q.value) for q in quantities_of(question)}
    found = {q.kind for q in quantities_of(sentence) if (q.kind, q.value) not in known}
    if kind is AnswerType.PERCENT:
        return Kind.SHARE in found or Kind.COUNT in found
    if found & {Kind.COUNT, Kind.SHARE} or (kind is AnswerType.AMOUNT and Kind.MONEY in found):
        return True
    return any(w.key in _NUMBER_WORDS for w in words)


def _has_time(kind: AnswerType, question: str, sentence: str, words: Sequence[Word]) -> bool:
    quantities = quantities_of(sentence)
    clock = any(q.kind is Kind.CLOCK for q in quantities)
    if kind is AnswerType.CLOCK:
        return clock or any(w.key in {"noon", "midnight", "dawn", "dusk", "sunset", "sunrise"} for w in words)
    if kind is AnswerType.DURATION:
        asked = {(q.kind, q.value) for q in quantities_of(question)}
        timed = any(set(q.units) & (_TIME_UNITS | _LENGTHS) and (q.kind, q.value) not in asked for q in quantities)
        return (
            timed or any(w.key in _DURATION_WORDS or w.lemma in _TIME_UNITS for w in words) or bool(whens_of(sentence))
        )
    known = {w.value for w in whens_of(question)}
    return clock or any(w.value not in known for w in whens_of(sentence)) or any(w.lemma in _TIME_WORDS for w in words)


def _new_names(question: str, sentence: str) -> int:
    """The number of names in the sentence that are not in the question; without places if a person's is asked for."""
    asked = [w.key for w in words_of(question)]
    if _asks_for_a_persons_name(question):
        sentence = plain(sentence)
        names = tuple(
            name
            for name in names_of(sentence)
            if not _IN_PLACE.search(sentence[: name.words[0].start])
            and not _is_speaker_only(question, sentence, name.text)
        )
    else:
        names = names_of(sentence)
    return sum(any(not any(same_name(key, other) for other in asked) for key in name.keys) for name in names)


def _repeats_count(question: str, sentence: str) -> bool:
    """Whether the question asks which "four cities" they are, and the sentence says that there are four."""
    match = _COUNTED_NAMES.search(question)
    counted = {q.value for q in quantities_of(match["counted"])} if match else set()
    return bool(counted & {q.value for q in quantities_of(sentence)})


def _is_located(words: Sequence[Word]) -> bool:
    return any(a.key in _PLACE_PREPOSITIONS and not b.number and b.lemma not in _TIME_UNITS for a, b in pairwise(words))


def missing_names(question: str, text: str) -> tuple[str, ...]:
    """Names in the question that do not appear in the text in any form."""
    return names_lacking(question, text)
