"""Answers a request for an overview ("Summarise the strike", "What is the latest on it?") with opening sentences.

News puts first what matters most (the inverted pyramid), so the opening sentence of each report of a story, in the
order of time, is its summary: nobody has to write one, and each is cited and checked like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.types import ScoredChunk
from rag.instructions import reports_of
from rag.language.corrections import retracted
from rag.language.stems import stems
from rag.passages import PassageSentence
from rag.ports import Reader, Reranker
from rag.recency import newest_first
from rag.rerank import number
from rag.similarity import coverage, overlap
from rag.types import Draft, Passage, Sentence

MOST = 5
"""Reports that an overview quotes."""
ABOUT = 0.6
"""Share of the topic's words that headline and opening sentence hold together, from which a report is of it."""

_SAME = 0.75  # share of the shorter one's content words from which two openings say the same
_SHORTEST = 6  # words; what is shorter opens no report
_NEWS = r"(?:news|developments?|updates?|word|information)"
_ON = r"(?:on|about|of|with|for|in|from|regarding|around)"
_SUMMARY = r"(?:summary|overview|outline|recap|rundown|run-down|round-?up|digest|briefing|background)"
_ASKS = re.compile(
    rf"""^\W*(?:please\s+|(?:can|could|would|will)\s+you\s+(?:please\s+)?|i(?:['’]d|\s+would)\s+like\s+(?:to\s+have\s+)?)*
    (?:
        (?:summari[sz]e|sum\s+up|outline|recap)
      | (?:brief|update)\s+me\s+(?:on|about) | catch\s+me\s+up\s+(?:on|with) | fill\s+me\s+in\s+(?:on|about)
      | (?:tell\s+me|say)\s+(?:something\s+|more\s+|everything\s+|all\s+)?about
      | (?:give\s+me|show\s+me|write|what\s+is|what['’]s)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?{_SUMMARY}\s+{_ON}
      | (?:give\s+me|tell\s+me|list)\s+(?:some\s+|the\s+|\w+\s+)?(?:\w+\s+)?facts\s+{_ON}
      | what\s+(?:do|does|have|has)\s+(?:we|you|they|the\s+(?:articles?|archive|papers?))\s+
        (?:know|have|say|said|got|reported|learned)\s+(?:so\s+far\s+)?(?:about|on)
      | what\s+(?:is|has\s+been)\s+(?:known|reported|written)\s+(?:so\s+far\s+)?(?:about|on)
      | (?P<newest>(?:(?:what\s+is|what['’]s|what\s+are|give\s+me|tell\s+me|is\s+there|are\s+there|any)\s+)*
          (?:(?:the|any|some)\s+)?
          (?:(?:latest|newest|most\s+recent|recent|new)(?:\s+{_NEWS})?|{_NEWS})\s+{_ON})
    )\s+(?P<topic>.+)$""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE = re.compile(
    r"^(?!.*\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|not|no|yes)\b)"
    r"[\w’'-]+(?:\s+[\w’'-]+){0,3}\.?$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how|whether|if)\b", re.IGNORECASE)
_ANY_STORY = frozenset(
    stems(
        "story affair case news situation dispute row controversy scandal saga matter issue event development update "
        "report article coverage topic subject latest recent fact everything thing archive"
    )
)


@dataclass(frozen=True, slots=True)
class Overview:
    """What an overview is wanted of, and whether of its newest part."""

    topic: str
    newest: bool


def overview_of(question: str) -> Overview | None:
    """What a request for an overview is about; None for any other question, and where no topic is named.

    A few words that ask nothing ("dock strike") are such a request too.
    """
    asked = _ASKS.match(question.strip())
    if asked is None and not _BARE.match(question.strip()):
        return None
    topic = (asked["topic"] if asked else question).strip(" ?!.")
    if _MORE.search(topic) or not _telling(topic):
        return None
    return Overview(topic, bool(asked and asked["newest"]))


class OverviewOrder:
    """Gives the reader of an overview the beginnings of articles; else, and where none is of it, the other's order."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        """At most ``limit`` passages; those of an overview in the order of the search."""
        wanted = overview_of(question)
        if wanted is None:
            return self._reranker.rank(question, found, limit)
        first = [scored for scored in found if scored.chunk.ordinal == 0]
        passages = number([(scored, scored.score) for scored in first], limit)
        return passages if _openings(wanted.topic, passages) else self._reranker.rank(question, found, limit)


class OverviewReader:
    """Reads requests for an overview itself; other questions, and what no report opens with, are the other reader's."""

    def __init__(self, reader: Reader, *, most: int = MOST) -> None:
        """An overview quotes at most ``most`` reports."""
        self._reader = reader
        self._most = most

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """Opening sentences in the order of time, newest first where the latest is asked for; else what is read."""
        wanted = overview_of(question)
        found = _distinct(_openings(wanted.topic, passages)) if wanted else []
        if wanted is None or not found:
            return self._reader.read(question, passages)
        chosen = _by_time(found)[: self._most] if wanted.newest else _by_time(found[: self._most])[::-1]
        return Draft(tuple(Sentence(opening.text, (opening.passage,)) for opening, _ in chosen))


_Opening = tuple[PassageSentence, Passage]


def _openings(topic: str, passages: Sequence[Passage]) -> list[_Opening]:
    """The opening sentence of each article that is about the topic, in the order found.

    Where the opening itself was not found, what was found of the article is not its summary, and is left out.
    """
    wanted = _telling(topic)
    found: dict[str, _Opening] = {}
    for passage in passages:
        chunk = passage.chunk
        opening = _opening_of(passage)
        if chunk.ordinal or opening is None or chunk.article_id in found:
            continue
        if coverage(wanted, frozenset(stems(f"{chunk.title or ''} {opening.text}"))) >= ABOUT:
            found[chunk.article_id] = opening, passage
    return list(found.values())


def _opening_of(passage: Passage) -> PassageSentence | None:
    """The first whole sentence: no headline repeated, no byline, no correction above the text."""
    return next(
        (
            sentence
            for sentence in reports_of(passage)
            if len(sentence.text.split()) >= _SHORTEST
            and sentence.text.rstrip("\"'”’*_)")[-1:] in {".", "!", "?", "…"}
            and retracted(sentence.text) is None
        ),
        None,
    )


def _distinct(openings: Iterable[_Opening]) -> list[_Opening]:
    """Each that says something the ones before it do not."""
    found: list[_Opening] = []
    for opening, passage in openings:
        told = frozenset(stems(opening.text))
        if not any(overlap(told, frozenset(stems(other.text))) >= _SAME for other, _ in found):
            found.append((opening, passage))
    return found


def _by_time(openings: Sequence[_Opening]) -> list[_Opening]:
    """Newest first, undated ones last."""
    return sorted(openings, key=lambda one: newest_first(one[1].chunk.published))


def _telling(topic: str) -> frozenset[str]:
    """Stems of a topic's words but for those that any story could be called by."""
    return frozenset(stems(topic)) - _ANY_STORY
