"""The English of what readers keep and change: conversations, files, verdicts, the timeline. See also ``ui.words``."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Article, Coverage, Problem, SyncReport
from rag.wire import searched_text
from ui.text import one_line
from ui.timeline import Mark
from ui.words import count, title

NO_QUESTION = "Type a question first."
NO_ARTICLES = "The archive is empty: add articles with `dateline add FOLDER`."
NO_DAY_LEFT = "Since is later than until; no article can be in between."
EDIT = "Edit and ask again"
CANCEL = "Cancel"
RIGHT = "Good answer"
WRONG = "Bad answer"
COMMENT = "What was good or bad about it (optional)"
SEND = "Send"
RATE = "Judge this answer"
RATE_KEPT = "Thank you: kept with this archive, on this machine."
RATE_WHERE = "Your question, this answer and your comment are kept in the archive's folder."
CHANGED_SINCE = "Since this answer was given:"
HISTORY = "Conversations"
HISTORY_WHERE = "Kept in this browser only"
RENAME = "Rename"
DELETE = "Delete"
REALLY_DELETE = "Delete it for good?"
KEEP = "Keep"
SAVE_NAME = "Save"
FULL = "This browser has no room for more conversations; delete some, or this one will not be kept."
ADD = "Add articles"
CHOOSE = "Choose files"
DROP = "or drop them here"
SENDING = "Sending"
NOT_SENT = "The server did not take it; try again."
REMOVE = "Remove from the archive"
REALLY_REMOVE = "Remove it for everybody?"
YES_REMOVE = "Remove"
GONE = "This article is no longer in the archive. These are the words that the answer kept:"
WAS = "The answer rests on these words:"
MORE = "Show more"
WHOLE = "The whole conversation:"
TIMELINE = "Timeline"
UNDATED = "Undated"
SKIP = "Go to the question"
KEYS = (("/", "ask"), ("]", "next source"), ("[", "source before"), ("Enter", "open it"))


def searching(coverage: Coverage) -> str:
    """What the next question will search, as a sentence."""
    return f"Your questions go to {searched_text(coverage)}."


def too_long(characters: int, most: int) -> str:
    """That a question is too long."""
    return f"A question may have {most:,} characters; this one has {characters:,}."


def went_wrong(problem: Exception, mend: str) -> str:
    """What a user may know of an error that nobody foresaw."""
    return f"Something went wrong ({type(problem).__name__}); {mend}."


def place(number: int, position: int, total: int, *, near: bool, reprint: bool) -> str:
    """Which source the panel shows, such as ``Source 2 · 1 of 6``."""
    name = f"{'Near passage' if near else 'Source'} {number}"
    if reprint:
        return f"Same words as {name[0].lower()}{name[1:]}"
    return f"{name} · {position} of {total}" if total > 1 else name


def mark_label(mark: Mark) -> str:
    """What a screen reader says for an article in the timeline."""
    if not mark.cited:
        return f"{mark.day}, {one_line(mark.outlet)}: {mark.title}. Found, not cited"
    numbers = " and ".join(str(number) for number in mark.cited)
    return f"{mark.day}, {one_line(mark.outlet)}: {mark.title}. Cited as source {numbers}"


def story(marks: Sequence[Mark]) -> str:
    """How much the timeline shows, such as ``6 articles found, 2 of them cited``."""
    cited = sum(bool(mark.cited) for mark in marks)
    return f"{count(len(marks), 'article')} found, {cited} of them cited"


def editing(number: int, *, followed: bool) -> str:
    """What happens when an earlier question is asked again."""
    after = " and all that follows it" if followed else ""
    return f"You are editing question {number}. Asking again replaces it{after}."


def left_out(exchanges: int) -> str:
    """That some of a kept conversation could not be restored."""
    return f"{count(exchanges, 'kept answer')} could not be read and {'is' if exchanges == 1 else 'are'} left out."


def since_then(changed: Sequence[int], gone: Sequence[int]) -> str:
    """Which sources of an answer no longer say what they said, such as ``source 2 has changed``."""
    parts = [
        f"{'source' if len(numbers) == 1 else 'sources'} {', '.join(str(number) for number in numbers)} "
        f"{'has' if len(numbers) == 1 else 'have'} {what}"
        for numbers, what in ((changed, "changed"), (gone, "left the archive"))
        if numbers
    ]
    return f"{CHANGED_SINCE} {'; '.join(parts)}."


def megabytes(size: int) -> str:
    """A number of bytes for people: ``10 MB``."""
    return f"{size / 1e6:g} MB"


def added(report: SyncReport) -> str:
    """What came of the files that were added."""
    parts = [f"{count(report.added, 'article')} added"]
    if report.kept:
        parts.append(f"{report.kept:,} there already")
    return ", ".join(parts) + "."


def problem_place(problem: Problem) -> str:
    """The file, and the line if there is one, that a problem is about."""
    line = f", line {problem.line}" if problem.line else ""
    return f"{one_line(str(problem.path))}{line}"


def removed(article: Article) -> str:
    """That an article has been taken out."""
    return f"Removed from the archive: “{title(article.title)}”."


def more(articles: int) -> str:
    """How many articles a list leaves out."""
    return f"{articles:,} more"


def adding(percent: int) -> str:
    """How far reading and embedding has come."""
    return f"Reading and adding… {percent} %"


def up_to(most: str) -> str:
    """How large a file may be."""
    return f"up to {most} each"


def listed(matching: int, total: int) -> str:
    """How many articles a list is of, such as ``12 of 69 articles``."""
    return count(total, "article") if matching == total else f"{matching:,} of {total:,} articles"


def of_answer(part: str, number: int) -> str:
    """The name of a part of an answer, which no other answer's part has: ``Sources of answer 2``."""
    return f"{part} of answer {number}"
