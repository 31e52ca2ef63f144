from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ui.fakes_ui import FakeShelf, abstention, answer, article, cite, claim, held
from test_ui.hostile import HOSTILE_ADDRESSES, HOSTILE_TEXTS, LONG_LINE

from index.types import Coverage, Problem, Question, Span, SyncReport
from rag.types import Certainty, Conflict, ConflictKind
from ui.curator import Adding
from ui.exchange import Exchange
from ui.links import safe_link
from ui.render import (
    adding_html,
    editing_html,
    exchange_html,
    kept_html,
    note_html,
    problem_html,
    scope_html,
)
from ui.render_article import articles_html, evidence_html, gone_html
from ui.text import visible

TAGS = {
    "a",
    "article",
    "bdi",
    "button",
    "details",
    "div",
    "em",
    "footer",
    "h2",
    "h3",
    "header",
    "input",
    "label",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "q",
    "section",
    "span",
    "strong",
    "summary",
    "ul",
}
ATTRIBUTES = {
    "aria-busy",
    "aria-hidden",
    "aria-pressed",
    "autocomplete",
    "hidden",
    "maxlength",
    "aria-label",
    "aria-live",
    "aria-relevant",
    "class",
    "dir",
    "href",
    "id",
    "rel",
    "open",
    "role",
    "style",
    "tabindex",
}
ATTRIBUTES |= {"target", "title", "type"}


class Inventory(HTMLParser):
    """Collects every tag, attribute and text of a piece of HTML, as a browser's tokenizer sees them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.styles: list[str] = []
        self.text: list[str] = []
        self.marked: list[str] = []
        self._in_mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        self.styles += [value or "" for name, value in attrs if name == "style"]
        self._in_mark = self._in_mark or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._in_mark:
            self.marked.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.add("!--")

    def handle_pi(self, data: str) -> None:
        self.tags.add("?")

    def unknown_decl(self, data: str) -> None:
        self.tags.add("![")


def only_ours(html: str) -> Inventory:
    assert html == visible(html)
    seen = Inventory(html)
    assert seen.tags <= TAGS, seen.tags - TAGS
    foreign = {name for name in seen.attributes - ATTRIBUTES if not name.startswith("data-")}
    assert not foreign, foreign
    assert all(link.lower().startswith(("http://", "https://")) for link in seen.links), seen.links
    return seen


def test_there_are_at_least_sixty_hostile_texts_and_addresses() -> None:
    assert len(HOSTILE_TEXTS) + len(HOSTILE_ADDRESSES) >= 60


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_text_anywhere_in_an_exchange_adds_no_tag_and_no_attribute(text: str) -> None:
    source = article("a", f"Before. {text} After.", title=text, outlet=text, author=text)
    cited = cite(source, text)
    reply = answer(
        text,
        [claim(text, 1, certainty=Certainty.ALLEGED, said=("s" + text, text))],
        [cited],
        withheld=[held(text, text)],
        conflicts=[Conflict(text, ConflictKind.CONFLICT, (1, 1))],
        standalone=text + "?",
        notes=(text,),
    )
    question = Question(text, outlets=(text,))
    only_ours(exchange_html(Exchange(1, question, claims=reply.claims, citations=reply.citations, reply=reply)))
    two = [source, article("b" + text, text, title=text, outlet=text, published=None)]
    story = answer(text, reply.claims, [cited, cite(two[1], text, 2)])
    plotted = only_ours(exchange_html(Exchange(1, question, claims=story.claims, citations=(cited,), reply=story)))
    assert all(re.fullmatch(r"--(at|level|levels): [\d.]+%?(; --level: \d+)?", style) for style in plotted.styles)
    refused = abstention(text, Coverage(1, None, None, (text,)), [cited], withheld=[held(text, text)])
    only_ours(exchange_html(Exchange(1, question, reply=refused)))
    only_ours(exchange_html(Exchange(1, question, problem=text)))
    judging = Exchange(
        1, question, claims=reply.claims, citations=reply.citations, reply=reply, changed=(1,), gone=(2,)
    )
    only_ours(exchange_html(judging, rating=True))
    only_ours(kept_html(judging, cut=True))
    only_ours(editing_html(judging, followed=True))
    only_ours(gone_html(cited))
    report = SyncReport(1, 1, 0, 0, 1, (Problem(Path(text.replace("\0", "")), 1, text),))
    only_ours(adding_html(Adding(1.0, report, text)))
    only_ours(note_html(text))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_article_is_shown_as_its_own_characters_with_the_exact_quote_marked(text: str) -> None:
    source = article("a", f"Before. {text} After.", title=text, outlet=text, author=text, url=text)
    other = article("b" + text, text, outlet=text)
    others = FakeShelf([other]).articles()
    seen = only_ours(evidence_html(source, Span(8, 8 + len(text)), others=[other], removable=True))
    only_ours(evidence_html(source, moved=True, was=text))
    assert "".join(seen.marked) == visible(text)
    assert visible(f"Before. {text} After.") in "".join(seen.text)
    only_ours(articles_html(others, 1, 1))
    only_ours(scope_html(Question("", outlets=(text,)), Coverage(1, None, None, (text,)), 1))
    only_ours(problem_html(text))


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_a_hostile_address_never_becomes_a_link(address: str) -> None:
    assert safe_link(address) is None
    assert only_ours(evidence_html(article("a", "Text.", url=address))).links == []


def test_a_link_opens_a_new_tab_without_opener_or_referrer() -> None:
    html = evidence_html(article("a", "Text.", url="https://post.example/a?b=1&c=2"))
    assert 'href="https://post.example/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer"' in html


def test_a_line_of_a_megabyte_is_shown_around_its_quote_only_until_asked_for_in_full() -> None:
    source = article("a", LONG_LINE)
    short = evidence_html(source, Span(600_000, 600_010))
    assert len(short) < 40_000
    assert "characters not shown" in short
    assert only_ours(short).marked == [LONG_LINE[600_000:600_010]]
    assert len(evidence_html(source, Span(600_000, 600_010), full=True)) > len(LONG_LINE)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(), min_size=1, max_size=40), st.data())
def test_any_quote_in_any_text_is_marked_to_the_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    seen = only_ours(evidence_html(article("a", text), Span(start, end)))
    # A browser's tokenizer turns CR into LF; CR is shown as a control picture, so nothing is lost.
    assert "".join(seen.marked) == visible(text[start:end])
