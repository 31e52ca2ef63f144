"""Answers what the author of an opinion piece thinks of something with the piece's own sentences about it.

"What does Berit Lang think of Lysnett?" is answered by "Lysnett spends too little on its lines" in a column by Berit
Lang. The sentence does not name her, so that a reader of sentences finds no answer in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.instructions import reports_of
from rag.language.names import names_of, same_name
from rag.language.stems import stems
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.lexicon.light import STOP_WORDS
from rag.passages import PassageSentence
from rag.ports import Reader
from rag.question.statements import states
from rag.similarity import coverage
from rag.stance.attribution import find_attribution
from rag.stance.kinds import is_opinion_piece
from rag.types import Draft, Passage, Sentence

MOST = 3
"""Maximum number of sentences quoted."""

_WHOSE = re.compile(r"^\W*(?:and\s+|but\s+)?what\s+(?:do|does|did|has|is)\s+(?=[A-ZÀ-Þ])", re.IGNORECASE)
_VIEWS = word_set("say think write want respond react comment agree criticise criticize")
_TOPIC_AFTER = re.compile(r"\s(?:of|about|on|to|over|for|from|with|against)\s", re.IGNORECASE)
_ABOUT = 0.6  # minimum share of the topic's stems in a sentence
_FIRST_PERSON = word_set("i we my our")


class ColumnReader:
    """Reads the author's own piece where the other reader finds no answer, or none that is sure."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The other reader's draft, or up to ``MOST`` sentences of the author asked about."""
        draft = self._reader.read(question, passages)
        if draft.sentences and not draft.unsure:
            return draft
        found = _own_sentences(question, passages)[:MOST]
        if not found:
            return draft
        by = {passage.chunk.author: None for _, passage in found if passage.chunk.author}
        sentences = tuple(Sentence(sentence.text, (sentence.passage,)) for sentence, _ in found)
        return Draft(sentences, notes=tuple(f"The opinion piece quoted is by {author}." for author in by))


def _own_sentences(question: str, passages: Sequence[Passage]) -> list[tuple[PassageSentence, Passage]]:
    """Sentences on the topic from opinion pieces by the person asked about, in the order of the text."""
    asked = _asked(question)
    if asked is None:
        return []
    person, topic = asked
    own = [passage for passage in passages if _is_by(person, passage) and _is_opinion(passage, passages)]
    own.sort(key=lambda passage: (passage.chunk.article_id, passage.chunk.ordinal))
    return [
        (sentence, passage)
        for passage in own
        for sentence in reports_of(passage)
        if states(sentence.text)
        and coverage(topic, frozenset(stems(sentence.text))) >= _ABOUT
        and not _is_of_others(sentence)
    ]


def _asked(question: str) -> tuple[tuple[str, ...], frozenset[str]] | None:
    """The keys of the person's name and the stems of the topic, if the question asks what somebody thinks of it."""
    start = _WHOSE.match(question)
    name = next((n for n in names_of(question) if start and n.words[0].start == start.end()), None)
    if name is None:
        return None
    after = [word for word in words_of(question) if word.start > name.words[-1].start]
    if not after or after[0].lemma not in _VIEWS:
        return None
    about = _TOPIC_AFTER.search(question, after[0].end)
    topic = frozenset(stems(question[about.end() :])) if about else frozenset()
    return (tuple(word.key for word in name.words), topic) if topic else None


def _is_by(person: Sequence[str], passage: Passage) -> bool:
    """Whether every word of the name is in the byline."""
    author = [word.key for word in words_of(passage.chunk.author or "") if word.key not in STOP_WORDS]
    return all(any(same_name(key, other) for other in author) for key in person)


def _is_opinion(passage: Passage, passages: Sequence[Passage]) -> bool:
    article = passage.chunk.article_id
    return is_opinion_piece(other.chunk for other in passages if other.chunk.article_id == article)


def _is_of_others(sentence: PassageSentence) -> bool:
    """Whether the author only quotes it."""
    said = find_attribution(sentence.text, sentence.before, sentence.quotation)
    return said is not None and not {word.key for word in words_of(said.speaker)} <= _FIRST_PERSON
