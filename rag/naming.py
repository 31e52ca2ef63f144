"""Names what two texts differ on in words of one of them: "people killed", "mine will cost", "opens to traffic".

Nothing is put in: a name is a run of the text's own words, from which only "were" or "has been" before a participle is
left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.figures import Fact
from rag.language.counted import group_said
from rag.language.quantities import Kind
from rag.language.times import When
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.calendar import MONTHS, WEEKDAYS
from rag.lexicon.hedges import DENIALS
from rag.lexicon.light import STOP_WORDS

LONGEST = 8
"""Words that a name has at most."""

_NOT = word_set("not n't never")
_DO = word_set("do does did")
_HELPING = word_set("is are was were be been being has have had")
_MODAL = word_set("to will would can could may might shall should must")
_OPENING = word_set(
    "the a an its their his her this that these those say says said tell tells told and but it he she they we"
)
_ENDS = (
    STOP_WORDS
    | _HELPING
    | _MODAL
    | word_set(
        "not no near across along inside outside per via among toward towards within without behind beyond despite "
        "like amid around since"
    )
)
_WHERE = word_set("in on at near off from by for since until outside inside the")
_CALENDAR = {*WEEKDAYS, *MONTHS}
_REACH = 7


def name_of_figure(text: str, fact: Fact) -> str:
    """What an amount is of ("people killed", "death toll"); empty where the text does not show it."""
    words = words_of(text)
    first, last = fact.amount.first, (fact.upto or fact.amount).last
    things = [] if fact.amount.kind is Kind.MONEY else _run(words, last + 1)
    at = _group_at(words, fact)
    if at is None:
        counted = [n for n, word in enumerate(things) if word.lemma in fact.counts]
        return _said(things[: counted[-1] + 1]) if counted else ""
    if at < first:
        return _said([*_without_helping(words[_opening(words, at) : at + 1]), *_complement(words[:first], at)])
    if words[at] in things:
        return _said(things)
    return _said(_without_helping(words[last + 1 : at + 1]) if things else [words[at]])


def name_of_day(text: str, when: When, shared: frozenset[str]) -> str:
    """What a date is of, from a lemma of ``shared`` on: "tunnel will open to traffic"; else in the words behind it."""
    if name := name_of_place(text, when.first, shared):
        return name
    words = words_of(text)
    behind = range(when.last + 1, min(len(words), when.last + 1 + LONGEST))
    told = [n for n in behind if words[n].lemma in shared and words[n].sentence == words[when.last].sentence]
    return _said(words[told[0] : told[-1] + 1]) if told else ""


def name_of_place(text: str, first: int, shared: frozenset[str]) -> str:
    """What happened at a place or on a day that begins with word number ``first``, without its "in" or "on"."""
    words = words_of(text)
    end = first
    while end and (words[end - 1].key in _WHERE or words[end - 1].key in _CALENDAR):
        end -= 1
    return name_before(text, end, shared)


def name_before(text: str, end: int, shared: frozenset[str]) -> str:
    """The words before number ``end``, from a lemma of ``shared`` on: "collapse was caused by"."""
    words = words_of(text)
    start = max(0, end - LONGEST)
    told = [n for n in range(start, end) if words[n].lemma in shared and words[n].sentence == words[end - 1].sentence]
    return _said(words[told[0] : end]) if told else ""


def name_of_thing(text: str, shared: frozenset[str]) -> str:
    """The first thing of ``shared`` that the text names, with what it is of: "reopening of the Northern Line"."""
    words = words_of(text)
    at = next((n for n, word in enumerate(words) if word.lemma in shared and not word.capital), None)
    return "" if at is None else _said([words[at], *_complement(words, at)])


def name_of_word(text: str, lemma: str) -> str:
    """The words around one that is affirmed in one text and negated in another: "Koravian military drone"."""
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
        while run[-1].key in _ENDS:
            run.pop()
    return _said(run)


def name_of_denied(text: str) -> str:
    """What a text denies: "she was about to resign"; empty where it denies nothing or does not say what."""
    words = words_of(text)
    at = next((n for n, word in enumerate(words) if word.key in DENIALS), None)
    if at is None:
        return ""
    denied = [word for word in words[at + 1 :] if word.clause == words[at].clause]
    said = [n for n, word in enumerate(denied) if word.key == "that"]
    told = denied[said[0] + 1 :] if said else denied
    return _printed(told) if len(told) > 1 else ""


def name_of_negated(text: str) -> str:
    """What a text says is not so, without its "not": "Codex has been recovered"; empty where it negates nothing."""
    words = words_of(text)
    at = next((n for n, word in enumerate(words) if word.key in _NOT or _is_at_no_time(words, n)), None)
    if at is None:
        return ""
    clause = [n for n, word in enumerate(words) if word.clause == words[at].clause]
    if _is_at_no_time(words, at):
        clause = [n for n in clause if n not in {at - 1, at + 1}]
    before, behind = ([words[n] for n in clause if n < at], [words[n] for n in clause if n > at])
    is_of_something = any(word.key not in _OPENING | _HELPING | _DO for word in before)
    return _said([*before, *behind]) if is_of_something and behind else ""


def _is_at_no_time(words: Sequence[Word], n: int) -> bool:
    """Of "was at no time switched off" the "no"."""
    return words[n].key == "no" and key_at(words, n - 1) == "at" and key_at(words, n + 1) in {"time", "point", "stage"}


def _group_at(words: Sequence[Word], fact: Fact) -> int | None:
    """Where the word stands that says what is counted ("killed"), the nearest behind the amount before any ahead."""
    first, last = fact.amount.first, (fact.upto or fact.amount).last
    same = [n for n, word in enumerate(words) if word.sentence == words[first].sentence]
    told = [n for n in same if group_said(words, n) in fact.counts]
    behind = [n for n in told if last < n <= last + _REACH and words[n].clause == words[last].clause]
    return behind[0] if behind else max((n for n in told if n < first), default=None)


def _run(words: Sequence[Word], first: int) -> list[Word]:
    """The words from ``first`` on, as far as they can belong to one noun."""
    run: list[Word] = []
    for word in words[first:]:
        if not _continues(word, words[first]) or (run and is_past(word)):
            break
        run.append(word)
    return run


def _complement(words: Sequence[Word], at: int) -> list[Word]:
    """What follows a noun and belongs to it: "value" behind "insured", "of the mine" behind "cost"."""
    if [word.key for word in words[at + 1 : at + 2]] != ["of"]:
        return _run(words, at + 1)
    article = at + 2 < len(words) and words[at + 2].key in _OPENING
    run = _run(words, at + 2 + article)
    return [*words[at + 1 : at + 2 + article], *run] if run else []


def _continues(word: Word, of: Word) -> bool:
    return word.clause == of.clause and word.key not in _ENDS and not word.number


def _opening(words: Sequence[Word], at: int) -> int:
    """Where the phrase begins that ends at a word: behind an article, at most ``LONGEST`` words before; else there."""
    start = at
    while start and words[start - 1].clause == words[at].clause:
        before = words[start - 1]
        if before.key in _OPENING or before.number:
            return start
        start -= 1
        if at - start >= LONGEST:
            return at
    return start


def _without_helping(words: Sequence[Word]) -> list[Word]:
    """Leaves out "were" and "have been" right before the last word; not in "known to have died", "will be killed"."""
    end = len(words) - 1
    start = end
    while start and words[start - 1].key in _HELPING:
        start -= 1
    if start and words[start - 1].key in _MODAL:
        return list(words)
    return [*words[:start], *words[end:]]


def _said(words: Sequence[Word]) -> str:
    """The words as printed, without an article or a "will" before them."""
    shown = list(words)
    while shown and shown[0].key in _OPENING | _HELPING | _MODAL:
        shown = shown[1:]
    return _printed(shown)


def _printed(words: Sequence[Word]) -> str:
    """The words as printed; none where they are too many to name anything."""
    return " ".join(word.text for word in words) if len(words) <= LONGEST else ""
