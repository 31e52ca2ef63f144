"""The chat window and the endpoints in one server share the security policy, the authentication and the desk."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator

import bcrypt
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_ui.fakes_ui import FakeChatbot, FakeShelf
from test_ui.test_serving_rest import FIRE, LATER, script

from index.types import Question
from ui.app import chat_app
from ui.serving.mount import Serving
from ui.serving.passwords import Users

ADA = {"Authorization": "Basic " + base64.b64encode(b"ada:x").decode()}


@pytest.fixture(scope="module")
def bot() -> FakeChatbot:
    return FakeChatbot(script)


@pytest.fixture(scope="module")
def client(bot: FakeChatbot) -> Iterator[TestClient]:
    users = Users({"ada": bcrypt.hashpw(b"x", bcrypt.gensalt(4))})

    async def build() -> FastAPI:  # where no loop is running, Gradio makes one and leaves it open
        return chat_app(FakeShelf([FIRE, LATER]), bot, host="127.0.0.1", serving=Serving(users))

    with TestClient(asyncio.run(build()), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/dateline/page.css", "/config", "/gradio_api/info", "/api/health", "/v1/models"]
)
def test_everything_is_behind_authentication_the_content_policy_and_the_host_check(
    client: TestClient, path: str
) -> None:
    refused, served = client.get(path), client.get(path, headers=ADA)
    assert (refused.status_code, served.status_code) == (401, 200)
    for response in (refused, served):
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
    assert client.get(path, headers={**ADA, "Host": "evil.example"}).status_code == 400
    foreign = {**ADA, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    assert client.get(path, headers=foreign).status_code == 403


def test_gradios_own_endpoint_takes_earlier_questions_too(client: TestClient, bot: FakeChatbot) -> None:
    data = ["and?", "", "", "", ["Meridian Post"], ["what happened?"]]
    begun = client.post("/gradio_api/call/ask", json={"data": data}, headers=ADA).json()["event_id"]
    told = client.get(f"/gradio_api/call/ask/{begun}", headers=ADA).text
    assert json.loads(told.split("data: ", 1)[1])[0]["question"] == "and?"
    assert bot.asked[-1] == (Question("and?", outlets=("Meridian Post",)), ("what happened?",))
