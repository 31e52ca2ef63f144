"""Rule out forms of reporting verbs that report nothing, by the words around them.

- infinitives, nouns and passives: "to say", "the UN's claims", "is said", "was widely reported"
- negations and questions: "has not claimed", "would neither confirm nor deny", "Should the mayor say so?"; but
  "does not believe" is a report
- an object "that": "ruled that out"
- a clause that only describes a noun: "the date that he announced in March", "a shortage that readers told us about",
  "with 680 cases reported yesterday", "they may fish under the treaty concluded in May"

Leaves out: other senses of the verb (``rag.language.senses``) and nouns after an adjective (``rag.language.verbs``).
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word, key_at
from rag.lexicon import word_set
from rag.lexicon.reporting import BE, DETERMINERS, LEADS, PRONOUNS, SKIPPED, STOPPERS, TIMES, VERBISH

# Words right before a form that is no finite verb or no report: "to say", "not said", "the claims".
_NEVER_BEFORE = word_set(
    "to not n't the a an its his her their of by in for with would will should can could may might must let did no any "
    "about over amid on at from against between new latest"
)
# Words after "that" where it is an object: "ruled that out".
_PARTICLES = word_set("out off up down as again")
# Forms that cannot be nouns, and so can follow a possessive "'s" in a name: "Wendy's said".
_NO_NOUN = word_set("said says told tells wrote writes thinks thought believes")
# Verbs that report with a negation too: "does not believe".
_DOUBTED = word_set("believe think expect")
# Auxiliaries that begin a question.
_ASKING = word_set("do does did should would could can will might must shall")
# Prepositions before a noun, and after a participle that describes it.
_PREPOSITIONS = word_set("under in of by with for on at to from about into")
# The most words of a clause such as "that readers told us about".
_SOON = 5


def is_ruled_out(words: Sequence[Word], i: int) -> bool:
    """Whether the word before shows that nobody says anything: "to say", "is said", "the UN's claims"."""
    before = words[i - 1] if i and words[i - 1].clause == words[i].clause else None
    if before is None:
        return False
    after = [w.key for w in words[i + 1 : i + 3] if w.clause == words[i].clause]
    if len(after) > 1 and after[0] == "that" and after[1] in _PARTICLES:
        return True  # "ruled that out"
    is_owned = words[i].place == before.place + 2 and words[i].key not in _NO_NOUN  # but "Wendy's said"
    first = next(w for w in words if w.sentence == words[i].sentence)
    if before.key == "nor" or (before.key == "or" and key_at(words, i - 2).startswith("confirm")):
        return True  # "would neither confirm nor deny"
    if words[i].lemma == words[i].key and first.key in _ASKING:  # "Should the mayor say so?"
        return True
    doubts = before.key in {"not", "n't"} and words[i].key in _DOUBTED  # "does not believe"
    never = (before.key in _NEVER_BEFORE and not doubts) or before.key in BE
    return never or is_owned or _is_passive(words, i) or _is_negated(words, i)


def describes_noun(words: Sequence[Word], i: int) -> bool:
    """Whether the verb belongs to a clause that only describes a noun, so that nothing is reported."""
    found = (_is_relative, _is_about_it, _is_participle, _describes_object)
    return any(describes(words, i) for describes in found)


def _is_negated(words: Sequence[Word], i: int) -> bool:
    """Whether the report is negated: "has not directly claimed"."""
    return i > 1 and words[i - 1].key.endswith("ly") and words[i - 2].key in {"not", "never"}


def _is_passive(words: Sequence[Word], i: int) -> bool:
    return i > 1 and words[i - 2].key in BE and (words[i - 1].key.endswith("ly") or words[i - 1].key in SKIPPED - BE)


def _is_relative(words: Sequence[Word], i: int) -> bool:
    """Whether the verb's object comes before it: "the date that he announced in March" reports nothing."""
    opener = words[i - 2].key if i > 1 else ""
    nxt = words[i + 1].key if i + 1 < len(words) and words[i + 1].sentence == words[i].sentence else ""
    return opener in {"that", "which", "as", "what"} and words[i - 1].key in PRONOUNS and (not nxt or nxt in LEADS)


def _is_about_it(words: Sequence[Word], i: int) -> bool:
    """Whether the clause describes the noun before it: "a shortage that readers told us about"."""
    rest = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    return bool(rest) and len(rest) <= _SOON and rest[-1].key in {"about", "of"} and rest[-1].clause == words[i].clause


def _describes_object(words: Sequence[Word], i: int) -> bool:
    """Whether a form in "-ed" describes the object of a preposition in a clause that has its verb already.

    An example is "they may fish under the treaty concluded in May".
    """
    after = words[i + 1] if i + 1 < len(words) and words[i + 1].clause == words[i].clause else None
    if not words[i].key.endswith("ed") or (after is not None and after.key not in _PREPOSITIONS):
        return False
    before = [w for w in words[:i] if w.clause == words[i].clause]
    first = max((n for n, w in enumerate(before) if w.key in _PREPOSITIONS), default=0)
    is_object = first > 0 and 1 < len(before) - first - 1 <= _SOON and before[first + 1].key in DETERMINERS
    has_verb = any(w.key in VERBISH for w in before[1:first])
    return is_object and has_verb and not any(w.key in STOPPERS | {"and", "but"} for w in before)


def _is_participle(words: Sequence[Word], i: int) -> bool:
    """Whether the form is a participle after its noun: "with 680 cases reported yesterday".

    Nothing but a time or a number follows such a participle.
    """
    if not words[i].key.endswith("ed") or i < 2 or words[i - 1].clause != words[i].clause:
        return False
    clause = [w for w in words if w.clause == words[i].clause and w.sentence == words[i].sentence]
    is_held = any(w.key in {"with", "than"} for w in clause if w.start < words[i].start)
    return is_held and all(w.key in TIMES or w.number for w in clause if w.start > words[i].start)
