"""Tells whether a sentence says the opposite of a question's verb or adjective of the same thing.

A word has opposites in each of its senses: "miss" those of a meeting, a target and a possession. Its sense shows in
what it is said of. An opposite therefore counts only if it is of the same class, its subject or object is the same, and
the one who acts is not somebody else. "Why did the missile miss the bridge?" is contradicted by "The missile hit the
bridge", but "How many people are missing since the avalanche?" is not by "An avalanche hit the village".

Leaves out: opposites that reverse an earlier event, which both happened ("was arrested", "was released").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from rag.checks.negation import polarities
from rag.language.phrases import is_adverb
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.light import LIGHT, STOP_WORDS
from rag.lexicon.opposites import opposites_of
from rag.lexicon.reporting import BE, CLEAR, DETERMINERS, STOPPERS, WITH_THAT
from rag.subordinate import ADVERBS

_REPORTING = CLEAR | WITH_THAT
_RELATIVES = word_set("who which whom whose")
_PRONOUNS = word_set("he she it they we i you")
_CUTS = (STOPPERS | word_set("and but since unless until")) - _RELATIVES - {"that"}
"""Words after which another clause begins, with a subject of its own."""
_ANTECEDENT = 3  # words before ", who", which say who that is
_PREPOSITIONS = word_set("of in on at for with by from")
_AUXILIARIES = BE | word_set("has have had get gets got getting not") | ADVERBS


@dataclass(frozen=True, slots=True)
class _Roles:
    """The content lemmas of who acts, empty if the text does not say, and of who or what it happens to."""

    agent: frozenset[str]
    affected: frozenset[str]

    def meet(self, other: _Roles) -> bool:
        """Whether it happens to the same thing, and not because of somebody else."""
        one_agent = not self.agent or not other.agent or self.agent & other.agent
        return bool(self.affected & other.affected and one_agent)


def says_opposite(clause: str, subject: frozenset[str], lemma: str, text: str, others: frozenset[str]) -> bool:
    """Whether ``text`` affirms an opposite of ``lemma`` of the same thing as the question.

    Args:
        clause: the question from its auxiliary on: "did the bank raise its rate?".
        subject: content lemmas for a pronoun that is the subject of ``clause``.
        lemma: the word of the question.
        text: a sentence about the same people and things.
        others: the question's other content lemmas, of which one must be near the opposite, or all in the sentence.
    """
    asked = words_of(clause)
    at = next((n for n, word in enumerate(asked) if word.lemma == lemma), 0)
    ours = _roles_asked(asked, at, subject)
    words, used = words_of(text), polarities(text)
    holds_all = len(others) > 1 and others <= {word.lemma for word in words}
    opposites = {
        opposite
        for opposite in (opposites_of(lemma) & used.keys()) - _AUXILIARIES - {"have"}
        if any(sign and (holds_all or near & others) for sign, near in used[opposite])
    }
    for n in (n for n, word in enumerate(words) if word.lemma in opposites):
        if _is_noun(words, n) != _is_noun(asked, at):
            continue
        theirs = _roles(words, n, ours.agent | ours.affected)
        if holds_all if _is_noun(words, n) else theirs is not None and ours.meet(theirs):
            return True
    return False


def _roles_asked(words: Sequence[Word], at: int, subject: frozenset[str]) -> _Roles:
    """The roles at a word of a question, of which ``words`` start with the auxiliary.

    Without a subject between the two ("How many are missing?") the question asks for it, and there are none.
    """
    before = words[1:at]
    acting = subject if any(word.key in _PRONOUNS for word in before) else _content(before)
    is_passive = is_past(words[at]) and bool(BE & {words[0].key, key_at(words, at - 1)})
    if not acting:
        return _Roles(frozenset(), frozenset())
    return _arranged(acting, _object_of(words, at), _agent_by(words, at), is_passive=is_passive)


def _roles(words: Sequence[Word], at: int, pronoun: frozenset[str]) -> _Roles | None:
    """The roles at a word of a sentence; None if a pronoun leaves unclear who acts.

    ``pronoun`` is what "he" or "it" at the start of the sentence stands for.
    """
    before = _before(words, at)
    acting = _content(before)
    for word in before:
        n = words.index(word)
        if word.key in _PRONOUNS:
            if not n or words[n - 1].sentence != word.sentence:
                acting |= pronoun
            elif words[n - 1].key not in _REPORTING and key_at(words, n - 2) not in _REPORTING:
                return None
    led = takewhile(lambda word: word.key in _AUXILIARIES or is_adverb(word), reversed(words[:at]))
    is_passive = is_past(words[at]) and any(word.key in BE or word.lemma == "get" for word in led)
    return _arranged(acting, _object_of(words, at), _agent_by(words, at), is_passive=is_passive)


def _arranged(subject: frozenset[str], object_: frozenset[str], by: frozenset[str], *, is_passive: bool) -> _Roles:
    """The roles of a verb's subject, its object and what follows "by"; alone, a subject is what it happens to."""
    return _Roles(subject, object_) if object_ and not is_passive else _Roles(by, subject)


def _before(words: Sequence[Word], at: int) -> list[Word]:
    """The words that can be the subject of word number ``at``: those of its own clause before it, without asides."""
    region = [word for word in words[:at] if word.sentence == words[at].sentence]
    relative = next((word for word in reversed(region) if word.key in _RELATIVES), None)
    if relative and relative.clause == words[at].clause:
        n = region.index(relative)
        return region[max(0, n - _ANTECEDENT) : n] + region[n + 1 :]
    if relative and relative is not region[0] and region[region.index(relative) - 1].clause != relative.clause:
        region = [word for word in region if word.clause != relative.clause]  # "Brandt, whose party lost, …"
    for n in range(len(region) - 1, -1, -1):
        after = region[n + 1 :]
        if region[n].key in _CUTS and (region[n].key not in {"and", "but"} or _content(after)):
            return after
        if region[n].key in _REPORTING and not any(word.key in _PRONOUNS for word in after[:2]):
            return after
    return region


def _object_of(words: Sequence[Word], at: int) -> frozenset[str]:
    """The content lemmas of the noun phrase right after the word: "its key rate"."""
    after = [word for word in words[at + 1 :] if word.clause == words[at].clause]
    start = next((n for n, word in enumerate(after) if word.key not in DETERMINERS - {"and", "of", "that"}), len(after))
    return _content(list(takewhile(lambda word: word.key not in STOP_WORDS, after[start:])))


def _agent_by(words: Sequence[Word], at: int) -> frozenset[str]:
    """The content lemmas of the clause after "by": "was closed by the city"."""
    after = [word for word in words[at + 1 :] if word.clause == words[at].clause]
    by = next((n for n, word in enumerate(after) if word.key == "by"), len(after))
    return _content(after[by + 1 :])


def _content(words: Sequence[Word]) -> frozenset[str]:
    """The lemmas that say who or what is meant."""
    said = [word for word in words if word.key not in LIGHT | STOP_WORDS and not is_adverb(word)]
    return frozenset(word.lemma for word in said if not word.number and len(word.key) > 2)


def _is_noun(words: Sequence[Word], n: int) -> bool:
    """Whether an article, possessive or preposition is right before the word."""
    before = words[n - 1] if n and words[n - 1].clause == words[n].clause else None
    return before is not None and before.key in (DETERMINERS | _PREPOSITIONS) - {"and", "that"}
