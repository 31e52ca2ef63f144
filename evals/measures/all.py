"""All measures, in the order in which reports show them."""

from __future__ import annotations

from evals.measures.answer_in_quotes import ANSWER_IN_QUOTES
from evals.measures.answer_in_text import ANSWER_IN_TEXT
from evals.measures.answer_words import ANSWER_WORDS
from evals.measures.attribution_kept import ATTRIBUTION_KEPT
from evals.measures.base import Measure
from evals.measures.certainty_kept import CERTAINTY_KEPT
from evals.measures.citation_precision import CITATION_PRECISION
from evals.measures.citation_recall import CITATION_RECALL
from evals.measures.completed import COMPLETED
from evals.measures.conflict_shown import CONFLICT_SHOWN
from evals.measures.evidence_cited import EVIDENCE_CITED
from evals.measures.exact_match import EXACT_MATCH
from evals.measures.faithfulness import FAITHFULNESS
from evals.measures.false_conflict import FALSE_CONFLICT
from evals.measures.future_leak import FUTURE_LEAK
from evals.measures.hardened import HARDENED
from evals.measures.hits import HIT_AT_1, HIT_AT_5
from evals.measures.mrr import MRR
from evals.measures.ndcg import NDCG_AT_10
from evals.measures.over_refusal import OVER_REFUSAL
from evals.measures.premise_alarm import PREMISE_ALARM
from evals.measures.premise_shown import PREMISE_SHOWN
from evals.measures.quote_exactness import QUOTE_EXACTNESS
from evals.measures.recall import RECALL_AT_10
from evals.measures.refusal_f1 import REFUSAL_F1
from evals.measures.refusal_precision import REFUSAL_PRECISION
from evals.measures.refusal_reason import REFUSAL_REASON
from evals.measures.refusal_recall import REFUSAL_RECALL
from evals.measures.relevant_cited import RELEVANT_CITED
from evals.measures.token_f1 import TOKEN_F1

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
    PREMISE_SHOWN,
    PREMISE_ALARM,
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
