"""Where a word is a verb that reports what somebody says, and not the same form in another sense."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.complements import by_what_follows, statement_follows
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
    TIMES,
    VERBISH,
    WITH_THAT,
)

_SOON = 5
_NOUN_LIKE = word_set("states found finds notes estimates calls shows")
_NEVER_BEFORE = word_set(
    "to not n't the a an its his her their of by in for with would will should can could may might must let did no any "
    "about over amid on at from against between new latest"
)
_REPORTING = {lemma_of(key) for key in CLEAR | WITH_THAT | AMBIGUOUS}
_PARTICLES = word_set("out off up down as again")
_NOUN_BASE = word_set("suspect fear hope claim report")
_NO_NOUN = word_set("said says told tells wrote writes thinks thought believes")
_SAYINGS = {"comments", "remarks", "posts"}
_DOUBTED = word_set("believe think expect")
_MENTAL = word_set("feel see agree call ask show find write post")
_ASKING = word_set("do does did should would could can will might must shall")
_MADE = word_set("claims claim statement statements allegations allegation announcement remarks")
_GOING_ON = word_set("calling urging warning saying claiming demanding insisting arguing accusing predicting")
_FIRST_TO = ("the", "first", "to")
_BREAKS_NEWS = word_set("report say announce confirm reveal publish")


def reports(words: Sequence[Word], i: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """Whether the word is a finite reporting verb with somebody for its subject."""
    word = words[i]
    if anchor(words, i) != i:
        return True
    is_name = (word.capital and not word.initial) or word.joined  # the United States, so-called
    if is_name or _is_no_verb(words, i) or is_other_sense(words, i):
        return False
    return by_what_follows(words, i, hidden) or _by_itself(words, i)


def _by_itself(words: Sequence[Word], i: int) -> bool:
    """Verbs that report alone, or after the right subject."""
    word, nxt = words[i], key_at(words, i + 1)
    before = words[i - 1] if i and words[i - 1].clause == word.clause else None
    if nxt == "that" and key_at(words, i + 2) == "of":  # "echoes that of last year"
        return False
    if word.key in CLEAR:
        quotes_after = _quotes_next(words, i)
        is_of_it = nxt == "as" and words[i + 1].clause == word.clause and not _follows_which(words, i)
        is_complete = not is_of_it and _is_complete(word.key, nxt, quotes_after=quotes_after)
        return is_complete and not (_is_relative(words, i) or _is_about_it(words, i) or _is_participle(words, i))
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
    reports_here = _reports_here(before, word.key, nxt) or (nxt == "that" and _goes_on(words, i))
    return (word.key in AMBIGUOUS or is_present) and reports_here


def _goes_on(words: Sequence[Word], i: int) -> bool:
    """Right behind the "and" of a new clause: "The law comes in May, and states that"."""
    joins = i > 1 and words[i - 1].key in {"and", "but"} and words[i - 1].clause == words[i].clause
    return joins and words[i - 2].clause != words[i].clause


def _follows_which(words: Sequence[Word], i: int) -> bool:
    """In "a job, which Brandt described as"; without it the job is what was "described as"."""
    return any(w.key == "which" for w in words[:i] if w.clause == words[i].clause)


def _is_noun(word: Word, before: Word | None, earlier: Sequence[Word]) -> bool:
    """The "fears" of "Russian fears" and the "suspect" of "the Russian suspect"."""
    if word.key in AMBIGUOUS and before and is_demonym(before.key):
        return True
    is_subject = before is not None and (before.key in PRONOUNS or _is_plural(earlier))
    return word.key in _NOUN_BASE and not is_subject


def opens_quotation(words: Sequence[Word], i: int) -> bool:
    """A quotation mark after the verb, if only around a word: "called the vote 'fraudulent'"."""
    return any(w.initial and w.clause != words[i].clause for w in words[i + 1 :] if w.sentence == words[i].sentence)


def _quotes_next(words: Sequence[Word], i: int) -> bool:
    """Whether a quotation ends the verb's clause, and no comma or bracket does."""
    nxt = next((w for w in words[i + 1 :] if w.clause != words[i].clause), None)
    return nxt is not None and nxt.initial and nxt.sentence == words[i].sentence


def _is_about_it(words: Sequence[Word], i: int) -> bool:
    """Of "a shortage that readers told us about", where what it is about stands before."""
    rest = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    return bool(rest) and len(rest) <= _SOON and rest[-1].key in {"about", "of"} and rest[-1].clause == words[i].clause


def _is_participle(words: Sequence[Word], i: int) -> bool:
    """Of "with 680 cases reported yesterday": after its noun, and with nothing behind it but when."""
    if not words[i].key.endswith("ed") or i < 2 or words[i - 1].clause != words[i].clause:
        return False
    clause = [w for w in words if w.clause == words[i].clause and w.sentence == words[i].sentence]
    is_held = any(w.key in {"with", "than"} for w in clause if w.start < words[i].start)
    return is_held and all(w.key in TIMES or w.number for w in clause if w.start > words[i].start)


def _is_plural(before: Sequence[Word]) -> bool:
    """Of "officials" and "they too"."""
    last = next((w.key for w in reversed(before) if w.key not in SKIPPED), "")
    return last == "they" or (last == before[-1].key and last.endswith("s") and not last.endswith("ss"))


def anchor(words: Sequence[Word], i: int) -> int:
    """Where the verb begins whose subject speaks: the "was" of "was convinced that", "was the first to report"."""
    key, before = words[i].key, [w.key for w in words[max(0, i - 4) : i] if w.clause == words[i].clause]
    if key in _MADE and key_at(words, i + 1) == "that" and "made" in before[-3:]:
        return i - before[::-1].index("made") - 1
    if before and before[-1] in BE and _is_going_on(words, i):
        return i - 1
    if key in _BREAKS_NEWS and len(before) == 4 and tuple(before[1:]) == _FIRST_TO and before[0] in BE:
        return i - 4
    if key in STATES_OF_MIND and before and i + 1 < len(words):
        to_be = i - 2 if len(before) > 1 and before[-1].endswith("ly") else i - 1
        if words[to_be].key in BE and (words[i + 1].key == "that" or statement_follows(words, i)):
            return to_be
    return i


def _is_going_on(words: Sequence[Word], i: int) -> bool:
    """The second word of "was warning that", "is calling for", "was decrying the 'lunatics'"."""
    key, nxt = words[i].key, key_at(words, i + 1)
    if key in _GOING_ON:
        return key != "calling" or nxt in {"on", "for"}
    is_telling = key.endswith("ing") and words[i].lemma in _REPORTING
    return is_telling and (nxt == "that" or (opens_quotation(words, i) and words[i].lemma not in _MENTAL))


def _closes(words: Sequence[Word], i: int) -> bool:
    """The last word of the sentence, in a short clause of its own: "…, an agency's correspondent reports."."""
    clause = [w for w in words[:i] if w.clause == words[i].clause]
    is_noun = words[i].key in _NOUN_LIKE and not any(w.key in SOURCES for w in clause)
    if is_noun or (i + 1 < len(words) and words[i + 1].sentence == words[i].sentence):
        return False
    own = bool(clause) and any(w.sentence == words[i].sentence for w in words[: i - len(clause)])
    least = 1 if clause and clause[-1].key in PRONOUNS else 2
    return own and least <= len(clause) <= 6 and not any(w.key in VERBISH for w in clause)


def _is_no_verb(words: Sequence[Word], i: int) -> bool:
    """What stands before shows that nobody says anything here: "to say", "is said", "the UN's claims"."""
    before = words[i - 1] if i and words[i - 1].clause == words[i].clause else None
    if before is None:
        return False
    after = [w.key for w in words[i + 1 : i + 3] if w.clause == words[i].clause]
    if len(after) > 1 and after[0] == "that" and after[1] in _PARTICLES:
        return True  # "ruled that out"
    is_owned = words[i].place == before.place + 2 and words[i].key not in _NO_NOUN  # but "Wendy's said"
    first = next(w for w in words if w.sentence == words[i].sentence)
    if words[i].lemma == words[i].key and first.key in _ASKING:  # "Should the mayor say so?"
        return True
    doubts = before.key in {"not", "n't"} and words[i].key in _DOUBTED  # "does not believe"
    never = (before.key in _NEVER_BEFORE and not doubts) or before.key in BE
    return never or is_owned or _is_passive(words, i) or _is_denied(words, i)


def _is_denied(words: Sequence[Word], i: int) -> bool:
    """In "has not directly claimed" nothing is."""
    return i > 1 and words[i - 1].key.endswith("ly") and words[i - 2].key in {"not", "never"}


def _is_complete(key: str, nxt: str, *, quotes_after: bool) -> bool:
    """Some verbs report only with their particle: "pointed out", "called for"; or "called it" with a quotation."""
    if key == "called":
        return nxt in {"on", "for"} or quotes_after
    return key not in {"pointed", "points"} or nxt == "out"


def _is_passive(words: Sequence[Word], i: int) -> bool:
    return i > 1 and words[i - 2].key in BE and (words[i - 1].key.endswith("ly") or words[i - 1].key in SKIPPED - BE)


def _is_relative(words: Sequence[Word], i: int) -> bool:
    """The verb's object stands before it ("the date that he announced in March"), so nothing is reported."""
    opener = words[i - 2].key if i > 1 else ""
    nxt = words[i + 1].key if i + 1 < len(words) and words[i + 1].sentence == words[i].sentence else ""
    return opener in {"that", "which", "as", "what"} and words[i - 1].key in PRONOUNS and (not nxt or nxt in LEADS)


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
