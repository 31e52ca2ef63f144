"""Whose verb it is: the words before or after a verb that name who does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.language.times import words_in_dates
from rag.language.words import Word, is_past
from rag.lexicon import word_set
from rag.lexicon.reporting import LEADS, OPENERS, SKIPPED, STOPPERS, TIMES, VERBISH

_LONGEST = 14
_RELATIVES = {"what", "which", "whom", "where", "how", "why", "than"}
_PRONOUNS = {"he", "she", "they", "i", "we"}
_DETERMINERS = word_set("the a an this that these those his her its their our my of and many some most more")
_DASHES = {"-", "–", "—"}
_PREPOSITIONS = word_set("on in at by late early last since earlier later")


def text_of(plain: str, words: Sequence[Word]) -> str | None:
    """The words as printed, from the first to the last; None where they hold no letter but an article."""
    if not words or all(w.key in {"the", "a", "an"} for w in words):
        return None
    text = plain[words[0].start : words[-1].end]
    return text if any(c.isalpha() for c in text) else None


def noun_phrase(plain: str, words: Sequence[Word]) -> str | None:
    """What begins at the first word: up to a mark, a verb, a time or a word that opens a clause."""
    taken: list[Word] = []
    for word in words:
        if taken and (word.clause != taken[0].clause or len(taken) >= _LONGEST):
            break
        is_time = word.key in TIMES and word.key != "may" and not word.joined
        if word.key in STOPPERS or word.key in VERBISH or is_time:
            break
        if taken and _is_regular_past(word) and taken[-1].key not in _DETERMINERS:
            break
        taken.append(word)
    while taken and _is_light(taken[-1]):
        taken.pop()
    return text_of(plain, taken)


def _is_light(word: Word) -> bool:
    return word.key in LEADS or word.key in SKIPPED or (word.key.endswith("ly") and not word.capital)


def _is_regular_past(word: Word) -> bool:
    return not word.capital and word.key.endswith("ed") and word.lemma != word.key


def subject(plain: str, words: Sequence[Word], verb: Word, *, is_told: bool = False) -> str | None:
    """Who stands before ``verb``; ``words`` are all the words before it.

    ``is_told``: a "which" before the subject is what is said to be so ("…, which Brandt said was 'closed'").

    Where a comma stands right before the verb, an aside has just closed and the subject is before the aside
    ("Anna Brandt, who runs the town, said"); after "and" it is the subject of the sentence.
    """
    before = _without_brackets(plain, [w for w in words if w.sentence == verb.sentence])
    core = _without_auxiliaries(_without_date(plain, words, before, verb))
    if not core:
        return None
    if core[-1].key in {"and", "but"}:
        return of_sentence(plain, core)
    gap = plain[core[-1].end : verb.start]
    if any(dash in gap for dash in _DASHES) and (named := _before_dash(plain, core)):
        return _right_before(plain, named, is_told=False)
    if "," in gap:
        return _before_aside(plain, core)
    found = _right_before(plain, core, is_told=is_told)
    return _with_list(plain, core, found) if found else None


def _before_dash(plain: str, words: Sequence[Word]) -> list[Word]:
    """What stands before an aside between dashes: "Brandt - who has led the town since May - said"."""
    opened = [n for n in range(1, len(words)) if plain[words[n - 1].end : words[n].start].strip() in _DASHES]
    return list(words[: opened[-1]]) if opened else []


def _without_brackets(plain: str, words: Sequence[Word]) -> list[Word]:
    """Drops "(83%)", which stands between a subject and its verb without ending anything."""
    held: list[Word] = []
    shift = 0
    for word in words:
        depth = plain.count("(", words[0].start, word.start) - plain.count(")", words[0].start, word.start)
        if depth > 0:
            continue
        gap = plain[held[-1].end : word.start] if held else ""
        if gap.lstrip().startswith("(") and gap.rstrip().endswith(")"):
            shift = word.clause - held[-1].clause
        held.append(replace(word, clause=word.clause - shift))
    return held or list(words)


def _with_list(plain: str, words: Sequence[Word], last: str) -> str | None:
    """All of "Brandt, Lind and Holm", of which the end was found."""
    clauses = _clauses(words)
    if len(clauses) < 2 or " and " not in last:
        return last
    n = len(clauses) - 1
    while n and _goes_on(plain, clauses[n - 1], clauses[n]):
        n -= 1
    return text_of(plain, [w for clause in clauses[n:] for w in clause]) if n < len(clauses) - 1 else last


def _goes_on(plain: str, item: Sequence[Word], nxt: Sequence[Word]) -> bool:
    """Whether a clause is but an item of a list: a name or a noun with a comma behind it."""
    is_open = plain[item[-1].end : nxt[0].start].strip(" ()%") == ","
    no_item = VERBISH | TIMES | (STOPPERS - {"than"})
    opens = item[0].key in OPENERS or item[0].key in LEADS
    return is_open and len(item) <= 6 and not opens and not any(w.key in no_item for w in item)


def _without_date(plain: str, words: Sequence[Word], before: Sequence[Word], verb: Word) -> Sequence[Word]:
    """Drops "on August 26, 2022" right before the verb, in which a comma ends no clause."""
    if before and plain[before[-1].end : verb.start].strip():
        return before
    dated = words_in_dates(plain)
    end = len(before)
    first = len(words) - len(before)
    while end and first + end - 1 in dated:
        end -= 1
    if end < len(before) and end and before[end - 1].key in _PREPOSITIONS:
        end -= 1
    return before[:end]


def of_sentence(plain: str, words: Sequence[Word], up_to: Callable[[Sequence[Word]], int] | None = None) -> str | None:
    """The subject of the whole sentence: what begins it, or what follows the phrase that opens it.

    ``up_to`` gives the number of words that may belong to it.
    """
    named = list(words)
    if named[0].key in OPENERS or named[0].key == "to":
        later = [w for w in named if w.clause != named[0].clause]
        opened = plain[: later[0].start].rstrip().endswith(",") if later else False
        named = later if opened else named
    named = without_lead(named)
    return noun_phrase(plain, named[: up_to(named)] if up_to else named)


def first_verb(words: Sequence[Word]) -> int:
    """Where the first verb in a past form stands; the number of words where there is none."""
    return next((n for n, w in enumerate(words) if n and is_past(w)), len(words))


def _right_before(plain: str, words: Sequence[Word], *, is_told: bool) -> str | None:
    """Back from the last word to a mark or a word that opens a clause."""
    taken: list[Word] = []
    for word in reversed(words):
        if word.clause != words[-1].clause or word.key in STOPPERS or len(taken) > _LONGEST:
            break
        taken.insert(0, word)
    earlier = words[: len(words) - len(taken)]
    is_relative = bool(earlier) and earlier[-1].key in _RELATIVES and earlier[-1].clause == words[-1].clause
    if is_relative and not (is_told and earlier[-1].key == "which"):
        return None
    named = _after_last_verb(without_lead(taken))
    if name := _name_with_role(plain, earlier, named):
        return text_of(plain, name)
    return text_of(plain, named)


def _name_with_role(plain: str, earlier: Sequence[Word], role: Sequence[Word]) -> Sequence[Word] | None:
    """The name before a role that no comma closes: "As Anna Brandt, head of the port told us"."""
    if not earlier or not role or role[0].capital or role[0].key.endswith("s") or role[0].key in _DETERMINERS:
        return None
    clause = _after_stopper([w for w in earlier if w.clause == earlier[-1].clause])
    return clause if clause and len(role) > 1 and _is_named(plain, clause, role) else None


def _before_aside(plain: str, words: Sequence[Word]) -> str | None:
    """Both of "the mayor, Anna Brandt, said", but only the name of "Anna Brandt, who runs the town, said"."""
    clauses = _clauses(words)
    aside = clauses[-1]
    for n in range(len(clauses) - 2, -1, -1):
        named = without_lead(_after_stopper(clauses[n]))
        is_open = plain[clauses[n][-1].end : clauses[n + 1][0].start].strip() == ","
        if is_open and clauses[n][-1].key in {"and", "but"}:  # "She was asked and, after a pause, said"
            return of_sentence(plain, words)
        if not is_open or not named or any(w.key in VERBISH for w in named) or (n and named[0].key in OPENERS):
            continue
        first = _first_name(plain, clauses, n) if named[0].key not in _DETERMINERS else n
        named = clauses[first] if first < n else named
        is_name = first == len(clauses) - 2 and _is_name_of(named, aside)
        return text_of(plain, [*named, *aside] if is_name else named)
    return of_sentence(plain, words) if aside[0].key in OPENERS else text_of(plain, without_lead(aside))


def _first_name(plain: str, clauses: Sequence[Sequence[Word]], n: int) -> int:
    """Back over asides to the name: "Anna Brandt, owner of a firm, a company that trains guides, said"."""
    while n and _is_named(plain, clauses[n - 1], clauses[n]):
        n -= 1
    return n


def _is_named(plain: str, clause: Sequence[Word], nxt: Sequence[Word]) -> bool:
    """Whether the clause is but a name with a comma behind it."""
    is_open = plain[clause[-1].end : nxt[0].start].strip() == ","
    return is_open and all(w.capital and w.key not in TIMES | OPENERS | LEADS for w in clause)


def _is_name_of(role: Sequence[Word], aside: Sequence[Word]) -> bool:
    """Of "the mayor, Anna Brandt" and "the mediator, former judge Klara Winge"."""
    is_role = role[0].key in _DETERMINERS or not role[-1].capital
    is_named = aside[-1].capital and not any(w.key in VERBISH | OPENERS | SKIPPED | {"of", "to"} for w in aside)
    return is_role and is_named


def _after_stopper(words: Sequence[Word]) -> list[Word]:
    """From "His claims come as the mayor" what follows "as"."""
    opens = [n for n, w in enumerate(words) if w.key in STOPPERS]
    return list(words[opens[-1] + 1 :]) if opens else list(words)


def _clauses(words: Sequence[Word]) -> list[list[Word]]:
    clauses: list[list[Word]] = []
    for word in words:
        if clauses and clauses[-1][-1].clause == word.clause:
            clauses[-1].append(word)
        else:
            clauses.append([word])
    return clauses


def _without_auxiliaries(words: Sequence[Word]) -> Sequence[Word]:
    end = len(words)
    while end and words[end - 1].key in {"n't", "not", "do", "does", "did"}:
        end -= 1
    while end and (words[end - 1].key in SKIPPED or (words[end - 1].key.endswith("ly") and not words[end - 1].capital)):
        end -= 1
        end -= end > 0 and words[end].key.endswith("ly") and words[end - 1].key in {"most", "more", "very"}
    timed = end
    while end and words[end - 1].key in TIMES:
        end -= 1
    while timed > end and end and words[end - 1].key in _PREPOSITIONS:
        end -= 1
    return words[:end]


def _after_last_verb(words: list[Word]) -> list[Word]:
    """Nothing before the last finite verb is the subject ("is in a film in which he insists")."""
    verbs = [i for i, w in enumerate(words) if w.key in VERBISH or _is_verb(words, i)]
    rest = words[verbs[-1] + 1 :] if verbs else words
    joined = [i for i, w in enumerate(rest) if w.key in {"and", "but"}] if verbs else []
    rest = rest[joined[-1] + 1 :] if joined else rest  # "the talks did succeed in this and the minister said"
    while rest and rest[0].key in {"n't", "not"}:
        rest = rest[1:]
    return rest[-1:] if rest and rest[-1].key in _PRONOUNS else rest or words


def _is_verb(words: Sequence[Word], i: int) -> bool:
    """In "the paper quoted experts who thought", and not in "the exiled leader" or "those held by the army"."""
    if not 0 < i < len(words) - 1 or not _is_regular_past(words[i]) or words[i - 1].key in _DETERMINERS:
        return False
    return (
        words[i + 1].key not in OPENERS
        and words[i - 1].place == words[i].place - 1
        and not words[i - 1].key.endswith("ly")
    )


def without_lead(words: list[Word]) -> list[Word]:
    """Drop "But on Monday" before the subject."""
    while words and words[0].key in LEADS:
        lead, words = words[0], words[1:]
        if lead.key in _PREPOSITIONS:
            words = _without_time(words)
    return words


def _without_time(words: list[Word]) -> list[Word]:
    while words and (words[0].key in TIMES or words[0].number or words[0].key in {"late", "early", "last", "a", "the"}):
        if words[0].key in {"a", "the"} and not (len(words) > 1 and words[1].key in TIMES):
            break
        words = words[1:]
    return words
