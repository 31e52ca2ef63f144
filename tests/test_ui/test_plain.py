from __future__ import annotations

from dataclasses import replace

import pytest
from test_ui.fakes_ui import FakeShelf, abstention, answer, article, cite, claim, held
from test_ui.hostile import HOSTILE_TEXTS

from index.types import Question
from rag.types import Certainty, Conflict, ConflictKind, Support
from ui.exchange import Exchange, finished
from ui.plain import markdown, terminal
from ui.render import exchange_html
from ui.words import UNSURE

A = article("a", "The toll is 12. Police suspect arson.", url="https://post.example/a")
B = article("b", "The toll is 14.", title="Toll rises", outlet="Ledger", url="javascript:alert(1)")

REPLY = answer(
    "How many?",
    [
        claim("The toll is 12.", 1, 2),
        claim("It was arson.", 1, certainty=Certainty.ALLEGED, said=("police", "suspect")),
    ],
    [cite(A, "The toll is 12.", 1, ("x",)), cite(B, "The toll is 14.", 2)],
    withheld=[held("17 died.", "number 17 is not in the evidence", support=Support.REFUTED)],
    conflicts=[Conflict("the toll", ConflictKind.UPDATE, (1, 2))],
    notes=("The language model was slow.",),
)


def test_an_answer_is_printed_with_markers_manner_disagreement_withheld_and_numbered_sources() -> None:
    assert terminal(REPLY).splitlines() == [
        "The toll is 12. [1][2]",
        "It was arson. [1]  (alleged; police suspect)",
        "",
        "A later report changes this: the toll",
        "  [1] Meridian Post, 4 May 2026",
        "  [2] Ledger, 4 May 2026",
        "",
        "1 sentence withheld:",
        "  - 17 died.",
        "    contradicted by the source: number 17 is not in the evidence",
        "",
        "[1] Meridian Post, 4 May 2026: Headline of a (same words in 1 other article)",
        "    “The toll is 12.”",
        "    https://post.example/a",
        "[2] Ledger, 4 May 2026: Toll rises",
        "    “The toll is 14.”",
        "",
        "As of 4 May 2026 · 3 reports, 2 independent · 1 disagreement",
        "",
        "The language model was slow.",
    ]


def test_an_answer_that_is_not_sure_says_so_first() -> None:
    unsure = replace(REPLY, unsure=True)
    assert terminal(unsure) == f"{UNSURE}\n\n{terminal(REPLY)}"
    assert markdown(unsure) == markdown(REPLY).replace("**How many?**\n\n", f"**How many?**\n\n{UNSURE}\n\n")
    assert UNSURE in exchange_html(finished(Exchange(1, Question("How many?")), unsure))
    assert UNSURE not in exchange_html(finished(Exchange(1, Question("How many?")), REPLY))


def test_a_refusal_says_why_what_was_searched_and_what_is_nearest() -> None:
    shelf = FakeShelf([A, B])
    lines = terminal(abstention("Why?", shelf.coverage(Question("Why?")), [cite(A, "The toll is 12.")])).splitlines()
    assert lines[:2] == ["The articles do not say.", "Searched 2 articles of 4 May 2026 by 2 outlets."]
    assert lines[3:6] == ["Closest passages:", "[1] Meridian Post, 4 May 2026: Headline of a", "    “The toll is 12.”"]


def test_no_text_of_an_article_reaches_the_terminal_as_a_control_character() -> None:
    for text in HOSTILE_TEXTS:
        source = article("a", text, title=text, outlet=text, url=text)
        printed = terminal(
            answer(text, [claim(text, 1, said=(text, text))], [cite(source, text)], withheld=[held(text, text)])
        )
        assert not any(ord(character) < 0x20 and character not in "\t\n" for character in printed)
        assert "\x9b" not in printed


def test_a_copied_answer_carries_manner_disagreement_and_exact_quotes_and_only_safe_addresses() -> None:
    assert markdown(REPLY).splitlines() == [
        "**How many?**",
        "",
        "The toll is 12. [1][2] It was arson. [1] (alleged; police suspect)",
        "",
        "*As of 4 May 2026 · 3 reports, 2 independent · 1 disagreement*",
        "",
        "A later report changes this: the toll",
        "",
        "- [1] Meridian Post, 4 May 2026",
        "- [2] Ledger, 4 May 2026",
        "",
        "- [1] Headline of a. Meridian Post, 4 May 2026. <https://post.example/a> “The toll is 12.”",
        "- [2] Toll rises. Ledger, 4 May 2026. “The toll is 14.”",
    ]


def test_a_copied_refusal_carries_what_was_searched_and_the_nearest_passages() -> None:
    refused = abstention("Why?", FakeShelf([A, B]).coverage(Question("Why?")), [cite(B, "The toll is 14.")])
    assert markdown(refused).splitlines() == [
        "**Why?**",
        "",
        "The articles do not say. Searched 2 articles of 4 May 2026 by 2 outlets.",
        "",
        "Closest passages:",
        "",
        "- [1] Toll rises. Ledger, 4 May 2026. “The toll is 14.”",
    ]


def test_a_copied_answer_rendered_as_markdown_loads_and_links_nothing() -> None:
    reading = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed").MarkdownIt("commonmark")
    for text in (*HOSTILE_TEXTS, "\\<img src=x>", "\\![x](//evil.example)", "[a]\n\n[a]: javascript:x"):
        source = article("a", text, title=text, outlet=text)
        reply = answer(text, [claim(text, 1, said=("s", text))], [cite(source, text)], conflicts=[])
        kinds = {
            child.type
            for token in reading.parse(markdown(reply, exact=True))
            for child in (token, *(token.children or ()))
        }
        assert not kinds & {"html_inline", "html_block", "image", "link_open"}, text
