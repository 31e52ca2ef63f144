"""Chatbots built from settings, with the packaged models and two real articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_rag.fakes_chain import passages_of
from test_rag.openai_server import Behaviour, serving

from index.archive import Archive
from index.corpus import read_paths
from index.errors import ArchiveMissing
from index.types import Question
from rag.assemble import chatbot, open_archive, verifier
from rag.cross_encoder import label_places
from rag.engine import Chatbot
from rag.errors import ModelUnfit, ReaderFailed
from rag.settings import Settings, load_settings
from rag.types import Abstention, Answer, Passage, Reply, Sentence, Support


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings({"archive": tmp_path_factory.mktemp("seeds") / "archive"})


@pytest.fixture(scope="module")
def archive(settings: Settings, shared_data: Path) -> Iterator[Archive]:
    with open_archive(settings) as opened:
        opened.sync(read_paths([shared_data / "seed_articles"], max_bytes=10**7))
        yield opened


@pytest.fixture(scope="module")
def seeds(settings: Settings, archive: Archive) -> Chatbot:
    return chatbot(settings, archive)


def quotes(reply: Reply, archive: Archive) -> str:
    """All quotes, after checking that each is found at its offsets in the article."""
    assert isinstance(reply, Answer)
    for citation in reply.citations:
        assert archive.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    return "\n".join(citation.quote for citation in reply.citations)


@pytest.mark.slow
def test_what_must_accompany_a_ceasefire_is_answered_from_the_right_file(seeds: Chatbot, archive: Archive) -> None:
    reply = seeds.ask(Question("What must accompany a ceasefire according to Zelensky?"))
    assert "security guarantees" in quotes(reply, archive)
    assert isinstance(reply, Answer)
    assert any(c.path and c.path.name.startswith("004_") and "security guarantees" in c.quote for c in reply.citations)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which US-supplied missiles did Ukraine use against Russian targets?", "ATACMS"),
        ("What does Putin insist must happen to the occupied regions?", "remain under Russian control"),
        ("Who publicly urged both sides to come to the negotiating table?", "Donald Trump"),
        ("On what must talks be based, according to Kyiv?", "international law"),
    ],
)
def test_questions_on_the_seed_articles_are_answered_with_the_relevant_quote(
    seeds: Chatbot, archive: Archive, question: str, words: str
) -> None:
    assert words in quotes(seeds.ask(Question(question)), archive)


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "On what date will the negotiations begin?",
        "Who will mediate the negotiations in Geneva?",
        "What is the price of bread in Paris?",
    ],
)
def test_questions_that_the_seed_articles_do_not_answer_are_refused(seeds: Chatbot, question: str) -> None:
    assert isinstance(seeds.ask(Question(question)), Abstention)


@pytest.mark.slow
def test_the_draft_of_a_configured_language_model_is_verified(settings: Settings, archive: Archive) -> None:
    lies = Behaviour(lambda request: "The war ended on 3 May. [1]\nZelensky resigned. [2]")
    with serving(lies) as url:
        given = settings.model_copy(update={"llm": settings.llm.model_copy(update={"base_url": url, "model": "m"})})
        reply = chatbot(given, archive).ask(Question("What is the price of bread in Paris?"))
        assert isinstance(reply, Abstention)
        assert [item.text for item in reply.withheld] == ["The war ended on 3 May.", "Zelensky resigned."]
        assert len(lies.requests) == 2  # the draft, and one revision
    with pytest.raises(ReaderFailed):
        chatbot(given, archive).ask(Question("Did the war end?"))


def test_a_missing_archive_is_not_created_unless_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        open_archive(load_settings({"archive": tmp_path / "none"}), create=False)


def test_the_verifier_can_be_used_alone(settings: Settings) -> None:
    passages: list[Passage] = passages_of("The council closed the school on Monday.")
    checked = verifier(settings).verify(Sentence("The council closed the school on Monday.", (1,)), passages)
    assert checked.verdict.support is Support.SUPPORTED


@pytest.mark.parametrize(
    ("labels", "places"),
    [
        ({0: "contradiction", 1: "entailment", 2: "neutral"}, ((1,), (0,), (2,))),
        ({0: "ENTAILMENT", 1: "NOT_ENTAILMENT"}, ((0,), (), (1,))),
        ({0: "SUPPORTS", 1: "REFUTES", 2: "NOT ENOUGH INFO"}, ((0,), (1,), (2,))),
    ],
)
def test_labels_of_other_models_are_mapped_by_name(
    labels: dict[int, str], places: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
) -> None:
    assert label_places(labels, "m") == places


@pytest.mark.parametrize("labels", [{}, {0: "LABEL_0", 1: "LABEL_1"}, {0: "neutral"}, {0: "entailment", 1: "supports"}])
def test_a_model_with_meaningless_labels_is_rejected(labels: dict[int, str]) -> None:
    with pytest.raises(ModelUnfit, match=r"verifier\.model"):
        label_places(labels, "m")
