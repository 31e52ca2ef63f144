"""Web pages yield the article without navigation and the like, and only metadata that the page states."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_index.fakes_files import article, problem, read_content

TEXT = "The dam above Varn cracked on Monday, the ministry said.\nTwelve people were hurt & two are missing."
BODY = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>Weather</a></li></ul></nav>"
    "<article>{top}<p>The dam above Varn cracked on Monday,\n the ministry said.</p>"
    "<p>Twelve people were hurt &amp; <b>two</b> are missing.</p></article>"
    "<footer>© 2024 The Courier. Published since 1911.</footer>"
)


def page(head: str = "", top: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{BODY.format(top=top)}</body></html>"


def meta(**tags: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in tags.items())


def json_ld(*nodes: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


NODE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Dam wall cracks",
    "datePublished": "2026-05-04T20:00:00+02:00",
    "dateModified": "2026-05-05T09:00:00Z",
    "author": [{"@type": "Person", "name": "Jane Roe"}, {"@type": "Person", "name": "John Doe"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Courier"},
}


def test_the_text_excludes_navigation_and_footer(tmp_path: Path) -> None:
    assert article(read_content(tmp_path, "a.html", page())).text == TEXT


def test_a_page_that_states_nothing_has_no_metadata(tmp_path: Path) -> None:
    links = '<link rel="stylesheet" href="/2026/05/04/style.css"><meta name="generator" content="Press 2026-05-04">'
    read = article(read_content(tmp_path, "2026-05-04.html", page(links)))
    assert (read.title, read.outlet, read.author, read.published, read.updated) == (None,) * 5


def test_no_date_outlet_or_title_is_guessed_from_the_url(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://www.courier.example/2026/05/04/dam-wall-cracks">'
    read = article(read_content(tmp_path, "a.html", page(head)))
    assert read.url == "https://www.courier.example/2026/05/04/dam-wall-cracks"
    assert (read.title, read.outlet, read.published, read.updated) == (None,) * 4


def test_a_date_in_the_text_is_not_the_publication_date(tmp_path: Path) -> None:
    top = "<p>On 3 March 2019 the dam was inspected, a report says.</p><time datetime='2019-03-03'>3 March 2019</time>"
    read = article(read_content(tmp_path, "a.html", page(top=top)))
    assert (read.published, read.updated) == (None, None)


@pytest.mark.parametrize(
    "wrap", [lambda node: node, lambda node: [node], lambda node: {"@graph": [{"@type": "WebSite"}, node]}]
)
def test_json_ld_is_read(tmp_path: Path, wrap: object) -> None:
    assert callable(wrap)
    read = article(read_content(tmp_path, "a.html", page(json_ld(wrap(NODE)))))
    assert (read.title, read.outlet, read.author) == ("Dam wall cracks", "The Courier", "Jane Roe, John Doe")
    assert read.published == datetime(2026, 5, 4, 18, tzinfo=UTC)
    assert read.updated == datetime(2026, 5, 5, 9, tzinfo=UTC)


def test_a_page_that_describes_several_articles_states_none_of_their_dates(tmp_path: Path) -> None:
    read = article(read_content(tmp_path, "a.html", page(json_ld(NODE, {**NODE, "datePublished": "2020-01-01"}))))
    assert (read.published, read.author) == (None, None)


@pytest.mark.parametrize("script", ["{not json", "[" * 5000, "null", '"text"', '{"@type": 3}'])
def test_the_meta_tags_are_used_despite_broken_json_ld(tmp_path: Path, script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>' + meta(article__published_time="2026-05-04")
    assert article(read_content(tmp_path, "a.html", page(head))).published == datetime(2026, 5, 4, tzinfo=UTC)


def test_meta_tags_are_read(tmp_path: Path) -> None:
    head = meta(
        article__id="vc-17",
        og__title="Dam wall cracks",
        og__site_name="The Courier",
        og__url="https://courier.example/dam",
        article__published_time="2026-05-04T18:00:00Z",
        article__modified_time="2026-05-05T09:00:00Z",
        article__author="https://social.example/janeroe",
        author="By Jane Roe",
    )
    read = article(read_content(tmp_path, "a.html", page(head)))
    assert (read.id, read.title, read.outlet, read.author) == ("vc-17", "Dam wall cracks", "The Courier", "Jane Roe")
    assert read.url == "https://courier.example/dam"
    assert (read.published, read.updated) == (datetime(2026, 5, 4, 18, tzinfo=UTC), datetime(2026, 5, 5, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    "stamp",
    [
        "<time pubdate datetime='2026-05-04'>Monday</time>",
        "<time itemprop='datePublished' datetime='2026-05-04'>Monday</time>",
        "<time class='dt-published' datetime='2026-05-04'>Monday</time>",
        "<time class='entry published'>4 May 2026</time>",
        "<p>Published 4 May 2026</p>",
    ],
)
def test_elements_marked_as_the_publication_date_are_read(tmp_path: Path, stamp: str) -> None:
    top = f"<h1>Dam wall cracks above Varn</h1>{stamp}"
    read = article(read_content(tmp_path, "a.html", page(top=top)))
    assert (read.title, read.published) == ("Dam wall cracks above Varn", datetime(2026, 5, 4, tzinfo=UTC))


def test_several_headings_give_no_title_but_the_title_element_does(tmp_path: Path) -> None:
    head = "<title>Dam wall cracks | The Courier</title>"
    read = article(read_content(tmp_path, "a.html", page(head, "<h1>News</h1><h1>Dam wall cracks</h1>")))
    assert read.title == "Dam wall cracks | The Courier"


def test_paragraphs_repeated_further_down_are_kept(tmp_path: Path) -> None:
    line = "Officials said that the wall had been inspected in March."
    html = page(top=f"<p>{line}</p>").replace("</article>", f"<p>{line}</p></article>")
    assert article(read_content(tmp_path, "a.html", html)).text.count(line) == 2


def test_optional_html_tags_may_be_omitted(tmp_path: Path) -> None:
    assert (
        article(read_content(tmp_path, "a.html", "<title>Dam</title><p>The dam above Varn cracked.</p>")).title == "Dam"
    )


@pytest.mark.parametrize("html", ["<html><body></body></html>", "<!-- x -->"])
def test_a_page_without_an_article_is_a_problem(tmp_path: Path, html: str) -> None:
    assert "no article text" in problem(read_content(tmp_path, "a.html", html)).problem


def test_xhtml_with_an_xml_declaration_is_read(tmp_path: Path) -> None:
    head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Dam</title></head>'
    read = article(read_content(tmp_path, "a.xhtml", f"{head}<body>{BODY.format(top='')}</body></html>"))
    assert (read.title, read.text) == ("Dam", TEXT)
