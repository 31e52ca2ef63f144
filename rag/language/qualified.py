"""Determine what a sentence says about an amount besides what it counts.

- a period of time: "nine days"
- a change: "rose by 3 percent", "an increase of 63 cents"
- a remainder: "9,400 homes were still without power"
- an expectation: "could cost 90 million"
- an age: "a 62-year-old man", "Ruben Aske, 58, who", "people over 65"
- a former or rejected figure: "up from 11", "not 340,000"
- a rate: "14 million a day"

Leaves out: qualifications in another sentence, and expectations without one of the words in ``_EXPECTS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from rag.language.bounds import Bound, first_with
from rag.language.quantities import Kind, Quantity
from rag.language.words import Word, is_past, key_at
from rag.lexicon import word_set

# Periods that a rate can refer to.
_PERIODS = word_set("second minute hour day night week month quarter year")
# Words before the period of a rate: "a day", "each week".
_EVERY = word_set("a an per each every")
# Adjectives and adverbs of a rate and their period.
_REGULAR = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
# Nouns, verbs and comparatives of a change: "a 63-cent increase", "12 fewer".
_CHANGES = word_set("increase rise drop decline fall jump gain loss more higher lower less fewer cheaper")
# Verbs of a change right before its amount.
_MOVES = word_set("increase decrease rise drop decline fall jump climb grow shrink slip")
# Words that make another verb of "fall".
_FALLEN = word_set("ill sick from into off through")
# Words of a limit between such a verb and its amount: "fell by about 40 cents", "rose just 2 percent".
_LIMITS = word_set("about just only some around nearly almost roughly")
# People before an age limit ("people over 65"), and words after one ("16 and older").
_AGED = word_set(
    "people person man woman child kid adult resident patient american anyone everyone those student youth boy girl "
    "citizen pensioner population age voter"
)
_LIMITS_OF_AGE = word_set("over under above below")
_OLDER = word_set("older over up above under younger")
# The highest age in years that a bare number after "at" can be.
_OLDEST = 120
# Lemmas before "at" where a number is a level and not an age: "the toll stood at 17".
_STANDS = word_set(
    "stand put remain keep hold estimate number figure toll total count tally crowd turnout rate price cost"
)
# Nouns before "of" and a number that the sentence may call wrong: "a figure of 60 million".
_FIGURES = word_set("figure number count total toll sum estimate report")
# Words that call such a figure wrong.
_WRONG = word_set("wrong false incorrect inaccurate mistaken exaggerated untrue invented")
# Words between "not" and a rejected figure: "sank by 40 feet and not by 12".
_PREPOSITIONS = word_set("with by at to for in on")
# Words of an expectation or a condition.
_EXPECTS = word_set(
    "could may might would will expected expects expecting forecast forecasts predicted predicts braced prepares "
    "likely potentially unless"
)
# Words after an amount within which the verb of what it counts follows: "10,000 people will flee".
_VERB_WITHIN = 3
# Words after an amount that begin to say something else.
_JOINS = word_set("and or but who which that")
# Words before a period that has just ended: "in the past week".
_LAST = word_set("last past previous")
# Words on either side of an amount in which "still" or "remain" refers to it.
_NEAR = 6


def is_time(quantity: Quantity) -> bool:
    """Whether the amount is a length of time: "nine days"."""
    return bool(quantity.units) and quantity.units[0] in _PERIODS | {"decade", "century"}


def is_change(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount is a change: "rose by 3 percent", "fell 3 percent", "a 63-cent increase".

    Not so in "52 people fell ill" and "three workers fell from the roof".
    """
    first = first_with(words, quantity.first, _LIMITS)
    before = words[first - 1] if first else None
    after = range(quantity.last + 1, min(len(words), quantity.last + 4))
    earlier = {w.lemma for w in words[max(0, first - 3) : first]}
    if before and (before.key == "by" or (before.key == "of" and _CHANGES & earlier)):
        return True
    if before and before.lemma in _MOVES and quantity.kind is not Kind.COUNT:
        return True
    return any(
        words[n].lemma in _CHANGES
        and words[n].clause == words[quantity.last].clause
        and not is_past(words[n])
        and key_at(words, n + 1) not in _FALLEN
        for n in after
    )


def is_left(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount is a remainder: "9,400 homes were still without power", "seven remain in hospital".

    Not so in "the number remains at 26" and "14 ferries are standing still".
    """
    clause = [n for n, w in enumerate(words) if w.clause == words[quantity.first].clause]
    near = [n for n in clause if quantity.first - _NEAR <= n <= quantity.last + _NEAR]
    return any(
        (words[n].key == "still" and words[n - 1].lemma != "stand")
        or (words[n].lemma == "remain" and key_at(words, n + 1) not in {"at", "unchanged"})
        for n in near
    )


def is_expected(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount is expected or conditional: "could cost 90 million", "10,000 will flee".

    Not so in "cost 90 million, which could be more": the word must be in the amount's clause, before it or right after
    what it counts. Neither in "will cost 90 million", a price as good as "costs".
    """
    after = words[quantity.last + 1 : quantity.last + 1 + _VERB_WITHIN]
    near = [*words[: quantity.first], *takewhile(lambda w: w.key not in _JOINS, after)]
    clause = [w for w in near if w.clause == words[quantity.first].clause]
    before = {w.key for w in clause} - ({"will"} if any(w.lemma == "cost" for w in clause) else set())
    sentence = {w.key for w in words if w.sentence == words[quantity.first].sentence}
    return bool(before & _EXPECTS) or "if" in sentence


def is_age(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount is an age: "a 62-year-old man", "62 years old", "aged 62", "dies at 62", "Aske, 58, who"."""
    if quantity.kind is not Kind.COUNT:
        return False
    after = [w.key for w in words[quantity.last + 1 : quantity.last + 3]]
    if after[:1] and (after[0].startswith("year-old") or after in (["year", "old"], ["years", "old"])):
        return True
    if _is_age_limit(quantity, words) or after[:1] == ["s"]:  # "a man in his 30s"
        return True
    before = words[quantity.first - 1] if quantity.first else None
    if before and (before.key in {"age", "aged", "ages"} or (before.key == "at" and _is_at_an_age(quantity, words))):
        return True
    following = words[quantity.last + 1] if quantity.last + 1 < len(words) else None
    aside = before is not None and before.capital and words[quantity.first].place == before.place + 2
    return aside and following is not None and following.place == words[quantity.last].place + 2


def _is_age_limit(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount limits ages: "people over 65", "some as young as 11", "16 and older"."""
    if quantity.value > _OLDEST or (quantity.units and quantity.units[0] not in {"old", "young"}):
        return False
    before = [key_at(words, quantity.first - n) for n in (3, 2, 1)]
    if before in (["as", "young", "as"], ["as", "old", "as"]):
        return True
    if key_at(words, quantity.last + 1) in {"and", "or"} and key_at(words, quantity.last + 2) in _OLDER:
        return True
    person = words[quantity.first - 2].lemma if quantity.first > 1 else ""
    return before[2] in _LIMITS_OF_AGE and person in _AGED


def _is_at_an_age(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether "at" comes before an age: "dies at 62", but not "the toll stood at 17"."""
    earlier = {w.lemma for w in words[max(0, quantity.first - 6) : quantity.first - 1]}
    return not quantity.units and quantity.value <= _OLDEST and not earlier & _STANDS


def is_former(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount no longer holds or is rejected.

    True for 11 in "up from 11", 1.6 in "from 1.6 to 1.4 percent", "not 340,000", "not with 800", "rather than 12",
    "instead of 310" and "called a figure of 60 million wrong".
    """
    before = [w.key for w in words[max(0, quantity.first - 3) : quantity.first]]
    after = [w.key for w in words[quantity.last + 1 : quantity.last + 9] if w.clause == words[quantity.last].clause]
    if before[-1:] == ["of"] and before[-2:-1] and before[-2] in _FIGURES and _WRONG & set(after):
        return True
    if before[-2:] in (["rather", "than"], ["instead", "of"]):
        return True
    if before[-2:-1] == ["not"] and before[-1] in _PREPOSITIONS:
        return True
    return before[-1:] in (["from"], ["not"]) or before[-3:] == ["not", "that", "of"]


def as_current_figure(quantity: Quantity, words: Sequence[Word]) -> Quantity:
    """Return the upper end of "from 1.6 to 1.4 percent" as an exact amount: it is the current figure, not a limit."""
    at = quantity.first
    moved = at >= 3 and words[at - 1].key == "to" and words[at - 2].number and words[at - 3].key == "from"
    return replace(quantity, bound=Bound.EXACT) if moved else quantity


def period_of(words: Sequence[Word], quantity: Quantity) -> str | None:
    """Return the period of a rate ("14 million a day", "each day of the strike costs 14 million"), or None."""
    sentence = [w for w in words if w.sentence == words[quantity.first].sentence]
    for first, second in pairwise(sentence):
        if second.lemma not in _PERIODS:
            continue
        if first.key in {"each", "every", "per"} or (first.key in _EVERY and first in words[quantity.last + 1 :][:4]):
            return second.lemma
        if first.key in _LAST and second.place == first.place + 1 and _is_within(sentence, first):
            return f"last {second.lemma}"
    return next((_REGULAR[w.key] for w in sentence if w.key in _REGULAR), None)


def _is_within(sentence: Sequence[Word], last: Word) -> bool:
    """Whether the amount covers the period: "during the last day", "in the past week"; not "killed last week"."""
    before = [w.key for w in sentence if w.place < last.place][-2:]
    return before[-1:] == ["the"] and before[0] in {"in", "over", "during", "of", "within", "for"}
