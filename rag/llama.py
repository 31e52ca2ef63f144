"""LlamaIndex adapters: the chatbot as a query engine, and any node postprocessor as the reranker."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.types import Chunk, Question, ScoredChunk
from rag.engine import Chatbot
from rag.rerank import number
from rag.types import Answer, Citation, Passage, Reply
from rag.wire import answer_text, remarks, reply_json


class DatelineQueryEngine(BaseQueryEngine):
    """The chatbot as a LlamaIndex query engine.

    In a response, ``source_nodes`` are the citations in order, each with its exact quote as text; an abstention has
    none. ``metadata["reply"]`` is the whole reply as JSON values. The response text ends with any remarks: that the
    sentences may not answer the question, and what did not go as configured.
    """

    def __init__(self, chatbot: Chatbot, bounds: Question | None = None) -> None:
        """``bounds`` gives the dates and outlets that every query is limited to; its text is not used."""
        super().__init__(callback_manager=None)
        self._chatbot = chatbot
        self._bounds = bounds or Question("")

    def _query(self, query_bundle: QueryBundle) -> Response:
        return response_of(self._chatbot.ask(replace(self._bounds, text=query_bundle.query_str)))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


class NodePostprocessorOrder:
    """Any LlamaIndex node postprocessor as a ``rag.ports.Reranker``; it may reorder, rescore and drop nodes."""

    def __init__(self, postprocessor: BaseNodePostprocessor) -> None:
        self._postprocessor = postprocessor

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        """At most ``limit`` passages in the postprocessor's order.

        Raises:
            ValueError: the postprocessor returned a node that it was not given.
        """
        by_id = {scored.chunk.id: scored for scored in found}
        nodes = [NodeWithScore(node=_chunk_node(scored.chunk), score=scored.score) for scored in found]
        ordered = self._postprocessor.postprocess_nodes(nodes, query_bundle=QueryBundle(question))
        unknown = [node.node.node_id for node in ordered if node.node.node_id not in by_id]
        if unknown:
            raise ValueError(f"the postprocessor returned node {unknown[0]}, which it was not given")
        scores = [(by_id[node.node.node_id], node.score) for node in ordered]
        return number([(scored, scored.score if new is None else new) for scored, new in scores], limit)


def response_of(reply: Reply) -> Response:
    """Converts a reply to a LlamaIndex response."""
    cited = reply.citations if isinstance(reply, Answer) else ()
    scores = {scored.chunk.id: scored.score for scored in reply.trace.retrieved}
    return Response(
        response="\n\n".join([answer_text(reply), *remarks(reply)]),
        source_nodes=[NodeWithScore(node=_citation_node(one), score=scores.get(one.chunk_id)) for one in cited],
        metadata={"reply": reply_json(reply)},
    )


def _chunk_node(chunk: Chunk) -> TextNode:
    published = chunk.published.isoformat() if chunk.published else None
    known = {"title": chunk.title, "outlet": chunk.outlet, "published": published, "article_id": chunk.article_id}
    return TextNode(
        id_=chunk.id,
        text=chunk.text,
        metadata={name: value for name, value in known.items() if value},
        excluded_embed_metadata_keys=["article_id"],
        excluded_llm_metadata_keys=["article_id"],
        start_char_idx=chunk.span.start,
        end_char_idx=chunk.span.end,
    )


def _citation_node(citation: Citation) -> TextNode:
    published = citation.published.isoformat() if citation.published else None
    known = {
        "number": citation.number,
        "article_id": citation.article_id,
        "title": citation.title,
        "outlet": citation.outlet,
        "published": published,
        "url": citation.url,
        "path": str(citation.path) if citation.path else None,
    }
    return TextNode(
        id_=f"{citation.chunk_id}:{citation.start}-{citation.end}",
        text=citation.quote,
        metadata={name: value for name, value in known.items() if value is not None},
        start_char_idx=citation.start,
        end_char_idx=citation.end,
    )
