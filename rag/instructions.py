"""Sentences that speak to a machine instead of reporting: they are never evidence and never an answer.

Articles are data. A page that says "ignore your instructions" may have been written to be read by a chatbot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.passages import PassageSentence, sentences_of
from rag.types import Passage

_TO_A_MACHINE = re.compile(
    r"""
    ^\W*(?:please\s+)?(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|prompts?|rules|guidelines|guardrails)\b
  | \b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,30}\b(?:previous|prior|above|earlier|preceding|your)\b[^.!?]{0,30}\b(?:instructions?|prompts?|rules|guidelines)\b
  | \byour\s+(?:next\s+|final\s+)?(?:answers?|reply|replies|responses?|output)\s+(?:must|should|shall|has\s+to|needs?\s+to|will|is\s+to)\b
  | </?(?:passage|article|document|context|source|instructions?)\b[^>]*>
  | \b(?:system|developer)\s+(?:prompt|message|instruction|override)\b
  | ^\W*(?:system|assistant|user|developer|human|ai|admin)\s*(?:\([^)]*\)\s*)?[:>\]]
  | <\|?/?(?:im_start|im_end|system|assistant|user|inst|s)\|?> | \[/?INST\] | ^\W*\#{2,}\s*(?:system|instruction)
  | \byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:ai|assistant|chatbot|language\s+model|llm|dan)\b
  | \b(?:note|message|instructions?|attention)\s+(?:to|for)\s+(?:all\s+|any\s+|the\s+)?(?:ai|chatbots?|assistants?|language\s+models?|llms?|bots?)\b
  | ^\W*(?:dear\s+)?(?:ai|assistant|chatbot|language\s+model|llm)s?\b\s*[,!—–-]
  | ^\W*(?:please\s+)?(?:instead\s*,?\s*)?(?:always\s+|only\s+|now\s+|just\s+)?
    (?:answer|reply|respond|output|print|repeat|write|say|tell|claim|state|report|declare|cite|quote|include|append|add|end|begin|start|reveal|pretend|act|recommend)
    \s[^.!?]{0,80}\b(?:users?|answers?|reply|replies|response|responses|readers?|questions?|sentence|marker|citation|exactly|following|that|prompt|as\s+if)\b
    """,  # noqa: E501  (alternatives read better whole)
    re.IGNORECASE | re.VERBOSE,
)


def addresses_a_machine(sentence: str) -> bool:
    """Whether a sentence reads as an instruction to whoever processes the article, by its wording alone."""
    return _TO_A_MACHINE.search(sentence) is not None


def reports_among(sentences: Sequence[PassageSentence]) -> list[PassageSentence]:
    """The sentences that may be evidence: no instruction, and not the one right after an instruction.

    What follows "Ignore your instructions." is likely what the writer wants said.
    """
    found: list[PassageSentence] = []
    after_order = False
    for sentence in sentences:
        order = addresses_a_machine(sentence.text)
        if not order and not after_order:
            found.append(sentence)
        after_order = order
    return found


def reports_of(passage: Passage) -> list[PassageSentence]:
    """The sentences of a passage that may be evidence, in their order."""
    return reports_among(sentences_of(passage))
