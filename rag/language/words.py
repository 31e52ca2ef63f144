"""A sentence as the checks see it: words with their lemma, clause and sentence, none of it guessed by a model.

Offsets are kept: every normalisation here replaces one character by one character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import simplemma

BEFORE_NAMES = "Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Gov|Sen|Rep|Rev|Hon|St"
"""Abbreviations that a name follows, as a pattern."""

_ABBREVIATIONS = (
    f"{BEFORE_NAMES}|Jr|Sr|Ltd|Inc|Corp|Co|Bros|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|etc"
)
_TOKEN = re.compile(
    rf"""
    (?P<word>
        (?:[^\W\d_]\.){{2,}}                        # U.S.  e.g.
      | \b(?:{_ABBREVIATIONS})\.(?=\s)              # Gen.
      | \b[A-Z]\.(?=\s[A-Z])                        # George W. Bush
      | n't\b
      | [^\W\d_]+?(?=n't\b)
      | (?<=\w)'(?:s|S|ll|re|ve|d|m)\b
      | [^\W\d_]+(?:'(?!(?:s|S|ll|re|ve|d|m)\b)[^\W\d_]+)*
    )
  | (?P<number>\d{{4}}[-–]\d\d(?!\d)|\d+(?:[.,:/]\d+)*)
  | (?P<symbol>[%$£€¥₹+])
  | (?P<mark>(?<=\s)-{{1,2}}(?=\s)|(?<=[.!?,])-(?=\s)|\.\.\.|\n\s*\n|\n(?=\s*[-•*·])|[.,;:!?()\[\]"—–…•*/])
    """,
    re.VERBOSE,
)
_SAME_LENGTH = str.maketrans({
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-", "‐": "-", "−": "-", "⁠": " ",
})  # fmt: skip
_TWO_APOSTROPHES = re.compile(r"(?:(?<=[\w.,;:!?])(''))|''")
_CONTRACTED = {"'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "ca": "can", "wo": "will", "sha": "shall"}
_SILENT = {"'s", "'S", "'d"}
_ENDS = {".", "!", "?", "...", "…", "•", "*"}
# Past forms that the lemma table takes for nouns or other verbs.
_PLURALS = {"media", "data", "criteria", "people", "feet", "teeth", "mice", "geese", "better", "worse", "an", "elite"}
_IRREGULAR = {
    "rose": "rise", "won": "win", "fell": "fall", "left": "leave", "found": "find", "felt": "feel", "saw": "see",
    "shot": "shoot", "lost": "lose", "met": "meet", "led": "lead", "held": "hold", "fled": "flee", "struck": "strike",
    "began": "begin", "broke": "break", "spoke": "speak", "chose": "choose", "grew": "grow", "drew": "draw",
    "remains": "remain", "n't": "not", "cannot": "not",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or sign.

    ``key`` is folded (no case, accents or dots), ``lemma`` the dictionary form of ``key``. ``clause`` and
    ``sentence`` count from 0; ``place`` is the position among all tokens, marks included, so two words with
    consecutive places have nothing between them. ``initial`` marks a word whose capital letter may be due to
    its place (after a full stop, a colon or an opening quotation mark), ``joined`` one that a hyphen makes part
    of a longer word ("so-called").
    """

    text: str
    key: str
    lemma: str
    start: int
    end: int
    place: int
    clause: int
    sentence: int
    initial: bool
    number: bool
    joined: bool = False

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


def same_length(text: str) -> str:
    """``text`` with one kind of quotation marks, apostrophes, hyphens and spaces, at unchanged offsets."""
    if "``" in text:
        text = text.replace("``", ' "')
    text = text.translate(_SAME_LENGTH)
    return _TWO_APOSTROPHES.sub(lambda m: '" ' if m.group(1) else ' "', text) if "''" in text else text


@lru_cache(maxsize=65536)
def lemma_of(key: str) -> str:
    """The dictionary form of a folded word; the word itself where none is known."""
    return _IRREGULAR.get(key) or simplemma.lemmatize(key, lang="en").lower()


@lru_cache(maxsize=65536)
def is_known(key: str) -> bool:
    """Whether a folded word is in the dictionary, names of places included."""
    return simplemma.is_known(key, lang="en")


@lru_cache(maxsize=65536)
def is_common(key: str) -> bool:
    """Whether a folded word is in the dictionary as an ordinary word and not only as a name ("moscow" is not)."""
    if not is_known(key):
        return False
    lemma = simplemma.lemmatize(key, lang="en")
    return lemma == lemma.lower()


def is_past(word: Word) -> bool:
    """Whether the form is one a past verb has: "broke", "closed"; not "rules", "larger", "men", "warning"."""
    ending = ("s", "er", "est", "men", "ren", "ing")
    is_other = word.capital or word.number or word.joined or word.key in _PLURALS or word.key.endswith(ending)
    return word.lemma != word.key and not is_other


def key_at(words: Sequence[Word], i: int) -> str:
    """The key of the word there; empty before the first and behind the last."""
    return words[i].key if 0 <= i < len(words) else ""


def fold(word: str) -> str:
    """The word without case, accents and dots: "U.S." and "US" fold alike."""
    if word.isascii():
        return word.lower().replace(".", "")
    return without_accents(word).casefold().replace(".", "")


def without_accents(text: str) -> str:
    """``text`` with every letter as its plain one: "café" as "cafe"."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=2048)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; punctuation shows only in their clause and sentence numbers."""
    text = same_length(text)
    found: list[Word] = []
    clause = sentence = 0
    initial = True
    quoted = False
    caseless = text == text.lower()
    for place, match in enumerate(_TOKEN.finditer(text)):
        piece = match.group()
        if match.lastgroup == "mark":
            clause += 1
            quoted = not quoted if piece == '"' else quoted
            if (piece in _ENDS or piece[0] == "\n") and _ends_sentence(text, match.end(), caseless=caseless):
                sentence += 1
                initial = True
            elif piece == ":" or (piece == '"' and quoted):
                initial = True
            continue
        if piece in _SILENT:
            continue
        is_number = match.lastgroup == "number"
        key = piece if is_number else _CONTRACTED.get(piece.lower()) or fold(piece)
        lemma = key if is_number else lemma_of(key)
        at, joined = match.span(), _is_joined(text, *match.span())
        found.append(Word(piece, key, lemma, *at, place, clause, sentence, initial, is_number, joined))
        initial = False
    return tuple(found)


def _is_joined(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] == "-" and before[:1].isalnum()) or (after[:1] == "-" and after[1:].isalnum())


def _ends_sentence(text: str, end: int, *, caseless: bool) -> bool:
    rest = text[end : end + 4].lstrip("\"')] ")
    if caseless and rest and rest[0].islower():
        return text[end].isspace()
    return not rest or not (rest[0].islower() or rest[0] == ",")


def sentences_of(text: str) -> tuple[str, ...]:
    """The text cut at its sentence ends; good enough for the few sentences of a citation."""
    words = words_of(text)
    starts = [w.start for i, w in enumerate(words) if i and w.sentence != words[i - 1].sentence]
    # An opening quotation mark or bracket just before the first word belongs to its sentence.
    cuts = [0, *(_back_over_opening(text, s) for s in starts), len(text)]
    return tuple(text[a:b].strip() for a, b in pairwise(cuts) if text[a:b].strip())


def _back_over_opening(text: str, start: int) -> int:
    while start and text[start - 1] in "\"'“‘«([":
        start -= 1
    return start


_BEFORE_SENTENCE = re.compile(r"(?:^|[.!?…][\"')\]]*\s+|\n\s*)[\"'(\[]*$")
_AFTER_SENTENCE = re.compile(r"\s*(?:$|[.!?…\n])")


def is_whole_sentence_of(claim: str, text: str) -> bool:
    """Whether ``claim`` stands in ``text`` character for character, from a sentence's beginning to its end."""
    claim, text = same_length(claim).strip(), same_length(text)
    at = text.find(claim) if claim else -1
    while at >= 0:
        rest = text[at + len(claim) :]
        ends = claim.rstrip("\"')]")[-1:] in {".", "!", "?", "…"} or _AFTER_SENTENCE.match(rest)
        if ends and _BEFORE_SENTENCE.search(text[:at]):
            return True
        at = text.find(claim, at + 1)
    return False
