from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from llama_index.core.indices.query.query_transform.base import IdentityQueryTransform
from llama_index.core.postprocessor import LongContextReorder, SimilarityPostprocessor
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.query_engine import TransformQueryEngine
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.core.tools import QueryEngineTool
from test_rag.fakes_chain import MemoryArchive, article, day, make_chatbot, make_extractive

from index.types import Question
from rag.engine import Chatbot
from rag.llama import DatelineQueryEngine, NodePostprocessorOrder
from rag.ports import Reranker, Rewriter
from rag.turns import Standalone, Turn
from rag.types import Answer
from rag.wire import UNSURE

ARTICLES = [
    article("old", "The bridge was shut for 12 days.", published=day(2)),
    article("new", "The bridge reopened on Monday. Tolls rose to 4 crowns.", published=day(9)),
]


def bot(reranker: Reranker | None = None, *, unsure: float = 0.0, rewriter: Rewriter | None = None) -> Chatbot:
    reader = make_extractive(threshold=0.4, unsure=unsure)
    return make_chatbot(MemoryArchive(ARTICLES), reader, reranker=reranker, rewriter=rewriter)


def test_a_query_gives_the_answer_with_its_citations_as_source_nodes() -> None:
    response = DatelineQueryEngine(bot()).query("When has the bridge reopened?")
    assert "The bridge reopened on Monday. [1]" in str(response)
    (first, *_) = response.source_nodes
    assert isinstance(first.node, TextNode)
    text = {item.id: item.text for item in ARTICLES}[first.node.metadata["article_id"]]
    assert text[first.node.start_char_idx : first.node.end_char_idx] == first.node.text
    assert response.metadata is not None
    assert response.metadata["reply"]["status"] == "answered"


def test_an_abstention_has_no_source_nodes_and_says_so() -> None:
    response = DatelineQueryEngine(bot()).query("Who sold the opera house in the capital?")
    assert response.source_nodes == []
    assert response.metadata is not None
    assert response.metadata["reply"]["status"] == "abstained"


def test_an_unsure_answer_ends_with_a_remark_that_says_so() -> None:
    sure, unsure = (
        str(DatelineQueryEngine(bot(unsure=line)).query("When has the bridge reopened?")) for line in (0, 1.1)
    )
    assert UNSURE not in sure
    assert unsure == f"{sure}\n\n{UNSURE}"


class Noting:
    """Keeps every question and adds a note."""

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        return Standalone(question, "The follow-up was completed by rules.")


@pytest.mark.parametrize("question", ["When has the bridge reopened?", "Who sold the opera house in the capital?"])
def test_notes_about_failures_follow_both_answers_and_abstentions(question: str) -> None:
    told = str(DatelineQueryEngine(bot(rewriter=Noting())).query(question))
    assert told == f"{DatelineQueryEngine(bot()).query(question)}\n\nThe follow-up was completed by rules."


def test_an_asynchronous_query_gives_the_same_response() -> None:
    engine = DatelineQueryEngine(bot())
    answer = asyncio.run(engine.aquery("When has the bridge reopened?"))
    assert str(answer) == str(engine.query("When has the bridge reopened?"))


def test_bounds_given_at_construction_apply_to_every_query() -> None:
    response = DatelineQueryEngine(bot(), Question("", as_of=day(3))).query("When has the bridge reopened?")
    assert "Monday" not in str(response)


def test_the_engine_works_as_a_tool_and_inside_another_engine() -> None:
    engine = DatelineQueryEngine(bot())
    tool = QueryEngineTool.from_defaults(engine, name="news", description="Answers from the news archive.")
    assert "Monday" in tool.call("When has the bridge reopened?").content
    inside = TransformQueryEngine(engine, query_transform=IdentityQueryTransform())
    assert "Monday" in str(inside.query("When has the bridge reopened?"))


@pytest.mark.parametrize(
    "postprocessor",
    [SimilarityPostprocessor(similarity_cutoff=0.01), LongContextReorder()],
)
def test_any_node_postprocessor_can_be_the_reranker(postprocessor: BaseNodePostprocessor) -> None:
    reply = bot(NodePostprocessorOrder(postprocessor)).ask(Question("When has the bridge reopened?"))
    assert isinstance(reply, Answer)
    assert reply.claims[0].text == "The bridge reopened on Monday."


class Reversed(BaseNodePostprocessor):
    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        return [NodeWithScore(node=node.node, score=None) for node in reversed(nodes)]


class Inventing(BaseNodePostprocessor):
    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        return [NodeWithScore(node=TextNode(text="The bridge fell."), score=1.0)]


def test_the_postprocessors_order_is_kept_and_passages_are_numbered_from_one() -> None:
    found = MemoryArchive(ARTICLES).search(Question("bridge reopened shut"), 10)
    ranked = NodePostprocessorOrder(Reversed()).rank("bridge", found, 10)
    assert [passage.chunk.id for passage in ranked] == [scored.chunk.id for scored in reversed(found)]
    assert [passage.number for passage in ranked] == list(range(1, len(found) + 1))


def test_a_node_that_was_not_retrieved_is_refused() -> None:
    with pytest.raises(ValueError, match="was not given"):
        bot(NodePostprocessorOrder(Inventing())).ask(Question("When has the bridge reopened?"))
