"""Determine what an amount counts: the dead, the injured, the cost, or simply the noun after it.

Covers nine groups of words that news uses for the same thing (``_GROUPS``: "17 dead", "killed 17", "a death toll of 17"
all count "killed"), "lives" that are lost or claimed, and people who "took to the streets". Without such a word near
the amount, the noun after it is what is counted ("seven bridges"), or that of "the number of trams … has risen to 31".

Leaves out: pronouns ("four of them"), nouns more than seven words after the amount, and groups that are not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rag.language.quantities import Kind, Quantity
from rag.language.words import Word, key_at
from rag.lexicon import word_set
from rag.lexicon.light import LIGHT

# Lemmas that count the same thing, by the name of the group; the groups whose figures change in running news.
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
"""Lemmas that say what is counted ("kill", "injure", "cost"). Any two stories of the same kind share them."""

# Nouns too general to say what is counted.
_VAGUE = word_set(
    "people person man woman child other year day week month hour minute time percent thousand million dollar euro "
    "pound crown number figure total member old age"
)
# Words between an amount and the word that says what it counts.
_REACH = 7
# Verbs right after an amount, which show that no noun follows.
_VERBS = word_set("is are was were be been has have had will would can could may might do does did")
# Verbs whose "lives" are the dead.
_TAKES_LIVES = word_set("lose loses lost losing loss claim claims claimed claiming cost costs took takes taken")
# Verbs whose "lives" are not the dead.
_SAVES = word_set("save saves saved saving")
_FAR = 12  # "how many lives did the fire at the mill by the river claim?"
# The noun of "took to the streets".
_STREETS = word_set("street streets")


def group_said(words: Sequence[Word], i: int) -> str | None:
    """Return the group that word number ``i`` belongs to, or None: "killed" for "died" and for "lives" that were lost.

    "March" with a capital is taken for the month.
    """
    word = words[i]
    if word.key in {"life", "lives"}:
        near = {w.key for w in words[max(0, i - _REACH) : i + 1 + _FAR] if w.clause == word.clause}
        return "killed" if near & _TAKES_LIVES and not near & _SAVES else None
    if word.key in _STREETS and [w.key for w in words[max(0, i - 2) : i]] == ["to", "the"]:  # "took to the streets"
        return "marching" if i > 2 and words[i - 3].lemma == "take" else None
    return None if word.text == "March" else _GROUP_OF.get(word.lemma)


def counted(quantity: Quantity, words: Sequence[Word]) -> frozenset[str]:
    """Return the names of what the amount counts; empty where the sentence does not show it."""
    group = group_near(quantity, words)
    if group:
        return frozenset({group})
    if key_at(words, quantity.last + 1) in _VERBS:  # "how many thousands is in dispute"
        return frozenset()
    if not quantity.units and quantity.kind is Kind.COUNT:
        return _number_of(quantity, words)
    return frozenset(unit for unit in quantity.units[:2] if unit not in _VAGUE)


def _number_of(quantity: Quantity, words: Sequence[Word]) -> frozenset[str]:
    """Return the lemmas of the noun in "the number of trams … has risen to 31"; empty without such a phrase.

    Also empty if another figure stands in between, unless it is the first end of "from 22 to 31".
    """
    end = quantity.first
    before = [n for n in range(end) if words[n].sentence == words[end].sentence]
    opens = next((n for n in reversed(before[1:]) if (words[n - 1].key, words[n].key) == ("number", "of")), None)
    if opens is None:
        return frozenset()
    is_range = [key_at(words, end - 3), key_at(words, end - 1)] == ["from", "to"]
    if any(word.number for word in words[opens : end - 2 if is_range else end]):
        return frozenset()
    noun = takewhile(lambda word: word.key not in LIGHT, words[opens + 1 : min(opens + 3, end)])
    return frozenset(word.lemma for word in noun if word.lemma not in _VAGUE)


def group_near(quantity: Quantity, words: Sequence[Word]) -> str | None:
    """Return the group ("killed", "injured", …) of the word nearest to the amount; None if no such word is near."""
    for i in range(quantity.last + 1, min(len(words), quantity.last + 1 + _REACH)):
        if words[i].number or words[i].key == "and" or words[i].sentence != words[quantity.last].sentence:
            break
        if group := group_said(words, i):
            return group
    # Backwards through the whole sentence: "the number of people known to have died … has risen to fourteen".
    reach = len(words) if not quantity.units or quantity.kind is not Kind.COUNT else _REACH
    for i in range(quantity.first - 1, max(0, quantity.first - reach) - 1, -1):
        if words[i].sentence != words[quantity.first].sentence:
            break
        if group := group_said(words, i):
            return group
    return None
