"""All settings, read from dateline.toml, environment variables with the prefix DATELINE_ and the command line.

Settings are frozen. Only ``rag.assemble``, ``rag.opening`` and the command line use them; all other code takes plain
arguments.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from index.errors import BadInput
from rag.settings_sections import Chat, Chunking, Embedding, Llm, Model, Reader, Reading, Search, Verification

FILE = "dateline.toml"
PREFIX = "DATELINE_"
NOT_SETTINGS = frozenset({"DATELINE_DATA"})  # the folder with the test suite's data
LLM = "llm"  # value of verifier.model: the language model in [llm] is the judge
COMMAND_LINE, ENVIRONMENT, DEFAULT = "command line", "environment", "default"

_SECRET = re.compile(r"(?:key|token|secret|password)(?:\.|$)", re.IGNORECASE)


def _folder(given: Any) -> Any:
    """Validates a folder and expands ``~``, since no shell does so for a value in the file or in the environment."""
    if given == "":
        raise ValueError("it is empty; name a folder (. for the current one)")
    if not isinstance(given, str | Path):
        raise ValueError("it needs the path of a folder")  # noqa: TRY004  (pydantic does not convert a TypeError)
    try:
        return Path(given).expanduser()
    except RuntimeError:  # the home folder is unknown
        return given


class Settings(BaseSettings):
    """All settings; unknown keys are refused."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter="__", toml_file=FILE
    )

    archive: Annotated[Path, BeforeValidator(_folder)] = Path(".dateline")
    chroma_url: str | None = Field(
        default=None,
        pattern=r"^https?://",
        description="http://host:port of a Chroma server; without it, Chroma runs embedded",
    )
    reader_kind: Literal["auto", "extractive", "llm"] = Field(
        default="auto", description="auto: llm if a language model is configured"
    )
    reading: Reading = Reading()
    embedding: Embedding = Embedding()
    chunking: Chunking = Chunking()
    search: Search = Search()
    llm: Llm = Llm()
    reader: Reader = Reader()
    reranker: Model = Model()
    verifier: Verification = Verification()
    chat: Chat = Chat()

    _sources: dict[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _llm_for_llm_reader(self) -> Settings:
        if self.reader_kind == "llm" and not self.llm.configured:
            raise ValueError('reader_kind is "llm" but llm.base_url and llm.model are not set')
        if self.verifier.model == LLM and not self.llm.configured:
            raise ValueError('verifier.model is "llm" but llm.base_url and llm.model are not set')
        return self

    @property
    def llm_drafts(self) -> bool:
        """Whether a language model writes the drafts."""
        return self.llm.configured and self.reader_kind != "extractive"

    def source_of(self, key: str) -> str:
        """Where the value of a dotted key comes from."""
        return self._sources.get(key, DEFAULT)

    def note_sources(self, sources: Mapping[str, str]) -> None:
        """Stores where each dotted key comes from, for ``describe``."""
        self._sources = dict(sources)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (no .env files: one file, one prefix)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line takes precedence over the environment, and the environment over dateline.toml."""
        return init_settings, env_settings, _File(settings_cls)


class _File(TomlConfigSettingsSource):
    """``dateline.toml``, with or without the byte-order mark that some editors add."""

    def _read_file(self, file_path: Any) -> dict[str, Any]:
        return tomllib.loads(file_path.read_bytes().decode("utf-8-sig"))


@dataclass(frozen=True, slots=True)
class Row:
    """A setting for display: its dotted key, its value (secrets redacted) and where it comes from."""

    key: str
    value: str
    source: str


def load_settings(given: Mapping[str, Any] | None = None) -> Settings:
    """Loads the settings that apply in the current folder.

    Args:
        given: values from the command line, nested by section; they take precedence over all others.

    Raises:
        BadInput: a key is unknown or a value is invalid; the message names the key and where it was set.
    """
    given = dict(given or {})
    sources = _sources(given)
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise BadInput(_error_message(error, sources)) from error
    settings.note_sources(sources)
    return settings


def describe(settings: Settings) -> list[Row]:
    """Every setting with its value and where it comes from, secrets redacted."""
    return [
        Row(key, _shown(key, value), settings.source_of(key))
        for key, value in _leaves({name: getattr(settings, name) for name in Settings.model_fields})
    ]


def _sources(given: Mapping[str, Any]) -> dict[str, str]:
    """Where each key that is set comes from.

    Also refuses unreadable files and unknown variables, which pydantic-settings would ignore or report poorly.
    """
    _refuse_unknown_variables()
    try:
        toml = _File(Settings)()
        environment = EnvSettingsSource(Settings)()
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{FILE} is not valid TOML: {error}; correct that line.") from error
    except OSError as error:
        raise BadInput(f"{FILE} cannot be read ({error.strerror}); check its permissions.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{FILE} is not UTF-8 text; save it as UTF-8.") from error
    except SettingsError as error:
        raise BadInput(f"A {PREFIX} environment variable cannot be read: {error}.") from error
    layers = ((FILE, toml), (ENVIRONMENT, environment), (COMMAND_LINE, given))
    return {key: source for source, values in layers for key, _ in _leaves(values)}


def _refuse_unknown_variables() -> None:
    for name in os.environ:
        if not name.upper().startswith(PREFIX) or name.upper() in NOT_SETTINGS:
            continue
        first = name.upper().removeprefix(PREFIX).split("__")[0].lower()
        if first not in Settings.model_fields:
            meant = name.upper().removeprefix(PREFIX).replace("__", ".").lower()
            raise BadInput(f"The environment variable {name} names no setting; {_suggestion(meant)}.")


def _leaves(values: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(values, BaseModel):
        values = {name: getattr(values, name) for name in type(values).model_fields}
    if not isinstance(values, Mapping) or (prefix and not values):
        yield prefix, values
        return
    for name, value in values.items():
        yield from _leaves(value, f"{prefix}.{name}" if prefix else name)


def _shown(key: str, value: Any) -> str:
    return "********" if _is_secret(key) else str(value)


def _is_secret(key: str) -> bool:
    """Whether a value must never be shown: the language model's key, or a secret among an embedding's options."""
    return _SECRET.search(key) is not None


def _error_message(error: ValidationError, sources: Mapping[str, str]) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    source = next((where for name, where in sources.items() if (name + ".").startswith(key + ".")), None)
    where = f" ({source})" if source else ""
    if first["type"] == "extra_forbidden":
        return f"There is no setting {key}{where}; {_suggestion(key)}."
    if first["type"] == "model_type":
        return f"Setting {key}{where} is a section, [{key}]; {_keys_of(key)}."
    problem = first["msg"].removeprefix("Value error, ")
    if not key:
        return f"Conflicting settings: {problem}."
    if isinstance(first["input"], (Mapping, BaseModel)) or _is_secret(key):
        return f"Setting {key}{where}: {problem}."
    return f"Setting {key}{where}: {problem[0].lower()}{problem[1:]}, found {first['input']!r}."


def _suggestion(key: str) -> str:
    """What an unknown key may have meant; `dateline settings` cannot be recommended, as it fails in the same way."""
    known = [name for name, _ in _leaves(Settings.model_construct())]
    if close := get_close_matches(key.replace("_", "."), known, n=1, cutoff=0.75):
        return f"perhaps {close[0]} is meant"
    section = key.partition(".")[0]
    if section in Settings.model_fields:
        return _keys_of(section)
    return f"the settings are {', '.join(Settings.model_fields)}"


def _keys_of(section: str) -> str:
    known = (name.partition(".") for name, _ in _leaves(Settings.model_construct()))
    return f"{section} has {', '.join(key for name, _, key in known if name == section and key) or 'no keys'}"
