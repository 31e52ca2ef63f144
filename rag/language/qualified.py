"""What a sentence says of an amount besides what it counts: a former one, an age, what is left, what is expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rag.language.bounds import Bound
from rag.language.quantities import Quantity
from rag.language.words import Word, key_at
from rag.lexicon import word_set

_PERIODS = word_set("second minute hour day night week month quarter year")
_EVERY = word_set("a an per each every")
_REGULAR = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
_CHANGES = word_set("increase rise drop decline fall jump gain loss more higher lower less fewer cheaper")
_OLDEST = 120
_STANDS = word_set(
    "stand put remain keep hold estimate number figure toll total count tally crowd turnout rate price cost"
)
_FIGURES = word_set("figure number count total toll sum estimate report")
_WRONG = word_set("wrong false incorrect inaccurate mistaken exaggerated untrue invented")
_EXPECTS = word_set(
    "could may might would will expected expects expecting forecast forecasts predicted predicts braced prepares "
    "likely potentially unless"
)
_LAST = word_set("last past previous")
_NEAR = 6


def is_time(quantity: Quantity) -> bool:
    """Of "nine days"."""
    return bool(quantity.units) and quantity.units[0] in _PERIODS | {"decade", "century"}


def is_change(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Of "rose by 3 percent", "a 63-cent increase" and "an increase of 63 cents"."""
    before = words[quantity.first - 1].key if quantity.first else ""
    after = [w.lemma for w in words[quantity.last + 1 : quantity.last + 4] if w.clause == words[quantity.last].clause]
    earlier = {w.lemma for w in words[max(0, quantity.first - 3) : quantity.first]}
    return before == "by" or bool(_CHANGES & set(after)) or (before == "of" and bool(_CHANGES & earlier))


def is_left(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Of "9,400 homes were still without power" and "seven remain in hospital", not of "the number remains at 26"."""
    clause = [n for n, w in enumerate(words) if w.clause == words[quantity.first].clause]
    near = [n for n in clause if quantity.first - _NEAR <= n <= quantity.last + _NEAR]
    return any(
        words[n].key == "still" or (words[n].lemma == "remain" and key_at(words, n + 1) not in {"at", "unchanged"})
        for n in near
    )


def is_expected(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Of "could cost 90 million" and "10,000 will flee", not of "cost 90 million, which could be more"."""
    before = {w.key for w in words[: quantity.first] if w.clause == words[quantity.first].clause}
    sentence = {w.key for w in words if w.sentence == words[quantity.first].sentence}
    return bool(before & _EXPECTS) or "if" in sentence


def is_age(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Of "a 62-year-old man", "62 years old", "aged 62", "dies at 62" and "Ruben Aske, 58, who"."""
    after = [w.key for w in words[quantity.last + 1 : quantity.last + 3]]
    if after[:1] and (after[0].startswith("year-old") or after in (["year", "old"], ["years", "old"])):
        return True
    before = words[quantity.first - 1] if quantity.first else None
    if before and (before.key in {"age", "aged"} or (before.key == "at" and _is_at_an_age(quantity, words))):
        return True
    following = words[quantity.last + 1] if quantity.last + 1 < len(words) else None
    aside = before is not None and before.capital and words[quantity.first].place == before.place + 2
    return aside and following is not None and following.place == words[quantity.last].place + 2


def _is_at_an_age(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Of "dies at 62", not of "the toll stood at 17" and "puts the figure at 23 million"."""
    earlier = {w.lemma for w in words[max(0, quantity.first - 6) : quantity.first - 1]}
    return not quantity.units and quantity.value <= _OLDEST and not earlier & _STANDS


def is_former(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Of "up from 11", "from 1.6 to 1.4 percent" and "not 340,000" the first, the first, and the only one.

    Also of "called a figure of 60 million wrong".
    """
    before = [w.key for w in words[max(0, quantity.first - 3) : quantity.first]]
    after = [w.key for w in words[quantity.last + 1 : quantity.last + 9] if w.clause == words[quantity.last].clause]
    if before[-1:] == ["of"] and before[-2:-1] and before[-2] in _FIGURES and _WRONG & set(after):
        return True
    return before[-1:] in (["from"], ["not"]) or before[-3:] == ["not", "that", "of"]


def as_it_stands(quantity: Quantity, words: Sequence[Word]) -> Quantity:
    """The end of "from 1.6 to 1.4 percent" is no limit but the figure that holds."""
    at = quantity.first
    moved = at >= 3 and words[at - 1].key == "to" and words[at - 2].number and words[at - 3].key == "from"
    return replace(quantity, bound=Bound.EXACT) if moved else quantity


def period_of(words: Sequence[Word], quantity: Quantity) -> str | None:
    """The period an amount is for: "14 million a day", "each day of the strike costs 14 million"."""
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
    """Of "during the last day" and "in the past week", not of "killed last week"."""
    before = [w.key for w in sentence if w.place < last.place][-2:]
    return before[-1:] == ["the"] and before[0] in {"in", "over", "during", "of", "within", "for"}
