"""Tells whether a sentence says the opposite of a question's verb or adjective of the same thing.

A word has opposites in each of its senses: "miss" those of a meeting, a target and a possession. Its sense shows in
what it is said of. An opposite therefore counts only if it is of the same class, its subject or object is the same, and
the one who acts is not somebody else. "Why did the missile miss the bridge?" is contradicted by "The missile hit the
bridge", but "How many people are missing since the avalanche?" is not by "An avalanche hit the village".

Leaves out: opposites that reverse an earlier event, which both happened ("was arrested", "was released").
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.checks.negation import polarities
from rag.facts.roles import AUXILIARIES, PRONOUNS, Roles, agent_by, arranged, content_said, object_of, roles_at
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.opposites import opposites_of
from rag.lexicon.reporting import BE, DETERMINERS

_PREPOSITIONS = word_set("of in on at for with by from")


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
        for opposite in (opposites_of(lemma) & used.keys()) - AUXILIARIES - {"have"}
        if any(sign and (holds_all or near & others) for sign, near in used[opposite])
    }
    for n in (n for n, word in enumerate(words) if word.lemma in opposites):
        if _is_noun(words, n) != _is_noun(asked, at):
            continue
        theirs = roles_at(words, n, ours.agent | ours.affected)
        if holds_all if _is_noun(words, n) else theirs is not None and ours.meet(theirs):
            return True
    return False


def asks_of_what(clause: str, lemma: str) -> bool:
    """Whether the question asks of what the word is true: nothing stands between them in "are missing in Torvik?"."""
    words = words_of(clause)
    at = next((n for n, word in enumerate(words) if word.lemma == lemma), 0)
    before = words[1:at]
    return not content_said(before) and not any(word.key in PRONOUNS for word in before)


def _roles_asked(words: Sequence[Word], at: int, subject: frozenset[str]) -> Roles:
    """The roles at a word of a question, of which ``words`` start with the auxiliary.

    Without a subject between the two ("How many are missing?") the question asks for it, and there are none.
    """
    before = words[1:at]
    acting = subject if any(word.key in PRONOUNS for word in before) else content_said(before)
    is_passive = is_past(words[at]) and bool(BE & {words[0].key, key_at(words, at - 1)})
    if not acting:
        return Roles(frozenset(), frozenset())
    return arranged(acting, object_of(words, at), agent_by(words, at), is_passive=is_passive)


def _is_noun(words: Sequence[Word], n: int) -> bool:
    """Whether an article, possessive or preposition is right before the word."""
    before = words[n - 1] if n and words[n - 1].clause == words[n].clause else None
    return before is not None and before.key in (DETERMINERS | _PREPOSITIONS) - {"and", "that"}
