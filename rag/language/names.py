"""Find people, places and organisations: runs of capitalised words.

Covers:

- runs with the small words of names between them ("Bank of England", "Ludwig van Beethoven");
- titles before names ("President Zelensky"), which belong to the name but do not identify it;
- a first word of a sentence that is not an ordinary word or that the text capitalises elsewhere too ("Brandt left.");
- headlines in title case, where only words outside the dictionary count;
- equality of a country and its adjective or people ("Russia", "Russian"; pairs without a rule are in
  ``rag.lexicon.places``).

Leaves out: names in lower case, names that are ordinary words at the beginning of a sentence, and the question whether
two different names mean one thing ("the Kremlin", "Moscow").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.times import words_in_dates
from rag.language.words import Word, is_common, is_known, words_of
from rag.lexicon import word_set
from rag.lexicon.places import SAME

PERSON_TITLES = word_set("mr mrs ms dr sir president minister mayor judge senator professor general")
"""Titles that only people have."""

TITLES = PERSON_TITLES | word_set(
    "miss prof dame lord lady gen lt col colonel sgt capt captain maj major adm admiral gov governor sen rep "
    "representative rev reverend prime chancellor king queen prince princess pope justice secretary chief "
    "commissioner chairman chairwoman director former the jr sr vice premier foreign defense defence deputy state "
    "interior finance home speaker attorney ambassador coach pm mp mps ceo cfo tv"
)
"""Titles and words for offices in front of a name ("Prime Minister Sunak"); they do not identify it."""
JOINTS = word_set("of de van von der bin al")
"""Small words inside a name."""

CONNECTORS = JOINTS | word_set("the la le du den el da di for and")
"""Small words inside or around a name; they do not identify it."""
# Function words, which are capitalised only by position.
_FUNCTION = word_set(
    "a an the and or but nor so yet if as at by for from in into of off on onto over out to up with within without "
    "after before since until while when where who whom whose which what why how that this these those there here he "
    "she it they we you i his her its their our your my me him them us not no yes all any some both each every either "
    "neither many much more most other another such only also just even still however although though because despite "
    "during about under between among against through is are was were be been being has have had do does did will "
    "would can could may might must shall should ok et al"
)
# Words that often begin a sentence before a noun: "Two men", "New rules".
_COUNTING = word_set("one two three first last next new")
# Endings that make an adjective or a people of a place or movement: "Russian", "Chinese", "Islamist".
_ENDINGS_OF_ORIGIN = word_set("isms ism ists ist ians ian eans ean ans an ese ish is i ic s n")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words that names somebody or something."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as printed, without punctuation ("Bank of England")."""
        return " ".join(w.text for w in self.words)

    @property
    def keys(self) -> tuple[str, ...]:
        """The folded words that identify the name: without titles and connectors, if any word is left."""
        keys = tuple(w.key for w in self.words if w.key not in TITLES and w.key not in CONNECTORS)
        return keys or tuple(w.key for w in self.words)


@lru_cache(maxsize=1024)
def names_of(text: str, known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """Return the names in a text. Words that merely begin a sentence, months, weekdays and bare titles are not names.

    ``known`` holds folded words that are certainly names, such as "jones", even at the beginning of a sentence.
    """
    words = words_of(text)
    known |= certain_names(text)
    dated = words_in_dates(text)
    shouting = _is_headline(words)
    runs: list[list[Word]] = []
    for i, word in enumerate(words):
        if i in dated or not _may_name(word, known, shouting=shouting):
            continue
        if runs and _joins(words, runs[-1][-1], word, i):
            runs[-1].extend(words[words.index(runs[-1][-1]) + 1 : i + 1])
        else:
            runs.append([word])
    return tuple(Name(tuple(run)) for run in runs if _is_name(run))


@lru_cache(maxsize=1024)
def certain_names(text: str) -> frozenset[str]:
    """Return the folded words that the text capitalises inside a sentence and never writes in lower case."""
    words = words_of(text)
    if _is_headline(words):
        return frozenset()
    small = {w.key for w in words if not w.capital}
    return frozenset(w.key for w in words if w.capital and not w.initial and w.key not in small)


def _is_headline(words: Sequence[Word]) -> bool:
    long = [w for w in words if len(w.key) > 3 and not w.number]
    return len(long) >= 6 and sum(w.capital for w in long) > 0.7 * len(long)


def _may_name(word: Word, known: frozenset[str], *, shouting: bool) -> bool:
    if word.number or not word.capital or word.key in {"i", "im", "mr", "mrs", "ms"} or len(word.key) < 2:
        return False
    if word.key in _FUNCTION and not (word.text.isupper() and len(word.text) > 1):
        return False
    if word.initial and word.key in _COUNTING:
        return False
    if shouting or (word.initial and word.key not in known):
        return not is_common(word.key) or word.text[1:].isupper()
    return True


def _joins(words: Sequence[Word], last: Word, word: Word, i: int) -> bool:
    """Whether the word continues the run that ended with ``last`` ("Bank of" + "England")."""
    if word.place == last.place + 1:
        return word.sentence == last.sentence
    between = words[i - 1]
    return between.key in JOINTS and word.place == last.place + 2


def _is_name(run: Sequence[Word]) -> bool:
    return any(w.key not in TITLES for w in run)


def is_owner(name: Name, text: str) -> bool:
    """Whether the name of the text is a possessive: "Brod's mayor"."""
    end = name.words[-1].end
    return text[end : end + 2] in {"'s", "’s"}


def same_name(a: str, b: str) -> bool:
    """Whether two folded words name the same: "russia" and "russian", "us" and "american"."""
    if a == b:
        return True
    if SAME.get(a, a) == SAME.get(b, b):
        return True
    if ("." in a) != ("." in b):  # "Booking.com", "Booking"
        return a.partition(".")[0] == b.partition(".")[0]
    return bool(_roots(a) & _roots(b))


@lru_cache(maxsize=8192)
def _roots(key: str) -> frozenset[str]:
    roots = {key}
    for ending in _ENDINGS_OF_ORIGIN:
        if key.endswith(ending) and len(key) - len(ending) >= 4:
            root = key[: -len(ending)]
            roots |= {root, root + "e", root + "a", root + "ia", root + "y"}
    return frozenset(roots)


def is_demonym(key: str) -> bool:
    """Whether the word stands for a country or its people ("american", "russian")."""
    return key in SAME or (key.endswith(("an", "ans", "ese", "ish", "i")) and is_known(key))


def is_place(name: Name) -> bool:
    """Whether the name may be a place: it has no personal title."""
    return not any(w.key in TITLES for w in name.words)
