"""Authentication: a strictly parsed file of names and bcrypt hashes, and a gate before the page and all endpoints."""

from __future__ import annotations

import base64
import socket
import stat
from pathlib import Path

import bcrypt
import pytest
from click.testing import CliRunner
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_ui.fakes_ui import FakeChatbot, FakeShelf, abstention, article

from index.errors import BadInput
from index.types import Coverage
from ui.commands.chat import chat
from ui.serving.gate import credentials
from ui.serving.mount import Serving, add_endpoints
from ui.serving.passwords import Users, add_user


def hashed(password: str, cost: int = 4) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(cost)).decode()


def users(**passwords: str) -> Users:
    return Users({name: hashed(password).encode() for name, password in passwords.items()})


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.fixture
def guarded() -> TestClient:
    app = FastAPI()
    shelf = FakeShelf([article("a", "Twelve were hurt.")])
    serving = Serving(users(ada="correct horse", bo="ü:ö"))
    desk = serving.desk(FakeChatbot(lambda question: abstention(question.text, Coverage(0, None, None, ()))))
    add_endpoints(app, shelf, desk, serving)
    app.get("/")(lambda: "page")
    return TestClient(app, base_url="http://127.0.0.1")


def test_hashes_of_other_tools_are_understood(tmp_path: Path) -> None:
    password = b"correct horse"
    made = bcrypt.hashpw(password, bcrypt.gensalt(4)).replace(b"$2b$", b"$2y$").decode()  # how htpasswd writes it
    path = tmp_path / "users"
    path.write_text(f"# readers\n\nada:{made}\n")
    assert Users.read(path).admits("ada", "correct horse")


def test_a_password_is_admitted_and_remembered_and_any_other_is_not() -> None:
    found = users(ada="correct horse")
    assert not found.remembers("ada", "correct horse")
    assert found.admits("ada", "correct horse")
    assert found.remembers("ada", "correct horse")
    for user, password in [("ada", "wrong"), ("ada", ""), ("eve", "correct horse"), ("", ""), ("ada", "x" * 200)]:
        assert not found.admits(user, password)
        assert not found.remembers(user, password)


def test_a_password_that_is_right_in_its_first_72_bytes_only_is_wrong() -> None:
    found = users(ada="x" * 72)
    assert found.admits("ada", "x" * 72)
    assert not found.admits("ada", "x" * 73)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "names no user"),
        ("# nobody\n", "names no user"),
        ("ada\n", "line 1: expected user:hash"),
        ("\nada:s3cret-word\n", "line 2: the text after ada: is not a bcrypt hash"),
        ("ada:{SHA}s3cret-word\n", "line 1: the text after ada: is not a bcrypt hash"),
        ("ada:$2b$31$" + "a" * 53, "is not a bcrypt hash"),
        ("a b:x\n", "line 1: expected user:hash"),
        (f"ada:{hashed('x')}\nada:{hashed('y')}\n", "line 2: the user ada is listed twice"),
    ],
)
def test_an_invalid_line_is_reported_with_its_remedy_and_never_repeated(
    tmp_path: Path, text: str, problem: str
) -> None:
    path = tmp_path / "users"
    path.write_text(text)
    with pytest.raises(BadInput) as refused:
        Users.read(path)
    assert problem in str(refused.value)
    assert str(path) in str(refused.value)
    assert "s3cret-word" not in str(refused.value)


def test_a_missing_or_undecodable_file_is_reported_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--add-user NAME"):
        Users.read(tmp_path / "none")
    (tmp_path / "latin").write_bytes(b"\xff\xfe\xfa:x")
    with pytest.raises(BadInput, match="not UTF-8"):
        Users.read(tmp_path / "latin")


def test_adding_a_user_keeps_the_other_lines_makes_the_file_private_and_replaces_a_plain_password(
    tmp_path: Path,
) -> None:
    path = tmp_path / "users"
    assert add_user(path, "ada", "one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not add_user(path, "ada", "two")
    path.write_text(path.read_text() + "# readers\nbo:plain\n")
    assert not add_user(path, "bo", "three")
    found = Users.read(path)
    assert [found.admits("ada", "one"), found.admits("ada", "two"), found.admits("bo", "three")] == [False, True, True]
    assert "# readers" in path.read_text()
    assert "plain" not in path.read_text()
    assert [entry.name for entry in tmp_path.iterdir()] == ["users"]


@pytest.mark.parametrize(("name", "password"), [("a:b", "x"), ("", "x"), ("a b", "x"), ("ada", ""), ("ada", "ü" * 37)])
def test_a_name_or_password_that_could_not_be_used_later_is_refused(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(BadInput):
        add_user(tmp_path / "users", name, password)
    assert not (tmp_path / "users").exists()


def test_without_a_name_and_password_nothing_is_served(guarded: TestClient) -> None:
    for method, path in [("GET", "/"), ("GET", "/api/health"), ("POST", "/api/ask"), ("POST", "/v1/chat/completions"),
                         ("GET", "/api/openapi.json"), ("GET", "/nothing")]:  # fmt: skip
        for headers in ({}, basic("ada", "wrong"), {"Authorization": "Basic ???"}, {"Authorization": "Digest x"}):
            refused = guarded.request(method, path, headers=headers)
            assert refused.status_code == 401, (method, path, headers)
            assert refused.headers["www-authenticate"].startswith('Basic realm="Dateline"')


def test_correct_credentials_open_the_page_and_the_endpoints_as_basic_and_as_a_key(guarded: TestClient) -> None:
    assert guarded.get("/", headers=basic("ada", "correct horse")).text == '"page"'
    assert guarded.get("/api/health", headers=basic("bo", "ü:ö")).json()["status"] == "ready"
    assert guarded.get("/v1/models", headers={"Authorization": "Bearer ada:correct horse"}).status_code == 200


def test_a_websocket_is_closed(guarded: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect  # noqa: PLC0415

    with pytest.raises(WebSocketDisconnect), guarded.websocket_connect("/"):
        pass


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Basic",
        "Basic !",
        "Basic " + base64.b64encode(b"nocolon").decode(),
        "Basic " + base64.b64encode(b"\xff:x").decode(),
        "Bearer key",
        "Digest a:b",
    ],
)
def test_a_header_without_name_and_password_carries_none(header: str) -> None:
    assert credentials(header) is None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Origin": "http://127.0.0.1"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_page_of_another_site_can_neither_read_nor_ask(
    guarded: TestClient, headers: dict[str, str], status: int
) -> None:
    assert guarded.get("/", headers={**basic("ada", "correct horse"), **headers}).status_code == status


def test_a_foreign_form_is_refused_even_as_a_navigation(guarded: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", **basic("ada", "correct horse")}
    assert guarded.post("/api/ask", headers=headers).status_code == 403


def test_the_command_adds_a_user_and_exits(tmp_path: Path) -> None:
    path = tmp_path / "users"
    done = CliRunner().invoke(chat, ["--auth", str(path), "--add-user", "ada"], input="correct horse\n")
    assert (done.exit_code, done.output) == (0, f"ada added to {path}.\n")
    assert Users.read(path).admits("ada", "correct horse")
    assert CliRunner().invoke(chat, ["--add-user", "ada"]).exit_code == 2


@pytest.mark.parametrize(
    ("host", "guarded", "told"),
    [("127.0.0.1", False, ""), ("0.0.0.0", False, "--auth FILE"), ("0.0.0.0", True, "TLS")],  # noqa: S104
)
def test_an_address_reachable_by_others_causes_a_warning(
    host: str, guarded: bool, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    from ui.commands.chat import _warn  # noqa: PLC0415

    with socket.socket() as listening:
        listening.bind((host, 0))
        _warn(listening, guarded=guarded)
    err = capfd.readouterr().err
    assert told in err
    assert bool(err) == bool(told)
