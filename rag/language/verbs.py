"""Decide whether a word is a finite verb that reports what somebody says.

- verbs that report by themselves: "said", "warned", "insisted" (``CLEAR``)
- forms that are also nouns, after a name or pronoun or before "that": "Brandt claims", "the paper notes that"
- plural subjects: "officials believe"
- the last word of the sentence: "…, an agency's correspondent reports"
- phrases: "was convinced that", "was warning that", "was the first to report", "made the claim that"
- verbs that report by what follows them (``rag.language.complements``)

Rejects nouns ("Russian fears"), forms that report nothing because of the words around them
(``rag.language.nonreports``) and other senses of the verb (``rag.language.senses``).

Leaves out: reporting verbs that are not in ``rag.lexicon.reporting``, unless "that" follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.complements import by_what_follows, statement_follows
from rag.language.nonreports import describes_noun, is_ruled_out
from rag.language.senses import is_other_sense
from rag.language.words import Word, key_at, lemma_of
from rag.lexicon import word_set
from rag.lexicon.places import is_demonym
from rag.lexicon.reporting import (
    AMBIGUOUS,
    BASE,
    BE,
    CLEAR,
    FINDING,
    LEADS,
    PRONOUNS,
    SKIPPED,
    SOURCES,
    STATES_OF_MIND,
    VERBISH,
    WITH_THAT,
)

# Forms that are nouns more often than verbs; they report only after a pronoun.
_NOUN_LIKE = word_set("states found finds notes estimates calls shows")
# Lemmas of all reporting verbs.
_REPORTING = {lemma_of(key) for key in CLEAR | WITH_THAT | AMBIGUOUS}
# Base forms that are also nouns: "the suspect", "hope".
_NOUN_BASE = word_set("suspect fear hope claim report")
# Plural nouns that look like present forms.
_SAYINGS = {"comments", "remarks", "posts"}
# Verbs whose "-ing" form with a quotation is no report: "was finding the 'lunatics'".
_MENTAL = word_set("feel see agree call ask show find write post")
# Objects of "made" that are a report before "that": "made the claim that".
_MADE = word_set("claims claim statement statements allegations allegation announcement remarks")
# "-ing" forms that report after a form of "be": "was warning that".
_PROGRESSIVE = word_set("calling urging warning saying claiming demanding insisting arguing accusing predicting")
# The words between "was" and the verb in "was the first to report".
_FIRST_TO = ("the", "first", "to")
# Verbs of "was the first to report".
_BREAKS_NEWS = word_set("report say announce confirm reveal publish")


def reports(words: Sequence[Word], i: int, quotations: Sequence[tuple[int, int]]) -> bool:
    """Whether word number ``i`` is a finite reporting verb with somebody as its subject.

    ``quotations`` are the (start, end) offsets of the quotations in the text.
    """
    word = words[i]
    if anchor(words, i) != i:
        return True
    is_name = (word.capital and not word.initial) or word.joined  # the United States, so-called
    if is_name or is_ruled_out(words, i) or is_other_sense(words, i):
        return False
    return by_what_follows(words, i, quotations) or _by_itself(words, i)


def _by_itself(words: Sequence[Word], i: int) -> bool:
    """Whether the verb reports whatever follows, or because of its subject."""
    word, nxt = words[i], key_at(words, i + 1)
    before = words[i - 1] if i and words[i - 1].clause == word.clause else None
    if nxt == "that" and key_at(words, i + 2) == "of":  # "echoes that of last year"
        return False
    if word.key in CLEAR:
        quotes_after = _quotes_next(words, i)
        is_passive_as = nxt == "as" and words[i + 1].clause == word.clause and not _follows_which(words, i)
        is_complete = not is_passive_as and _is_complete(word.key, nxt, quotes_after=quotes_after)
        return is_complete and not describes_noun(words, i)
    if before and word.key in BASE and _is_plural(words[:i]):
        return True
    if _is_noun(word, before, words[:i]):
        return False
    if word.key in WITH_THAT | AMBIGUOUS | FINDING and _closes(words, i):
        return True
    is_form = word.key.endswith("s") and word.key not in WITH_THAT | _SAYINGS
    is_present = is_form and word.lemma in _REPORTING and nxt == "that"
    is_after_aside = i > 0 and before is None and words[i - 1].sentence == word.sentence
    if is_after_aside and nxt == "that" and word.key in AMBIGUOUS - FINDING:
        before = words[i - 1]  # an aside has just closed: "The paper, for example, reports that"
    reports_here = _reports_here(before, word.key, nxt) or (nxt == "that" and _follows_and(words, i))
    return (word.key in AMBIGUOUS or is_present) and reports_here


def _follows_and(words: Sequence[Word], i: int) -> bool:
    """Whether the verb follows "and" at the beginning of a clause: "The law comes in May, and states that"."""
    joins = i > 1 and words[i - 1].key in {"and", "but"} and words[i - 1].clause == words[i].clause
    return joins and words[i - 2].clause != words[i].clause


def _follows_which(words: Sequence[Word], i: int) -> bool:
    """Whether "which" comes before the verb in its clause: "a job, which Brandt described as".

    Without it, "described as" is a passive whose subject is the job.
    """
    return any(w.key == "which" for w in words[:i] if w.clause == words[i].clause)


def _is_noun(word: Word, before: Word | None, earlier: Sequence[Word]) -> bool:
    """Whether the form is a noun: "fears" in "Russian fears", "suspect" in "the Russian suspect"."""
    if word.key in AMBIGUOUS and before and is_demonym(before.key):
        return True
    is_subject = before is not None and (before.key in PRONOUNS or _is_plural(earlier))
    return word.key in _NOUN_BASE and not is_subject


def opens_quotation(words: Sequence[Word], i: int) -> bool:
    """Whether a quotation follows in the sentence, even of one word: "called the vote 'fraudulent'"."""
    return any(w.initial and w.clause != words[i].clause for w in words[i + 1 :] if w.sentence == words[i].sentence)


def _quotes_next(words: Sequence[Word], i: int) -> bool:
    """Whether the verb's clause ends at an opening quotation mark rather than at a comma or bracket."""
    nxt = next((w for w in words[i + 1 :] if w.clause != words[i].clause), None)
    return nxt is not None and nxt.initial and nxt.sentence == words[i].sentence


def _is_plural(before: Sequence[Word]) -> bool:
    """Whether the word before the verb is a plural or "they": "officials", "they too"."""
    last = next((w.key for w in reversed(before) if w.key not in SKIPPED), "")
    return last == "they" or (last == before[-1].key and last.endswith("s") and not last.endswith("ss"))


def anchor(words: Sequence[Word], i: int) -> int:
    """Return the index of the word before which the speaker stands.

    That is ``i`` itself, or the "was" of "was convinced that", "was warning that" and "was the first to report", or the
    "made" of "made the claim that".
    """
    key, before = words[i].key, [w.key for w in words[max(0, i - 4) : i] if w.clause == words[i].clause]
    if key in _MADE and key_at(words, i + 1) == "that" and "made" in before[-3:]:
        return i - before[::-1].index("made") - 1
    if before and before[-1] in BE and _is_progressive_report(words, i):
        return i - 1
    if key in _BREAKS_NEWS and len(before) == 4 and tuple(before[1:]) == _FIRST_TO and before[0] in BE:
        return i - 4
    if key in STATES_OF_MIND and before and i + 1 < len(words):
        to_be = i - 2 if len(before) > 1 and before[-1].endswith("ly") else i - 1
        if words[to_be].key in BE and (words[i + 1].key == "that" or statement_follows(words, i)):
            return to_be
    return i


def _is_progressive_report(words: Sequence[Word], i: int) -> bool:
    """Whether an "-ing" form reports: "was warning that", "is calling for", "was decrying the 'lunatics'"."""
    key, nxt = words[i].key, key_at(words, i + 1)
    if key in _PROGRESSIVE:
        return key != "calling" or nxt in {"on", "for"}
    is_telling = key.endswith("ing") and words[i].lemma in _REPORTING
    return is_telling and (nxt == "that" or (opens_quotation(words, i) and words[i].lemma not in _MENTAL))


def _closes(words: Sequence[Word], i: int) -> bool:
    """Whether the verb is the last word of the sentence, in a short clause of its own.

    An example is "…, an agency's correspondent reports."
    """
    clause = [w for w in words[:i] if w.clause == words[i].clause]
    is_noun = words[i].key in _NOUN_LIKE and not any(w.key in SOURCES for w in clause)
    if is_noun or (i + 1 < len(words) and words[i + 1].sentence == words[i].sentence):
        return False
    own = bool(clause) and any(w.sentence == words[i].sentence for w in words[: i - len(clause)])
    least = 1 if clause and clause[-1].key in PRONOUNS else 2
    return own and least <= len(clause) <= 6 and not any(w.key in VERBISH for w in clause)


def _is_complete(key: str, nxt: str, *, quotes_after: bool) -> bool:
    """Whether the verb has the words it needs to report.

    "point" needs "out"; "called" needs "on", "for" or a quotation ("called it 'fraudulent'").
    """
    if key == "called":
        return nxt in {"on", "for"} or quotes_after
    return key not in {"pointed", "points"} or nxt == "out"


def _reports_here(before: Word | None, key: str, nxt: str) -> bool:
    if nxt == "that":  # "the ministry claims that", not "amid claims that"
        if before is None or before.key in VERBISH or before.key in LEADS:
            return False
        return before.capital or not before.key.endswith(("s", "ed", "ing"))
    return (
        before is not None
        and (key not in _NOUN_LIKE or before.key in PRONOUNS)
        and (before.capital or before.key in PRONOUNS)
        and (nxt not in {"of", "to"} or (key in {"claim", "claims"} and nxt == "to"))
    )
