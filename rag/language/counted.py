"""Determine what an amount counts: the dead, the injured, the cost, or simply the noun after it.

Covers ten groups of words that news uses for the same thing (``_GROUPS``: "17 dead", "killed 17", "a death toll of 17"
all count "killed"), "lives" that are lost or claimed, and people who "took to the streets". Without such a word near
the amount, the noun after it is what is counted ("seven bridges"), or that of "the number of trams … has risen to 31".

Leaves out: pronouns ("four of them"), nouns more than seven words after the amount, and groups that are not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rag.language.bounds import first_with
from rag.language.numerals import SMALL
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
    "damage": "damage",
}
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words.split()}
GROUP_WORDS = frozenset(_GROUP_OF)
"""Lemmas that say what is counted ("kill", "injure", "cost"). Any two stories of the same kind share them."""

# Verbs that say what became of people, and forms of them that have no object.
_FATES = word_set("kill die perish injure wound hurt arrest detain infect sicken")
_INTRANSITIVE = word_set("die dies died dead perish perishes perished")
_WHOLE_WITHIN = 4  # words between "of" and the whole: "of the company's 20"
# Nouns of a figure that a later clause of the sentence gives.
_TOTALS = word_set("number toll count total figure tally cost price bill")
# Groups that sums of money can be of.
_SUMS = {"cost", "insured", "damage"}
PERSONS = word_set("patient case victim protester protestor demonstrator marcher evacuee refugee detainee crowd")
"""Lemmas of groups that only describe people, of whom a sentence may say more: "three patients have died"."""
# Words between a verb and its amount: "killed at least three".
_BOUNDS = word_set("at least about more than nearly some up to around over almost another only")
# Words after "of" that begin the whole of which an amount is a part: "two of the dead".
_WHOLE = word_set("the those these its their his her our")
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

    "March" with a capital is taken for the month; "damages" are paid and not suffered, and "damaged" counts houses.
    """
    word = words[i]
    if word.key in {"life", "lives"}:
        near = {w.key for w in words[max(0, i - _REACH) : i + 1 + _FAR] if w.clause == word.clause}
        return "killed" if near & _TAKES_LIVES and not near & _SAVES else None
    if word.key in _STREETS and [w.key for w in words[max(0, i - 2) : i]] == ["to", "the"]:  # "took to the streets"
        return "marching" if i > 2 and words[i - 3].lemma == "take" else None
    is_other = word.text == "March" or (word.lemma == "damage" != word.key)
    return None if is_other else _GROUP_OF.get(word.lemma)


def counted(quantity: Quantity, words: Sequence[Word]) -> frozenset[str]:
    """Return the names of what the amount counts; empty where the sentence does not show it."""
    if key_at(words, quantity.last + 1) == "of" and key_at(words, quantity.last + 2) in _WHOLE:
        return _counted_of_whole(quantity, words)
    group = group_near(quantity, words)
    if group:
        return frozenset({group})
    if _is_whole(quantity, words) or key_at(words, quantity.last + 1) in _VERBS:  # "how many thousands is in dispute"
        return frozenset()
    if not quantity.units and quantity.kind is Kind.COUNT:
        return _number_of(quantity, words)
    if key_at(words, quantity.last + 2) == "of" and quantity.units and quantity.units[0] not in _VAGUE:
        return frozenset(quantity.units[:1])  # "11 sets of documents" counts sets
    return frozenset(unit for unit in quantity.units[:2] if unit not in _VAGUE)


def _counted_of_whole(quantity: Quantity, words: Sequence[Word]) -> frozenset[str]:
    """Return what a part of a whole counts.

    "Five of those injured have died" counts the dead, and "14 of the company's 20 ferries" ferries. "Two of the dead"
    counts nothing that another report could count differently.
    """
    end = quantity.last + 2 + _REACH
    clause = [
        i for i in range(quantity.last + 2, min(len(words), end)) if words[i].clause == words[quantity.last].clause
    ]
    for i in clause:
        is_said = key_at(words, i - 1) in _VERBS or words[i].key in {"died", "perished"}
        if words[i].lemma in _FATES and is_said and not {"who", "that"} & {key_at(words, i - 1), key_at(words, i - 2)}:
            return frozenset(filter(None, [group_said(words, i)]))
    if any(group_said(words, i) for i in clause[:3]):
        return frozenset()
    whole = next((i for i in clause if words[i].number), None)
    if whole is not None:
        noun = takewhile(lambda word: word.key not in LIGHT, words[whole + 1 : whole + 3])
        return frozenset(word.lemma for word in noun if word.lemma not in _VAGUE)
    return frozenset(unit for unit in quantity.units[:2] if unit not in _VAGUE)


def _is_whole(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Whether another amount is a part of this one: 20 in "14 of the company's 20 ferries"."""
    before = range(quantity.first - 1, max(0, quantity.first - _WHOLE_WITHIN), -1)
    own = words[quantity.first].clause
    parts = [i - 1 for i in before if words[i].key == "of" and words[i - 1].clause == own]
    return any(words[i].number or words[i].key in SMALL for i in parts)


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
    """Return the group of those counted ("killed", "injured", …); None if no word near the amount says it.

    A verb decides before a noun: "killed three patients", "three patients have died". Otherwise it is the nearest word
    after the amount, or else before it. Money counts no people.
    """
    if verb := _verb_before(quantity, words):
        return verb
    after = _groups_after(quantity, words)
    if after:  # of "nine of the 140 patients have died", only the nine
        return group_said(words, after[0] if _is_whole(quantity, words) else _said_of(words, after))
    return _group_before(quantity, words)


def _group_of(quantity: Quantity, words: Sequence[Word], i: int) -> str | None:
    group = group_said(words, i)
    is_sum = quantity.kind is Kind.MONEY
    return None if (is_sum and group not in _SUMS) or (group == "damage" and not is_sum) else group


def _verb_before(quantity: Quantity, words: Sequence[Word]) -> str | None:
    """Return the group of the verb whose object the amount is: "killed at least three"."""
    at = first_with(words, quantity.first, _BOUNDS) - 1
    if at < 0 or words[at].lemma not in _FATES or words[at].clause != words[quantity.first].clause:
        return None
    return _group_of(quantity, words, at) if words[at].key not in _INTRANSITIVE else None


def _groups_after(quantity: Quantity, words: Sequence[Word]) -> list[int]:
    """Return the indices of the words after the amount that name a group, up to the next amount or "and"."""
    found = []
    for i in range(quantity.last + 1, min(len(words), quantity.last + 1 + _REACH)):
        if words[i].number or words[i].key == "and" or words[i].sentence != words[quantity.last].sentence:
            break
        if _group_of(quantity, words, i):
            found.append(i)
    return found


def _said_of(words: Sequence[Word], after: Sequence[int]) -> int:
    """Return the word that says what became of those counted: "died" in "three patients have died".

    That is the first of the words ``after``, unless it only describes them, as in "three arrested men died".
    """
    first = after[0]
    following = words[first + 1 : first + 2]
    is_adjective = bool(following) and following[0].clause == words[first].clause and following[0].key not in LIGHT
    verbs = (i for i in after[1:] if words[i].lemma in _FATES and words[i].clause == words[first].clause)
    return next(verbs, first) if is_adjective or words[first].lemma in PERSONS else first


def _group_before(quantity: Quantity, words: Sequence[Word]) -> str | None:
    """Return the group of the nearest word before the amount, in its clause if there is one.

    Looks through the whole sentence for "the number of people known to have died, … has risen to fourteen" and "the
    toll of the fever, which made 140 people ill, rose to nine", but not in "212 people ill, 19 in hospital".
    """
    reach = len(words) if not quantity.units or quantity.kind is not Kind.COUNT else _REACH
    near = range(max(0, quantity.first - reach), quantity.first)
    sentence = words[quantity.first].sentence
    said = [i for i in near if words[i].sentence == sentence and _group_of(quantity, words, i)]
    own = [i for i in said if words[i].clause == words[quantity.first].clause]
    has_total = any(words[i].key in _TOTALS for i in near if words[i].sentence == sentence)
    best = own or [i for i in said if words[i].key == "toll"] or (said if has_total else [])
    return group_said(words, best[-1]) if best else None
