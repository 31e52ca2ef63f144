"""Whether the answer is right, against the reference answers of the case.

Text is normalised as the SQuAD evaluation script does (Rajpurkar et al. 2016): lower case, no punctuation, no articles,
single spaces. An answerable case that was refused is answered wrongly: 0.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from evals.measures.base import Asked, Measure, answerable_with, wrong
from evals.measures.statements import without_markers
from evals.replies import GivenReply
from evals.types import Score, missing

UNFIT = answerable_with(lambda case: case.answers, "the case has no reference answer")
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation + "“”‘’«»…–—")


def normalised(text: str) -> str:
    """``text`` as it is compared."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", plain).split())


def exact_match(answer: str, references: Iterable[str]) -> float:
    """1 where the answer is one of the references, normalised."""
    return float(normalised(answer) in {normalised(reference) for reference in references})


def token_f1(answer: str, references: Iterable[str]) -> float:
    """The best harmonic mean of token precision and recall over the references, 0 to 1."""
    given = Counter(normalised(answer).split())
    return max(_f1(given, Counter(normalised(reference).split())) for reference in references)


def _f1(given: Counter[str], wanted: Counter[str]) -> float:
    shared = (given & wanted).total()
    return 2 * shared / (given.total() + wanted.total()) if shared else 0.0


def contains(text: str, references: Iterable[str]) -> bool:
    """Whether a reference stands in ``text`` as whole words, normalised."""
    padded = f" {normalised(text)} "
    return any(f" {wanted} " in padded for reference in references if (wanted := normalised(reference)))


def _measure(name: str, about: str, source: str, value: Callable[[GivenReply, tuple[str, ...]], float]) -> Measure:
    def of(asked: Asked, reply: GivenReply) -> Score:
        return Score(value(reply, asked.case.answers) if reply.answered else 0.0)

    return Measure(name, about, source, of, group="answers", unfit=UNFIT, crashed=wrong)


def _quoted(reply: GivenReply) -> str:
    return " … ".join(citation.quote for citation in reply.citations)


EXACT_MATCH = _measure(
    "exact_match",
    "the whole answer is a reference answer (a sentence never is; for chatbots that answer in a word or two)",
    "SQuAD, Rajpurkar et al. 2016",
    lambda reply, answers: exact_match(without_markers(reply.answer), answers),
)
TOKEN_F1 = _measure(
    "token_f1",
    "best token F1 of the answer against a reference answer",
    "SQuAD, Rajpurkar et al. 2016",
    lambda reply, answers: token_f1(without_markers(reply.answer), answers),
)
ANSWER_IN_TEXT = _measure(
    "answer_in_text",
    "a reference answer stands in the answer shown",
    "accuracy by inclusion, Kandpal et al. 2023",
    lambda reply, answers: float(contains(without_markers(reply.answer), answers)),
)
ANSWER_IN_QUOTES = _measure(
    "answer_in_quotes",
    "a reference answer stands in the words the answer cites",
    "ours: right, and shown where it stands",
    lambda reply, answers: float(contains(_quoted(reply), answers)),
)


def _words(_asked: Asked, reply: GivenReply) -> Score:
    if not reply.answered:
        return missing("refused")
    return Score(float(len(without_markers(reply.answer).split())))


ANSWER_WORDS = Measure(
    name="answer_words",
    about="words of the answer shown: an answer that says everything is right too easily",
    source="length control as in AlpacaEval 2, Dubois et al. 2024",
    of=_words,
    group="answers",
    minus=True,
)
