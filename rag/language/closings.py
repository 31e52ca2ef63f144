"""Find the speaker named after a quotation or statement, at the end of a sentence.

- verb before speaker: '"…," said Anna Brandt, the mayor', "… - added the minister", "…, announced Brandt"
- speaker before verb, whatever the verb: '"It is late," Brandt summed up'
- a present form after a dash: "… - the portal wonders"
- a title in quotation marks as the speaker: 'says "Economist"'
- lost spaces around a dash: "… with Russia-emphasized Duda."

Without quotation marks, verb before speaker counts only where a whole statement precedes and little more than a name
follows.

Leaves out: a speaker in the middle of a quotation without a comma, question or exclamation mark before it, and speakers
named only in the next sentence (``rag.stance.attribution`` looks there).
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.phrases import noun_phrase, without_lead
from rag.language.subjects import subject
from rag.language.words import Word, is_past
from rag.lexicon import word_set
from rag.lexicon.reporting import (
    AMBIGUOUS,
    BE,
    CLEAR,
    DASHES,
    DETERMINERS,
    FINITE,
    INVERTED,
    LEADS,
    MEANWHILE,
    OPENERS,
    QUOTING,
    TIMES,
    VERBISH,
    WITH_THAT,
)

# Marks that may come right before an inverted verb.
_BEFORE_VERB = frozenset("\"',!?.-–—")
# Marks at the end of a quotation that is followed by its speaker.
_PAUSES = ",.!?…-–—"
# Verbs that come before a named speaker without a quotation: "…, thinks Anna Brandt".
_OPINING = word_set("thinks believes argues notes adds warns explains insists reckons concluded suggests")
# Verbs that report right after a quotation.
_AFTER_QUOTATION = INVERTED | CLEAR | AMBIGUOUS | WITH_THAT | word_set("appealed assured summed argues admits")
# Words after the verb that begin no speaker.
_NO_SPEAKER = word_set("that it there if whether on in at during to of for with by after before how why what")
# Words after a quotation that continue the sentence instead of naming a speaker.
_GOES_ON = word_set("and but or which who that so then yet")
# Verbs of a text that quotes: "…," reads the statement.
_PRESENT = word_set("read reads put puts goes runs")
# Words that begin a speaker who is not named.
_ARTICLES = word_set("the a an his her its their this")
# Verbs that come before a bare name without a quotation: "…, announced Brandt".
_NAMED = word_set("announced reported predicted stressed confirmed concluded acknowledged admitted stated")
# Auxiliaries after a title in quotation marks, where nobody speaks: "The Bridge" has closed.
_HAVE = {"has", "had", "have"}
# The most words of a clause that ends with a present form: "the portal wonders".
_SHORT = 5
# The most words of a newspaper's title, or of a name after a dash.
_LONGEST_TITLE = 4
# Adverbs between a quotation and an inverted verb: '"…," once again said Brandt'.
_AGAIN = word_set("once again also then later further earlier")
# The most words between a quotation and its verb.
_LONGEST_QUOTED_SUBJECT = 14


def closing(plain: str, words: Sequence[Word], quotations: Sequence[tuple[int, int]]) -> tuple[str, Word] | None:
    """Return the speaker and the verb after the last quotation that ends with a comma, question or exclamation mark.

    The position alone shows that it is the speaker, whatever the verb: "It is late," Brandt summed up. ``quotations``
    are the (start, end) offsets of the quotations in the text.
    """
    for first, end in reversed(quotations):
        quoted = plain[first:end].rstrip()
        is_asked = quoted[-1:] in {"?", "!", "…"} and not any(
            w.sentence == _sentence_at(words, first) for w in words if w.end < first
        )
        if not is_asked and quoted[-1:] != "," and plain[end + 1 : end + 2] != ",":
            continue
        tail = [w for w in words if w.start >= end]
        if not tail or len(quoted.split()) < 3 or plain[end : tail[0].start].strip(" \"',-–—"):
            return None
        tail = [w for w in tail if w.clause == tail[0].clause]
        is_other = tail[0].key in _GOES_ON or tail[0].key in OPENERS or tail[0].key.endswith("ing")
        dashed = any(dash in plain[end : tail[0].start] for dash in DASHES)
        return None if is_other else _speaker_of(plain, words, tail, dashed=dashed)
    return None


def _sentence_at(words: Sequence[Word], start: int) -> int:
    """Return the sentence number of the first word at or after a character, or -1."""
    return next((w.sentence for w in words if w.start >= start), -1)


def _speaker_of(plain: str, words: Sequence[Word], tail: Sequence[Word], *, dashed: bool) -> tuple[str, Word] | None:
    if tail[0].key in BE or tail[0].key in _HAVE:  # "The Bridge" has closed
        return None
    if tail[0].key in _AFTER_QUOTATION | _PRESENT:
        named = without_lead(list(tail[1:]))
        speaker = noun_phrase(plain, named) if named and named[0].key not in _NO_SPEAKER else None
        return (speaker, tail[0]) if speaker else None
    at = next(
        (n for n, w in enumerate(tail[:_LONGEST_QUOTED_SUBJECT]) if n and _is_verb(w) and not _is_adjective(tail, n)),
        _final_present(tail) if dashed else None,
    )
    if at is None or any(w.key in BE or w.key in {"who", "which", "that"} for w in tail[:at]):
        return None
    before = [w for w in words if w.start < tail[at].start]
    if at + 1 < len(tail) and tail[at + 1].key == "by":  # "…," underwritten by the bank
        return None
    speaker = subject(plain, before, tail[at])
    return (speaker, tail[at]) if speaker else None


def _is_adjective(tail: Sequence[Word], n: int) -> bool:
    """Whether a past form follows a determiner: "shared" in "on the shared call"."""
    return tail[n - 1].key in DETERMINERS


def _final_present(tail: Sequence[Word]) -> int | None:
    """Return the index of the verb of "… - the portal wonders", or None."""
    last = tail[-1]
    is_verb = last.key.endswith("s") and last.lemma != last.key and not last.capital
    return len(tail) - 1 if is_verb and 1 < len(tail) <= _SHORT else None


def _is_verb(word: Word) -> bool:
    if word.capital or word.key in FINITE or word.lemma == "not":
        return False
    return is_past(word) or word.key in CLEAR or word.key in _PRESENT or word.key in VERBISH or word.key in AMBIGUOUS


def inverted(plain: str, words: Sequence[Word], i: int) -> str | None:
    """Return the speaker after verb number ``i``, as in '"…", said Anna Brandt, the mayor', or None."""
    if i + 1 >= len(words) or words[i].key not in _AFTER_QUOTATION:
        return None
    return _glued(plain, words, i) if words[i].joined else _spaced(plain, words, i)


def _spaced(plain: str, words: Sequence[Word], i: int) -> str | None:
    first = i
    while first and words[first - 1].key in _AGAIN and words[first - 1].clause == words[i].clause:
        first -= 1
    opening = plain[words[first - 1].end if first else 0 : words[first].start].strip()
    rest = [w for w in words[i + 1 :] if w.clause == words[i].clause]
    if not rest and _is_title(plain, words, i):  # says "Economist"
        rest = [w for w in words[i + 1 :] if w.clause == words[i + 1].clause]
    elif rest and rest[0].place != words[i].place + 1:
        return None
    if not opening or opening[-1] not in _BEFORE_VERB or not rest:
        return None
    if (not i and opening not in DASHES) or (opening in DASHES and _closes_aside(plain, words[:first])):
        return None
    is_quoted = any(mark in opening for mark in QUOTING) and any(mark in opening for mark in _PAUSES)
    is_clear = rest[0].key in _ARTICLES or any(w.capital for w in rest[:6]) or words[i].key in {"said", "says"}
    if is_quoted and is_clear:
        rest = without_lead(rest)  # "said on Friday the mayor"
    elif not is_clear or not (_is_plainly_inverted(words, i) and _is_statement(words[:i], rest)):
        return None
    is_none = not rest or rest[0].key in _NO_SPEAKER or rest[0].key in OPENERS
    return None if is_none else noun_phrase(plain, rest)


def _glued(plain: str, words: Sequence[Word], i: int) -> str | None:
    """Return the name in "… with Russia-emphasized Duda.", where the spaces around the dash are lost."""
    rest = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    is_name = 0 < len(rest) <= _LONGEST_TITLE and all(w.capital for w in rest)
    return noun_phrase(plain, rest) if is_name and plain[words[i].start - 1] == "-" else None


def _closes_aside(plain: str, before: Sequence[Word]) -> bool:
    """Whether the dash closes an aside and no quotation: "Brandt - who runs the town - claimed"."""
    n = next((n for n, w in enumerate(before) if w.clause == before[-1].clause), 0)
    opened = plain[before[n - 1].end : before[n].start].strip() if n else ""
    return opened in DASHES and before[n].key in {"who", "whose", "which", "where"}


def _is_title(plain: str, words: Sequence[Word], i: int) -> bool:
    """Whether the title of a newspaper in quotation marks follows the verb."""
    is_marked = plain[words[i].end : words[i + 1].start].strip() == '"'
    title = plain[words[i + 1].start :].partition('"')[0]
    return is_marked and words[i + 1].capital and len(title.split()) <= _LONGEST_TITLE


def _is_plainly_inverted(words: Sequence[Word], i: int) -> bool:
    """Whether the verb comes before its speaker without a quotation: "…, said the mayor", "…, announced Brandt"."""
    rest = [w for w in words[i + 1 :] if w.clause == words[i].clause]
    is_name = words[i].key in _NAMED and all(w.capital for w in rest)
    return words[i].key in INVERTED or is_name or (words[i].key in _OPINING and words[i + 1].capital)


def _is_statement(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether, without quotation marks, a whole statement precedes the verb and only a name follows it."""
    if not before:
        return False
    opening = [w for w in before if w.sentence == before[-1].sentence]
    clause = [w for w in opening if w.clause == opening[0].clause]
    has_verb = any(w.key in VERBISH or w.key in CLEAR or is_past(w) for w in clause)
    has_verb = has_verb or all(w.capital for w in after)  # "There's no aid, said Anna Brandt"
    return len(after) <= 8 and has_verb and not any(w.key in VERBISH for w in after)


def ends_soon(words: Sequence[Word], i: int) -> bool:
    """Whether little follows verb number ``i`` in its sentence.

    It may be followed by whom it was said to, when or where, and a clause with "as" or "when".
    """
    rest = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    meanwhile = (n for n, w in enumerate(rest) if w.key in MEANWHILE and w.clause == words[i].clause + 1)
    rest = rest[: next((n for n in meanwhile if not n or rest[n - 1].clause == words[i].clause), len(rest))]
    light = TIMES | LEADS | {"the", "a", "its"}
    weighty = [w for w in rest if w.key not in light and not w.number]
    return len(weighty) <= 3 and not any(w.key in VERBISH or w.key == "that" for w in rest)
