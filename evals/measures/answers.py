"""Comparison of an answer's text with the reference answers, shared by the answer measures.

Text is normalised as in the SQuAD evaluation script (Rajpurkar et al. 2016): lower case, no punctuation, no articles,
single spaces; compatibility characters (NFKC) are folded and typographic punctuation is removed as well. Unlike there,
a possessive may be dropped: "Obama's" contains "Obama". Refusing an answerable case scores 0.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable

from evals.measures.base import Asked, Measure, answerable_with, wrong
from evals.replies import GivenReply
from evals.types import Score

UNFIT = answerable_with(lambda case: case.answers, "the case has no reference answer")
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s\b|['’](?!\w))", re.IGNORECASE)
_PUNCTUATION = str.maketrans("", "", string.punctuation + "“”‘’«»…–—")


def normalised(text: str) -> str:
    """``text`` in the form in which it is compared."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", plain).split())


def contains(text: str, references: Iterable[str]) -> bool:
    """Whether ``text``, with or without its possessives, contains one of the references as whole words; normalised."""
    forms = [f" {normalised(form)} " for form in (text, _POSSESSIVE.sub(" ", text))]
    wanted = [words for reference in references if (words := normalised(reference))]
    return any(f" {words} " in form for words in wanted for form in forms)


def answer_measure(
    name: str, about: str, source: str, value: Callable[[GivenReply, tuple[str, ...]], float]
) -> Measure:
    """A measure that compares answers with the case's references; a refusal or a crash scores 0."""

    def of(asked: Asked, reply: GivenReply) -> Score:
        return Score(value(reply, asked.case.answers) if reply.answered else 0.0)

    return Measure(name, about, source, of, group="answers", not_applicable=UNFIT, crashed=wrong)
