"""OpenAI's own client against the server: whole answers, streams, citations, abstentions and failures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openai
import pytest
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from test_ui.fakes_ui import FakeChatbot, FakeShelf, claim
from test_ui.serving_here import endpoints
from test_ui.test_serving_rest import BROKEN, FIRE, LATER, script

from evals.replies import read_reply
from evals.targets import target_at
from evals.types import Case, Expect
from index.types import Question
from rag.events import Done
from rag.types import Answer
from rag.wire import answer_text, reply_json
from ui.serving.desk import Desk
from ui.serving.queue import TooBusy
from ui.words import UNSURE

HOW_MANY = "how many were hurt?"


class Closed(Desk):
    """A desk that rejects every question."""

    def stream(self, question: Question, turns: Any = ()) -> Any:
        raise TooBusy("Too many questions are in progress or waiting (64); try again in a moment.")


@pytest.fixture(scope="module")
def bot() -> FakeChatbot:
    return FakeChatbot(script)


@pytest.fixture(scope="module")
def address(bot: FakeChatbot) -> Iterator[str]:
    with endpoints(FakeShelf([FIRE, LATER, BROKEN]), bot) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}v1", api_key="none", max_retries=0, timeout=30) as client:
        yield client


def ask(client: openai.OpenAI, *messages: tuple[str, str], **options: Any) -> ChatCompletion:
    told: Any = [{"role": role, "content": content} for role, content in messages]
    found: ChatCompletion = client.chat.completions.create(model="dateline", messages=told, **options)
    return found


def streamed(client: openai.OpenAI, question: str) -> list[ChatCompletionChunk]:
    message: Any = {"role": "user", "content": question}
    return list(client.chat.completions.create(model="dateline", messages=[message], stream=True))


def extra(found: Any) -> dict[str, Any]:
    """Return the extra field ``dateline``, which is not part of the protocol."""
    return dict(found.model_extra["dateline"])


def test_the_answer_is_the_content_and_each_marker_in_it_is_annotated_with_the_exact_words(
    client: openai.OpenAI, address: str
) -> None:
    found = ask(client, ("user", HOW_MANY))
    message = found.choices[0].message
    assert message.content == answer_text(script(Question(HOW_MANY)))
    assert found.choices[0].finish_reason == "stop"
    places = []
    for annotation in message.annotations or ():
        citation, exact = annotation.url_citation, extra(annotation)
        marker = message.content[citation.start_index : citation.end_index]
        assert marker == f"[{exact['number']}]"
        article = {"a1": FIRE, "wire/b 2": LATER}[exact["article_id"]]
        assert article.text[exact["start"] : exact["end"]] == exact["quote"]
        places.append((citation.start_index, exact["number"], citation.url, citation.title))
    assert places == [
        (37, 1, "https://post.example/1", "Headline of a1"),
        (40, 2, f"{address}api/articles/wire/b%202", "Headline of wire/b 2"),
        (64, 2, f"{address}api/articles/wire/b%202", "Headline of wire/b 2"),
    ]
    assert extra(found) == json.loads(json.dumps(reply_json(script(Question(HOW_MANY)))))


@pytest.mark.parametrize("question", [HOW_MANY, "who did it?", "broken"])
def test_a_stream_sends_sentences_and_adds_up_to_the_whole_answer(client: openai.OpenAI, question: str) -> None:
    whole = ask(client, ("user", question))
    chunks = streamed(client, question)
    deltas = [chunk.choices[0].delta for chunk in chunks]
    pieces = [delta.content for delta in deltas if delta.content]
    assert "".join(pieces) == whole.choices[0].message.content
    assert len(pieces) == max(1, len(extra(whole)["claims"]))
    annotations = [annotation.model_dump() for annotation in whole.choices[0].message.annotations or ()]
    assert (deltas[-1].model_extra or {})["annotations"] == annotations
    assert extra(chunks[-1]) == extra(whole)
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [*[None] * (len(chunks) - 1), "stop"]
    assert len({chunk.id for chunk in chunks}) == 1


class Overtaken(FakeChatbot):
    """A chatbot whose final reply starts with a later figure that was not streamed."""

    def stream(self, question: Question, turns: Any = ()) -> Any:
        for event in super().stream(question, turns):
            if isinstance(event, Done) and isinstance(event.reply, Answer):
                first, second = event.reply.claims
                later = claim("Fourteen, it said later.", 1)
                yield Done(replace(event.reply, claims=(later, second, first)))
            else:
                yield event


def test_a_claim_added_at_the_end_is_streamed_too_and_every_marker_is_annotated() -> None:
    with endpoints(FakeShelf([FIRE, LATER]), Overtaken(script)) as address:
        client = openai.OpenAI(base_url=f"{address}v1", api_key="none", max_retries=0)
        chunks = streamed(client, HOW_MANY)
        client.close()
    content = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert content == (
        "Twelve people were hurt in the fire. [1][2] Thirteen were hurt. [2] Fourteen, it said later. [1]"
    )
    notes = (chunks[-1].choices[0].delta.model_extra or {})["annotations"]
    places = [(note["url_citation"]["start_index"], note["url_citation"]["end_index"]) for note in notes]
    assert [content[start:end] for start, end in places] == ["[1]", "[2]", "[2]", "[1]"]
    assert extra(chunks[-1])["answer"].startswith("Fourteen, it said later. [1]")


class Unsure(FakeChatbot):
    """A chatbot that is unsure of every answer."""

    def stream(self, question: Question, turns: Any = ()) -> Any:
        for event in super().stream(question, turns):
            is_answer = isinstance(event, Done) and isinstance(event.reply, Answer)
            yield Done(replace(event.reply, unsure=True)) if is_answer else event


def test_an_answer_that_is_not_sure_says_so_after_its_sentences_and_leaves_every_marker_in_its_place() -> None:
    with endpoints(FakeShelf([FIRE, LATER]), Unsure(script)) as address:
        client = openai.OpenAI(base_url=f"{address}v1", api_key="none", max_retries=0)
        whole = ask(client, ("user", HOW_MANY))
        chunks = streamed(client, HOW_MANY)
        client.close()
    content = whole.choices[0].message.content or ""
    assert content == f"{answer_text(script(Question(HOW_MANY)))}\n\n{UNSURE}"
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == content
    places = [annotation.url_citation for annotation in whole.choices[0].message.annotations or ()]
    assert [content[place.start_index : place.end_index] for place in places] == ["[1]", "[2]", "[2]"]


class Noting(FakeChatbot):
    """A chatbot that adds a note to each of its replies."""

    def stream(self, question: Question, turns: Any = ()) -> Any:
        for event in super().stream(question, turns):
            if isinstance(event, Done):
                trace = replace(event.reply.trace, notes=("The language model failed halfway.",))
                yield Done(replace(event.reply, trace=trace))
            else:
                yield event


@pytest.mark.parametrize("question", [HOW_MANY, "who did it?"])
def test_notes_appear_at_the_end_of_the_content_and_in_the_reply(question: str) -> None:
    with endpoints(FakeShelf([FIRE, LATER]), Noting(script)) as address:
        client = openai.OpenAI(base_url=f"{address}v1", api_key="none", max_retries=0)
        whole = ask(client, ("user", question))
        chunks = streamed(client, question)
        client.close()
    content = f"{answer_text(script(Question(question)))}\n\nThe language model failed halfway."
    assert whole.choices[0].message.content == content
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == content
    assert extra(whole)["notes"] == ["The language model failed halfway."]


def test_a_refusal_is_an_ordinary_answer_that_says_so_and_cites_nothing_as_support(client: openai.OpenAI) -> None:
    found = ask(client, ("user", "who did it?"))
    assert found.choices[0].message.content.startswith("The articles do not say.")  # type: ignore[union-attr]
    assert found.choices[0].message.annotations == []
    assert (extra(found)["status"], extra(found)["reason"]) == ("abstained", "not_in_articles")


def test_earlier_user_messages_are_the_earlier_questions(client: openai.OpenAI, bot: FakeChatbot) -> None:
    ask(
        client,
        ("system", "You are a pirate."),
        ("user", "what happened?"),
        ("assistant", "A fire."),
        ("user", "where?"),
        ("assistant", "In Kolm."),
        ("user", "and when?"),
    )
    assert bot.asked[-1] == (Question("and when?"), ("what happened?", "where?"))


def test_limits_are_read_from_the_request_field_or_the_date_from_a_system_message(
    client: openai.OpenAI, bot: FakeChatbot
) -> None:
    moment = datetime(2026, 5, 4, 12, tzinfo=UTC)
    ask(client, ("system", "Answer as of 2026-05-04T12:00:00+00:00."), ("user", "q"))
    assert bot.asked[-1][0] == Question("q", as_of=moment)
    limits = {"as_of": "2026-05-04T12:00Z", "outlets": ["Meridian Post"]}
    ask(client, ("system", "Answer as of 2020-01-01."), ("user", "q"), extra_body={"dateline": limits})
    assert bot.asked[-1][0] == Question("q", as_of=moment, outlets=("Meridian Post",))


def test_text_parts_are_joined_and_images_are_rejected(client: openai.OpenAI, bot: FakeChatbot) -> None:
    two: Any = {"role": "user", "content": [{"type": "text", "text": "how"}, {"type": "text", "text": "many?"}]}
    client.chat.completions.create(model="dateline", messages=[two])
    assert bot.asked[-1][0].text == "how\nmany?"
    for text in (None, {"value": "how"}, 5):
        nothing: Any = {"role": "user", "content": [{"type": "text", "text": text}]}
        with pytest.raises(openai.UnprocessableEntityError, match="each with a text"):
            client.chat.completions.create(model="dateline", messages=[nothing])
    picture: Any = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://x.example"}}]}
    with pytest.raises(openai.UnprocessableEntityError, match="only parts of type text are supported"):
        client.chat.completions.create(model="dateline", messages=[picture])


def test_the_one_model_is_listed_and_found_by_its_name_only(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["dateline"]
    assert client.models.retrieve("dateline").id == "dateline"
    with pytest.raises(openai.NotFoundError, match="the only model is dateline") as unknown:
        client.models.retrieve("gpt-5")
    assert unknown.value.type == "invalid_request_error"


def test_null_means_absent(client: openai.OpenAI, bot: FakeChatbot) -> None:
    body: Any = {"model": None, "stream": None, "n": None, "dateline": None, "tools": None, "temperature": None}
    assert ask(client, ("function", "{}"), ("user", "q"), extra_body=body).choices[0].message.content
    assert bot.asked[-1] == (Question("q"), ())


def test_another_library_reads_whole_answers_and_streams(address: str) -> None:
    llm = OpenAILike(model="dateline", api_base=f"{address}v1", api_key="none", is_chat_model=True, max_retries=0)
    asked = [ChatMessage(role="user", content=HOW_MANY)]
    whole = answer_text(script(Question(HOW_MANY)))
    assert llm.chat(asked).message.content == whole
    assert "".join(piece.delta or "" for piece in llm.stream_chat(asked)) == whole


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("messages", "options", "sentence"),
    [
        ([("user", " ")], {}, "Type a question first."),
        ([("assistant", "x")], {}, "messages: the last message must be the user's question."),
        ([("user", "x")], {"n": 2}, "n: input should be 1."),
        ([("user", "x")], {"extra_body": {"dateline": {"asof": "2026"}}}, "dateline.asof: there is no such field"),
        ([("user", "x")], {"extra_body": {"dateline": {"as_of": "soon"}}}, "As of needs a date"),
    ],
)
def test_bad_input_is_an_error_in_openais_format_also_for_streams(
    client: openai.OpenAI, messages: list[tuple[str, str]], options: dict[str, Any], sentence: str, stream: bool
) -> None:
    with pytest.raises(openai.UnprocessableEntityError, match=sentence) as refused:
        ask(client, *messages, stream=stream, **options)
    assert refused.value.type == "invalid_request_error"


@pytest.mark.parametrize("stream", [False, True])
def test_a_full_server_rejects_a_request_before_the_stream_starts(bot: FakeChatbot, stream: bool) -> None:
    with endpoints(FakeShelf([FIRE]), bot, desk=Closed(bot)) as address:
        client = openai.OpenAI(base_url=f"{address}v1", api_key="none", max_retries=0)
        with pytest.raises(openai.RateLimitError, match="try again in a moment") as refused:
            ask(client, ("user", "x"), stream=stream)
        assert refused.value.response.headers["retry-after"] == "5"
        client.close()


def test_what_fails_in_the_middle_of_a_stream_ends_it_with_the_sentence(client: openai.OpenAI) -> None:
    with pytest.raises(openai.APIError, match="could not be reached; start it"):
        streamed(client, "down")
    with pytest.raises(openai.InternalServerError, match="could not be reached; start it") as failed:
        ask(client, ("user", "down"))
    assert failed.value.status_code == 503


def test_evals_score_our_server_through_the_same_protocol(address: str, bot: FakeChatbot) -> None:
    moment = datetime(2026, 5, 4, tzinfo=UTC)
    case = Case("a", HOW_MANY, Expect.ANSWER, turns=("what happened?",), answers=("12",), as_of=moment)
    found = target_at(f"{address}v1", None).ask(case)
    assert read_reply(found).citations[0].quote == "Twelve people were hurt in the fire."
    assert bot.asked[-1] == (Question(HOW_MANY, as_of=moment), ("what happened?",))
