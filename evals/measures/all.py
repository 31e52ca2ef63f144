"""Every measure, in the order reports show them."""

from __future__ import annotations

from evals.measures.answers import ANSWER_IN_QUOTES, ANSWER_IN_TEXT, ANSWER_WORDS, EXACT_MATCH, TOKEN_F1
from evals.measures.base import Measure
from evals.measures.claims import CITATION_PRECISION, CITATION_RECALL, FAITHFULNESS
from evals.measures.completed import COMPLETED
from evals.measures.news import (
    ATTRIBUTION_KEPT,
    CERTAINTY_KEPT,
    CONFLICT_SHOWN,
    FALSE_CONFLICT,
    FUTURE_LEAK,
    HARDENED,
)
from evals.measures.places import EVIDENCE_CITED, QUOTE_EXACTNESS, RELEVANT_CITED
from evals.measures.ranking import HIT_AT_1, HIT_AT_5, MRR, NDCG_AT_10, RECALL_AT_10
from evals.measures.refusal import OVER_REFUSAL, REFUSAL_F1, REFUSAL_PRECISION, REFUSAL_REASON, REFUSAL_RECALL

MEASURES: tuple[Measure, ...] = (
    COMPLETED,
    FAITHFULNESS,
    CITATION_PRECISION,
    CITATION_RECALL,
    QUOTE_EXACTNESS,
    RELEVANT_CITED,
    EVIDENCE_CITED,
    ANSWER_IN_QUOTES,
    ANSWER_IN_TEXT,
    TOKEN_F1,
    EXACT_MATCH,
    ANSWER_WORDS,
    REFUSAL_PRECISION,
    REFUSAL_RECALL,
    REFUSAL_F1,
    REFUSAL_REASON,
    OVER_REFUSAL,
    ATTRIBUTION_KEPT,
    CERTAINTY_KEPT,
    HARDENED,
    CONFLICT_SHOWN,
    FALSE_CONFLICT,
    FUTURE_LEAK,
    HIT_AT_1,
    HIT_AT_5,
    RECALL_AT_10,
    MRR,
    NDCG_AT_10,
)

BY_NAME = {measure.name: measure for measure in MEASURES}
