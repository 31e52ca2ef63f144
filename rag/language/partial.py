"""Tell amounts that no other report gives in the same sense, though they count the same word.

- a part of those counted: "six students were among the dead", "another three died", "including 13 children", "of the 32
  dead, 28 were from the coast"
- an average: "the park averages 15,000 visitors"
- a rate per head: "331 deaths per 100,000 people"
- a number in a name: "Covid-19", "Model 3"

Leaves out: parts that only the meaning shows ("40 drowned" of "72 died").
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.bounds import first_with
from rag.language.quantities import Kind, Quantity
from rag.language.words import Word, key_at
from rag.lexicon import word_set

# Words before an amount that make it one more, or a part, or that of an earlier sentence ("of those 72 deaths").
_MORE_BEFORE = word_set("another other additional further including include includes included those these")
# Words after an amount, before its noun, that do the same: "four other people", "12 more patients".
_MORE_AFTER = word_set("other others more additional further extra new")
# Limits between such a word and the amount: "including at least 13 children".
_LIMITS = word_set("at least about some around nearly almost up to over roughly an a")
_OF_WHOLE = word_set("the those these them its their")
_AVERAGE = word_set(
    "average averages averaged averaging typical typically usual usually normal normally median ordinarily"
)
_NEAR = 6  # words between an amount and a word that makes it an average
_BEFORE = 3  # words between "also" and an amount
_AFTER = 7  # words between an amount and "among"
# Nouns before a number that is a name and no amount.
_LABELS = word_set(
    "model game category phase chapter article section title interstate highway route flight level type class grade "
    "round stage volume episode season boeing airbus gate room apartment page line platform apollo"
)
_HYPHENS = "-‐‑"


def is_part(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount is a part of those counted, or comes on top of others.

    Not so in "34 died, two more than on Monday", where the words are not those of the amount.
    """
    if quantity.kind is not Kind.COUNT:
        return False
    at = first_with(words, quantity.first, _LIMITS) - 1
    if key_at(words, at) in _MORE_BEFORE or _is_more(quantity, words):
        return True
    clause = words[quantity.first].clause
    before = [w.key for w in words[max(0, quantity.first - _BEFORE) : quantity.first] if w.clause == clause]
    after = [w.key for w in words[quantity.last + 1 :] if w.clause == clause]
    is_one_more = "also" in {*before, *after[:_BEFORE]} or "alone" in after
    return is_one_more or _is_among(after) or _is_of_whole(quantity, words)


def _is_among(after: Sequence[str]) -> bool:
    """Whether the amount is "among the dead"; not so in "159 died, among them three teachers"."""
    at = after.index("among") if "among" in after[:_AFTER] else None
    return at is not None and after[at + 1 : at + 2] not in ([], ["them"], ["whom"])


def _is_more(quantity: Quantity, words: Sequence[Word]) -> bool:
    key = key_at(words, quantity.last + 1)
    return key in _MORE_AFTER and key_at(words, quantity.last + 2) != "than"


def _is_of_whole(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the sentence begins with the whole: 28 in "Of the 32 people confirmed dead, 28 were from the coast"."""
    sentence = [n for n, w in enumerate(words) if w.sentence == words[quantity.first].sentence and n < quantity.first]
    opens = len(sentence) > 2 and words[sentence[0]].key == "of" and words[sentence[1]].key in _OF_WHOLE
    return opens and any(words[n].clause != words[quantity.first].clause for n in sentence)


def is_average(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount is an average or what is usual."""
    near = words[max(0, quantity.first - _NEAR) : quantity.last + 1 + _NEAR]
    return any(word.key in _AVERAGE and word.clause == words[quantity.first].clause for word in near)


def is_per_head(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether the amount is a rate for so many people, or that number of people: "331 deaths per 100,000"."""
    if key_at(words, quantity.first - 1) == "per":
        return True
    after = range(quantity.last + 1, min(len(words) - 1, quantity.last + 4))
    return any(words[n].key == "per" and words[n + 1].number for n in after)


def is_label(quantity: Quantity, words: Sequence[Word], text: str) -> bool:
    """Whether the number belongs to a name: "Covid-19", "K-12", "Model 3", "Game 6"."""
    start = words[quantity.first].start
    if start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalpha():
        return True
    before = words[quantity.first - 1] if quantity.first else None
    return before is not None and before.capital and before.key in _LABELS and words[quantity.first].number
