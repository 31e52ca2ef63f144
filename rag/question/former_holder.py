"""Puts those who have left an office behind those who hold it: "Who is the chief executive of the bank?".

Only the order changes: the former holder follows as history. Only clear cases count: a later report states that the
person named first has resigned, been dismissed or died.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from rag.instructions import reports_of
from rag.language.names import Name, names_of
from rag.language.phrases import is_adverb
from rag.language.stems import stems
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.negations import NEGATIONS
from rag.lexicon.opposites import opposites_of
from rag.passages import PassageSentence
from rag.stance.certainty import certainty_of
from rag.types import Certainty, Passage

_ASKS_HOLDER = re.compile(
    r"^\W*who(?:\s+is|['’]s)\s+(?:(?:now|currently)\s+)?(?:the\b|[^?]*['’]s?\s+\w)", re.IGNORECASE
)
_LEAVES = (opposites_of("remain") - {"leave"}) | word_set("quit retire die step")  # "left the room"
_REMOVED = opposites_of("appoint") | opposites_of("hire") | opposites_of("elect") | word_set("replace")
_BE = word_set("was were been")
_BEFORE = _BE | word_set("has have had also")
_POINTS_BACK = word_set("he she his her they their")


def holders_first(
    question: str, chosen: Sequence[PassageSentence], passages: Sequence[Passage]
) -> Sequence[PassageSentence]:
    """The sentences, with those that name a former holder after those of later reports; unchanged if nobody has left.

    Args:
        question: standing alone.
        chosen: the sentences of the answer, in order.
        passages: searched for reports that somebody has left.
    """
    if len(chosen) < 2 or not _ASKS_HOLDER.search(question):
        return chosen
    known = {passage.number: passage.chunk.updated or passage.chunk.published for passage in passages}
    left = list(_departures(question, passages, known))
    former = [sentence for sentence in chosen if _is_former(sentence, known[sentence.passage], left)]
    if chosen[0] not in former or len(former) == len(chosen):
        return chosen
    rest = [sentence for sentence in chosen if sentence not in former]
    names_left = frozenset(key for keys, _ in left for key in keys)
    leads = [s for s in rest if not _points_back(s) and names_of(s.text) and not _keys(s) & names_left]
    return [*leads, *(sentence for sentence in rest if sentence not in leads), *former]


def _departures(
    question: str, passages: Sequence[Passage], known: dict[int, datetime | None]
) -> Iterator[tuple[frozenset[str], datetime]]:
    """The names of those who have left, as folded words, each with the moment of the report."""
    for passage in passages:
        moment = known[passage.number]
        for sentence in reports_of(passage) if moment else ():
            if (name := _who_left(question, sentence.text)) and moment:
                yield frozenset(name.keys), moment


def _who_left(question: str, text: str) -> Name | None:
    words = words_of(text)
    if certainty_of(text) is not Certainty.STATED or any(word.lemma in NEGATIONS for word in words):
        return None
    ends = {name.words[-1]: name for name in names_of(text)}
    for n, word in enumerate(words):
        first = n
        while first and (words[first - 1].key in _BEFORE or is_adverb(words[first - 1])):
            first -= 1
        name = ends.get(words[first - 1]) if first else None
        if name and words[first - 1].clause == word.clause and _leaves(question, words, first, n):
            return name
    return None


def _leaves(question: str, words: Sequence[Word], first: int, at: int) -> bool:
    """Whether a verb, with its auxiliaries from ``first`` on, says that its subject left the office asked about."""
    is_passive = any(word.key in _BE for word in words[first:at])
    verb = words[at]
    if not is_past(verb) and verb.key != "quit":
        return False
    if verb.lemma == "step" and key_at(words, at + 1) not in {"down", "aside"}:
        return False
    if verb.lemma not in (_REMOVED if is_passive else _LEAVES):
        return False
    after = [word for word in words[at + 1 :] if word.clause == verb.clause]
    office = next((after[n + 1 : n + 5] for n, word in enumerate(after) if word.key in {"as", "from"}), [])
    return not office or bool(set(stems(" ".join(word.text for word in office))) & set(stems(question)))


def _is_former(
    sentence: PassageSentence, moment: datetime | None, left: Sequence[tuple[frozenset[str], datetime]]
) -> bool:
    """Whether the sentence names somebody who has left since its report."""
    return moment is not None and any(
        moment < since and any(keys & frozenset(name.keys) for name in names_of(sentence.text)) for keys, since in left
    )


def _keys(sentence: PassageSentence) -> frozenset[str]:
    return frozenset(key for name in names_of(sentence.text) for key in name.keys)


def _points_back(sentence: PassageSentence) -> bool:
    first = next(iter(words_of(sentence.text)), None)
    return first is not None and first.key in _POINTS_BACK
