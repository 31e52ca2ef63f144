"""Recognizes articles that cannot be about what a question asks, since they lack its names or figures.

- "Who is the mayor of Brod?" is not answered by an article that never says Brod.
- "When was Warsaw ranked 22nd?" is not by one that only says 32nd.

A sentence need not repeat the names of its story, nor a passage, so the whole article counts, with headline, outlet and
author. Other forms of a name count as well ("Tervanian", "WHO", "Brandt"; see ``rag.checks.names``), and figures that
may be rounded.

Left out: months and holidays; what is told before the question ("The White House said so. When will it happen?"), which
need not be in the article that answers; small numbers and those in words, which may count what is listed ("the two
towns"); and the figures of yes-or-no questions, which the articles may contradict.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from index.errors import UnknownArticle
from index.sentences import sentence_spans
from index.types import Article
from rag.facts.disagreement import YES_OR_NO
from rag.language.bounds import Bound
from rag.language.names import TITLES, Name, names_of
from rag.language.quantities import Kind, Quantity, quantities_of
from rag.language.words import is_common, words_of
from rag.lexicon import word_set
from rag.lexicon.calendar import MONTHS, WEEKDAYS
from rag.passages import with_headline
from rag.question.answer_type import missing_names
from rag.types import Passage

_TIMES = frozenset({*MONTHS, *WEEKDAYS}) | word_set("easter christmas ramadan")
_SMALL = 12
_ROUNDING = 0.05
_LONGEST = 100_000  # characters; that long takes a fifth of a second
_JOINS = re.compile(r"\b(?:and|or|than|both|between|compared|versus|vs)\b", re.IGNORECASE)


def with_asked_details(question: str, passages: Sequence[Passage], article: Callable[[str], Article]) -> list[Passage]:
    """The passages whose articles have all names and figures of the question; ``article`` returns one by its id.

    All of them, if the question joins or compares ("Norlyk or Kystnet") and the articles have these between them.
    """
    asked = asked_sentence(question)
    texts: dict[str, list[str]] = {}
    for passage in passages:
        texts.setdefault(passage.chunk.article_id, []).append(with_headline(passage))
    lacking = {known: _lacking(asked, "\n".join(found)) for known, found in texts.items()}
    lacking = {known: some and some & _lacking_in_all(asked, known, article) for known, some in lacking.items()}
    if lacking and _JOINS.search(asked) and all(lacking.values()) and not frozenset.intersection(*lacking.values()):
        return list(passages)
    return [passage for passage in passages if not lacking[passage.chunk.article_id]]


@lru_cache(maxsize=1024)
def asked_sentence(question: str) -> str:
    """The last of the sentences that ends with a question mark; the whole text if none does."""
    sentences = [span.of(question) for span in sentence_spans(question)]
    return next((sentence for sentence in reversed(sentences) if sentence.rstrip(" \"'”’)").endswith("?")), question)


def _lacking(asked: str, text: str) -> frozenset[str]:
    """The names and figures of the question that the text lacks."""
    missing = missing_names(asked, text)
    names = [name for name in names_of(asked) if _is_lacking(name, text, is_missing=name.text in missing)]
    figures = [figure for figure in _figures(asked) if not _has_figure(text, figure)]
    return frozenset(
        [name.text for name in names if not {word.key for word in name.words} <= _TIMES]
        + [figure.text for figure in figures]
    )


def _figures(asked: str) -> list[Quantity]:
    """The exact figures of a question that are no small numbers."""
    if YES_OR_NO.search(asked):
        return []
    figures = [q for q in quantities_of(asked) if q.kind is not Kind.CLOCK and q.bound is Bound.EXACT and not q.spelled]
    return [q for q in figures if q.kind in {Kind.SHARE, Kind.MONEY} or (q.value > _SMALL and "century" not in q.units)]


def _has_figure(text: str, figure: Quantity) -> bool:
    rounding = 0.0 if figure.kind is Kind.ORDINAL else _ROUNDING
    return any(math.isclose(other.value, figure.value, rel_tol=rounding) for other in quantities_of(text))


def _is_lacking(name: Name, text: str, *, is_missing: bool) -> bool:
    """Whether the text lacks a name; "Party" alone is not the "Red Party", but "the Reds" are."""
    *others, last = [word for word in name.words if word.key not in TITLES] or name.words
    if not others or not is_common(last.key):
        return is_missing
    said = [word for word in words_of(text) if any(word.lemma == other.lemma for other in others)]
    if is_missing:
        return not any(word.capital and word.key != word.lemma for word in said)
    return not said and any(word.key == last.key for word in words_of(text))


def _lacking_in_all(asked: str, article_id: str, article: Callable[[str], Article]) -> frozenset[str]:
    """What the whole article lacks; nothing if it is long, since reading it takes time and most names are in it."""
    try:
        found = article(article_id)
    except UnknownArticle:  # removed since the search
        return _lacking(asked, "")
    if len(found.text) > _LONGEST:
        return frozenset()
    return _lacking(asked, ".\n".join(filter(None, (found.title, found.outlet, found.author, found.text))))
