"""What an amount counts: the dead, the injured, homes without power, or simply the noun after it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.quantities import Kind, Quantity
from rag.language.words import Word, key_at
from rag.lexicon import word_set

_GROUPS = {
    "killed": "kill dead die death fatality toll victim body corpse perish",
    "injured": "injure injury wound hurt casualty",
    "missing": "miss missing unaccounted",
    "arrested": "arrest detain arrestee detainee",
    "ill": "ill sick illness infect infection sicken patient case",
    "marching": "march marcher protest protester protestor demonstrate demonstrator crowd rally turnout",
    "displaced": "displace evacuate evacuee flee refugee homeless",
    "insured": "insure insurance",
    "cost": "cost price bill budget",
}
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words.split()}
GROUP_WORDS = frozenset(_GROUP_OF)
"""Lemmas that say what is counted ("kill", "injure", "cost"): common ground in any two stories of the kind."""

_VAGUE = word_set(
    "people person man woman child other year day week month hour minute time percent thousand million dollar euro "
    "pound crown number figure total member old age"
)
_REACH = 7
_VERBS = word_set("is are was were be been has have had will would can could may might do does did")
_TAKES_LIVES = word_set("lose loses lost losing loss claim claims claimed claiming cost costs took takes taken")
_SAVES = word_set("save saves saved saving")
_FAR = 12  # "how many lives did the fire at the mill by the river claim?"
_STREETS = word_set("street streets")


def group_said(words: Sequence[Word], i: int) -> str | None:
    """The group that word number ``i`` speaks of, or None: "killed" for "died" and for the "lives" that were lost.

    "March" is taken for the month.
    """
    word = words[i]
    if word.key in {"life", "lives"}:
        near = {w.key for w in words[max(0, i - _REACH) : i + 1 + _FAR] if w.clause == word.clause}
        return "killed" if near & _TAKES_LIVES and not near & _SAVES else None
    if word.key in _STREETS and [w.key for w in words[max(0, i - 2) : i]] == ["to", "the"]:  # "took to the streets"
        return "marching" if i > 2 and words[i - 3].lemma == "take" else None
    return None if word.text == "March" else _GROUP_OF.get(word.lemma)


def counted(quantity: Quantity, words: Sequence[Word]) -> frozenset[str]:
    """Names of what the amount counts; empty where the sentence does not show it."""
    group = group_near(quantity, words)
    if group:
        return frozenset({group})
    if key_at(words, quantity.last + 1) in _VERBS:  # "how many thousands is in dispute"
        return frozenset()
    return frozenset(unit for unit in quantity.units[:2] if unit not in _VAGUE)


def group_near(quantity: Quantity, words: Sequence[Word]) -> str | None:
    """The group ("killed", "injured", …) of the word nearest to the amount; None where no such word is near."""
    for i in range(quantity.last + 1, min(len(words), quantity.last + 1 + _REACH)):
        if words[i].number or words[i].key == "and" or words[i].sentence != words[quantity.last].sentence:
            break
        if group := group_said(words, i):
            return group
    # Backwards over the whole sentence: "the number of people known to have died … has risen to fourteen".
    reach = len(words) if not quantity.units or quantity.kind is not Kind.COUNT else _REACH
    for i in range(quantity.first - 1, max(0, quantity.first - reach) - 1, -1):
        if words[i].sentence != words[quantity.first].sentence:
            break
        if group := group_said(words, i):
            return group
    return None
