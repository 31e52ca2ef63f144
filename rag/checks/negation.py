"""Check that a claim does not deny what its evidence affirms, affirm what it denies, or turn a word into its opposite.

- a negation inserted or left out between equal words: "was not closed" for "was closed"
- a word affirmed in one text and denied in the other, with similar words around it: "signed", "refused to sign"
- opposites between equal words, or with similar words around them: "rose" and "fell", "safe" and "unsafe"

Leaves out: contradictions without a negation or a listed opposite ("is open", "was demolished"), and any claim that
denies in words of its own ("is yet to sign" for "has not signed"), where counting negations proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rag.checks.finding import Finding
from rag.language.align import Slot, align
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.lexicon.negations import NEGATIONS
from rag.lexicon.opposites import opposites_of

# Verbs and adjectives that negate the verb after them: "failed to sign".
_NOT_VERBS = word_set("fail failed fails failing refuse refused refuses refusing decline declined declines unable")
# Verbs that deny a statement or plan.
_DENY = word_set("deny denied denies denying reject rejected rejects rejecting")
# Other words by which a text denies something: "is yet to sign", "stopped short of".
_DENIES_OTHERWISE = word_set("yet no lack lacks lacked avoid avoided stop stopped without never impossible")
# Function words between a negation and the word it negates.
_AUX = word_set(
    "do does did is are was were be been being has have had will would can could may might must shall should a an the "
    "any to of in on at for it he she they we i you that this there have get got go one body"
)
# Words on each side of a word that count as its context.
_REACH = 5
_SHARED = 2  # content words that two contexts must share to be about the same thing
# Words without content of their own, which are neither compared nor negated.
_LIGHT = word_set(
    "say know one more much many other time yet all even only such also and with from but then now here there again"
)
# Words after a negation that take it back or limit it: "not only", "no more than", "no doubt".
_NOT_JUST = {"only", "just", "merely", "least", "until", "less", "more", "fewer", "later", "doubt"}


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Return a finding for each thing that only one of the two texts denies, and for opposites."""
    return _turned(claim, evidence) or _denied_by_one(claim, evidence) or _opposed(claim, evidence)


def _turned(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Find a "not" inserted into or left out of a sentence that otherwise equals the evidence."""
    for slot in align(claim, evidence).slots:
        ours, theirs = _negations(slot.claim), _negations(slot.evidence)
        if len(ours) % 2 == len(theirs) % 2 or not _is_inside(slot):
            continue
        if _moved(slot, claim, evidence, bool(ours)):
            continue
        if ours:
            return (Finding("negation", f'the evidence does not say "{_show(ours)}" here', refutes=True),)
        return (
            Finding("negation", f'the evidence says "{_show(theirs)}" here, the sentence leaves it out', refutes=True),
        )
    return ()


def _is_inside(slot: Slot) -> bool:
    """Whether equal words surround the slot, so that it is a change and not just another beginning or end."""
    if len(slot.claim) > 4 or len(slot.evidence) > 4 or slot.context < 4:
        return False
    return bool((slot.before and slot.after) or (slot.claim and slot.evidence))


def _moved(slot: Slot, claim: str, evidence: str, ours: bool) -> bool:
    """Whether the same negation is a few words away in the other text ("is not yet" and "not yet is")."""
    negations = {w.lemma for w in _negations(slot.claim or ()) + _negations(slot.evidence or ())}
    for other in align(claim, evidence).slots:
        if other is slot:
            continue
        side = other.evidence if ours else other.claim
        if negations & {w.lemma for w in _negations(side)}:
            return True
    return False


def _negations(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(w for i, w in enumerate(words) if _negates(words, i) or w.key in _DENY)


def _show(words: Sequence[Word]) -> str:
    return " ".join("not" if w.key == "n't" else w.text for w in words)


@lru_cache(maxsize=1024)
def polarities(text: str) -> dict[str, tuple[tuple[bool, frozenset[str]], ...]]:
    """Return lemma -> for each use, whether it is affirmed, and the content lemmas around it."""
    words = words_of(text)
    negated: set[int] = set()
    for i in range(len(words)):
        if _negates(words, i):
            negated.update(_scope(words, i))
    found: dict[str, list[tuple[bool, frozenset[str]]]] = {}
    for i, word in enumerate(words):
        found.setdefault(word.lemma, []).append((i not in negated, _around(words, i)))
    return {lemma: tuple(uses) for lemma, uses in found.items()}


def _around(words: Sequence[Word], i: int) -> frozenset[str]:
    near = words[max(0, i - _REACH) : i + _REACH + 1]
    return frozenset(
        w.lemma for w in near if w.sentence == words[i].sentence and w is not words[i] and _is_content(w.lemma)
    )


def _negates(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    nxt = words[i + 1] if i + 1 < len(words) else None
    if nxt and (nxt.key in _NOT_JUST or (word.key == "no" and nxt.number)):
        return False
    if word.key == "yet" and nxt and nxt.key == "to":  # "has yet to decide"
        return True
    return word.lemma in NEGATIONS or word.key in _NOT_VERBS


def _scope(words: Sequence[Word], i: int) -> list[int]:
    """Return the index of the first content word after a negation in its clause, as a list of at most one."""
    for n in range(i + 1, min(len(words), i + 9)):
        if words[n].clause != words[i].clause or words[n].key in {"but", "because", "although", "while", "that"}:
            break
        if not (words[n].key in _AUX or words[n].key in _LIGHT or words[n].key.endswith("ly") or words[n].number):
            return [n]
    return []


def _denied_by_one(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Find a word that both texts use in a similar context, but only one of them negates."""
    theirs = polarities(evidence)
    elsewhere = _negated_elsewhere(evidence)
    for lemma, uses in polarities(claim).items():
        if lemma not in theirs or not _is_content(lemma) or len({sign for sign, _ in uses}) > 1:
            continue
        affirmed = uses[0][0]
        alike = [sign for sign, near in theirs[lemma] if any(len(near & around) >= _SHARED for _, around in uses)]
        if not alike or affirmed in alike or (_negated_elsewhere(claim) if affirmed else elsewhere):
            continue
        says = f'the evidence denies "{lemma}"' if affirmed else f'the evidence does not deny "{lemma}"'
        return (Finding("negation", says, refutes=True),)
    return ()


@lru_cache(maxsize=65536)
def _is_content(lemma: str) -> bool:
    return (
        len(lemma) >= 3
        and lemma not in _AUX
        and lemma not in NEGATIONS
        and lemma not in _LIGHT
        and not lemma[0].isdigit()
    )


def _negated_elsewhere(claim: str) -> bool:
    """Whether the text denies anything, in any words ("is yet to sign" for "has not signed").

    Then comparing single words proves nothing.
    """
    words = words_of(claim)
    return bool(_negations(words)) or any(w.key in _DENIES_OTHERWISE or w.key in _DENY for w in words)


def _opposed(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Find a word turned into its opposite between equal words."""
    held = {w.lemma for w in words_of(evidence)} | {w.key for w in words_of(evidence)}
    for slot in align(claim, evidence).slots:
        if slot.context < 2 or len(slot.claim) > 3 or len(slot.evidence) > 3:
            continue
        for ours in slot.claim:
            opposites = opposites_of(ours.lemma, ours.key)
            for theirs in slot.evidence:
                if theirs.lemma in opposites or theirs.key in opposites or _is_prefixed(ours.key, theirs.key):
                    return (
                        Finding("negation", f'the evidence says "{theirs.text}" here, not "{ours.text}"', refutes=True),
                    )
    return _opposed_anywhere(claim, evidence, held)


def _opposed_anywhere(claim: str, evidence: str, held: set[str]) -> tuple[Finding, ...]:
    """Find a word of the claim that the evidence lacks while it has the opposite in a similar context."""
    ours, theirs = words_of(claim), words_of(evidence)
    if _negations(ours) or _negations(theirs):
        return ()
    for i, word in enumerate(ours):
        if word.lemma in held or word.key in held:
            continue
        opposites = opposites_of(word.lemma, word.key)
        for n, other in enumerate(theirs):
            if (other.lemma in opposites or other.key in opposites) and len(
                _around(ours, i) & _around(theirs, n)
            ) > _SHARED:
                return (Finding("negation", f'the evidence says "{other.text}", not "{word.text}"', refutes=True),)
    return ()


def _is_prefixed(a: str, b: str) -> bool:
    """Whether one word is the other with a negative prefix: "safe" and "unsafe"."""
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return len(short) > 3 and any(long == prefix + short for prefix in ("un", "in", "im", "il", "ir", "dis", "non"))
