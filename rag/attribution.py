"""Who says it: the speaker and the reporting verb of a sentence, in the source's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.quotations import quoted_in
from rag.language.words import Word, same_length, words_of
from rag.lexicon.reporting import AMBIGUOUS, BE, CLEAR, LEADS, PRONOUNS, SKIPPED, STOPPERS, TIMES, VERBISH
from rag.types import Attribution

_LONGEST_SPEAKER = 14
_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|as reported by|as quoted by|quoted by|as stated by|per) ", re.IGNORECASE
)
_QUOTED_AS = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?:\w+ly\s+)?(?:quoted|cited|reported|heard)\b[^.,;]*?\bas (?:saying|telling)\b"
)
_SAYING = {
    "saying",
    "adding",
    "warning",
    "arguing",
    "insisting",
    "noting",
    "claiming",
    "stressing",
    "explaining",
    "writing",
}
_COLON = re.compile(r'^((?:[A-Z][\w.\'-]*\s+){1,4}[A-Z]?[\w\'-]*):\s+["\']')


@dataclass(frozen=True, slots=True)
class _Found:
    speaker: str
    verb: str


def find_attribution(sentence: str, before: str = "") -> Attribution | None:
    """Who is quoted or reported in ``sentence``, or None where it speaks for itself.

    ``before`` is the sentence before it: a quotation that runs on from there keeps its speaker, and a "he said"
    whose speaker is named there gets that name.
    """
    found = _in_sentence(sentence)
    if found is None:
        earlier = _in_sentence(before) if before and _runs_on(sentence, before) else None
        return Attribution(earlier.speaker, earlier.verb) if earlier else None
    if before and found.speaker.lower() in PRONOUNS:
        earlier = _in_sentence(before)
        if earlier and earlier.speaker.lower() not in PRONOUNS:
            return Attribution(earlier.speaker, found.verb)
    return Attribution(found.speaker, found.verb)


def _runs_on(sentence: str, before: str) -> bool:
    """Whether the sentence is all quotation and goes on from the one before."""
    plain, earlier = same_length(sentence).strip(), same_length(before)
    if earlier.count('"') % 2:
        return True
    return plain.startswith('"') and (plain.endswith('"') or plain.count('"') == 1)


@lru_cache(maxsize=1024)
def _in_sentence(sentence: str) -> _Found | None:
    plain = same_length(sentence)
    words = words_of(sentence)
    if not words:
        return None
    hidden = [(q.start, q.end) for q in quoted_in(sentence) if len(q.text.split()) > 1]
    return (
        _quoted_as(plain, words)
        or _reported(plain, words, hidden)
        or _according(plain, words, hidden)
        or _saying(plain, words, hidden)
        or _colon(plain)
    )


def _colon(plain: str) -> _Found | None:
    """Brandt: "We are closing the bridge."."""
    match = _COLON.match(plain)
    return _Found(match.group(1), "said") if match else None


def _quoted_as(plain: str, words: Sequence[Word]) -> _Found | None:
    match = _QUOTED_AS.search(plain)
    if not match:
        return None
    speaker = _subject(plain, [w for w in words if w.end <= match.start()])
    return _Found(speaker, match.group()) if speaker else None


def _according(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> _Found | None:
    for match in _ACCORDING.finditer(plain):
        if _is_hidden(match.start(), hidden):
            continue
        if match.group().lower() == "per " and not plain[match.end()].isupper():
            continue
        after = [w for w in words if w.start >= match.end()]
        if not after:
            continue
        speaker = _noun_phrase(plain, after)
        if speaker:
            return _Found(speaker, match.group().strip().lower())
    return None


def _is_hidden(at: int, hidden: Sequence[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in hidden)


def _reported(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> _Found | None:
    for i, word in enumerate(words):
        if _is_hidden(word.start, hidden) or not _reports(words, i):
            continue
        verb = word.text if words[i + 1 : i + 2] == () or word.key not in {"pointed", "called"} else _two(words, i)
        speaker = _inverted(plain, words, i) or _subject(plain, words[:i])
        if speaker:
            return _Found(speaker, verb)
    return None


def _two(words: Sequence[Word], i: int) -> str:
    nxt = words[i + 1]
    return f"{words[i].text} {nxt.text}" if nxt.key in {"out", "on", "for"} else words[i].text


def _reports(words: Sequence[Word], i: int) -> bool:
    """Whether the word is a finite reporting verb with somebody for its subject."""
    key, before = words[i].key, words[i - 1].key if i else ""
    nxt = words[i + 1].key if i + 1 < len(words) else ""
    if before in {"to", "not", "the", "a", "an", "its", "his", "her", "their", "of", "by", "in", "for", "with"}:
        return False
    if before in BE or (i > 1 and words[i - 2].key in BE and before.endswith("ly")):
        return False
    if before in {"would", "will", "should", "can", "could", "must", "let", "did"} and key != "said":
        return False
    if key in CLEAR:
        return not (key == "called" and nxt not in {"on", "for"}) and not (key == "pointed" and nxt != "out")
    if key in AMBIGUOUS:
        return nxt == "that" or (i > 0 and (words[i - 1].capital or before in PRONOUNS) and nxt not in {"of", "to"})
    return False


def _inverted(plain: str, words: Sequence[Word], i: int) -> str | None:
    """The words after the verb in '…", said Anna Brandt, the mayor'."""
    if i + 1 >= len(words) or not i:
        return None
    opening = plain[words[i - 1].end : words[i].start].strip()
    if not opening or opening[-1] not in "\",'!?." or words[i].key in _SAYING:
        return None
    rest = [w for w in words[i + 1 :] if w.clause == words[i].clause]
    if not rest or rest[0].place != words[i].place + 1 or rest[0].key in {"that", "it", "there", "if", "whether"}:
        return None
    quoted = opening[-1] in "\"'"
    if not quoted and (len(rest) > 8 or any(w.key in VERBISH for w in rest)):
        return None
    return _noun_phrase(plain, rest)


def _noun_phrase(plain: str, words: Sequence[Word]) -> str | None:
    """The speaker that begins at the first word: up to a mark, a verb, a time or a word that opens a clause."""
    taken: list[Word] = []
    for word in words:
        if taken and (word.clause != taken[0].clause or len(taken) >= _LONGEST_SPEAKER):
            break
        if word.key in STOPPERS or word.key in VERBISH or (word.key in TIMES and word.key != "may"):
            break
        taken.append(word)
    while taken and (taken[-1].key in LEADS or taken[-1].key in SKIPPED):
        taken.pop()
    return _text(plain, taken)


def _subject(plain: str, words: Sequence[Word]) -> str | None:
    """The subject that ends right before the verb: back to a mark, an apposition's comma pair, or a clause opener."""
    words = _without_auxiliaries(words)
    if not words:
        return None
    gap_after = words[-1].clause
    taken: list[Word] = []
    for word in reversed(words):
        if word.clause != gap_after or word.key in STOPPERS or len(taken) > _LONGEST_SPEAKER:
            break
        taken.insert(0, word)
    if words[-1].key in {"who", "which"}:
        return _antecedent(plain, words[:-1])
    taken = _without_lead(taken)
    if taken and _is_apposition(plain, words, taken):
        return _text(plain, _before_apposition(words, taken)) or _text(plain, taken)
    return _text(plain, taken)


def _without_auxiliaries(words: Sequence[Word]) -> Sequence[Word]:
    end = len(words)
    while end and (words[end - 1].key in SKIPPED or (words[end - 1].key.endswith("ly") and not words[end - 1].capital)):
        end -= 1
    while end and words[end - 1].key in TIMES:
        end -= 1
    return words[:end]


def _antecedent(plain: str, words: Sequence[Word]) -> str | None:
    if not words:
        return None
    taken = [w for w in words if w.clause == words[-1].clause]
    return _text(plain, _without_lead(taken))


def _without_lead(words: list[Word]) -> list[Word]:
    """Drop "But on Monday" before the subject."""
    while words and words[0].key in LEADS:
        lead, words = words[0], words[1:]
        if lead.key in {"on", "in", "at", "by", "late", "early", "last", "since", "earlier", "later"}:
            while words and (
                words[0].key in TIMES or words[0].number or words[0].key in {"late", "early", "last", "a", "the"}
            ):
                if words[0].key in {"a", "the"} and not (len(words) > 1 and words[1].key in TIMES):
                    break
                words = words[1:]
    return words


def _is_apposition(plain: str, words: Sequence[Word], taken: Sequence[Word]) -> bool:
    """ "Anna Brandt, the mayor, said": the comma before, the name before that, and a comma after."""
    first = words.index(taken[0])
    if not first or (taken[0].capital and taken[0].key not in {"the"}):
        return False
    before = words[first - 1]
    return (
        plain[before.end : taken[0].start].strip() == ","
        and before.sentence == taken[0].sentence
        and (
            taken[0].key
            in {"the", "a", "an", "who", "his", "her", "its", "head", "chief", "director", "spokesman", "spokeswoman"}
            or (taken[0].number and len(taken) == 1)
        )
    )


def _before_apposition(words: Sequence[Word], taken: Sequence[Word]) -> list[Word]:
    first = words.index(taken[0])
    clause = words[first - 1].clause
    return _without_lead([w for w in words[:first] if w.clause == clause])


def _saying(plain: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]]) -> _Found | None:
    """ "Brandt rejected the plan, saying it was unsafe": the sentence's subject, up to its first verb."""
    for i, word in enumerate(words):
        if word.key not in _SAYING or _is_hidden(word.start, hidden) or not i:
            continue
        if not plain[words[i - 1].end : word.start].strip().startswith(","):
            continue
        speaker = _noun_phrase(plain, _without_lead(list(words[:i])))
        if speaker and len(speaker.split()) < i:
            return _Found(speaker, word.text)
    return None


def _text(plain: str, words: Sequence[Word]) -> str | None:
    if not words or all(w.key in {"the", "a", "an"} for w in words):
        return None
    text = plain[words[0].start : words[-1].end]
    return text if any(c.isalpha() for c in text) else None
