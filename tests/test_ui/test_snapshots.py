from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ui.fakes_ui import FakeShelf, abstention, answer, article, cite, claim, held
from test_ui.hostile import HOSTILE_TEXTS

from index.types import Chunk, Coverage, Question, ScoredChunk, Span
from rag.types import Certainty, Conflict, ConflictKind, Trace
from ui.exchange import Exchange, finished
from ui.render import exchange_html
from ui.snapshots import compared, find_source, restored, snapshot

A = article("a", "The toll is 12, police said. The end.", path=Path("/news/a.txt"), author="Ann Ode")
B = article("b", "The toll rose to 14.", outlet="Ledger", published=None)
FOUND = ScoredChunk(Chunk("a-0", "a", 0, Span(0, 28), A.text[:28], A.title, published=A.published), 0.5, ("b",))
ANY_JSON = st.recursive(
    st.none() | st.text() | st.integers() | st.floats(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
ASKED = Question("How many?", as_of=datetime(2026, 5, 4, tzinfo=UTC), outlets=("Ledger",))


def answered() -> Exchange:
    reply = answer(
        ASKED.text,
        [claim("The toll is 12.", 1, said=("police", "said"), certainty=Certainty.ALLEGED), claim("14.", 2)],
        [cite(A, "The toll is 12, police said.", 1, also_in=("c",)), cite(B, "The toll rose to 14.", 2)],
        withheld=[held("17 died.", "number 17 is not in the evidence")],
        conflicts=[Conflict("the toll", ConflictKind.UPDATE, (1, 2))],
    )
    trace = Trace("How many died?", (FOUND,), {"total": 66.0}, ("A note.",))
    return finished(Exchange(1, ASKED, searched=2, rated="up"), replace(reply, trace=trace))


REFUSED = Exchange(
    2, Question("Why?"), reply=abstention("Why?", Coverage(2, None, A.published, ("Ledger",), 1), [cite(B, "14.", 1)])
)
FAILED = Exchange(3, Question("When?"), problem="The language model is down.")


def back(*exchanges: Exchange) -> tuple[Exchange, ...]:
    return restored(json.dumps([snapshot(one) for one in exchanges]))[0]


def test_a_snapshot_restores_the_same_exchange_except_texts_that_were_only_retrieved() -> None:
    made = answered()
    (first, second, third) = back(made, REFUSED, FAILED)
    assert made.reply is not None
    slim = replace(FOUND, chunk=replace(FOUND.chunk, text=""))
    assert first == finished(made, replace(made.reply, trace=replace(made.reply.trace, retrieved=(slim,))))
    assert (second, third) == (REFUSED, FAILED)
    assert exchange_html(first) == exchange_html(made)


def test_an_unfinished_exchange_is_restored_as_stopped() -> None:
    (only,) = back(Exchange(1, Question("How many?")))
    assert only.stopped


def mutations(change: Callable[[Any], None]) -> str:
    kept = json.loads(snapshot(answered()))
    change(kept)
    return json.dumps([json.dumps(kept)])


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: kept["reply"]["claims"][0].update(citations=[7]),
        lambda kept: kept["reply"]["claims"][0].update(citations=[]),
        lambda kept: kept["reply"]["claims"][0]["verdict"].update(support="refuted"),
        lambda kept: kept["reply"]["conflicts"][0].update(citations=[9]),
        lambda kept: kept["reply"]["citations"][0].update(published="2026-05-04T00:00:00"),
        lambda kept: kept["reply"]["citations"][0].update(updated="0001-01-01T00:00:00+14:00"),
        lambda kept: kept["reply"]["citations"].pop(),
        lambda kept: kept["reply"]["trace"]["retrieved"][0]["chunk"].update(published="2026-05-04T00:00:00"),
        lambda kept: kept["question"].update(text=None),
        lambda kept: kept["question"].update(as_of="2026-05-04T00:00:00"),
        lambda kept: kept["question"].update(text="half \ud800"),
        lambda kept: kept.update(reply={"claims": 3}),
        lambda kept: kept.pop("question"),
    ],
)
def test_a_tampered_snapshot_is_left_out_and_counted(
    change: Callable[[Any], None],
) -> None:
    assert restored(mutations(change)) == ((), 1)


@pytest.mark.parametrize("text", ["", "{", "null", "7", '{"a": 1}', "[" * 50_000, "x" * 6_000_000])
def test_invalid_json_restores_no_conversation(text: str) -> None:
    assert restored(text) == ((), 1)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.text() | st.integers() | st.floats(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_is_restored_or_left_out_without_an_error(value: object) -> None:
    exchanges, left_out = restored(json.dumps([value]))
    assert (exchanges, left_out) == ((), 1)


@pytest.mark.parametrize("text", HOSTILE_TEXTS[::6])
def test_hostile_text_from_a_browser_is_as_inert_as_any(text: str) -> None:
    def change(kept: Any) -> None:
        kept["question"]["text"] = text
        kept["reply"]["claims"][0]["text"] = text
        kept["reply"]["citations"][0].update(title=text, outlet=text, quote=text, article_id=text)
        kept.update(problem=text, rated=text)

    (only,), _ = restored(mutations(change))
    html = exchange_html(only)
    assert "<script" not in html.lower()
    assert "<img" not in html.lower()
    assert only.question.text == text


def test_changed_and_removed_sources_are_reported_by_number() -> None:
    changed = replace(A, text=A.text.replace("12", "15"))
    (now,) = compared(FakeShelf([changed]), [answered()])
    assert (now.changed, now.gone) == ((1,), (2,))
    (same,) = compared(FakeShelf([A, B]), [now])
    assert (same.changed, same.gone) == ((), ())
    (added_to,) = compared(FakeShelf([replace(A, text=A.text + " More."), B]), [answered()])
    assert added_to.changed == ()


def test_a_button_resolves_to_the_citation_of_its_own_answer() -> None:
    exchanges = (answered(), REFUSED)
    source = find_source(exchanges, {"turn": "1", "number": "2"})
    assert source is not None
    assert source.article_id == "b"
    nearest = find_source(exchanges, {"turn": "2", "number": "1"})
    assert nearest is not None
    assert nearest.quote == "14."
    assert find_source(exchanges, {"turn": "9", "number": "1"}) is None
    assert find_source(exchanges, {}) is None
