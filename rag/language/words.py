"""Tokenise English news text into words with their lemma, clause and sentence, by rules and a dictionary.

What the tokeniser covers:

- Abbreviations with dots ("U.S.", "e.g.", "Gen. Stroem", "George W. Bush") are one word and end no sentence.
- Web addresses that serve as names ("Booking.com") are one word, whose key keeps its dots.
- Contractions are split: "didn't" gives "did" and "n't", "they've" gives "they" and "have". A possessive "'s" is
  dropped, because a possessive and "is" cannot be told apart by form.
- Numbers keep their separators ("1,200", "3.5", "8/17", "17:30", "2018-19").
- Marks, including a dash between spaces and a blank line, start a new clause. A full stop, question mark, exclamation
  mark, ellipsis, bullet or blank line starts a new sentence, unless a lower-case letter follows.
- All kinds of quotation marks, apostrophes, hyphens and spaces are treated alike.

What it leaves out: part-of-speech tagging. A lemma is the most likely one for the form alone ("left" is always
"leave"), and abbreviations missing from ``_ABBREVIATIONS`` end a sentence.

Every normalisation replaces one character by one character, so offsets into the original text stay valid.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import simplemma

BEFORE_NAMES = "Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Gov|Sen|Rep|Rev|Hon|St"
"""Abbreviated titles that come before a name, as a regular expression."""

# Abbreviations in English news whose dot does not end a sentence, as a pattern.
_ABBREVIATIONS = (
    f"{BEFORE_NAMES}|Jr|Sr|Ltd|Inc|Corp|Co|Bros|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|etc"
)
# Endings of web addresses that serve as names ("Booking.com", "Amazon.co.uk"). Endings that are English words ("in",
# "us", "it") or capitals are left out, because the space after a full stop is sometimes missing.
DOMAIN = r"\.(?:co\.uk|com|org|net|edu|gov|info|biz|io|uk|de|fr|eu|ru|ua|pl|tv)\b"
_ADDRESS = re.compile(rf"{DOMAIN}$")
_TOKEN = re.compile(
    rf"""
    (?P<word>
        \b\w[\w-]{{0,60}}+(?:\.[\w-]{{1,60}}+){{0,3}}?{DOMAIN}  # Booking.com
      | (?:[^\W\d_]\.){{2,}}                        # U.S.  e.g.
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
# Typographic variants and the plain character used for each; one character for one character.
_SAME_LENGTH = str.maketrans({
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-", "‐": "-", "−": "-", "⁠": " ",
})  # fmt: skip
# '' serves as a double quotation mark; group 1 matches where it closes a quotation.
_TWO_APOSTROPHES = re.compile(r"(?:(?<=[\w.,;:!?])(''))|''")
# Parts of contractions and the word each stands for: "'ll", the "wo" of "won't".
_CONTRACTED = {"'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "ca": "can", "wo": "will", "sha": "shall"}
# Parts of contractions that are dropped: possessive or "is", "had" or "would".
_SILENT = {"'s", "'S", "'d"}
# Marks that can end a sentence.
_ENDS = {".", "!", "?", "...", "…", "•", "*"}
# Irregular plurals, comparatives and other forms that differ from their lemma without being past forms.
_PLURALS = {"media", "data", "criteria", "people", "feet", "teeth", "mice", "geese", "better", "worse", "an", "elite"}
# Forms that simplemma lemmatises as a noun or another verb ("rose", "left", "saw").
_IRREGULAR = {
    "rose": "rise", "won": "win", "fell": "fall", "left": "leave", "found": "find", "felt": "feel", "saw": "see",
    "shot": "shoot", "lost": "lose", "met": "meet", "led": "lead", "held": "hold", "fled": "flee", "struck": "strike",
    "began": "begin", "broke": "break", "spoke": "speak", "chose": "choose", "grew": "grow", "drew": "draw",
    "remains": "remain", "n't": "not", "cannot": "not",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or sign of a text.

    ``key`` is the word in lower case, without accents and dots (a web address keeps its dots). ``lemma`` is the
    dictionary form of ``key``. ``start`` and ``end`` are character offsets. ``clause`` and ``sentence`` count from 0
    within the text. ``place`` is the index among all tokens, punctuation included, so that two words with consecutive
    places have nothing between them. ``initial`` is true where a capital letter may be due to the position: at the
    beginning of a sentence, after a colon or after an opening quotation mark. ``number`` marks digits. ``joined`` marks
    a part of a hyphenated word ("so" and "called" of "so-called").
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
    """Normalise quotation marks, apostrophes, hyphens and spaces without changing any offset."""
    if "``" in text:
        text = text.replace("``", ' "')
    text = text.translate(_SAME_LENGTH)
    return _TWO_APOSTROPHES.sub(lambda m: '" ' if m.group(1) else ' "', text) if "''" in text else text


@lru_cache(maxsize=65536)
def lemma_of(key: str) -> str:
    """Return the dictionary form of a folded word, or the word itself where none is known."""
    return _IRREGULAR.get(key) or simplemma.lemmatize(key, lang="en").lower()


@lru_cache(maxsize=65536)
def is_known(key: str) -> bool:
    """Whether a folded word is in the dictionary, place names included."""
    return simplemma.is_known(key, lang="en")


@lru_cache(maxsize=65536)
def is_common(key: str) -> bool:
    """Whether a folded word is in the dictionary as an ordinary word, and not only as a name ("moscow")."""
    if not is_known(key):
        return False
    lemma = simplemma.lemmatize(key, lang="en")
    return lemma == lemma.lower()


def is_past(word: Word) -> bool:
    """Whether the form may be a past tense or past participle: "broke", "closed"; not "rules", "larger", "men"."""
    ending = ("s", "er", "est", "men", "ren", "ing")
    is_other = word.capital or word.number or word.joined or word.key in _PLURALS or word.key.endswith(ending)
    return word.lemma != word.key and not is_other


def key_at(words: Sequence[Word], i: int) -> str:
    """Return the key of the word at index ``i``, or an empty string where ``i`` is out of range."""
    return words[i].key if 0 <= i < len(words) else ""


def fold(word: str) -> str:
    """Return the word in lower case, without accents and dots: "U.S." and "US" give the same key."""
    if word.isascii():
        return word.lower().replace(".", "")
    return without_accents(word).casefold().replace(".", "")


def without_accents(text: str) -> str:
    """Return ``text`` with accented letters replaced by plain ones: "café" becomes "cafe"."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=2048)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order. Punctuation only shows in their clause and sentence numbers."""
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
        key = piece if is_number else _CONTRACTED.get(piece.lower()) or _key(piece)
        lemma = key if is_number else lemma_of(key)
        at, joined = match.span(), _is_joined(text, *match.span())
        found.append(Word(piece, key, lemma, *at, place, clause, sentence, initial, is_number, joined))
        initial = False
    return tuple(found)


def _key(piece: str) -> str:
    """Return the folded word; a web address keeps its dots ("booking.com")."""
    return without_accents(piece).casefold() if _ADDRESS.search(piece) else fold(piece)


def _is_joined(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] == "-" and before[:1].isalnum()) or (after[:1] == "-" and after[1:].isalnum())


def _ends_sentence(text: str, end: int, *, caseless: bool) -> bool:
    rest = text[end : end + 4].lstrip("\"')] ")
    if caseless and rest and rest[0].islower():
        return text[end].isspace()
    return not rest or not (rest[0].islower() or rest[0] == ",")
