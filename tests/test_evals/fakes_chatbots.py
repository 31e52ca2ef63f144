"""Ten chatbots with known flaws over a small made-up archive, giving real ``rag.types`` replies.

Ten towns; each has a fire reported on 3 May, a later toll on 5 May and a rival paper's count on 3 May. Per town five
cases: the first toll, the alleged cause, the toll as of 4 May, the disputed count, and a question nobody answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from evals.types import Case, Expect, Relevant
from index.types import Article, Chunk, Coverage, Question, ScoredChunk, Span
from rag.turns import Turn
from rag.types import (
    Abstention,
    AbstentionReason,
    Answer,
    Attribution,
    Certainty,
    Citation,
    Claim,
    Conflict,
    ConflictKind,
    Reply,
    Support,
    Trace,
    Verdict,
)

TOWNS = ("Arlow", "Brask", "Corvin", "Dunmere", "Eskford", "Falden", "Grintz", "Hollam", "Ister", "Jarrow")
EARLY = datetime(2026, 5, 3, 12, tzinfo=UTC)
LATE = datetime(2026, 5, 5, 12, tzinfo=UTC)
BETWEEN = datetime(2026, 5, 4, tzinfo=UTC)
GOOD = Verdict(Support.SUPPORTED, 0.95)
SEARCHED = Coverage(30, EARLY, LATE, ("Meridian Post", "Harbour Times"))


def toll(town: str) -> int:
    return 20 + TOWNS.index(town)


def texts(town: str) -> dict[str, str]:
    """The three sentences that matter, by article id."""
    n = toll(town)
    return {
        f"{town}-first": f"Police in {town} said {n} people were hurt in the market fire.",
        f"{town}-later": f"Police in {town} said {n + 30} people were hurt in the market fire, after a new count.",
        f"{town}-rival": f"Hospitals in {town} counted {n + 7} hurt people on the night of the fire.",
    }


def alleged(town: str) -> str:
    return f"A trader in {town} allegedly left a gas stove burning, a neighbour said."


def articles() -> dict[str, Article]:
    found = {}
    for town in TOWNS:
        for name, sentence in texts(town).items():
            late, outlet = name.endswith("later"), "Harbour Times" if name.endswith("rival") else "Meridian Post"
            extra = f" {alleged(town)}" if name.endswith("first") else ""
            text = f"The old market of {town} burned down. {sentence}{extra} The council meets next week."
            found[name] = Article(name, None, text, outlet=outlet, published=LATE if late else EARLY)
    return found


ARTICLES = articles()


@dataclass(frozen=True)
class Known:
    """A case with the sentences a perfect chatbot shows: (article id, sentence, certainty)."""

    case: Case
    shown: tuple[tuple[str, str, Certainty], ...]


def known_cases() -> list[Known]:
    return [known for town in TOWNS for known in _of_town(town)]


def _of_town(town: str) -> list[Known]:
    told = texts(town)
    first, later, rival = (f"{town}-{name}" for name in ("first", "later", "rival"))
    story = f"story:{town}"

    def case(
        kind: str, question: str, expect: Expect, shown: Sequence[tuple[str, str, Certainty]], **more: object
    ) -> Known:
        relevant = tuple(Relevant(article_id, (sentence,)) for article_id, sentence, _ in shown)
        made = Case(f"{town}-{kind}", question, expect, relevant=relevant, tags=(kind, story), **more)  # type: ignore[arg-type]
        return Known(made, tuple(shown))

    stated, n = Certainty.STATED, toll(town)
    return [
        case("toll", f"How many were hurt in {town}?", Expect.ANSWER, [(later, told[later], stated)],
             answers=(str(n + 30),), speaker="police"),
        case("cause", f"What caused the fire in {town}?", Expect.ANSWER, [(first, alleged(town), Certainty.ALLEGED)],
             answers=("a gas stove",), speaker="a neighbour", certainty=Certainty.ALLEGED),
        case("as-of", f"How many were hurt in {town} by then?", Expect.ANSWER, [(first, told[first], stated)],
             answers=(str(n),), speaker="police", as_of=BETWEEN),
        case("count", f"Do police and hospitals in {town} agree?", Expect.CONFLICT,
             [(first, told[first], stated), (rival, told[rival], stated)], answers=(str(n), str(n + 7))),
        case("absent", f"Who is the mayor of {town}?", Expect.REFUSE, [], reason=AbstentionReason.NOT_IN_ARTICLES),
    ]  # fmt: skip


KNOWN = known_cases()
CASES = [known.case for known in KNOWN]
BY_QUESTION: Mapping[str, Known] = {known.case.question: known for known in KNOWN}


def cite(number: int, article_id: str, quote: str) -> Citation:
    article = ARTICLES[article_id]
    start = article.text.index(quote)
    return Citation(
        number, f"{article_id}#0", article_id, article.title, article.outlet, None, article.published, None, None, None,
        quote, start, start + len(quote),
    )  # fmt: skip


def trace(question: str, found: Sequence[str]) -> Trace:
    chunks = [
        ScoredChunk(Chunk(f"{a}#0", a, 0, Span(0, len(ARTICLES[a].text)), ARTICLES[a].text), 1.0 - rank / 10)
        for rank, a in enumerate(found)
    ]
    return Trace(question, tuple(chunks), {"total": 1.0})


def perfect(question: str) -> Reply:
    known = BY_QUESTION[question]
    if not known.shown:
        return refusal(question)
    citations = tuple(cite(n, article_id, quote) for n, (article_id, quote, _) in enumerate(known.shown, start=1))
    claims = tuple(
        Claim(quote, (n,), GOOD, _speaker(quote), certainty)
        for n, (_, quote, certainty) in enumerate(known.shown, start=1)
    )
    conflicts = (Conflict("the number of hurt", ConflictKind.COUNT, (1, 2)),) if len(claims) == 2 else ()
    found = [article_id for article_id, _, _ in known.shown]
    as_of = max(ARTICLES[a].published or EARLY for a in found)
    return Answer(question, claims, citations, (), conflicts, as_of, trace(question, found))


def _speaker(quote: str) -> Attribution | None:
    if " said " in quote:
        return Attribution(quote.split(" said ", maxsplit=1)[0], "said")
    return Attribution("a neighbour", "said") if "neighbour said" in quote else None


def refusal(question: str) -> Abstention:
    town = question.rstrip("?").split()[-1]
    near = f"{town}-first" if f"{town}-first" in ARTICLES else "Arlow-first"
    return Abstention(question, AbstentionReason.NOT_IN_ARTICLES, SEARCHED, (), (), trace(question, [near]))


def _changed(question: str, change: Callable[[Answer], Reply]) -> Reply:
    reply = perfect(question)
    return change(reply) if isinstance(reply, Answer) else reply


def invents_a_number(question: str) -> Reply:
    def change(answer: Answer) -> Answer:
        claims = tuple(replace(claim, text=_raised(claim.text)) for claim in answer.claims)
        return replace(answer, claims=claims)

    return _changed(question, change)


def _raised(text: str) -> str:
    return " ".join(str(int(word) + 400) if word.isdigit() else word for word in text.split())


def cites_the_wrong_passage(question: str) -> Reply:
    def change(answer: Answer) -> Answer:
        wrong = tuple(cite(c.number, "Jarrow-rival", "The council meets next week.") for c in answer.citations)
        return replace(answer, citations=wrong)

    return _changed(question, change)


def drops_alleged(question: str) -> Reply:
    def change(answer: Answer) -> Answer:
        claims = tuple(
            replace(claim, text=claim.text.replace("allegedly ", ""), certainty=Certainty.STATED)
            for claim in answer.claims
        )
        return replace(answer, claims=claims)

    return _changed(question, change)


def refuses_everything(question: str) -> Reply:
    return refusal(question)


def answers_everything(question: str) -> Reply:
    reply = perfect(question)
    if isinstance(reply, Answer):
        return reply
    quote = "The council meets next week."
    article_id = reply.trace.retrieved[0].chunk.article_id
    return Answer(question, (Claim(quote, (1,), GOOD),), (cite(1, article_id, quote),), (), (), EARLY, reply.trace)


def cites_all_passages(question: str) -> Reply:
    def change(answer: Answer) -> Answer:
        extra = ("Arlow-rival", "Brask-rival", "Corvin-rival")
        start = len(answer.citations) + 1
        citations = (
            *answer.citations,
            *(cite(n, a, "The council meets next week.") for n, a in enumerate(extra, start)),
        )
        numbers = tuple(c.number for c in citations)
        return replace(answer, citations=citations, claims=tuple(replace(c, citations=numbers) for c in answer.claims))

    return _changed(question, change)


def leaks_the_future(question: str) -> Reply:
    case = BY_QUESTION[question].case
    if case.as_of is None:
        return perfect(question)
    town = case.id.split("-")[0]
    return replace(perfect(f"How many were hurt in {town}?"), question=question)


def crashes_on_every_tenth(question: str) -> Reply:
    if CASES.index(BY_QUESTION[question].case) % 10 == 9:
        raise RuntimeError("out of memory")
    return perfect(question)


def is_empty(question: str) -> Reply:
    return Answer(question, (), (), (), (), None, Trace(question))


STUBS: Mapping[str, Callable[[str], Reply]] = {
    stub.__name__: stub
    for stub in (
        invents_a_number,
        cites_the_wrong_passage,
        drops_alleged,
        refuses_everything,
        answers_everything,
        cites_all_passages,
        leaks_the_future,
        crashes_on_every_tenth,
        is_empty,
        perfect,
    )
}


@dataclass
class FakeChatbot:
    """A stub as a chatbot; ``asked`` keeps what it was asked."""

    reply: Callable[[str], Reply]

    def __post_init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        self.asked.append((question.text, tuple(turn.question if isinstance(turn, Turn) else turn for turn in turns)))
        return self.reply(question.text)
