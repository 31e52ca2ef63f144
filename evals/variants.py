"""A suite asked in another way: of other articles, as of a day, or only its first cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from evals.formats.base import Suite
from evals.golden import last_moment
from evals.types import Case, Expect
from index.errors import BadInput
from index.types import Article

ASKED = "asked"
OFF_TOPIC = "off-topic"


@dataclass(frozen=True, slots=True)
class Variant:
    """How a suite is asked; None changes nothing.

    ``over`` names the suite whose articles are asked instead, ``as_of`` is a day or ``asked`` (each case as of its own
    day), ``limit`` the number of cases.
    """

    over: str | None = None
    as_of: str | None = None
    limit: int | None = None

    def of(self, suite: Suite, named: Callable[[str], Suite]) -> Suite:
        """The suite so asked; ``named`` reads the suite whose articles are asked.

        Raises:
            BadInput: the other suite is the same or has no articles, or a day cannot be read or applied.
        """
        if self.over:
            suite = off_topic(suite, named(self.over))
        if self.as_of:
            suite = as_of(suite, self.as_of)
        return replace(suite, cases=suite.cases[: self.limit]) if self.limit else suite


AS_IT_IS = Variant()


def off_topic(asked: Suite, over: Suite) -> Suite:
    """The questions of one suite asked of the articles of another: every one should be refused.

    Filters are taken off, so that a refusal is not owed to an empty window; any reason of refusal is right.

    Raises:
        BadInput: both are the same, or ``over`` brings no articles.
    """
    if over.articles is None or asked.name == over.name:
        raise BadInput(f"--over takes another suite that brings its own articles, found {over.name!r}")
    cases = tuple(
        Case(case.id, case.question, Expect.REFUSE, turns=case.turns, tags=(OFF_TOPIC, *_stories(case)))
        for case in asked.cases
    )
    return replace(over, name=f"{asked.name} over {over.name}", cases=cases, published=())


def _stories(case: Case) -> tuple[str, ...]:
    return (case.story if case.story.startswith("story:") else f"story:{case.story}",)


def as_of(suite: Suite, day: str) -> Suite:
    """Every case without a day of its own asked as of ``day``; what its articles say only later is to be refused.

    Raises:
        BadInput: ``day`` is neither a date nor ``asked``, the suite brings no articles, or its cases tell no day.
    """
    if suite.articles is None:
        raise BadInput(f"--as-of needs the articles' dates, and the suite {suite.name} brings no articles")
    articles = {article.id: article for article in suite.articles}
    cases = [_dated(case, _moment(case, day), articles) for case in suite.cases]
    published = suite.published if day == ASKED else ()
    return replace(suite, name=f"{suite.name} as of {day}", cases=tuple(cases), published=published)


def _moment(case: Case, day: str) -> datetime:
    told = [tag.removeprefix(f"{ASKED}:") for tag in case.tags if tag.startswith(f"{ASKED}:")]
    if day == ASKED and not told:
        raise BadInput(f"--as-of asked needs cases that tell their day, and {case.id} does not; give a date")
    try:
        return last_moment(told[0] if day == ASKED else day)
    except ValueError as error:
        raise BadInput(f"--as-of takes a date such as 2026-05-04, or asked: {error}") from None


def _dated(case: Case, moment: datetime, articles: Mapping[str, Article]) -> Case:
    if case.as_of or not case.relevant:
        return case if case.as_of else replace(case, as_of=moment)
    known = [relevant for relevant in case.relevant if _known(articles.get(relevant.article_id), moment)]
    if known:
        one_sided = case.expect is Expect.CONFLICT and len(known) == 1
        expect = Expect.ANSWER if one_sided else case.expect
        return replace(case, as_of=moment, relevant=tuple(known), expect=expect)
    return Case(
        case.id, case.question, Expect.REFUSE, turns=case.turns, as_of=moment, since=case.since, until=case.until,
        outlets=case.outlets, tags=case.tags,
    )  # fmt: skip


def _known(article: Article | None, moment: datetime) -> bool:
    return article is not None and article.was_known(moment)
