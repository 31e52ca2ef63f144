from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.errors import BadInput
from rag.settings import Settings, describe, load_settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str) -> None:
    Path("dateline.toml").write_text(text, encoding="utf-8")


def sources() -> dict[str, tuple[str, str]]:
    return {row.key: (row.value, row.source) for row in describe(load_settings())}


def test_with_nothing_configured_every_setting_is_its_default_and_no_llm_is_used() -> None:
    settings = load_settings()
    assert settings.archive == Path(".dateline")
    assert not settings.llm.configured
    assert {row.source for row in describe(settings)} == {"default"}


def test_the_command_line_overrides_the_environment_which_overrides_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write('archive = "from-file"\n[search]\npassages = 3\ncandidates = 11\n[chat]\nport = 1\n')
    monkeypatch.setenv("DATELINE_SEARCH__CANDIDATES", "12")
    monkeypatch.setenv("DATELINE_CHAT__PORT", "2")
    settings = load_settings({"chat": {"port": 3}})
    assert (settings.search.passages, settings.search.candidates, settings.chat.port) == (3, 12, 3)
    rows = {row.key: row.source for row in describe(settings)}
    assert rows["archive"] == rows["search.passages"] == "dateline.toml"
    assert rows["search.candidates"] == "environment"
    assert rows["chat.port"] == "command line"
    assert rows["chat.host"] == "default"


def test_every_setting_is_described_once_and_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_LLM__API_KEY", "sk-very-secret")
    rows = describe(load_settings())
    assert len({row.key for row in rows}) == len(rows)
    assert {"archive", "llm.api_key", "reader.threshold", "embedding.options"} <= {row.key for row in rows}
    assert not any("sk-very-secret" in row.value for row in rows)


@pytest.mark.parametrize("name", ["api_key", "openai_api_key", "apikey", "access_token", "password"])
def test_a_secret_among_an_embeddings_options_is_not_shown(name: str) -> None:
    write(f'[embedding.options]\n{name} = "sk-very-secret"\nmax_tokens = 256\n')
    rows = {row.key: row.value for row in describe(load_settings())}
    assert "sk-very-secret" not in rows.values()
    assert rows["embedding.options.max_tokens"] == "256"


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[search]\npasages = 3\n", ["search.pasages", "dateline.toml", "no setting"]),
        ("colour = 1\n", ["colour", "dateline.toml"]),
        ("[search]\npassages = 0\n", ["search.passages", "dateline.toml", "greater than or equal to 1", "0"]),
        ('[search]\npassages = "many"\n', ["search.passages", "dateline.toml", "many"]),
        ('reader_kind = "oracle"\n', ["reader_kind", "extractive", "oracle"]),
        ('[llm]\nmodel = "m"\n', ["llm", "base_url"]),
        ('[llm]\nbase_url = "localhost:1"\nmodel = "m"\n', ["llm.base_url", "localhost:1"]),
        ('reader_kind = "llm"\n', ["Conflicting settings: reader_kind", "llm.base_url"]),
        ('[verifier]\nmodel = "llm"\n', ["Conflicting settings: verifier.model", "llm.base_url"]),
        ("[search\n", ["dateline.toml", "TOML", "line 1"]),
        ("[chat]\nprt = 1\n", ["chat.prt", "perhaps chat.port is meant"]),
        ("[chat]\ncolour = 1\n", ["chat.colour", "chat has host, port"]),
        ("chat = 5\n", ["chat", "is a section, [chat]; chat has host, port"]),
        ('archive = ""\n', ["archive", "it is empty"]),
        ("archive = 5\n", ["archive", "needs the path of a folder"]),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence_that_names_key_and_file(toml: str, words: list[str]) -> None:
    write(toml)
    with pytest.raises(BadInput) as refusal:
        load_settings()
    message = str(refusal.value)
    assert "\n" not in message
    assert message.endswith(".")
    for word in words:
        assert word in message


@pytest.mark.parametrize("name", ["DATELINE_ARCHVE", "DATELINE_SERCH__PASSAGES", "DATELINE_SEARCH__PASAGES"])
def test_a_misspelt_environment_variable_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(BadInput, match=re.compile(r"no setting", re.IGNORECASE)):
        load_settings()


@pytest.mark.parametrize("section", ["llm", "embedding.options"])
def test_a_wrong_secret_is_never_repeated_in_the_error(section: str) -> None:
    write(f'[{section}]\napi_key = ["sk-very-secret"]\n')
    with pytest.raises(BadInput) as refusal:
        load_settings()
    assert "sk-very-secret" not in str(refusal.value)
    assert f"{section}.api_key" in str(refusal.value)


def test_a_file_that_is_not_text_is_refused() -> None:
    Path("dateline.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        load_settings()


@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers())
def test_any_number_is_either_accepted_unchanged_or_refused(number: int) -> None:
    try:
        assert load_settings({"search": {"passages": number}}).search.passages == number
    except BadInput:
        assert not 1 <= number <= 50


def test_settings_cannot_be_changed_after_they_are_read() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.archive = Path("elsewhere")
    assert isinstance(settings, Settings)


def test_a_byte_order_mark_is_ignored() -> None:
    Path("dateline.toml").write_bytes(b"\xef\xbb\xbf[chat]\nport = 1\n")
    assert load_settings().chat.port == 1


def test_a_tilde_in_the_file_is_expanded_to_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    write('archive = "~/news"\n')
    assert load_settings().archive == Path("/home/reader/news")


def test_an_empty_archive_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ARCHIVE", "")
    with pytest.raises(BadInput, match="it is empty"):
        load_settings()


def test_an_unreadable_file_gives_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    write("")
    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(BadInput, match="cannot be read \\(Permission denied\\)"):
        load_settings()
