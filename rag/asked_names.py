"""Recognizes articles that cannot be about what a question names: "the mayor of Brod" in one that never says Brod.

A sentence need not repeat the names of its story, nor a passage, so the whole article counts, with headline, outlet and
author. Other forms of a name count as well ("Tervanian", "WHO", "Brandt"; see ``rag.checks.names``).

Left out: months and holidays, and names in what is told before the question ("The White House said so. When will it
happen?"), which need not be in the article that answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.errors import UnknownArticle
from index.sentences import sentence_spans
from index.types import Article
from rag.answer_type import missing_names
from rag.language.names import TITLES, Name, names_of
from rag.language.words import is_common, words_of
from rag.lexicon import word_set
from rag.lexicon.calendar import MONTHS, WEEKDAYS
from rag.passages import with_headline
from rag.types import Passage

_TIMES = frozenset({*MONTHS, *WEEKDAYS}) | word_set("easter christmas ramadan")
_JOINS = re.compile(r"\b(?:and|or|than|both|between|compared|versus|vs)\b", re.IGNORECASE)


def on_asked_names(question: str, passages: Sequence[Passage], article: Callable[[str], Article]) -> list[Passage]:
    """The passages whose articles have all of the question's names; ``article`` returns one by its id.

    All of them, if the question joins or compares ("Norlyk or Kystnet") and the articles have its names between them.
    """
    asked = asked_sentence(question)
    texts: dict[str, list[str]] = {}
    for passage in passages:
        texts.setdefault(passage.chunk.article_id, []).append(with_headline(passage))
    lacking = {known: _lacking(asked, "\n".join(found)) for known, found in texts.items()}
    lacking = {known: names and names & _lacking(asked, _whole(known, article)) for known, names in lacking.items()}
    if lacking and _JOINS.search(asked) and all(lacking.values()) and not frozenset.intersection(*lacking.values()):
        return list(passages)
    return [passage for passage in passages if not lacking[passage.chunk.article_id]]


def asked_sentence(question: str) -> str:
    """The last of the sentences that ends with a question mark; the whole text if none does."""
    sentences = [span.of(question) for span in sentence_spans(question)]
    return next((sentence for sentence in reversed(sentences) if sentence.rstrip(" \"'”’)").endswith("?")), question)


def _lacking(asked: str, text: str) -> frozenset[str]:
    missing = missing_names(asked, text)
    lacking = [name for name in names_of(asked) if _is_lacking(name, text, is_missing=name.text in missing)]
    return frozenset(name.text for name in lacking if not {word.key for word in name.words} <= _TIMES)


def _is_lacking(name: Name, text: str, *, is_missing: bool) -> bool:
    """Whether the text lacks a name; "Party" alone is not the "Red Party", but "the Reds" are."""
    *others, last = [word for word in name.words if word.key not in TITLES] or name.words
    if not others or not is_common(last.key):
        return is_missing
    words = words_of(text)
    if any(word.lemma == other.lemma and word.capital for word in words for other in others):
        return False
    return is_missing or any(word.key == last.key for word in words)


def _whole(article_id: str, article: Callable[[str], Article]) -> str:
    try:
        found = article(article_id)
    except UnknownArticle:  # removed since the search
        return ""
    return ".\n".join(filter(None, (found.title, found.outlet, found.author, found.text)))
