"""Recognise forms of reporting verbs that have another sense.

- "asked for help" (a request), "asked officials how it fell" is a report
- "added a name to the list", "added more ships in May"
- "claimed responsibility", "claimed 17 lives"
- "an alligator said to have been shot", "said than done"
- "the film revealed a new world"
- "a man accused of theft", "the alleged thief"
- "denied him entry" (a deprivation)
- "let them believe", "thought twice", "believed to be"

Leaves out: other senses of verbs that are not listed here ("noted for its wine").
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word
from rag.lexicon import word_set
from rag.lexicon.reporting import FINITE, LEADS, OPEN_QUESTION, OPENERS, TIMES

# Words after the verb that are examined.
_SOON = 5
# Words after "said" in a passive without an auxiliary.
_SAID_TO = (["to", "be"], ["to", "have"])
# Objects of "claim" that are taken or caused rather than stated.
_CLAIMED = word_set("responsibility victory credit lives asylum compensation the")
# Words after "alleged" where it is a verb and not an adjective.
_OPENS_CLAUSE = word_set("that he she they it we i the a an this there his her their its")
# Persons, besides names, who can be denied something.
_WHOM = word_set("him her them us me president prime minister")
# Words after a person that begin what is denied to them: "denied him entry".
_TAKEN = word_set("one a any access entry bail visa visas permission victory the entrance")
# Objects that are denied to somebody: "denied the chance".
_CHANCES = word_set("chance opportunity right rights entry access bail visa")
# Words after "think" and "hope" where nothing is reported: "thought twice", "hoped for".
_HOW = word_set("twice later hard big ahead straight about of")


def is_other_sense(words: Sequence[Word], i: int) -> bool:  # noqa: PLR0911  (one case for each verb)
    """Whether the form at index ``i`` does not report: a request, a deprivation, an adjective, a suggestion."""
    key, after = words[i].key, words[i + 1 : i + 1 + _SOON]
    nxt = after[0] if after else None
    match words[i].lemma:
        case "ask":
            is_question = any(w.key in OPEN_QUESTION for w in after) or bool(nxt and nxt.key in {"a", "the", "him"})
            return bool(nxt and nxt.clause == words[i].clause) and not is_question
        case "add":
            is_added = _is_added_to_something([w for w in after if w.clause == words[i].clause])
            return is_added or (_has_only_an_object(words, i) and bool(nxt and nxt.key not in OPENERS | LEADS))
        case "claim":
            return bool(nxt and nxt.key in _CLAIMED) and not any(w.key in FINITE for w in after)
        case "say":  # "an alligator said to have been shot"
            return key == "said" and (bool(nxt and nxt.key == "than") or [w.key for w in after[:2]] in _SAID_TO)
        case "reveal":  # "the film revealed a new world"
            return _has_only_an_object(words, i)
        case "accuse":  # a man accused of theft
            return bool(nxt and nxt.key == "of")
        case "deny":
            return deprives(words, i)
        case "allege":
            return key == "alleged" and bool(nxt) and not (nxt and (nxt.capital or nxt.key in _OPENS_CLAUSE))
        case "believe" | "think" | "fear" | "hope":
            earlier = {w.key for w in words[max(0, i - 3) : i]}
            is_bare = nxt is not None and nxt.key in _HOW
            return (
                is_bare
                or bool(earlier & {"let", "lets", "letting", "make", "makes", "made", "making"})
                or (key == "believed" and bool(nxt and nxt.key == "to"))
            )
        case _:
            return False


def _has_only_an_object(words: Sequence[Word], i: int) -> bool:
    """Whether no statement and no quotation follows: "revealed a new world", "added more ships in May"."""
    rest = [w for w in words[i + 1 :] if w.clause == words[i].clause and w.key not in TIMES | LEADS]
    return bool(rest) and not any(w.key in FINITE or w.key == "that" for w in rest) and not _quotes(words, i)


def _quotes(words: Sequence[Word], i: int) -> bool:
    """Whether a quotation follows in the same sentence."""
    return any(w.initial and w.clause > words[i].clause and w.sentence == words[i].sentence for w in words[i + 1 :])


def _is_added_to_something(after: Sequence[Word]) -> bool:
    """Whether something is added to something: "added a name to the list"."""
    verb = next((n for n, w in enumerate(after) if w.key in FINITE or w.key == "that"), len(after))
    return any(w.key == "to" for w in after[:verb])


def deprives(words: Sequence[Word], i: int) -> bool:
    """Whether "denied" means "did not give": "denied him entry", "denied Brandt one of her aims".

    Such a sentence does not say that a statement is false.
    """
    after = words[i + 1 : i + 7]
    if any(w.key in _CHANCES and w.clause == words[i].clause for w in after):
        return True
    if not after or not (after[0].capital or after[0].key in _WHOM):
        return False
    whom = next((n for n, w in enumerate(after) if not w.capital and w.key not in _WHOM), len(after))
    return whom < len(after) and after[whom].key in _TAKEN
