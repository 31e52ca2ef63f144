"""Published data sets are read correctly: small files in their format, and the real files where available."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from evals.formats.beir import beir, read_qrels
from evals.formats.clapnq import clapnq
from evals.formats.judge_sets import attributionbench, factcc, fib, frank, mtrag, qags, summedits, wice
from evals.formats.realtimeqa import realtimeqa
from evals.formats.squad import squad2, xquad
from evals.published import score_published
from evals.suites import judge_set, suite
from evals.types import Expect
from index.errors import BadInput


def write(path: Path, *values: Any, lines: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(v) for v in values) if lines else json.dumps(values[0]), encoding="utf-8")
    return path


def test_squad_pools_paragraphs_and_expects_refusals_of_unanswerable_questions(tmp_path: Path) -> None:
    qas = [
        {"id": "1", "question": "Who? ", "is_impossible": False, "answers": [{"text": "Ida"}, {"text": "Ida"}]},
        {"id": "2", "question": "Where?", "is_impossible": True, "answers": []},
    ]
    paragraphs = [{"context": "Ida won.", "qas": qas}]
    write(tmp_path / "squad2" / "dev.json", {"data": [{"paragraphs": paragraphs}]}, lines=False)
    found = squad2(tmp_path)
    assert found.articles is not None
    assert [article.text for article in found.articles] == ["Ida won."]
    assert [(case.expect, case.answers) for case in found.cases] == [
        (Expect.ANSWER, ("Ida",)), (Expect.REFUSE, ()),
    ]  # fmt: skip
    assert found.cases[0].story == found.cases[1].story
    assert xquad(tmp_path / "squad2").cases == found.cases


def test_realtimeqa_keeps_gold_articles_dates_and_published_outputs(tmp_path: Path) -> None:
    folder = tmp_path / "realtimeqa"
    question = {
        "question_id": "q", "question_date": "2022/06/16", "question": "Which show?", "answer": ["“Squid Game”"],
        "gold_doc_ids": ["d"], "answer_string_in_gold": True,
    }  # fmt: skip
    article = {
        "doc_id": "d", "title": None, "text": "Squid Game is back.", "url": "https://x", "authors": ["A", "B"],
        "publish_date": "2022/06/12",
    }  # fmt: skip
    outputs = [
        {"system": "open_gen", "question_id": "q", "prediction": "squid game"},
        {"system": "open", "question_id": "q", "prediction": ["1"]},
    ]
    write(folder / "questions_2022gold.jsonl", question)
    write(folder / "articles_2022gold.jsonl", article)
    write(folder / "baseline_outputs_2022gold.jsonl", *outputs)
    found = realtimeqa(tmp_path)
    assert found.cases[0].answers == ("Squid Game",)
    assert "asked:2022-06-16" in found.cases[0].tags
    assert found.articles is not None
    assert found.articles[0].published is not None
    assert found.articles[0].published.isoformat() == "2022-06-12T00:00:00+00:00"
    (row,) = score_published(found.cases, found.published)
    exact = row.summaries["exact_match"].value
    assert exact is not None
    assert (row.system, exact.value) == ("open_gen", 1.0)


def test_a_file_that_is_not_as_published_is_reported_with_its_line(tmp_path: Path) -> None:
    write(tmp_path / "questions_2022.jsonl", {"question_id": "q"})
    write(tmp_path / "articles_2022.jsonl", {})
    with pytest.raises(BadInput, match=r"questions_2022\.jsonl:1: not as published \(KeyError"):
        realtimeqa(tmp_path)
    with pytest.raises(BadInput, match=r"no clapnq_dev_\*\.jsonl"):
        clapnq(tmp_path)
    (tmp_path / "mturk_cnndm.jsonl").write_text("{}\n{")
    with pytest.raises(BadInput, match=r"mturk_cnndm\.jsonl:1: not as published"):
        qags(tmp_path)


def beir_folder(folder: Path, corpus: str) -> Path:
    write(folder / "queries.jsonl", {"_id": "q", "text": "Who won?"})
    (folder / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td\t1\n", encoding="utf-8")
    return folder


def test_a_line_separator_inside_a_beir_document_does_not_split_it(tmp_path: Path) -> None:
    document = {"_id": "d", "title": "Vote", "text": "Ida won.\u2028Nobody else did."}
    found = beir(beir_folder(tmp_path, json.dumps(document, ensure_ascii=False) + "\n"))
    assert found.articles is not None
    assert [article.text for article in found.articles] == [document["text"]]
    assert [case.relevant[0].article_id for case in found.cases] == ["d"]


@pytest.mark.parametrize(
    ("corpus", "queries", "expected"),
    [
        ('{"_id": "d"}', None, "corpus.jsonl:1: not as published"),
        ("{", None, "corpus.jsonl:1: not as published"),
        ("", '{"_id": "other", "text": "Who lost?"}', "the query q of qrels/test.tsv is not in queries.jsonl"),
    ],
)
def test_a_beir_folder_that_is_not_as_published_is_reported(
    tmp_path: Path, corpus: str, queries: str | None, expected: str
) -> None:
    folder = beir_folder(tmp_path, corpus)
    if queries:
        (folder / "queries.jsonl").write_text(queries, encoding="utf-8")
    with pytest.raises(BadInput, match=expected):
        beir(folder)


def test_a_beir_file_that_is_not_utf8_is_reported_with_the_byte(tmp_path: Path) -> None:
    folder = beir_folder(tmp_path, '{"_id": "d", "text": "x"}')
    (folder / "corpus.jsonl").write_bytes(b'{"_id": "caf\xe9", "text": "x"}')
    with pytest.raises(BadInput, match=r"corpus\.jsonl: not UTF-8 at byte 12;"):
        beir(folder)


def test_qrels_of_beir_and_trec_are_distinguished_and_grade_zero_is_not_relevant() -> None:
    assert read_qrels("query-id\tcorpus-id\tscore\nq\td\t1\nq\te\t0", "x") == {"q": {"d": 1}}
    assert read_qrels("q 0 d 2\nq 0 e -1", "x") == {"q": {"d": 2}}
    with pytest.raises(BadInput, match="x:1: expected"):
        read_qrels("q d", "x")


def test_qags_uses_the_majority_of_votes(tmp_path: Path) -> None:
    votes = [{"response": vote} for vote in ("yes", "no", "yes")]
    sentences = [{"sentence": "A.", "responses": votes}, {"sentence": "B.", "responses": [{"response": "no"}] * 3}]
    write(tmp_path / "qags" / "mturk_cnndm.jsonl", {"article": "Text.", "summary_sentences": sentences})
    assert [item.supported for item in qags(tmp_path).items] == [True, False]


def test_partly_supported_is_unsupported_in_wice_and_fib_pairs_compete(tmp_path: Path) -> None:
    line = {"meta": {"id": "1"}, "claim": "C.", "evidence": ["E."], "label": "partially_supported"}
    write(tmp_path / "claim_dev.jsonl", line)
    assert wice(tmp_path).items[0].supported is False
    pair = {"id": "7", "input": "Text", "list_choices": ["<t> a </t>", " b"], "lbl": 1}
    write(tmp_path / "xsum_binary_choice-using_t5.jsonl", pair)
    assert [(i.id.split(":")[-1], i.pair.claim, i.supported) for i in fib(tmp_path).items] == [
        ("0", "a", False), ("1", "b", True),
    ]  # fmt: skip


def test_an_unknown_suite_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match="use sample, squad2"):
        suite("squad3", None)
    with pytest.raises(BadInput, match="--data"):
        suite("squad2", None)
    with pytest.raises(BadInput, match="there is no judge set called 'x'"):
        judge_set("x", Path())


def test_the_published_files_have_as_many_items_as_their_papers_say(shared_data: Path) -> None:
    answerable = Counter(case.expect for case in squad2(shared_data).cases)
    assert answerable == {Expect.ANSWER: 135, Expect.REFUSE: 130}
    news = realtimeqa(shared_data)
    assert news.articles is not None
    assert (len(news.cases), len(news.articles), len(news.published)) == (99, 844, 6)
    ids = {article.id for article in news.articles}
    assert all(relevant.article_id in ids for case in news.cases for relevant in case.relevant)
    long = clapnq(shared_data)
    assert long.articles is not None
    texts = {article.id: article.text for article in long.articles}
    quoted = [quote in texts[r.article_id] for case in long.cases for r in case.relevant for quote in r.quotes]
    assert sum(quoted) / len(quoted) > 0.95  # a few were normalised by their editors
    assert len(beir(shared_data / "beir_scifact").cases) == 300
    sizes = {s.__name__: len(s(shared_data).items) for s in (qags, factcc, frank, summedits, wice)}
    assert sizes == {"qags": 714, "factcc": 931, "frank": 664, "summedits": 352, "wice": 349}
    assert [len(s(shared_data).items) for s in (attributionbench, fib)] == [1198, 7158]
    assert sum(bool(item.supported) for item in factcc(shared_data).items) == 799
    assert all(1 <= (item.rating or 0) <= 4 for item in mtrag(shared_data).items)
