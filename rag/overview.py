"""Answers a request for an overview ("Summarise the strike", "What is the latest on it?") with opening sentences.

News articles state the most important facts first (the inverted pyramid). The opening sentences of a story's articles,
in chronological order, therefore summarise it. They are cited and checked like any other sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import ScoredChunk
from rag.instructions import reports_of
from rag.language.corrections import retracted_span
from rag.language.day_bounds import without_bound
from rag.language.stems import stems
from rag.passages import PassageSentence
from rag.ports import Reader, Reranker
from rag.recency import newest_first
from rag.rerank import number
from rag.retold import is_retold
from rag.similarity import coverage
from rag.types import Draft, Passage, Sentence

MOST = 5
"""Maximum number of articles that an overview quotes."""
ABOUT = 0.6
"""Minimum share of the topic's stems in an article's headline and opening sentence for it to be about the topic."""

_NAMED = 0.5  # minimum share there if the first chunk as a whole has the share ``ABOUT``
_SHORTEST = 6  # minimum length of an opening sentence, in words
_NEWS = r"(?:news|developments?|updates?|word|information)"
_ON = r"(?:on|about|of|with|for|in|from|regarding|around)"
_SUMMARY = r"(?:summary|overview|outline|recap|rundown|run-down|round-?up|digest|briefing|background)"
_REQUEST = re.compile(
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
_KEYWORDS = re.compile(
    r"^(?!.*\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|not|no|yes)\b)"
    r"[\w’'-]+(?:\s+[\w’'-]+){0,3}\.?$",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how|whether|if)\b", re.IGNORECASE)
_GENERIC = frozenset(
    stems(
        "story affair case news situation dispute row controversy scandal saga matter issue event development update "
        "report article coverage topic subject latest recent fact everything thing archive"
    )
)


@dataclass(frozen=True, slots=True)
class Overview:
    """A request for an overview: its topic, and whether the latest news is wanted."""

    topic: str
    newest: bool


def overview_of(question: str) -> Overview | None:
    """Parses a request for an overview; None for any other question, and if no topic is named.

    Up to four words that do not form a question ("dock strike") are such a request too.
    """
    asked = _REQUEST.match(question.strip())
    if asked is None and not _KEYWORDS.match(question.strip()):
        return None
    topic = without_bound((asked["topic"] if asked else question).strip(" ?!."))
    if _QUESTION_WORD.search(topic) or not _topic_stems(topic):
        return None
    return Overview(topic, bool(asked and asked["newest"]))


class OverviewOrder:
    """Ranks only the first chunks of articles if an overview is requested; otherwise uses the given reranker.

    The given reranker is also the fallback if no first chunk is about the topic.
    """

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        """At most ``limit`` passages; for an overview, those about the topic first, in the order of the search.

        For the latest, a search has the newest reports first, and those on other topics would take all places.
        """
        wanted = overview_of(question)
        if wanted is None:
            return self._reranker.rank(question, found, limit)
        first = [scored for scored in found if scored.chunk.ordinal == 0]
        about = {one.chunk.id for _, one in _openings(wanted, number([(s, s.score) for s in first], len(first)))}
        if not about:
            return self._reranker.rank(question, found, limit)
        first.sort(key=lambda scored: scored.chunk.id not in about)
        return number([(scored, scored.score) for scored in first], limit)


class OverviewReader:
    """Answers requests for an overview; other questions, and topics that no opening covers, go to another reader."""

    def __init__(self, reader: Reader, *, most: int = MOST) -> None:
        """``most`` is the maximum number of articles that an overview quotes."""
        self._reader = reader
        self._most = most

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """Opening sentences, oldest first (newest first if the latest is asked for), or the other reader's draft."""
        wanted = overview_of(question)
        found = _distinct(_openings(wanted, passages), _topic_stems(wanted.topic)) if wanted else []
        if wanted is None or not found:
            return self._reader.read(question, passages)
        chosen = _by_time(found)[: self._most] if wanted.newest else _by_time(found[: self._most])[::-1]
        return Draft(tuple(Sentence(opening.text, (opening.passage,)) for opening, _ in chosen))


_Opening = tuple[PassageSentence, Passage]


def _openings(wanted: Overview, passages: Sequence[Passage]) -> list[_Opening]:
    """The opening sentence of each article that is about the topic, in the order of the passages.

    Articles whose first chunk is not among the passages are left out: a later chunk does not summarise an article. If
    the latest is asked for and only undated articles are found, also those that name the rest of the topic only further
    down: what is undated cannot be shown to be the latest.
    """
    topic = _topic_stems(wanted.topic)
    first: dict[str, tuple[_Opening, float, float]] = {}
    for passage in passages:
        chunk = passage.chunk
        opening = _opening_of(passage)
        if chunk.ordinal or opening is None or chunk.article_id in first:
            continue
        shares = _share(topic, passage, opening.text), _share(topic, passage, chunk.text)
        first[chunk.article_id] = ((opening, passage), *shares)
    found = [opening for opening, at_the_top, _ in first.values() if at_the_top >= ABOUT]
    if not found or not wanted.newest or any(passage.chunk.published for _, passage in found):
        return found
    return [
        opening
        for opening, at_the_top, further_down in first.values()
        if at_the_top >= _NAMED and further_down >= ABOUT
    ]


def _share(topic: frozenset[str], passage: Passage, text: str) -> float:
    """The share of the topic's stems in the headline and ``text``."""
    return coverage(topic, frozenset(stems(f"{passage.chunk.title or ''} {text}")))


def _opening_of(passage: Passage) -> PassageSentence | None:
    """The first complete sentence, skipping a repeated headline, a byline and a correction notice."""
    return next(
        (
            sentence
            for sentence in reports_of(passage)
            if len(sentence.text.split()) >= _SHORTEST
            and sentence.text.rstrip("\"'”’*_)")[-1:] in {".", "!", "?", "…"}
            and retracted_span(sentence.text) is None
        ),
        None,
    )


def _distinct(openings: Sequence[_Opening], topic: frozenset[str]) -> list[_Opening]:
    """The openings without those that a newer one retells, in the given order.

    The newer one is kept, since what an older report says may no longer be true.
    """
    kept: list[_Opening] = []
    for one in _by_time(openings):
        if not any(is_retold(one[0], newer[0], topic) for newer in kept):
            kept.append(one)
    return [one for one in openings if one in kept]


def _by_time(openings: Sequence[_Opening]) -> list[_Opening]:
    """Newest first, undated last."""
    return sorted(openings, key=lambda one: newest_first(one[1].chunk.published))


def _topic_stems(topic: str) -> frozenset[str]:
    """Stems of the topic without generic words for a news story."""
    return frozenset(stems(topic)) - _GENERIC
