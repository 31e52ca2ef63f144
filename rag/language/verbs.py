"""Where a word is a verb that reports what somebody says, and not the same form in another sense."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.complements import by_what_follows, statement_follows
from rag.language.words import Word, key_at, lemma_of
from rag.lexicon import word_set
from rag.lexicon.places import is_demonym
from rag.lexicon.reporting import (
    AMBIGUOUS,
    BASE,
    BE,
    CLEAR,
    FINITE,
    LEADS,
    OPEN_QUESTION,
    PRONOUNS,
    SKIPPED,
    STATES_OF_MIND,
    VERBISH,
    WITH_THAT,
)

_SOON = 5
_NOUN_LIKE = word_set("states found finds notes estimates calls shows")
_CLAIMED = word_set("responsibility victory credit lives asylum compensation the")
_OPENS_CLAUSE = word_set("that he she they it we i the a an this there his her their its")
_WHOM = word_set("him her them us me president prime minister")
_TAKEN = word_set("one a any access entry bail visa visas permission victory the entrance")
_NEVER_BEFORE = word_set(
    "to not n't the a an its his her their of by in for with would will should can could may might must let did no any"
)
_REPORTING = {lemma_of(key) for key in CLEAR | WITH_THAT | AMBIGUOUS}
_PARTICLES = word_set("out off up down as again")
_NOUN_BASE = word_set("suspect fear hope claim report")
_DOUBTED = word_set("believe think expect")
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
    if is_name or _is_no_verb(words, i) or _is_other_sense(words, i):
        return False
    return by_what_follows(words, i, hidden) or _by_itself(words, i, hidden)


def _by_itself(words: Sequence[Word], i: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """Verbs that report alone, or after the right subject."""
    word, nxt = words[i], key_at(words, i + 1)
    before = words[i - 1] if i and words[i - 1].clause == word.clause else None
    if word.key in CLEAR:
        quotes_after = any(a > word.start for a, _ in hidden) or opens_quotation(words, i)
        is_of_it = nxt == "as" and words[i + 1].clause == word.clause and not _follows_which(words, i)
        return not is_of_it and _is_complete(word.key, nxt, quotes_after=quotes_after) and not _is_relative(words, i)
    if before and word.key in BASE and _is_plural(words[:i]):
        return True
    if _is_noun(word, before, words[:i]):
        return False
    if word.key in WITH_THAT | AMBIGUOUS and _closes(words, i):
        return True
    is_present = word.key.endswith("s") and word.key not in WITH_THAT and word.lemma in _REPORTING and nxt == "that"
    return (word.key in AMBIGUOUS or is_present) and _reports_here(before, word.key, nxt)


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


def _is_plural(before: Sequence[Word]) -> bool:
    """Of "officials" and "they too"."""
    last = next((w.key for w in reversed(before) if w.key not in SKIPPED), "")
    return last == "they" or (last == before[-1].key and last.endswith("s") and not last.endswith("ss"))


def anchor(words: Sequence[Word], i: int) -> int:
    """Where the verb begins whose subject speaks: the "was" of "was convinced that", "was the first to report"."""
    key, before = words[i].key, [w.key for w in words[max(0, i - 4) : i] if w.clause == words[i].clause]
    if key in _MADE and key_at(words, i + 1) == "that" and "made" in before[-3:]:
        return i - before[::-1].index("made") - 1
    if key in _GOING_ON and before and before[-1] in BE and (key != "calling" or key_at(words, i + 1) in {"on", "for"}):
        return i - 1
    if key in _BREAKS_NEWS and len(before) == 4 and tuple(before[1:]) == _FIRST_TO and before[0] in BE:
        return i - 4
    if key in STATES_OF_MIND and before and i + 1 < len(words):
        to_be = i - 2 if len(before) > 1 and before[-1].endswith("ly") else i - 1
        if words[to_be].key in BE and (words[i + 1].key == "that" or statement_follows(words, i)):
            return to_be
    return i


def _closes(words: Sequence[Word], i: int) -> bool:
    """The last word of the sentence, in a short clause of its own: "…, an agency's correspondent reports."."""
    if words[i].key in _NOUN_LIKE or (i + 1 < len(words) and words[i + 1].sentence == words[i].sentence):
        return False
    clause = [w for w in words[:i] if w.clause == words[i].clause]
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
    is_owned = words[i].place == before.place + 2
    first = next(w for w in words if w.sentence == words[i].sentence)
    if words[i].lemma == words[i].key and first.key in _ASKING:  # "Should the mayor say so?"
        return True
    doubts = before.key in {"not", "n't"} and words[i].key in _DOUBTED  # "does not believe"
    never = (before.key in _NEVER_BEFORE and not doubts) or before.key in BE
    return never or is_owned or _is_passive(words, i) or _is_denied(words, i)


def _is_denied(words: Sequence[Word], i: int) -> bool:
    """In "has not directly claimed" nothing is."""
    return i > 1 and words[i - 1].key.endswith("ly") and words[i - 2].key in {"not", "never"}


def _is_other_sense(words: Sequence[Word], i: int) -> bool:  # noqa: PLR0911  (one line a verb)
    """The form has another sense here: a request, a deprivation, an adjective, or what somebody is let believe."""
    key, after = words[i].key, words[i + 1 : i + 1 + _SOON]
    nxt = after[0] if after else None
    match words[i].lemma:
        case "ask":
            is_question = any(w.key in OPEN_QUESTION for w in after) or bool(nxt and nxt.key in {"a", "the", "him"})
            return bool(nxt and nxt.clause == words[i].clause) and not is_question
        case "add":
            return _is_put_in(after)
        case "claim":
            return bool(nxt and nxt.key in _CLAIMED) and not any(w.key in FINITE for w in after)
        case "deny":
            return deprives(words, i)
        case "allege":
            return key == "alleged" and bool(nxt) and not (nxt and (nxt.capital or nxt.key in _OPENS_CLAUSE))
        case "believe" | "think" | "fear" | "hope":
            earlier = {w.key for w in words[max(0, i - 3) : i]}
            return bool(earlier & {"let", "lets", "letting", "make", "makes", "made", "making"}) or (
                key == "believed" and bool(nxt and nxt.key == "to")
            )
        case _:
            return False


def _is_put_in(after: Sequence[Word]) -> bool:
    """Of "added a name to the list"."""
    verb = next((n for n, w in enumerate(after) if w.key in FINITE or w.key == "that"), len(after))
    return any(w.key == "to" and w.clause == after[0].clause for w in after[:verb])


def deprives(words: Sequence[Word], i: int) -> bool:
    """Of "denied him entry" and "denied Brandt one of her aims": nothing is said not to be so."""
    after = words[i + 1 : i + 7]
    if not after or not (after[0].capital or after[0].key in _WHOM):
        return False
    whom = next((n for n, w in enumerate(after) if not w.capital and w.key not in _WHOM), len(after))
    return whom < len(after) and after[whom].key in _TAKEN


def _is_complete(key: str, nxt: str, *, quotes_after: bool) -> bool:
    """Some verbs report only with their particle: "pointed out", "called for"; or "called it" with a quotation."""
    if key == "called":
        return nxt in {"on", "for"} or quotes_after
    return key not in {"pointed", "points"} or nxt == "out"


def _is_passive(words: Sequence[Word], i: int) -> bool:
    return i > 1 and words[i - 2].key in BE and words[i - 1].key.endswith("ly")


def _is_relative(words: Sequence[Word], i: int) -> bool:
    """The verb's object stands before it ("the date that he announced in March"), so nothing is reported."""
    opener = words[i - 2].key if i > 1 else ""
    nxt = words[i + 1].key if i + 1 < len(words) and words[i + 1].sentence == words[i].sentence else ""
    return opener in {"that", "which", "as", "what"} and words[i - 1].key in PRONOUNS and (not nxt or nxt in LEADS)


def _reports_here(before: Word | None, key: str, nxt: str) -> bool:
    if nxt == "that":  # "the ministry claims that", not "amid claims that"
        return bool(before) and not (
            before and (before.key in VERBISH or before.key in LEADS or before.key.endswith(("s", "ed")))
        )
    return (
        before is not None
        and (key not in _NOUN_LIKE or before.key in PRONOUNS)
        and (before.capital or before.key in PRONOUNS)
        and (nxt not in {"of", "to"} or (key in {"claim", "claims"} and nxt == "to"))
    )
