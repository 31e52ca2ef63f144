"""Where the form of a reporting verb has another sense: a request, a deprivation, what is put in."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word
from rag.lexicon import word_set
from rag.lexicon.reporting import FINITE, LEADS, OPEN_QUESTION, OPENERS, TIMES

_SOON = 5
_SAID_TO = (["to", "be"], ["to", "have"])
_CLAIMED = word_set("responsibility victory credit lives asylum compensation the")
_OPENS_CLAUSE = word_set("that he she they it we i the a an this there his her their its")
_WHOM = word_set("him her them us me president prime minister")
_TAKEN = word_set("one a any access entry bail visa visas permission victory the entrance")
_CHANCES = word_set("chance opportunity right rights entry access bail visa")
_HOW = word_set("twice later hard big ahead straight about of")


def is_other_sense(words: Sequence[Word], i: int) -> bool:  # noqa: PLR0911  (one line a verb)
    """The form has another sense here: a request, a deprivation, an adjective, or what somebody is let believe."""
    key, after = words[i].key, words[i + 1 : i + 1 + _SOON]
    nxt = after[0] if after else None
    match words[i].lemma:
        case "ask":
            is_question = any(w.key in OPEN_QUESTION for w in after) or bool(nxt and nxt.key in {"a", "the", "him"})
            return bool(nxt and nxt.clause == words[i].clause) and not is_question
        case "add":
            is_put = _is_put_in([w for w in after if w.clause == words[i].clause])
            return is_put or (_has_only_an_object(words, i) and bool(nxt and nxt.key not in OPENERS | LEADS))
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
    """Nothing is stated behind the verb: "revealed a new world", "added more ships in May"."""
    rest = [w for w in words[i + 1 :] if w.clause == words[i].clause and w.key not in TIMES | LEADS]
    return bool(rest) and not any(w.key in FINITE or w.key == "that" for w in rest) and not _quotes(words, i)


def _quotes(words: Sequence[Word], i: int) -> bool:
    """A quotation behind the word, in its sentence."""
    return any(w.initial and w.clause > words[i].clause and w.sentence == words[i].sentence for w in words[i + 1 :])


def _is_put_in(after: Sequence[Word]) -> bool:
    """Of "added a name to the list"."""
    verb = next((n for n, w in enumerate(after) if w.key in FINITE or w.key == "that"), len(after))
    return any(w.key == "to" for w in after[:verb])


def deprives(words: Sequence[Word], i: int) -> bool:
    """Of "denied him entry" and "denied Brandt one of her aims": nothing is said not to be so."""
    after = words[i + 1 : i + 7]
    if any(w.key in _CHANCES and w.clause == words[i].clause for w in after):
        return True
    if not after or not (after[0].capital or after[0].key in _WHOM):
        return False
    whom = next((n for n, w in enumerate(after) if not w.capital and w.key not in _WHOM), len(after))
    return whom < len(after) and after[whom].key in _TAKEN
