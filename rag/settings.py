"""Every tunable of Dateline, with its one default. Read from dateline.toml and DATELINE_ variables; frozen.

Only ``rag.assemble`` and the command line see these; everything else takes plain arguments.
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
from rag.sections import Chat, Chunking, Embedding, Llm, Model, Reader, Reading, Search, Verification

FILE = "dateline.toml"
PREFIX = "DATELINE_"
NOT_SETTINGS = frozenset({"DATELINE_DATA"})  # where the test suite finds its data
LLM = "llm"  # as verifier.model: the language model of [llm] judges
COMMAND_LINE, ENVIRONMENT, DEFAULT = "command line", "environment", "default"

_SECRET = re.compile(r"(?:key|token|secret|password)(?:\.|$)", re.IGNORECASE)


def _folder(given: Any) -> Any:
    """A folder as typed: ``~`` is the home folder, which a shell does not put in here; nothing is no folder."""
    if given == "":
        raise ValueError("it is empty; name a folder (. for the current one)")
    if not isinstance(given, str | Path):
        raise ValueError("it needs the path of a folder")  # noqa: TRY004  (pydantic turns no other into its own)
    try:
        return Path(given).expanduser()
    except RuntimeError:  # whose home is not known
        return given


class Settings(BaseSettings):
    """All settings; unknown keys are refused."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter="__", toml_file=FILE
    )

    archive: Annotated[Path, BeforeValidator(_folder)] = Path(".dateline")
    chroma_url: str | None = Field(
        default=None, pattern=r"^https?://", description="http://host:port of a Chroma server; embedded where absent"
    )
    reader_kind: Literal["auto", "extractive", "llm"] = Field(
        default="auto", description="auto: llm where one is configured"
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
        """Where the value of a dotted key came from."""
        return self._sources.get(key, DEFAULT)

    def note_sources(self, sources: Mapping[str, str]) -> None:
        """Keep where each dotted key came from, for ``describe``."""
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
        """The command line wins over the environment, the environment over dateline.toml."""
        return init_settings, env_settings, _File(settings_cls)


class _File(TomlConfigSettingsSource):
    """``dateline.toml``, also with the byte-order mark that some editors put in front."""

    def _read_file(self, file_path: Any) -> dict[str, Any]:
        return tomllib.loads(file_path.read_bytes().decode("utf-8-sig"))


@dataclass(frozen=True, slots=True)
class Row:
    """One setting as shown: its dotted key, its value (secrets redacted) and where it came from."""

    key: str
    value: str
    source: str


def load_settings(given: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force in this folder.

    Args:
        given: what the command line says, nested by section; it wins over everything else.

    Raises:
        BadInput: a key is unknown or a value out of bounds; the sentence names key and file.
    """
    given = dict(given or {})
    sources = _sources(given)
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise BadInput(_sentence(error, sources)) from error
    settings.note_sources(sources)
    return settings


def describe(settings: Settings) -> list[Row]:
    """Every setting with its value and where it came from, secrets redacted."""
    return [
        Row(key, _shown(key, value), settings.source_of(key))
        for key, value in _leaves({name: getattr(settings, name) for name in Settings.model_fields})
    ]


def _sources(given: Mapping[str, Any]) -> dict[str, str]:
    """Where each key that somebody set comes from; also refuses what pydantic-settings would overlook."""
    _refuse_unknown_variables()
    try:
        toml = _File(Settings)()
        environment = EnvSettingsSource(Settings)()
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{FILE} is not valid TOML: {error}; correct that line.") from error
    except OSError as error:
        raise BadInput(f"{FILE} cannot be read ({error.strerror}); check whose it is, or start elsewhere.") from error
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
            raise BadInput(f"The environment variable {name} is no setting; {_instead(meant)}.")


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
    """Whether what is set is never shown: the language model's key, and the like among an embedding's options."""
    return _SECRET.search(key) is not None


def _sentence(error: ValidationError, sources: Mapping[str, str]) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    source = next((where for name, where in sources.items() if (name + ".").startswith(key + ".")), None)
    where = f" ({source})" if source else ""
    if first["type"] == "extra_forbidden":
        return f"There is no setting {key}{where}; {_instead(key)}."
    if first["type"] == "model_type":
        return f"Setting {key}{where} is a section, [{key}]; {_keys_of(key)}."
    problem = first["msg"].removeprefix("Value error, ")
    if not key:
        return f"Settings that do not go together: {problem}."
    if isinstance(first["input"], (Mapping, BaseModel)) or _is_secret(key):
        return f"Setting {key}{where}: {problem}."
    return f"Setting {key}{where}: {problem[0].lower()}{problem[1:]}, found {first['input']!r}."


def _instead(key: str) -> str:
    """What may have been meant by a key: `dateline settings` would only fail with the same sentence."""
    known = [name for name, _ in _leaves(Settings.model_construct())]
    if close := get_close_matches(key.replace("_", "."), known, n=1, cutoff=0.75):
        return f"perhaps {close[0]} is meant"
    section = key.partition(".")[0]
    return _keys_of(section) if section in Settings.model_fields else f"there are {', '.join(Settings.model_fields)}"


def _keys_of(section: str) -> str:
    known = (name.partition(".") for name, _ in _leaves(Settings.model_construct()))
    return f"{section} has {', '.join(key for name, _, key in known if name == section and key) or 'no keys'}"
