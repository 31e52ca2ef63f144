"""Light rewrites of a sentence that keep its meaning, to generate supported claims."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from rag.evidence.training.words import SYNONYMS

_PRONOUN_OPENERS = ("He ", "She ", "They ", "It ", "His ", "Her ", "Their ", "Its ")
_SYNONYM = re.compile(
    r"(?<![\w’'-])(" + "|".join(map(re.escape, sorted(SYNONYMS, key=len, reverse=True))) + r")(?![\w’'-])"
)


def swap_synonyms(sentence: str, rng: random.Random) -> str:
    """Replace up to three words by near synonyms."""
    matches = list(_SYNONYM.finditer(sentence))
    rng.shuffle(matches)
    for match in sorted(matches[: rng.randint(1, 3)], key=lambda m: -m.start()):
        word = rng.choice(SYNONYMS[match.group(1)])
        sentence = sentence[: match.start()] + word + sentence[match.end() :]
    return sentence


def drop_relative_clause(sentence: str, rng: random.Random) -> str:
    """Remove one ", who …," or ", which …," clause, or one bracketed remark."""
    matches = list(re.finditer(r", (?:who|which|whose|where|a|an|the former) [^,.;“”\"]{8,90},", sentence))
    matches += list(re.finditer(r"(?= [(–—-])(?: \([^)]{3,80}\)| [–—-] [^–—.;“”\"]{8,90} [–—-])", sentence))
    if not matches:
        return sentence
    match = rng.choice(matches)
    return sentence[: match.start()] + sentence[match.end() :]


def drop_opening(sentence: str, rng: random.Random) -> str:  # noqa: ARG001  (a common signature)
    """Remove a leading adverbial such as "On Monday," or "However,"."""
    match = re.match(
        r"(?:On|In|After|Before|Since|During|Meanwhile|However|Also|But|And|Earlier|Last|This|At|As)[^,.“”\"]{0,60}, ",
        sentence,
    )
    rest = sentence[match.end() :] if match else ""
    return rest[:1].upper() + rest[1:] if len(rest.split()) >= 6 else sentence


def move_opening(sentence: str, rng: random.Random) -> str:  # noqa: ARG001
    """Move a leading adverbial to the end: "On Monday, Cole left." becomes "Cole left on Monday."."""
    match = re.match(r"((?:On|In|During|Since|After|Last|Earlier)[^,.“”\"]{3,50}), ([^“”\"]+)([.])$", sentence)
    if not match or match[2].startswith(_PRONOUN_OPENERS) or len(match[2].split()) < 5 or "," in match[2]:
        return sentence
    return f"{match[2][:1].upper()}{match[2][1:]} {match[1][:1].lower()}{match[1][1:]}{match[3]}"


def drop_tail(sentence: str, rng: random.Random) -> str:  # noqa: ARG001
    """Remove the last clause, unless it is an attribution: a faithful sentence keeps who said it."""
    match = re.search(
        r"(?:, (?:as|while|which|who|with|after|where|although|adding|including)|; ) ?[^“”\"]{10,140}[.]$", sentence
    )
    head = sentence[: match.start()] if match else ""
    keeps_speaker = not match or not re.search(r"\b(said|say|says|told|according|alleg|report|claim)", match[0])
    return head + "." if len(head.split()) >= 6 and keeps_speaker else sentence


def shorten_name(sentence: str, rng: random.Random) -> str:
    """Shorten a full name to the last name: "Volodymyr Zelensky" becomes "Zelensky"."""
    matches = list(
        re.finditer(
            r"(?<![.\w] )\b[A-Z][a-z]+ ([A-Z][a-z]{3,})(?= (?:said|says|told|was|is|has|had|will|and|to))", sentence
        )
    )
    if not matches:
        return sentence
    match = rng.choice(matches)
    return sentence[: match.start()] + match[1] + sentence[match.end() :]


def turn_quote(sentence: str, rng: random.Random) -> str:  # noqa: ARG001
    """Move the speaker before the quotation: "“We won,” Smith said." becomes "Smith said: “We won.”"."""
    match = re.match(r"[“\"]([^”\"]{10,}),[”\"] ((?:[A-Z][\w.’'-]+ ?){1,4}) (said|added|told \w+)[.]$", sentence)
    return f"{match[2]} {match[3]}: “{match[1]}.”" if match else sentence


def turn_passive(sentence: str, rng: random.Random) -> str:  # noqa: ARG001
    """Turn the passive of a regular verb into the active: "X was arrested by Y." becomes "Y arrested X."."""
    match = re.match(r"([A-Z][^,.“”\"]{2,50}) (?:was|were) (\w+ed) by ([^,.“”\"]{3,50})([.])$", sentence)
    if not match or re.search(r"\b(who|which|that|and|[Hh]e|[Ss]he|[Tt]hey)\b", match[1]):
        return sentence
    subject = match[3][:1].upper() + match[3][1:]
    patient = match[1] if re.match(r"(?:[A-Z]\w+ ?){2,}$", match[1]) else match[1][:1].lower() + match[1][1:]
    return f"{subject} {match[2]} {patient}{match[4]}"


REWRITES: tuple[Callable[[str, random.Random], str], ...] = (
    swap_synonyms,
    drop_relative_clause,
    drop_opening,
    move_opening,
    drop_tail,
    shorten_name,
    turn_quote,
    turn_passive,
)


def rewrite(sentence: str, rng: random.Random) -> str:
    """Apply up to four random rewrites, and sometimes another round of synonyms; one time in four, change nothing."""
    chosen = rng.sample(REWRITES, k=rng.choice((0, 2, 3, 4)))
    for change in chosen:
        sentence = change(sentence, rng)
    if chosen and rng.random() < 0.5:
        sentence = swap_synonyms(sentence, rng)
    return sentence
