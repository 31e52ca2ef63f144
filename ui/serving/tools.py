"""Model Context Protocol (MCP) tools over the archive: ask, search and article."""

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
from ui.ports import ChatbotPort, Shelf
from ui.serving import schema
from ui.serving.follow import events_of, reply_from
from ui.wire import article_json, search_json

INSTRUCTIONS = (
    "A news archive. `ask` answers with sentences that were checked against the exact words they cite, or says that "
    "the articles do not answer the question: then do not answer from memory. Keep the citations, who said it, how "
    "certain it is, and the date."
)

Given = Annotated[schema.Text, Field(description="The question, in words.")]
AsOf = Annotated[
    str | None, Field(description="Hide articles published or updated after this date, such as 2026-05-04.")
]
Since = Annotated[str | None, Field(description="Only articles published on or after this date.")]
Until = Annotated[str | None, Field(description="Only articles published on or before this date.")]
Outlets = Annotated[Sequence[schema.Text] | None, Field(description="Only these outlets; empty for all.")]
Turns = Annotated[
    Sequence[schema.Text] | None, Field(description="Earlier questions of the conversation, oldest first.")
]
Limit = Annotated[int, Field(ge=1, le=50, description="Maximum number of passages.")]


class _Strict(MCPServer[None]):
    """Rejects unknown arguments, since a misspelt limit would otherwise be ignored silently."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Check the argument names, then call the tool."""
        known = {tool.name: list(tool.input_schema["properties"]) for tool in await self.list_tools()}
        for unknown in sorted(arguments.keys() - set(known.get(name, arguments))):
            raise ToolError(f"{unknown}: there is no such argument; {name} takes {', '.join(known[name])}.")
        return await super().call_tool(name, arguments, context)


def tool_server(archive: Shelf, chatbot: ChatbotPort) -> MCPServer[None]:
    """Create the server over an archive and its chatbot; the caller runs it."""
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
        """Answer a question with sentences that cite the exact words of articles, or say that no article answers it."""
        with _errors_reported():
            events = events_of(chatbot, question, _window(as_of, since, until, outlets), turns or ())
            reply = await reply_from(events)
        answered = {name: value for name, value in reply_json(reply).items() if name in schema.Answered.model_fields}
        return _result(terminal(reply), answered)

    @server.tool(annotations=reads)
    async def search(  # noqa: PLR0917  (as above)
        question: Given,
        limit: Limit = 10,
        as_of: AsOf = None,
        since: Since = None,
        until: Until = None,
        outlets: Outlets = None,
    ) -> schema.SearchResults:
        """Find the passages of the news archive closest to a question, best first, without answering."""
        with _errors_reported():
            asked = checked(_window(as_of, since, until, outlets).question(question))
            found = await anyio.to_thread.run_sync(archive.search, asked, limit)
        return schema.SearchResults.model_validate(search_json(found))

    @server.tool(annotations=reads)
    async def article(
        article_id: Annotated[str, Field(description="The `article_id` of a citation or passage.")],
    ) -> schema.Article:
        """Read the full text of one article; the offsets of citations refer to it."""
        with _errors_reported():
            found = await anyio.to_thread.run_sync(archive.article, article_id)
        return schema.Article.model_validate(article_json(found))

    return server


def _window(as_of: str | None, since: str | None, until: str | None, outlets: Sequence[str] | None) -> Window:
    return Window(as_of or "", since or "", until or "", tuple(outlets or ()))


@contextmanager
def _errors_reported() -> Iterator[None]:
    """Report Dateline's own errors to the model; other exceptions only go to the log."""
    try:
        yield
    except DatelineError as problem:
        raise ToolError(str(problem)) from problem


def _result(text: str, structured: dict[str, object]) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structured)
