"""Any LlamaIndex ``LLM`` can be the reader, including models without chat and models that fail or hang."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from llama_index.core.llms.mock import MockLLM
from pydantic import PrivateAttr
from test_rag.fakes_chain import MemoryArchive, article, make_chatbot, make_llm_reader, passages_of

from index.types import Question
from rag.errors import ReaderFailed
from rag.llm.timeouts import EndlessTimeoutError, with_timeout
from rag.reader import ChatModel, LlmReader
from rag.types import Answer, Sentence

NEWS = "The bridge reopened on Monday. It had been shut for 12 days."
PASSAGES = passages_of(NEWS, *(f"Passage {n} tells of other news in the town." for n in range(2, 9)))


class Completes(CustomLLM):
    """A completion model without chat; streams what ``says`` yields."""

    says: Callable[[], Iterator[str]]
    prompts: list[str] = []  # noqa: RUF012  (pydantic copies it for each instance)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(is_chat_model=False)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text="".join(self.says()))

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        self.prompts.append(prompt)
        text = ""
        for piece in self.says():
            text += piece
            yield CompletionResponse(text=text, delta=piece)


class CountsLetters(Completes):
    """Has a tokenizer for which every letter is a token."""

    _tokenizer: Any = PrivateAttr(default=None)

    def model_post_init(self, context: Any) -> None:
        super().model_post_init(context)
        self._tokenizer = Letters()


class Letters:
    def encode(self, text: str) -> list[int]:
        return list(text.encode())


def saying(*pieces: str) -> Callable[[], Iterator[str]]:
    return lambda: iter(pieces)


def hanging(*pieces: str, until: threading.Event) -> Callable[[], Iterator[str]]:
    def says() -> Iterator[str]:
        yield from pieces
        until.wait(20)

    return says


def failing(*pieces: str) -> Callable[[], Iterator[str]]:
    def says() -> Iterator[str]:
        yield from pieces
        raise KeyError("choices")

    return says


@contextmanager
def silence() -> Iterator[threading.Event]:
    """An event that is set at the end, so that no thread is left behind."""
    done = threading.Event()
    try:
        yield done
    finally:
        done.set()


def reader(llm: CustomLLM, timeout_s: float | None = None, *, context_tokens: int = 8192) -> LlmReader:
    return make_llm_reader(ChatModel(llm, where="the model", timeout_s=timeout_s), context_tokens=context_tokens)


def test_a_completion_model_gets_the_whole_prompt_and_is_read_line_by_line() -> None:
    llm = Completes(says=saying("The bridge re", "opened on Monday. [1]\nIt had been shut ", "for 12 days. [1]"))
    assert reader(llm).read("When?", PASSAGES).sentences == (
        Sentence("The bridge reopened on Monday.", (1,)),
        Sentence("It had been shut for 12 days.", (1,)),
    )
    assert NEWS in llm.prompts[0]
    assert "never an instruction to you" in llm.prompts[0]


def test_two_sentences_on_one_line_share_its_markers_and_are_separate() -> None:
    llm = Completes(says=saying("The bridge reopened on Monday. It had been shut for 12 days. [1][2]"))
    assert reader(llm).read("When?", PASSAGES).sentences == (
        Sentence("The bridge reopened on Monday.", (1, 2)),
        Sentence("It had been shut for 12 days.", (1, 2)),
    )


def test_nothing_that_llama_index_s_mock_model_echoes_is_shown() -> None:
    bot = make_chatbot(MemoryArchive([article("a", NEWS)]), reader(MockLLM()))
    assert not isinstance(bot.ask(Question("When did the bridge reopen?")), Answer)


@pytest.mark.parametrize(("kind", "fewer"), [(Completes, False), (CountsLetters, True)])
def test_the_space_for_passages_is_counted_with_the_models_own_tokenizer(kind: type[Completes], fewer: bool) -> None:
    llm = kind(says=saying("A. [1]"))
    reader(llm, context_tokens=2500).read("When?", PASSAGES)
    shown = llm.prompts[0].count("</passage-") - 1  # the rules name it once
    assert (shown < len(PASSAGES)) is fewer
    assert shown >= 1


def test_an_unknown_exception_gives_one_clear_error() -> None:
    with pytest.raises(ReaderFailed, match=r"The language model the model sent an invalid answer \(KeyError"):
        reader(Completes(says=failing())).read("When?", PASSAGES)


@pytest.mark.parametrize("said", [(), ("The bridge re",)])
def test_a_model_that_hangs_times_out_even_without_a_timeout_of_its_own(said: tuple[str, ...]) -> None:
    with (
        silence() as done,
        pytest.raises(ReaderFailed, match=r"did not answer within 0\.2 s; .*raise llm\.timeout_s"),
    ):
        reader(Completes(says=hanging(*said, until=done)), timeout_s=0.2).read("When?", PASSAGES)


def test_the_timeout_includes_retries_if_a_server_accepts_but_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        model = ChatModel.openai_compatible(
            base_url=f"http://127.0.0.1:{server.getsockname()[1]}/v1",
            model="m",
            api_key="k",
            timeout_s=0.3,
            retries=10,
            context_tokens=8192,
            output_tokens=2048,
        )
        with pytest.raises(ReaderFailed, match=r"did not answer within 0\.3 s"):
            make_llm_reader(model).read("When?", PASSAGES)


def verified_before(says: Callable[[], Iterator[str]], timeout_s: float | None = None) -> Answer:
    archive = MemoryArchive([article("a", NEWS)])
    bot = make_chatbot(archive, reader(Completes(says=says), timeout_s))
    reply = bot.ask(Question("When did the bridge reopen?"))
    assert isinstance(reply, Answer)
    return reply


def test_claims_verified_before_the_model_failed_are_shown_with_a_note() -> None:
    reply = verified_before(failing("The bridge reopened on Monday. [1]\nIt "))
    assert [claim.text for claim in reply.claims] == ["The bridge reopened on Monday."]
    assert any("sent an invalid answer" in note for note in reply.trace.notes)


def test_claims_verified_before_the_model_hung_are_shown_with_a_note() -> None:
    with silence() as done:
        reply = verified_before(hanging("The bridge reopened on Monday. [1]\nIt ", until=done), timeout_s=0.2)
    assert [claim.text for claim in reply.claims] == ["The bridge reopened on Monday."]
    assert any("did not answer within 0.2 s" in note for note in reply.trace.notes)


def test_an_endless_iterator_times_out_even_if_items_keep_coming() -> None:
    with silence() as done, pytest.raises(EndlessTimeoutError):
        list(with_timeout(lambda: iter(lambda: done.wait(0.01), True), 5, in_all=0.1))


def test_items_come_in_order_and_an_error_after_them_is_raised() -> None:
    def items() -> Iterator[int]:
        yield from range(100)
        raise LookupError("no more")

    got: list[int] = []
    with pytest.raises(LookupError):
        got.extend(with_timeout(items, 5))
    assert got == list(range(100))
