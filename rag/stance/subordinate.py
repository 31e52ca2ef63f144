"""Tells whether a hedge is in a subordinate clause, where it does not qualify the main statement.

- relative clauses: "the bridge, which may be old, was closed"
- concessive clauses before the main one: "while it may fall, it is open"
- conditions and reasons: "if it may fall", "because it may fall"
- direct and indirect questions: "what could be next"
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.phrases import is_adverb
from rag.language.words import Word
from rag.lexicon import word_set
from rag.lexicon.reporting import BE
from rag.stance.hedges import MODALS

_RELATIVES = {"which", "who", "whom", "whose"}
_HAVE = {"has", "have", "had"}
_QUESTIONING = {"what", "how", "why", "when", "where", "whether"}
_PREPOSITIONS = word_set("about of on over into for at in via with by from as")
_VIEWS = word_set("hope say think believe fear claim argue expect warn suggest")
_CONCEDING = {"while", "although", "though", "whereas"}
_ASKING = word_set("ask know say tell decide unclear unknown question wonder")
ADVERBS = word_set("also now still not then previously once already first later")
"""Adverbs without "-ly" that may come between an auxiliary and its verb."""


def is_relative(words: Sequence[Word], i: int) -> bool:
    """Whether the word is in a relative clause, including one without a pronoun ("a plan he hoped could help").

    Clauses with "that" do not count: they belong to the main statement ("a deal that could end the strike").
    """
    before = words[i - 1] if i and words[i - 1].place == words[i].place - 1 else None
    if before and words[i].key in MODALS and before.lemma in _VIEWS and before.lemma != before.key:
        return True
    for n in range(i - 1, 0, -1):
        if words[n].clause != words[i].clause:
            return False
        if words[n].key in _RELATIVES:
            is_asked = words[n - 1].sentence != words[n].sentence or words[n - 1].lemma in _ASKING
            return not is_asked and not _has_verb_of_its_own(words, n, i)
    return False


def _has_verb_of_its_own(words: Sequence[Word], n: int, i: int) -> bool:
    """Whether the relative clause has its own verb and the modal is the main one: "people who are old may fall"."""
    between = words[n + 1 : i]
    if words[n].key == "who":
        return words[i].key in MODALS and not all(is_adverb(w) or w.key in ADVERBS for w in between)
    return words[i].key in MODALS and any(w.key in BE | _HAVE for w in between)


def is_conceded(words: Sequence[Word], i: int) -> bool:
    """Whether the word is in a concessive clause before the main one: "while it may fall, …"."""
    clause = [w.key for w in words[:i] if w.clause == words[i].clause]
    conceding = next((n for n, key in enumerate(clause) if key in _CONCEDING), None)
    is_opening = conceding is not None and (not conceding or clause[conceding - 1] == "that")
    return is_opening and _is_followed(words, i)


def is_condition(words: Sequence[Word], i: int) -> bool:
    """Whether the word follows "if" or "because", or is the end of "as far as he may wish"."""
    for n in range(i - 1, max(-1, i - 6), -1):
        if words[n].clause != words[i].clause:
            return False
        if words[n].key == "if" or (words[n].key == "because" and (n > 0 or _is_followed(words, i))):
            return n == 0 or words[n - 1].lemma not in _ASKING
        if words[n].key == "as" and n and not words[n].initial and words[i].key in {"may", "might"}:
            return words[n - 1].clause == words[n].clause
    return False


def _is_followed(words: Sequence[Word], i: int) -> bool:
    """Whether another clause of the sentence follows that of the word."""
    return any(w.clause > words[i].clause and w.sentence == words[i].sentence for w in words[i + 1 :])


def is_in_question(words: Sequence[Word], i: int) -> bool:
    """Whether the word is in a direct or indirect question: "what could be next"."""
    if i and words[i - 1].key == "what" and words[i - 1].clause == words[i].clause:
        return words[i].key in MODALS or (i > 1 and words[i - 2].key in _PREPOSITIONS)
    earlier = [w for w in words[:i] if w.clause == words[i].clause]
    if any(w.key in _QUESTIONING and n and earlier[n - 1].key in _PREPOSITIONS for n, w in enumerate(earlier)):
        return True  # "little is known about how it might work"
    asked = next((n for n, w in enumerate(earlier) if w.lemma in {"ask", "wonder"}), len(earlier))
    question = next((n for n, w in enumerate(earlier) if n > asked and w.key in _QUESTIONING), len(earlier))
    if earlier[question:] and all(w.key != "and" for w in earlier[question:]):
        return True
    for n in range(i - 1, max(-1, i - 5), -1):
        if words[n].key in {"what", "how", "why"} and words[n].sentence == words[i].sentence:
            return words[n].initial or (n > 0 and words[n - 1].lemma in {"ask", "wonder", "question"})
    return False
