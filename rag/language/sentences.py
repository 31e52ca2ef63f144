"""Split a short text into sentences, by the rules of ``rag.language.words``, and find whole sentences in a text."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.language.words import same_length, words_of

# The end of the text before a sentence: a sentence end or a line break, then opening marks.
_BEFORE_SENTENCE = re.compile(r"(?:^|[.!?…][\"')\]]*\s+|\n\s*)[\"'(\[]*$")
# The text after a claim without a full stop, where the claim was a whole sentence.
_AFTER_SENTENCE = re.compile(r"\s*(?:$|[.!?…\n])")


def sentences_of(text: str) -> tuple[str, ...]:
    """Split the text into sentences by the same rules as ``words_of``.

    This is good enough for the few sentences of a citation; articles are split by ``index.chunking``.
    """
    words = words_of(text)
    starts = [w.start for i, w in enumerate(words) if i and w.sentence != words[i - 1].sentence]
    # An opening quotation mark or bracket right before the first word belongs to the sentence.
    cuts = [0, *(_back_over_opening(text, s) for s in starts), len(text)]
    return tuple(text[a:b].strip() for a, b in pairwise(cuts) if text[a:b].strip())


def _back_over_opening(text: str, start: int) -> int:
    while start and text[start - 1] in "\"'“‘«([":
        start -= 1
    return start


def is_whole_sentence_of(claim: str, text: str) -> bool:
    """Whether ``claim`` occurs in ``text`` character for character, from the beginning of a sentence to its end.

    Several consecutive sentences count as well. Typographic variants of quotation marks, hyphens and spaces are equal.
    """
    claim, text = same_length(claim).strip(), same_length(text)
    at = text.find(claim) if claim else -1
    while at >= 0:
        rest = text[at + len(claim) :]
        ends = claim.rstrip("\"')]")[-1:] in {".", "!", "?", "…"} or _AFTER_SENTENCE.match(rest)
        if ends and _BEFORE_SENTENCE.search(text[:at]):
            return True
        at = text.find(claim, at + 1)
    return False
