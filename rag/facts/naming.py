"""Names what two texts differ on, in the words of one of them: "people killed", "mine will cost", "opens to traffic".

No words are added: a name consists of words of the text, in their order. Words left out are leading articles and
auxiliaries, "were" or "has been" before a participle, and the "not" of a negated text.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.facts.figures import Fact
from rag.language.counted import group_said
from rag.language.quantities import Kind
from rag.language.times import When
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.calendar import MONTHS, WEEKDAYS
from rag.lexicon.hedges import DENIALS
from rag.lexicon.light import STOP_WORDS

LONGEST = 8
"""Maximum length of a name, in words."""

_NOT = word_set("not n't never")
_DO = word_set("do does did")
_AUXILIARIES = word_set("is are was were be been being has have had")
_MODALS = word_set("to will would can could may might shall should must")
_LEADING = word_set(
    "the a an its their his her this that these those say says said tell tells told and but it he she they we"
)
_BOUNDARY = (
    STOP_WORDS
    | _AUXILIARIES
    | _MODALS
    | word_set(
        "not no near across along inside outside per via among toward towards within without behind beyond despite "
        "like amid around since"
    )
)
_PREPOSITIONS = word_set("in on at near off from by for since until outside inside the")
_CALENDAR = {*WEEKDAYS, *MONTHS}
_REACH = 7  # words after an amount within which the word that says what is counted is looked for


def name_of_figure(text: str, fact: Fact) -> str:
    """What an amount counts or measures ("people killed", "death toll"); empty if the text does not say."""
    words = words_of(text)
    first, last = fact.amount.first, (fact.upto or fact.amount).last
    things = [] if fact.amount.kind is Kind.MONEY else _run(words, last + 1)
    at = _group_at(words, fact)
    if at is None:
        counted = [n for n, word in enumerate(things) if word.lemma in fact.counts]
        return _trimmed(things[: counted[-1] + 1]) if counted else ""
    if at < first:
        return _trimmed(
            [*_without_auxiliaries(words[_phrase_start(words, at) : at + 1]), *_complement(words[:first], at)]
        )
    if words[at] in things:
        return _trimmed(things)
    return _trimmed(_without_auxiliaries(words[last + 1 : at + 1]) if things else [words[at]])


def name_of_day(text: str, when: When, shared: frozenset[str]) -> str:
    """What happens on a date, starting at a lemma in ``shared``: "tunnel will open to traffic".

    Uses the words before the date, or else those after it; empty if there is no shared lemma on either side.
    """
    if name := name_of_place(text, when.first, shared):
        return name
    words = words_of(text)
    after = range(when.last + 1, min(len(words), when.last + 1 + LONGEST))
    at = [n for n in after if words[n].lemma in shared and words[n].sentence == words[when.last].sentence]
    return _trimmed(words[at[0] : at[-1] + 1]) if at else ""


def name_of_place(text: str, first: int, shared: frozenset[str]) -> str:
    """What happened at a place or on a day; ``first`` is the index of its first word. Omits the preposition."""
    words = words_of(text)
    end = first
    while end and (words[end - 1].key in _PREPOSITIONS or words[end - 1].key in _CALENDAR):
        end -= 1
    return name_before(text, end, shared)


def name_before(text: str, end: int, shared: frozenset[str]) -> str:
    """The words before index ``end``, starting at a lemma in ``shared``: "collapse was caused by"."""
    words = words_of(text)
    start = max(0, end - LONGEST)
    at = [n for n in range(start, end) if words[n].lemma in shared and words[n].sentence == words[end - 1].sentence]
    return _trimmed(words[at[0] : end]) if at else ""


def name_of_thing(text: str, shared: frozenset[str]) -> str:
    """The first uncapitalised word with a lemma in ``shared``, and its complement: "reopening of the Northern Line"."""
    words = words_of(text)
    at = next((n for n, word in enumerate(words) if word.lemma in shared and not word.capital), None)
    return "" if at is None else _trimmed([words[at], *_complement(words, at)])


def name_of_word(text: str, lemma: str) -> str:
    """The phrase around a word that one text affirms and another negates: "Koravian military drone"."""
    words = words_of(text)
    at = next((n for n, word in enumerate(words) if word.lemma == lemma), None)
    if at is None:
        return ""
    first = at
    while first and _continues(words[first - 1], words[at]):
        first -= 1
    run = [*words[first:at], *_run(words, at)]
    if len(run) == 1 and is_past(run[0]):  # "arrested at the scene"
        run = [w for w in words[at : at + 4] if w.clause == words[at].clause]
        while run[-1].key in _BOUNDARY:
            run.pop()
    return _trimmed(run)


def name_of_denied(text: str) -> str:
    """What a text denies: "she was about to resign"; empty if it denies nothing or does not say what."""
    words = words_of(text)
    at = next((n for n, word in enumerate(words) if word.key in DENIALS), None)
    if at is None:
        return ""
    denied = [word for word in words[at + 1 :] if word.clause == words[at].clause]
    that = [n for n, word in enumerate(denied) if word.key == "that"]
    clause = denied[that[0] + 1 :] if that else denied
    if not that and any(word.key == "as" for word in clause):  # "rejecting a report by The Lantern as untrue"
        return ""
    return _joined(clause) if len(clause) > 1 else ""


def name_of_negated(text: str) -> str:
    """What a text negates, without the "not": "Codex has been recovered"; empty if it negates nothing."""
    words = words_of(text)
    at = next((n for n, word in enumerate(words) if word.key in _NOT or _is_at_no_time(words, n)), None)
    if at is None:
        return ""
    clause = [n for n, word in enumerate(words) if word.clause == words[at].clause]
    if _is_at_no_time(words, at):
        clause = [n for n in clause if n not in {at - 1, at + 1}]
    before, after = ([words[n] for n in clause if n < at], [words[n] for n in clause if n > at])
    has_subject = any(word.key not in _LEADING | _AUXILIARIES | _DO for word in before)
    return _trimmed([*before, *after]) if has_subject and after else ""


def _is_at_no_time(words: Sequence[Word], n: int) -> bool:
    """Whether word ``n`` is the "no" of "at no time"."""
    return words[n].key == "no" and key_at(words, n - 1) == "at" and key_at(words, n + 1) in {"time", "point", "stage"}


def _group_at(words: Sequence[Word], fact: Fact) -> int | None:
    """Index of the word that says what is counted ("killed"): the first one after the amount, else the last before."""
    first, last = fact.amount.first, (fact.upto or fact.amount).last
    same = [n for n, word in enumerate(words) if word.sentence == words[first].sentence]
    groups = [n for n in same if group_said(words, n) in fact.counts]
    after = [n for n in groups if last < n <= last + _REACH and words[n].clause == words[last].clause]
    return after[0] if after else max((n for n in groups if n < first), default=None)


def _run(words: Sequence[Word], first: int) -> list[Word]:
    """The words from index ``first`` that can belong to one noun phrase."""
    run: list[Word] = []
    for word in words[first:]:
        if not _continues(word, words[first]) or (run and is_past(word)):
            break
        run.append(word)
    return run


def _complement(words: Sequence[Word], at: int) -> list[Word]:
    """The words after a noun that belong to it: "value" after "insured", "of the mine" after "cost"."""
    if [word.key for word in words[at + 1 : at + 2]] != ["of"]:
        return _run(words, at + 1)
    article = at + 2 < len(words) and words[at + 2].key in _LEADING
    run = _run(words, at + 2 + article)
    return [*words[at + 1 : at + 2 + article], *run] if run else []


def _continues(word: Word, of: Word) -> bool:
    return word.clause == of.clause and word.key not in _BOUNDARY and not word.number


def _phrase_start(words: Sequence[Word], at: int) -> int:
    """Start of the phrase that ends at index ``at``: after an article or number in its clause, or its first word.

    It is ``at`` itself if the phrase would be longer than ``LONGEST`` words.
    """
    start = at
    while start and words[start - 1].clause == words[at].clause:
        before = words[start - 1]
        if before.key in _LEADING or before.number:
            return start
        start -= 1
        if at - start >= LONGEST:
            return at
    return start


def _without_auxiliaries(words: Sequence[Word]) -> list[Word]:
    """Drops "were" or "have been" right before the last word, but not in "known to have died" or "will be killed"."""
    end = len(words) - 1
    start = end
    while start and words[start - 1].key in _AUXILIARIES:
        start -= 1
    if start and words[start - 1].key in _MODALS:
        return list(words)
    return [*words[:start], *words[end:]]


def _trimmed(words: Sequence[Word]) -> str:
    """The words as printed, without leading articles, pronouns and auxiliaries."""
    kept = list(words)
    while kept and kept[0].key in _LEADING | _AUXILIARIES | _MODALS:
        kept = kept[1:]
    return _joined(kept)


def _joined(words: Sequence[Word]) -> str:
    """The words as printed; empty if there are more than ``LONGEST``."""
    return " ".join(word.text for word in words) if len(words) <= LONGEST else ""
