"""Events, and the later ones that undo them: "convicted", "cleared"; "closed", "reopened"; "imposed", "lifted".

Verb lemmas; a verb with a particle is written with a hyphen ("call-off"), a verdict with underscores. Compiled by hand.
"""

from __future__ import annotations

_GROUPS = (
    ("convict sentence condemn find_guilty", "clear acquit exonerate pardon overturn quash find_not_guilty"),
    ("jail imprison arrest detain", "release free acquit clear"),
    ("abduct kidnap", "release free"),
    ("charge indict accuse", "clear acquit drop exonerate find_not_guilty"),
    ("close shut", "reopen"),
    ("cancel suspend halt stop", "resume reinstate restart"),
    ("ban prohibit bar suspend", "lift reinstate"),
    ("impose introduce", "lift scrap repeal abolish"),
    ("approve adopt pass ratify", "overturn annul revoke repeal scrap quash veto"),
    ("reject", "approve"),
    ("announce plan propose launch", "scrap cancel abandon shelve call-off"),
    ("call begin start", "call-off avert"),
    ("agree sign", "collapse cancel terminate scrap"),
    ("resign dismiss sack fire oust", "reinstate reappoint"),
    ("miss", "find"),
    ("win set break", "annul strip disqualify"),
    ("grant award issue", "revoke annul withdraw suspend"),
    ("evacuate", "return"),
)

REVERSALS: dict[str, frozenset[str]] = {}
"""Lemma of a verb -> lemmas of verbs that undo it."""
for _events, _undoing in _GROUPS:
    for _event in _events.split():
        REVERSALS[_event] = REVERSALS.get(_event, frozenset()) | frozenset(_undoing.split())

_STATES = (
    ("guilty guilt innocent innocence", "convict sentence condemn find_guilty charge indict accuse jail imprison"),
    ("prison jail custody detention bars", "jail imprison arrest detain sentence convict find_guilty"),
)

STATES: dict[str, frozenset[str]] = {
    word: frozenset(events.split()) for words, events in _STATES for word in words.split()
}
"""Word of a question for a state -> lemmas of the verbs that tell how it came about."""
