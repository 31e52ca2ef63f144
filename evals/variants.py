"""Variants of a suite: asked over other articles, as of a day, or limited to the first cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from evals.formats.base import Suite
from evals.moments import last_moment
from evals.types import Case, Expect
from index.errors import BadInput
from index.types import Article

ASKED = "asked"
OFF_TOPIC = "off-topic"


@dataclass(frozen=True, slots=True)
class Variant:
    """How to change a suite; None changes nothing.

    ``over`` names a suite whose articles replace the suite's own. ``as_of`` is a day, or ``asked`` for each case's own
    day. ``limit`` is the number of cases to keep.
    """

    over: str | None = None
    as_of: str | None = None
    limit: int | None = None

    def of(self, suite: Suite, named: Callable[[str], Suite]) -> Suite:
        """Apply the variant to a suite; ``named`` loads the suite called ``over``.

        Raises:
            BadInput: ``over`` is the same suite or has no articles, or ``as_of`` cannot be parsed or applied.
        """
        if self.over:
            suite = off_topic(suite, named(self.over))
        if self.as_of:
            suite = as_of(suite, self.as_of)
        return replace(suite, cases=suite.cases[: self.limit]) if self.limit else suite


AS_IT_IS = Variant()


def off_topic(asked: Suite, over: Suite) -> Suite:
    """The questions of one suite over the articles of another. All of them should be refused.

    Filters are removed, so that no refusal is due to an empty date window. Any reason for refusal is right.

    Raises:
        BadInput: both suites are the same, or ``over`` brings no articles.
    """
    if over.articles is None or asked.name == over.name:
        raise BadInput(f"--over takes a different suite that brings its own articles, found {over.name!r}")
    cases = tuple(
        Case(case.id, case.question, Expect.REFUSE, turns=case.turns, tags=(OFF_TOPIC, *_stories(case)))
        for case in asked.cases
    )
    return replace(over, name=f"{asked.name} over {over.name}", cases=cases, published=())


def _stories(case: Case) -> tuple[str, ...]:
    return (case.story if case.story.startswith("story:") else f"story:{case.story}",)


def as_of(suite: Suite, day: str) -> Suite:
    """The suite with every case that has no ``as_of`` asked as of ``day``.

    Relevant articles that were not yet known then are removed; a case left without any should be refused.

    Raises:
        BadInput: ``day`` is neither a date nor ``asked``, the suite brings no articles, or a case lacks its own day.
    """
    if suite.articles is None:
        raise BadInput(f"--as-of needs the articles' dates, and the suite {suite.name} brings no articles")
    articles = {article.id: article for article in suite.articles}
    cases = [_dated(case, _moment(case, day), articles) for case in suite.cases]
    published = suite.published if day == ASKED else ()
    return replace(suite, name=f"{suite.name} as of {day}", cases=tuple(cases), published=published)


def _moment(case: Case, day: str) -> datetime:
    own = [tag.removeprefix(f"{ASKED}:") for tag in case.tags if tag.startswith(f"{ASKED}:")]
    if day == ASKED and not own:
        raise BadInput(
            f"--as-of asked needs cases with a tag such as asked:2026-05-04, and {case.id} has none; give a date"
        )
    try:
        return last_moment(own[0] if day == ASKED else day)
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
