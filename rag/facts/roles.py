"""Finds who acts and what happens to whom at one word of a text: the roles around a verb or adjective.

- "A cyber attack caused the outage": the attack acts, it happens to the outage
- "The outage was caused by a cyber attack": the same
- "The outage ended": it happens to the outage, nobody acts
- "resigned because of the scandal": the scandal is the cause

Leaves out: parts of speech, so that a word after the verb may be taken for its object; and who a pronoun is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from rag.language.phrases import is_adverb
from rag.language.words import Word, is_past, key_at
from rag.lexicon import word_set
from rag.lexicon.light import LIGHT, STOP_WORDS
from rag.lexicon.reporting import BE, CLEAR, DETERMINERS, STOPPERS, WITH_THAT
from rag.stance.subordinate import ADVERBS

PRONOUNS = word_set("he she it they we i you")
"""Pronouns that can be a subject."""
AUXILIARIES = BE | word_set("has have had get gets got getting not") | ADVERBS
"""Words between a subject and its verb."""
_REPORTING = CLEAR | WITH_THAT
_RELATIVES = word_set("who which whom whose")
# Words after which another clause begins, with a subject of its own.
_CUTS = (STOPPERS | word_set("and but since unless until")) - _RELATIVES - {"that"}
_ANTECEDENT = 3  # words before ", who", which say who that is
_LEADING = DETERMINERS - {"and", "of", "that"}
# Words at which a noun phrase ends.
_BOUNDARY = STOP_WORDS | word_set("near inside outside along across amid around despite")
_BECAUSE = (["because", "of"], ["due", "to"], ["owing", "to"], ["result", "of"])


@dataclass(frozen=True, slots=True)
class Roles:
    """The content lemmas of who acts, empty if the text does not say, and of who or what it happens to."""

    agent: frozenset[str]
    affected: frozenset[str]

    def meet(self, other: Roles) -> bool:
        """Whether it happens to the same thing, and not because of somebody else."""
        one_agent = not self.agent or not other.agent or self.agent & other.agent
        return bool(self.affected & other.affected and one_agent)


def roles_at(words: Sequence[Word], at: int, pronoun: frozenset[str]) -> Roles | None:
    """The roles at a word of a sentence; None if a pronoun leaves unclear who acts.

    ``pronoun`` is what "he" or "it" at the start of the sentence stands for.
    """
    before = _before(words, at)
    acting = content_said(before)
    for n in (words.index(word) for word in before if word.key in PRONOUNS):
        if not n or words[n - 1].sentence != words[n].sentence:
            acting |= pronoun
        elif words[n - 1].key not in _REPORTING and key_at(words, n - 2) not in _REPORTING:
            return None
    led = takewhile(lambda word: word.key in AUXILIARIES or is_adverb(word), reversed(words[:at]))
    is_passive = is_past(words[at]) and any(word.key in BE or word.lemma == "get" for word in led)
    return arranged(acting, object_of(words, at), agent_by(words, at), is_passive=is_passive)


def arranged(subject: frozenset[str], object_: frozenset[str], by: frozenset[str], *, is_passive: bool) -> Roles:
    """The roles of a verb's subject, its object and what follows "by"; alone, a subject is what it happens to."""
    return Roles(subject, object_) if object_ and not is_passive else Roles(by, subject)


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
        if region[n].key in _CUTS and (region[n].key not in {"and", "but"} or content_said(after)):
            return after
        if region[n].key in _REPORTING and not any(word.key in PRONOUNS for word in after[:2]):
            return after
    return region


def object_of(words: Sequence[Word], at: int) -> frozenset[str]:
    """The content lemmas of the noun phrase right after the word: "its key rate"."""
    return _noun_phrase(words, at + 1)


def agent_by(words: Sequence[Word], at: int) -> frozenset[str]:
    """The content lemmas of the noun phrase after "by": "was closed by the city council on Monday"."""
    clause = [n for n in range(at + 1, len(words)) if words[n].clause == words[at].clause]
    by = next((n for n in takewhile(lambda n: words[n].key not in _CUTS, clause) if words[n].key == "by"), None)
    return frozenset() if by is None else _noun_phrase(words, by + 1)


def reason_of(words: Sequence[Word], at: int) -> frozenset[str]:
    """The content lemmas of the noun phrase after "because of" or "due to" behind the word."""
    clause = [n for n in range(at + 1, len(words) - 1) if words[n].clause == words[at].clause]
    of = next((n for n in clause if [words[n].key, words[n + 1].key] in _BECAUSE), None)
    return frozenset() if of is None else _noun_phrase(words, of + 2)


def _noun_phrase(words: Sequence[Word], start: int) -> frozenset[str]:
    """The content lemmas of the words from ``start`` to the next preposition, conjunction or mark."""
    run = [word for word in words[start:] if word.clause == words[start - 1].clause]
    first = next((n for n, word in enumerate(run) if word.key not in _LEADING), len(run))
    return content_said(list(takewhile(lambda word: word.key not in _BOUNDARY, run[first:])))


def content_said(words: Sequence[Word]) -> frozenset[str]:
    """The lemmas that say who or what is meant."""
    said = [word for word in words if word.key not in LIGHT | STOP_WORDS and not is_adverb(word)]
    return frozenset(word.lemma for word in said if not word.number and len(word.key) > 2)
