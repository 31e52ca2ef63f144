import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.formats.base import JudgeSet, Labelled
from evals.planted import alarms
from evals.planted.edits import Kind
from evals.planted.errors import Planted, generate
from evals.planted.report import Row, main, measure, read_texts, table
from evals.types import Pair
from index.corpus import read_paths
from index.errors import BadInput
from index.types import Article

SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "articles"
ARTICLE = (
    "At least 17 people were killed in Kolm on Monday, the mayor Anna Brandt said. "
    "“It sounded like a rifle shot to all of us,” Brandt said on the bridge in Skalden. "
    "She said that 23 others were hurt when the bridge fell. "
    "The council will not reopen the old crossing before June 2027. "
    "Rainer Keller said the firm allegedly ignored three warnings from engineers in Zelin. "
    "The town council of Kolm met for nine hours in the old hall, which was built long ago."
)
ERRORS = [kind for kind in Kind if kind.is_error]


@pytest.fixture(scope="module")
def sample_rows() -> dict[Kind, Row]:
    articles = read_paths([SAMPLE], max_bytes=10_000_000)
    return {row.kind: row for row in measure(generate(a.text for a in articles if isinstance(a, Article)), limit=400)}


def planted(kind: Kind) -> list[Planted]:
    return [item for seed in range(6) for item in generate([ARTICLE], seed) if item.kind is kind]


def test_the_same_seed_plants_the_same_errors() -> None:
    assert list(generate([ARTICLE], 3)) == list(generate([ARTICLE], 3))


def test_another_seed_plants_other_errors() -> None:
    assert list(generate([ARTICLE], 3)) != list(generate([ARTICLE], 4))


@pytest.mark.parametrize("kind", ERRORS)
def test_every_kind_of_error_is_planted_and_changes_the_sentence(kind: Kind) -> None:
    found = planted(kind)
    assert found
    assert all(item.claim != item.source and item.source in item.window for item in found)


def test_inserted_names_come_from_the_article() -> None:
    assert planted(Kind.NAME)
    for item in planted(Kind.NAME):
        new = set(item.claim.split()) - set(item.source.split())
        assert all(word.strip(".,") in ARTICLE for word in new)


def test_true_rewrites_only_drop_words_or_name_a_pronoun() -> None:
    assert all(item.claim == item.source for item in planted(Kind.VERBATIM))
    for item in planted(Kind.CLAUSE_DROPPED):
        assert len(item.claim) < len(item.source)
    assert [item.claim for item in generate([ARTICLE]) if item.kind is Kind.PRONOUN_NAMED] == [
        "Brandt said that 23 others were hurt when the bridge fell."
    ]


def test_the_pronoun_of_a_repeated_sentence_gets_the_speaker_of_the_sentence_before() -> None:
    said = "He said that 23 others were hurt when the bridge fell."
    text = f"The firm was told, Rainer Keller said. {said} Nobody else was seen, Anna Brandt said at once. {said}"
    found = [item.claim.split(" said")[0] for item in generate([text]) if item.kind is Kind.PRONOUN_NAMED]
    assert found == ["Rainer Keller", "Anna Brandt"]


@pytest.mark.parametrize("kind", ERRORS)
def test_at_least_95_percent_of_the_errors_planted_in_the_sample_archive_are_caught(
    kind: Kind, sample_rows: dict[Kind, Row]
) -> None:
    assert sample_rows[kind].total >= 40
    assert sample_rows[kind].alone.value >= 0.95
    assert sample_rows[kind].window.value >= 0.95


def test_true_sentences_of_the_sample_archive_are_not_flagged(sample_rows: dict[Kind, Row]) -> None:
    assert sample_rows[Kind.VERBATIM].alone.value == 0
    assert sample_rows[Kind.VERBATIM].window.value == 0
    assert sample_rows[Kind.VERBATIM].rules.value <= 0.02
    assert sample_rows[Kind.CLAUSE_DROPPED].alone.value <= 0.02


@pytest.mark.slow
def test_real_articles_give_similar_rates(shared_data: Path) -> None:
    paths = [shared_data / "gum_wikinews", shared_data / "ukraine_war_news" / "key_annotated_articles.json"]
    rows = measure(generate(read_texts(paths)), limit=300)
    assert {row.kind for row in rows} == set(Kind)
    for row in rows:
        assert row.total >= 200 or not row.kind.is_error
        assert row.alone.value >= 0.95 if row.kind.is_error else row.alone.value <= 0.02


def test_the_table_shows_every_kind_with_its_interval(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": ARTICLE}) + "\n", "utf-8")
    result = CliRunner().invoke(main, [str(tmp_path), "--limit", "5"])
    assert result.exit_code == 0
    assert all(kind in result.output for kind in ERRORS)
    assert ".." in table(measure(generate([ARTICLE]), limit=5))


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.jsonl", "{nonsense\n"), ("a.json", '[{"body": "no text here"}]'), ("a.json", '"a string"')],
)
def test_an_invalid_file_is_reported_with_its_line(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BadInput, match=name.replace(".", r"\.")):
        list(read_texts([tmp_path / name]))


def test_a_missing_path_gives_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(tmp_path / "none")])
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")


def test_flags_on_labelled_claims_are_counted_by_label_and_check() -> None:
    items = (
        Labelled("1", Pair("Nine people died.", ("9 people died.",)), "a", supported=True),
        Labelled("2", Pair("Nine people died.", ("Nine men of Kolm died.", "It was late.")), "a", supported=True),
        Labelled("3", Pair("Six people died in Kolm.", ("Nine people died.",)), "b", supported=False),
        Labelled("4", Pair("Rated, not labelled.", ("Rated.",)), "b", rating=0.5),
    )
    good, bad = alarms.measure(JudgeSet("made", items))
    assert (good.supported, good.total, good.objected.value, good.by_check) == (True, 2, 0.0, ())
    assert (bad.supported, bad.total, bad.objected.value) == (False, 1, 1.0)
    assert dict(bad.by_check) == {"numbers": 1.0, "names": 1.0}
    assert "not supported" in alarms.table([good, bad])


def test_missing_labelled_data_is_reported_in_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(alarms.main, [str(tmp_path)])
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")
