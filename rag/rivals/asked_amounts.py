"""Finds different amounts given for what a question asks ("How much was stolen?"), where no noun says what they are.

In "got away with 3.2 million crowns" and "took 1.9 million crowns from the van" only the question says what the two
sums have in common.
"""

from __future__ import annotations

from rag.facts.difference import Difference, Topic
from rag.facts.figures import Fact, agree, facts_of, phrase
from rag.facts.naming import name_of_figure
from rag.language.content_words import content, plain
from rag.language.counted import GROUP_WORDS
from rag.language.quantities import Kind
from rag.language.words import words_of
from rag.question.answer_type import AnswerType, asked_type
from rag.rivals.figure_references import alike

_MIN_ASKED = 2  # minimum number of the question's content words in each sentence, besides the unit
_PERCENT = "percent"


def other_amount(shown: str, other: str, question: str) -> Difference | None:
    """The difference between the only two amounts in one unit that ``shown`` and ``other`` give.

    Both sentences must be about the same story, which is not checked here.
    """
    asked = content(question)
    if asked_type(question) not in {AnswerType.AMOUNT, AnswerType.PERCENT} or asked & GROUP_WORDS:
        return None
    ours, theirs = _amounts(shown), _amounts(other)
    for unit in ours.keys() & theirs.keys():
        if any(len((asked - {unit}) & content(plain(text))) < _MIN_ASKED for text in (shown, other)):
            continue
        if len(ours[unit]) == len(theirs[unit]) == 1 and _differ(ours[unit][0], theirs[unit][0], question):
            a, b = ours[unit][0], theirs[unit][0]
            return Difference(Topic.NUMBER, unit, (phrase(a), phrase(b)), (a, b), _name(a, shown) or _name(b, other))
    return None


def _amounts(text: str) -> dict[str, list[Fact]]:
    """The amounts of money, the shares ("percent") and the counts of units ("tonnes"), by unit.

    Leaves out people and whatever the rules for figures know by a noun ("insured for 40 million").
    """
    found: dict[str, list[Fact]] = {}
    for fact in facts_of(plain(text)):
        if fact.amount.kind is Kind.SHARE:
            found.setdefault(_PERCENT, []).append(fact)
            continue
        unit = next(iter(fact.amount.units), "")
        is_plain_sum = fact.amount.kind is Kind.MONEY and fact.counts <= set(fact.amount.units)
        if unit and (is_plain_sum or (fact.amount.kind is Kind.COUNT and unit in fact.counts)):
            found.setdefault(unit, []).append(fact)
    return found


def _name(fact: Fact, text: str) -> str:
    """What the amount counts, or else its unit as printed."""
    first = next(iter(fact.amount.units), "")
    unit = next((w.text for w in words_of(plain(text))[fact.amount.last :] if w.lemma == first), "")
    return name_of_figure(plain(text), fact) or unit


def _differ(a: Fact, b: Fact, question: str) -> bool:
    """Whether both amounts can be what is asked, and differ; one may leave out the period that the question names."""
    lemmas = {word.lemma for word in words_of(question)}
    is_alike = a.amount.kind is b.amount.kind and alike(a, b) and not agree(a, b)
    are_both_levels = not any(fact.is_change or fact.is_left for fact in (a, b)) and a.is_expected == b.is_expected
    return is_alike and are_both_levels and (a.per == b.per or {a.per, b.per} <= {None, *lemmas})
