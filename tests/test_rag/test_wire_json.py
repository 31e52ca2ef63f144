from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_rag.fakes_chain import MemoryArchive, ScriptedReader, article, chunks_of, day, make_chatbot

from evals.replies import read_reply
from index.types import Coverage, Question, Reprint, ScoredChunk, Span
from rag.types import (
    Abstention,
    AbstentionReason,
    Answer,
    Attribution,
    Certainty,
    Citation,
    Claim,
    Conflict,
    ConflictKind,
    Reply,
    Sentence,
    Support,
    Trace,
    Verdict,
    Withheld,
)
from rag.wire import answer_text, reply_json, searched_text

CHUNK = chunks_of(article("a1", "The bridge reopened on Monday, the ministry said."))[0]
FIRST = Citation(
    number=1,
    chunk_id=CHUNK.id,
    article_id="a1",
    title="Bridge open",
    outlet="Varn Post",
    author=None,
    published=day(9),
    updated=None,
    url="https://example.org/a1",
    path=Path("news/a1.md"),
    quote=CHUNK.text,
    start=0,
    end=49,
    also_in=("a7",),
    same_story=("a8",),
)
SECOND = replace(
    FIRST,
    number=2,
    article_id="a2",
    title=None,
    outlet=None,
    published=None,
    url=None,
    path=None,
    also_in=(),
    same_story=(),
)
FOUND = ScoredChunk(CHUNK, 0.71, ("a5",), (Reprint("a6", (Span(0, 49),)),))
TRACE = Trace("When did the bridge reopen?", (FOUND,), {"retrieve": 12.14, "total": 66.0}, ("A note.",))
FAILED = Withheld("It fell.", Verdict(Support.REFUTED, 0.21, ("number 17 is not in the evidence",)))
ANSWER = Answer(
    question="When?",
    claims=(
        Claim(
            "The bridge reopened on Monday, the ministry said.",
            (1, 2),
            Verdict(Support.SUPPORTED, 0.97),
            Attribution("the ministry", "said"),
            Certainty.STATED,
        ),
        Claim("It may close again.", (2,), Verdict(Support.SUPPORTED, 1.0), None, Certainty.POSSIBLE),
    ),
    citations=(FIRST, SECOND),
    withheld=(FAILED,),
    conflicts=(Conflict("the day", ConflictKind.UPDATE, (1, 2)),),
    as_of=day(9),
    trace=TRACE,
)
COVERAGE = Coverage(44, day(1), day(9), ("Varn Post", "Kelva Herald"), undated=2)
ABSTENTION = Abstention("When?", AbstentionReason.NOT_IN_ARTICLES, COVERAGE, (FIRST, SECOND), (), TRACE)


def test_an_answer_is_exactly_the_documented_json() -> None:
    assert reply_json(ANSWER, "q1") == {
        "id": "q1",
        "question": "When?",
        "standalone_question": "When did the bridge reopen?",
        "status": "answered",
        "reason": None,
        "premise": None,
        "as_of": "2026-03-09T00:00:00+00:00",
        "answer": "The bridge reopened on Monday, the ministry said. [1][2] It may close again. [2]",
        "confidence": None,
        "unsure": False,
        "claims": [
            {
                "text": "The bridge reopened on Monday, the ministry said.",
                "citations": [1, 2],
                "verdict": {"support": "supported", "score": 0.97, "reasons": []},
                "attribution": {"speaker": "the ministry", "verb": "said"},
                "certainty": "stated",
                "kind": "report",
            },
            {
                "text": "It may close again.",
                "citations": [2],
                "verdict": {"support": "supported", "score": 1.0, "reasons": []},
                "attribution": None,
                "certainty": "possible",
                "kind": "report",
            },
        ],
        "citations": [
            {
                "number": 1,
                "article_id": "a1",
                "title": "Bridge open",
                "outlet": "Varn Post",
                "published": "2026-03-09T00:00:00+00:00",
                "url": "https://example.org/a1",
                "path": str(Path("news/a1.md")),
                "quote": "The bridge reopened on Monday, the ministry said.",
                "start": 0,
                "end": 49,
                "also_in": ["a7"],
                "same_story": ["a8"],
            },
            {
                "number": 2,
                "article_id": "a2",
                "title": None,
                "outlet": None,
                "published": None,
                "url": None,
                "path": None,
                "quote": "The bridge reopened on Monday, the ministry said.",
                "start": 0,
                "end": 49,
                "also_in": [],
                "same_story": [],
            },
        ],
        "withheld": [
            {
                "text": "It fell.",
                "verdict": {"support": "refuted", "score": 0.21, "reasons": ["number 17 is not in the evidence"]},
            }
        ],
        "conflicts": [{"about": "the day", "kind": "update", "citations": [1, 2], "says": []}],
        "notes": ["A note."],
        "retrieved": [{"chunk_id": CHUNK.id, "article_id": "a1", "score": 0.71, "also_in": ["a5", "a6"]}],
        "timings_ms": {"retrieve": 12.1, "total": 66.0},
    }


def test_a_sentence_with_markdown_is_shown_without_its_marks_and_quoted_with_them() -> None:
    text = "**Correction:** The bridge cost *five* million."
    archive = MemoryArchive([article("a", text)])
    reply = make_chatbot(archive, ScriptedReader(Sentence(text, (1,)))).ask(Question("What did the bridge cost?"))
    told = reply_json(reply)
    assert told["answer"] == "Correction: The bridge cost five million. [1]"
    assert [claim["text"] for claim in told["claims"]] == [text]
    assert [citation["quote"] for citation in told["citations"]] == [text]


def test_an_abstention_has_the_same_keys_a_reason_and_no_claims() -> None:
    value = reply_json(ABSTENTION)
    assert value.keys() == reply_json(ANSWER).keys()
    assert (value["status"], value["reason"], value["as_of"]) == ("abstained", "not_in_articles", None)
    assert value["claims"] == value["conflicts"] == []


def test_an_abstention_says_what_was_searched_and_what_is_nearest() -> None:
    text = answer_text(ABSTENTION)
    assert text.startswith(
        "The articles do not say. Searched: 44 articles from 1 March 2026 to 9 March 2026 by 2 outlets (2 undated)."
    )
    assert (
        "Nearest: “The bridge reopened on Monday, the ministry said.” [1] (Bridge open, Varn Post, 9 March 2026)."
        in text
    )
    assert text.endswith("[2].")


@pytest.mark.parametrize(
    ("coverage", "text"),
    [
        (Coverage(0, None, None, ()), "no articles"),
        (Coverage(1, day(2), day(2), ("Varn Post",)), "1 article of 2 March 2026 by Varn Post"),
        (Coverage(1200, None, None, (), undated=1200), "1,200 articles (1,200 undated)"),
    ],
)
def test_the_description_of_what_was_searched_fits_any_coverage(coverage: Coverage, text: str) -> None:
    assert searched_text(coverage) == text


@pytest.mark.parametrize("reason", list(AbstentionReason))
def test_every_reason_has_a_sentence(reason: AbstentionReason) -> None:
    text = answer_text(replace(ABSTENTION, reason=reason, nearest=()))
    assert text.endswith(".")
    assert len(text) > 20


@pytest.mark.parametrize("reply", [ANSWER, ABSTENTION])
def test_the_json_survives_a_file_and_is_what_the_evaluation_reads(reply: Reply) -> None:
    value = json.loads(json.dumps(reply_json(reply, "q1")))
    assert value == reply_json(reply, "q1")
    assert read_reply(value).answered == isinstance(reply, Answer)


def test_an_abstention_for_dates_without_articles_reveals_nothing_about_other_dates() -> None:
    archive = MemoryArchive([article("a1", "The bridge reopened.", published=day(9))])
    empty = archive.coverage(Question("q", as_of=day(1)))
    text = answer_text(Abstention("q", AbstentionReason.OUTSIDE_DATES, empty, (), (), TRACE))
    assert text == "No article falls within the dates and outlets asked about."
