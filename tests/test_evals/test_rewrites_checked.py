"""Paraphrased sentences about the sample archive, verified by the rule-based checks alone."""

from __future__ import annotations

from collections import Counter

from evals.bench.rewrites import checked, rewrites, table
from rag.evidence.model import SupportScores
from rag.types import Support


class AlwaysSupported:
    """A judge that supports everything, so that only the checks object."""

    def supports(self, pairs: object) -> list[SupportScores]:
        return [SupportScores(1.0, 0.0, 0.0)]


def test_there_are_sixty_sentences_each_also_in_a_version_with_an_error() -> None:
    found = rewrites()
    assert Counter((one.closeness, one.faithful) for one in found) == {
        (closeness, faithful): 20 for closeness in ("close", "medium", "loose") for faithful in (True, False)
    }
    assert len({one.text for one in found}) == len(found)


def test_the_checks_alone_stop_most_errors_in_close_paraphrases_and_offer_a_replacement() -> None:
    found = rewrites()
    verdicts = checked(found, AlwaysSupported(), 0.5)
    stopped = [
        (one, verdict)
        for one, verdict in zip(found, verdicts, strict=True)
        if verdict.verdict.support is not Support.SUPPORTED
    ]
    tally = Counter((one.closeness, one.faithful) for one, _ in stopped)
    assert tally["close", False] >= 14
    assert tally["close", True] <= 1
    assert tally["medium", True] <= 1
    assert tally["loose", True] <= 3
    assert all(verdict.nearest for one, verdict in stopped if one.closeness == "close")
    assert table(found, verdicts).count("\n") == 6
