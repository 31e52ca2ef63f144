"""Plant errors in true sentences: the kinds of mistakes that summaries of and answers about the news make."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.evidence.examples import Label
from rag.evidence.training.story import NUMBER, Story, names_in
from rag.evidence.training.words import ANTONYMS, DAYS, MONTHS, NOT_NAMES

_ROUGHLY = (
    r"\b(?:at least|as many as|up to|around|about|nearly|almost|approximately|roughly|more than|over|fewer than|"
    r"less than) (?=\d)"
)
_HEDGES = (
    (r" (?:allegedly|reportedly|apparently|possibly|probably|likely|purportedly|supposedly)(?= )", ""),
    (r"\b(?:may|might|could) (?=(?:be|have)\b)", "will "),
    (r"\b(?:may|might|could) (?=[a-z]+)(?!not)", "will "),
    (r"\b(?:is|are) (?:expected|likely|set|due|planning|hoping|considering)(?: to)? ", "will "),
    (_ROUGHLY, ""),
    (r"\b(?:alleged|suspected|accused|potential|possible|presumed) (?=[a-z])", ""),
    (r"\bappears? to have ", "has "),
    (r"\b(?:suggested|hinted|indicated|claimed|alleged|speculated) (?=that )", "confirmed "),
    (r"\b(?:said|believes?|thinks?|hopes?) (?=that )", "confirmed "),
    (r"\b(?:plans?|hopes?|wants?|intends?|aims?) to (?=[a-z])", "will "),
    (r"\bproposed to ", "decided to "),
    (r"\bsome (?=[a-z]+)", "all "),
    (r"\bmost (?=[a-z]+)", "all "),
    (r"\bmany (?=[a-z]+)", "all "),
)
_AUXILIARY = re.compile(r"\b(is|was|are|were|will|would|can|could|has|have|had|did|does|should|may|might)(?= [a-z])")
_NEGATED = re.compile(r"(?:(?<=is|as|re|ld|ll|an|ve|ad|id|es|ay|ht) not|\bnever) |n[’']t(?= )")
_DATE = re.compile(r"\b(" + "|".join([*MONTHS, *DAYS]) + r")\b|\b((?:19|20)\d\d)\b")
_CAPITALISED = r"((?:[A-Z][\w’'-]+ ?){1,3})"
_SPEAKER = re.compile(
    rf"{_CAPITALISED}(?= (?:said|says|told|added|tweeted|wrote|claimed|warned))|(?<=according to ){_CAPITALISED}"
)
_VERB = re.compile(
    r" (?:was|were|is|are|has|have|had|will|would|said|told|announced|called|made|took|became|won|lost|went|came|began|"
    r"says|plans|wants|[a-z]{3,}ed)\b"
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with an error. ``mirrors``: whether the original sentence is false if this one is true."""

    text: str
    kind: str
    label: Label
    mirrors: bool = True


Planter = Callable[[str, Story, random.Random], Planted | None]


_ANTONYM = re.compile(
    r"(?<![\w’'-])(" + "|".join(sorted(map(re.escape, ANTONYMS), key=len, reverse=True)) + r")(?![\w’'-])"
)


def _replace(sentence: str, start: int, end: int, text: str) -> str:
    return sentence[:start] + text + sentence[end:]


def _find_word(sentence: str, words: str) -> re.Match[str] | None:
    return re.search(r"(?<!\w)" + re.escape(words) + r"(?!\w)", sentence)


def change_number(sentence: str, story: Story, rng: random.Random) -> Planted | None:
    """Replace a number by another one of the article, or by one close to it."""
    matches = [m for m in NUMBER.finditer(sentence) if not re.fullmatch(r"(?:19|20)\d\d", m[0])]
    if not matches:
        return None
    match = rng.choice(matches)
    value = float(match[0].replace(",", ""))
    others = [n for n in story.numbers if n != match[0] and ("." in n) == ("." in match[0]) and len(n) == len(match[0])]
    if others and rng.random() < 0.5:
        new = rng.choice(others)
    elif "." in match[0]:
        new = f"{max(0.1, value + rng.choice((-1.2, -0.4, 0.3, 0.8, 2.5))):.{len(match[0].split('.')[1])}f}"
    else:
        near = int(value * rng.choice((0.5, 0.8, 1.1, 1.25, 1.5, 2, 10))) + rng.choice((-2, -1, 1, 2))
        new = f"{max(1, near):,}" if "," in match[0] else str(max(1, near))
    return None if new == match[0] else Planted(_replace(sentence, *match.span(), new), "number", Label.REFUTED)


def change_date(sentence: str, story: Story, rng: random.Random) -> Planted | None:  # noqa: ARG001  (a common signature)
    """Replace a month, weekday or year by another."""
    matches = list(_DATE.finditer(sentence))
    if not matches:
        return None
    match = rng.choice(matches)
    if match[2]:
        new = str(int(match[2]) + rng.choice((-10, -3, -2, -1, 1, 2, 4)))
    else:
        new = rng.choice([word for word in (MONTHS if match[1] in MONTHS else DAYS) if word != match[1]])
    return Planted(_replace(sentence, *match.span(), new), "date", Label.REFUTED)


def change_name(sentence: str, story: Story, rng: random.Random) -> Planted | None:
    """Replace a name by another name of the same article."""
    own = names_in(sentence)
    if not own:
        return None
    name = rng.choice(own)
    taken = set(" ".join(own).split())
    others = [n for n in story.names if not taken & set(n.split()) and len(n.split()) == len(name.split())]
    match = _find_word(sentence, name)
    if not others or not match:
        return None
    return Planted(_replace(sentence, *match.span(), rng.choice(others)), "name", Label.REFUTED)


def swap_roles(sentence: str, story: Story, rng: random.Random) -> Planted | None:  # noqa: ARG001
    """Exchange two names of the sentence, unless they are merely listed together."""
    own = list(dict.fromkeys(names_in(sentence)))
    for one, other in itertools.pairwise(own):
        first, second = _find_word(sentence, one), _find_word(sentence, other)
        if not first or not second or first.end() >= second.start():
            continue
        between = sentence[first.end() : second.start()]
        if len(between.split()) >= 2 and not re.search(r"\b(and|or|with)\b|,", between):
            text = sentence[: first.start()] + other + between + one + sentence[second.end() :]
            return Planted(text, "roles", Label.NOT_SUPPORTED)
    return None


def negate(sentence: str, story: Story, rng: random.Random) -> Planted | None:  # noqa: ARG001
    """Remove a negation; or, if there is none, insert "not" or change "said" to "denied"."""
    negation = _NEGATED.search(sentence)
    if negation:
        gap = " " if negation[0].startswith(" ") else ""
        text = re.sub(
            r"\bca (?=[a-z])", "can ", re.sub(r"\bwo (?=[a-z])", "will ", _replace(sentence, *negation.span(), gap))
        )
        return Planted(text, "negation", Label.REFUTED)
    matches = list(_AUXILIARY.finditer(sentence))
    if matches:
        match = rng.choice(matches)
        return Planted(_replace(sentence, match.end(), match.end(), " not"), "negation", Label.REFUTED)
    said = re.search(r"\b(?:said|announced|confirmed|admitted|claimed)(?= (?:that|he|she|they|it|the) )", sentence)
    return Planted(_replace(sentence, *said.span(), "denied"), "negation", Label.REFUTED) if said else None


def use_antonym(sentence: str, story: Story, rng: random.Random) -> Planted | None:  # noqa: ARG001
    """Replace a word by its opposite or by another word that excludes it."""
    matches = list(_ANTONYM.finditer(sentence))
    if not matches:
        return None
    match = rng.choice(matches)
    return Planted(_replace(sentence, *match.span(), ANTONYMS[match[0]]), "antonym", Label.REFUTED)


def drop_hedge(sentence: str, story: Story, rng: random.Random) -> Planted | None:  # noqa: ARG001
    """Remove or strengthen a hedge ("allegedly", "may", "at least"), so that the sentence is too certain."""
    found = [(match, new) for pattern, new in _HEDGES for match in re.finditer(pattern, sentence)]
    if not found:
        return None
    match, new = rng.choice(found)
    text = _replace(sentence, *match.span(), new)
    return Planted(text, "hedge", Label.NOT_ENOUGH_INFO, mirrors=False)


def swap_speaker(sentence: str, story: Story, rng: random.Random) -> Planted | None:
    """Attribute a statement to another name of the article."""
    match = _SPEAKER.search(sentence)
    name = (match[0] or "").strip() if match else ""
    others = [n for n in story.names if not set(n.split()) & set(name.split())]
    if not match or name in NOT_NAMES or len(name) < 3 or not others:
        return None
    end = match.start() + len(name)
    return Planted(_replace(sentence, match.start(), end, rng.choice(others)), "speaker", Label.REFUTED)


def blend(sentence: str, story: Story, rng: random.Random) -> Planted | None:
    """Join the subject of this sentence to the predicate of another one."""
    verb = _VERB.search(sentence)
    others = [
        (s, _VERB.search(s)) for s in rng.sample(story.sentences, k=min(8, len(story.sentences))) if s != sentence
    ]
    tails = [s[v.start() :] for s, v in others if v and len(s[v.start() :].split()) >= 5]
    if not verb or verb.start() < 4 or not tails:
        return None
    return Planted(sentence[: verb.start()] + rng.choice(tails), "blend", Label.NOT_ENOUGH_INFO, mirrors=False)


def add_fact(sentence: str, story: Story, rng: random.Random) -> Planted | None:
    """Append a clause taken from another sentence of the article."""
    clauses = [
        m[1]
        for s in story.sentences
        if s != sentence
        for m in re.finditer(r", ((?:which|who|after|while|as|where|despite|with) [^,.;“”\"]{15,90})[,.]", s)
    ]
    if not clauses or not sentence.endswith("."):
        return None
    return Planted(f"{sentence[:-1]}, {rng.choice(clauses)}.", "added", Label.NOT_ENOUGH_INFO, mirrors=False)


PLANTERS: tuple[tuple[Planter, float], ...] = (
    (change_number, 4.0),
    (change_date, 3.0),
    (change_name, 1.5),
    (swap_roles, 1.0),
    (negate, 1.0),
    (use_antonym, 2.0),
    (drop_hedge, 2.0),
    (swap_speaker, 2.5),
    (blend, 0.8),
    (add_fact, 0.8),
)
"""The functions that plant an error, each with its sampling weight."""


def plant(sentence: str, story: Story, rng: random.Random) -> Planted | None:
    """Plant one error in the sentence; None if none of four sampled functions applies."""
    makers = [maker for maker, _ in PLANTERS]
    for maker in rng.choices(makers, weights=[weight for _, weight in PLANTERS], k=4):
        planted = maker(sentence, story, rng)
        if planted and planted.text != sentence:
            return planted
    return None
