"""Check that the evidence gives every person, place and organisation a claim names, in the same role.

- a name that is missing: "Keller resigned" against "Brandt resigned"
- two names exchanged: the same words around them, another name between
- other forms of a name are accepted: "Mr Brandt" for "Anna Brandt", "WHO" for "World Health Organization", "Russian"
  for "Russia", an abbreviation that the claim itself defines ("cardiothoracic ratio (CTR)")

Leaves out: different names of one thing ("the Kremlin" for "Moscow" is a finding), and two people with one surname.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rag.checks.finding import Finding
from rag.language.align import Slot, align
from rag.language.names import CONNECTORS, TITLES, Name, certain_names, is_demonym, names_of, same_name
from rag.language.words import Word, words_of
from rag.lexicon.places import SAME


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Return a finding for each name of the claim that the evidence does not give, or gives in another role."""
    findings = [Finding("names", f"name {name} is not in the evidence") for name in names_lacking(claim, evidence)]
    findings = [_with_rival(f, claim, evidence) for f in findings]
    return tuple(findings or _swapped(claim, evidence))


def names_lacking(text: str, evidence: str) -> tuple[str, ...]:
    """Return the names of ``text`` that ``evidence`` does not give in any form ("Mr Brandt", "WHO", "Russian")."""
    missing = (_missing(name, text, evidence) for name in names_of(text, certain_names(evidence)))
    return tuple(dict.fromkeys(name for name in missing if name))


def _missing(name: Name, text: str, evidence: str) -> str | None:
    """Return the name if the evidence lacks it, or None if it has it in this or another form."""
    words = words_of(evidence)
    keys = name.keys
    held = [_is_held(key, words) for key in keys]
    if (
        all(held)
        or _is_held("".join(keys), words)
        or _is_acronym_of(name, evidence)
        or _is_defined_in(text, name, words)
    ):
        return None
    if not any(held):
        return name.text
    # A bare "Brandt" supports "Anna Brandt", but "New York" does not support "New Jersey".
    if any(w.key in CONNECTORS for w in name.words):
        return name.text
    edges = {key for key, here in ((keys[0], held[0]), (keys[-1], held[-1])) if here and not is_demonym(key)}
    return None if any(_stands_alone(key, names_of(evidence)) for key in edges) else name.text


def _is_defined_in(text: str, name: Name, words: Sequence[Word]) -> bool:
    """Whether the text itself defines the abbreviation, from words the evidence has.

    An example is "cardiothoracic ratio (CTR)".
    """
    (first, last) = name.words[0], name.words[-1]
    if first is not last or not first.text.isupper() or text[first.start - 1 : first.start] != "(":
        return False
    before = [w for w in words_of(text) if w.end < first.start][-len(first.key) :]
    spelled = iter("".join(w.key for w in before))
    return (
        any(w.key[0] == first.key[0] for w in before)
        and all(letter in spelled for letter in first.key)
        and all(_is_held(w.key, words) for w in before if w.key[0] in first.key)
    )


def _is_held(key: str, words: Sequence[Word]) -> bool:
    if any(same_name(key, w.key) for w in words):
        return True
    # "Ibero-American" for "Iberoamerican", "the United States" for "America"
    return any(SAME.get(a.key + b.key, a.key + b.key) == SAME.get(key, key) for a, b in pairwise(words))


def _stands_alone(key: str, names: Iterable[Name]) -> bool:
    with_key = [n.keys for n in names if any(same_name(key, k) for k in n.keys)]
    return any(len(keys) == 1 for keys in with_key)


def _is_acronym_of(name: Name, evidence: str) -> bool:
    """Whether one is the acronym of the other, in either direction: "WHO", "World Health Organization"."""
    words = [w for w in name.words if w.key not in TITLES] or list(name.words)
    if len(words) == 1 and words[0].text.replace(".", "").isupper():
        return _spells(words[0].key, words_of(evidence))
    initials = "".join(w.key[0] for w in words if w.key not in CONNECTORS)
    if len(initials) < 2:
        return False
    return any(w.key == initials and w.text.replace(".", "").isupper() for w in words_of(evidence))


def _spells(acronym: str, words: Sequence[Word]) -> bool:
    strong = [w for w in words if w.key not in {"of", "the", "for", "and", "on"}]
    size = len(acronym)
    for i in range(len(strong) - size + 1):
        run = strong[i : i + size]
        if run[0].capital and run[-1].sentence == run[0].sentence and "".join(w.key[0] for w in run) == acronym:
            return True
    return False


def _with_rival(finding: Finding, claim: str, evidence: str) -> Finding:
    """Add the name that the evidence has in the same place, where the words around are equal."""
    for slot in align(claim, evidence).slots:
        rival = _name_in(slot.evidence, evidence, claim)
        mine = _name_in(slot.claim, claim, evidence)
        if mine and rival and slot.context >= 3 and mine.text in finding.reason:
            return Finding("names", f"name {mine.text} is not in the evidence (it says {rival.text})", refutes=True)
    return finding


def _name_in(words: Sequence[Word], text: str, other: str) -> Name | None:
    return next((n for n in names_of(text, certain_names(other)) if any(w in words for w in n.words)), None)


def _swapped(claim: str, evidence: str) -> list[Finding]:
    """Find a name that the evidence gives elsewhere: the same words around, another name between."""
    for slot in align(claim, evidence).slots:
        mine, its = _name_in(slot.claim, claim, evidence), _name_in(slot.evidence, evidence, claim)
        if mine and its and _is_swap(slot, mine, its):
            return [Finding("names", f"the evidence says {its.text} here, not {mine.text}", refutes=True)]
    return []


def _is_swap(slot: Slot, mine: Name, its: Name) -> bool:
    ours = [w.key for w in mine.words if w in slot.claim and w.key not in TITLES]
    theirs = [w.key for w in its.words if w in slot.evidence and w.key not in TITLES]
    if slot.context < 4 or not ours or not theirs or any(same_name(a, b) for a in ours for b in theirs):
        return False
    if same_name("".join(ours), "".join(theirs)):  # "Iberoamerican", "Ibero-American"
        return False
    if len(ours) < len(mine.keys) and len(theirs) == len(its.keys):  # the rest of our name is next to the slot
        return False
    # If the slot has many other words, the texts simply say different things there.
    return len(slot.claim) <= len(ours) + 2 and len(slot.evidence) <= len(theirs) + 2
