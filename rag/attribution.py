"""Who says it: the speaker and the reporting verb of a sentence, in the source's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.quotations import is_left_open, quoted_in
from rag.language.subjects import noun_phrase, subject, without_lead
from rag.language.verbs import reports
from rag.language.words import Word, same_length, words_of
from rag.lexicon import word_set
from rag.lexicon.reporting import (
    CLEAR,
    LEADS,
    NO_SUBJECT,
    OPENERS,
    PRONOUNS,
    TIMES,
    VERBISH,
)
from rag.types import Attribution

_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|as reported by|as quoted by|quoted by|as stated by|"
    r"ha(?:s|ve) learn(?:ed|t) from|per) ",
    re.IGNORECASE,
)
_QUOTED_AS = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?:\w+ly\s+)?(?:quoted|cited|reported|heard)\b[^.,;]*?\bas (?:saying|telling)\b"
)
_COLON = re.compile(r'^((?:[A-Z][\w.\'-]*\s+){1,4}[A-Z][\w\'-]*):\s+["\']')
_AS = re.compile(
    r"(?:^|, |\()as ((?:the |an? )?[^,.;]{2,60}?) "
    r"(notes?|noted|reports|reported|says|said|put it|puts it|explains?|explained|points? out|"
    r"pointed out|writes|wrote)\b",
    re.IGNORECASE,
)
_BEFORE_CLOSING = {",", '"', "'", "-", "–", "—"}
_QUOTING = ('"', "'", "-", "–", "—")
_PAUSES = ",.!?…-–—"
_BEFORE_VERB = frozenset("\"',!?.-–—")
_RESOLVED = {"he", "she", "they", "it"}
_SAYING = word_set(
    "saying adding warning arguing insisting noting claiming stressing explaining writing describing telling"
)
_INVERTED = word_set("said says added wrote asked explained noted warned insisted recalled argued replied continued")
_AFTER_QUOTATION = _INVERTED | CLEAR | word_set("appealed assured concluded declared emphasised emphasized announced")
_GOES_ON = word_set("as though although while when and but")
_DASHES = ("- ", "– ", "— ")
_NO_SPEAKER = word_set("that it there if whether on in at during to of for with by after before")


@dataclass(frozen=True, slots=True)
class _Found:
    speaker: str
    verb: str
    part: tuple[int, int]  # the characters of the sentence that are the speaker's
    last: bool = False  # the attribution closes the sentence


def find_attribution(sentence: str, before: str = "") -> Attribution | None:
    """Who is quoted or reported in ``sentence``, or None where it speaks for itself.

    ``before`` is the sentence before it: a quotation that runs on from there keeps its speaker, and a "he said"
    whose speaker is named there gets that name.
    """
    found = _in_sentence(sentence)
    if found is None:
        earlier = _in_sentence(before) if before and _runs_on(sentence, before) else None
        return Attribution(_as_printed(earlier.speaker, before), earlier.verb) if earlier else None
    if found.speaker in {"he", "she"} and (named := _named_before(sentence, found.speaker)):
        return Attribution(_as_printed(named, sentence), found.verb)
    if before and found.speaker.lower() in _RESOLVED:
        earlier = _in_sentence(before)
        if earlier and earlier.speaker.lower() not in PRONOUNS:
            return Attribution(_as_printed(earlier.speaker, before), found.verb)
    return Attribution(_as_printed(found.speaker, sentence), found.verb)


def _named_before(sentence: str, pronoun: str) -> str | None:
    """Who begins the sentence that goes on with "as he said": "Anna Brandt wept as she said …"."""
    words = words_of(sentence)
    at = next((i for i, w in enumerate(words) if w.text == pronoun and i and words[i - 1].key in _GOES_ON), 0)
    before = without_lead([w for w in words[:at] if w.sentence == words[at].sentence])
    if not before or before[0].key in OPENERS or before[0].key in PRONOUNS:
        return None
    verb = next((n for n, w in enumerate(before) if n and _is_past(w)), len(before))
    named = noun_phrase(same_length(sentence), before[:verb])
    return named if named and any(w.capital and not w.initial for w in words_of(f"x {named}")) else None


def _as_printed(speaker: str, sentence: str) -> str:
    """With the source's own apostrophes, which reading has made all alike."""
    at = same_length(sentence).find(speaker)
    return sentence[at : at + len(speaker)] if at >= 0 else speaker


def reported_part(sentence: str) -> str:
    """The part of a sentence that is somebody's words or report; all of it where none is told apart.

    In "The bridge shut after the mayor said it was unsafe" that is "it was unsafe".
    """
    found = _in_sentence(sentence)
    return sentence[found.part[0] : found.part[1]] if found else sentence


def _runs_on(sentence: str, before: str) -> bool:
    """Whether the sentence is all quotation and goes on from the one before."""
    quotes = quoted_in(sentence)
    if sentence.lstrip().startswith(_DASHES) and before.lstrip().startswith(_DASHES):
        return True
    if not quoted_in(before) and _ACCORDING.search(before):
        return False
    if is_left_open(before):
        return not quotes or quotes[0].start <= 1
    return len(quotes) == 1 and quotes[0].start <= 1 and quotes[0].end >= len(sentence.rstrip()) - 1


@lru_cache(maxsize=1024)
def _in_sentence(sentence: str) -> _Found | None:
    plain = same_length(sentence)
    words = words_of(sentence)
    if not words:
        return None
    hidden = [(q.start, q.end) for q in quoted_in(sentence) if len(q.text.split()) > 1]
    reported = _reported(plain, words, hidden)
    according = _according(plain, words, hidden)
    if reported and according:
        # "According to the general, … - he said": the name. "far more than the operator admitted, according to the
        # mayors": what closes the sentence governs it.
        if reported.speaker.lower() in PRONOUNS:
            return according
        return reported if reported.last or not according.last else according
    found = reported or according or _as_said(plain, words, hidden) or _quoted_as(plain, words)
    return found or _saying(plain, words, hidden) or _colon(plain)


def _is_hidden(at: int, hidden: Sequence[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in hidden)


def _colon(plain: str) -> _Found | None:
    """Brandt: "We are closing the bridge."."""
    match = _COLON.match(plain)
    return _Found(match.group(1), "said", (match.end(1), len(plain))) if match else None


def _quoted_as(plain: str, words: Sequence[Word]) -> _Found | None:
    match = _QUOTED_AS.search(plain)
    at = next((w for w in words if match and w.start >= match.start()), None)
    if not match or at is None:
        return None
    speaker = subject(plain, [w for w in words if w.end <= match.start()], at)
    return _Found(speaker, match.group(), (match.end(), len(plain))) if speaker else None


def _according(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> _Found | None:
    for match in _ACCORDING.finditer(plain):
        if _is_hidden(match.start(), hidden) or (match.group() == "per " and not plain[match.end()].isupper()):
            continue
        after = [w for w in words if w.start >= match.end()]
        speaker = noun_phrase(plain, after)
        if speaker:
            last = match.start() > 0 and plain[: match.start()].rstrip()[-1:] in _BEFORE_CLOSING
            return _Found(speaker, match.group().strip().lower(), (0, len(plain)), last)
    return None


def _as_said(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> _Found | None:
    """Who speaks in "As the ministry notes, …"."""
    match = _AS.search(plain)
    if not match or _is_hidden(match.start(), hidden):
        return None
    speaker = noun_phrase(plain, [w for w in words if match.start(1) <= w.start < match.end(1)])
    return _Found(speaker, match.group(2), (0, len(plain))) if speaker and speaker == match.group(1) else None


def _reported(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> _Found | None:
    """The attribution that closes the sentence ("…, his lawyer said on Friday"), else the first."""
    first: _Found | None = None
    for i, word in enumerate(words):
        if _is_hidden(word.start, hidden):
            continue
        found = _after_verb(plain, words, i) or (
            _before_verb(plain, words, i, hidden) if reports(words, i, hidden) else None
        )
        if found and found.last:
            return found
        first = first or found
    return first


def _after_verb(plain: str, words: Sequence[Word], i: int) -> _Found | None:
    speaker = _inverted(plain, words, i)
    return _Found(speaker, words[i].text, (0, words[i].start), last=True) if speaker else None


def _before_verb(plain: str, words: Sequence[Word], i: int, hidden: Sequence[tuple[int, int]]) -> _Found | None:
    word = words[i]
    verb = _two(words, i) if word.key in {"pointed", "called"} else word.text
    speaker = subject(plain, words[:i], word)
    if not speaker or (speaker.lower() in NO_SUBJECT and not _is_said_by_it(words, i)):
        return None
    start = plain.rfind(speaker, 0, word.start)
    closes = start > 0 and plain[:start].rstrip()[-1:] in _BEFORE_CLOSING and _ends_soon(words, i)
    quoted_before = closes and any(b <= word.start for _, b in hidden)
    return _Found(speaker, verb, (0, max(start, 0)) if closes else (word.end, len(plain)), closes or quoted_before)


def _is_said_by_it(words: Sequence[Word], i: int) -> bool:
    """An organisation's "it said"; "it suggests" and "it thought" may be nobody's."""
    return i > 0 and words[i - 1].key == "it" and words[i].key in _INVERTED


def _ends_soon(words: Sequence[Word], i: int) -> bool:
    """After the verb the sentence holds but whom, when or where it was said."""
    rest = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    weighty = [
        w
        for w in rest
        if w.key not in TIMES and w.key not in LEADS and not w.number and w.key not in {"the", "a", "its"}
    ]
    return len(weighty) <= 3 and not any(w.key in VERBISH or w.key == "that" for w in rest)


def _two(words: Sequence[Word], i: int) -> str:
    nxt = words[i + 1] if i + 1 < len(words) else None
    return f"{words[i].text} {nxt.text}" if nxt and nxt.key in {"out", "on", "for"} else words[i].text


def _inverted(plain: str, words: Sequence[Word], i: int) -> str | None:
    """The words after the verb in '…", said Anna Brandt, the mayor'."""
    if i + 1 >= len(words) or not i or words[i].key not in _AFTER_QUOTATION:
        return None
    opening = plain[words[i - 1].end : words[i].start].strip()
    rest = [w for w in words[i + 1 :] if w.clause == words[i].clause]
    if not opening or opening[-1] not in _BEFORE_VERB or not rest or rest[0].place != words[i].place + 1:
        return None
    if any(mark in opening for mark in _QUOTING) and any(mark in opening for mark in _PAUSES):
        rest = without_lead(rest)  # "said on Friday the mayor"
    elif words[i].key not in _INVERTED or not _is_statement(words[:i], rest):
        return None
    return noun_phrase(plain, rest) if rest and rest[0].key not in _NO_SPEAKER else None


def _is_statement(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Without quotation marks: a whole statement before the verb and but a name after it."""
    opening = [w for w in before if w.sentence == before[-1].sentence]
    clause = [w for w in opening if w.clause == opening[0].clause]
    return len(after) <= 8 and any(w.key in VERBISH for w in clause) and not any(w.key in VERBISH for w in after)


def _saying(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> _Found | None:
    """In "Brandt rejected the plan, saying it was unsafe" the sentence's subject, up to its first verb."""
    for i, word in enumerate(words):
        if word.key not in _SAYING or _is_hidden(word.start, hidden) or not i:
            continue
        if not plain[words[i - 1].end : word.start].strip().startswith((",", "-", "–", "—")):
            continue
        before = without_lead(list(words[:i]))
        verb = next((n for n, w in enumerate(before) if n and _is_past(w)), len(before))
        speaker = noun_phrase(plain, before[:verb])
        if speaker and len(speaker.split()) < i:
            return _Found(speaker, word.text, (word.end, len(plain)))
    return None


def _is_past(word: Word) -> bool:
    """Whether the form is one a past verb has: "broke", "closed"; not "rules", "larger", "men"."""
    return word.lemma != word.key and not word.capital and not word.key.endswith(("s", "er", "est", "men", "ren"))
