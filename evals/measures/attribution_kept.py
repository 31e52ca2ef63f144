"""Attribution kept: the share of answers that credit the expected speaker.

Source: ours; sourcing failures as in the EBU/BBC study of news assistants, 2025. The speaker may be named in the
answer's text or in the attribution of a claim.
"""

from __future__ import annotations

from evals.measures.answers import contains, normalised
from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Score, missing


def _attribution_kept(asked: Asked, reply: GivenReply) -> Score:
    speaker = asked.case.speaker
    if speaker is None:
        return missing("the case names no speaker")
    if not reply.answered:
        return missing("refused")
    credited = [claim.attribution.speaker for claim in reply.claims if claim.attribution]
    named = contains(reply.answer, [speaker]) or any(_same_speaker(speaker, name) for name in credited)
    return Score(float(named))


def _same_speaker(wanted: str, given: str) -> bool:
    """Whether one name contains the other as whole words: "Brandt" matches "Mayor Ida Brandt"."""
    return bool(normalised(given)) and (contains(wanted, [given]) or contains(given, [wanted]))


ATTRIBUTION_KEPT = Measure(
    name="attribution_kept",
    about="the answer credits the expected speaker, in its text or in a claim's attribution",
    source="ours; sourcing failures as in the EBU/BBC study of news assistants, 2025",
    of=_attribution_kept,
    group="news",
)
