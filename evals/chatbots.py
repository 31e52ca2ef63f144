"""Opens the chatbot to evaluate, over an archive of a suite's articles or over the user's own archive."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.formats.base import LONG_AFTER, Suite
from evals.run import ArticleOf
from evals.targets import ChatbotTarget
from index.errors import BadInput, UnknownArticle
from index.types import Article, Question

if TYPE_CHECKING:
    from index.archive import Archive
    from rag.settings import Settings

PLACES = ("archive", "chat", "chroma_url")
"""Groups of settings that say where things are. Runs that differ only in these count as the same run."""

SOURCE = (".py", ".txt")


@dataclass(frozen=True, slots=True)
class Opened:
    """A chatbot to ask, and a lookup of its articles."""

    target: ChatbotTarget
    article_of: ArticleOf


@contextmanager
def opened(
    settings: Settings,
    suite: Suite,
    archive: Path | None,
    copies: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Iterator[Opened]:
    """Open the chatbot that ``settings`` describe, over a suite's articles.

    Args:
        settings: the settings of the chatbot.
        suite: the suite to ask. If it brings articles, they are added to the archive and kept there, so that resuming
            a run does not embed them again. If it brings none, the archive is used as it is.
        archive: the archive's folder; None uses the one in ``settings``.
        copies: the number of reprints to add per article, to see whether the answers stay the same.
        progress: called with the number of articles added so far and their total.

    Raises:
        ArchiveMissing: the suite brings no articles and there is no archive.
        BadInput: the archive holds articles that are not the suite's.
    """
    chosen = settings.model_copy(update={"archive": archive or settings.archive})
    articles = _with_copies(suite.articles, copies) if suite.articles is not None else None
    with _archive(chosen, articles, progress) as found:
        yield Opened(_target(chosen, found, suite.now or present(found)), _article_of(found))


@contextmanager
def _archive(
    settings: Settings, articles: Sequence[Article] | None, progress: Callable[[int, int], None]
) -> Iterator[Archive]:
    from rag.assemble import open_archive  # noqa: PLC0415  (torch, Chroma and LlamaIndex)

    with open_archive(settings, create=articles is not None) as archive:
        if articles is not None:
            known = {summary.id for summary in archive.articles()}
            others = known - {article.id for article in articles}
            if others:
                raise BadInput(
                    f"{settings.archive} holds articles that are not in the suite, such as {min(others)}; "
                    "choose another folder with --archive"
                )
            archive.sync(articles, progress=lambda done: progress(done, len(articles)))
        yield archive


def _target(settings: Settings, archive: Archive, now: datetime) -> ChatbotTarget:
    from rag.assemble import chatbot  # noqa: PLC0415  (as above)

    described = {**identity(settings, archive), "now": now.isoformat()}
    return ChatbotTarget(chatbot(settings, archive, now=lambda: now), "dateline", described)


def present(archive: Archive) -> datetime:
    """The date of an archive's newest article, used as "now" so that a run repeats at any later time."""
    return archive.coverage(Question("")).newest or LONG_AFTER


def identity(settings: Settings, archive: Archive) -> dict[str, Any]:
    """Everything the replies depend on: settings (secrets redacted), models, code, and a hash of the articles."""
    from rag.evidence.model import WEIGHTS  # noqa: PLC0415  (as above)
    from rag.settings import describe  # noqa: PLC0415

    rows = {row.key: row.value for row in describe(settings) if row.key.split(".")[0] not in PLACES}
    fingerprint = archive.status().fingerprint
    ids = sorted(summary.id for summary in archive.articles())
    articles = hashlib.sha256()
    for article_id in ids:
        articles.update(repr(replace(archive.article(article_id), path=None)).encode())
    weights = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:16] if WEIGHTS.is_file() else None
    return {
        "settings": rows,
        "fingerprint": str(fingerprint),
        "articles": len(ids),
        "articles_digest": articles.hexdigest()[:16],
        "evidence_model": weights,
        "code": _code(),
    }


def _code() -> str:
    """A hash of the chatbot's source and word lists, so that a run is not resumed after a code change."""
    digest = hashlib.sha256()
    for package in ("index", "rag"):
        for path in sorted(Path(str(files(package))).rglob("*")):
            if path.suffix in SOURCE:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _article_of(archive: Archive) -> ArticleOf:
    def find(article_id: str) -> Article | None:
        try:
            return archive.article(article_id)
        except UnknownArticle:
            return None

    return find


def _with_copies(articles: Sequence[Article], copies: int) -> list[Article]:
    """Every article followed by ``copies`` identical reprints under other outlets."""
    reprints = [
        replace(article, id=f"{article.id}~{number}", outlet=f"Reprint {number}", url=None)
        for number in range(1, copies + 1)
        for article in articles
    ]
    return [*articles, *reprints]
