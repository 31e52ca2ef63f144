"""What a stranger gets: a wheel with everything in it, and documents that tell the truth."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NAMED_BY_THE_USER = {"llama-index", "chromadb", "gradio", "sentence-transformers"}


def test_the_packages_the_user_named_are_direct_dependencies() -> None:
    names = {re.split(r"[<>=\[ ]", requirement)[0] for requirement in PROJECT["dependencies"]}
    assert names >= NAMED_BY_THE_USER
    assert any(requirement.startswith("pytest") for requirement in PROJECT["optional-dependencies"]["dev"])


def test_every_direct_dependency_is_pinned_in_the_constraints_file() -> None:
    pins = dict(re.findall(r"^([A-Za-z0-9._-]+)==(.+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE))
    pinned = {re.sub(r"[-_.]+", "-", name).lower() for name in pins}
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    missing = [r for r in wanted if re.sub(r"[-_.]+", "-", re.split(r"[<>=\[ ]", r)[0]).lower() not in pinned]
    assert missing == []
    assert pins["torch"] == "2.13.0"


def test_the_installed_version_is_the_one_in_pyproject() -> None:
    assert version("dateline") == PROJECT["version"]


@pytest.mark.slow
def test_the_wheel_holds_the_sample_archive_the_golden_set_and_the_type_markers(tmp_path: Path) -> None:
    source = tmp_path / "source"  # a copy, since a build leaves files behind that the next one would ship
    for package in ("index", "rag", "evals", "ui"):
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), "."]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    [wheel] = tmp_path.glob("dateline-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"{package}/py.typed" for package in ("index", "rag", "evals", "ui")} <= names
    shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / "index/sample/articles").rglob("*") if p.is_file()}
    shipped |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "evals/golden").glob("*.jsonl")}
    assert len(shipped) > 30
    assert shipped <= names
    assert not [name for name in names if name.startswith("tests/")]


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_a_document_links_to_is_there(document: str) -> None:
    text = (ROOT / document).read_text()
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_a_document_names_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"^\s*make ([a-z]+)|`make ([a-z]+)", (ROOT / document).read_text(), re.MULTILINE))
    assert {first or second for first, second in named} <= targets
