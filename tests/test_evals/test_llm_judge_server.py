"""The configured language model as judge over HTTP, with a real server that speaks the OpenAI protocol."""

from __future__ import annotations

import pytest
from test_rag.openai_server import Behaviour, serving

from evals.judges.choose import judge_named
from evals.types import Pair
from index.errors import BadInput
from rag.settings import load_settings

PAIR = Pair("Twelve were hurt.", ("Police said 12 people were hurt.",))
YES = '{"support": "supported", "reason": "12 is twelve"}'


def judge(behaviour: Behaviour) -> tuple[str, object]:
    with serving(behaviour) as url:
        settings = load_settings({"llm": {"base_url": url, "model": "any", "timeout_s": 5, "retries": 0}})
        made = judge_named("llm", settings)
        (found,) = made.judge([PAIR])
        return made.name, found.support


@pytest.mark.slow
def test_a_models_strict_verdict_is_accepted_and_its_prose_is_not() -> None:
    assert judge(Behaviour(lambda _: YES)) == ("llm any", "supported")
    assert judge(Behaviour(lambda _: "Yes, the evidence supports it."))[1] is None
    assert judge(Behaviour(lambda _: YES, status=500))[1] is None


def test_an_llm_judge_without_a_model_says_what_to_set() -> None:
    with pytest.raises(BadInput, match=r"llm\.base_url"):
        judge_named("llm", load_settings())
    with pytest.raises(BadInput, match="no judge called 'jury'"):
        judge_named("jury", load_settings())
