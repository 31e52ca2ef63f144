"""Rewrites follow-up questions so that they stand alone, using the earlier questions and the last answer.

"And why?" after "Did the council close the school?" becomes "Why did the council close the school?". Pronouns are
replaced by the names they refer to, and the remaining topic of the earlier question is appended in brackets. A
question about something not mentioned before is left as it is (``rag.dialogue.topics``). The result is used for
searching and shown to the user. It need not be elegant, but it must not add anything: every word in it was said before,
if need be in another form ("did she resign" for "who resigned").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.dialogue.ellipses import AUXILIARY, asked_otherwise, is_of_another_kind, with_replacement
from rag.dialogue.former_topic import topic_phrases, with_topic
from rag.dialogue.pronouns import capitalised, means_thing, person_in, points_back, resolved
from rag.dialogue.topics import continues, heard_in, opens_a_subject, own_names, said_in, speaks_of
from rag.errors import ReaderFailed
from rag.language.capitals import names_in
from rag.language.stems import stems
from rag.ports import Rewriter
from rag.turns import Standalone, Turn
from rag.types import Answer

_CONJUNCTION = re.compile(r"^\W*(?:and|but|so|or|ok(?:ay)?|then|also|now)\b[\s,]*", re.IGNORECASE)
_SELF_CORRECTION = re.compile(
    r"^\W*(?:(?:no|nope|sorry|well|oh|actually|wait)\b[\s,.!–—-]*)*(?:i\s+(?:mean|meant)|or\s+rather|make\s+that)\b[\s,:–—-]*",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(r"^(?:(?:what|how)\s+about|what\s+of)\s+", re.IGNORECASE)
_BARE_QUESTION_WORD = re.compile(
    r"^(?P<wh>(?:since|until|by|from|for|to|with|at|in)?\s*"
    r"(?:why(?:\s+not)?|when|where|who(?:m)?|which|how(?:\s+(?:much|many|long|often|far|old|big|come|so))?|what))"
    r"(?:\s+(?:exactly|precisely|then|again|is\s+that|was\s+that|so|else))*\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
# A question that names who says it but not on what: "What does the county say?"
_ASKS_WHAT_IS_SAID = re.compile(
    r"^what\s+(?:do|does|did|has|have)\s+(?:the\s+)?[\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]*){0,3}\s+"
    r"(?:say|said|think|thought|reply|replied|answer|answered|respond|responded|claim|claimed|want|wanted)\W*$",
    re.IGNORECASE,
)
# Maximum number of content words of a nameless question that depends on the one before: in general, and if it contains
# "the" or a word such as "too".
_FEW_WORDS, _FEW_WORDS_DEFINITE = 2, 5
# Maximum number of words of a question without a verb: in general, and if it begins as a noun phrase does.
_FEW_ELLIPSIS_WORDS, _MAX_ELLIPSIS_WORDS = 4, 8
_IS_PHRASE = re.compile(
    r"^(?:the|an?|in|at|on|for|from|by|with|of|to|according to|before|after|during)\s", re.IGNORECASE
)
# A question that is no more than this asks the one before about another place, time or figure.
_IS_ELLIPSIS = re.compile(
    r"^(?:in|at|on|from|by|with|near|during|(?:more|less|fewer|earlier|later|higher|lower)\s+than)\s+"
    r"(?!.*\b(?:who|whom|what|which|when|where|why|how)\b)",
    re.IGNORECASE,
)
_TOO = re.compile(r"[\s,]+(?:too|as\s+well|also)$", re.IGNORECASE)


class FollowUps:
    """Rule-based rewriter; a question that already stands alone is returned unchanged."""

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        """The question in standalone form; every word comes from the question or the earlier turns."""
        history: list[_Earlier] = []
        for turn in turns:
            standalone = turn.reply.trace.standalone_question if turn.reply else ""
            history.append(_Earlier(turn, standalone or _standalone(turn.question, history)))
        return Standalone(_standalone(question, history))


class LlmFollowUps:
    """Rewriter that asks a language model. If that fails, it falls back to rules and a note says so."""

    def __init__(self, complete: Callable[[str], str], otherwise: Rewriter | None = None) -> None:
        self._complete = complete
        self._otherwise = otherwise or FollowUps()

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        """The question as rewritten by the model; a first question is returned unchanged."""
        if not turns:
            return Standalone(question)
        try:
            written = self._complete(_prompt(question, turns)).strip().strip('"')
        except ReaderFailed as failure:
            return self._by_rules(question, turns, str(failure))
        if not _plausible(written):
            return self._by_rules(question, turns, "the language model did not return a question.")
        return Standalone(written)

    def _by_rules(self, question: str, turns: Sequence[Turn], why: str) -> Standalone:
        return Standalone(
            self._otherwise.rewrite(question, turns).text, f"The follow-up question was completed by rules: {why}"
        )


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An earlier turn and its question in standalone form."""

    turn: Turn
    asked: str


def _standalone(question: str, history: Sequence[_Earlier]) -> str:
    """``question`` completed from the earlier turns, unless it starts a topic of its own."""
    text = question.strip()
    if not history or not history[-1].asked or not text:
        return text
    correction = _SELF_CORRECTION.match(text)
    rest = text[correction.end() :] if correction else text
    conjunction = _CONJUNCTION.match(rest)
    rest = rest[conjunction.end() :] if conjunction else rest
    goes_on = conjunction is not None or correction is not None
    if completed := _completed_ellipsis(rest, history[-1], goes_on=goes_on):
        return completed
    return _completed_subject(rest, history, goes_on=goes_on) or (capitalised(rest) if correction else text)


def _completed_ellipsis(text: str, last: _Earlier, *, goes_on: bool) -> str | None:
    """Completes a question without a verb ("Why?", "What about Ost?", "In Ost too?") from the earlier question."""
    earlier = last.asked
    if about := _WHAT_ABOUT.match(text):
        other = text[about.end() :].rstrip(" ?!.")
        return capitalised(text) if _is_unmentioned(other, last) else _asked_about(other, last)
    if bare := _BARE_QUESTION_WORD.match(text):
        asks_who = earlier.lower().startswith("who")
        who = person_in(earlier, _answer_text(last.turn), _speakers(last.turn)) if asks_who else None
        return capitalised(f"{asked_otherwise(bare['wh'], earlier, who)}?")
    most = _MAX_ELLIPSIS_WORDS if _IS_PHRASE.match(text) else _FEW_ELLIPSIS_WORDS
    if _IS_ELLIPSIS.match(text):
        text, goes_on = f"{text[0].lower()}{text[1:]}", True
    if goes_on and not AUXILIARY.search(text) and not _ASKS.match(text) and len(text.split()) <= most:
        return _asked_about(_TOO.sub("", text.rstrip(" ?!.")), last)
    return None


def _asked_about(other: str, last: _Earlier) -> str:
    """The earlier question asked about ``other``."""
    found = last.turn.reply.trace.retrieved if last.turn.reply else last.turn.found
    heard = " ".join(f"{scored.chunk.title or ''} {scored.chunk.text}" for scored in found)
    return with_replacement(other, last.asked, heard)


def _is_unmentioned(thing: str, last: _Earlier) -> bool:
    """Whether ``thing`` ("the harvest") was not mentioned before.

    Numbers and names never count as unmentioned, but for an institution where only a place was named.
    """
    mentioned = heard_in(last.turn, last.asked)
    topic = frozenset(stems(thing))
    if mentioned is None or not topic:
        return False
    if is_of_another_kind(thing, last.asked):
        return not topic <= mentioned
    if topic & mentioned:
        return False
    return not names_in(f"x {thing}") and not re.search(r"\d", thing)


def _completed_subject(text: str, history: Sequence[_Earlier], *, goes_on: bool) -> str | None:
    """A whole question completed with its missing subject, or None if nothing is missing."""
    last, earlier = history[-1].turn, history[-1].asked
    if points_back(text):
        whole = resolved(text, earlier, _answer_text(last), _speakers(last))
        # "Why did it collapse?" after "How many died when the Lindow Bridge collapsed?": with the name in the pronoun's
        # place nothing is missing, and what was asked before would mislead the search.
        is_whole = own_names(whole) and set(stems(whole)) <= set(stems(earlier)) and not points_back(whole)
        points = means_thing(text) or points_back(whole)
        return whole if is_whole else with_topic(whole, topic_phrases(text, earlier, points=points))
    if _ASKS_WHAT_IS_SAID.match(text):
        return with_topic(text, topic_phrases(text, earlier))
    mentioned = heard_in(last, earlier)
    if mentioned is not None and opens_a_subject(text, mentioned, goes_on=goes_on):
        related = _earlier_question_on(text, history[:-1])
        return with_topic(text, topic_phrases(text, related)) if related else capitalised(text)
    if goes_on or _depends_on_context(text, mentioned):
        return with_topic(text, topic_phrases(text, earlier))
    return None


def _earlier_question_on(text: str, history: Sequence[_Earlier]) -> str | None:
    """The latest earlier question about the thing that this one mentions, or None."""
    if own_names(text):
        return None
    return next((one.asked for one in reversed(history) if speaks_of(text, said_in(one.turn, one.asked))), None)


def _depends_on_context(text: str, mentioned: frozenset[str] | None) -> bool:
    """Whether a question without names refers to something known ("the minister") or has few content words."""
    if own_names(text):
        return False
    if mentioned is not None and speaks_of(text, mentioned):
        return True
    points = re.search(r"\bthe\b", text, re.IGNORECASE) or continues(text) or not AUXILIARY.search(text)
    return len(set(stems(text))) <= (_FEW_WORDS_DEFINITE if points else _FEW_WORDS)


def _answer_text(last: Turn) -> str:
    if not isinstance(last.reply, Answer):
        return ""
    return " . ".join([*(claim.text for claim in last.reply.claims), *_speakers(last)])


def _speakers(last: Turn) -> list[str]:
    """Who says what the last answer says."""
    claims = last.reply.claims if isinstance(last.reply, Answer) else ()
    return [claim.attribution.speaker for claim in claims if claim.attribution]


def _plausible(written: str) -> bool:
    return 0 < len(written) <= 500 and "\n" not in written and bool(stems(written))


def _prompt(question: str, turns: Sequence[Turn]) -> str:
    dialogue = [f"Q: {turn.question}{_answered(turn)}" for turn in turns[-3:]]
    return (
        "Rewrite the last question so that it can be understood without the conversation. Keep its meaning, add only "
        "names and facts from the conversation, and write nothing but the question, on one line. A question about "
        "something the conversation has not spoken of stays as it is.\n\n"
        + "\n".join(dialogue)
        + f"\nLast question: {question}\nRewritten:"
    )


def _answered(turn: Turn) -> str:
    return f"\nA: {_answer_text(turn) or '(no answer)'}" if turn.reply else ""
