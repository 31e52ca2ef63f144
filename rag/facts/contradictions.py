"""Finds contradictions between two texts: one denies what the other says, or negates a word that the other affirms."""

from __future__ import annotations

from collections.abc import Iterator

from rag.checks.negation import polarities
from rag.facts.denied_causes import concerns_other_cause
from rag.facts.difference import Difference, Topic
from rag.facts.naming import name_of_denied, name_of_negated, name_of_word
from rag.language.content_words import content, plain
from rag.language.names import names_of
from rag.language.words import words_of
from rag.lexicon.light import LIGHT
from rag.stance.denials import contradicts, denied_part, denies, part_called_wrong, says_it_is_so

_WHETHER = "whether this happened"
_MIN_SHARE_DENIED = 0.5
_WITHOUT_WITHIN = 4  # words between "without" and what it negates


def denial_between(a: str, b: str, context: frozenset[str], asked: frozenset[str]) -> Difference | None:
    """The difference if one text denies what the other says, or negates a word that the other affirms.

    Args:
        a: one text.
        b: the other text.
        context: content words that show that both texts are about the same thing.
        asked: content words of a yes/no question that both texts answer; empty if there is none.
    """
    denials = [text for text in (a, b) if denies(text) or contradicts(text)]
    named = {w.lemma for text in (a, b) for name in names_of(text) for w in name.words}
    says_so = [text for text in (a, b) if text not in denials and says_it_is_so(text)]
    if (
        len(denials) == len(says_so) == 1
        and len(context) >= 3
        and context - named
        and _concerns(denied_part(denials[0]) or part_called_wrong(denials[0]), context & content(says_so[0]))
    ):
        return denial_of(denials[0])
    negated = _negated_word(a, b, asked)
    if not negated:
        return None
    affirming = a if any(sign for sign, _ in polarities(a)[negated]) else b
    words = name_of_word(affirming, negated)
    return Difference(Topic.DENIAL, f'whether "{negated}"', named=f'whether "{words}"' if words else "")


def denial_of(text: str) -> Difference:
    """The difference between a denial and a text that it contradicts."""
    denied = name_of_denied(plain(text)) or name_of_negated(plain(text))
    return Difference(Topic.DENIAL, _WHETHER, named=f'whether "{denied}"' if denied else "")


def _concerns(denied: frozenset[str], common: frozenset[str]) -> bool:
    """Whether at least half of what is denied is common to both texts; True if the denial names nothing."""
    return not denied or len(denied & common) >= _MIN_SHARE_DENIED * len(denied)


def _negated_word(a: str, b: str, asked: frozenset[str]) -> str | None:
    for lemma, pairs in turned_words(a, b):
        if lemma in LIGHT or len(lemma) < 4:
            continue
        is_asked = lemma in asked and not (_says_none_of(lemma, a) or _says_none_of(lemma, b))
        if is_asked or max(len(near & around) for near, around in pairs) >= 3:
            return lemma
    return None


def _says_none_of(lemma: str, text: str) -> bool:
    """Whether the text says "no … of": "no drone of the army crossed" does not say that there was no drone."""
    words = words_of(text)
    return any(
        words[n].lemma == lemma and words[n - 1].key == "no" and words[n + 1].key == "of"
        for n in range(1, len(words) - 1)
    )


def turned_words(one: str, other: str) -> Iterator[tuple[str, list[tuple[frozenset[str], frozenset[str]]]]]:
    """Lemmas that one text only affirms and the other only negates, with the context words of each pair of uses.

    Leaves out a lemma that is negated of another cause: "not caused by blasting" and "caused by rain" agree. Nor does
    a text contradict one by which something happens again: "The ferries do not run", "The ferries run again". What is
    done "without the use of force" does not deny that force was used.
    """
    ours, theirs = polarities(one), polarities(other)
    for lemma in ours.keys() & theirs.keys():
        signs, others = {sign for sign, _ in ours[lemma]}, {sign for sign, _ in theirs[lemma]}
        if len(signs) != 1 or len(others) != 1 or signs == others or concerns_other_cause(lemma, one, other):
            continue
        affirming, negating = (one, other) if signs == {True} else (other, one)
        if _is_left_aside(lemma, negating):
            continue
        if not any(word.key == "again" for word in words_of(affirming)):
            yield lemma, [(near, around) for _, near in ours[lemma] for _, around in theirs[lemma]]


def _is_left_aside(lemma: str, text: str) -> bool:
    """Whether the text negates the lemma by "without"."""
    words = words_of(text)
    said = (n for n, word in enumerate(words) if word.lemma == lemma)
    return any(word.key == "without" for n in said for word in words[max(0, n - _WITHOUT_WITHIN) : n])
