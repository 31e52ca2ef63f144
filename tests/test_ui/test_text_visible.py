from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from test_ui.hostile import HOSTILE_TEXTS

from ui.links import safe_link
from ui.text import digest, one_line, visible


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_visible_text_keeps_its_length_so_that_offsets_still_fit(text: str) -> None:
    assert len(visible(text)) == len(text)


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_visible_text_holds_nothing_a_terminal_or_browser_would_obey(text: str) -> None:
    shown = visible(text)
    assert not any(ord(c) < 0x20 and c not in "\t\n" for c in shown)
    assert not any(0x7F <= ord(c) <= 0x9F or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in shown)
    shown.encode("utf-8")


def test_ordinary_text_in_any_language_is_left_alone() -> None:
    text = "“Zoë”, 4 мая\n\tשלום \u200fمرحبا 你好 👩‍👧"
    assert visible(text) == text


def test_a_terminal_escape_shows_itself_instead_of_acting() -> None:
    assert visible("\x1b[31mred") == "␛[31mred"


def test_one_line_has_no_line_breaks_and_is_cut_at_a_word() -> None:
    assert one_line("one\ntwo   three") == "one two three"
    assert one_line("alpha, beta gamma", 10) == "alpha…"
    for text in HOSTILE_TEXTS:
        assert "\n" not in one_line(text, 40)
        assert len(one_line(text, 40)) <= 41


def test_a_digest_tells_any_two_different_quotes_apart() -> None:
    assert digest("17 people") != digest("12 people")
    assert digest("\ud800") == digest("\ud800")


def test_only_web_addresses_become_links() -> None:
    assert safe_link("https://post.example/2026/05/a?b=1#c") == "https://post.example/2026/05/a?b=1#c"
    assert safe_link("HTTP://post.example") == "HTTP://post.example"
    assert safe_link(None) is None
    assert safe_link("") is None
