from evals.measures.all import BY_NAME
from evals.measures.base import Asked
from evals.replies import read_reply
from evals.types import Case, CitedArticle, Expect, Failure, Relevant, Score
from rag.types import AbstentionReason

TEXT = "It rained. Anna Brandt remains in office."
ARTICLES = {"x": CitedArticle("x", None, TEXT)}
FALSE = Case(
    "f",
    "When did Anna Brandt resign?",
    Expect.REFUSE,
    reason=AbstentionReason.NOT_IN_ARTICLES,
    relevant=(Relevant("x", ("Anna Brandt remains in office.",)),),
    tags=("false-premise",),
)
TRUE = Case("t", "Where is Anna Brandt?", Expect.ANSWER, answers=("in office",))


def scored(name: str, case: Case, **reply: object) -> Score:
    citation = {"number": 1, "article_id": "x", "quote": TEXT[11:], "start": 11, "end": len(TEXT)}
    given = {"status": "abstained", "answer": "", "citations": [citation], **reply}
    return BY_NAME[name].score(Asked(case, read_reply(given), articles=ARTICLES))


def test_a_false_premise_is_shown_only_by_the_citation_that_contradicts_it() -> None:
    assert scored("premise_shown", FALSE, premise=1).value == 1
    assert scored("premise_shown", FALSE).value == 0
    rain = {"number": 1, "article_id": "x", "quote": TEXT[:10], "start": 0, "end": 10}
    assert scored("premise_shown", FALSE, premise=1, citations=[rain]).value == 0
    assert scored("premise_shown", TRUE, premise=1).value is None


def test_a_crash_shows_no_premise() -> None:
    crashed = BY_NAME["premise_shown"].score(Asked(FALSE, None, Failure("Error", "it broke")))
    assert crashed.value == 0


def test_a_premise_reported_false_on_an_answerable_case_is_an_alarm() -> None:
    assert scored("premise_alarm", TRUE, premise=1).value == 1
    assert scored("premise_alarm", TRUE).value == 0
    assert scored("premise_alarm", FALSE, premise=1).value is None
