"""Find the end of a noun phrase, and the noun phrase that is the subject of a sentence.

- A noun phrase ends at a punctuation mark, a finite verb, a time or a word that opens a clause: "the mayor | said",
  "the council | on Monday", "the firm | that built it". A time or an amount inside a phrase belongs to it:
  "a Monday statement", "more than 200 officials".
- The subject follows an introductory phrase: "Despite the sanctions, | the bank …", "But on Monday | the mayor …".

Leaves out: phrases of more than ``_LONGEST`` words, and subjects after an introductory phrase without a comma. Verbs
are recognised by word lists and by "-ed", so a rare irregular verb does not end a phrase.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.language.numerals import SCALES, SMALL
from rag.language.words import Word, is_past, key_at
from rag.lexicon import word_set
from rag.lexicon.reporting import (
    CLEAR,
    DETERMINERS,
    LEADS,
    NOUNS_IN_LY,
    OF_TIME,
    OPENERS,
    SKIPPED,
    STOPPERS,
    TIMES,
    VERBISH,
)

# The most words of a noun phrase.
_LONGEST = 14
# Words that connect a sentence with the one before it and come before its subject.
_JOINING = word_set("and but so yet however meanwhile")
# Seasons, which are times only after a preposition ("fall" is also a verb).
_SEASONS = word_set("spring summer autumn fall winter")
# Words before a time: "late Monday", "a week ago".
_OF_TIMES = {"late", "early", "last", "a", "the"}
# Comparatives before "than" and an amount, and words that begin such an amount.
_MORE = {"more", "less", "fewer"}
_AMOUNTS = frozenset(SMALL) | word_set("half dozens scores hundreds thousands millions")
# Fractions after "a": "more than a third".
_PARTS = word_set("third quarter fifth tenth")
# Words that begin a noun phrase, and words other than nouns that may come before them.
_ARTICLES = word_set("the a an its his her their")
_BEFORE_ARTICLES = word_set("of to with nor all both half into over behind against between through near")
_OPENING = 3  # a time among these first words begins an introductory phrase: "Two weeks before the vote, …"


def text_of(plain: str, words: Sequence[Word]) -> str | None:
    """Return the words as printed, from the first to the last; None where they hold no letter but an article."""
    if not words or all(w.key in {"the", "a", "an"} for w in words):
        return None
    text = plain[words[0].start : words[-1].end]
    return text if any(c.isalpha() for c in text) else None


def noun_phrase(plain: str, words: Sequence[Word]) -> str | None:
    """Return the noun phrase that begins at the first word, as printed, or None."""
    taken: list[Word] = []
    for n, word in enumerate(words):
        if taken and (word.clause != taken[0].clause or len(taken) >= _LONGEST):
            break
        is_time = word.key in TIMES and word.key != "may" and not word.joined and not _is_dated_noun(words, n)
        if (word.key in STOPPERS and not is_more_than(words, n)) or word.key in VERBISH or is_time:
            break
        if taken and word.key in CLEAR and not word.capital:
            break
        if taken and is_regular_past(word) and taken[-1].key not in DETERMINERS:
            break
        taken.append(word)
    while taken and _is_light(taken[-1]):
        taken.pop()
    return text_of(plain, taken)


def _is_dated_noun(words: Sequence[Word], n: int) -> bool:
    """Whether a time is part of a noun phrase: "a Monday news release", "a 26 February statement"."""
    if n and words[n - 1].key not in DETERMINERS and not words[n - 1].number:
        return False
    noun = next((w for w in words[n + 1 :] if not w.number), None)
    is_other = TIMES | STOPPERS | VERBISH | LEADS | OPENERS
    return noun is not None and noun.clause == words[n].clause and noun.key not in is_other


def _is_light(word: Word) -> bool:
    return word.key in LEADS or word.key in SKIPPED or is_adverb(word)


def is_more_than(words: Sequence[Word], n: int) -> bool:
    """Whether word number ``n`` is the "than" of an amount: "more than 200 officials", "fewer than half of them"."""
    if words[n].key != "than" or key_at(words, n - 1) not in _MORE or n + 1 == len(words):
        return False
    return (
        words[n + 1].number
        or words[n + 1].key in _AMOUNTS
        or (words[n + 1].key in {"a", "an"} and (key_at(words, n + 2) in SCALES or key_at(words, n + 2) in _PARTS))
    )


def is_acronym(text: str) -> bool:
    """Whether the text is all capitals, and so a name even where it spells a common word ("WHO")."""
    return len(text) > 1 and text.isupper()


def is_adverb(word: Word) -> bool:
    """Whether the word ends in "-ly" and is not a noun with that ending ("family")."""
    return word.key.endswith("ly") and not word.capital and word.key not in NOUNS_IN_LY


def is_regular_past(word: Word) -> bool:
    """Whether the word ends in "-ed" as a form of a verb: "closed"."""
    return not word.capital and word.key.endswith("ed") and word.lemma != word.key


def of_sentence(plain: str, words: Sequence[Word], up_to: Callable[[Sequence[Word]], int] | None = None) -> str | None:
    """Return the subject of a sentence, as printed, or None.

    It begins the sentence or follows the introductory phrase. ``up_to`` limits it: given the words from the subject on,
    it returns how many may belong to the subject.
    """
    named = list(words)
    while len(named) > 1 and named[0].key in _JOINING:
        named = named[1:]
    if named[0].key in OPENERS or named[0].key == "to" or any(w.key in TIMES for w in named[1:_OPENING]):
        later = [w for w in named if w.clause != named[0].clause]
        opened = plain[: later[0].start].rstrip().endswith(",") if later else False
        named = later if opened else named
    named = without_lead(named)
    return noun_phrase(plain, named[: up_to(named)] if up_to else named)


def first_verb(words: Sequence[Word]) -> int:
    """Return the index of the first past form after the first word, or the number of words where there is none."""
    return next((n for n, w in enumerate(words) if n and is_past(w)), len(words))


def first_present(words: Sequence[Word]) -> int:
    """Return the index of the present form that ends the subject of a clause with no other verb.

    In "The law comes in May and says" that is the index of "comes". Without such a form it is the number of words.
    """
    clause = [w for w in words if w.clause == words[0].clause] if words else []
    if any(n and w.key not in TIMES and (w.key in VERBISH or is_past(w)) for n, w in enumerate(clause)):
        return len(words)
    return next((n for n in range(1, len(clause) - 1) if _is_present(clause[n], clause[n + 1])), len(words))


def _is_present(word: Word, nxt: Word) -> bool:
    """Whether a form in "-s" has an object or a time after it like a verb: "comes in May", "runs a bakery"."""
    is_form = word.key.endswith("s") and word.lemma != word.key and not word.capital
    return is_form and nxt.key in OPENERS | OF_TIME | _ARTICLES


def after_last_noun(words: list[Word]) -> list[Word]:
    """Return the last noun phrase, because an article or possessive after a noun begins a new one.

    For "In a tweet the ministry" that is "the ministry", for "In a statement its lawyer" it is "its lawyer".
    """
    starts = [
        i
        for i in range(1, len(words) - 1)
        if words[i].key in _ARTICLES
        and not words[i].capital
        and words[i].place == words[i - 1].place + 1
        and words[i - 1].key not in OPENERS | LEADS | STOPPERS | _BEFORE_ARTICLES
    ]
    return words[starts[-1] :] if starts else words


def without_lead(words: list[Word]) -> list[Word]:
    """Remove the words before the subject: "But on Monday the mayor"."""
    while words and words[0].key in LEADS:
        lead, words = words[0], words[1:]
        if lead.key in OF_TIME:
            words = _without_time(words)
    return words


def _without_time(words: list[Word]) -> list[Word]:
    while words and (words[0].key in TIMES | _SEASONS or words[0].number or words[0].key in _OF_TIMES):
        if words[0].key in {"a", "the"} and not (len(words) > 1 and words[1].key in TIMES):
            break
        words = words[1:]
    return words
