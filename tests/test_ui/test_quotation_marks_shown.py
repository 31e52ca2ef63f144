"""A sentence from inside a quotation of several sentences is shown with both quotation marks, and cited as it is."""

from __future__ import annotations

from test_ui.fakes_ui import answer, article, cite, claim

from index.types import Question
from rag.wire import answer_text, reply_json
from ui.exchange import Exchange, finished
from ui.plain import markdown, terminal
from ui.render import exchange_html
from ui.serving.annotations import annotations_of

QUOTE = "We must pay,” Anna Brandt said."
SHOWN = f"“{QUOTE}"
ARTICLE = article("a", f"“It is old. {QUOTE} It rained.")
REPLY = answer("Who pays?", [claim(QUOTE, 1), claim("It rained.", 1)], [cite(ARTICLE, QUOTE)])


def test_the_answer_has_both_marks_on_the_page_in_the_terminal_and_as_text() -> None:
    page = exchange_html(finished(Exchange(1, Question("Who pays?")), REPLY))
    assert f'<span class="claim-text">{SHOWN}</span>' in page
    assert terminal(REPLY).startswith(f"{SHOWN} [1]")
    assert f"{SHOWN} [1]" in markdown(REPLY)
    assert answer_text(REPLY) == f"{SHOWN} [1] It rained. [1]"


def test_the_claim_and_its_citation_keep_the_exact_words() -> None:
    shown = reply_json(REPLY)
    assert shown["claims"][0]["text"] == QUOTE
    assert shown["citations"][0]["quote"] == QUOTE


def test_annotations_mark_the_citations_in_the_text_that_is_shown() -> None:
    content = answer_text(REPLY)
    spans = [note["url_citation"] for note in annotations_of(REPLY, "http://localhost/")]
    assert [content[span["start_index"] : span["end_index"]] for span in spans] == ["[1]", "[1]"]
