"""For a question that asks why: whether a reason is given, and else the sentence most likely to hold it.

A sentence with the words of "Why was Malk cleared?" mostly says that he was. News give the reason in the same sentence,
with a word for it ("because", "after"), or in one of the next ("The judges said that the witness …").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.instructions import reports_of
from rag.language.stems import stems
from rag.passages import PassageSentence
from rag.question.statements import states
from rag.similarity import coverage
from rag.types import Passage

_WHY = re.compile(r"^\W*(?:(?:and|but|so)\s+)?why\b", re.IGNORECASE)
# Also words that need not give a reason ("after"): what has none of all these hardly gives one.
_GIVES = re.compile(
    r"\b(?:because|cause[ds]?|causing|due\s+to|owing\s+to|thanks\s+to|as\s+a\s+result|reasons?|blam(?:es?|ed|ing)|after|following"
    r"|amid|over|despite|so\s+that|in\s+order\s+to|set\s+off|led\s+to|prompt(?:s|ed|ing)|trigger(?:s|ed|ing)|spark(?:s|ed|ing)"
    r"|saying|suspi\w+|accus\w+|fear(?:s|ed|ing)?|threat\w*|therefore|why|otherwise|(?:as|since)\s+(?:the|an?|it|its|they|their|he|she|there)"
    r"|for\s+(?!(?:(?:the|an?)\s+)?(?:\w+\s+)?(?:weeks?|months?|years?|decades?|days?|hours?|minutes?|times?|centur\w+|now)\b))\b",
    re.IGNORECASE,
)
_TOLD = 0.6  # minimum share of the question's stems in a sentence and its headline that tell what it asks the reason of
_NEXT = 2  # sentences after it among which the reason is looked for


def lacks_reason(question: str, shown: Sequence[PassageSentence]) -> bool:
    """Whether the question asks why and no sentence gives a reason in so many words."""
    return _WHY.match(question) is not None and not any(_GIVES.search(sentence.text) for sentence in shown)


def with_next(
    question: str, shown: Sequence[PassageSentence], passages: Sequence[Passage], most: int
) -> list[PassageSentence]:
    """The sentences, at most ``most``, and after the one that tells what happened the next that may say why."""
    by_number = {passage.number: passage for passage in passages}
    told = _told(question, shown, by_number)
    following = _after(told, by_number[told.passage], shown) if told else []
    reason = next((sentence for sentence in following if _GIVES.search(sentence.text)), next(iter(following), None))
    if told is None or reason is None:
        return list(shown)
    others = [sentence for sentence in shown if sentence is not told]
    return [told, reason, *others][:most]


def _told(question: str, shown: Sequence[PassageSentence], by_number: Mapping[int, Passage]) -> PassageSentence | None:
    """The sentence with most of the question's words; its headline counts where no sentence has enough of them."""
    asked = frozenset(stems(question))
    whole = [sentence for sentence in shown if _is_whole(sentence.text)]
    for with_title in (False, True):
        shares: dict[PassageSentence, float] = {}
        for sentence in whole:
            title = (by_number[sentence.passage].chunk.title or "") if with_title else ""
            own = frozenset(stems(sentence.text))
            shares[sentence] = coverage(asked, own | frozenset(stems(title))) if own & asked else 0.0
        best = max(shares, key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= _TOLD:
            return best
    return None


def _is_whole(text: str) -> bool:
    """Whether the text ends like a sentence, which headlines and bylines do not."""
    return text.rstrip("\"'”’*_)")[-1:] in {".", "!", "?", "…"}


def _after(told: PassageSentence, passage: Passage, shown: Sequence[PassageSentence]) -> list[PassageSentence]:
    """The next sentences of the passage that state something and are not shown."""
    following = [sentence for sentence in reports_of(passage) if sentence.span.start >= told.span.end][:_NEXT]
    texts = {sentence.text for sentence in shown}
    return [one for one in following if states(one.text) and _is_whole(one.text) and one.text not in texts]
