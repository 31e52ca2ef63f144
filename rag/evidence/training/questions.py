"""Generate questions from sentences, and alter questions so that the text that answered them no longer does."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from rag.evidence.training.planted import change_date, change_name, change_number, negate, use_antonym
from rag.evidence.training.story import Story
from rag.evidence.training.words import DAYS, MONTHS, NOT_NAMES

_NAME = r"(?:The |A |An )?(?:[A-Z][\w’.-]+ ?){1,4}"
_GROUP = r"[A-Z][a-z]+ (?:officials|police|authorities|forces|lawmakers|researchers|scientists)"
_DOES = (
    r"was|were|is|are|has|have|had|will|would|can|said|says|told|announced|called|made|took|became|won|lost|went|came|"
    r"began|sent|gave|left|beat|held|met|wrote|built|bought|sold|hit|struck|plans|wants|[a-z]{3,}ed"
)
_SUBJECT = re.compile(rf"^(?P<name>{_NAME}|{_GROUP}) (?P<verb>{_DOES}) (?P<rest>[^“”\"]{{12,}})[.]$")

_ABOUT = r"(?:(?:At least|More than|About|Around|Nearly|Some|Over|Almost|As many as|Up to) )?"
_NUMBER = (
    r"\d[\d,.]*(?: million| billion)?|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|"
    r"[Dd]ozens of|[Hh]undreds of|[Tt]housands of"
)
_COUNT = re.compile(
    rf"^{_ABOUT}(?P<number>{_NUMBER}) (?P<things>[a-z][a-z -]{{3,30}}?) "
    r"(?P<verb>was|were|are|have|had|will|[a-z]{3,}ed|died|took|went) (?P<rest>[^“”\"]{8,})[.]$"
)

_AUX = re.compile(
    r"^(?P<subject>(?:The |A |An )?[A-Z][^,.“”\"]{2,45}?) (?P<aux>was|were|is|are|will|has|had|can) "
    r"(?P<rest>[^“”\"]{12,})[.]$"
)
_YEAR, _MONTH = r"(?:19|20)\d\d", "(?:" + "|".join(MONTHS) + ")"
_WHEN = re.compile(
    rf" (?:on (?:{'|'.join(DAYS)})|in {_YEAR}|in {_MONTH}(?: {_YEAR})?|last (?:week|month|year)|on {_MONTH} \d+)\b"
)
_WHERE = re.compile(r" (?:in|at|near) ((?:the )?[A-Z][a-z]+(?:,? [A-Z][a-z]+)*)\b")
_SAID = re.compile(r"(?P<who>(?:[A-Z][\w’.-]+ ?){1,3}) (?:said|told|wrote|added|warned|claimed|announced)\b")
_NO_TOPIC = frozenset(("people", "things", "something", "anything", "everything"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the words of a sentence that answer it."""

    question: str
    answer: str


def _cut(rest: str) -> str:
    """The words before the first comma, if there are at least four; otherwise all of them."""
    head, _, _ = rest.partition(",")
    return head if len(head.split()) >= 4 else rest


def _ask_subject(sentence: str, rng: random.Random) -> Asked | None:
    match = _SUBJECT.match(sentence)
    if not match or match["name"].split()[0] in NOT_NAMES:
        return None
    word = "Who" if len(match["name"].split()) in {2, 3} and not match["name"].startswith(("The ", "A ")) else "What"
    word = rng.choice(
        (word, word, "Who", "Which company" if word == "What" else "Who", "Which country" if word == "What" else "Who")
    )
    verb = {"were": "was", "are": "is", "have": "has"}.get(match["verb"], match["verb"])
    return Asked(f"{word} {verb} {_cut(match['rest'])}?", match["name"].strip())


def _ask_count(sentence: str, rng: random.Random) -> Asked | None:  # noqa: ARG001  (a common signature)
    match = _COUNT.match(sentence)
    return (
        Asked(f"How many {match['things']} {match['verb']} {_cut(match['rest'])}?", match["number"]) if match else None
    )


def _ask_inverted(sentence: str, rng: random.Random) -> Asked | None:
    match = _AUX.match(sentence)
    if not match or match["subject"].split()[0] in NOT_NAMES:
        return None
    subject = re.sub(r"^(The|A|An) ", lambda m: m[0].lower(), match["subject"])
    when, where = _WHEN.search(match["rest"]), _WHERE.search(match["rest"])
    if when:
        rest = match["rest"].replace(when[0], "", 1)
        return Asked(f"When {match['aux']} {subject} {_cut(rest).strip()}?", when[0].strip())
    if where:
        rest = match["rest"][: where.start()]
        if len(rest.split()) >= 2:
            return Asked(f"Where {match['aux']} {subject} {_cut(rest).strip()}?", where[1])
    if rng.random() < 0.4:
        return Asked(f"{match['aux'].capitalize()} {subject} {_cut(match['rest'])}?", match["rest"])
    return None


def _ask_said(sentence: str, rng: random.Random) -> Asked | None:
    match = _SAID.search(sentence)
    topics = [
        w for w in re.findall(r"\b[a-z]{6,}\b", sentence) if w not in _NO_TOPIC and not w.endswith(("ing", "ed", "ly"))
    ]
    if not match or match["who"].split()[0] in NOT_NAMES or not topics:
        return None
    who, topic = match["who"].strip(), rng.choice(topics)
    forms = (
        f"What did {who} say about {topic}?",
        f"What does {who} say about the {topic}?",
        f"What is {who}'s view on {topic}?",
    )
    return Asked(rng.choice(forms), sentence)


def ask(sentence: str, rng: random.Random) -> Asked | None:
    """A question that the sentence answers, made from a random template; None if no template fits."""
    makers = [_ask_subject, _ask_count, _ask_inverted, _ask_said]
    rng.shuffle(makers)
    for maker in makers:
        asked = maker(sentence, rng)
        if asked and 4 <= len(asked.question.split()) <= 28:
            return asked
    return None


def spoil(question: str, story: Story, rng: random.Random) -> str | None:
    """Change one detail of the question so that its text no longer answers it; None if no detail can be changed.

    SQuAD 2 has unanswerable questions of this kind, written by people.
    """
    makers = [change_name, change_number, change_date, use_antonym, use_antonym]
    rng.shuffle(makers)
    for maker in [*makers, negate]:
        changed = maker(question, story, rng)
        if changed and changed.text != question:
            return changed.text
    return None
