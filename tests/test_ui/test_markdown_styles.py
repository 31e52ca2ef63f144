from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ui.fakes_ui import article
from test_ui.hostile import HOSTILE_TEXTS

from index.markdown_styles import styled_runs, without_marks
from index.types import Article, Span
from ui.markup import styled
from ui.render_article import evidence_html, is_markdown
from ui.text import visible


def markdown(text: str) -> Article:
    return article("a", text, path=Path("news/council.md"))


def shown(text: str) -> list[tuple[str, str]]:
    return [(text[run.start : run.end], " ".join(run.styles).replace("md-", "")) for run in styled_runs(text)]


def plain_text(html: str) -> str:
    body = html.split('class="article-text"', 1)[1].split(">", 1)[1].split("</div>", 1)[0]
    return re.sub(r"<[^>]*>", "", body)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("**Correction:** Five.", "Correction: Five."),
        (
            '**10:40** "Nobody leaves," said *Echo* reporter Anna Lund.',
            '10:40 "Nobody leaves," said Echo reporter Anna Lund.',
        ),
        ("# Vote", "Vote"),
        ("The ferry costs 5 * 3 crowns.", "The ferry costs 5 * 3 crowns."),
        ("He wrote **** and file_name_a.", "He wrote **** and file_name_a."),
        ("**Unclosed", "**Unclosed"),
        ("", ""),
    ],
)
def test_sentences_are_shown_without_the_marks_of_their_emphasis(text: str, without: str) -> None:
    assert without_marks(text) == without


@given(st.text(alphabet="a *_#`\n.", max_size=40))
def test_only_marks_are_left_out_and_all_other_characters_stay_in_order(text: str) -> None:
    rest = iter(text)
    assert all(character in rest for character in without_marks(text))
    assert without_marks(text).replace("*", "").replace("_", "").replace("#", "").split() == (
        text.replace("*", "").replace("_", "").replace("#", "").split()
    )


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**Correction:** Five.", [("**", "mark"), ("Correction:", "bold"), ("**", "mark")]),
        ("the *Echo* said", [("*", "mark"), ("Echo", "italic"), ("*", "mark")]),
        ("the _Echo_.", [("_", "mark"), ("Echo", "italic"), ("_", "mark")]),
        ("***Both***", [("***", "mark"), ("Both", "bold italic"), ("***", "mark")]),
        ("# Vote\nText", [("# ", "mark"), ("Vote", "heading")]),
        ("## Vote ##", [("## ", "mark"), ("Vote", "heading"), (" ##", "mark")]),
        ("- one\n- two", [("-", "bullet"), ("-", "bullet")]),
        ("**two\nlines**", [("**", "mark"), ("two\nlines", "bold"), ("**", "mark")]),
        (
            "**a *b* c**",
            [
                ("**", "mark"),
                ("a ", "bold"),
                ("*", "bold mark"),
                ("b", "bold italic"),
                ("*", "bold mark"),
                (" c", "bold"),
                ("**", "mark"),
            ],
        ),
    ],
)
def test_simple_markdown_is_located(text: str, runs: list[tuple[str, str]]) -> None:
    assert shown(text) == runs


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 * 2 and 5*3*2",
        "M*A*S*H ran in snake_case_names",
        "the *net*work, _net_work",
        "https://example.org/_a_/b",
        "**never closed",
        "**not across\n\nparagraphs**",
        "a footnote* and another*",
        "#hashtag, -5 degrees, ----",
        "* * *",
        r"\*escaped\*",
        "`**code**`",
        "```\n# comment\n**code**\n```",
    ],
)
def test_anything_ambiguous_stays_as_written(text: str) -> None:
    assert shown(text) == []


def test_text_of_other_files_is_never_styled() -> None:
    for path in (None, Path("news.txt"), Path("news.jsonl"), Path("news.html")):
        one = article("a", "**Bold** and\n# more", path=path, url="https://example.org/page.md")
        assert not is_markdown(one)
        assert "md-" not in evidence_html(one)


def test_a_quote_is_highlighted_on_the_right_characters_within_emphasis() -> None:
    text = "Before.\n\n**Correction: it was five.** After."
    start = text.index("it was")
    html = evidence_html(markdown(text), Span(start, start + len("it was five.** After")))
    assert (
        '<span class="md-bold">Correction: </span><mark id="quote" tabindex="-1"><span class="md-bold">it was five.'
        '</span><span class="md-mark">**</span> After</mark>.' in html
    )


def test_a_quote_that_lies_beyond_a_shortened_text_leaves_the_text_whole() -> None:
    assert plain_text(evidence_html(article("a", "Short."), Span(50, 60))) == "Short."


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_styled_text_stays_escaped(hostile: str) -> None:
    html = evidence_html(markdown(f"# {hostile}\n\n**{hostile}** and *{hostile}*"))
    assert not re.search(r"<(?!/?(article|div|span|header|h2|p|footer|mark|button|q|bdi)\b)", html)


PIECES = st.sampled_from(["**", "*", "_", "***", "# ", "- ", "\n", "\n\n", "word", " ", "<b>", "&", "`", "```", "\\"])


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_every_character_is_kept_in_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    runs = styled_runs(text)
    assert all(0 <= run.start < run.end <= len(text) for run in runs)
    assert all(one.end <= other.start for one, other in pairwise(runs))
    parts = [styled(text, part, runs) for part in (Span(0, start), Span(start, end), Span(end, len(text)))]
    unescaped = [re.sub(r"</?span[^>]*>", "", part) for part in parts]
    expected = [str(visible(text[a:b])) for a, b in ((0, start), (start, end), (end, len(text)))]
    assert [part.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for part in unescaped] == expected


def test_unclosed_marks_in_a_long_article_take_linear_time() -> None:
    text = "*a **b _c " * 20_000
    assert styled_runs(text) == []


def test_panel_text_of_a_markdown_article_has_every_character() -> None:
    text = "# Vote\n\n**Correction:** five.\n- one"
    assert plain_text(evidence_html(markdown(text))) == text
