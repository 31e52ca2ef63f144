"""LlamaIndex classes on top of our chunking, search and Chroma collection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.ingestion import run_transformations
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import MetadataMode, NodeRelationship
from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters
from test_index.fakes_archive import DAY, article, open_archive
from test_index.fakes_index import HashingEmbedder

from index.archive import Archive
from index.bounds import microseconds
from index.chunking import chunk_article, embedded_text
from index.errors import BadInput
from index.llama import ArchiveRetriever, ArchiveVectorStore, ArticleParser, chunk_node
from index.types import Article, Question


class HashingEmbedding(BaseEmbedding):
    """The fake embedder as a LlamaIndex class."""

    def _get_query_embedding(self, query: str) -> list[float]:
        return HashingEmbedder().embed_questions([query])[0].tolist()  # type: ignore[no-any-return]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_query_embedding(text)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("archive")) as opened:
        opened.sync([*(article(number) for number in range(20)), article(30, article(7).text, title="Reprint")])
        yield opened


def test_the_parser_returns_the_chunks_of_an_archive_with_exact_spans() -> None:
    line = "The same paragraph stands here twice, word for word, and is long enough to be a chunk of its own."
    text = f"{line}\n\nSomething else is between them, also long enough to be a chunk all by itself, you see.\n\n{line}"
    parser = ArticleParser(HashingEmbedder(), max_tokens=30, overlap=0)
    nodes: list[Any] = run_transformations(
        [Document(text=text, id_="d", metadata={"title": "Quarry", "year": 2026})], [parser]
    )
    chunks = chunk_article(Article("d", "Quarry", text), HashingEmbedder(), max_tokens=30, overlap=0)
    assert [node.node_id for node in nodes] == [chunk.id for chunk in chunks]
    assert [(node.start_char_idx, node.end_char_idx) for node in nodes] == [(c.span.start, c.span.end) for c in chunks]
    assert all(text[node.start_char_idx : node.end_char_idx] == node.text for node in nodes)
    assert [node.get_content(MetadataMode.EMBED) for node in nodes] == [embedded_text(chunk) for chunk in chunks]
    assert all(node.metadata == {"title": "Quarry", "year": 2026} for node in nodes)
    assert nodes[1].relationships[NodeRelationship.PREVIOUS].node_id == nodes[0].node_id


def test_a_llama_index_query_engine_works_with_our_retriever(archive: Archive) -> None:
    engine = RetrieverQueryEngine.from_args(ArchiveRetriever(archive, limit=3), llm=MockLLM())
    response = engine.query("Agency7 in Town7")
    assert [node.score for node in response.source_nodes] == [
        hit.score for hit in archive.search(Question("Agency7 in Town7"), 3)
    ]
    first = response.source_nodes[0]
    assert first.node.metadata["article_id"] == "a7"
    assert first.node.metadata["also_in"] == ["a30"]
    assert "Agency7" in str(response)  # MockLLM repeats its prompt, which contains the passage


def test_the_retriever_applies_its_filters(archive: Archive) -> None:
    retriever = ArchiveRetriever(archive, limit=50, bounds=Question("", as_of=DAY))
    assert {node.node.metadata["article_id"] for node in retriever.retrieve("Officials said")} == {"a0"}


def test_a_vector_store_index_reads_our_collection_with_texts_from_the_record(archive: Archive) -> None:
    index = VectorStoreIndex.from_vector_store(ArchiveVectorStore(archive), embed_model=HashingEmbedding())
    wanted = article(7)
    nodes = index.as_retriever(similarity_top_k=2).retrieve(f"{wanted.title}\n{wanted.text}")
    assert nodes[0].node.metadata["article_id"] in {"a7", "a30"}
    assert nodes[0].text in wanted.text
    assert nodes[0].score == pytest.approx(1, abs=0.4)
    early = MetadataFilters(
        filters=[MetadataFilter(key="published_at", value=microseconds(DAY), operator=FilterOperator.LTE)]
    )
    only = index.as_retriever(similarity_top_k=5, filters=early).retrieve("Officials said")
    assert {node.node.metadata["article_id"] for node in only} == {"a0"}


def test_a_node_is_embedded_with_its_headline_and_nothing_else() -> None:
    chunk = chunk_article(article(1, path=Path("x.txt")), HashingEmbedder(), max_tokens=200, overlap=0)[0]
    node = chunk_node(chunk)
    assert node.get_content(MetadataMode.EMBED) == embedded_text(chunk)
    assert node.get_content(MetadataMode.NONE) == chunk.text
    assert (node.node_id, node.ref_doc_id) == (chunk.id, "a1")


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.add([]),
        lambda store: store.delete("a1"),
        lambda store: store.delete_nodes(["x"]),
        lambda store: store.clear(),
    ],
)
def test_the_vector_store_is_read_only(archive: Archive, write: Any) -> None:
    before = archive.collection().count()
    with pytest.raises(BadInput, match="is read-only"):
        write(ArchiveVectorStore(archive))
    assert archive.collection().count() == before
