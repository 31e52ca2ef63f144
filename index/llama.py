"""LlamaIndex integration: our chunking, search and Chroma collection as LlamaIndex classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import (
    BaseNode,
    Document,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)
from llama_index.core.vector_stores.types import VectorStoreQueryResult
from llama_index.vector_stores.chroma import ChromaVectorStore

from index.archive import Archive
from index.chunking import chunk_article
from index.errors import BadInput
from index.ports import Embedder
from index.types import Article, Chunk, Question, ScoredChunk


class Searchable(Protocol):
    """The interface that the retriever needs; ``Archive`` implements it."""

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """Return at most ``limit`` chunks visible to the question, best first."""
        ...


class ArticleParser(NodeParser):
    """Splits documents into chunks of whole sentences, sized in the embedder's own tokens.

    Every node's ``start_char_idx`` and ``end_char_idx`` are exact, even if a document contains the same paragraph
    twice. The ``title`` in a document's metadata is embedded above each of its chunks, as in an archive.
    """

    max_tokens: int
    overlap: int
    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **settings: Any) -> None:
        super().__init__(**settings)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex serialises this class."""
        return "ArticleParser"

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **_: Any) -> list[BaseNode]:  # noqa: ARG002  (LlamaIndex's signature)
        return [node for document in nodes for node in self._cut(document)]

    def _cut(self, document: BaseNode) -> list[TextNode]:
        title = document.metadata.get("title")
        article = Article(document.node_id, str(title) if title else None, document.get_content())
        chunks = chunk_article(article, self._embedder, max_tokens=self.max_tokens, overlap=self.overlap)
        return [_node(chunk, document.metadata, document.as_related_node_info()) for chunk in chunks]

    def _postprocess_parsed_nodes(self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]) -> list[BaseNode]:
        # LlamaIndex searches for each node's text again, and would find the first of two identical paragraphs.
        spans = {node.node_id: (node.start_char_idx, node.end_char_idx) for node in nodes if isinstance(node, TextNode)}
        done = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node in done:
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = spans[node.node_id]
        return done


class ArchiveRetriever(BaseRetriever):
    """Hybrid, time-aware search of an archive as a LlamaIndex retriever."""

    def __init__(self, archive: Searchable, *, limit: int = 8, bounds: Question | None = None) -> None:
        """Create a retriever; ``bounds`` holds the date and outlet filters for every query (its text is ignored)."""
        super().__init__()
        self._archive = archive
        self._limit = limit
        self._bounds = bounds or Question("")

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._archive.search(replace(self._bounds, text=query_bundle.query_str), self._limit)
        return [NodeWithScore(node=chunk_node(each.chunk, also_in=each.also_in), score=each.score) for each in found]


class ArchiveVectorStore(ChromaVectorStore):
    """The archive's Chroma collection with texts taken from the record, for use with ``VectorStoreIndex``.

    Read-only: use ``Archive.sync`` to write. Questions must be embedded with the model the archive was built with.
    Chroma's filters work on ``known_from`` and ``published_at`` (microseconds since 1970 UTC).
    """

    _archive: Archive = PrivateAttr()

    def __init__(self, archive: Archive) -> None:
        super().__init__(chroma_collection=archive.collection())
        self._archive = archive

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex serialises this class."""
        return "ArchiveVectorStore"

    @property
    def client(self) -> Any:
        """The up-to-date Chroma collection."""
        return self._archive.collection()

    def add(self, nodes: Sequence[BaseNode], **_: Any) -> list[str]:  # noqa: ARG002
        """Raise ``BadInput``: the store is read-only."""
        raise BadInput(_READ_ONLY)

    def delete(self, ref_doc_id: str, **_: Any) -> None:  # noqa: ARG002
        """Raise ``BadInput``: the store is read-only."""
        raise BadInput(_READ_ONLY)

    def delete_nodes(self, node_ids: list[str] | None = None, filters: Any = None, **_: Any) -> None:  # noqa: ARG002
        """Raise ``BadInput``: the store is read-only."""
        raise BadInput(_READ_ONLY)

    def clear(self) -> None:
        """Raise ``BadInput``: the store is read-only."""
        raise BadInput(_READ_ONLY)

    def _query(self, query_embeddings: Any, n_results: int, where: Any, **_: Any) -> VectorStoreQueryResult:
        found = self.client.query(
            query_embeddings=query_embeddings, n_results=n_results, where=where or None, include=["distances"]
        )
        return self._joined(found["ids"][0], [1 - float(distance) for distance in found["distances"][0]])

    def _get(self, limit: int | None, where: Any, **options: Any) -> VectorStoreQueryResult:
        found = self.client.get(ids=options.get("ids"), where=where or None, limit=limit, include=[])
        return self._joined(found["ids"], [1.0] * len(found["ids"]))

    def _mmr_search(self, query: Any, where: Any, **_: Any) -> VectorStoreQueryResult:  # noqa: ARG002
        raise BadInput("An archive has no MMR mode: use ArchiveRetriever, which diversifies its results by article.")

    def _joined(self, ids: Sequence[str], similarities: Sequence[float]) -> VectorStoreQueryResult:
        chunks = self._archive.chunks(ids)
        live = [
            (chunks[chunk], similarity) for chunk, similarity in zip(ids, similarities, strict=True) if chunk in chunks
        ]
        return VectorStoreQueryResult(
            nodes=[chunk_node(chunk) for chunk, _ in live],
            similarities=[similarity for _, similarity in live],
            ids=[chunk.id for chunk, _ in live],
        )


_READ_ONLY = "This vector store is read-only: add and remove articles with `dateline add` and `dateline remove`."


def chunk_node(chunk: Chunk, also_in: tuple[str, ...] = ()) -> TextNode:
    """Convert a chunk to a LlamaIndex node whose metadata holds the fields shown in a citation."""
    shown = {
        "article_id": chunk.article_id,
        "title": chunk.title,
        "outlet": chunk.outlet,
        "author": chunk.author,
        "url": chunk.url,
        "path": str(chunk.path) if chunk.path else None,
        "published": chunk.published.isoformat() if chunk.published else None,
        "updated": chunk.updated.isoformat() if chunk.updated else None,
        "also_in": list(also_in) or None,
    }
    metadata = {name: value for name, value in shown.items() if value is not None}
    return _node(chunk, metadata, RelatedNodeInfo(node_id=chunk.article_id))


def _node(chunk: Chunk, metadata: dict[str, Any], source: RelatedNodeInfo) -> TextNode:
    return TextNode(
        id_=chunk.id,
        text=chunk.text,
        start_char_idx=chunk.span.start,
        end_char_idx=chunk.span.end,
        metadata=dict(metadata),
        # Only the headline is embedded with the text; a path or a date would only add noise to the vector.
        excluded_embed_metadata_keys=[name for name in metadata if name != "title" or not chunk.headed],
        excluded_llm_metadata_keys=[name for name in metadata if name not in {"title", "outlet", "published"}],
        metadata_template="{value}",
        text_template="{metadata_str}\n{content}",
        relationships={NodeRelationship.SOURCE: source},
    )
