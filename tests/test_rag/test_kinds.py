import json
from pathlib import Path

import pytest

from index.types import Chunk, Span
from rag.stance.forecasts import is_forecast
from rag.stance.kinds import is_opinion_piece, kind_of
from rag.types import ClaimKind

STATEMENTS = Path(__file__).parents[2] / "evals" / "golden" / "statements.jsonl"


def chunk(
    text: str = "The bridge fell.", *, title: str = "", url: str = "", author: str = "", ordinal: int = 0
) -> Chunk:
    return Chunk("c", "a", ordinal, Span(0, len(text)), text, title=title, author=author, url=url)


@pytest.mark.parametrize(
    "sentence",
    [
        "The rate will fall in June.",
        "The rate is expected to fall.",
        "The results are expected on Friday.",
        "The bank said it would raise the rate.",
        "Most analysts expect a cut.",
        "The bridge is to be rebuilt.",
        "She is ready to resign.",
        "The mine could open in late 2028.",
        "It could take until Monday.",
    ],
)
def test_a_statement_about_the_future_is_a_forecast(sentence: str) -> None:
    assert is_forecast(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The rate fell in June.",
        "The rate fell as expected.",
        "The delay was due to high water.",
        "The manuscript may be abroad.",
        "Asked whether she would resign, she said: “Ask me tomorrow.”",
        "She would win if an election were held now.",
        "He read her will aloud.",
        "She denied that she was about to resign.",
        "It would have fallen, she said.",
    ],
)
def test_statements_about_the_past_or_present_and_suppositions_are_not_forecasts(sentence: str) -> None:
    assert not is_forecast(sentence)


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("The council backed a plan, which is expected to be printed in May.", False),
        ("The firm builds boats that will be sold in May.", False),
        ("The mayor said that boats will be sold in May.", True),
        ("The minister asked what will happen.", False),
        ("People who are old will stay at home.", True),
        ("It shut because the flood was predicted to come.", False),
        ("Its purpose is to help the poor.", False),
        ("The bridge is to be rebuilt.", True),
        ("It would not have been possible, she said.", False),
        ("They know how dangerous it is to be out.", False),
        ("When the bridge shut, the town said it would pay.", True),
        ("What worries me is that the next one will fall.", True),
    ],
)
def test_a_future_verb_in_a_subordinate_clause_alone_does_not_make_a_forecast(sentence: str, is_one: bool) -> None:
    assert is_forecast(sentence) is is_one


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("The chairman would not say whether the ferry line will close.", False),
        ("The ministry would not immediately confirm the figure, a reporter said.", False),
        ("The bank declined to say whether it will raise the rate.", False),
        ("The bank will not disclose its results until May.", True),
        ("The chairman said the ferry line would not close.", True),
        ("The judge will decide on Monday whether the ferry line will close.", True),
    ],
)
def test_declining_to_say_what_will_happen_is_not_a_forecast(sentence: str, is_one: bool) -> None:
    assert is_forecast(sentence) is is_one


def test_on_labelled_statements_forecast_precision_is_at_least_90_and_recall_80_percent() -> None:
    rows = [json.loads(line) for line in STATEMENTS.read_text("utf-8").splitlines()]
    called = [row["forecast"] for row in rows if is_forecast(row["quote"])]
    assert sum(called) / len(called) >= 0.9
    assert sum(called) / sum(row["forecast"] for row in rows) >= 0.8


@pytest.mark.parametrize(
    "piece",
    [
        chunk(title="Opinion: The bridge must go"),
        chunk(title="Comment: The bank has blinked"),
        chunk(title="Analysis | Why the bank blinked"),
        chunk(title="The bank has blinked | Editorial"),
        chunk(url="https://example.org/opinion/2026/bridge"),
        chunk(url="https://example.org/2026/03/12/opinion-repair"),
        chunk(author="The Editorial Board"),
        chunk("Opinion. Anna Brandt writes for us. The bridge must go."),
        chunk("Anna Brandt is a columnist for The Post. The bridge must go."),
        chunk("I think the bridge must go. It is old. I would argue for a tunnel."),
    ],
)
def test_headline_url_byline_standfirst_or_first_person_views_make_an_opinion_piece(piece: Chunk) -> None:
    assert is_opinion_piece([piece])
    assert is_opinion_piece([chunk(ordinal=3), piece])


@pytest.mark.parametrize(
    "report",
    [
        chunk(),
        chunk(title="Opinion polls: Civic Union leads"),
        chunk(title="Comments on the bridge"),
        chunk(url="https://example.org/news/public-opinion"),
        chunk(author="Anna Brandt"),
        chunk("“I think it must go,” Brandt said. “I hope for a tunnel,” she said. “I doubt it.”"),
        chunk("The bridge fell. An opinion. It was old.", ordinal=2),
        chunk("Analysts said I-beams had cracked."),
    ],
)
def test_reports_about_opinions_are_not_opinion_pieces(report: Chunk) -> None:
    assert not is_opinion_piece([report])


def test_every_claim_from_an_opinion_piece_is_opinion_and_otherwise_the_sentence_decides() -> None:
    assert kind_of("The bridge will open.", opinion_piece=True) is ClaimKind.OPINION
    assert kind_of("The bridge will open.", opinion_piece=False) is ClaimKind.FORECAST
    assert kind_of("The bridge is open.", opinion_piece=False) is ClaimKind.REPORT
    assert kind_of("I doubt that the bridge is safe.", opinion_piece=False) is ClaimKind.OPINION
    assert kind_of("“I doubt it,” the mayor said.", opinion_piece=False) is ClaimKind.REPORT
