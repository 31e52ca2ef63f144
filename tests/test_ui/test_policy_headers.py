from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from fastapi.testclient import TestClient

from ui.policy import ContentPolicy, guard_hosts


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.add_middleware(ContentPolicy)
    guard_hosts(app, "127.0.0.1")
    app.get("/", response_class=HTMLResponse)(lambda: "<script>1</script><p>ü</p><script src=x></script>")
    app.get("/data")(lambda: JSONResponse({"html": "<script>"}))
    app.get("/stream")(lambda: StreamingResponse(iter([b"a", b"b"]), media_type="text/event-stream"))
    return TestClient(app, base_url="http://127.0.0.1")


def test_every_script_of_a_page_gets_the_nonce_of_its_policy_and_no_two_pages_share_one(client: TestClient) -> None:
    first, second = client.get("/"), client.get("/")
    (nonce,) = re.findall(r"'nonce-([^']+)'", first.headers["content-security-policy"])
    assert first.text == f'<script nonce="{nonce}">1</script><p>ü</p><script nonce="{nonce}" src=x></script>'
    assert int(first.headers["content-length"]) == len(first.content)
    assert nonce not in second.text


def test_the_policy_allows_no_other_origin_and_no_inline_script(client: TestClient) -> None:
    for path in ("/", "/data", "/stream", "/missing"):
        policy = client.get(path).headers["content-security-policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert "unsafe-inline" not in rules["script-src"]
        assert not re.search(r"https?:|\*|blob:", policy)


def test_other_responses_pass_unchanged(client: TestClient) -> None:
    assert client.get("/data").json() == {"html": "<script>"}
    assert client.get("/stream").text == "ab"


def test_on_a_loopback_address_a_request_under_a_foreign_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "localhost:7860"}).status_code == 200
