"""Tells sentences that state something from those that cannot answer, however many words they share with a question.

A quiz, a list of frequent questions or a teaser ("Why these cities cancelled their fireworks") has the very words of a
question but not the answer. Neither has a sentence that only repeats what the question already says.
"""

from __future__ import annotations

import re

from rag.facts.disagreement import YES_OR_NO
from rag.language.phrases import first_present
from rag.language.stems import stems
from rag.language.stems import words as words_for_search
from rag.language.words import is_past, words_of
from rag.lexicon import word_set
from rag.lexicon.light import STOP_WORDS
from rag.lexicon.reporting import BE, CLEAR, DETERMINERS, STOPPERS, WITH_THAT
from rag.stance.denials import denies

_OPTION = re.compile(r"^\W{0,2}[A-Da-d][.)]\s+(?![A-Z]\.)\S+(?:\s\S+){0,3}(?<![.!])$")
"""An option of a quiz: "B. The postal workers". What is longer, or ends like a sentence, may begin with an initial."""

_HEADING = re.compile(r"^\W{0,2}\d{1,2}[.)]\s+\S+(?:\s\S+){0,2}(?<![.!:])$")
"""The heading of a numbered list: "3. Uvalde". Three words are the most that need no verb to be one."""

_INVITATION = re.compile(
    r"^\W{0,2}(?:see|explore|read|click|watch|sign up|subscribe|follow|check out|learn|find out|visit|download|listen"
    r"|join|scroll|tap)\s(?:the|our|us|this|these|more|here|how|what|why|who|all|for|on|to|your|if|along|below|now|today)\b"
    r"(?![^\"“”]*[\"”])",
    re.IGNORECASE,
)
"""An invitation to readers: "Sign up for our newsletter", "See the list below". Not in a quotation."""

_INITIAL = re.compile(r"[A-D]\.\s+(?=[A-Z])")

# Without a full stop at the end: "July 4: Why these cities …", "Here's what to know about the vote". Within a line,
# "- who died in 2019" belongs to what stands before it, and WHO is an organisation.
_HERE = r"(?:[Hh]ere(?:['’]s| is| are)\s+)?"
_TEASER = re.compile(rf"{_HERE}(?P<asks>(?i:why|how|what|where|when to)|[Ww]ho)\s\S.", re.DOTALL)
_TEASER_WITHIN = re.compile(rf"[:–—|-]\s+{_HERE}(?P<asks>(?i:why|how|what|where))\s\S.", re.DOTALL)
_STOPS = ".!:…"
_NO_END = tuple(_STOPS + '"”’')
_IS = word_set("is remains")
_JOINING = word_set("and but who which whose whom")
_LONGEST_CLAUSE = 300  # characters; no headline is longer
_QUESTION = re.compile(r"\?[\"'”’»)*_!\s]*$")
_QUOTED_QUESTION = re.compile(
    r"^(?P<before>.*\w)[\s:,(–—-]+(?:\"[^\"]{0,400}|“[^”]{0,400}|«[^»]{0,400}|['‘][^?]{0,400}|(?<=\()[^()]{0,400})"
    r"\?[!?]*+[\"'”’»)]\W*+$",
    re.DOTALL,
)
"""Where one repetition could be tried at every place, it has a bound, so that a text of any length takes one pass."""
_ASKS = re.compile(r"^\W*(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)

_OPENLY = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_WHETHER = re.compile(r"\bwhether\b", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_OR_APART = re.compile(r"(?:[,:]|\s[–—-])\s[^,:–—]*?\bor\b", re.IGNORECASE)
"""Alternatives apart from the question: "How did they travel, by ferry or by train?"."""
_TELLING = word_set(
    "all both each every either neither few fewer many more most less none some any nobody nothing "
    "up down off out over under above below before after once again here there"
)
"""Words that answer although they are too frequent to be searched for."""

_ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")


def states(text: str) -> bool:
    """Whether a sentence states something.

    Questions, options of a quiz, headings of lists, invitations to readers and teasers do not.
    A sentence that ends with a question in quotation marks or brackets does: "The panel voted on “Is it safe?”".
    """
    text = text.strip()
    return not (
        _is_question(text) or _is_option(text) or _HEADING.match(text) or _INVITATION.match(text) or _is_teaser(text)
    )


def _is_question(text: str) -> bool:
    if not _QUESTION.search(text):
        return False
    quoted = _QUOTED_QUESTION.match(text)
    return not quoted or bool(_ASKS.match(text) or YES_OR_NO.match(quoted["before"]))


def _is_option(text: str) -> bool:
    """Whether the text is an option of a quiz; "A. Lund resigned" begins with an initial."""
    if not _OPTION.match(text):
        return False
    initial = _INITIAL.match(text)
    words = words_of(text[initial.end() :]) if initial else ()
    at = next((n for n, word in enumerate(words) if not word.capital), 0)
    if not at or words[at - 1].lemma != words[at - 1].key:  # in the plural it is no name: "Trains cancelled"
        return True
    is_verb = is_past(words[at]) or words[at].key in BE or words[at].lemma == "have"
    return not is_verb and first_present(words) != at


def _is_teaser(text: str) -> bool:
    """Whether the text announces what an article tells, without a mark at its end: "Why the ferries stay in port"."""
    if not text or text.endswith(_NO_END):
        return False
    stop = max(text.rfind(mark) for mark in _STOPS)
    opens = _TEASER.match(text) if stop < 0 else None
    found = opens or _TEASER_WITHIN.search(text, stop if text[stop] == ":" else stop + 1)
    return found is not None and not _has_predicate(text[found.start("asks") :])


def _has_predicate(clause: str) -> bool:
    """Whether something is said of the clause, which has its own verb: "Why Lund resigned is unclear".

    Only if that is certain. After a verb of saying or another conjunction, "is" may belong to what is told.
    """
    words = words_of(clause) if len(clause) <= _LONGEST_CLAUSE else ()
    verb = next(
        (n for n in range(1, len(words)) if is_past(words[n]) and words[n - 1].key not in DETERMINERS), len(words)
    )
    follows = [n for n in range(verb + 1, len(words) - 1) if words[n].key in _IS | {"was", "remained"}]
    if not follows or any(word.key in STOPPERS | _JOINING for word in words[1 : follows[0]]):
        return False
    first = follows[0]
    if words[first + 1].key.endswith("ing"):
        return False
    is_after_object = words[first].key in _IS and words[first - 1].key not in STOP_WORDS
    return first == verb + 1 or (is_after_object and words[verb].key not in CLEAR | WITH_THAT)


def adds_to(question: str, text: str) -> bool:
    """Whether a sentence says more than the question; any does if that asks for yes or no, or for one of two."""
    asks = _OPENLY.search(question)
    if not asks and question.rstrip().endswith("?"):
        return True
    is_either = _asks_which(question, asks[0].lower() if asks else "")
    if is_either or YES_OR_NO.search(question) or denies(text):
        return True
    return bool(_said_by(text) - _said_by(question))


def _asks_which(question: str, asks: str) -> bool:
    """Whether a question that ``asks`` "who" or "how" gives the alternatives; "why" asks for something else."""
    match asks:
        case "why":
            return False
        case "how" | "when" | "where":
            return bool(_WHETHER.search(question) or _OR_APART.search(question))
        case _:
            return bool(_WHETHER.search(question) or _OR.search(question))


def _said_by(text: str) -> set[str]:
    """The words of a text that say something: the content words, and "US", "WHO", "all" or "down"."""
    short = {found for found in _ABBREVIATION.findall(text) if found.lower() in STOP_WORDS}
    return {*stems(text), *short, *(word for word in words_for_search(text) if word in _TELLING)}
