"""RSS and Atom feeds yield one article per entry, with the fields that the entry states."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_index.fakes_files import article, problem, read_content

from index.types import Article, Problem

HEAD = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Courier &amp; Post</title>\n'
)
ITEM = "<item><title>Dam</title><description>It cracked.</description>{}</item>\n"


def rss(*items: str) -> str:
    return f"{HEAD}{''.join(items)}</channel></rss>"


def test_an_rss_item_is_an_article_with_its_full_content_stripped_of_markup(tmp_path: Path) -> None:
    item = (
        "<item><title>Dam &lt;b&gt;cracks&lt;/b&gt;</title><link>https://varn.example/1</link>"
        '<guid isPermaLink="false">vc-1</guid><pubDate>Mon, 04 May 2026 20:00:00 +0200</pubDate>'
        "<dc:creator>Jane Roe</dc:creator><description>Short.</description>"
        "<content:encoded><![CDATA[<p>The dam &amp; the\n wall cracked.</p><script>x()</script><p>Two hurt.<br>One "
        "<i>missing</i>.</p>]]></content:encoded></item>"
    )
    assert article(read_content(tmp_path, "a.rss", rss(item))) == Article(
        id="vc-1",
        title="Dam cracks",
        text="The dam & the wall cracked.\nTwo hurt.\nOne missing.",
        url="https://varn.example/1",
        outlet="Courier & Post",
        author="Jane Roe",
        published=datetime(2026, 5, 4, 18, tzinfo=UTC),
        path=tmp_path / "a.rss",
    )


def test_an_atom_entry_keeps_both_dates_and_all_authors(tmp_path: Path) -> None:
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>urn:x:1</id>'
        "<title>Dam</title><published>2026-05-04T18:00:00Z</published><updated>2026-05-05T09:00:00+02:00</updated>"
        "<author><name>Jane Roe</name></author><author><name>John Doe</name></author>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>'
        "</entry></feed>"
    )
    read = article(read_content(tmp_path, "a.atom", atom))
    assert (read.id, read.text, read.url, read.author) == ("urn:x:1", "One.\nTwo.", None, "Jane Roe, John Doe")
    assert (read.published, read.updated) == (datetime(2026, 5, 4, 18, tzinfo=UTC), datetime(2026, 5, 5, 7, tzinfo=UTC))


def test_a_missing_update_is_not_filled_in_with_the_publication_date(tmp_path: Path) -> None:
    read = article(read_content(tmp_path, "a.xml", rss(ITEM.format("<pubDate>4 May 2026</pubDate>"))))
    assert (read.published, read.updated) == (datetime(2026, 5, 4, tzinfo=UTC), None)


def test_an_item_without_an_id_is_identified_by_its_link_or_else_its_content(tmp_path: Path) -> None:
    link = "<link>https://varn.example/1</link>"
    assert article(read_content(tmp_path, "a.xml", rss(ITEM.format(link)))).id == "https://varn.example/1"
    bare = article(read_content(tmp_path, "a.xml", rss(ITEM.format(""))))
    assert bare.id == article(read_content(tmp_path, "b.xml", rss(ITEM.format("")))).id


def test_the_name_after_an_email_address_is_the_author(tmp_path: Path) -> None:
    item = ITEM.format("<author>jane@varn.example (Jane Roe)</author>")
    assert article(read_content(tmp_path, "a.xml", rss(item))).author == "Jane Roe"


def test_the_declared_encoding_is_used(tmp_path: Path) -> None:
    feed = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + rss(ITEM.format("<author>José Núñez</author>"))
    assert article(read_content(tmp_path, "a.rss", feed.encode("latin-1"))).author == "José Núñez"


def test_an_item_without_text_is_a_problem_that_names_it_and_the_others_are_read(tmp_path: Path) -> None:
    first, second = read_content(tmp_path, "a.xml", rss("<item><title>Only a title</title></item>", ITEM.format("")))
    assert isinstance(first, Problem)
    assert "entry 1 (Only a title)" in first.problem
    assert isinstance(second, Article)


def test_a_broken_feed_is_read_as_far_as_possible_with_a_warning_at_its_line(tmp_path: Path) -> None:
    warning, read = read_content(tmp_path, "a.xml", rss(ITEM.format(""), "<b>\n").replace("</rss>", ""))
    assert isinstance(warning, Problem)
    assert (warning.line, warning.skipped) == (4, False)
    assert isinstance(read, Article)


@pytest.mark.parametrize(
    "content",
    [
        "<urlset><url><loc>https://x.example</loc></url></urlset>",
        "{}",
        "https://varn.example/feed",
        "/etc/hosts",
        "<a><b>",
    ],
)
def test_content_that_is_not_a_feed_is_a_problem_and_never_opened_as_url_or_path(tmp_path: Path, content: str) -> None:
    assert "not an RSS or Atom feed" in problem(read_content(tmp_path, "a.xml", content)).problem


def test_a_feed_without_entries_is_a_problem(tmp_path: Path) -> None:
    assert "has no entries" in problem(read_content(tmp_path, "a.xml", rss())).problem


def test_a_feed_that_declares_its_own_entities_is_rejected_before_parsing(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    feed = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>{rss(ITEM.format(""))}'
    assert "entities" in problem(read_content(tmp_path, "a.xml", feed)).problem
