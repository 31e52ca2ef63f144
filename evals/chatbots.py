"""Opens what is to be measured: an archive of a suite's articles, or the user's own, and the chatbot over it."""

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
"""Settings that say where, not what: two runs that differ in them alone are the same."""

SOURCE = (".py", ".txt")


@dataclass(frozen=True, slots=True)
class Opened:
    """A chatbot to ask, and its articles."""

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
    """The chatbot of ``settings`` over a suite's articles.

    A suite's own articles are put into ``archive`` and stay there, so that a run that was stopped goes on without
    embedding again; a golden set without articles is asked of ``archive`` as it stands. Without ``archive`` it is the
    one of the settings. ``copies`` adds so many reprints of every article, to see whether answers stay the same.

    Raises:
        ArchiveMissing: a golden set without articles, and no archive to ask.
        BadInput: an archive given for a suite holds other articles.
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
            strange = known - {article.id for article in articles}
            if strange:
                raise BadInput(
                    f"{settings.archive} holds other articles than the suite's ({min(strange)}); choose another"
                )
            archive.sync(articles, progress=lambda done: progress(done, len(articles)))
        yield archive


def _target(settings: Settings, archive: Archive, now: datetime) -> ChatbotTarget:
    from rag.assemble import chatbot  # noqa: PLC0415  (as above)

    told = {**identity(settings, archive), "now": now.isoformat()}
    return ChatbotTarget(chatbot(settings, archive, now=lambda: now), "dateline", told)


def present(archive: Archive) -> datetime:
    """The moment of an archive's newest article: "now" means the same whenever its questions are asked."""
    return archive.coverage(Question("")).newest or LONG_AFTER


def identity(settings: Settings, archive: Archive) -> dict[str, Any]:
    """What the replies depend on: settings (secrets redacted), models, and the articles by a hash."""
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
    """A hash of the chatbot's own source and word lists: a run stopped before a change does not go on after it."""
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
    """Every article, and ``copies`` reprints of it by outlets that add nothing."""
    reprints = [
        replace(article, id=f"{article.id}~{number}", outlet=f"Reprint {number}", url=None)
        for number in range(1, copies + 1)
        for article in articles
    ]
    return [*articles, *reprints]
