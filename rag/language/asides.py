"""What stands between a subject and its verb without ending it: asides, brackets, dashes, lists, roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.language.phrases import of_sentence, text_of, without_lead
from rag.language.words import Word
from rag.lexicon.reporting import DASHES, DETERMINERS, LEADS, OPENERS, SKIPPED, STOPPERS, TIMES, VERBISH

_RELATIVES = {"who", "which", "whose", "where"}
_BRACKETS = re.compile(r"\([^)]*\)")


def without_brackets(plain: str, words: Sequence[Word]) -> list[Word]:
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


def before_dash(plain: str, words: Sequence[Word]) -> list[Word]:
    """What stands before an aside between dashes: "Brandt - who has led the town since May - said"."""
    opened = [n for n in range(1, len(words)) if plain[words[n - 1].end : words[n].start].strip() in DASHES]
    return list(words[: opened[-1]]) if opened else []


def agent_of(words: Sequence[Word]) -> list[Word]:
    """The council of "It was confirmed by the council, who said"."""
    by = [n for n, w in enumerate(words) if w.key == "by" and w.clause == words[-1].clause]
    return list(words[by[-1] + 1 :]) if by else []


def with_list(plain: str, words: Sequence[Word], last: str) -> str | None:
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
    is_open = _is_comma(plain, item, nxt)
    no_item = VERBISH | TIMES | (STOPPERS - {"than"})
    opens = item[0].key in OPENERS or item[0].key in LEADS
    return is_open and len(item) <= 6 and not opens and not any(w.key in no_item for w in item)


def before_aside(plain: str, words: Sequence[Word]) -> str | None:
    """Both of "the mayor, Anna Brandt, said", but only the name of "Anna Brandt, who runs the town, said"."""
    clauses = _clauses(words)
    aside = clauses[-1]
    for n in range(len(clauses) - 2, -1, -1):
        named = without_lead(_after_stopper(clauses[n]))
        is_open = _is_comma(plain, clauses[n], clauses[n + 1])
        if is_open and clauses[n][-1].key in {"and", "but"}:  # "She was asked and, after a pause, said"
            return of_sentence(plain, words)
        is_other = any(w.key in VERBISH for w in named) or all(w.number for w in named)
        if not is_open or not named or is_other or named[0].key in _RELATIVES or (n and named[0].key in OPENERS):
            continue
        first = _first_name(plain, clauses, n) if named[0].key not in DETERMINERS else n
        named = without_lead(list(clauses[first])) if first < n else named
        is_name = first == len(clauses) - 2 and _is_name_of(named, aside)
        return text_of(plain, [*named, *aside] if is_name else named)
    return of_sentence(plain, words) if aside[0].key in OPENERS else text_of(plain, without_lead(aside))


def _is_comma(plain: str, clause: Sequence[Word], nxt: Sequence[Word]) -> bool:
    """Whether but a comma stands between two clauses, brackets apart."""
    return _BRACKETS.sub("", plain[clause[-1].end : nxt[0].start]).strip(" ()%") == ","


def _first_name(plain: str, clauses: Sequence[Sequence[Word]], n: int) -> int:
    """Back over asides to the name: "Anna Brandt, owner of a firm, a company that trains guides, said"."""
    while n and _is_named(plain, clauses[n - 1], clauses[n]):
        n -= 1
    return n


def _is_named(plain: str, clause: Sequence[Word], nxt: Sequence[Word]) -> bool:
    """Whether the clause is but a name with a comma behind it."""
    clause = without_lead(list(clause))
    if not clause or not _is_comma(plain, clause, nxt):
        return False
    return all(w.capital and w.key not in TIMES | OPENERS | LEADS for w in clause)


def _is_name_of(role: Sequence[Word], aside: Sequence[Word]) -> bool:
    """Of "the mayor, Anna Brandt" and "the mediator, former judge Klara Winge"."""
    is_role = role[0].key in DETERMINERS or not role[-1].capital
    is_named = aside[-1].capital and not any(w.key in VERBISH | OPENERS | SKIPPED | {"of", "to"} for w in aside)
    return is_role and is_named


def name_with_role(plain: str, earlier: Sequence[Word], role: Sequence[Word]) -> Sequence[Word] | None:
    """The name before a role that no comma closes: "As Anna Brandt, head of the port told us"."""
    if not earlier or not role or role[0].capital or role[0].key.endswith("s") or role[0].key in DETERMINERS:
        return None
    clause = _after_stopper([w for w in earlier if w.clause == earlier[-1].clause])
    return clause if clause and len(role) > 1 and _is_named(plain, clause, role) else None


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
