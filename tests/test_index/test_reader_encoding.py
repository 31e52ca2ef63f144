"""Characters: UTF-8 first, then what is declared, then what can be told for sure, otherwise a problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_index.fakes_files import article, problem, read_content

from index.types import Article, Problem

FRENCH = "Le café était fermé à midi, dit « l’été »."
RUSSIAN = "Министр заявил во вторник, что переговоры возобновятся летом после вынужденного перерыва в Женеве."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_by_its_mark_or_without_one(tmp_path: Path, encoding: str) -> None:
    assert article(read_content(tmp_path, "a.txt", FRENCH.encode(encoding))).text == FRENCH


def test_a_page_is_read_as_it_declares(tmp_path: Path) -> None:
    page = f"<html><head><meta charset='windows-1252'></head><body><p>{FRENCH}</p></body></html>"
    assert article(read_content(tmp_path, "a.html", page.encode("cp1252"))).text == FRENCH


def test_a_page_that_declares_latin_1_is_read_as_browsers_read_it(tmp_path: Path) -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'
    page = f"<html><head>{head}</head><body><p>{FRENCH}</p></body></html>"
    assert article(read_content(tmp_path, "a.html", page.encode("cp1252"))).text == FRENCH


def test_a_page_in_utf_8_that_declares_something_else_is_read_as_utf_8(tmp_path: Path) -> None:
    page = f"<html><head><meta charset='iso-8859-1'></head><body><p>{FRENCH}</p></body></html>"
    assert article(read_content(tmp_path, "a.html", page)).text == FRENCH


@pytest.mark.parametrize("declared", ["unicode_escape", "rot13", "idna", "klingon"])
def test_a_declared_encoding_that_is_none_of_the_webs_is_not_used(tmp_path: Path, declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>{FRENCH}</p></body></html>"
    assert "not UTF-8" in problem(read_content(tmp_path, "a.html", page.encode("cp1252"))).problem


def test_an_encoding_that_can_be_told_for_sure_is_used_and_said(tmp_path: Path) -> None:
    warning, read = read_content(tmp_path, "a.txt", (RUSSIAN * 5).encode("cp1251"))
    assert isinstance(warning, Problem)
    assert not warning.skipped
    assert "cp1251" in warning.problem
    assert isinstance(read, Article)
    assert read.text == RUSSIAN * 5


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "iso8859_15"])
def test_an_encoding_that_could_be_another_is_a_problem_with_line_and_mend(tmp_path: Path, encoding: str) -> None:
    text = "Talks paused.\nEl Niño is over, the minister said.\n"
    found = problem(read_content(tmp_path, "a.txt", text.encode(encoding)))
    assert (found.line, found.skipped) == (2, True)
    assert "at offset 19" in found.problem
    assert "iconv" in found.problem


def test_binary_data_is_a_problem_whatever_its_name(tmp_path: Path) -> None:
    found = problem(read_content(tmp_path, "a.txt", b"MZ\x90\n\x00\x03\x00"))
    assert (found.line, "binary data" in found.problem) == (2, True)


def test_a_damaged_utf_16_file_is_a_problem(tmp_path: Path) -> None:
    assert "UTF-16" in problem(read_content(tmp_path, "a.txt", b"\xff\xfea\x00\x00\xd8b\x00")).problem
