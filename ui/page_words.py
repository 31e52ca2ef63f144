"""User-visible text for conversations, uploads, feedback and the timeline. Answers and sources are in ``ui.words``."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Article, Coverage, Problem, SyncReport
from rag.wire import searched_text
from ui.text import one_line
from ui.timeline import Mark
from ui.words import count, title

NO_QUESTION = "Type a question first."
NO_ARTICLES = "The archive is empty. Add articles with `dateline add FOLDER`."
NO_DAY_LEFT = "Since is later than until, so no article can match."
EDIT = "Edit and ask again"
CANCEL = "Cancel"
RIGHT = "Good answer"
WRONG = "Bad answer"
COMMENT = "What was good or bad about it? (optional)"
SEND = "Send"
RATE = "Rate answer"
RATE_KEPT = "Thank you. Your feedback is saved with the archive."
RATE_WHERE = "Your question, this answer and your comment are saved in the archive folder."
CHANGED_SINCE = "Since this answer was given:"
HISTORY = "Conversations"
HISTORY_WHERE = "Saved in this browser only"
RENAME = "Rename"
DELETE = "Delete"
REALLY_DELETE = "Delete permanently?"
KEEP = "Keep"
SAVE_NAME = "Save"
FULL = "This browser's storage is full. Delete some conversations, or this one will not be saved."
ADD = "Add articles"
CHOOSE = "Choose files"
DROP = "or drop them here"
SENDING = "Uploading"
NOT_SENT = "The upload failed; try again."
REMOVE = "Remove from the archive"
REALLY_REMOVE = "Remove for everyone?"
YES_REMOVE = "Remove"
GONE = "This article is no longer in the archive. These are the words that the answer quoted:"
WAS = "The answer quoted:"
MORE = "Show more"
WHOLE = "Whole conversation:"
TIMELINE = "Timeline"
UNDATED = "Undated"
SKIP = "Skip to the question"
KEYS = (("/", "ask a question"), ("]", "next source"), ("[", "previous source"), ("Enter", "open the source"))


def searching(coverage: Coverage) -> str:
    """Say what the next question will search."""
    return f"Searching {searched_text(coverage)}"


def too_long(characters: int, most: int) -> str:
    """Say that a question is too long."""
    return f"A question may have at most {most:,} characters; this one has {characters:,}."


def went_wrong(problem: Exception, remedy: str) -> str:
    """Return what a user is told about an unexpected error."""
    return f"Something went wrong ({type(problem).__name__}); {remedy}."


def place(number: int, position: int, total: int, *, near: bool, reprint: bool) -> str:
    """Return which source the evidence panel shows, such as ``Source 2 · 1 of 6``."""
    name = f"{'Related passage' if near else 'Source'} {number}"
    if reprint:
        return f"Same words as {name[0].lower()}{name[1:]}"
    return f"{name} · {position} of {total}" if total > 1 else name


def mark_label(mark: Mark) -> str:
    """Return the accessible name of an article in the timeline."""
    if not mark.cited:
        return f"{mark.day}, {one_line(mark.outlet)}: {mark.title}. Found, not cited"
    sources = "source" if len(mark.cited) == 1 else "sources"
    return f"{mark.day}, {one_line(mark.outlet)}: {mark.title}. Cited as {sources} {enumeration(mark.cited)}"


def enumeration(numbers: Sequence[int]) -> str:
    """Return numbers as in a sentence, such as ``1, 2 and 4``."""
    *others, last = map(str, numbers)
    return f"{', '.join(others)} and {last}" if others else last


def story(marks: Sequence[Mark]) -> str:
    """Return the summary of the timeline, such as ``6 articles found, 2 cited``."""
    cited = sum(bool(mark.cited) for mark in marks)
    return f"{count(len(marks), 'article')} found, {cited} cited"


def editing(number: int, *, followed: bool) -> str:
    """Say what happens when an earlier question is edited and asked again."""
    after = " and everything after it" if followed else ""
    return f"You are editing question {number}. Asking again replaces it{after}."


def left_out(exchanges: int) -> str:
    """Say that part of a saved conversation could not be restored."""
    return f"{count(exchanges, 'saved answer')} could not be read and {'was' if exchanges == 1 else 'were'} left out."


def since_then(changed: Sequence[int], gone: Sequence[int]) -> str:
    """Say which sources of an answer no longer hold their quotes, such as ``source 2 has changed``."""
    parts = [
        f"{'source' if len(numbers) == 1 else 'sources'} {enumeration(numbers)} "
        f"{'has' if len(numbers) == 1 else 'have'} {what}"
        for numbers, what in ((changed, "changed"), (gone, "been removed from the archive"))
        if numbers
    ]
    return f"{CHANGED_SINCE} {'; '.join(parts)}."


def megabytes(size: int) -> str:
    """Format a number of bytes, such as ``10 MB``."""
    return f"{size / 1e6:g} MB"


def added(report: SyncReport) -> str:
    """Say how many articles were added."""
    parts = [f"{count(report.added, 'article')} added"]
    if report.kept:
        parts.append(f"{report.kept:,} already there")
    return ", ".join(parts) + "."


def problem_place(problem: Problem) -> str:
    """Return the file that a problem is about, with the line if there is one."""
    line = f", line {problem.line}" if problem.line else ""
    return f"{one_line(str(problem.path))}{line}"


def removed(article: Article) -> str:
    """Say that an article has been removed."""
    return f"Removed from the archive: “{title(article.title)}”."


def more(articles: int) -> str:
    """Say how many articles a list leaves out."""
    return f"{articles:,} more"


def adding(percent: int) -> str:
    """Return the progress of reading and embedding."""
    return f"Adding articles… {percent}%"


def up_to(most: str) -> str:
    """Say how large a file may be."""
    return f"up to {most} each"


def listed(matching: int, total: int) -> str:
    """Say how many articles match, such as ``12 of 69 articles``."""
    return count(total, "article") if matching == total else f"{matching:,} of {total:,} articles"


def of_answer(part: str, number: int) -> str:
    """Return the accessible name of a part of an answer, unique on the page, such as ``Sources of answer 2``."""
    return f"{part} of answer {number}"
