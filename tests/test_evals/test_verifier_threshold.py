"""The benchmark that chooses the verifier's threshold: caching, sampling, passages and the table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.bench.verifier_threshold import Judged, Outcome, RememberingJudge, drawn, outcome, passages_of, table
from rag.evidence.model import SupportScores

ARTICLE = "The council closed the school on Monday. Parents were told by letter. " * 6


class Model:
    """Gives every pair a support of 0.6, and counts the pairs."""

    def __init__(self) -> None:
        self.asked = 0

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        self.asked += len(pairs)
        return [SupportScores(0.6, 0.1, 0.3) for _ in pairs]


def judged(claim: str, *, faithful: bool = True, source: str = "set") -> Judged:
    return Judged(claim, ARTICLE, faithful, source, "group")


def judge(path: Path, model: Model) -> RememberingJudge:
    return RememberingJudge(lambda: model, path)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    ("claim", "support", "verbatim"),
    [
        ("The council closed the school on Monday.", 0.0, True),
        ("On Monday the school was shut by the council.", 0.6, False),
        ("On Friday the council shut 12 schools.", 0.0, False),
    ],
)
def test_a_claim_is_stopped_by_checks_judged_by_the_model_or_verbatim(
    tmp_path: Path, claim: str, support: float, verbatim: bool
) -> None:
    found = outcome(judged(claim), judge(tmp_path / "cache.json", Model()))
    assert (found.support, found.verbatim) == (support, verbatim)


def test_saved_scores_are_not_computed_again_in_the_next_run(tmp_path: Path) -> None:
    claim = judged("On Monday the school was shut by the council.")
    first, second = Model(), Model()
    caching = judge(tmp_path / "kept" / "cache.json", first)
    before = outcome(claim, caching)
    caching.save()
    assert first.asked
    assert outcome(claim, judge(tmp_path / "kept" / "cache.json", second)) == before
    assert second.asked == 0


def test_the_table_agrees_with_shares_counted_by_hand() -> None:
    outcomes = [
        *(Outcome(judged("a b", faithful=False), support, False) for support in (0.0, 0.5, 0.9, 0.9)),
        *(Outcome(judged("a b"), support, False) for support in (0.7, 0.85)),
        Outcome(judged("a b"), 0.0, True),
    ]
    lines = {line.split()[0]: line for line in table(outcomes, "all").splitlines()}
    assert "50.0 %" in lines["0.80"]  # two of four unfaithful ones reach it
    assert "33.3 %" in lines["0.80"]  # one of three faithful ones does not
    assert "0.0 %" in lines["0.95"]
    assert "66.7 %" in lines["0.95"]
    assert "25.0% of unfaithful" in lines["stopped"]


def test_the_sample_is_reproducible_and_has_each_claim_once() -> None:
    found = [judged(f"claim {n % 30}", faithful=n % 2 == 0) for n in range(90)]
    assert drawn(found, 10) == drawn(found, 10)
    assert len(set(drawn(found, 10))) == len(drawn(found, 10)) == 20
    assert len(drawn(found, 100)) == 30


def test_passages_are_whole_sentences_with_exact_spans() -> None:
    passages = passages_of(ARTICLE)
    assert len(passages) == 2
    for passage in passages:
        assert passage.chunk.span.of(ARTICLE) == passage.chunk.text
        assert passage.chunk.text.endswith(".")
