"""Whose verb it is: the words before or after a verb that name who does it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.times import words_in_dates
from rag.language.words import Word
from rag.lexicon import word_set
from rag.lexicon.reporting import LEADS, OPENERS, SKIPPED, STOPPERS, TIMES, VERBISH

_LONGEST = 14
_RELATIVES = {"what", "which", "whom", "where", "how", "why", "than"}
_DETERMINERS = word_set("the a an this that these those his her its their our my of and many some most more")
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
        if taken and _is_past(word) and taken[-1].key not in _DETERMINERS:
            break
        taken.append(word)
    while taken and (taken[-1].key in LEADS or taken[-1].key in SKIPPED):
        taken.pop()
    return text_of(plain, taken)


def _is_past(word: Word) -> bool:
    return not word.capital and word.key.endswith("ed") and word.lemma != word.key


def subject(plain: str, words: Sequence[Word], verb: Word) -> str | None:
    """Who stands before ``verb``; ``words`` are all the words before it.

    Where a comma stands right before the verb, an aside has just closed and the subject is before the aside
    ("Anna Brandt, who runs the town, said"); after "and" it is the subject of the sentence.
    """
    before = [w for w in words if w.sentence == verb.sentence]
    core = _without_auxiliaries(_without_date(plain, words, before, verb))
    if not core:
        return None
    if core[-1].key in {"and", "but"}:
        return _of_sentence(plain, core)
    after = before[len(core)] if len(core) < len(before) else verb
    if plain[core[-1].end : after.start].strip() == ",":
        return _before_aside(plain, core)
    return _right_before(plain, core, aside=len(core) < len(before))


def _without_date(plain: str, words: Sequence[Word], before: Sequence[Word], verb: Word) -> Sequence[Word]:
    """Drops "on August 26, 2022" right before the verb, in which a comma ends no clause."""
    if before and plain[before[-1].end : verb.start].strip():
        return before
    dated = words_in_dates(plain)
    end = len(before)
    first = len(words) - len(before)
    while end and first + end - 1 in dated:
        end -= 1
    if end < len(before) and end and before[end - 1].key in _PREPOSITIONS:
        end -= 1
    return before[:end]


def _of_sentence(plain: str, words: Sequence[Word]) -> str | None:
    """The subject of the whole sentence: what begins it, or what follows the phrase that opens it."""
    named = list(words)
    if named[0].key in OPENERS:
        later = [w for w in named if w.clause != named[0].clause]
        opened = plain[: later[0].start].rstrip().endswith(",") if later else False
        named = later if opened else named
    return noun_phrase(plain, without_lead(named))


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
