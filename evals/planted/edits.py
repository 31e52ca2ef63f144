"""Edits that make true sentences false, one per function, and the table of all edits.

Inserted values come from the same article (another of its numbers or names), as in the errors of a reader that confuses
things.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from evals.planted.rewordings import clause_dropped, pronoun_named, verbatim
from evals.planted.source import DAYS, MONTHS, NAME, NUMBER, SAYS, Place, is_name


class Kind(StrEnum):
    """What was changed. The last three kinds stay true and serve to measure false positives."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    HEDGE_DROPPED = "hedge_dropped"
    SPEAKER_SWAPPED = "speaker_swapped"
    QUOTE_ALTERED = "quote_altered"
    VERBATIM = "verbatim"
    CLAUSE_DROPPED = "clause_dropped"
    PRONOUN_NAMED = "pronoun_named"

    @property
    def is_error(self) -> bool:
        """Whether the checks should flag the claim."""
        return self not in {Kind.VERBATIM, Kind.CLAUSE_DROPPED, Kind.PRONOUN_NAMED}


Alter = Callable[[Place, random.Random], "str | None"]
"""Returns the altered sentence, or None if the sentence offers nothing to alter."""

_SPELLED = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty",
    "thirty", "forty", "fifty", "sixty",
)  # fmt: skip
_SPELLED_IN = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b(?!-)")
_DATED = re.compile(
    rf"\b(?:{'|'.join(DAYS)})\b|\b(?:{'|'.join(m for m in MONTHS if m not in {'May', 'March'})})\b(?: \d{{1,2}}\b)?"
    r"|(?<=\b(?:in|of) )(?:19|20)\d\d\b"
)
_NEGATIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(is|are|was|were|will|would|can|could|should|has|have|had) not (?!only\b|just\b)"), r"\1 "),
    (re.compile(r"\b(?:did|does|do) not (?=\w)"), ""),
    (
        re.compile(
            r"\b(is|are|was|were|will|would|should|has|have|had) "
            r"(?!not\b|n't|no\b|never\b|also\b|to\b|only\b)(?=[a-z]+\b)"
        ),
        r"\1 not ",
    ),
)
_TURNS = (
    ("rose", "fell"), ("increased", "decreased"), ("higher", "lower"), ("more than", "less than"), ("won", "lost"),
    ("before", "after"), ("accepted", "rejected"), ("supported", "opposed"), ("above", "below"), ("best", "worst"),
    ("opened", "closed"), ("joined", "left"), ("started", "stopped"), ("north", "south"), ("eastern", "western"),
    ("largest", "smallest"), ("increase", "decrease"), ("first", "last"), ("with", "without"), ("always", "never"),
    ("approved", "blocked"), ("praised", "criticised"), ("freed", "jailed"), ("peaceful", "violent"),
    ("allowed", "banned"),
    ("confirmed", "denied"), ("growing", "shrinking"), ("strong", "weak"), ("wealthy", "poor"), ("quickly", "slowly"),
    ("expensive", "cheap"), ("safe", "dangerous"), ("ally", "rival"), ("popular", "unpopular"), ("fast", "slow"),
    ("wins", "losses"), ("success", "failure"), ("improved", "worsened"), ("gained", "lost"), ("advanced", "retreated"),
)  # fmt: skip
_HEDGES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:allegedly|reportedly|possibly|probably|apparently|potentially|perhaps|presumably) "), ""),
    (re.compile(r"\balleged |\bsuspected |\bpotential (?=[a-z])"), ""),
    (re.compile(r"(?<=[a-z] )(?:may|might|could) (?!not\b|have\b|be\b|also\b)(?=[a-z])"), "will "),
    (re.compile(r"(?<=[a-z] )(?:may|might|could) be (?=[a-z])"), "is "),
    (re.compile(r"(?<=[a-z] )(?:may|might|could) have (?=[a-z])"), "has "),
    (re.compile(r"\b(?:is|are) (?:expected|likely) to (?=[a-z])"), "will "),
    (re.compile(r"\b(?:was|is) believed to be (?=[a-z])"), "is "),
    (re.compile(r"\bappear(?:s|ed)? to be (?=[a-z])"), "is "),
)
_QUOTE = re.compile(r"(?:(?<=^)|(?<=\s))[“\"](?=\S)([^“”\"]{15,})(?<=\S)[”\"]")
_WORD = re.compile(r"[A-Za-z]{4,}")


def _put(sentence: str, start: int, end: int, new: str) -> str:
    return sentence[:start] + new + sentence[end:]


def _other(values: Sequence[str], not_these: str, chance: random.Random) -> str | None:
    others = [v for v in values if v != not_these and v not in not_these and not_these not in v]
    return chance.choice(others) if others else None


def _number(at: Place, chance: random.Random) -> str | None:
    sentence = at.sentence
    digits = [m for m in NUMBER.finditer(sentence) if not re.fullmatch(r"(?:19|20)\d\d", m.group())]
    spelled = list(_SPELLED_IN.finditer(sentence))
    if not digits and not spelled:
        return None
    match = chance.choice(digits + spelled)
    if match in spelled:
        new = chance.choice([w for w in _SPELLED if w != match.group()])
        return _put(sentence, match.start(), match.end(), new)
    small = [n for n in at.article.numbers if not re.fullmatch(r"(?:19|20)\d\d", n)]
    value = match.group()
    others = [
        n for n in small if n.replace(",", "").rstrip("0").rstrip(".") != value.replace(",", "").rstrip("0").rstrip(".")
    ]
    turned = value[::-1] if len(value) > 1 and value.isdigit() and value[-1] != "0" and value[::-1] != value else ""
    choices = [*others, *([turned] if turned else [])]
    return _put(sentence, match.start(), match.end(), chance.choice(choices)) if choices else None


def _date(at: Place, chance: random.Random) -> str | None:
    sentence = at.sentence
    matches = list(_DATED.finditer(sentence))
    if not matches:
        return None
    match = chance.choice(matches)
    old = match.group()
    if old in DAYS:
        new = chance.choice([d for d in DAYS if d != old])
    elif old.isdigit():
        new = str(int(old) + chance.choice([-10, -2, -1, 1, 2, 10]))
    else:
        month, _, day = old.partition(" ")
        if day and chance.random() < 0.5:
            new = f"{month} {int(day) % 28 + 1}"
        else:
            new = " ".join(filter(None, (chance.choice([m for m in MONTHS if m != month]), day)))
    return _put(sentence, match.start(), match.end(), new)


def _name(at: Place, chance: random.Random) -> str | None:
    sentence = at.sentence
    matches = [m for m in NAME.finditer(sentence) if is_name(m.group())]
    if not matches:
        return None
    match = chance.choice(matches)
    words = set(match.group().split())
    new = _other([n for n in at.article.names if not words & set(n.split())], match.group(), chance)
    if new is None or new[:4] == match.group()[:4]:
        return None
    return _put(sentence, match.start(), match.end(), new)


def _negation(at: Place, chance: random.Random) -> str | None:
    sentence = at.sentence
    options = [
        sentence[: m.start()] + m.expand(new) + sentence[m.end() :]
        for pattern, new in _NEGATIONS
        for m in pattern.finditer(sentence)
    ]
    for a, b in _TURNS:
        for old, new in ((a, b), (b, a)):
            if old in sentence:
                options.extend(_put(sentence, m.start(), m.end(), new) for m in re.finditer(rf"\b{old}\b", sentence))
    return chance.choice(options) if options else None


def _hedge(at: Place, chance: random.Random) -> str | None:
    sentence = at.sentence
    options = [
        sentence[: m.start()] + new + sentence[m.end() :]
        for pattern, new in _HEDGES
        for m in pattern.finditer(sentence)
    ]
    return chance.choice(options) if options else None


def _speaker(at: Place, chance: random.Random) -> str | None:
    sentence = at.sentence
    match = SAYS.search(sentence)
    if not match:
        return None
    group = "name" if match.group("name") else "name2"
    old = match.group(group)
    if not is_name(old):
        return None
    taken = set(old.split())
    new = _other([s for s in (*at.article.speakers, *at.article.names) if not taken & set(s.split())], old, chance)
    return None if new is None else _put(sentence, match.start(group), match.end(group), new)


def _quote(at: Place, chance: random.Random) -> str | None:
    """Replace a word of a quotation with another word of the article, or remove it."""
    sentence = at.sentence
    quotes = [m for m in _QUOTE.finditer(sentence) if len(m.group(1).split()) >= 4]
    if not quotes:
        return None
    quote = chance.choice(quotes)
    inside = list(_WORD.finditer(quote.group(1)))
    if not inside:
        return None
    word = chance.choice(inside)
    start, end = quote.start(1) + word.start(), quote.start(1) + word.end()
    inner = start > quote.start(1) and end < quote.end(1) and sentence[end] == " "
    if inner and chance.random() < 0.3:
        return _put(sentence, start, end + 1, "")
    pool = _WORD.findall(chance.choice(at.article.sentences))
    new = _other(sorted({w.lower() for w in pool}), word.group().lower(), chance)
    return None if new is None else _put(sentence, start, end, new)


ALTERATIONS: dict[Kind, Alter] = {
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.NAME: _name,
    Kind.NEGATION: _negation,
    Kind.HEDGE_DROPPED: _hedge,
    Kind.SPEAKER_SWAPPED: _speaker,
    Kind.QUOTE_ALTERED: _quote,
    Kind.VERBATIM: verbatim,
    Kind.CLAUSE_DROPPED: clause_dropped,
    Kind.PRONOUN_NAMED: pronoun_named,
}
