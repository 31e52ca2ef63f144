"""Errors planted in true sentences of real articles, to see how many the checks catch.

The values put in come from the same article (another number it gives, another name it names), as a reader that
mixes things up would take them. Nothing here is shared with ``rag.checks``: the generator has its own, cruder idea
of what a number, a name or a negation is, so the two cannot agree by construction.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import syntok.segmenter


class Kind(StrEnum):
    """What was changed; the last two are true rewrites, there to measure false alarms."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    HEDGE_DROPPED = "hedge_dropped"
    SPEAKER_SWAPPED = "speaker_swapped"
    QUOTE_ALTERED = "quote_altered"
    VERBATIM = "verbatim"
    CLAUSE_DROPPED = "clause_dropped"

    @property
    def is_error(self) -> bool:
        """Whether a checker should object."""
        return self not in {Kind.VERBATIM, Kind.CLAUSE_DROPPED}


@dataclass(frozen=True, slots=True)
class Planted:
    """One altered sentence.

    ``source`` is the true sentence, ``window`` the sentence before it, itself and the one after (what a citation of
    a passage would hold), ``claim`` the altered form, ``article`` counts the texts from 0.
    """

    kind: Kind
    article: int
    source: str
    window: str
    claim: str


@dataclass(frozen=True, slots=True)
class _Article:
    number: int
    sentences: tuple[str, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    speakers: tuple[str, ...]


_Alter = Callable[[str, _Article, random.Random], "str | None"]

_NUMBER = re.compile(r"(?<![\w.,:$£€/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w:/]|[.,]\d|-\w)")
_SPELLED = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty".split()
_SPELLED_IN = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b(?!-)")
_NAME = re.compile(r"(?<=[a-z,0-9)] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2}\b")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_NO_NAMES = {
    *_DAYS, *_MONTHS, "The", "This", "That", "These", "Those", "But", "And", "Mr", "Mrs", "Ms", "Dr", "President", "Prime",
    "Minister", "Sir", "Lord", "Lady", "Senator", "General", "Secretary", "Chancellor", "Mayor", "Governor", "Sunday",
    "English", "Chief", "Justice", "Judge", "Professor", "God", "Rep", "Sen", "Gov", "Gen", "Lt", "Col", "Capt", "Getty",
    "She", "They", "His", "Her", "There", "What", "When", "Who", "How", "You", "One", "Images", "Video", "Photo", "Read", "More", "Advertisement", "Image",
}  # fmt: skip
_DATED = re.compile(
    rf"\b(?:{'|'.join(_DAYS)})\b|\b(?:{'|'.join(m for m in _MONTHS if m not in {'May', 'March'})})\b(?: \d{{1,2}}\b)?"
    r"|(?<=\b(?:in|of) )(?:19|20)\d\d\b"
)
_SAYS = re.compile(
    r"\b(?P<name>(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}) (?P<verb>said|says|told|added|warned|announced|claimed|insisted)\b"
    r"|\b(?P<verb2>said|says|added) (?P<name2>(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,})\b"
)
_NEGATIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(is|are|was|were|will|would|can|could|should|has|have|had) not (?!only\b|just\b)"), r"\1 "),
    (re.compile(r"\b(?:did|does|do) not (?=\w)"), ""),
    (
        re.compile(
            r"\b(is|are|was|were|will|would|should|has|have|had) (?!not\b|n't|no\b|never\b|also\b|to\b|only\b)(?=[a-z]+\b)"
        ),
        r"\1 not ",
    ),
)
_TURNS = (
    ("rose", "fell"), ("increased", "decreased"), ("higher", "lower"), ("more than", "less than"), ("won", "lost"),
    ("before", "after"), ("accepted", "rejected"), ("supported", "opposed"), ("above", "below"), ("best", "worst"),
    ("opened", "closed"), ("joined", "left"), ("started", "stopped"), ("north", "south"), ("eastern", "western"),
    ("largest", "smallest"), ("increase", "decrease"), ("first", "last"), ("with", "without"), ("always", "never"),
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
_ASIDE = re.compile(
    r",? (?:which|who|where) [^,;:“”\"]{8,60}(?=\.$)|, (?:on|in|at|after|before|during|since) [^,;:“”\"]{5,60}(?=\.$)"
)
_HINTS = re.compile(
    r"\b(?:may|might|could|not|n't|n’t|alleged|reported|likely|expected|said|says|according)\b", re.IGNORECASE
)


def generate(texts: Iterable[str], seed: int = 0, per_sentence: int = 1) -> Iterator[Planted]:
    """Every kind of error that each sentence of the texts allows, ``per_sentence`` of each kind at most.

    The same texts and seed give the same errors in the same order.
    """
    for number, text in enumerate(texts):
        article = _article(number, text)
        for position, sentence in enumerate(article.sentences):
            if not _is_usable(sentence):
                continue
            window = " ".join(article.sentences[max(0, position - 1) : position + 2])
            for kind, alter in _ALTERATIONS.items():
                yield from _alter(
                    kind, alter, article, sentence, window, f"{seed}/{number}/{position}/{kind}", per_sentence
                )


def _alter(
    kind: Kind, alter: _Alter, article: _Article, sentence: str, window: str, seed: str, limit: int
) -> Iterator[Planted]:
    chance = random.Random(seed)  # noqa: S311  (a repeatable draw, no secret)
    seen: set[str] = set()
    for _ in range(limit):
        claim = alter(sentence, article, chance)
        if claim is None or claim in seen or (kind.is_error and claim == sentence):
            continue
        seen.add(claim)
        yield Planted(kind, article.number, sentence, window, claim)


def _is_usable(sentence: str) -> bool:
    words = sentence.split()
    return 6 <= len(words) <= 60 and sentence[0].isalnum() | (sentence[0] in "“\"'‘") and sentence[-1] in ".!?”\"’'"


def _article(number: int, text: str) -> _Article:
    sentences = tuple(_sentences(text))
    body = "\n".join(sentences)
    names = dict.fromkeys(m.group() for m in _NAME.finditer(body) if not set(m.group().split()) & _NO_NAMES)
    speakers = dict.fromkeys(m.group("name") or m.group("name2") for m in _SAYS.finditer(body))
    return _Article(
        number,
        sentences,
        tuple(dict.fromkeys(m.group() for m in _NUMBER.finditer(body))),
        tuple(names),
        tuple(s for s in speakers if s.split()[0] not in _NO_NAMES),
    )


def _sentences(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        for sentences in syntok.segmenter.process(paragraph):
            for tokens in sentences:
                yield paragraph[tokens[0].offset : tokens[-1].offset + len(tokens[-1].value)].strip()


def _put(sentence: str, start: int, end: int, new: str) -> str:
    return sentence[:start] + new + sentence[end:]


def _other(values: Sequence[str], not_these: str, chance: random.Random) -> str | None:
    others = [v for v in values if v != not_these and v not in not_these and not_these not in v]
    return chance.choice(others) if others else None


def _number(sentence: str, article: _Article, chance: random.Random) -> str | None:
    digits = [m for m in _NUMBER.finditer(sentence) if not re.fullmatch(r"(?:19|20)\d\d", m.group())]
    spelled = list(_SPELLED_IN.finditer(sentence))
    if not digits and not spelled:
        return None
    match = chance.choice(digits + spelled)
    if match in spelled:
        new = chance.choice([w for w in _SPELLED if w != match.group()])
        return _put(sentence, match.start(), match.end(), new)
    small = [n for n in article.numbers if not re.fullmatch(r"(?:19|20)\d\d", n)]
    value = match.group()
    others = [
        n for n in small if n.replace(",", "").rstrip("0").rstrip(".") != value.replace(",", "").rstrip("0").rstrip(".")
    ]
    turned = value[::-1] if len(value) > 1 and value.isdigit() and value[-1] != "0" and value[::-1] != value else ""
    choices = [*others, *([turned] if turned else [])]
    return _put(sentence, match.start(), match.end(), chance.choice(choices)) if choices else None


def _date(sentence: str, article: _Article, chance: random.Random) -> str | None:
    del article
    matches = list(_DATED.finditer(sentence))
    if not matches:
        return None
    match = chance.choice(matches)
    old = match.group()
    if old in _DAYS:
        new = chance.choice([d for d in _DAYS if d != old])
    elif old.isdigit():
        new = str(int(old) + chance.choice([-10, -2, -1, 1, 2, 10]))
    else:
        month, _, day = old.partition(" ")
        if day and chance.random() < 0.5:
            new = f"{month} {int(day) % 28 + 1}"
        else:
            new = " ".join(filter(None, (chance.choice([m for m in _MONTHS if m != month]), day)))
    return _put(sentence, match.start(), match.end(), new)


def _name(sentence: str, article: _Article, chance: random.Random) -> str | None:
    matches = [m for m in _NAME.finditer(sentence) if not set(m.group().split()) & _NO_NAMES]
    if not matches:
        return None
    match = chance.choice(matches)
    words = set(match.group().split())
    new = _other([n for n in article.names if not words & set(n.split())], match.group(), chance)
    if new is None or new[:4] == match.group()[:4]:
        return None
    return _put(sentence, match.start(), match.end(), new)


def _negation(sentence: str, article: _Article, chance: random.Random) -> str | None:
    del article
    options = [
        sentence[: m.start()] + m.expand(new) + sentence[m.end() :]
        for pattern, new in _NEGATIONS
        for m in pattern.finditer(sentence)
    ]
    for a, b in _TURNS:
        for old, new in ((a, b), (b, a)):
            options.extend(_put(sentence, m.start(), m.end(), new) for m in re.finditer(rf"\b{old}\b", sentence))
    return chance.choice(options) if options else None


def _hedge(sentence: str, article: _Article, chance: random.Random) -> str | None:
    del article
    options = [
        sentence[: m.start()] + new + sentence[m.end() :]
        for pattern, new in _HEDGES
        for m in pattern.finditer(sentence)
    ]
    return chance.choice(options) if options else None


def _speaker(sentence: str, article: _Article, chance: random.Random) -> str | None:
    match = _SAYS.search(sentence)
    if not match:
        return None
    group = "name" if match.group("name") else "name2"
    old = match.group(group)
    if set(old.split()) & _NO_NAMES:
        return None
    taken = set(old.split())
    new = _other([s for s in (*article.speakers, *article.names) if not taken & set(s.split())], old, chance)
    return None if new is None else _put(sentence, match.start(group), match.end(group), new)


def _quote(sentence: str, article: _Article, chance: random.Random) -> str | None:
    """One word of a quotation replaced by a word from elsewhere in the article, or a word left out."""
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
    pool = _WORD.findall(chance.choice(article.sentences))
    new = _other(sorted({w.lower() for w in pool}), word.group().lower(), chance)
    return None if new is None else _put(sentence, start, end, new)


def _verbatim(sentence: str, article: _Article, chance: random.Random) -> str | None:
    del article, chance
    return sentence


def _clause_dropped(sentence: str, article: _Article, chance: random.Random) -> str | None:
    """The last aside taken off, where it holds no word that limits or attributes the rest."""
    del article, chance
    match = _ASIDE.search(sentence)
    if not match or _HINTS.search(match.group()) or match.start() < 40:
        return None
    return sentence[: match.start()] + sentence[match.end() :]


_ALTERATIONS: dict[Kind, _Alter] = {
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.NAME: _name,
    Kind.NEGATION: _negation,
    Kind.HEDGE_DROPPED: _hedge,
    Kind.SPEAKER_SWAPPED: _speaker,
    Kind.QUOTE_ALTERED: _quote,
    Kind.VERBATIM: _verbatim,
    Kind.CLAUSE_DROPPED: _clause_dropped,
}
