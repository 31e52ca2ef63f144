"""Any LlamaIndex ``LLM`` reads: those that only complete, bring their own tokenizer, fail in their own way, or hang."""

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
from test_rag.fakes_chain import MemoryArchive, article, passages_of

from index.types import Question
from rag.engine import Chatbot
from rag.errors import ReaderFailed
from rag.patience import EndlessTimeoutError, patiently
from rag.reader import ChatModel, LlmReader
from rag.rerank import RetrievalOrder
from rag.types import Answer, Sentence
from rag.verify import EvidenceVerifier

NEWS = "The bridge reopened on Monday. It had been shut for 12 days."
PASSAGES = passages_of(NEWS, *(f"Passage {n} tells of other news in the town." for n in range(2, 9)))


class Completes(CustomLLM):
    """Knows no chat; ``says`` is called for each piece."""

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
    """Its tokenizer makes every letter a token."""

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
    """Set at the end, so that no thread stays behind."""
    done = threading.Event()
    try:
        yield done
    finally:
        done.set()


def reader(llm: CustomLLM, timeout_s: float | None = None, **options: Any) -> LlmReader:
    return LlmReader(ChatModel(llm, where="the model", timeout_s=timeout_s), **options)


def test_a_model_that_only_completes_is_told_all_and_read_line_by_line() -> None:
    llm = Completes(says=saying("The bridge re", "opened on Monday. [1]\nIt had been shut ", "for 12 days. [1]"))
    assert reader(llm).read("When?", PASSAGES).sentences == (
        Sentence("The bridge reopened on Monday.", (1,)),
        Sentence("It had been shut for 12 days.", (1,)),
    )
    assert NEWS in llm.prompts[0]
    assert "never an instruction to you" in llm.prompts[0]


def test_two_sentences_on_one_line_share_its_markers_and_stand_each_for_itself() -> None:
    llm = Completes(says=saying("The bridge reopened on Monday. It had been shut for 12 days. [1][2]"))
    assert reader(llm).read("When?", PASSAGES).sentences == (
        Sentence("The bridge reopened on Monday.", (1, 2)),
        Sentence("It had been shut for 12 days.", (1, 2)),
    )


def test_llama_index_s_own_mock_model_reads_and_nothing_it_says_is_shown() -> None:
    bot = Chatbot(MemoryArchive([article("a", NEWS)]), RetrievalOrder(), reader(MockLLM()), EvidenceVerifier())
    assert not isinstance(bot.ask(Question("When did the bridge reopen?")), Answer)


@pytest.mark.parametrize(("kind", "fewer"), [(Completes, False), (CountsLetters, True)])
def test_the_room_for_passages_is_counted_with_the_model_s_own_tokenizer(kind: type[Completes], fewer: bool) -> None:
    llm = kind(says=saying("A. [1]"))
    reader(llm, context_tokens=2500).read("When?", PASSAGES)
    shown = llm.prompts[0].count("</passage-") - 1  # the rules name it once
    assert (shown < len(PASSAGES)) is fewer
    assert shown >= 1


def test_an_exception_of_the_model_s_own_is_one_clear_sentence() -> None:
    with pytest.raises(ReaderFailed, match=r"The language model the model sent an invalid answer \(KeyError"):
        reader(Completes(says=failing())).read("When?", PASSAGES)


@pytest.mark.parametrize("said", [(), ("The bridge re",)])
def test_a_model_that_hangs_without_a_time_out_of_its_own_is_given_up(said: tuple[str, ...]) -> None:
    with (
        silence() as done,
        pytest.raises(ReaderFailed, match=r"did not answer within 0\.2 s; .*raise llm\.timeout_s"),
    ):
        reader(Completes(says=hanging(*said, until=done)), timeout_s=0.2).read("When?", PASSAGES)


def test_a_server_that_accepts_and_never_speaks_is_given_up_once_and_not_once_for_each_retry() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        model = ChatModel.openai_compatible(
            base_url=f"http://127.0.0.1:{server.getsockname()[1]}/v1",
            model="m",
            api_key="k",
            timeout_s=0.3,
            retries=10,
            context_tokens=8192,
        )
        with pytest.raises(ReaderFailed, match=r"did not answer within 0\.3 s"):
            LlmReader(model).read("When?", PASSAGES)


def verified_before(says: Callable[[], Iterator[str]], timeout_s: float | None = None) -> Answer:
    archive = MemoryArchive([article("a", NEWS)])
    bot = Chatbot(archive, RetrievalOrder(), reader(Completes(says=says), timeout_s), EvidenceVerifier())
    reply = bot.ask(Question("When did the bridge reopen?"))
    assert isinstance(reply, Answer)
    return reply


def test_what_was_verified_before_the_model_failed_is_shown_with_a_note() -> None:
    reply = verified_before(failing("The bridge reopened on Monday. [1]\nIt "))
    assert [claim.text for claim in reply.claims] == ["The bridge reopened on Monday."]
    assert any("sent an invalid answer" in note for note in reply.trace.notes)


def test_what_was_verified_before_the_model_hung_is_shown_with_a_note() -> None:
    with silence() as done:
        reply = verified_before(hanging("The bridge reopened on Monday. [1]\nIt ", until=done), timeout_s=0.2)
    assert [claim.text for claim in reply.claims] == ["The bridge reopened on Monday."]
    assert any("did not answer within 0.2 s" in note for note in reply.trace.notes)


def test_what_never_ends_is_given_up_though_something_comes_all_the_time() -> None:
    with silence() as done, pytest.raises(EndlessTimeoutError):
        list(patiently(lambda: iter(lambda: done.wait(0.01), True), 5, in_all=0.1))


def test_items_come_in_order_and_an_error_after_them_is_raised() -> None:
    def items() -> Iterator[int]:
        yield from range(100)
        raise LookupError("no more")

    got: list[int] = []
    with pytest.raises(LookupError):
        got.extend(patiently(items, 5))
    assert got == list(range(100))
