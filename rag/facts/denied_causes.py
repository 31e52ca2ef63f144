"""Finds denials of a cause or of who did it: "The outage was not caused by a cyber attack".

Such a denial contradicts a text that names this cause of the same thing ("A cyber attack caused the outage"), but not
one that names another: the outage was not caused by a cyber attack *and* it was caused by a storm.

Leaves out: causes in other words ("hackers", "a cyber attack"), and who "the mayor" is, if the other text names her.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rag.checks.negation import polarities
from rag.facts.difference import Difference, Topic
from rag.facts.naming import name_of_word
from rag.facts.roles import agent_by, reason_of, roles_at
from rag.language.content_words import content
from rag.language.names import names_of
from rag.language.phrases import is_adverb
from rag.language.words import Word, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.light import LIGHT
from rag.lexicon.negations import NEGATIONS
from rag.stance.denials import says_it_is_so

_CAUSING = word_set("cause trigger spark start")
"""Verbs that say the same of a cause."""
_LIMITS = word_set("only alone just merely")
"""Words by which a text denies only that there was no other cause, as adverbs do: "not solely caused by"."""


@dataclass(frozen=True, slots=True)
class DeniedCause(Difference):
    """The difference between a text that names a cause and one that denies it.

    ``verb`` is the lemma of the denied verb and ``effect`` has the lemmas of what was caused or done.
    """

    verb: str = ""
    effect: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Act:
    """That something was done by somebody or because of something, or that it was not."""

    lemma: str
    stated: bool
    by: frozenset[str]
    effect: frozenset[str]
    in_phrase: bool  # "by" or "because of" names the cause, so that a negation is about it

    def is_like(self, other: _Act) -> bool:
        return self.lemma == other.lemma or {self.lemma, other.lemma} <= _CAUSING


def denied_cause(a: str, b: str, question: str = "") -> DeniedCause | None:
    """The difference if one text denies a cause that the other names; None if they agree or name different causes.

    If both texts answer ``question`` and it asks for the cause, they may call what was caused by words of their own
    ("the illness", "the outbreak"), as long as none of them are the question's.
    """
    is_why = any(word.key == "why" for word in words_of(question))
    for denial, statement, text in _pairs(a, b):
        asked = content(question)
        is_asked = is_why or not asked.isdisjoint({denial.lemma, statement.lemma})
        is_same = _is_same_effect(denial.effect, statement.effect, _names(a, b), asked if is_asked else frozenset())
        if is_same and denial.by <= statement.by and says_it_is_so(text):
            words = name_of_word(text, statement.lemma)
            named = f'whether "{words or statement.lemma}"'
            effect = denial.effect | statement.effect
            return DeniedCause(Topic.DENIAL, named, named=named, verb=statement.lemma, effect=effect)
    return None


def concerns_other_cause(lemma: str, a: str, b: str) -> bool:
    """Whether one text negates the word only of causes that the other, which affirms it, does not give."""
    pairs = [pair for pair in _pairs(a, b) if pair[1].lemma == lemma and pair[0].in_phrase]
    return bool(pairs) and not any(one.by <= two.by and says_it_is_so(text) for one, two, text in pairs)


def _pairs(a: str, b: str) -> Iterator[tuple[_Act, _Act, str]]:
    """What one text denies and the other states with the same verb, and the text that states it."""
    for denying, stating in ((a, b), (b, a)):
        for denial, statement in product(_acts(denying), _acts(stating)):
            if not denial.stated and statement.stated and denial.is_like(statement):
                yield denial, statement, stating


def _is_same_effect(ours: frozenset[str], theirs: frozenset[str], named: frozenset[str], asked: frozenset[str]) -> bool:
    """Whether two texts tell of the same effect: most of the words in common, or names if one has only names."""
    if ours - named and theirs - named:
        shared = (ours & theirs) - named
        is_same = 2 * len(shared) > min(len(ours - named), len(theirs - named))
    else:
        is_same = bool(ours & theirs)
    return is_same or bool(asked and not asked & (ours | theirs))


def _names(a: str, b: str) -> frozenset[str]:
    return frozenset(word.lemma for text in (a, b) for name in names_of(text) for word in name.words)


@lru_cache(maxsize=2048)
def _acts(text: str) -> tuple[_Act, ...]:
    words = words_of(text)
    found = []
    seen: dict[str, int] = {}
    for n, word in enumerate(words):
        use = seen.get(word.lemma, 0)
        seen[word.lemma] = use + 1
        roles = None if word.lemma in LIGHT or word.number or word.capital else roles_at(words, n, frozenset())
        if roles is None or not roles.affected:
            continue
        stated = polarities(text)[word.lemma][use][0]
        phrase = reason_of(words, n) or agent_by(words, n)
        is_negated_verb = key_at(words, n - 1) in NEGATIONS or key_at(words, n - 1) == "n't"
        by = (roles.agent | phrase) if stated else phrase or (roles.agent if is_negated_verb else frozenset())
        if by and not stated:
            by |= _limits(words, n)
        if by:
            found.append(_Act(word.lemma, stated, by, roles.affected, bool(phrase)))
    return tuple(found)


def _limits(words: Sequence[Word], at: int) -> frozenset[str]:
    """The adverbs and other words that limit what is denied, around the verb and in the rest of its clause."""
    clause = [n for n in range(max(0, at - 1), len(words)) if words[n].clause == words[at].clause]
    return frozenset(words[n].lemma for n in clause if words[n].key in _LIMITS or (n <= at + 1 and is_adverb(words[n])))
