"""Each measure against values computed by hand, and the ranking measures against ir-measures."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from evals.measures.all import BY_NAME, MEASURES
from evals.measures.answers import contains
from evals.measures.base import Asked
from evals.measures.curves import (
    area_under,
    brier,
    calibration,
    calibration_error,
    most_at_risk,
    outcomes,
    risk_coverage,
    separation,
)
from evals.measures.exact_match import exact_match
from evals.measures.hits import hit
from evals.measures.mrr import reciprocal_rank
from evals.measures.ndcg import ndcg
from evals.measures.ranking import ranking
from evals.measures.recall import recall
from evals.measures.token_f1 import token_f1
from evals.replies import GivenChunk, read_reply
from evals.statistics.rates import wilson
from evals.types import Case, CitedArticle, Expect, Failure, Judgement, Pair, Relevant, Score
from index.errors import BadInput
from rag.types import AbstentionReason, Certainty, Support

DAY = datetime(2026, 5, 4, tzinfo=UTC)
TEXT = "Mayor Ida Brandt said 12 people were hurt. A pump allegedly failed."
ARTICLES = {
    "x": CitedArticle("x", DAY, TEXT),
    "late": CitedArticle("late", datetime(2026, 5, 9, tzinfo=UTC)),
    "undated": CitedArticle("undated", None),
}
CASE = Case(
    "c", "How many were hurt?", Expect.ANSWER, relevant=(Relevant("x", ("12 people were hurt",)),),
    answers=("12", "twelve"), speaker="Ida Brandt", certainty=Certainty.STATED,
)  # fmt: skip
ABSENT = Case("d", "Who won?", Expect.REFUSE, reason=AbstentionReason.NOT_IN_ARTICLES)


def reply(**changes: object) -> dict[str, object]:
    citation = {"number": 1, "article_id": "x", "quote": TEXT[:42], "start": 0, "end": 42}
    verdict = {"support": "supported", "score": 0.9}
    claim = {"text": TEXT[:42], "citations": [1], "certainty": "stated", "verdict": verdict}
    base = {"status": "answered", "answer": f"{TEXT[:42]} [1]", "claims": [claim], "citations": [citation]}
    return {**base, "retrieved": [{"article_id": "x"}], **changes}


REFUSED = {"status": "abstained", "answer": "The articles do not say.", "reason": "not_in_articles", "retrieved": []}


def score(name: str, given: object, case: Case = CASE, judged: dict[Pair, Judgement] | None = None) -> Score:
    return BY_NAME[name].score(Asked(case, read_reply(given), articles=ARTICLES, judged=judged))


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 12), unique=True, max_size=12),
    st.sets(st.integers(0, 14), min_size=1, max_size=5),
    st.integers(1, 10),
)
def test_ranking_measures_agree_with_ir_measures(found: list[int], relevant: set[int], k: int) -> None:
    order = ranking([GivenChunk(article_id=str(article)) for article in found])
    wanted = frozenset(map(str, relevant))
    qrels = [ir_measures.Qrel("q", name, 1) for name in wanted]
    run = [ir_measures.ScoredDoc("q", str(article), 100.0 - rank) for rank, article in enumerate(found)]
    run = run or [ir_measures.ScoredDoc("q", "nothing", 0.0)]
    expected = ir_measures.calc_aggregate([R @ k, nDCG @ k, RR, Success @ k], qrels, run)
    assert recall(order, wanted, k) == pytest.approx(expected[R @ k])
    assert ndcg(order, wanted, k) == pytest.approx(expected[nDCG @ k])
    assert reciprocal_rank(order, wanted) == pytest.approx(expected[RR])
    assert hit(order, wanted, k) == pytest.approx(expected[Success @ k])


def test_an_article_is_ranked_once_and_a_reprint_counts_as_the_original() -> None:
    chunks = [GivenChunk(article_id="a"), GivenChunk(article_id="a"), GivenChunk(article_id="b", also_in=("r",))]
    assert ranking(chunks) == [{"a"}, {"b", "r"}]
    assert reciprocal_rank(ranking(chunks), frozenset({"r"})) == 0.5


def test_a_report_retrieved_with_its_relevant_reprint_as_one_entry_is_a_perfect_ranking() -> None:
    merged = ranking([GivenChunk(article_id="b", also_in=("r",)), GivenChunk(article_id="a")])
    assert ndcg(merged, frozenset({"b", "r"}), 10) == 1
    assert ndcg(merged, frozenset({"a", "b", "r"}), 10) == 1
    assert ndcg(merged, frozenset({"b", "r", "never found"}), 10) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_answers_are_compared_without_case_punctuation_and_articles() -> None:
    assert exact_match("The “Squid Game”.", ["squid game"]) == 1
    assert token_f1("the red bridge fell", ["red bridge"]) == pytest.approx(2 * 2 / (3 + 2))
    assert token_f1("", ["red bridge"]) == 0
    assert contains("It was 12, they said.", ["12"])
    assert not contains("It was 112.", ["12"])


def test_a_possessive_contains_the_name_and_a_derived_word_does_not() -> None:
    assert contains("It was Lund’s last term, the dockers' union said.", ["Lund"])
    assert not contains("Mr McDonald resigned.", ["McDonald's"])
    assert contains("The dockers' union said so.", ["the dockers"])
    assert contains("McDonald's closed in the 1990's.", ["McDonalds"])
    assert contains("McDonald's closed in the 1990's.", ["the 1990s"])
    assert not contains("The Koravian union said so.", ["Koravia"])


def test_a_right_cited_answer_scores_one_and_a_refusal_zero() -> None:
    for name in ("answer_in_quotes", "answer_in_text", "relevant_cited", "evidence_cited", "attribution_kept", "hit@1"):
        assert score(name, reply()).value == 1, name
    for name in ("answer_in_quotes", "answer_in_text", "relevant_cited", "evidence_cited"):
        assert score(name, REFUSED).value == 0, name
    assert score("attribution_kept", REFUSED).reason == "refused"


def test_a_quote_off_by_one_character_is_not_exact() -> None:
    citation = {"number": 1, "article_id": "x", "quote": TEXT[:42], "start": 0, "end": 42}
    assert score("quote_exactness", reply()).value == 1
    assert score("quote_exactness", reply(citations=[{**citation, "start": 1, "end": 43}])).value == 0
    assert score("quote_exactness", reply(citations=[citation, {**citation, "number": 2, "quote": "No."}])).value == 0.5
    unknown = reply(citations=[{**citation, "article_id": "elsewhere"}])
    assert score("quote_exactness", unknown).reason == "the run does not hold the cited article's text"


def test_citing_other_words_of_the_article_is_not_citing_the_evidence() -> None:
    beside = {"number": 1, "article_id": "x", "quote": TEXT[43:], "start": 43, "end": len(TEXT)}
    assert score("relevant_cited", reply(citations=[beside])).value == 1
    assert score("evidence_cited", reply(citations=[beside])).value == 0


@pytest.mark.parametrize(
    ("quote", "touching"),
    [
        ("12 people were hurt", 1),
        ("People were hurt.", 1),
        ("hurt", 1),
        ("2", 0),
        ("pe", 0),
        ("Nobody was hurt", 0),
        ("", 0),
    ],
)
def test_a_citation_of_a_reprint_matches_by_whole_words(quote: str, touching: int) -> None:
    case = Case("r", "?", Expect.ANSWER, relevant=(Relevant("elsewhere", ("12 people were hurt",)),))
    given = reply(citations=[{"number": 1, "article_id": "x", "quote": quote}])
    assert score("evidence_cited", given, case).value == touching


def test_words_that_occur_twice_may_be_cited_at_either_place() -> None:
    text = "Two died. Police came. Two died."
    article = CitedArticle("x", None, text)
    case = Case("r", "?", Expect.ANSWER, relevant=(Relevant("x", ("Two died.",)),))
    for quote in ("died. Police", "came. Two", "Police came."):
        start = text.index(quote)
        citation = {"number": 1, "article_id": "x", "quote": quote, "start": start, "end": start + len(quote)}
        given = read_reply(reply(citations=[citation]))
        touching = quote != "Police came."
        assert BY_NAME["evidence_cited"].score(Asked(case, given, articles={"x": article})).value == touching


def test_refusals_are_counted_as_in_the_confusion_matrix() -> None:
    assert score("refusal_recall", REFUSED, ABSENT).value == 1
    assert score("refusal_recall", reply(), ABSENT).value == 0
    assert score("refusal_precision", REFUSED).value == 0
    assert score("refusal_precision", reply()).reason == "answered"
    assert score("over_refusal", REFUSED).value == 1
    assert score("refusal_reason", REFUSED, ABSENT).value == 1
    assert score("refusal_reason", {**REFUSED, "reason": "outside_dates"}, ABSENT).value == 0
    # two right refusals, one wrong, one missed: F1 = 2*2 / (2*2 + 1 + 1)
    given = [(REFUSED, ABSENT), (REFUSED, ABSENT), (REFUSED, CASE), (reply(), ABSENT), (reply(), CASE)]
    found = [score("refusal_f1", one, case) for one, case in given]
    kept = [s for s in found if s.value is not None]
    assert sum(s.value * s.weight for s in kept) / sum(s.weight for s in kept) == pytest.approx(4 / 6)


def test_a_dropped_allegation_is_hardened_and_a_kept_one_is_not() -> None:
    case = Case("e", "Why?", Expect.ANSWER, relevant=(Relevant("x", (TEXT[43:],)),), certainty=Certainty.ALLEGED)
    citation = {"number": 1, "article_id": "x", "quote": TEXT[43:], "start": 43, "end": len(TEXT)}
    for certainty, kept, hardened in (("alleged", 1, 0), ("stated", 0, 1), ("denied", 0, 0)):
        claim = {"text": "A pump failed.", "citations": [1], "certainty": certainty}
        given = reply(claims=[claim], citations=[citation])
        assert (score("certainty_kept", given, case).value, score("hardened", given, case).value) == (kept, hardened)


def test_future_leaks_are_found_in_citations_reprints_retrieval_and_the_answers_date() -> None:
    case = Case("f", "?", Expect.ANSWER, answers=("12",), as_of=datetime(2026, 5, 5, tzinfo=UTC))
    citation = {"number": 1, "article_id": "x", "quote": TEXT[:42], "start": 0, "end": 42}
    assert score("future_leak", reply(), case).value == 0
    assert score("future_leak", reply()).reason == "the case has no as-of date"
    for leak in (
        {"retrieved": [{"article_id": "late"}]},
        {"retrieved": [{"article_id": "undated"}]},
        {"citations": [{**citation, "also_in": ["late"]}]},
        {"citations": [{**citation, "published": "2026-05-06T00:00:00Z"}]},
        {"as_of": "2026-05-06T00:00:00Z"},
    ):
        assert score("future_leak", reply(**leak), case).value == 1, leak


def test_a_conflict_is_shown_only_with_a_citation_on_each_side() -> None:
    case = Case("g", "?", Expect.CONFLICT, relevant=(Relevant("x"), Relevant("late")))
    sides = [{"number": n, "article_id": a, "quote": "q"} for n, a in ((1, "x"), (2, "late"))]
    assert score("conflict_shown", reply(citations=sides, conflicts=[{"citations": [1, 2]}]), case).value == 1
    assert score("conflict_shown", reply(citations=sides, conflicts=[{"citations": [1]}]), case).value == 0
    assert score("conflict_shown", reply(), case).value == 0
    assert score("false_conflict", reply(conflicts=[{"kind": "conflict", "citations": [1]}])).value == 1
    assert score("false_conflict", reply(conflicts=[{"kind": "update", "citations": [1]}])).value == 0


def yes(*pairs: Pair) -> dict[Pair, Judgement]:
    return {pair: Judgement(Support.SUPPORTED, 1.0) for pair in pairs}


def test_citation_precision_follows_alce() -> None:
    citations = [{"number": n, "article_id": "x", "quote": q} for n, q in ((1, "a"), (2, "b"), (3, "c"))]
    given = reply(claims=[{"text": "t", "citations": [1, 2, 3]}], citations=citations, answer="t")
    no = Judgement(Support.NOT_ENOUGH_INFO, 0.1)
    judged = dict.fromkeys([Pair("t", e) for e in [("b",), ("c",), ("b", "c"), ("a", "c"), ("a", "b")]], no)
    # "a" alone supports it; without "b" the rest does; "c" alone does not, and the rest does without it
    judged |= yes(Pair("t", ("a", "b", "c")), Pair("t", ("a",)), Pair("t", ("a", "c")), Pair("t", ("a", "b")))
    assert score("citation_precision", given, judged=judged) == Score(1 / 3, weight=3)
    unsupported = judged | {Pair("t", ("a", "b", "c")): no}
    assert score("citation_precision", given, judged=unsupported).value == 0


def test_text_that_is_not_listed_as_a_claim_counts_against_citation_recall() -> None:
    given = reply(answer=f"{TEXT[:42]} [1] The mayor resigned last night.")
    judged = yes(Pair(TEXT[:42], (TEXT[:42],)))
    assert score("faithfulness", given, judged=judged).value == 1
    assert score("citation_recall", given, judged=judged).value == 0.5


def test_a_crash_scores_zero_on_answerable_cases_and_no_measure_gives_a_nan() -> None:
    crashed = Asked(CASE, None, Failure("MemoryError", "out of memory"))
    found = {measure.name: measure.score(crashed) for measure in MEASURES}
    zero = {"completed", "answer_in_quotes", "answer_in_text", "evidence_cited", "relevant_cited", "hit@5", "mrr"}
    assert all(found[name].value == 0 for name in zero)
    assert found["faithfulness"].reason == "the chatbot failed"
    assert BY_NAME["answer_in_text"].score(Asked(ABSENT, None)).reason == "the case has no reference answer"
    with pytest.raises(ValueError, match="finite"):
        Score(float("nan"))
    with pytest.raises(ValueError, match="either a value or a reason"):
        Score(None)


def test_the_risk_coverage_curve_and_calibration_match_values_by_hand() -> None:
    found = [(0.9, True), (0.8, True), (0.8, False), (0.4, False)]
    points = risk_coverage(found)
    assert [(p.coverage, p.risk) for p in points] == [(0.25, 0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
    assert area_under(points) == pytest.approx(0.25 * 0 + 0.5 / 3 + 0.25 * 0.5)
    bins = calibration(found)
    assert [(round(b.confidence, 2), b.right, b.count) for b in bins] == [(0.4, 0, 1), (0.8, 0.5, 2), (0.9, 1, 1)]
    assert calibration_error(bins) == pytest.approx((0.4 + 2 * 0.3 + 0.1) / 4)
    assert (bins[1].low, bins[1].high) == pytest.approx((wilson(1, 2).low, wilson(1, 2).high))
    assert brier(found) == pytest.approx((0.1**2 + 0.2**2 + 0.8**2 + 0.4**2) / 4)
    assert separation(found) == pytest.approx((1 + 1 + 0.5 + 1) / 4)  # pairs of right and wrong, a tie counting half
    assert separation([(0.9, True)]) is None
    assert most_at_risk(points, 0.4) == points[1]
    assert most_at_risk(points[1:], 0.1) is None


def confident(value: float | None, answer: str = TEXT[:42]) -> Asked:
    citation = {"number": 1, "article_id": "x", "quote": answer}
    return Asked(CASE, read_reply(reply(confidence=value, citations=[citation])), articles=ARTICLES)


def test_claim_scores_are_used_only_if_no_answer_has_a_confidence() -> None:
    refused = Asked(ABSENT, read_reply(REFUSED))
    told = [confident(0.7), confident(None), confident(0.2, "A pump"), refused, Asked(CASE, None)]
    assert outcomes(told) == ("answers", [(0.7, True), (0.2, False)])
    assert outcomes([confident(None), refused]) == ("claims", [(0.9, True)])
    assert outcomes([refused]) == ("claims", [])
    with pytest.raises(BadInput, match="confidence"):
        read_reply(reply(confidence=1.2))


def test_answering_an_unanswerable_question_is_wrong_at_any_confidence() -> None:
    assert outcomes([Asked(ABSENT, read_reply(reply(confidence=0.9)))]) == ("answers", [(0.9, False)])
