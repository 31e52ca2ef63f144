"""Splits an article into the material for planted errors: sentences, numbers, names and speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import syntok.segmenter

NUMBER = re.compile(r"(?<![\w.,:$£€/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w:/]|[.,]\d|-\w)")
NAME = re.compile(r"(?<=[a-z,0-9)] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2}\b")
SAYS = re.compile(
    r"\b(?P<name>(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}) (?P<verb>said|says|told|added|warned|announced|claimed|insisted)\b"
    r"|\b(?P<verb2>said|says|added) (?P<name2>(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,})\b"
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
NO_NAMES = frozenset({
    *DAYS, *MONTHS, "The", "This", "That", "These", "Those", "But", "And", "Mr", "Mrs", "Ms", "Dr", "President",
    "Prime", "Minister", "Sir", "Lord", "Lady", "Senator", "General", "Secretary", "Chancellor", "Mayor", "Governor",
    "Chief", "Judge", "Justice", "Professor", "God", "Rep", "Sen", "Gov", "Gen", "Lt", "Col", "Capt", "Getty", "She",
    "They", "His", "Her", "There", "What", "When", "Who", "How", "You", "One", "Images", "Video", "Photo", "Read",
    "More", "Advertisement", "Image",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """The material of one article; ``number`` counts the texts from 0."""

    number: int
    sentences: tuple[str, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of an article and the one before it, which is empty for the first sentence."""

    sentence: str
    before: str
    article: Source


def is_name(text: str) -> bool:
    """Whether none of the capitalised words is a day, a month or a title."""
    return not set(text.split()) & NO_NAMES


def take_apart(number: int, text: str) -> Source:
    """The sentences of a text, and the distinct numbers, names and speakers in them, in order."""
    sentences = tuple(_sentences(text))
    body = "\n".join(sentences)
    names = dict.fromkeys(m.group() for m in NAME.finditer(body) if is_name(m.group()))
    speakers = dict.fromkeys(m.group("name") or m.group("name2") for m in SAYS.finditer(body))
    return Source(
        number,
        sentences,
        tuple(dict.fromkeys(m.group() for m in NUMBER.finditer(body))),
        tuple(names),
        tuple(s for s in speakers if is_name(s)),
    )


def _sentences(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        for sentences in syntok.segmenter.process(paragraph):
            for tokens in sentences:
                yield paragraph[tokens[0].offset : tokens[-1].offset + len(tokens[-1].value)].strip()
