"""Whose verb it is: the words before or after a verb that name who does it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word
from rag.lexicon import word_set
from rag.lexicon.reporting import LEADS, SKIPPED, STOPPERS, TIMES, VERBISH

_LONGEST = 14
_RELATIVES = {"what", "which", "whom", "where", "how", "why", "than"}
_PREPOSITIONS = word_set("on in at by late early last since earlier later")


def text_of(plain: str, words: Sequence[Word]) -> str | None:
    """The words as printed, from the first to the last; None where they hold no letter but an article."""
    if not words or all(w.key in {"the", "a", "an"} for w in words):
        return None
    text = plain[words[0].start : words[-1].end]
    return text if any(c.isalpha() for c in text) else None


def noun_phrase(plain: str, words: Sequence[Word]) -> str | None:
    """What begins at the first word: up to a mark, a verb, a time or a word that opens a clause."""
    taken: list[Word] = []
    for word in words:
        if taken and (word.clause != taken[0].clause or len(taken) >= _LONGEST):
            break
        if word.key in STOPPERS or word.key in VERBISH or (word.key in TIMES and word.key != "may"):
            break
        taken.append(word)
    while taken and (taken[-1].key in LEADS or taken[-1].key in SKIPPED):
        taken.pop()
    return text_of(plain, taken)


def subject(plain: str, words: Sequence[Word], verb: Word) -> str | None:
    """Who stands before ``verb``; ``words`` are all the words before it.

    Where a comma stands right before the verb, an aside has just closed and the subject is before the aside
    ("Anna Brandt, who runs the town, said"); after "and" it is the subject of the sentence.
    """
    before = [w for w in words if w.sentence == verb.sentence]
    if before and before[-1].key in {"and", "but"} and before[-1].clause == verb.clause:
        return noun_phrase(plain, without_lead(list(before)))
    if before and plain[before[-1].end : verb.start].strip() == ",":
        return _before_aside(plain, before)
    core = _without_auxiliaries(before)
    return _right_before(plain, core, aside=len(core) < len(before)) if core else None


def _right_before(plain: str, words: Sequence[Word], *, aside: bool) -> str | None:
    """Back from the last word to a mark or a word that opens a clause."""
    taken: list[Word] = []
    for word in reversed(words):
        if word.clause != words[-1].clause or word.key in STOPPERS or len(taken) > _LONGEST:
            break
        taken.insert(0, word)
    earlier = words[: len(words) - len(taken)]
    if earlier and earlier[-1].key in _RELATIVES and earlier[-1].clause == words[-1].clause:
        return None
    named = without_lead(taken)
    return text_of(plain, named if aside and earlier else _after_last_verb(named))


def _before_aside(plain: str, words: Sequence[Word]) -> str | None:
    """Both of "the mayor, Anna Brandt, said", but only the name of "Anna Brandt, who runs the town, said"."""
    clauses = _clauses(words)
    aside = clauses[-1]
    for n in range(len(clauses) - 2, -1, -1):
        named = without_lead(clauses[n])
        is_open = plain[clauses[n][-1].end : clauses[n + 1][0].start].strip() == ","
        if not is_open or not named or any(w.key in VERBISH for w in named):
            continue
        is_name = all(w.capital for w in aside) and n == len(clauses) - 2
        return text_of(plain, [*named, *aside] if is_name and not named[-1].capital else named)
    return text_of(plain, without_lead(aside))


def _clauses(words: Sequence[Word]) -> list[list[Word]]:
    clauses: list[list[Word]] = []
    for word in words:
        if clauses and clauses[-1][-1].clause == word.clause:
            clauses[-1].append(word)
        else:
            clauses.append([word])
    return clauses


def _without_auxiliaries(words: Sequence[Word]) -> Sequence[Word]:
    end = len(words)
    while end and (words[end - 1].key in SKIPPED or (words[end - 1].key.endswith("ly") and not words[end - 1].capital)):
        end -= 1
    timed = end
    while end and words[end - 1].key in TIMES:
        end -= 1
    while timed > end and end and words[end - 1].key in _PREPOSITIONS:
        end -= 1
    return words[:end]


def _after_last_verb(words: list[Word]) -> list[Word]:
    """Nothing before the last finite verb is the subject ("is in a film in which he insists")."""
    verbs = [i for i, w in enumerate(words) if w.key in VERBISH]
    rest = words[verbs[-1] + 1 :] if verbs else words
    return rest or words


def without_lead(words: list[Word]) -> list[Word]:
    """Drop "But on Monday" before the subject."""
    while words and words[0].key in LEADS:
        lead, words = words[0], words[1:]
        if lead.key in _PREPOSITIONS:
            words = _without_time(words)
    return words


def _without_time(words: list[Word]) -> list[Word]:
    while words and (words[0].key in TIMES or words[0].number or words[0].key in {"late", "early", "last", "a", "the"}):
        if words[0].key in {"a", "the"} and not (len(words) > 1 and words[1].key in TIMES):
            break
        words = words[1:]
    return words
