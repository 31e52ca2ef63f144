"""Find sources that are named without an ordinary reporting verb.

- ``according``: "according to the ministry", "as reported by the BBC", "in the words of the mayor"
- ``in_view_of``: "In his view, …", "in the opinion of the mayor", "in Brandt's words"
- ``as_said``: "As the ministry notes, …", "…, as Brandt put it"
- ``colon``: 'Brandt: "We are closing the bridge."', and headlines such as "Mayor Brandt: Bridge is closed"
- ``introduced``: "Brandt was clear: 'It is closed.'"
- ``dashed``: "Anna Brandt spoke of the plan.- We will pay."
- ``quoted_as``: "Brandt was quoted as saying", "an agency quotes Brandt as saying"

Leaves out: "sources close to", "citing officials", and a source named in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.language.numerals import SCALES, SMALL
from rag.language.phrases import first_verb, noun_phrase, of_sentence
from rag.language.subjects import subject
from rag.language.words import Word, fold, is_common, is_known, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.negations import NEGATIONS
from rag.lexicon.reporting import FINITE, NO_SUBJECT, QUOTING

# Phrases right before the source.
_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|as (?:reported|quoted|stated) by|"
    r"(?:quoted|cited|reported|refuted|disputed) (?:on \w+ )?by|"
    r"described by(?= [^,.;]{1,60}? as\b)|ha(?:s|ve) learn(?:ed|t) from|per) ",
    re.IGNORECASE,
)
# Phrases for somebody's opinion: a pronoun (group 1), a name (group 2) or a noun phrase after it.
_VIEW = re.compile(
    r"\bin (?:(his|her|their)|([A-Z][^,;:\"]{1,60}?)'s?) (?:own )?(?:opinion|view|words|assessment|estimation)\b|"
    r"\bin the (?:opinion|view|assessment|estimation) of ",
    re.IGNORECASE,
)
# Possessive pronoun -> the pronoun of the speaker.
_WHOSE = {"his": "he", "her": "she", "their": "they"}
# One to three capitalised words, a colon and the beginning of a statement.
_NAMED = re.compile(r"^((?:[A-Z][\w.'-]+\s+){0,2}[A-Z][\w'-]+): (?=[A-Z])")
# "quotes Brandt as saying": the source follows.
_QUOTES = re.compile(r"\b(?:quot|cit)(?:ed|es|ing) (?=[^.,;\"]{1,80} as (?:saying|telling)\b)")
# "Brandt was quoted as saying": the source precedes.
_QUOTED_AS = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?:\w+ly\s+)?(?:quoted|cited|reported|heard)\b[^.,;]*?\bas (?:saying|telling)\b"
)
# A name of two to five words, a colon and a quotation.
_COLON = re.compile(r'^((?:[A-Z][\w.\'-]*\s+){1,4}[A-Z][\w\'-]*):\s+["\']')
# A role or a role with a name, a colon and the beginning of a statement.
_HEADLINE = re.compile(
    r"^((?:[A-Z][\w.'-]*\s+){0,4}(?:boss|chief|president|minister|leader|secretary|chancellor|spokes\w+|ambassador|general"
    r"|expert|analyst|official|commander|governor|mayor|envoy|pope)s?(?:\s+[A-Z][\w.'-]*){0,3}):\s+(?=[A-Z])",
    re.IGNORECASE,
)
# A dash right after the end of a sentence, which opens a quotation.
_DASH_QUOTES = re.compile(r"(?<=[.!?])[-–—] (?=[A-Z])")
# "as", the source (group 1) and the verb (group 2), at the beginning or after a comma or bracket.
_AS = re.compile(
    r"(?:^|, |\()as ((?:the |an? )?[^,.;]{2,60}?) "
    r"(notes?|noted|reports|reported|says|said|put it|puts it|explains?|explained|points? out|"
    r"pointed out|writes|wrote)\b",
    re.IGNORECASE,
)
# Lemmas of verbs that give a description which a negated sentence rejects: "is not a fraud, as Brandt called it".
_DESCRIBES = word_set(
    "call describe label brand dub term put characterise characterize portray depict claim allege suggest"
)
# Words after a negation at which its scope ends.
_SCOPE_ENDS = FINITE | word_set("because but that if when while although since so")
_FARTHEST = 12  # words between "as" and its verb, and between a negation and "as"
BEFORE_CLOSING = QUOTING | {","}
"""Marks that come before a speaker at the end of a sentence."""
_QUOTED = 5  # the fewest words of a quotation that is a statement


@dataclass(frozen=True, slots=True)
class Reported:
    """A speaker and a verb as printed.

    ``part`` is the (start, end) of the characters of the sentence that are the speaker's. ``last`` is true where the
    speaker is named at the end of the sentence, ``aside`` where the verb is in a relative clause about the speaker
    ("Brandt, who said …").
    """

    speaker: str
    verb: str
    part: tuple[int, int]
    last: bool = False
    aside: bool = False


def is_inside_quotation(at: int, quotations: Sequence[tuple[int, int]]) -> bool:
    """Whether a character is inside one of the quotations, given as (start, end) offsets."""
    return any(a <= at < b for a, b in quotations)


def colon(plain: str) -> Reported | None:
    """Return the speaker of 'Brandt: "We are closing the bridge."', or None."""
    match = _COLON.match(plain) or _HEADLINE.match(plain) or _named(plain)
    return Reported(match.group(1), "said", (match.end(1), len(plain))) if match else None


def _named(plain: str) -> re.Match[str] | None:
    """Match a headline such as "Brandt: The bridge is closed": a name of no common words, then a statement."""
    match = _NAMED.match(plain)
    if not match:
        return None
    parts = [fold(part) for part in match.group(1).split()]
    is_name = not any(is_common(part) for part in parts) and (len(parts) > 1 or not is_known(parts[0]))
    return match if is_name and any(w.key in FINITE for w in words_of(plain[match.end() :])) else None


def introduced(plain: str, words: Sequence[Word], quotations: Sequence[tuple[int, int]]) -> Reported | None:
    """Return the subject of a sentence that ends with a quotation after a comma or colon, or None.

    An example is "Brandt was clear: 'It is closed.'"
    """
    if not quotations or quotations[-1][1] < len(plain.rstrip()) - 2:
        return None
    start, end = quotations[-1]
    before = [w for w in words if w.end <= start]
    opening = plain[before[-1].end : start].strip() if before else ""
    if not opening.startswith((",", ":")) or len(plain[start:end].split()) < _QUOTED:
        return None
    opening_words = [w for w in before if w.sentence == before[-1].sentence]
    named = of_sentence(plain, opening_words, up_to=first_verb)
    is_named = bool(named) and all(part[0].isupper() for part in str(named).split())
    acts = first_verb(opening_words) < len(opening_words)
    if not named or not (is_named or acts) or named.lower() in NO_SUBJECT:
        return None
    return Reported(named, "said", (start, end))


def dashed(plain: str, words: Sequence[Word]) -> Reported | None:
    """Return the person named before words after a dash ("Anna Brandt spoke of the plan.- We will pay."), or None."""
    match = _DASH_QUOTES.search(plain)
    before = [w for w in words if match and w.end <= match.start() and w.sentence == words[0].sentence]
    if not match or first_verb(before) >= len(before):
        return None
    named = of_sentence(plain, before, up_to=first_verb)
    is_name = bool(named) and all(part[0].isupper() for part in str(named).split())
    return Reported(named, "said", (match.end(), len(plain))) if named and is_name and len(named.split()) > 1 else None


def quoted_as(plain: str, words: Sequence[Word]) -> Reported | None:
    """Return the source of "was quoted as saying" or "quotes Brandt as saying", or None."""
    if quoting := _QUOTES.search(plain):
        speaker = noun_phrase(plain, [w for w in words if w.start >= quoting.end()])
        return Reported(speaker, "as saying", (quoting.end(), len(plain))) if speaker else None
    match = _QUOTED_AS.search(plain)
    at = next((w for w in words if match and w.start >= match.start()), None)
    if not match or at is None:
        return None
    speaker = subject(plain, [w for w in words if w.end <= match.start()], at)
    return Reported(speaker, match.group(), (match.end(), len(plain))) if speaker else None


def according(plain: str, words: Sequence[Word], quotations: Sequence[tuple[int, int]]) -> Reported | None:
    """Return the source of "according to the ministry" and similar phrases, or None."""
    for match in _ACCORDING.finditer(plain):
        if is_inside_quotation(match.start(), quotations) or (
            match.group() == "per " and not plain[match.end()].isupper()
        ):
            continue
        after = [w for w in words if w.start >= match.end()]
        speaker = noun_phrase(plain, after)
        if speaker:
            last = match.start() > 0 and plain[: match.start()].rstrip()[-1:] in BEFORE_CLOSING
            last = last or match.group().endswith("from ")
            return Reported(speaker, match.group().strip().lower(), (0, len(plain)), last)
    return None


def in_view_of(plain: str, words: Sequence[Word], quotations: Sequence[tuple[int, int]]) -> Reported | None:
    """Return the person whose opinion it is ("In his view, …", "in the opinion of the mayor"), or None."""
    match = _VIEW.search(plain)
    if not match or is_inside_quotation(match.start(), quotations):
        return None
    if match.group(1):
        speaker: str | None = _WHOSE[match.group(1).lower()]
    elif match.group(2):
        speaker = match.group(2)
    else:
        speaker = noun_phrase(plain, [w for w in words if w.start >= match.end()])
    return Reported(speaker, match.group().strip().lower(), (0, len(plain))) if speaker else None


def as_said(plain: str, words: Sequence[Word], quotations: Sequence[tuple[int, int]]) -> Reported | None:
    """Return the speaker of "As the ministry notes, …", or None."""
    match = _AS.search(plain)
    if not match or is_inside_quotation(match.start(), quotations):
        return None
    verb = next((n for n, w in enumerate(words) if w.start >= match.start(2)), None)
    if verb is not None and is_rejected_description(words, verb):
        return None
    speaker = noun_phrase(plain, [w for w in words if match.start(1) <= w.start < match.end(1)])
    return Reported(speaker, match.group(2), (0, len(plain))) if speaker and speaker == match.group(1) else None


def _is_contrast(words: Sequence[Word], negation: Word, at: int) -> bool:
    """Whether "and not" rejects a figure right before "as": "1,150 jobs and not (with) 800, as …"."""
    n = words.index(negation)
    rejected = words[n + 1 : at]
    return key_at(words, n - 1) == "and" and len(rejected) <= _QUOTED and any(_is_amount(w) for w in rejected)


def _is_amount(word: Word) -> bool:
    return word.number or word.key in SMALL or word.key in SCALES


def is_rejected_description(words: Sequence[Word], i: int) -> bool:
    """Whether verb number ``i`` gives a description that the sentence itself rejects.

    In "The vote is not a fraud, as Brandt called it" the denial is not Brandt's, who says that it is one. Verbs of
    agreement are different: "The law is not a ban, as the minister noted". A contrast
    decides for any verb: in "The firm will cut 1,150 jobs and not 800, as it has announced" the firm announced 800.
    """
    at = next((n for n in range(i - 1, max(-1, i - 1 - _FARTHEST), -1) if words[n].key == "as"), None)
    if at is None or words[at].sentence != words[i].sentence or words[at].clause != words[i].clause:
        return False
    for word in reversed(words[max(0, at - _FARTHEST) : at]):
        if word.sentence != words[at].sentence or word.key in _SCOPE_ENDS:
            return False
        if word.lemma in NEGATIONS:
            return words[i].lemma in _DESCRIBES or _is_contrast(words, word, at)
        if word.key == "rather" and any(w.key == "than" and w.place == word.place + 1 for w in words[:at]):
            return True
    return False
