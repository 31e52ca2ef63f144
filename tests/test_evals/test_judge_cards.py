"""A judge is measured against people, per kind of error, with intervals, and its card goes with its scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.formats.base import JudgeSet, Labelled
from evals.judges.aggregate import weakest
from evals.judges.agreement import against
from evals.judges.baselines import BigramJudge, OverlapJudge
from evals.judges.card import card_path, pooled_confusion, read_card, write_card
from evals.judges.choose import judge_named
from evals.judges.embedded import ModelJudge, VerifierJudge
from evals.judging import judged
from evals.statistics.rates import Confusion
from evals.types import Judgement, Pair
from evals.working import measure_judge
from rag.evidence.model import WEIGHTS_SHA256, SupportScores
from rag.settings import load_settings
from rag.types import Support
from rag.verify import EvidenceVerifier

TRUE = "Police in town {n} said 2{n} people were hurt."
FALSE = "Police in town {n} said 9{n} people were hurt."


def item(n: int, *, supported: bool) -> Labelled:
    pair = Pair((TRUE if supported else FALSE).format(n=n), (f"It burned. {TRUE.format(n=n)}",))
    return Labelled(f"{n}:{int(supported)}", pair, f"article {n}", supported, kind="fine" if supported else "number")


LABELLED = JudgeSet("hand", tuple(item(n, supported=s) for n in range(8) for s in (True, False)), choice=True)


class Fixed:
    """Gives the judgements it was made with, in turn."""

    name = "fixed"
    costly = True

    def __init__(self, *found: Judgement) -> None:
        self.found = list(found)
        self.calls = 0

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        self.calls += len(pairs)
        return [self.found[i % len(self.found)] for i in range(len(pairs))]


def test_a_judge_that_sees_wrong_numbers_is_measured_as_perfect_on_them() -> None:
    found = against(LABELLED, judged((i.pair for i in LABELLED.items), OverlapJudge()))
    assert found.confusion == Confusion(hits=8, misses=0, alarms=0, rejections=8)
    for value in (found.balanced_accuracy, found.tuned, found.auroc, found.choice):
        assert value is not None
        assert value.value == 1.0
    assert found.kinds["number (not supported)"][0].value == 1.0
    assert found.kinds["number (not supported)"][1] == 8


def test_the_bigram_judge_is_the_share_of_word_pairs_found_and_nothing_else() -> None:
    pair = Pair("Police said 99 were hurt. Twelve died.", ("Police said 12 were hurt.", "Twelve died."))
    (found,) = BigramJudge().judge([pair])
    # police-said, were-hurt and twelve-died of six pairs; hurt-twelve stands across two quotes, which is nowhere
    assert found == Judgement(Support.SUPPORTED, 3 / 6)


def test_word_pairs_tell_copied_from_invented_but_not_one_rewording_from_another(shared_data: Path) -> None:
    found = dict(
        zip(("factcc", "frank", "summedits"), _auroc(shared_data, "factcc", "frank", "summedits"), strict=True)
    )
    assert 0.84 <= found["factcc"] <= 0.89
    assert 0.84 <= found["frank"] <= 0.89
    assert 0.45 <= found["summedits"] <= 0.55


def _auroc(data: Path, *names: str) -> list[float]:
    found = measure_judge(BigramJudge(), names, data, limit=None, cards=None, progress=lambda *_: None)
    return [one.auroc.value for _, one in found if one.auroc]


def test_a_judge_that_passes_everything_is_worth_a_coin() -> None:
    passes = Fixed(Judgement(Support.SUPPORTED, 0.9))
    found = against(LABELLED, judged((i.pair for i in LABELLED.items), passes))
    assert found.balanced_accuracy is not None
    assert found.auroc is not None
    assert (found.balanced_accuracy.value, found.auroc.value) == (0.5, 0.5)
    assert found.kinds["number (not supported)"][0].value == 0.0


def test_no_verdict_is_wrong_whatever_people_said() -> None:
    silent = Fixed(Judgement(None))
    found = against(LABELLED, judged((i.pair for i in LABELLED.items), silent))
    assert found.no_verdict == 16
    assert found.balanced_accuracy is not None
    assert found.balanced_accuracy.value == 0.0
    assert found.auroc is None


def test_ratings_are_correlated_by_rank() -> None:
    items = tuple(Labelled(str(n), Pair(f"c{n}", ("e",)), str(n), rating=n / 2) for n in range(6))
    rising = {i.pair: Judgement(Support.SUPPORTED, n / 10) for n, i in enumerate(items)}
    found = against(JudgeSet("rated", items), rising)
    assert found.spearman is not None
    assert found.spearman.value == pytest.approx(1)
    assert found.confusion is None


def test_the_embedded_judge_passes_a_verbatim_sentence_and_no_changed_number() -> None:
    judge = VerifierJudge(EvidenceVerifier(), "embedded-checks")
    found = against(LABELLED, judged((i.pair for i in LABELLED.items), judge))
    assert found.confusion == Confusion(hits=8, misses=0, alarms=0, rejections=8)


def test_the_model_alone_judges_every_sentence_against_all_quotes_at_once() -> None:
    class Model:
        asked: tuple[tuple[str, str], ...] = ()

        def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
            self.asked = tuple(pairs)
            return [
                SupportScores(0.8, 0.1, 0.1) if "fire" in claim else SupportScores(0.2, 0.5, 0.3) for claim, _ in pairs
            ]

    model = Model()
    pairs = [Pair("A fire broke out.", ("a", "b")), Pair("A fire broke out. Nobody saw it.", ("c",))]
    found = ModelJudge(model, "model").judge(pairs)
    assert model.asked == (("A fire broke out.", "a b"), ("A fire broke out.", "c"), ("Nobody saw it.", "c"))
    assert found == [Judgement(Support.SUPPORTED, 0.8), Judgement(Support.REFUTED, 0.2)]


class Sure:
    """Supports everything."""

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        return [SupportScores(0.97, 0.02, 0.01) for _ in pairs]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({}, f"embedded {WEIGHTS_SHA256[:8]}"),
        ({"verifier": {"model": "some/nli-model"}}, "embedded some/nli-model"),
    ],
)
def test_the_embedded_judge_is_named_by_the_model_that_judges(
    given: dict[str, object], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def loaded(model: str) -> Sure:
        asked.append(model)
        return Sure()

    monkeypatch.setattr("rag.assemble._model", loaded)
    settings = load_settings(given)
    judge = judge_named("embedded", settings)
    (found,) = judge.judge([Pair("The council shut the school.", ("The council closed the school on Monday.",))])
    assert (asked, judge.name) == ([settings.verifier.model], name)
    assert found == Judgement(Support.SUPPORTED, 0.97)


def test_the_embedded_judge_is_named_by_the_language_model_that_judges() -> None:
    llm = {"base_url": "http://127.0.0.1:9", "model": "any"}
    assert judge_named("embedded", load_settings({"llm": llm, "verifier": {"model": "llm"}})).name == "embedded llm any"


def test_a_claim_of_several_sentences_is_as_weak_as_its_weakest() -> None:
    yes, no = Judgement(Support.SUPPORTED, 0.9), Judgement(Support.NOT_ENOUGH_INFO, 0.3, ("why",))
    assert weakest([yes, yes]).supported
    assert weakest([yes, no]) == Judgement(Support.NOT_ENOUGH_INFO, 0.3, ("why",))
    assert weakest([yes, no, Judgement(Support.REFUTED, 0.2)]).support is Support.REFUTED
    assert weakest([yes, Judgement(None)]).support is None


def test_verdicts_are_kept_beside_the_run_and_silence_is_asked_again(tmp_path: Path) -> None:
    pairs = [Pair("a", ("e",)), Pair("b", ("e",)), Pair("a", ("e",))]
    judge = Fixed(Judgement(Support.SUPPORTED, 0.5, ("r",)), Judgement(None))
    first = judged(pairs, judge, tmp_path)
    assert judge.calls == 2
    again = judged(pairs, judge, tmp_path)
    assert judge.calls == 3
    assert first[pairs[0]] == again[pairs[0]]


def test_a_card_gathers_sets_and_pools_their_confusion(tmp_path: Path) -> None:
    path = card_path("My Judge v1!", tmp_path)
    assert path.name == "my-judge-v1.json"
    assert read_card(path) is None
    found = against(LABELLED, judged((i.pair for i in LABELLED.items), OverlapJudge()))
    write_card(path, "My Judge v1!", [found])
    other = against(JudgeSet("other", LABELLED.items), judged((i.pair for i in LABELLED.items), OverlapJudge()))
    write_card(path, "My Judge v1!", [other])
    card = read_card(path)
    assert card is not None
    assert list(card["sets"]) == ["hand", "other"]
    assert pooled_confusion(card) == Confusion(16, 0, 0, 16)
    assert pooled_confusion(None) is None


def test_a_large_set_does_not_outweigh_a_small_one_in_the_judges_error() -> None:
    small = {"hits": 10, "misses": 0, "alarms": 0, "rejections": 10}
    large = {"hits": 0, "misses": 1000, "alarms": 1000, "rejections": 0}
    card = {"sets": {"small": {"confusion": small}, "large": {"confusion": large}, "rated": {"confusion": None}}}
    assert pooled_confusion(card) == Confusion(10, 10, 10, 10)


def test_a_limit_keeps_whole_articles_and_writes_the_card(tmp_path: Path, shared_data: Path) -> None:
    ((labelled, found),) = measure_judge(
        OverlapJudge(), ["qags"], shared_data, limit=100, cards=tmp_path, progress=lambda *_: None
    )
    assert 80 <= found.items <= 100
    by_article: dict[str, int] = {}
    for one in labelled.items:
        by_article[one.cluster] = by_article.get(one.cluster, 0) + 1
    assert sum(by_article.values()) == found.items
    assert card_path("overlap", tmp_path).exists()
