"""The archive as tools for language models, by the Model Context Protocol: ask, search, article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Annotated, Any

import anyio
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import Field

from index.errors import DatelineError
from rag.wire import reply_json
from ui.actions import Window, checked
from ui.plain import terminal
from ui.ports import Asked, Shelf
from ui.serving import schema
from ui.serving.follow import events_of, reply_from
from ui.wire import article_json, search_json

INSTRUCTIONS = (
    "A news archive. `ask` answers with sentences that were checked against the exact words they cite, or says that "
    "the articles do not say: then do not answer from memory. Keep citations, who said it, how certainly, and the date."
)

Given = Annotated[schema.Text, Field(description="The question, in words.")]
AsOf = Annotated[str | None, Field(description="Hide every article known only after this date, such as 2026-05-04.")]
Since = Annotated[str | None, Field(description="Only articles published from this date on.")]
Until = Annotated[str | None, Field(description="Only articles published up to this date.")]
Outlets = Annotated[Sequence[schema.Text] | None, Field(description="Only these outlets; empty for all.")]
Turns = Annotated[
    Sequence[schema.Text] | None, Field(description="Earlier questions of the conversation, oldest first.")
]
Limit = Annotated[int, Field(ge=1, le=50, description="Passages, at most.")]


class _Strict(MCPServer[None]):
    """Refuses arguments that a tool does not have: a limit under a wrong name would be none."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """As the library calls a tool, once the names are known."""
        known = {tool.name: list(tool.input_schema["properties"]) for tool in await self.list_tools()}
        for unknown in sorted(arguments.keys() - set(known.get(name, arguments))):
            raise ToolError(f"{unknown}: there is no such argument; {name} takes {', '.join(known[name])}.")
        return await super().call_tool(name, arguments, context)


def tool_server(archive: Shelf, chatbot: Asked) -> MCPServer[None]:
    """The server over an archive and its chatbot; to be run by its caller."""
    server = _Strict(
        "dateline", title="Dateline", instructions=INSTRUCTIONS, version=version("dateline"), log_level="ERROR"
    )
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    @server.tool(annotations=reads)
    async def ask(  # noqa: PLR0917  (tools are called by name)
        question: Given,
        turns: Turns = None,
        as_of: AsOf = None,
        since: Since = None,
        until: Until = None,
        outlets: Outlets = None,
    ) -> Annotated[CallToolResult, schema.Answered]:
        """Answer a question with sentences and the exact words of the articles they rest on, or say that none do."""
        with _told():
            events = events_of(chatbot, question, _window(as_of, since, until, outlets), turns or ())
            reply = await reply_from(events)
        told = {name: value for name, value in reply_json(reply).items() if name in schema.Answered.model_fields}
        return _result(terminal(reply), told)

    @server.tool(annotations=reads)
    async def search(  # noqa: PLR0917  (as above)
        question: Given,
        limit: Limit = 10,
        as_of: AsOf = None,
        since: Since = None,
        until: Until = None,
        outlets: Outlets = None,
    ) -> schema.SearchResults:
        """Find the passages of the news archive nearest to a question, best first, without answering."""
        with _told():
            asked = checked(_window(as_of, since, until, outlets).question(question))
            found = await anyio.to_thread.run_sync(archive.search, asked, limit)
        return schema.SearchResults.model_validate(search_json(found))

    @server.tool(annotations=reads)
    async def article(
        article_id: Annotated[str, Field(description="As citations and passages name it.")],
    ) -> schema.Article:
        """Read one article of the news archive whole; citations count their characters in its text."""
        with _told():
            found = await anyio.to_thread.run_sync(archive.article, article_id)
        return schema.Article.model_validate(article_json(found))

    return server


def _window(as_of: str | None, since: str | None, until: str | None, outlets: Sequence[str] | None) -> Window:
    return Window(as_of or "", since or "", until or "", tuple(outlets or ()))


@contextmanager
def _told() -> Iterator[None]:
    """Our errors are sentences that a model may read; what is no error of ours stays in the log."""
    try:
        yield
    except DatelineError as problem:
        raise ToolError(str(problem)) from problem


def _result(text: str, structured: dict[str, object]) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structured)
