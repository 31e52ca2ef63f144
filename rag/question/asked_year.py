"""Detects sentences that cannot be about the past year that a question names.

"How many hens were killed in 2016?" is not answered by what an article of 2026 says about its own year.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from rag.language.times import When, whens_of
from rag.language.words import key_at, words_of
from rag.lexicon import word_set
from rag.passages import PassageSentence, text_before
from rag.question.relative_years import has_resolved_year
from rag.types import Passage

# Words before a year that make it one end of a period: "since 2011", "between 2019 and 2021".
_BOUNDS = word_set("since after before until till by from to through between and or than")
_TURN_OF_YEAR = timedelta(days=31)  # a report of early January may be about December
_OTHER_YEAR = re.compile(r"\b(?:years? (?:ago|before|earlier)|annual(?:ly)?|every year|decades?)\b", re.IGNORECASE)


def may_be_of_asked_year(question: str, sentence: PassageSentence, passage: Passage) -> bool:
    """Whether the sentence can be about a year that the question names; True if the question names none.

    It can if the article is undated or was published by January of the following year, or if the sentence, the headline
    or an earlier sentence of the paragraph mentions the year, a period that may contain it, or it relative to the
    publication ("last year"). Later years are not checked, since plans often leave them out, except that a sentence
    beginning with "Last year" and without another time can only be about the year before its publication. Bounds in the
    question ("since 2011") and years in names ("Vision 2020") are ignored.

    If the question says "last year", the year or "last year" may be anywhere in the passage: a report on the figures of
    last year often names it only once.
    """
    asked = _asked_years(question)
    published = passage.chunk.published
    if not asked or published is None:
        return True
    if _is_of_year_before(sentence.text):
        return published.year - 1 in asked
    if any(year >= (published - _TURN_OF_YEAR).year for year in asked):
        return True
    if has_resolved_year(question) and any(_names(year, passage.chunk.text, published) for year in asked):
        return True
    context = f"{passage.chunk.title or ''}.\n{_paragraph_before(sentence, passage)} {sentence.text}"
    return any(_may_mention(year, context, published) for year in asked)


def _asked_years(question: str) -> frozenset[int]:
    words, whens = words_of(question), whens_of(question)
    in_dates = {i for when in whens if when.kind in {"day", "month"} for i in range(when.first, when.last + 1)}

    def is_asked(when: When) -> bool:
        before = when.first - 1
        named = before > 0 and words[before].capital and before not in in_dates
        return when.kind == "year" and not named and key_at(words, before) not in _BOUNDS

    return frozenset(int(when.value[0]) for when in whens if is_asked(when))


def _is_of_year_before(sentence: str) -> bool:
    """Whether the sentence can only be about the year before its publication ("Last year forty homes burned").

    Not so with another time, or with "last year" later on: "Forty burned, up from ten last year".
    """
    whens = whens_of(sentence)
    return len(whens) == 1 and whens[0].first == 0 and whens[0].value == ("last", "year")


def _paragraph_before(sentence: PassageSentence, passage: Passage) -> str:
    earlier = text_before(sentence, passage)
    _, _, paragraph = earlier.rpartition("\n\n")
    return paragraph if earlier else sentence.before


def _names(year: int, text: str, published: datetime) -> bool:
    """Whether the text names the year, in digits or as "last year"."""
    is_last = year == published.year - 1
    return any(
        (when.kind == "year" and when.value == (year,)) or (is_last and when.value == ("last", "year"))
        for when in whens_of(text)
    )


def _may_mention(year: int, text: str, published: datetime) -> bool:
    # ``whens_of`` does not find the years of "the 2016/17 season" and "in '16".
    if _OTHER_YEAR.search(text) or re.search(rf"\b{year}\b|['’/]{year % 100:02d}\b", text):
        return True
    whens = whens_of(text)
    years = [int(when.value[0]) for when in whens if when.kind == "year"]
    if years and any(word.key == "since" for word in words_of(text)):
        years.append(published.year)
    if years and min(years) <= year <= max(years):
        return True
    return any(_is_within(year, when, published) for when in whens)


def _is_within(year: int, when: When, published: datetime) -> bool:
    if when.kind == "decade":
        return 0 <= year - int(when.value[0]) < 10
    if when.kind in {"day", "month"}:  # "in November", read in March, may be November of the year before
        return year == published.year - 1 and int(when.value[0]) > published.month
    return when.kind == "relative" and when.value[0] == "last" and year == published.year - 1
