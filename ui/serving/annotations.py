"""Citations of an answer as OpenAI ``url_citation`` annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from rag.types import Answer, Citation, Claim, Reply
from rag.wire import citation_json, shown_text
from ui.links import safe_link
from ui.words import title


def annotations_of(reply: Reply, base_url: str, sent: Sequence[Claim] | None = None) -> list[dict[str, Any]]:
    """Return one annotation per marker; ``content[start_index:end_index]`` is the marker, in Unicode code points.

    Args:
        reply: The reply. An abstention has no annotations, since its nearest passages support nothing.
        base_url: URL of this server with a trailing slash, used for articles without a URL.
        sent: The claims in the order of the content, if it differs from the reply's.
    """
    if not isinstance(reply, Answer):
        return []
    citations = {citation.number: citation for citation in reply.citations}
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": start,
                "end_index": end,
                "url": _url(citations[number], base_url),
                "title": title(citations[number].title),
            },
            "dateline": citation_json(citations[number]),
        }
        for number, start, end in _markers(reply.claims if sent is None else sent)
    ]


def _markers(claims: Sequence[Claim]) -> Iterator[tuple[int, int, int]]:
    """Yield number, start and end of each marker in the claims as joined by ``rag.wire.answer_text``."""
    place = 0
    for claim in claims:
        place += len(shown_text(claim)) + 1
        for number in claim.citations:
            end = place + len(f"[{number}]")
            yield number, place, end
            place = end
        place += 1


def _url(citation: Citation, base_url: str) -> str:
    return safe_link(citation.url) or f"{base_url}api/articles/{quote(citation.article_id)}"
