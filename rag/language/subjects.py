"""Find the subject of a verb: the noun phrase before it that names who acts.

- directly before the verb, auxiliaries, adverbs and dates skipped: "The mayor has also said", "Brandt on Monday said"
- before an aside: "Anna Brandt, who runs the town, said"; "Brandt - the mayor - said" (``rag.language.asides``)
- the subject of the sentence after "and" or "but": "The mayor left and said"
- with an amount: "More than 200 officials said"
- after the last verb of a longer clause: "the paper quoted experts who thought", "they did succeed and the minister
  said"
- after an introductory phrase without a comma: "In a tweet the ministry said", "In a tweet its lawyer, Jan Lind, said"
- with a relative clause: "Nurses who work or have worked there said"
- inside a bracket only the words of that bracket count

Leaves out: subjects after their verb (``rag.language.closings``) and subjects of infinitives and passives.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rag.language.asides import agent_of, before_aside, before_dash, name_with_role, with_list, without_brackets
from rag.language.phrases import (
    after_last_noun,
    first_present,
    is_acronym,
    is_adverb,
    is_more_than,
    is_regular_past,
    of_sentence,
    text_of,
    without_lead,
)
from rag.language.times import words_in_dates
from rag.language.words import Word, is_past
from rag.lexicon.reporting import DASHES, DETERMINERS, OF_TIME, OPENERS, SKIPPED, STOPPERS, TIMES, VERBISH

# Participles before a new subject: "…, saying it expects".
_PARTICIPLES = {"saying", "adding", "noting", "warning"}
# Prepositions of a phrase that holds no subject: "In a statement posted on Monday".
_IN = {"in", "on", "at"}
# The most words between the beginning of the subject and its verb.
_LONGEST_BEFORE = 24
# Words after which a clause is part of another noun phrase or a question.
_RELATIVES = {"what", "which", "whom", "where", "how", "why", "than"}
# Pronouns that are a whole subject.
_PRONOUNS = {"he", "she", "they", "i", "we"}


def subject(plain: str, words: Sequence[Word], verb: Word, *, may_follow_which: bool = False) -> str | None:
    """Return the subject of ``verb`` as printed, or None. ``words`` are all words of the text before it.

    ``may_follow_which`` accepts a subject after "which", as in "…, which Brandt said was 'closed'".

    Where a comma is right before the verb, an aside has just ended and the subject precedes it ("Anna Brandt, who runs
    the town, said"). After "and" it is the subject of the sentence.
    """
    before = without_brackets(plain, _in_same_bracket(plain, [w for w in words if w.sentence == verb.sentence], verb))
    core = _without_auxiliaries(_without_date(plain, words, before, verb))
    if not core:
        return None
    if len(core) < len(before) and before[len(core)].text == "who" and (named := agent_of(core)):
        return text_of(plain, named)
    if core[-1].key in {"and", "but"}:
        return of_sentence(plain, core, up_to=first_present)
    gap = plain[core[-1].end : verb.start]
    if any(dash in gap for dash in DASHES) and (named := before_dash(plain, core)):
        return _right_before(plain, named, may_follow_which=False)
    if "," in gap:
        return before_aside(plain, core)
    found = _right_before(plain, core, may_follow_which=may_follow_which)
    return with_list(plain, core, found) if found else None


def _in_same_bracket(plain: str, words: Sequence[Word], verb: Word) -> Sequence[Word]:
    """Return the words in the same bracket as the verb; all words where the verb is in none."""
    opened = plain.rfind("(", 0, verb.start)
    if opened < 0 or ")" in plain[opened : verb.start]:
        return words
    return [w for w in words if w.start > opened] or words


def _without_date(plain: str, words: Sequence[Word], before: Sequence[Word], verb: Word) -> Sequence[Word]:
    """Remove a date right before the verb ("on August 26, 2022"), in which a comma ends no clause."""
    if before and plain[before[-1].end : verb.start].strip():
        return before
    dated = words_in_dates(plain)
    end = len(before)
    first = len(words) - len(before)
    while end and first + end - 1 in dated:
        end -= 1
    if end < len(before) and end and before[end - 1].key in OF_TIME:
        end -= 1
    return before[:end]


def _right_before(plain: str, words: Sequence[Word], *, may_follow_which: bool) -> str | None:
    """Return the noun phrase at the end of ``words``, back to a mark or a word that opens a clause."""
    taken: list[Word] = []
    for n, word in reversed(list(enumerate(words))):
        ends = word.key in STOPPERS and not is_more_than(words, n)
        if word.clause != words[-1].clause or ends or len(taken) > _LONGEST_BEFORE:
            break
        taken.insert(0, word)
    earlier = words[: len(words) - len(taken)]
    is_relative = bool(earlier) and earlier[-1].key in _RELATIVES and earlier[-1].clause == words[-1].clause
    if is_relative and not (may_follow_which and earlier[-1].key == "which"):
        return None
    named = _after_last_verb(without_lead(taken))
    if len(named) > 1 and named[0].key in _PARTICIPLES:  # "…, saying it expects"
        named = named[1:]
    if len(taken) > 1 and taken[0].key in _IN and named == taken[1:]:  # "In a statement posted on Monday"
        return None
    if name := name_with_role(plain, earlier, named):
        return text_of(plain, name)
    return text_of(plain, named)


def _without_auxiliaries(words: Sequence[Word]) -> Sequence[Word]:
    end = len(words)
    while end and words[end - 1].key in {"n't", "not", "do", "does", "did"}:
        end -= 1
    while end and _is_skipped(words[end - 1]):
        end -= 1
        end -= end > 0 and words[end].key.endswith("ly") and words[end - 1].key in {"most", "more", "very"}
    timed = end
    while end and words[end - 1].key in TIMES:
        end -= 1
    while timed > end and end and words[end - 1].key in OF_TIME:
        end -= 1
    return words[:end]


def _is_skipped(word: Word) -> bool:
    return (word.key in SKIPPED and not is_acronym(word.text)) or is_adverb(word)


def _after_last_verb(words: list[Word]) -> list[Word]:
    """Return the words after the last finite verb ("is in a film in which he insists")."""
    end = _start_of_relative(words)
    verbs = [i for i, w in enumerate(words[:end]) if w.key in VERBISH or _is_verb(words, i)]
    if end < len(words):  # the relative clause is part of the subject
        return words[verbs[-1] + 1 :] if verbs else words
    rest = words[verbs[-1] + 1 :] if verbs else words
    joined = [i for i, w in enumerate(rest) if w.key in {"and", "but"}] if verbs else []
    rest = rest[joined[-1] + 1 :] if joined else rest  # "the talks did succeed in this and the minister said"
    while rest and rest[0].key in {"n't", "not"}:
        rest = rest[1:]
    if rest and rest[-1].key in _PRONOUNS:
        return rest[-1:]
    return after_last_noun(rest or words)


def _start_of_relative(words: Sequence[Word]) -> int:
    """Return the index of "who" in a subject like "women who work or have worked at the opera".

    It is the number of words where there is none, or where a new subject follows the relative clause.
    """
    who = next((n for n, w in enumerate(words) if n and w.key == "who"), len(words))
    rest = words[who + 1 :]
    begins_anew = any(
        w.key in {"and", "but"} and (nxt.capital or nxt.key in DETERMINERS | _PRONOUNS) for w, nxt in pairwise(rest)
    )
    is_clause = any(w.key in VERBISH or is_past(w) for w in rest[:-1])
    return len(words) if begins_anew or not is_clause or rest[-1].key in _PRONOUNS else who


def _is_verb(words: Sequence[Word], i: int) -> bool:
    """Whether a form in "-ed" is a finite verb.

    It is one in "the paper quoted experts who thought", but not in "the exiled leader" or "those held by the army".
    """
    if not 0 < i < len(words) - 1 or not is_regular_past(words[i]) or words[i - 1].key in DETERMINERS:
        return False
    return (
        words[i + 1].key not in OPENERS
        and words[i - 1].place == words[i].place - 1
        and not words[i - 1].key.endswith("ly")
    )
