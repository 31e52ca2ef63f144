"""Where a sentence says whose words it gives: each form of it, as characters of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.closings import closing, ends_soon, inverted
from rag.language.phrases import first_verb, noun_phrase, of_sentence
from rag.language.quotations import quoted_in
from rag.language.subjects import subject
from rag.language.verbs import anchor, opens_quotation, reports
from rag.language.words import Word, fold, is_common, is_known, is_past, same_length, words_of
from rag.lexicon import word_set
from rag.lexicon.reporting import (
    BE,
    FINITE,
    LEADS,
    NO_SUBJECT,
    OPENERS,
    PRONOUNS,
    QUOTING,
    SAID_BY_IT,
    SKIPPED,
    VERBISH,
)

_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|as (?:reported|quoted|stated) by|"
    r"(?:quoted|cited|reported|refuted|disputed) (?:on \w+ )?by|"
    r"ha(?:s|ve) learn(?:ed|t) from|per) ",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"\bin (?:(his|her|their)|([A-Z][^,;:\"]{1,60}?)'s?) (?:own )?(?:opinion|view|words|assessment|estimation)\b|"
    r"\bin the (?:opinion|view|assessment|estimation) of ",
    re.IGNORECASE,
)
_WHOSE = {"his": "he", "her": "she", "their": "they"}
_NAMED = re.compile(r"^((?:[A-Z][\w.'-]+\s+){0,2}[A-Z][\w'-]+): (?=[A-Z])")
_QUOTED_AS = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?:\w+ly\s+)?(?:quoted|cited|reported|heard)\b[^.,;]*?\bas (?:saying|telling)\b"
)
_COLON = re.compile(r'^((?:[A-Z][\w.\'-]*\s+){1,4}[A-Z][\w\'-]*):\s+["\']')
_HEADLINE = re.compile(
    r"^((?:[A-Z][\w.'-]*\s+){0,4}(?:boss|chief|president|minister|leader|secretary|chancellor|spokes\w+|ambassador|general"
    r"|expert|analyst|official|commander|governor|mayor|envoy|pope)s?(?:\s+[A-Z][\w.'-]*){0,3}):\s+(?=[A-Z])",
    re.IGNORECASE,
)
_DASH_QUOTES = re.compile(r"(?<=[.!?])[-–—] (?=[A-Z])")
_AS = re.compile(
    r"(?:^|, |\()as ((?:the |an? )?[^,.;]{2,60}?) "
    r"(notes?|noted|reports|reported|says|said|put it|puts it|explains?|explained|points? out|"
    r"pointed out|writes|wrote)\b",
    re.IGNORECASE,
)
_BEFORE_CLOSING = QUOTING | {","}
_SAYING = word_set(
    "saying adding warning arguing insisting noting claiming stressing explaining writing describing telling calling "
    "urging proclaiming declaring indicating demanding condemning criticising criticizing accusing denying stating "
    "confirming announcing predicting suggesting"
)
_QUOTED = 5  # words from which a quotation is a statement
_OF_AGENCIES = {"reports", "reported", "informs", "informed", "writes"}
_OF_WHOM = {"who", "which", "that"}


@dataclass(frozen=True, slots=True)
class Reported:
    """A speaker and a verb as printed, and ``part``: the characters of the sentence that are the speaker's.

    ``last``: it closes the sentence. ``aside``: it stands in a "who …" that only describes the speaker.
    """

    speaker: str
    verb: str
    part: tuple[int, int]
    last: bool = False
    aside: bool = False


@lru_cache(maxsize=1024)
def person_in(sentence: str) -> Reported | None:
    """Who a "he" of the next sentence is: whom the sentence reports, and not the agency that reports it."""
    words = words_of(sentence)
    hidden = [(q.start, q.end) for q in quoted_in(sentence) if len(q.text.split()) > 1]
    found = [f for f in _all_reported(same_length(sentence), words, hidden) if f.verb not in _OF_AGENCIES]
    named = [f for f in found if f.speaker.lower() not in PRONOUNS]
    return named[0] if named and reported_in(sentence) and _is_agencys(sentence) else reported_in(sentence)


def _is_agencys(sentence: str) -> bool:
    found = reported_in(sentence)
    return found is not None and found.verb in _OF_AGENCIES


@lru_cache(maxsize=1024)
def reported_in(sentence: str) -> Reported | None:
    """Whose words a sentence gives; None where it names nobody."""
    plain = same_length(sentence)
    words = words_of(sentence)
    if not words:
        return None
    hidden = [(q.start, q.end) for q in quoted_in(sentence) if len(q.text.split()) > 1]
    reported = _chosen(_all_reported(plain, words, hidden))
    according = _according(plain, words, hidden) or _in_view_of(plain, words, hidden)
    if reported and according:
        # "According to the general, … - he said": the name. "far more than the operator admitted, according to the
        # mayors": what closes the sentence governs it.
        if reported.speaker.lower() in PRONOUNS:
            return according
        return reported if reported.last or not according.last else according
    found = reported or according or _as_said(plain, words, hidden) or _quoted_as(plain, words)
    found = found or _saying(plain, words, hidden) or _colon(plain) or _introduced(plain, words, hidden)
    return found or _dashed(plain, words)


def _chosen(found: Sequence[Reported]) -> Reported | None:
    """The one that closes the sentence ("…, his lawyer said on Friday"), else the first that is more than an aside.

    Of "Brandt also said … - he added" it is Brandt.
    """
    last = next((f for f in found if f.last), None)
    first = next((f for f in found if not f.aside), found[0] if found else None)
    if last and first and last.speaker in {"he", "she"} and first.speaker[0].isupper():
        return first if first.speaker.lower() not in PRONOUNS else last
    return last or first


def is_hidden(at: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """Whether a character stands inside a quotation."""
    return any(a <= at < b for a, b in hidden)


def _colon(plain: str) -> Reported | None:
    """Brandt: "We are closing the bridge."."""
    match = _COLON.match(plain) or _HEADLINE.match(plain) or _named(plain)
    return Reported(match.group(1), "said", (match.end(1), len(plain))) if match else None


def _named(plain: str) -> re.Match[str] | None:
    """A headline's "Brandt: The bridge is closed": a name that is no common word, and a statement."""
    match = _NAMED.match(plain)
    if not match:
        return None
    parts = [fold(part) for part in match.group(1).split()]
    is_name = not any(is_common(part) for part in parts) and (len(parts) > 1 or not is_known(parts[0]))
    return match if is_name and any(w.key in FINITE for w in words_of(plain[match.end() :])) else None


def _introduced(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> Reported | None:
    """Who begins a sentence that ends in a quotation after a comma or a colon: "Brandt was clear: 'It is closed.'"."""
    if not hidden or hidden[-1][1] < len(plain.rstrip()) - 2:
        return None
    start, end = hidden[-1]
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


def _dashed(plain: str, words: Sequence[Word]) -> Reported | None:
    """Who is named before words behind a dash: "Brandt spoke of the plan.- We will pay."."""
    match = _DASH_QUOTES.search(plain)
    before = [w for w in words if match and w.end <= match.start() and w.sentence == words[0].sentence]
    if not match or first_verb(before) >= len(before):
        return None
    named = of_sentence(plain, before, up_to=first_verb)
    is_name = bool(named) and all(part[0].isupper() for part in str(named).split())
    return Reported(named, "said", (match.end(), len(plain))) if named and is_name and len(named.split()) > 1 else None


def _quoted_as(plain: str, words: Sequence[Word]) -> Reported | None:
    match = _QUOTED_AS.search(plain)
    at = next((w for w in words if match and w.start >= match.start()), None)
    if not match or at is None:
        return None
    speaker = subject(plain, [w for w in words if w.end <= match.start()], at)
    return Reported(speaker, match.group(), (match.end(), len(plain))) if speaker else None


def _according(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> Reported | None:
    for match in _ACCORDING.finditer(plain):
        if is_hidden(match.start(), hidden) or (match.group() == "per " and not plain[match.end()].isupper()):
            continue
        after = [w for w in words if w.start >= match.end()]
        speaker = noun_phrase(plain, after)
        if speaker:
            last = match.start() > 0 and plain[: match.start()].rstrip()[-1:] in _BEFORE_CLOSING
            last = last or match.group().endswith("from ")
            return Reported(speaker, match.group().strip().lower(), (0, len(plain)), last)
    return None


def _in_view_of(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> Reported | None:
    """Whose opinion it is: "In his view, …", "in the opinion of the mayor"."""
    match = _VIEW.search(plain)
    if not match or is_hidden(match.start(), hidden):
        return None
    if match.group(1):
        speaker: str | None = _WHOSE[match.group(1).lower()]
    elif match.group(2):
        speaker = match.group(2)
    else:
        speaker = noun_phrase(plain, [w for w in words if w.start >= match.end()])
    return Reported(speaker, match.group().strip().lower(), (0, len(plain))) if speaker else None


def _as_said(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> Reported | None:
    """Who speaks in "As the ministry notes, …"."""
    match = _AS.search(plain)
    if not match or is_hidden(match.start(), hidden):
        return None
    speaker = noun_phrase(plain, [w for w in words if match.start(1) <= w.start < match.end(1)])
    return Reported(speaker, match.group(2), (0, len(plain))) if speaker and speaker == match.group(1) else None


def _all_reported(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> list[Reported]:
    """Every verb that reports, with its speaker, in order; one that follows a quotation is known by its place."""
    found: list[Reported] = []
    for i, word in enumerate(words):
        if is_hidden(word.start, hidden):
            continue
        if speaker_after := inverted(plain, words, i):
            found.append(Reported(speaker_after, word.text, (0, word.start), last=True))
        elif reports(words, i, hidden) and (before := _before_verb(plain, words, i, hidden)):
            found.append(before)
    if at_end := closing(plain, words, hidden):
        speaker, verb = at_end
        found.append(Reported(speaker, verb.text, (0, verb.start), last=True))
    return found


def _before_verb(plain: str, words: Sequence[Word], i: int, hidden: Sequence[tuple[int, int]]) -> Reported | None:
    word, at = words[i], anchor(words, i)
    verb = _two(words, i) if word.key in {"pointed", "called", "summed"} else word.text
    follows = words[i + 1].key if i + 1 < len(words) else ""
    is_told = (follows in FINITE or follows == "as") and opens_quotation(words, i)
    speaker = subject(plain, words[:at], words[at], is_told=is_told)
    if speaker and not _is_nameable(speaker):
        speaker = of_sentence(plain, [w for w in words[:at] if w.sentence == word.sentence])
    if not speaker or not _is_nameable(speaker) or (speaker.lower() in NO_SUBJECT and not _is_said_by_it(words, i)):
        return None
    start = plain.rfind(speaker, 0, word.start)
    closes = start > 0 and plain[:start].rstrip()[-1:] in _BEFORE_CLOSING and ends_soon(words, i)
    quoted_before = closes and any(b <= word.start for _, b in hidden)
    part = (0, max(start, 0)) if closes else (word.end, len(plain))
    aside = any(w.key in _OF_WHOM and w.clause == word.clause for w in words[max(0, at - 3) : at])
    return Reported(speaker, verb, part, closes or quoted_before, aside)


def _is_nameable(speaker: str) -> bool:
    """Not "to date", "was" or "among"."""
    keys = speaker.lower().split()
    return keys[0] not in OPENERS | BE | {"to", "of"} and not set(keys) <= VERBISH | SKIPPED | LEADS


def _is_said_by_it(words: Sequence[Word], i: int) -> bool:
    """An organisation's "it said"; "it suggests" and "it thought" may be nobody's."""
    subject_of = next((w.key for w in reversed(words[:i]) if not (w.key in SKIPPED or w.key.endswith("ly"))), "")
    return subject_of == "it" and words[i].key in SAID_BY_IT


def _two(words: Sequence[Word], i: int) -> str:
    nxt = words[i + 1] if i + 1 < len(words) else None
    return f"{words[i].text} {nxt.text}" if nxt and nxt.key in {"out", "on", "for", "up"} else words[i].text


def _saying(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> Reported | None:
    """In "Brandt rejected the plan, saying it was unsafe" the sentence's subject, up to its first verb."""
    for i, word in enumerate(words):
        if word.key not in _SAYING or is_hidden(word.start, hidden) or not i:
            continue
        is_open = plain[words[i - 1].end : word.start].strip().startswith((",", "-", "–", "—"))
        follows = words[i + 1].key if i + 1 < len(words) else ""
        if not is_open and not (follows == "that" and words[i - 1].key not in {"by", "of", "in", "for"}):
            continue
        before = [w for w in words[:i] if w.sentence == word.sentence]
        has_verb = any(w.key in VERBISH or (n and is_past(w)) for n, w in enumerate(before))
        speaker = of_sentence(plain, before, up_to=first_verb) if has_verb else None
        if speaker and len(speaker.split()) < i:
            return Reported(speaker, word.text, (word.end, len(plain)))
    return None
