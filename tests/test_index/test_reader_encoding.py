"""Text is decoded as UTF-8, else as declared, else in an encoding detected with certainty, else it is a problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_index.fakes_files import article, problem, read_content

from index.types import Article, Problem

FRENCH = "Le café était fermé à midi, dit « l’été »."
RUSSIAN = "Министр заявил во вторник, что переговоры возобновятся летом после вынужденного перерыва в Женеве."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_or_without_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    assert article(read_content(tmp_path, "a.txt", FRENCH.encode(encoding))).text == FRENCH


def test_a_page_is_decoded_as_it_declares(tmp_path: Path) -> None:
    page = f"<html><head><meta charset='windows-1252'></head><body><p>{FRENCH}</p></body></html>"
    assert article(read_content(tmp_path, "a.html", page.encode("cp1252"))).text == FRENCH


def test_a_page_that_declares_latin_1_is_decoded_as_in_browsers(tmp_path: Path) -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'
    page = f"<html><head>{head}</head><body><p>{FRENCH}</p></body></html>"
    assert article(read_content(tmp_path, "a.html", page.encode("cp1252"))).text == FRENCH


def test_a_utf_8_page_that_declares_another_encoding_is_decoded_as_utf_8(tmp_path: Path) -> None:
    page = f"<html><head><meta charset='iso-8859-1'></head><body><p>{FRENCH}</p></body></html>"
    assert article(read_content(tmp_path, "a.html", page)).text == FRENCH


@pytest.mark.parametrize("declared", ["unicode_escape", "rot13", "idna", "klingon"])
def test_a_declared_encoding_that_browsers_do_not_support_is_ignored(tmp_path: Path, declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>{FRENCH}</p></body></html>"
    assert "not UTF-8" in problem(read_content(tmp_path, "a.html", page.encode("cp1252"))).problem


def test_an_encoding_detected_with_certainty_is_used_with_a_warning(tmp_path: Path) -> None:
    warning, read = read_content(tmp_path, "a.txt", (RUSSIAN * 5).encode("cp1251"))
    assert isinstance(warning, Problem)
    assert not warning.skipped
    assert "cp1251" in warning.problem
    assert isinstance(read, Article)
    assert read.text == RUSSIAN * 5


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "iso8859_15"])
def test_an_ambiguous_encoding_is_a_problem_with_line_and_fix(tmp_path: Path, encoding: str) -> None:
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
