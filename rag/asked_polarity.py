"""Detects sentences that deny what a question takes to be so, or affirm what it takes not to be so.

- "What had the ministry proven?" is not answered by "The ministry had not proven that the alarm was off".
- "Which towns did not agree?" is not answered by "Varn agreed".

Left out, because the sentence may still answer: questions with "why", those answered yes or no, those about what
somebody says of it ("What did the ministry say about the alarm?") or about the future ("When will the ferry run?");
denials by somebody or of a cause, which may be one side of a dispute; and sentences with words such as "until", which
limit what is denied ("It will not open until May").
"""

from __future__ import annotations

import re

from rag.asked_details import asked_sentence
from rag.attribution import find_attribution
from rag.checks.negation import ruled_out
from rag.disagreement import YES_OR_NO
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.lexicon.light import LIGHT
from rag.lexicon.reporting import AMBIGUOUS, BASE, CLEAR

_WHY = re.compile(r"\bwhy\b|\bhow come\b", re.IGNORECASE)
_LIMITS = word_set("until till before unless but only except apart rather instead because if whether nor yet although")

_SAYS = CLEAR | AMBIGUOUS | BASE | word_set("about respond react reaction response comment explain happen happened")
_FUTURE = word_set("will would shall should can could may might must")


def is_of_other_polarity(question: str, sentence: str) -> bool:
    """Whether a word of the question is in the sentence only with the other sign."""
    asked = asked_sentence(question)
    is_open = {word.key for word in words_of(asked)} & (_SAYS | _FUTURE)
    if is_open or _WHY.search(asked) or YES_OR_NO.search(asked):
        return False
    denied, affirmed = ruled_out(asked)
    denied_there, affirmed_there = ruled_out(sentence)
    turned = (denied & affirmed_there) | (affirmed & denied_there)
    if not turned - LIGHT - {"cause"} or any(word.key in _LIMITS for word in words_of(sentence)):
        return False
    return find_attribution(sentence) is None
