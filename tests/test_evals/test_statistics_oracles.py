"""Statistics agree with scipy, scikit-learn and values by hand, and keep level and coverage on simulated data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from evals.judges.agreement import balanced_accuracy, best_threshold
from evals.statistics.bootstrap import (
    Sample,
    effective_size,
    interval,
    plausible_means,
    resampled_means,
    weighted_mean,
)
from evals.statistics.paired import Paired, compare, holm
from evals.statistics.ranks import auroc, average_ranks, spearman
from evals.statistics.rates import Confusion, Z, corrected, rogan_gladen, wilson

counts = st.integers(0, 60)


def unweighted(before: list[float], after: list[float], clusters: list[str]) -> Paired:
    ones = [1.0] * len(clusters)
    return Paired(Sample(before, ones, clusters), Sample(after, ones, clusters))


@settings(max_examples=40)
@given(counts, st.integers(1, 60))
def test_wilsons_interval_agrees_with_scipy(hits: int, more: int) -> None:
    total = hits + more
    expected = stats.binomtest(hits, total).proportion_ci(method="wilson")
    found = wilson(hits, total)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


@settings(max_examples=25)
@given(st.integers(0, 7), st.integers(0, 6), st.integers(0, 20))
def test_with_one_yes_no_case_per_story_the_test_is_mcnemars_exact_test(better: int, worse: int, same: int) -> None:
    before = [0.0] * better + [1.0] * (worse + same + 1)
    after = [1.0] * better + [0.0] * worse + [1.0] * (same + 1)
    expected = stats.binomtest(better, better + worse).pvalue if better + worse else 1.0
    found = compare(unweighted(before, after, [str(i) for i in range(len(before))]))
    assert found.p_value == pytest.approx(expected, abs=1e-9)


def test_with_many_stories_random_swaps_approximate_mcnemars_test() -> None:
    before, after = [1.0] * 28 + [0.0] * 14, [0.0] * 28 + [1.0] * 14
    found = compare(unweighted(before, after, [str(i) for i in range(42)]))
    assert found.p_value == pytest.approx(stats.binomtest(14, 42).pvalue, abs=0.01)


def test_the_test_of_a_graded_measure_agrees_with_scipys_permutation_test() -> None:
    random = np.random.default_rng(7)
    moves = random.normal(0.2, 0.4, 10)
    expected = stats.permutation_test((moves,), np.mean, permutation_type="samples", n_resamples=np.inf).pvalue
    found = compare(unweighted([0.0] * 10, moves.tolist(), [str(i) for i in range(10)]))
    assert found.p_value == pytest.approx(expected, abs=1e-9)


def test_cases_of_one_story_count_once_in_the_test() -> None:
    worse = [0.0] * 20 + [1.0] * 20
    alone = compare(unweighted([1.0] * 40, worse, [str(i) for i in range(40)]))
    assert alone.p_value < 0.001
    together = compare(unweighted([1.0] * 40, worse, [str(i // 10) for i in range(40)]))
    assert together.p_value == pytest.approx(0.5)  # two stories got worse: as likely as two heads or two tails
    assert compare(unweighted([1.0] * 40, worse, ["one story"] * 40)).p_value == 1.0


def test_the_test_keeps_its_five_percent_level_with_clustered_cases() -> None:
    random = np.random.default_rng(8)
    stories = [str(i // 4) for i in range(48)]
    alarms = 0
    for _ in range(200):  # the four cases of a story move together: 12 independent ones, not 48
        sides = np.repeat(random.random((2, 12)) < 0.6, 4, axis=1).astype(float)
        alarms += compare(unweighted(sides[0].tolist(), sides[1].tolist(), stories)).p_value < 0.05
    assert alarms / 200 <= 0.08  # two standard errors above 0.05


scores = st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=4, max_size=40)


@settings(max_examples=40)
@given(scores)
def test_auroc_and_balanced_accuracy_agree_with_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    values, labels = np.array([float(v) for v, _ in pairs]), np.array([label for _, label in pairs])
    if labels.all() or not labels.any():
        with pytest.raises(ValueError, match="positives and negatives"):
            auroc(values, labels)
        return
    assert auroc(values, labels) == pytest.approx(roc_auc_score(labels, values))
    decisions = values >= 4
    assert balanced_accuracy(labels, decisions) == pytest.approx(balanced_accuracy_score(labels, decisions))
    best = best_threshold(values, labels)
    tried = [balanced_accuracy(labels, values >= threshold) for threshold in np.unique(values)]
    assert balanced_accuracy(labels, values >= best) == pytest.approx(max(tried))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=30))
def test_ranks_and_spearman_agree_with_scipy(pairs: list[tuple[int, int]]) -> None:
    left, right = [float(a) for a, _ in pairs], [float(b) for _, b in pairs]
    assert average_ranks(left) == pytest.approx(stats.rankdata(left))
    if len(set(left)) > 1 and len(set(right)) > 1:
        assert spearman(left, right) == pytest.approx(stats.spearmanr(left, right).statistic)
    else:
        assert spearman(left, right) == 0.0


def test_holm_agrees_with_values_by_hand() -> None:
    # sorted: .01*4, .02*3, .03*2, .04*1, each at least the one before
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.02}) == pytest.approx(
        {"a": 0.04, "b": 0.06, "c": 0.06, "d": 0.06}
    )


def test_the_bootstrap_repeats_exactly_and_its_interval_contains_the_mean() -> None:
    sample = Sample([0, 1, 1, 0.5, 1], [1, 2, 1, 1, 3], list("aabbc"))
    assert interval(sample) == interval(sample)
    assert weighted_mean(sample) == pytest.approx((2 + 1 + 0.5 + 3) / 8)
    found = interval(sample)
    assert found.low <= found.value <= found.high


def test_clustered_cases_give_a_wider_interval() -> None:
    values = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0] * 5
    alone = interval(Sample(values, [1] * 40, [str(i) for i in range(40)]))
    together = interval(Sample(values, [1] * 40, [str(i // 4) for i in range(40)]))
    assert together.high - together.low > 1.7 * (alone.high - alone.low)  # four times fewer stories: twice as wide


def test_a_share_of_one_or_zero_has_wilsons_interval() -> None:
    found = interval(Sample([1.0] * 40, [1.0] * 40, [str(i) for i in range(40)]))
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(wilson(40, 40).low)
    assert interval(Sample([0.0] * 10, [1.0] * 10, ["one story"] * 10)).high == pytest.approx(wilson(0, 1).high)


def test_a_single_story_or_identical_stories_have_wilsons_interval() -> None:
    single = interval(Sample([1.0, 1.0, 0.0, 1.0], [1.0] * 4, ["one story"] * 4))
    assert single.value == 0.75
    assert single.low < 0.3
    assert single.high > 0.9
    alike = Sample([1.0, 0.0] * 20, [1.0] * 40, [str(i // 2) for i in range(40)])
    assert (interval(alike).low, interval(alike).high) == pytest.approx((wilson(10, 20).low, wilson(10, 20).high))
    drawn = np.quantile(plausible_means(alike), [0.025, 0.975])
    assert drawn == pytest.approx([wilson(10, 20).low, wilson(10, 20).high], abs=0.02)


def test_a_measure_that_is_not_a_share_has_the_bootstrap_interval() -> None:
    found = interval(Sample([12.0, 12.0], [1.0, 1.0], ["a", "b"]))
    assert (found.low, found.high) == (12.0, 12.0)


def test_identical_cases_within_stories_are_worth_one_case_each() -> None:
    values = [1.0] * 7 + [0.0] * 3
    alone = Sample(values, [1.0] * 10, [str(i) for i in range(10)])
    # the variance of the share of n independent cases is estimated as p (1 - p) / (n - 1)
    assert effective_size(alone) == pytest.approx(9 * (Z / stats.t.ppf(0.975, 9)) ** 2)
    fourfold = Sample(values * 4, [1.0] * 40, [str(i % 10) for i in range(40)])
    assert effective_size(fourfold) == pytest.approx(effective_size(alone))


def test_cases_of_weight_0_do_not_count_towards_the_effective_size() -> None:
    counted = Sample([1, 0, 1, 1, 0, 1], [1] * 6, list("aabbcc"))
    padded = Sample([1, 0, 1, 1, 0, 1, 0, 1], [1] * 6 + [0] * 2, list("aabbccab"))
    assert effective_size(padded) == pytest.approx(effective_size(counted))


def test_an_interval_of_yes_no_values_stays_within_0_and_1_and_mirrors_its_complement() -> None:
    values = [1.0] * 37 + [0.0] * 3
    stories = [str(i // 4) for i in range(40)]
    found = interval(Sample(values, [1.0] * 40, stories))
    mirrored = interval(Sample([1 - v for v in values], [1.0] * 40, stories))
    assert 0 < found.low < found.value < found.high < 1
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((found.low, found.high))


def test_intervals_of_clustered_shares_near_1_cover_the_truth_more_often_than_the_percentile_bootstrap() -> None:
    random = np.random.default_rng(7)
    share, correlation = 0.98, 0.1
    resampled, effective = 0, 0
    for _ in range(400):
        sizes = random.integers(3, 16, size=35)
        rates = random.beta(share * (1 / correlation - 1), (1 - share) * (1 / correlation - 1), size=35)
        values = (random.random(sizes.sum()) < np.repeat(rates, sizes)).astype(float)
        sample = Sample(values.tolist(), [1.0] * len(values), np.repeat(np.arange(35), sizes).astype(str).tolist())
        low, high = np.quantile(resampled_means(sample, 500), [0.025, 0.975])
        resampled += low <= share <= high
        found = interval(sample)
        effective += found.low <= share <= found.high
    assert resampled / 400 < 0.91
    assert 0.92 <= effective / 400 <= 0.98


def test_intervals_of_unclustered_shares_cover_the_truth_about_95_percent_of_the_time() -> None:
    random = np.random.default_rng(1)
    held = 0
    for _ in range(100):
        values = (random.random(60) < 0.7).astype(float)
        found = interval(Sample(values.tolist(), [1.0] * 60, [str(i) for i in range(60)]))
        held += found.low <= 0.7 <= found.high
    assert 0.88 <= held / 100 <= 0.99


def test_rogan_gladen_recovers_the_true_rate() -> None:
    judge = Confusion(hits=90, misses=10, alarms=20, rejections=80)
    seen = 0.6 * 0.9 + 0.4 * 0.2  # the judge accepts 90 % of the 60 % supported claims, and 20 % of the rest
    assert rogan_gladen(seen, judge) == pytest.approx(0.6)
    assert rogan_gladen(0.05, judge) == 0.0
    assert rogan_gladen(0.5, Confusion(5, 5, 5, 5)) is None


def test_claims_that_were_not_put_to_the_judge_are_not_corrected_for_its_error() -> None:
    judge = Confusion(hits=90, misses=10, alarms=20, rejections=80)
    cited, true = 0.5, 0.3  # half of the claims cite something; 30 % of all claims are supported
    seen = true * 0.9 + (cited - true) * 0.2  # the other half is rejected without asking the judge
    assert rogan_gladen(seen, judge, judged=cited) == pytest.approx(true)
    found = corrected(seen, np.full(4000, seen), judge, seed=1, judged=cited)
    assert found is not None
    assert found.value == pytest.approx(true)
    assert found.low < true < found.high <= cited
    assert rogan_gladen(0.5, judge, judged=cited) == cited


def test_the_corrected_interval_is_wider_than_the_raw_one_and_covers_the_truth() -> None:
    random = np.random.default_rng(2)
    held = 0
    for _ in range(80):
        truth = random.random(150) < 0.6
        passed = np.where(truth, random.random(150) < 0.85, random.random(150) < 0.25)
        hits, alarms = int(random.binomial(100, 0.85)), int(random.binomial(100, 0.25))
        sample = Sample(passed.astype(float).tolist(), [1.0] * 150, [str(i) for i in range(150)])
        judge = Confusion(hits, 100 - hits, alarms, 100 - alarms)
        found = corrected(weighted_mean(sample), resampled_means(sample, 500), judge, seed=3)
        raw = interval(sample)
        assert found is not None
        assert found.high - found.low > raw.high - raw.low
        held += found.low <= 0.6 <= found.high
    assert 0.88 <= held / 80 <= 1.0


def test_a_judge_no_better_than_chance_gives_no_correction() -> None:
    draws = np.linspace(0.4, 0.6, 100)
    assert corrected(0.5, draws, Confusion(6, 5, 5, 6), seed=0) is None


def test_equal_runs_do_not_differ_and_a_single_story_is_never_significant() -> None:
    same = compare(unweighted([1.0, 0.0, 0.5], [1.0, 0.0, 0.5], ["a", "b", "c"]))
    assert (same.change.value, same.p_value, same.detectable) == (0.0, 1.0, None)
    alone = compare(unweighted([0.2, 0.4], [0.3, 0.9], ["a", "a"]))
    assert (alone.detectable, alone.p_value) == (None, 1.0)


def test_a_rate_that_the_judges_error_rates_rule_out_is_not_corrected() -> None:
    judge = Confusion(hits=70, misses=30, alarms=20, rejections=80)
    assert corrected(0.99, np.full(1000, 0.99), judge, seed=1) is None  # it accepts only 70 % of supported claims
    assert corrected(0.02, np.full(1000, 0.02), judge, seed=1) is None  # it accepts 20 % of unsupported ones
    possible = corrected(0.72, np.full(1000, 0.72), judge, seed=1)
    assert possible is not None
    assert possible.low < possible.value == possible.high == 1.0


def test_a_clear_loss_is_significant() -> None:
    stories = [str(i) for i in range(40)]
    loss = compare(unweighted([1.0] * 40, [0.0] * 12 + [1.0] * 28, stories))
    assert loss.change.value == pytest.approx(-0.3)
    assert loss.p_value == pytest.approx(stats.binomtest(0, 12).pvalue)
    graded = compare(unweighted([0.8] * 40, [0.4, 0.6] * 20, stories))
    assert graded.p_value < 0.01


def test_the_detectable_difference_is_found_in_about_four_of_five_trials() -> None:
    random = np.random.default_rng(4)
    stories = [str(i) for i in range(80)]
    noise = compare(unweighted([0.0] * 80, random.normal(0, 0.3, 80).tolist(), stories))
    assert noise.detectable is not None
    found = sum(
        compare(unweighted([0.0] * 80, random.normal(noise.detectable, 0.3, 80).tolist(), stories)).p_value < 0.05
        for _ in range(40)
    )
    assert 0.6 <= found / 40 <= 0.95


def test_a_pooled_measure_is_compared_as_a_ratio_over_all_cases() -> None:
    stories = [str(i) for i in range(30)]
    before = Sample([1.0] * 10 + [0.0] * 20, [2.0] * 10 + [1.0] * 5 + [0.0] * 15, stories)  # 20 of 25
    after = Sample([1.0] * 10 + [0.0] * 20, [2.0] * 10 + [1.0] * 20, stories)  # 20 of 40: 15 more count, none right
    found = compare(Paired(before, after))
    assert found.change.value == pytest.approx(20 / 40 - 20 / 25)
    assert found.change.low < found.change.value < found.change.high < 0
    assert found.p_value < 0.01
    assert found.cases == 30


def test_the_corrected_interval_agrees_with_the_delta_method() -> None:
    # Sensitivity 45/50 = 0.9, specificity 40/50 = 0.8; 70 % seen: (0.7 + 0.8 - 1) / (0.9 + 0.8 - 1) = 0.5 / 0.7.
    judge = Confusion(hits=45, misses=5, alarms=10, rejections=40)
    found = corrected(0.7, np.full(4000, 0.7), judge, seed=1)
    assert found is not None
    assert found.value == pytest.approx(5 / 7)
    # The rate is fixed here, so only the judge's error is uncertain. By the delta method the variance is
    # (rate + spec - 1)^2 Var(sens) / skill^4 + (sens - rate)^2 Var(spec) / skill^4, Lang and Reiczigel 2014.
    sens, spec, skill = 0.9, 0.8, 0.7
    variance = (0.5**2 * sens * (1 - sens) / 50 + (sens - 0.7) ** 2 * spec * (1 - spec) / 50) / skill**4
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * variance**0.5, rel=0.15)
