"""The reader that uses a language model: any LlamaIndex ``LLM``, such as one on an OpenAI-compatible server."""

from __future__ import annotations

import secrets
import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rag.errors import ReaderFailed, Unfinished
from rag.llm.draft_parser import Drafted, spoken_lines
from rag.llm.model_failures import failure_sentence
from rag.llm.prompts import Message, ask, correct
from rag.llm.timeouts import with_timeout
from rag.types import Draft, Passage, Sentence, Withheld

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MARGIN = 0.9  # share of the context that is used, since our token count may differ from the model's own
MOST_CHARACTERS = 20_000  # an answer longer than this is cut
MOST_TIMES = 3  # at most this many times the requested number of sentences are read
PATIENCE = 10  # the whole answer must arrive within this many times the timeout


class LlmReader:
    """Asks a model for cited sentences, and for corrections of those that were withheld."""

    def __init__(
        self,
        model: ChatModel,
        *,
        max_sentences: int,
        context_tokens: int,
        output_tokens: int,
    ) -> None:
        """Creates a reader.

        Args:
            model: the model to ask.
            max_sentences: maximum number of sentences to ask for.
            context_tokens: size of the model's context.
            output_tokens: tokens of the context reserved for the answer; at most half the context is.
        """
        self._model = model
        self._max_sentences = max_sentences
        self._room = int(context_tokens * MARGIN) - min(output_tokens, context_tokens // 2)

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The complete draft.

        Raises:
            Unfinished: the model was cut off, or wrote neither a sentence nor that the passages do not answer.
            ReaderFailed: the model could not be reached, timed out, or sent an invalid answer.
        """
        return Draft(tuple(self.write(question, passages)))

    def write(self, question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
        """Yields the draft's sentences, each as soon as its line is complete; raises the same errors as ``read``."""
        messages, _ = self._messages(question, passages)
        drafted = self._drafted(messages, passages)
        written = False
        for sentence in drafted.sentences():
            written = True
            yield sentence
        if not written and not drafted.declined:
            raise Unfinished(f"The language model {self._model.where} wrote no answer; see its log.")

    def revise(self, question: str, passages: Sequence[Passage], withheld: Sequence[Withheld]) -> Iterator[Sentence]:
        """Yields corrections of the withheld sentences; none if the model has none."""
        messages, nonce = self._messages(question, passages)
        drafted = Message("assistant", "\n".join(item.text for item in withheld))
        corrected = [*messages, drafted, correct(withheld, passages, nonce=nonce)]
        yield from self._drafted(corrected, passages).sentences()

    def _drafted(self, messages: Sequence[Message], passages: Sequence[Passage]) -> Drafted:
        known = {passage.number for passage in passages}
        return Drafted(self._model.stream(messages), known, MOST_TIMES * self._max_sentences)

    def _messages(self, question: str, passages: Sequence[Passage]) -> tuple[list[Message], str]:
        """The messages with as many passages as fit the context (best first, at least one), and the tags' nonce."""
        nonce = secrets.token_hex(8)
        shown = list(passages)
        while True:
            messages = ask(question, shown, nonce=nonce, most=self._max_sentences)
            if len(shown) <= 1 or sum(self._model.count_tokens(message.text) for message in messages) <= self._room:
                return messages, nonce
            shown.pop()


class ChatModel:
    """A LlamaIndex ``LLM`` with a timeout, whose failures are reported as one clear sentence."""

    def __init__(self, llm: LLM, *, where: str, timeout_s: float | None = None, secret: str = "") -> None:
        """Wraps a model.

        Args:
            llm: any LlamaIndex model.
            where: the model's name in error messages.
            timeout_s: seconds without output after which the request has failed; None for no limit.
            secret: the API key, removed from error messages.
        """
        self.where = where
        self._llm = llm
        self._timeout_s = timeout_s
        self._secret = secret
        self._tokenize = _tokenizer(llm)

    @classmethod
    def openai_compatible(
        cls,
        *,
        base_url: str,
        model: str,
        api_key: str,
        timeout_s: float,
        retries: int,
        context_tokens: int,
        output_tokens: int,
    ) -> ChatModel:
        """A model on any server with an OpenAI-compatible API: Ollama, vLLM, llama.cpp and others."""
        from llama_index.llms.openai_like import OpenAILike  # noqa: PLC0415  (two seconds of CPU)
        from openai import DefaultHttpxClient  # noqa: PLC0415

        # No redirects: questions and articles are sent only to the address in the settings.
        client = DefaultHttpxClient(follow_redirects=False, timeout=timeout_s)
        llm = OpenAILike(
            model=model,
            api_base=base_url,
            api_key=api_key,
            timeout=timeout_s,
            max_retries=retries,
            context_window=context_tokens,
            max_tokens=min(output_tokens, context_tokens // 2),
            temperature=0.0,
            is_chat_model=True,
            http_client=client,  # type: ignore[call-arg]
        )
        chat = cls(llm, where=f"{model} at {base_url}", timeout_s=timeout_s, secret=api_key)
        weakref.finalize(chat, client.close)
        return chat

    def count_tokens(self, text: str) -> int:
        """Number of tokens in ``text``, by the model's own tokenizer if LlamaIndex knows it, else by its default."""
        return len(self._tokenize(text))

    def complete(self, prompt: str) -> str:
        """The model's complete answer to one prompt, without its reasoning; raises the same errors as ``stream``."""
        return "\n".join(spoken_lines(self.stream([Message("user", prompt)])))

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yields the answer in pieces, as they arrive.

        Raises:
            Unfinished: the model ran out of output tokens; raised after the last piece.
            ReaderFailed: the model could not be reached, timed out, or sent an invalid answer.
        """
        sent = 0
        pieces = self._pieces(messages) if self._timeout_s is None else self._patiently(messages, self._timeout_s)
        try:
            for piece in pieces:
                sent += len(piece)
                yield piece
                if sent > MOST_CHARACTERS:
                    return
        except Unfinished:
            raise
        except Exception as error:
            message = failure_sentence(error, where=self.where, timeout_s=self._timeout_s, secret=self._secret)
            raise ReaderFailed(message) from error

    def _patiently(self, messages: Sequence[Message], timeout_s: float) -> Iterator[str]:
        """The pieces with a timeout that includes the library's own retries, each of which may wait as long again."""
        return with_timeout(lambda: self._pieces(messages), timeout_s, in_all=PATIENCE * timeout_s)

    def _pieces(self, messages: Sequence[Message]) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage  # noqa: PLC0415

        chat = [ChatMessage(role=message.role, content=message.text) for message in messages]
        response = None
        for response in self._llm.stream_chat(chat):
            yield response.delta or ""
        if response is None:  # a server without streaming: its complete answer looks like an empty stream
            response = self._llm.chat(chat)
            yield response.message.content or ""
        if _is_cut(response.raw):
            raise Unfinished(
                f"The language model {self.where} was cut off before its answer was complete, which happens to models "
                "that reason first; raise llm.output_tokens."
            )


def _is_cut(raw: Any) -> bool:
    """Whether a response in OpenAI's format says that the model reached its limit of output tokens."""
    choices = getattr(raw, "choices", None) or ()
    return any(getattr(choice, "finish_reason", None) == "length" for choice in choices)


def _tokenizer(llm: LLM) -> Callable[[str], Sequence[int]]:
    from llama_index.core.utils import get_tokenizer  # noqa: PLC0415

    try:
        own = getattr(llm, "_tokenizer", None)  # LlamaIndex has no public name for it
    except (KeyError, ValueError, OSError):
        own = None
    return own.encode if own is not None and hasattr(own, "encode") else get_tokenizer()
