"""The MCP tools, called by the official client: in this process over fakes, and the real command over pipes."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from test_ui.fakes_ui import FakeChatbot, FakeShelf
from test_ui.test_serving_rest import FIRE, LATER, script

from index.sample import sample_articles
from index.types import Question
from rag.wire import reply_json

mcp = pytest.importorskip("mcp", reason="the extra [mcp] is not installed")

from ui.serving.tools import tool_server  # noqa: E402  (imports mcp)

Talk = Callable[[Any], Awaitable[Any]]


def over(server: Any, talk: Talk) -> Any:
    """Return the result of ``talk`` with a client of a server."""

    async def connected() -> Any:
        async with mcp.Client(server, read_timeout_seconds=120) as client:
            return await talk(client)

    return anyio.run(connected)


def call(name: str, bot: FakeChatbot | None = None, **arguments: Any) -> Any:
    server = tool_server(FakeShelf([FIRE, LATER]), bot or FakeChatbot(script))
    return over(server, lambda client: client.call_tool(name, arguments))


def test_the_three_tools_are_described_and_said_to_change_nothing() -> None:
    server = tool_server(FakeShelf([FIRE]), FakeChatbot(script))
    tools = {tool.name: tool for tool in over(server, lambda client: client.list_tools()).tools}
    assert list(tools) == ["ask", "search", "article"]
    for tool in tools.values():
        assert tool.description
        assert "  " not in tool.description
        assert tool.annotations.read_only_hint
        assert tool.output_schema["type"] == "object"
    assert tools["ask"].input_schema["required"] == ["question"]
    assert set(tools["ask"].input_schema["properties"]) == {"question", "turns", "as_of", "since", "until", "outlets"}


@pytest.mark.parametrize("question", ["how many were hurt?", "who did it?"])
def test_ask_gives_text_to_read_and_the_reply_as_data(question: str) -> None:
    found = call("ask", question=question)
    whole = reply_json(script(Question(question)))
    kept = {name: value for name, value in whole.items() if name not in {"retrieved", "timings_ms"}}
    assert found.structured_content == kept
    assert (whole["claims"] or whole["citations"])[0].get("text", "The mayor resigned.") in found.content[0].text
    assert not found.is_error


def test_ask_passes_limits_and_earlier_questions_on() -> None:
    bot = FakeChatbot(script)
    call("ask", bot, question="and?", turns=["what happened?"], outlets=["Meridian Post"])
    assert bot.asked == [(Question("and?", outlets=("Meridian Post",)), ("what happened?",))]


def test_null_means_absent() -> None:
    bot = FakeChatbot(script)
    found = call("ask", bot, question="q", turns=None, as_of=None, since=None, until=None, outlets=None)
    assert (found.is_error, bot.asked) == (False, [(Question("q"), ())])


def test_search_and_article_give_what_the_endpoints_give() -> None:
    found = call("search", question="hurt", limit=1).structured_content
    assert [one["article_id"] for one in found["results"]] == ["a1"]
    assert call("article", article_id="wire/b 2").structured_content["text"] == LATER.text


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {"question": " "}, "Type a question first."),
        ("ask", {"question": "x", "as_of": "soon"}, "As of needs a date"),
        ("ask", {"question": "down"}, "could not be reached; start it."),
        ("search", {"question": "x", "limit": 0}, "greater than or equal to 1"),
        ("article", {"article_id": "none"}, "There is no article 'none' in the archive."),
        ("ask", {"question": "x", "asof": "2026-05-04"}, "asof: there is no such argument; ask takes question, turns,"),
        ("ask", {"question": "half \ud800 of a pair"}, "half a surrogate pair, which is not valid text"),
        ("ask", {"question": "x", "outlets": "Meridian Post"}, "not allowed as a Sequence"),
        ("ask", {"question": "x" * 1001}, "A question may have at most 1,000 characters"),
    ],
)
def test_a_failure_is_a_sentence_for_the_model(tool: str, arguments: dict[str, Any], told: str) -> None:
    found = call(tool, **arguments)
    assert found.is_error
    assert told in found.content[0].text


def test_an_internal_error_reveals_nothing_about_the_server_to_the_model() -> None:
    found = call("ask", question="fault")
    assert found.is_error
    assert "secret" not in found.content[0].text


@pytest.mark.slow
def test_the_real_command_answers_a_real_client_over_pipes(tmp_path: Path) -> None:
    from ui.cli import main  # noqa: PLC0415

    archive = str(tmp_path / "archive")
    with pytest.raises(SystemExit) as left:
        main(["--archive", archive, "add", str(sample_articles() / "km-no-drone.txt")])
    assert left.value.code == 0
    command = ["-m", "ui.cli", "--archive", archive, "mcp"]
    server = mcp.StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ), cwd=Path.cwd())

    async def talk(client: Any) -> tuple[Any, Any]:
        asked = await client.call_tool("ask", {"question": "Was a Koravian drone shot down over Tervania?"})
        cited = asked.structured_content["citations"][0]
        return asked, (cited, await client.call_tool("article", {"article_id": cited["article_id"]}))

    asked, (cited, article) = over(server, talk)
    assert asked.structured_content["status"] == "answered"
    assert cited["quote"] in asked.content[0].text
    assert article.structured_content["text"][cited["start"] : cited["end"]] == cited["quote"]
