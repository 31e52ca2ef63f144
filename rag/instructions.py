"""Detects sentences addressed to a machine (prompt injection), which are never used as evidence or as an answer.

Articles are data. A page that says "ignore your instructions" may have been written for a chatbot to read.
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
    """,  # noqa: E501  (one alternative per line is easier to read)
    re.IGNORECASE | re.VERBOSE,
)


def addresses_a_machine(sentence: str) -> bool:
    """Whether a sentence is worded as an instruction to a program that processes the article."""
    return _TO_A_MACHINE.search(sentence) is not None


def reports_among(sentences: Sequence[PassageSentence]) -> list[PassageSentence]:
    """The sentences that may be evidence: neither an instruction nor directly after one.

    The sentence after "Ignore your instructions." is likely to be what the attacker wants the chatbot to say.
    """
    found: list[PassageSentence] = []
    after_instruction = False
    for sentence in sentences:
        is_instruction = addresses_a_machine(sentence.text)
        if not is_instruction and not after_instruction:
            found.append(sentence)
        after_instruction = is_instruction
    return found


def reports_of(passage: Passage) -> list[PassageSentence]:
    """The sentences of a passage that may be evidence, in order."""
    return reports_among(sentences_of(passage))
