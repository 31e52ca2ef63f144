"""Request models of the OpenAI-compatible API, converted to a question, its limits and the earlier questions."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from index.errors import BadInput
from ui.actions import Window
from ui.serving.schema import Limits, Text

MODEL = "dateline"

_AS_OF = re.compile(r"^\s*Answer as of (\S+?)\.?\s*$", re.IGNORECASE)


def _words(content: Any) -> Any:
    """Join text parts; images and audio are rejected."""
    if not isinstance(content, list):
        return content
    texts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
    known = [text for text in texts if isinstance(text, str)]
    if len(known) < len(content):
        raise ValueError("only parts of type text are supported, each with a text")
    return "\n".join(known)


class ChatMessage(BaseModel):
    """One message."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[Text | None, BeforeValidator(_words)] = None


class ChatRequest(BaseModel):
    """The supported fields; all others of the protocol are accepted and ignored, and null means absent.

    ``dateline`` limits what is searched. For clients that cannot send extra fields, a system message "Answer as of
    2026-05-04." sets ``as_of``. Other system messages are ignored, because answers only report what articles say.
    """

    model_config = ConfigDict(extra="ignore")

    model: str | None = MODEL
    messages: list[ChatMessage] = Field(min_length=1, max_length=500)
    stream: bool | None = False
    n: Literal[1] | None = None
    dateline: Limits | None = None

    def asked(self) -> tuple[str, Window, list[str]]:
        """Return the question, its limits and the earlier questions.

        Raises:
            BadInput: The last message is not from the user.
        """
        if self.messages[-1].role != "user":
            raise BadInput("messages: the last message must be the user's question.")
        *earlier, question = (message.content or "" for message in self.messages if message.role == "user")
        return question, self._limits().window, [text for text in earlier if text.strip()]

    def _limits(self) -> Limits:
        system = [message.content or "" for message in self.messages if message.role in {"system", "developer"}]
        moments = [found[1] for text in system if (found := _AS_OF.match(text))]
        limits = self.dateline or Limits()
        return limits.model_copy(update={"as_of": moments[-1]}) if moments and not limits.as_of else limits
