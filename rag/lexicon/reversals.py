"""Events, and the later ones that undo them: "convicted", "cleared"; "closed", "reopened"; "imposed", "lifted".

Verb lemmas; a verb with a particle is written with a hyphen ("call-off"). Compiled by hand.
"""

from __future__ import annotations

_GROUPS = (
    ("convict sentence condemn", "clear acquit exonerate pardon overturn quash"),
    ("jail imprison arrest detain", "release free acquit clear"),
    ("charge indict accuse", "clear acquit drop exonerate"),
    ("close shut", "reopen"),
    ("cancel suspend halt stop", "resume reinstate restart"),
    ("ban prohibit bar suspend", "lift reinstate"),
    ("impose introduce", "lift scrap repeal abolish"),
    ("approve adopt pass ratify", "overturn annul revoke repeal scrap quash"),
    ("reject", "approve"),
    ("announce plan propose launch", "scrap cancel abandon shelve call-off"),
    ("call begin start", "call-off avert"),
    ("agree sign", "collapse cancel terminate scrap"),
    ("resign dismiss sack fire", "reinstate"),
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
