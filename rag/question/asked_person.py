"""Detects sentences on another person than the one whose deed a question asks about.

"Why did Petra Lunde resign?" is not answered by "Edda Rasch has resigned", nor by "Her successor is …" after it.

Left out, because the sentence may still answer: verbs with an object ("Why did Lunde sign the deal?", which others
may have signed for her), people named by one word, and passages that mention the person asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.capitals import person_among
from rag.language.names import Name, names_of, same_name
from rag.language.phrases import is_adverb
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.lexicon.light import STOP_WORDS
from rag.lexicon.places import SAME
from rag.lexicon.reporting import DETERMINERS, PRONOUNS
from rag.passages import PassageSentence, with_headline
from rag.types import Passage

_ASKS = re.compile(
    r"^\W*(?:(?:why|when|where|how)\s+)?(?P<auxiliary>did|does|has|have|had|is|was|were)\s+", re.IGNORECASE
)
_BE = word_set("is was were been be being")
_AUXILIARIES = _BE | word_set("has have had did also already")
_POINTS_BACK = word_set("he she his her")
_FULL = 2  # words of a full name


def is_of_another_person(question: str, sentence: PassageSentence, passage: Passage) -> bool:
    """Whether the sentence is about another person who did what the question asks about.

    It is if it says so or continues such a sentence with "she", or if the top of its article says so anywhere: then the
    article is not about the person asked about. Only for a passage that does not mention that person.
    """
    asked = _asked(question)
    if asked is None:
        return False
    name, verb, passive = asked
    if any(same_name(key, word.key) for key in name.keys for word in words_of(with_headline(passage))):
        return False
    first = next(iter(words_of(sentence.text)), None)
    points_back = first is not None and first.key in _POINTS_BACK
    said = sentence.text if not points_back else f"{sentence.before} {sentence.text}"
    return _has_other_subject(said if passage.chunk.ordinal else passage.chunk.text, verb, passive=passive)


def _asked(question: str) -> tuple[Name, str, bool] | None:
    """The person whose deed is asked about, the lemma of its verb, and whether that is passive; None if unclear."""
    match = _ASKS.match(question)
    if match is None:
        return None
    words = words_of(question)
    name = next((name for name in names_of(question) if name.words[0].start == match.end()), None)
    if name is None or not _is_person(name):
        return None
    after = [word for word in words if word.start > name.words[-1].start and not is_adverb(word)]
    after = after[1:] if after and after[0].key == "been" else after
    if not after or after[0].key in STOP_WORDS or _has_object(after):
        return None
    passive = match["auxiliary"].lower() in _BE or words_of(question)[words.index(after[0]) - 1].key == "been"
    return name, after[0].lemma, passive


def _has_object(after: Sequence[Word]) -> bool:
    """Whether the verb, the first of the words, may have an object: anything but a preposition follows it."""
    return len(after) > 1 and (after[1].key not in STOP_WORDS or after[1].key in DETERMINERS | PRONOUNS)


def _has_other_subject(text: str, verb: str, *, passive: bool) -> bool:
    """Whether a person named in full is right before a form of the verb."""
    words = words_of(text)
    people = {name.words[-1]: name for name in names_of(text) if _is_person(name)}
    return any(
        word.lemma == verb and (before := _before(words, n, passive=passive)) is not None and before in people
        for n, word in enumerate(words)
    )


def _before(words: Sequence[Word], at: int, *, passive: bool) -> Word | None:
    """The word before a verb and its auxiliaries; None if the verb is in the other voice."""
    first = at
    while first and (words[first - 1].key in _AUXILIARIES or is_adverb(words[first - 1])):
        first -= 1
    is_passive = any(word.key in _BE for word in words[first:at])
    if not first or is_passive is not passive or words[first - 1].clause != words[at].clause:
        return None
    return words[first - 1]


def _is_person(name: Name) -> bool:
    is_full = len(name.words) >= _FULL and not any(word.key in SAME for word in name.words)
    return is_full and person_among([name.text]) is not None
