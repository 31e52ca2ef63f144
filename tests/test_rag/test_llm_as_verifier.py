"""``verifier.model = "llm"``: a language model judges support, after the checks and never instead of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_rag.fakes_chain import passages_of
from test_rag.openai_server import Behaviour, serving

from index.errors import BadInput
from rag.assemble import verifier
from rag.errors import ReaderFailed
from rag.settings import Settings, load_settings
from rag.types import Checked, Sentence, Support

PASSAGES = passages_of("Rain fell. The council closed the school on Monday. Mayor Ilse Brandt spoke of 17 pupils.")
REWORDED = Sentence("On Monday the council shut the school.", (1,))


def says(verdict: str) -> Callable[[dict[str, Any]], str]:
    return lambda request: json.dumps({"support": verdict, "reason": "so it is"})


def settings(tmp_path: Path, url: str, **llm: Any) -> Settings:
    server = {"base_url": url, "model": "m", "retries": 0, "timeout_s": 5, **llm}
    return load_settings(
        {"archive": tmp_path, "reader_kind": "extractive", "llm": server, "verifier": {"model": "llm"}}
    )


def verify(tmp_path: Path, behaviour: Behaviour, sentence: Sentence = REWORDED) -> Checked:
    with serving(behaviour) as url:
        return verifier(settings(tmp_path, url)).verify(sentence, PASSAGES)


@pytest.mark.parametrize(
    ("verdict", "support"),
    [
        ("supported", Support.SUPPORTED),
        ("refuted", Support.REFUTED),
        ("not_enough_info", Support.NOT_ENOUGH_INFO),
    ],
)
def test_the_models_verdict_decides_even_if_the_reader_is_extractive(
    tmp_path: Path, verdict: str, support: Support
) -> None:
    assert verify(tmp_path, Behaviour(says(verdict))).verdict.support is support


@pytest.mark.parametrize("fence", ["```json\n{}\n```", "```\n{}```", "\n  {}\n"])
def test_a_verdict_inside_a_code_block_is_accepted(tmp_path: Path, fence: str) -> None:
    verdict = says("supported")
    found = verify(tmp_path, Behaviour(lambda request: fence.replace("{}", verdict(request))))
    assert found.verdict.support is Support.SUPPORTED


def test_a_truncated_answer_is_not_a_verdict(tmp_path: Path) -> None:
    found = verify(tmp_path, Behaviour(says("supported"), finish="length"))
    assert found.verdict.support is Support.NOT_ENOUGH_INFO


@pytest.mark.parametrize(
    "prose", ["Yes, it is supported.", '{"support": "yes"}', '```json\n{"support": 1}\n```', "[" * 3000, ""]
)
def test_a_sentence_is_withheld_if_the_answer_is_not_a_verdict(tmp_path: Path, prose: str) -> None:
    assert verify(tmp_path, Behaviour(lambda request: prose)).verdict.support is Support.NOT_ENOUGH_INFO


def test_the_model_is_not_asked_about_verbatim_sentences_or_those_a_check_refutes(tmp_path: Path) -> None:
    behaviour = Behaviour(says("supported"))
    wrong = verify(tmp_path, behaviour, Sentence("On Monday the council shut 3 schools.", (1,)))
    assert wrong.verdict.support is not Support.SUPPORTED
    right = verify(tmp_path, behaviour, Sentence("The council closed the school on Monday.", (1,)))
    assert right.verdict.support is Support.SUPPORTED
    assert behaviour.requests == []


def test_verifying_a_sentence_takes_at_most_two_requests(tmp_path: Path) -> None:
    behaviour = Behaviour(says("not_enough_info"))
    verify(tmp_path, behaviour)
    assert 1 <= len(behaviour.requests) <= 2


def test_claim_and_evidence_are_delimited_by_a_fresh_unguessable_fence(tmp_path: Path) -> None:
    behaviour = Behaviour(says("not_enough_info"))
    verify(tmp_path, behaviour)
    prompts = [request["messages"][-1]["content"] for request in behaviour.requests]
    assert all("The council closed the school on Monday." in prompt and REWORDED.text in prompt for prompt in prompts)
    assert len({prompt.split("=== ")[1][:16] for prompt in prompts}) == len(prompts)


def test_an_unreachable_judge_gives_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ReaderFailed, match="could not be reached"):
        verifier(settings(tmp_path, "http://127.0.0.1:9/v1")).verify(REWORDED, PASSAGES)


def test_the_setting_is_refused_if_no_language_model_is_configured(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r'verifier\.model is "llm"'):
        load_settings({"archive": tmp_path, "verifier": {"model": "llm"}})
