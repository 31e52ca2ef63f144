"""Handle what may stand between a subject and its verb: brackets, asides, lists and roles.

- brackets: "The party (83%) said"
- an aside between dashes: "Brandt - who has led the town since May - said"
- an aside between commas: "Anna Brandt, who runs the town, said"
- a name and a role, in either order: "the mayor, Anna Brandt, said"; "As Anna Brandt, head of the port told us"
- a list: "Brandt, Lind and Holm said"
- the agent of a passive: "It was confirmed by the council, who said"

Leaves out: asides inside asides, and lists whose items have more than six words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.language.phrases import after_last_noun, of_sentence, text_of, without_lead
from rag.language.words import Word
from rag.lexicon.reporting import DASHES, DETERMINERS, LEADS, OPENERS, SKIPPED, STOPPERS, TIMES, VERBISH

# Relative pronouns, which begin an aside.
_RELATIVES = {"who", "which", "whose", "where"}
# Text in round brackets.
_BRACKETS = re.compile(r"\([^)]*\)")


def without_brackets(plain: str, words: Sequence[Word]) -> list[Word]:
    """Remove words in brackets ("(83%)") and join the clauses on both sides."""
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
    """Return the words before an aside between dashes: "Brandt - who has led the town since May - said"."""
    opened = [n for n in range(1, len(words)) if plain[words[n - 1].end : words[n].start].strip() in DASHES]
    return list(words[: opened[-1]]) if opened else []


def agent_of(words: Sequence[Word]) -> list[Word]:
    """Return the words after "by": the council in "It was confirmed by the council, who said"."""
    by = [n for n, w in enumerate(words) if w.key == "by" and w.clause == words[-1].clause]
    return list(words[by[-1] + 1 :]) if by else []


def with_list(plain: str, words: Sequence[Word], last: str) -> str | None:
    """Return the whole list ("Brandt, Lind and Holm") whose last items are ``last``, or else ``last`` itself."""
    clauses = _clauses(words)
    if len(clauses) < 2 or " and " not in last:
        return last
    n = len(clauses) - 1
    while n and _is_list_item(plain, clauses[n - 1], clauses[n]):
        n -= 1
    return text_of(plain, [w for clause in clauses[n:] for w in clause]) if n < len(clauses) - 1 else last


def _is_list_item(plain: str, item: Sequence[Word], nxt: Sequence[Word]) -> bool:
    """Whether the clause is an item of a list: a short phrase without a verb, followed by a comma."""
    has_comma = _is_comma(plain, item, nxt)
    not_in_items = VERBISH | TIMES | (STOPPERS - {"than"})
    opens = item[0].key in OPENERS or item[0].key in LEADS
    return has_comma and len(item) <= 6 and not opens and not any(w.key in not_in_items for w in item)


def before_aside(plain: str, words: Sequence[Word]) -> str | None:
    """Return the subject before an aside that ends with a comma right before the verb.

    Both name and role in "the mayor, Anna Brandt, said", only the name in "Anna Brandt, who runs the town, said".
    """
    clauses = _clauses(words)
    aside = clauses[-1]
    for n in range(len(clauses) - 2, -1, -1):
        named = without_lead(_after_stopper(clauses[n]))
        if clauses[n][0].key in OPENERS:  # "In a statement its lawyer, Jan Lind, said"
            named = after_last_noun(named)
        has_comma = _is_comma(plain, clauses[n], clauses[n + 1])
        if has_comma and clauses[n][-1].key in {"and", "but"}:  # "She was asked and, after a pause, said"
            return of_sentence(plain, words)
        is_other = any(w.key in VERBISH for w in named) or all(w.number for w in named)
        if not has_comma or not named or is_other or named[0].key in _RELATIVES or (n and named[0].key in OPENERS):
            continue
        first = _first_name(plain, clauses, n) if named[0].key not in DETERMINERS else n
        named = without_lead(list(clauses[first])) if first < n else named
        is_name = first == len(clauses) - 2 and _is_name_of(named, aside)
        return text_of(plain, [*named, *aside] if is_name else named)
    return of_sentence(plain, words) if aside[0].key in OPENERS else text_of(plain, without_lead(aside))


def _is_comma(plain: str, clause: Sequence[Word], nxt: Sequence[Word]) -> bool:
    """Whether nothing but a comma, brackets apart, is between two clauses."""
    return _BRACKETS.sub("", plain[clause[-1].end : nxt[0].start]).strip(" ()%") == ","


def _first_name(plain: str, clauses: Sequence[Sequence[Word]], n: int) -> int:
    """Go back over several asides to the name: "Anna Brandt, owner of a firm, a company that trains guides, said"."""
    while n and _is_named(plain, clauses[n - 1], clauses[n]):
        n -= 1
    return n


def _is_named(plain: str, clause: Sequence[Word], nxt: Sequence[Word]) -> bool:
    """Whether the clause consists of a name only and ends with a comma."""
    clause = without_lead(list(clause))
    if not clause or not _is_comma(plain, clause, nxt):
        return False
    return all(w.capital and w.key not in TIMES | OPENERS | LEADS for w in clause)


def _is_name_of(role: Sequence[Word], aside: Sequence[Word]) -> bool:
    """Whether a name follows its role: "the mayor, Anna Brandt", "the mediator, former judge Klara Winge"."""
    is_role = role[0].key in DETERMINERS or not role[-1].capital
    is_named = aside[-1].capital and not any(w.key in VERBISH | OPENERS | SKIPPED | {"of", "to"} for w in aside)
    return is_role and is_named


def name_with_role(plain: str, earlier: Sequence[Word], role: Sequence[Word]) -> Sequence[Word] | None:
    """Return the name before a role that no comma closes, or None.

    For "As Anna Brandt, head of the port told us" that is "Anna Brandt".
    """
    if not earlier or not role or role[0].capital or role[0].key.endswith("s") or role[0].key in DETERMINERS:
        return None
    clause = _after_stopper([w for w in earlier if w.clause == earlier[-1].clause])
    return clause if clause and len(role) > 1 and _is_named(plain, clause, role) else None


def _after_stopper(words: Sequence[Word]) -> list[Word]:
    """Return the words after the last conjunction: "the mayor" of "His claims come as the mayor"."""
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
