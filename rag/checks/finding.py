"""What a check of a claim against its evidence returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason why evidence does not support a claim, in words.

    ``refutes`` is True if the evidence contradicts the claim, False if it only does not support it.
    """

    check: str
    reason: str
    refutes: bool = False
