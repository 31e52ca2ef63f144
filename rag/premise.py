"""Detects false presuppositions: "Why did the minister resign?", when the articles say that the minister did not.

Only clear cases count: a sentence about the same people and things negates or denies a word of the question, or uses
its opposite, and no retrieved sentence affirms it. If the articles say nothing on it, that is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.checks.negation import polarities
from rag.facts.opposed import asks_of_what, says_opposite
from rag.instructions import reports_of
from rag.language.content_words import content
from rag.language.names import names_of, same_name
from rag.language.quotations import quoted_in
from rag.language.times import whens_of
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.lexicon.negations import NEGATIONS
from rag.passages import PassageSentence, text_before, with_headline
from rag.question.statements import states
from rag.stance.certainty import certainty_of
from rag.stance.denials import denied_part
from rag.types import Certainty, Passage, Quote

# The presupposition follows the auxiliary: "Why did [the minister resign]?"
_PRESUPPOSES = re.compile(
    r"\b(?:why|when|where|how|whom|what|which)\b[^?]*?"
    r"\b(?P<auxiliary>did|does|do|was|were|is|are|has|have|had)\b(?P<presupposed>[^?]+)",
    re.IGNORECASE,
)
# Also the clause after "after": who replaced Anna Brandt after [she resigned].
_PRESUPPOSES_AFTER = re.compile(r"\bwho\b[^?]*?\bafter\b(?P<presupposed>[^?]+)", re.IGNORECASE)
_EXCLUDED = re.compile(
    r"\b(?:not|n['’]t|never|no|nobody|without|refuse\w*|fail\w*|den(?:y|ied|ies)|if|would|whether|or|said|say|says|about)\b",
    re.IGNORECASE,
)
_MODALS = word_set("to should must would could may might will shall can")
_HYPOTHETICAL = word_set("unless if whether until demand demanded demands call calls called")
_COUNTS = word_set("number toll total count figure")
_NONE = word_set("no nobody none nothing neither")
_STARTS_WITH_PRONOUN = re.compile(r"\W*(?:it|he|she|they)\b", re.IGNORECASE)
_STARTS_WITH_PERSON = re.compile(r"\W*(?:he|she)\b", re.IGNORECASE)
_DEFINITE = word_set("the this that")
# Words for a plan, which a negation before them rules out: "is not thinking of resigning", "has no plans to resign".
_PLANS = word_set("think thinking plan planning intend intention consider considering contemplate")
_GENERIC = word_set(
    "make take give get go come put keep see use work start begin end happen good long last new old high low many "
    "much next live have do be become call show know plan want ask need try part number time day year name kind type "
    "amount far right late early large small big great open hold lead set turn move change think find feel like "
    "mean report accord under over above below follow include today now still ever never"
)


@dataclass(frozen=True, slots=True)
class _Premise:
    """A presupposition: the names it is about, its other content lemmas, and the months it mentions (1 to 12).

    ``clause`` is its wording, with an auxiliary in front.
    """

    clause: str
    names: tuple[tuple[str, ...], ...]
    lemmas: frozenset[str]
    months: frozenset[int]


def contradicted_premise(question: str, passages: Sequence[Passage]) -> Quote | None:
    """The exact words that contradict what the question assumes; None if nothing clearly does.

    Also None for questions without a presupposition ("Did the minister resign?"), and if a sentence of the passages
    affirms it: then the sources disagree, and the answer shows that.
    """
    premise = _premise_of(question)
    if premise is None:
        return None
    sentences = [(p, s) for p in passages for s in reports_of(p) if states(s.text)]
    for lemma in sorted(premise.lemmas - _GENERIC):
        about = [s for p, s in sentences if _is_about(s, p, premise, lemma)]
        if any(_affirms(lemma, sentence.text) for sentence in about):
            continue
        is_said = any(_affirms_nearby(lemma, sentence, p, premise) for p, sentence in sentences)
        against = next((s for s in about if _contradicts(lemma, s.text, premise, opposites=not is_said)), None)
        if against:
            return Quote(against.passage, against.span)
    return None


def _premise_of(question: str) -> _Premise | None:
    after = _PRESUPPOSES_AFTER.search(question)
    match = after or _PRESUPPOSES.search(question)
    if not match or _EXCLUDED.search(question):
        return None
    presupposed = match["presupposed"]
    # "did" in front, because a capital at the start of a sentence does not mark a name.
    names = tuple(name.keys for name in names_of(f"did {question if after else presupposed}"))
    named = {w.lemma for w in words_of(presupposed) if any(w.key in keys for keys in names)}
    months = frozenset(when.value[0] for when in whens_of(question) if when.kind in {"month", "day"})
    lemmas = content(presupposed) - named
    clause = f"did {presupposed}" if after else f"{match['auxiliary']} {presupposed}"
    return (
        _Premise(clause, names, lemmas, frozenset(m for m in months if isinstance(m, int)))
        if names and lemmas
        else None
    )


def _is_about(sentence: PassageSentence, passage: Passage, premise: _Premise, lemma: str) -> bool:
    """Whether a sentence is about the same people and things as the premise, apart from ``lemma``.

    It must contain the names, or refer with "he" or "she" to the last name before it, and together with its context it
    must contain at least half of the other lemmas. If only the passage contains the names ("It does not …"), the
    sentence itself must contain all other lemmas (two or more). Half of them is enough if it starts with a pronoun, or
    if it starts with "the" and one of them and negates ``lemma``.
    """
    if not _is_in_time(passage, premise):
        return False
    others = premise.lemmas - {lemma} - _GENERIC
    whole = with_headline(passage)
    if _has_names(sentence.text, premise) or _is_about_person_before(sentence, passage, premise):
        near = content(f"{sentence.before} {sentence.text}") | content(passage.chunk.title or "")
        return len(others & near) >= (len(others) + 1) // 2
    here = others & content(sentence.text)
    is_definite = _starts_with_definite(sentence.text, others) and _negates(lemma, sentence.text)
    refers_back = bool(_STARTS_WITH_PRONOUN.match(sentence.text)) or is_definite
    leans = refers_back and len(here) * 2 >= len(others)
    return bool(here) and (leans or (here == others and len(here) > 1)) and _has_names(whole, premise)


def _is_about_person_before(sentence: PassageSentence, passage: Passage, premise: _Premise) -> bool:
    """Whether the sentence starts with "he" or "she", and the last name before it is the premise's only one."""
    before = names_of(text_before(sentence, passage))
    if not before or len(premise.names) != 1 or not _STARTS_WITH_PERSON.match(sentence.text):
        return False
    return any(same_name(key, other) for key in premise.names[0] for other in before[-1].keys)


def _starts_with_definite(text: str, lemmas: frozenset[str]) -> bool:
    """Whether the sentence starts with "the" or "this" and one of the lemmas: "The record has not …"."""
    words = words_of(text)[:2]
    return len(words) > 1 and words[0].key in _DEFINITE and words[1].lemma in lemmas


def _has_names(text: str, premise: _Premise) -> bool:
    keys = {word.key for word in words_of(text)}
    return all(any(same_name(key, other) for key in name for other in keys) for name in premise.names)


def _is_in_time(passage: Passage, premise: _Premise) -> bool:
    """Whether the passage was published in a month that the question names or the month after, or mentions that month.

    True if the question names no month.
    """
    if not premise.months:
        return True
    published = passage.chunk.published
    spoken = {when.value[0] for when in whens_of(passage.chunk.text) if when.kind in {"month", "day"}}
    near = {published.month, (published.month - 2) % 12 + 1} if published else set()
    return bool(premise.months & (near | spoken))


def _affirms(lemma: str, text: str) -> bool:
    """Whether the sentence says that it happened; "should", "would" or "is to" do not count."""
    if certainty_of(text) is Certainty.DENIED and lemma in denied_part(text):
        return False
    if not any(sign for sign, _ in polarities(text).get(lemma, ())):
        return False
    words = words_of(text)
    return any(
        word.lemma == lemma and not _is_hypothetical(words, i) and not _is_ruled_out(words, i)
        for i, word in enumerate(words)
    )


def _affirms_nearby(lemma: str, sentence: PassageSentence, passage: Passage, premise: _Premise) -> bool:
    """Whether the sentence affirms the word, in a passage that contains the names, and names nobody else."""
    named = [key for name in names_of(sentence.text) for key in name.keys]
    known = [key for name in premise.names for key in name]
    is_apart = any(not any(same_name(key, other) for other in known) for key in named)
    return not is_apart and _has_names(with_headline(passage), premise) and _affirms(lemma, sentence.text)


def _is_hypothetical(words: Sequence[Word], i: int) -> bool:
    before = [w.key for w in words[max(0, i - 2) : i]]
    clause = [w.key for w in words[max(0, i - 6) : i] if w.clause == words[i].clause]
    return bool(_MODALS & set(before)) or bool(_HYPOTHETICAL & set(clause))


def _is_ruled_out(words: Sequence[Word], i: int) -> bool:
    """Whether the word is a plan that the text negates: "is not thinking of resigning", "has no plans to resign"."""
    if i < 2 or words[i - 1].key not in {"of", "to"} or words[i - 2].key not in _PLANS:
        return False
    before = [w for w in words[max(0, i - 4) : i - 2] if w.clause == words[i].clause]
    return any(w.lemma in NEGATIONS for w in before)


def _negates(lemma: str, text: str) -> bool:
    uses = polarities(text).get(lemma, ())
    words = words_of(text)
    is_ruled_out = any(word.lemma == lemma and _is_ruled_out(words, i) for i, word in enumerate(words))
    return is_ruled_out or (bool(uses) and not any(sign for sign, _ in uses))


def _contradicts(lemma: str, text: str, premise: _Premise, *, opposites: bool) -> bool:
    """Whether the sentence negates or denies the word, or says its opposite of the same thing.

    ``opposites`` is False if opposites prove nothing, because other sentences affirm the word.
    """
    if certainty_of(text) in {Certainty.POSSIBLE, Certainty.LIKELY, Certainty.ALLEGED}:
        return False
    text = _outside_quotations(text)
    if lemma in denied_part(text) and certainty_of(text) is Certainty.DENIED:
        return True
    if _negates(lemma, text) and (_says_none(text) or not asks_of_what(premise.clause, lemma)):
        return True
    if not opposites or content(text) & (_COUNTS - premise.lemmas):
        return False  # "the number of dead has risen" does not contradict "the bridge fell"
    subject = frozenset(key for name in premise.names for key in name)
    return says_opposite(premise.clause, subject, lemma, text, premise.lemmas - {lemma} - _GENERIC)


def _says_none(text: str) -> bool:
    """Whether the text says "nobody" or "no": "Lund is not missing" does not say that nobody is."""
    return any(word.key in _NONE for word in words_of(text))


def _outside_quotations(text: str) -> str:
    """The text without its quotations: a quoted statement is the speaker's, not the article's."""
    for quote in reversed(quoted_in(text)):
        text = text[: quote.start] + text[quote.end :]
    return text
