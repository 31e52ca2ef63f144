"""A reader with a language model: any LlamaIndex ``LLM``, such as one on an OpenAI-compatible server."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from index.sentences import sentence_spans
from rag.citations import parse_markers
from rag.errors import ReaderFailed
from rag.patience import patiently
from rag.prompts import NOT_IN_ARTICLES, Message, ask, correct
from rag.types import Draft, Passage, Sentence, Withheld

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

OUTPUT_TOKENS = 512  # kept free for the answer
MARGIN = 0.9  # our count may differ from the model's own by this much
MOST_CHARACTERS = 20_000  # an endless answer is cut here

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_AFTER_MARKER = re.compile(r"(?<=[\]】])([.!?]?)\s+(?=[^\s\[【])")
_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+|#+\s+|>\s+)")


class LlmReader:
    """Asks for cited sentences, and once more for those that were withheld."""

    def __init__(self, model: ChatModel, *, max_sentences: int = 3, context_tokens: int = 8192) -> None:
        self._model = model
        self._max_sentences = max_sentences
        self._room = int(context_tokens * MARGIN) - OUTPUT_TOKENS

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The whole draft at once.

        Raises:
            ReaderFailed: the model could not be reached, timed out, or sent what is not an answer.
        """
        return Draft(tuple(self.write(question, passages)))

    def write(self, question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
        """The draft's sentences, each as soon as its line is complete."""
        return self._sentences(self._messages(question, passages))

    def revise(self, question: str, passages: Sequence[Passage], withheld: Sequence[Withheld]) -> Iterator[Sentence]:
        """Corrected sentences in place of those withheld."""
        drafted = Message("assistant", "\n".join(item.text for item in withheld))
        return self._sentences([*self._messages(question, passages), drafted, correct(withheld)])

    def _messages(self, question: str, passages: Sequence[Passage]) -> list[Message]:
        """As many passages as the model's context holds, best first; always at least one."""
        nonce = secrets.token_hex(8)
        shown = list(passages)
        while True:
            messages = ask(question, shown, nonce=nonce, most=self._max_sentences)
            if len(shown) <= 1 or sum(self._model.count_tokens(message.text) for message in messages) <= self._room:
                return messages
            shown.pop()

    def _sentences(self, messages: Sequence[Message]) -> Iterator[Sentence]:
        for line in _lines(self._model.stream(messages)):
            if _refuses(line):
                return
            for part in _AFTER_MARKER.sub(r"\1\n", line).split("\n"):
                text, numbers = parse_markers(_BULLET.sub("", part).replace("**", ""))
                for span in sentence_spans(text):  # two on one line share its markers, and are checked one by one
                    yield Sentence(span.of(text), numbers)


class ChatModel:
    """A LlamaIndex ``LLM`` whose failures are one clear sentence."""

    def __init__(self, llm: LLM, *, where: str, timeout_s: float | None = None) -> None:
        """``where`` names the model in errors; after ``timeout_s`` without a word from it, it has failed."""
        self._llm = llm
        self._where = where
        self._timeout_s = timeout_s
        self._tokenize = _tokenizer(llm)

    @classmethod
    def openai_compatible(
        cls, *, base_url: str, model: str, api_key: str, timeout_s: float, retries: int, context_tokens: int
    ) -> ChatModel:
        """A model on any server that speaks the OpenAI protocol: Ollama, vLLM, llama.cpp and others."""
        from llama_index.llms.openai_like import OpenAILike  # noqa: PLC0415  (two seconds of CPU)

        llm = OpenAILike(
            model=model,
            api_base=base_url,
            api_key=api_key,
            timeout=timeout_s,
            max_retries=retries,
            context_window=context_tokens,
            max_tokens=OUTPUT_TOKENS,
            temperature=0.0,
            is_chat_model=True,
        )
        return cls(llm, where=f"{model} at {base_url}", timeout_s=timeout_s)

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text``, by the model's own tokenizer where LlamaIndex knows it."""
        return len(self._tokenize(text))

    def complete(self, prompt: str) -> str:
        """The model's whole answer to one prompt."""
        return _THINKING.sub("", "".join(self.stream([Message("user", prompt)])))

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The answer piece by piece.

        Raises:
            ReaderFailed: the model could not be reached, timed out, or sent what is not an answer.
        """
        sent = 0
        pieces = self._pieces(messages) if self._timeout_s is None else self._patiently(messages, self._timeout_s)
        try:
            for piece in pieces:
                sent += len(piece)
                yield piece
                if sent > MOST_CHARACTERS:
                    return
        except Exception as error:
            raise ReaderFailed(self._sentence(error)) from error

    def _patiently(self, messages: Sequence[Message], timeout_s: float) -> Iterator[str]:
        """Retries of the library count too: it may wait as long again for each."""
        return patiently(lambda: self._pieces(messages), timeout_s)

    def _pieces(self, messages: Sequence[Message]) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage  # noqa: PLC0415

        chat = [ChatMessage(role=message.role, content=message.text) for message in messages]
        empty = True
        for response in self._llm.stream_chat(chat):
            piece = response.delta or ""
            empty = empty and not piece
            yield piece
        if empty:  # servers that do not stream answer all at once, which reads as an empty stream
            yield self._llm.chat(chat).message.content or ""

    def _sentence(self, error: Exception) -> str:
        """Every LLM class and server brings exceptions of its own; the name and status of each say enough."""
        kind = type(error).__name__
        status = getattr(error, "status_code", None)
        if "Timeout" in kind:
            after = f" within {self._timeout_s:g} s" if self._timeout_s else ""
            return (
                f"The language model {self._where} did not answer{after}; see that it is well, or raise llm.timeout_s."
            )
        if status in {401, 403}:
            return f"The language model {self._where} refused the key (status {status}); set llm.api_key."
        if status is not None:
            return f"The language model {self._where} answered with status {status}; see its log and llm.model."
        if "Connect" in kind:
            return f"The language model {self._where} could not be reached; start it or correct llm.base_url."
        first = (str(error).splitlines() or [""])[0][:120]
        return f"The language model {self._where} sent what is not an answer ({kind}: {first}); see its log."


def _tokenizer(llm: LLM) -> Callable[[str], Sequence[int]]:
    from llama_index.core.utils import get_tokenizer  # noqa: PLC0415

    try:
        own = getattr(llm, "_tokenizer", None)  # LlamaIndex has no public name for it
    except (KeyError, ValueError, OSError):
        own = None
    return own.encode if own is not None and hasattr(own, "encode") else get_tokenizer()


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Complete lines as they come, the last one also without its end; a model's thinking is left out."""
    text, given = "", 0
    for piece in pieces:
        text += piece
        spoken = _THINKING.sub("", text)
        complete = spoken.rfind("\n") + 1
        if complete > given and not _opens_thinking(text):
            yield from filter(str.strip, spoken[given:complete].splitlines())
            given = complete
    yield from filter(str.strip, _THINKING.sub("", text)[given:].splitlines())


def _opens_thinking(text: str) -> bool:
    """Whether the end of ``text`` may be the start of a thinking tag that is still being sent."""
    tail = text[text.rfind("<") :] if "<" in text else ""
    return bool(tail) and "<thinking>".startswith(tail)


def _refuses(line: str) -> bool:
    return NOT_IN_ARTICLES in re.sub(r"[^A-Z ]", "", line.upper().replace("IN THE ARTICLES", "IN ARTICLES"))
