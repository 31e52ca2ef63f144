"""Figures of the evidence report agree with what is worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals.bench.evidence_figures import Scored, area, balanced_accuracy_at, best_threshold, figure, mean, mean_figure

SCORES = np.array([0.9, 0.8, 0.4, 0.3, 0.2, 0.1])
GOLD = np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0])
SCORED = Scored(SCORES, GOLD, ("a", "a", "b", "b", "c", "c"))


def test_balanced_accuracy_is_the_mean_of_both_shares() -> None:
    assert balanced_accuracy_at(0.5)(SCORES, GOLD) == pytest.approx((2 / 3 + 1) / 2)
    assert balanced_accuracy_at(0.25)(SCORES, GOLD) == pytest.approx((1 + 2 / 3) / 2)


def test_balanced_accuracy_of_one_class_is_not_defined() -> None:
    assert np.isnan(balanced_accuracy_at(0.5)(SCORES[:2], GOLD[:2]))


def test_the_area_counts_pairs_in_the_right_order() -> None:
    assert area(SCORES, GOLD) == pytest.approx(8 / 9)


def test_the_best_threshold_is_no_worse_than_any_other() -> None:
    best = balanced_accuracy_at(best_threshold(SCORES, GOLD))(SCORES, GOLD)
    assert best >= max(balanced_accuracy_at(t)(SCORES, GOLD) for t in SCORES) - 1e-9


def test_an_interval_holds_the_value_and_is_the_same_each_time() -> None:
    found = figure(SCORED, mean)
    assert found.low <= found.value <= found.high
    assert found == figure(SCORED, mean)
    assert found.n == 6


def test_clusters_are_drawn_whole() -> None:
    same = Scored(np.array([1.0, 0.0] * 3), GOLD, ("a", "a", "b", "b", "c", "c"))
    found = figure(same, mean)
    assert (found.low, found.value, found.high) == (0.5, 0.5, 0.5)


def test_the_mean_over_sets_weighs_each_set_the_same() -> None:
    one = Scored(np.ones(2), np.zeros(2), ("a", "b"))
    many = Scored(np.zeros(50), np.zeros(50), tuple("abcde" * 10))
    assert mean_figure([(one, mean), (many, mean)]).value == 0.5
