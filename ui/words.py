"""User-visible text of the chat window and of terminal replies, kept in one place so that it can be translated."""

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

TAGLINE = "Answers from your news archive, with every sentence checked against its sources."
ARCHIVE = "Archive"
CLOSE = "Close"
BACK = "Back to the answer"
AS_OF = "As of"
AS_OF_LABEL = "As of (hides later articles)"
AS_OF_HINT = "Answer as of the end of this day; articles published or updated later are hidden"
SINCE = "Since"
SINCE_HINT = "Only articles published on or after this day"
UNTIL = "Until"
UNTIL_HINT = "Only articles published on or before this day"
OUTLETS = "Outlets (all by default)"
RESET = "Clear limits"
FIND = "Find an article"
FIND_HINT = "Headline, outlet or byline"
EVIDENCE_HINT = "Select a source number in an answer, or an article on the left, to read it here."
WELCOME = "Ask your news archive"
WELCOME_HOW = (
    "Every sentence in an answer links to its sources and has been checked against their exact words. "
    "If the articles do not say, Dateline tells you so."
)
ASK = "Ask"
ASK_HINT = "Ask a question about the news"
STOP = "Stop"
NEW = "New conversation"

QUESTION_N = "Question"
ASKED = "Asked"
UNDERSTOOD = "Understood as"
ANSWER = "Answer"
UNSURE = wire.UNSURE
DISAGREEMENT = "Disagreement between sources"
NEAREST = "Closest passages"
WITHHELD = "withheld"
SOURCES = "Sources"


STOPPED = "You stopped this answer. The sentences shown have been checked."
COPY = "Copy with sources"
COPIED = "Copied"
NOT_COPIED = "Your browser did not allow copying"
SAVE = "Save as JSON"
SAVE_TEXT = "Save as Markdown"
BY = "By"
SAME_WORDS = "Same words in"
MOVED = "This article has changed since the answer was given; the quoted words have moved or been removed."
CITATIONS = "Citations of this answer"
PREVIOUS = "Previous"
NEXT = "Next"
ARTICLE_TEXT = "Article text"
OPEN_FULL = "Open the full article"
OPEN_ORIGINAL = "Open the original"
IDENT = "Article ID in the archive"

SUPPORT = {
    Support.SUPPORTED: "supported",
    Support.REFUTED: "contradicted by the source",
    Support.NOT_ENOUGH_INFO: "not found in the source",
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

PREMISE = "The articles say:"

CONFLICT = {
    ConflictKind.UPDATE: "A later report changes this",
    ConflictKind.COUNT: "Sources count differently",
    ConflictKind.CONFLICT: "Sources contradict each other",
}


def searched(coverage: Coverage) -> str:
    """Return the sentence that says what was searched."""
    return f"Searched {wire.searched_text(coverage)}."


def disputed(conflict: Conflict) -> str:
    """Return what the sources differ on, without the values that are listed beside the sources anyway."""
    return conflict.about.partition(": ")[0] if conflict.says else conflict.about


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun, such as ``1 report`` or ``1,204 reports``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def outlet(citation: Citation) -> str:
    """Return the outlet's name on one line."""
    return one_line(citation.outlet) if citation.outlet else UNKNOWN_OUTLET


def title(text: str | None) -> str:
    """Return a headline on one line."""
    return one_line(text) if text and text.strip() else UNTITLED


def source(citation: Citation) -> str:
    """Return outlet and date, such as ``Meridian Post, 4 May 2026``."""
    return f"{outlet(citation)}, {day(citation.published)}"


def chip_label(citation: Citation, support: Support = Support.SUPPORTED) -> str:
    """Return the accessible name of a citation button."""
    return f"Source {citation.number}, {source(citation)}, {SUPPORT[support]}"


def unsaid_speaker(claim: Claim) -> str:
    """Return the attribution, such as ``the ministry said``, or an empty string if the sentence names the speaker."""
    who = claim.attribution
    if who is None or who.speaker.casefold() in claim.text.casefold():
        return ""
    return one_line(f"{who.speaker} {who.verb}")


def standing(answer: Answer) -> str:
    """Return the line above an answer: ``As of 4 May 2026 · 4 reports, 2 independent · 1 disagreement``."""
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
    """Count the articles that carry the cited words, and how many of them are independent.

    Articles that hold the same words (``also_in``) or print the same copy (``same_story``) count as one independent
    report, even if they are linked only through a third article.
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
    """Return a verdict with its score, such as ``supported, 0.97``."""
    return f"{SUPPORT[judged.support]}, {judged.score:.2f}"


def near_label(citation: Citation) -> str:
    """Return the accessible name of the button of a passage that is close to the question but does not answer it."""
    return f"Passage {citation.number}, {source(citation)}, related but not an answer"


def also_in(citation: Citation) -> str:
    """Say how many other articles carry the same words."""
    return f"same words in {count(len(citation.also_in), 'other article')}"


def doing(step: Step, articles: int | None = None) -> str:
    """Return the progress line shown under an unfinished reply."""
    match step:
        case Searching():
            return f"Searching {count(articles, 'article')}…" if articles else "Searching…"
        case Reading(passages=passages):
            return f"Reading {count(passages, 'passage')}…"
        case Checking(sentence=sentence):
            return f"Checking sentence {sentence} against its sources…"


def window(question: Question) -> str:
    """Return the limits of a question on one line, or an empty string if it has none."""
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
    """Say when an article was published and updated."""
    if article.updated and article.updated != article.published:
        return f"published {day_and_time(article.published)} · updated {day_and_time(article.updated)}"
    return f"published {day_and_time(article.published)}" if article.published else "undated"


def not_shown(characters: int) -> str:
    """Return the sentence shown where an article has been cut."""
    return f"{count(characters, 'character')} not shown."


def hidden(articles: int) -> str:
    """Say how many articles the limits hide."""
    if not articles:
        return "These limits hide no articles."
    return f"{count(articles, 'article')} {'is' if articles == 1 else 'are'} hidden by these limits."
