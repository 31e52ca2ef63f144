"""Edits that keep a sentence true, one per function: they measure the false positives of the checks."""

from __future__ import annotations

import random
import re

from evals.planted.source import NAME, SAYS, Place, is_name

_ASIDE = re.compile(
    r",? (?:which|who|where) [^,;:“”\"]{8,60}(?=\.$)|, (?:on|in|at|after|before|during|since) [^,;:“”\"]{5,60}(?=\.$)"
)
_HINTS = re.compile(
    r"\b(?:may|might|could|not|n't|n’t|alleged|reported|likely|expected|said|says|according)\b", re.IGNORECASE
)
_HE_SAID = re.compile(r"(He|She) (?:also )?(?:said|added|told|says)\b")


def verbatim(at: Place, _chance: random.Random) -> str:
    """Return the sentence unchanged."""
    return at.sentence


def clause_dropped(at: Place, _chance: random.Random) -> str | None:
    """Remove the last aside, if it contains no word that limits or attributes the rest."""
    match = _ASIDE.search(at.sentence)
    if not match or _HINTS.search(match.group()) or match.start() < 40:
        return None
    return at.sentence[: match.start()] + at.sentence[match.end() :]


def pronoun_named(at: Place, _chance: random.Random) -> str | None:
    """Replace the pronoun of "He said" with the only speaker of the sentence before."""
    match = _HE_SAID.match(at.sentence)
    speakers = [m.group("name") or m.group("name2") for m in SAYS.finditer(at.before)]
    if not match or len(speakers) != 1 or not is_name(speakers[0]) or len(NAME.findall(at.before)) > 1:
        return None
    return speakers[0] + at.sentence[match.end(1) :]
