"""What an amount counts: the dead, the injured, homes without power, or simply the noun after it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.quantities import Kind, Quantity
from rag.language.words import Word
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


def group_said(word: Word) -> str | None:
    """The group a word speaks of ("killed" for "died"), or None; "March" is taken for the month."""
    return None if word.text == "March" else _GROUP_OF.get(word.lemma)


def counted(quantity: Quantity, words: Sequence[Word]) -> frozenset[str]:
    """Names of what the amount counts; empty where the sentence does not show it."""
    group = group_near(quantity, words)
    if group:
        return frozenset({group})
    return frozenset(unit for unit in quantity.units[:2] if unit not in _VAGUE)


def group_near(quantity: Quantity, words: Sequence[Word]) -> str | None:
    """The group ("killed", "injured", …) of the word nearest to the amount; None where no such word is near."""
    for word in words[quantity.last + 1 : quantity.last + 1 + _REACH]:
        if word.number or word.key == "and" or word.sentence != words[quantity.last].sentence:
            break
        if group := group_said(word):
            return group
    # Backwards over the whole sentence: "the number of people known to have died … has risen to fourteen".
    reach = len(words) if not quantity.units or quantity.kind is not Kind.COUNT else _REACH
    for word in reversed(words[max(0, quantity.first - reach) : quantity.first]):
        if word.sentence != words[quantity.first].sentence:
            break
        if group := group_said(word):
            return group
    return None
