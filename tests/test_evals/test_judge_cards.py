"""A judge is measured against people's labels, per kind of claim and with intervals; reports show its card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from rich.console import Console

from evals.actions import measure_judge
from evals.formats.base import JudgeSet, Labelled
from evals.formats.reporting import for_reporting
from evals.judges.aggregate import weakest
from evals.judges.agreement import against
from evals.judges.baselines import BigramJudge, OverlapJudge
from evals.judges.card import card_path, pooled_confusion, read_card, write_card
from evals.judges.choose import judge_named
from evals.judges.embedded import ModelJudge, VerifierJudge
from evals.judging import judged
from evals.report.judges import judge_table
from evals.report.tables import judge_lines
from evals.report.view import View
from evals.statistics.rates import Confusion
from evals.suites import JUDGE_SETS, judge_set
from evals.types import Judgement, Pair
from rag.evidence.examples import TRAINED_ON, Trained, is_for_reporting
from rag.evidence.model import WEIGHTS_SHA256, SupportScores
from rag.evidence.training import claim_sets
from rag.settings import load_settings
from rag.types import Support
from rag.verify import EvidenceVerifier

TRUE = "Police in town {n} said 2{n} people were hurt."
FALSE = "Police in town {n} said 9{n} people were hurt."


def item(n: int, *, supported: bool) -> Labelled:
    pair = Pair((TRUE if supported else FALSE).format(n=n), (f"It burned. {TRUE.format(n=n)}",))
    return Labelled(f"{n}:{int(supported)}", pair, f"article {n}", supported, kind="fine" if supported else "number")


LABELLED = JudgeSet("hand", tuple(item(n, supported=s) for n in range(8) for s in (True, False)), choice=True)
VERDICTS = judged((i.pair for i in LABELLED.items), OverlapJudge())


class Fixed:
    """Gives the judgements it was made with, in turn."""

    name = "fixed"
    costly = True
    trained_on = None

    def __init__(self, *found: Judgement) -> None:
        self.found = list(found)
        self.calls = 0

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        self.calls += len(pairs)
        return [self.found[i % len(self.found)] for i in range(len(pairs))]


def test_a_judge_that_detects_wrong_numbers_is_perfect_on_them() -> None:
    found = against(LABELLED, judged((i.pair for i in LABELLED.items), OverlapJudge()))
    assert found.confusion == Confusion(hits=8, misses=0, alarms=0, rejections=8)
    for value in (found.balanced_accuracy, found.tuned, found.auroc, found.choice):
        assert value is not None
        assert value.value == 1.0
    assert found.kinds["number (not supported)"][0].value == 1.0
    assert found.kinds["number (not supported)"][1] == 8


def test_the_bigram_judge_scores_the_share_of_word_pairs_in_the_evidence() -> None:
    pair = Pair("Police said 99 were hurt. Twelve died.", ("Police said 12 were hurt.", "Twelve died."))
    (found,) = BigramJudge().judge([pair])
    # police-said, were-hurt and twelve-died of six pairs; hurt-twelve stands across two quotes, which is nowhere
    assert found == Judgement(Support.SUPPORTED, 3 / 6)


def test_word_pairs_separate_copied_from_invented_claims_but_not_paraphrases(shared_data: Path) -> None:
    found = dict(
        zip(("factcc", "frank", "summedits"), _auroc(shared_data, "factcc", "frank", "summedits"), strict=True)
    )
    assert 0.84 <= found["factcc"] <= 0.89
    assert 0.84 <= found["frank"] <= 0.89
    assert 0.45 <= found["summedits"] <= 0.55


def _auroc(data: Path, *names: str) -> list[float]:
    found = measure_judge(BigramJudge(), names, data, limit=None, cards=None, progress=lambda *_: None)
    return [one.auroc.value for _, one in found if one.auroc]


def test_a_judge_that_accepts_everything_is_at_chance() -> None:
    passes = Fixed(Judgement(Support.SUPPORTED, 0.9))
    found = against(LABELLED, judged((i.pair for i in LABELLED.items), passes))
    assert found.balanced_accuracy is not None
    assert found.auroc is not None
    assert (found.balanced_accuracy.value, found.auroc.value) == (0.5, 0.5)
    assert found.kinds["number (not supported)"][0].value == 0.0


def test_no_verdict_counts_as_wrong_for_any_label() -> None:
    silent = Fixed(Judgement(None))
    found = against(LABELLED, judged((i.pair for i in LABELLED.items), silent))
    assert found.no_verdict == 16
    assert found.balanced_accuracy is not None
    assert found.balanced_accuracy.value == 0.0
    assert found.auroc is None


def test_a_claim_without_its_rival_does_not_count_as_a_choice() -> None:
    first, second, *_ = LABELLED.items
    rest = replace(LABELLED, items=tuple(item for item in LABELLED.items if item is not first))
    found = against(rest, VERDICTS).choice
    assert found is not None
    assert found.value == 1.0
    one_sided = replace(LABELLED, items=(first, replace(second, id="another:0")))
    assert against(one_sided, VERDICTS).choice is None


def test_claims_with_a_single_label_give_no_balanced_accuracy() -> None:
    supported = replace(LABELLED, items=tuple(item for item in LABELLED.items if item.supported))
    found = against(supported, VERDICTS)
    assert (found.balanced_accuracy, found.confusion, found.auroc) == (None, None, None)
    assert found.kinds["fine (supported)"][0].value == 1.0
    console = Console(file=StringIO(), width=200)
    console.print(judge_table("any", [(supported, found)]))
    assert "hand: all 8 claims have the same label" in console.file.getvalue()  # type: ignore[attr-defined]


def test_ratings_are_compared_by_rank_correlation() -> None:
    items = tuple(Labelled(str(n), Pair(f"c{n}", ("e",)), str(n), rating=n / 2) for n in range(6))
    rising = {i.pair: Judgement(Support.SUPPORTED, n / 10) for n, i in enumerate(items)}
    found = against(JudgeSet("rated", items), rising)
    assert found.spearman is not None
    assert found.spearman.value == pytest.approx(1)
    assert found.confusion is None


def test_a_rated_answer_has_the_mean_score_of_its_sentences() -> None:
    items = tuple(Labelled(str(n), Pair(f"c{n}", ("e",)), str(n), rating=n / 2) for n in range(6))
    rising = {i.pair: Judgement(Support.NOT_ENOUGH_INFO, 0.1, (), n / 10) for n, i in enumerate(items)}
    found = against(JudgeSet("rated", items), rising)
    assert found.spearman is not None
    assert found.spearman.value == pytest.approx(1)


def test_the_embedded_judge_accepts_a_verbatim_sentence_and_no_changed_number() -> None:
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
    assert found == [Judgement(Support.SUPPORTED, 0.8), Judgement(Support.REFUTED, 0.2, (), 0.5)]


class Sure:
    """Supports everything."""

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        return [SupportScores(0.97, 0.02, 0.01) for _ in pairs]


@pytest.mark.parametrize(
    ("given", "name", "trained_on"),
    [
        ({}, f"embedded {WEIGHTS_SHA256[:8]}", TRAINED_ON),
        ({"verifier": {"model": "some/nli-model"}}, "embedded some/nli-model", None),
    ],
)
def test_the_embedded_judge_is_named_by_the_model_that_judges(
    given: dict[str, object], name: str, trained_on: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def loaded(model: str) -> Sure:
        asked.append(model)
        return Sure()

    monkeypatch.setattr("rag.assemble._model", loaded)
    settings = load_settings(given)
    judge = judge_named("embedded", settings)
    (found,) = judge.judge([Pair("The council shut the school.", ("The council closed the school on Monday.",))])
    assert (asked, judge.name, judge.trained_on) == ([settings.verifier.model], name, trained_on)
    assert found == Judgement(Support.SUPPORTED, 0.97)


def test_the_embedded_judge_is_named_by_the_language_model_that_judges() -> None:
    llm = {"base_url": "http://127.0.0.1:9", "model": "any"}
    judge = judge_named("embedded", load_settings({"llm": llm, "verifier": {"model": "llm"}}))
    assert (judge.name, judge.trained_on) == ("embedded llm any", None)


def test_a_claim_of_several_sentences_has_the_lowest_score_of_them() -> None:
    yes, no = Judgement(Support.SUPPORTED, 0.9), Judgement(Support.NOT_ENOUGH_INFO, 0.3, ("why",))
    assert weakest([yes, yes]).supported
    assert weakest([yes, no]) == Judgement(Support.NOT_ENOUGH_INFO, 0.3, ("why",), pytest.approx(0.6))
    assert weakest([yes, no, Judgement(Support.REFUTED, 0.2)]).support is Support.REFUTED
    assert weakest([yes, Judgement(None)]).support is None


def test_verdicts_are_cached_with_the_run_and_missing_verdicts_are_asked_again(tmp_path: Path) -> None:
    pairs = [Pair("a", ("e",)), Pair("b", ("e",)), Pair("a", ("e",))]
    judge = Fixed(Judgement(Support.SUPPORTED, 0.5, ("r",)), Judgement(None))
    first = judged(pairs, judge, tmp_path)
    assert judge.calls == 2
    again = judged(pairs, judge, tmp_path)
    assert judge.calls == 3
    assert first[pairs[0]] == again[pairs[0]]


def test_a_card_collects_sets_and_pools_their_confusion_counts(tmp_path: Path) -> None:
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


def test_sets_count_equally_in_the_judges_error() -> None:
    small = {"hits": 10, "misses": 0, "alarms": 0, "rejections": 10}
    large = {"hits": 0, "misses": 1000, "alarms": 1000, "rejections": 0}
    card = {"sets": {"small": {"confusion": small}, "large": {"confusion": large}, "rated": {"confusion": None}}}
    assert pooled_confusion(card) == Confusion(10, 10, 10, 10)


def view_of(card: object, measures: object = None) -> View:
    return View({}, {"judge": "any", "measures": measures or {}}, {}, (), {}, {}, card)  # type: ignore[arg-type]


def test_a_report_says_why_there_is_no_corrected_value() -> None:
    card = {"sets": {}}
    assert "Rogan and Gladen" in judge_lines(view_of(card, {"faithfulness": {"corrected": {"value": 1.0}}}))[-1]
    found = judge_lines(view_of(card, {"completed": {}, "faithfulness": {"corrected": None}}))[-1]
    assert found.startswith("No corrected value for faithfulness: ")


def test_cards_and_reports_say_what_the_judge_was_trained_on(tmp_path: Path) -> None:
    found = [
        replace(against(replace(LABELLED, name=training.name), VERDICTS), training=training) for training in Trained
    ]
    write_card(tmp_path / "card.json", "any", found)
    card = read_card(tmp_path / "card.json")
    assert card is not None
    assert {name: one["training"] for name, one in card["sets"].items()} == {
        "WHOLLY": "trained on",
        "BY_HALF": "trained on another half",
        "NOT": "not trained on",
    }
    console = Console(file=StringIO(), width=200)
    console.print(judge_table("any", [(LABELLED, one) for one in found]))
    for told in ("\n".join(judge_lines(view_of(card))), console.file.getvalue()):  # type: ignore[attr-defined]
        for training in Trained:
            assert training in next(line for line in told.splitlines() if training.name in line)
    assert "its error rates are taken from the other sets" in judge_lines(view_of(card))[-2]


def test_a_card_without_training_information_is_shown_without_it(tmp_path: Path) -> None:
    write_card(tmp_path / "card.json", "any", [against(LABELLED, VERDICTS)])
    card = read_card(tmp_path / "card.json")
    assert card is not None
    assert card["sets"]["hand"].pop("training") is None
    assert any(line.startswith("hand (16 claims): balanced accuracy 1.000") for line in judge_lines(view_of(card)))
    assert pooled_confusion(card) == Confusion(8, 0, 0, 8)


def test_the_judges_error_excludes_sets_it_was_trained_on() -> None:
    easy = {"confusion": {"hits": 10, "misses": 0, "alarms": 0, "rejections": 10}, "training": Trained.WHOLLY}
    hard = {"confusion": {"hits": 3, "misses": 2, "alarms": 2, "rejections": 3}, "training": Trained.BY_HALF}
    assert pooled_confusion({"sets": {"easy": easy, "hard": hard}}) == Confusion(3, 2, 2, 3)
    assert pooled_confusion({"sets": {"easy": easy}}) is None


def test_only_the_held_out_half_of_a_training_set_is_judged() -> None:
    pages = [f"page {n}" for n in range(20)]
    reported = [page for page in pages if is_for_reporting(page)]
    trained = [page for page in pages if page not in reported]
    assert reported
    assert trained
    items = [Labelled(page, Pair(f"claim on {page}", (page,)), "", supported=True) for page in pages]
    items.append(Labelled("twice", Pair(f"claim on {trained[0]}", (reported[0],)), "", supported=False))
    kept = for_reporting(JudgeSet("wice", tuple(items)))
    assert [item.id for item in kept.items] == reported  # a claim of the other half is left out, whatever its evidence
    whole = JudgeSet("qags", tuple(items))
    assert for_reporting(whole) == whole


@pytest.mark.slow
def test_the_training_information_matches_the_training_code(shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Claims matter here, not the evidence picked for them: whole texts instead of sentences save minutes.
    monkeypatch.setattr(claim_sets, "sentences_of", lambda text: [text])
    monkeypatch.setattr(claim_sets, "windows", list)
    monkeypatch.setattr(claim_sets, "closest", lambda _, texts: texts[0])
    monkeypatch.setattr(claim_sets, "overlaps", lambda _, texts: [0.0] * len(texts))
    monkeypatch.setattr(claim_sets, "evidence_windows", lambda _, text, limit: [text] * limit)
    examples = claim_sets.read_supports(shared_data, Random(1))  # noqa: S311  (drawing, not secrets)
    learned = {letters(one.first) for one in examples}
    assert set(TRAINED_ON) <= set(JUDGE_SETS)
    for name, read in JUDGE_SETS.items():
        whole, judged_on = read(shared_data), judge_set(name, shared_data)
        expected = TRAINED_ON.get(name, Trained.NOT)
        assert (expected is Trained.BY_HALF) == (len(judged_on.items) < len(whole.items))
        share = share_in(learned, judged_on)
        assert share > 0.95 if expected is Trained.WHOLLY else share < 0.01
        if expected is Trained.BY_HALF:
            others = set(whole.items) - set(judged_on.items)
            assert share_in(learned, replace(whole, items=tuple(others))) > 0.9


def letters(text: str) -> str:
    return re.sub(r"<t>|</t>|\W|_", "", text.lower())


def share_in(learned: set[str], labelled: JudgeSet) -> float:
    return sum(letters(item.pair.claim) in learned for item in labelled.items) / len(labelled.items)


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
