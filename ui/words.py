"""The English of the chat window and of printed replies, in one place, ready to be translated."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Article, Coverage, Question
from rag import wire
from rag.events import Checking, Reading, Searching, Step
from rag.types import (
    Answer,
    Certainty,
    Citation,
    Claim,
    ClaimKind,
    Conflict,
    ConflictKind,
    Support,
    Verdict,
)
from ui.moments import day, day_and_time
from ui.text import one_line

UNKNOWN_OUTLET = "Unknown outlet"
UNTITLED = "Untitled article"

TAGLINE = "Answers from your news archive, each sentence checked against the words it cites."
ARCHIVE = "Archive"
CLOSE = "Close"
BACK = "Back to the answer"
AS_OF = "As of"
AS_OF_HINT = "Answer as if it were the end of this day: everything known only later is hidden"
SINCE = "Since"
SINCE_HINT = "Only articles published from this day on"
UNTIL = "Until"
UNTIL_HINT = "Only articles published up to this day"
OUTLETS = "Outlets (all unless chosen)"
RESET = "Whole archive, today"
FIND = "Articles"
FIND_HINT = "Headline, outlet or byline"
EVIDENCE_HINT = "Choose a source number in an answer, or an article on the left, to read it here."
WELCOME = "Ask your archive"
WELCOME_HOW = (
    "Every sentence of an answer carries the numbers of its sources and was checked against their exact words. "
    "When the articles do not say, Dateline says so."
)
ASK = "Ask"
ASK_HINT = "Ask about the news"
STOP = "Stop"
NEW = "New conversation"

QUESTION_N = "Question"
ASKED = "Asked"
UNDERSTOOD = "Understood as"
ANSWER = "Answer"
UNSURE = wire.UNSURE
DISAGREEMENT = "Disagreement between sources"
NEAREST = "Nearest passages"
WITHHELD = "withheld"
SOURCES = "Sources"


STOPPED = "This answer was stopped; what is shown had been checked."
COPY = "Copy with sources"
COPIED = "Copied"
NOT_COPIED = "The browser does not allow copying here"
SAVE = "Save as JSON"
SAVE_TEXT = "Save as Markdown"
BY = "By"
SAME_WORDS = "Same words in"
MOVED = "This article has changed since the answer was given: the quote is no longer at its place."
CITATIONS = "Citations of this answer"
PREVIOUS = "Previous"
NEXT = "Next"
ARTICLE_TEXT = "Text of the article"
OPEN_FULL = "Open the full article"
OPEN_ORIGINAL = "Open the original"
IDENT = "Id of the article in the archive"

SUPPORT = {
    Support.SUPPORTED: "supported",
    Support.REFUTED: "contradicted by the source",
    Support.NOT_ENOUGH_INFO: "not in the source",
}

CERTAINTY = {
    Certainty.STATED: "stated as fact",
    Certainty.LIKELY: "reported as likely",
    Certainty.POSSIBLE: "reported as possible",
    Certainty.ALLEGED: "alleged",
    Certainty.DENIED: "denied",
}

KIND = {
    ClaimKind.REPORT: "",
    ClaimKind.FORECAST: "forecast",
    ClaimKind.OPINION: "opinion",
}

PREMISE = "They say:"

CONFLICT = {
    ConflictKind.UPDATE: "A later report changes this",
    ConflictKind.COUNT: "Sources count differently",
    ConflictKind.CONFLICT: "Sources contradict each other",
}


def searched(coverage: Coverage) -> str:
    """What was searched, as a sentence."""
    return f"Searched {wire.searched_text(coverage)}."


def disputed(conflict: Conflict) -> str:
    """What the sources differ on; where each is shown with what it says, without telling all of that again."""
    return conflict.about.partition(": ")[0] if conflict.says else conflict.about


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 report``, ``1,204 reports``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def outlet(citation: Citation) -> str:
    """The outlet's name on one line."""
    return one_line(citation.outlet) if citation.outlet else UNKNOWN_OUTLET


def title(text: str | None) -> str:
    """A headline on one line."""
    return one_line(text) if text and text.strip() else UNTITLED


def source(citation: Citation) -> str:
    """Outlet and date, such as ``Meridian Post, 4 May 2026``."""
    return f"{outlet(citation)}, {day(citation.published)}"


def chip_label(citation: Citation, support: Support = Support.SUPPORTED) -> str:
    """What a screen reader says for a source's button."""
    return f"Source {citation.number}, {source(citation)}, {SUPPORT[support]}"


def unsaid_speaker(claim: Claim) -> str:
    """Who says so, such as ``the ministry said``, where the sentence itself does not name them; else empty."""
    who = claim.attribution
    if who is None or who.speaker.casefold() in claim.text.casefold():
        return ""
    return one_line(f"{who.speaker} {who.verb}")


def standing(answer: Answer) -> str:
    """The line over an answer: ``As of 4 May 2026 · 4 reports, 2 independent · 1 disagreement``."""
    reports, independent = voices(answer.citations)
    sources = count(reports, "report")
    if independent < reports:
        sources += f", {independent} independent"
    as_of = f"As of {day_and_time(answer.as_of)}" if answer.as_of else "From undated articles"
    parts = [as_of, sources]
    if answer.conflicts:
        parts.append(count(len(answer.conflicts), "disagreement"))
    return " · ".join(parts)


def voices(citations: Sequence[Citation]) -> tuple[int, int]:
    """How many articles carry what is cited, and how many of them speak for themselves.

    Articles that hold the same words (``also_in``) or print the same copy (``same_story``) are one voice, also where
    they are linked only through a third.
    """
    carrying = {article for citation in citations for article in (citation.article_id, *citation.also_in)}
    groups: list[set[str]] = []
    for citation in citations:
        joined = {citation.article_id, *citation.also_in, *carrying.intersection(citation.same_story)}
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return len(carrying), len(groups)


def verdict(judged: Verdict) -> str:
    """A verdict with its score, such as ``supported, 0.97``."""
    return f"{SUPPORT[judged.support]}, {judged.score:.2f}"


def near_label(citation: Citation) -> str:
    """What a screen reader says for the button of a passage that is merely near."""
    return f"Passage {citation.number}, {source(citation)}, near but no answer"


def also_in(citation: Citation) -> str:
    """How many other articles carry the same words."""
    return f"same words in {count(len(citation.also_in), 'other article')}"


def doing(step: Step, articles: int | None = None) -> str:
    """What is happening, for the line under a reply in the making."""
    match step:
        case Searching():
            return f"Searching {count(articles, 'article')}…" if articles else "Searching…"
        case Reading(passages=passages):
            return f"Reading {count(passages, 'passage')}…"
        case Checking(sentence=sentence):
            return f"Checking sentence {sentence} against its sources…"


def window(question: Question) -> str:
    """The limits a question was asked within, as one line; empty where there are none."""
    parts = []
    if question.as_of:
        parts.append(f"as of {day_and_time(question.as_of)}")
    if question.since:
        parts.append(f"since {day_and_time(question.since)}")
    if question.until:
        parts.append(f"until {day_and_time(question.until)}")
    if question.outlets:
        parts.append(f"in {', '.join(one_line(name) for name in question.outlets)}")
    return ", ".join(parts)


def dates(article: Article | Citation) -> str:
    """When an article was published and updated."""
    if article.updated and article.updated != article.published:
        return f"published {day_and_time(article.published)} · updated {day_and_time(article.updated)}"
    return f"published {day_and_time(article.published)}" if article.published else "undated"


def not_shown(characters: int) -> str:
    """The sentence at the edge of a cut article."""
    return f"{count(characters, 'character')} not shown."


def hidden(articles: int) -> str:
    """How many articles a moment in the past hides."""
    if not articles:
        return "No article of the archive is later."
    return f"{count(articles, 'article')} {'is' if articles == 1 else 'are'} outside these limits and hidden."
