"""Words that occur in any two stories, and so do not show what a sentence is about."""

from __future__ import annotations

from rag.lexicon import word_set
from rag.lexicon.calendar import MONTHS, WEEKDAYS

EMPTY = word_set(
    "the a an of in on at to for and or by from with that be have it its their his her he she they we is are was were "
    "been has had will would this these those as who which there not no"
)
"""Function words."""

LIGHT = (
    EMPTY
    | frozenset((*WEEKDAYS, *MONTHS))
    | word_set(
        "say said tell told people person man more than also one two after before over when where while into about "
        "some all new first last year day week month report according could may might do would percent cent per crown "
        "dollar euro pound million billion"
    )
)
"""Lemmas that two stories can share without being about the same event: function words, times, common news words."""

STOP_WORDS = word_set(
    "a about above after again against all also am an and any are as at be because been before being below between "
    "both but by can could d did do does doing down during each few for from further had has have having he her here "
    "hers him his how i if in into is it its just ll m many me more most much my of off on once only or other our out "
    "over own re s same shall she should so some such t than that the their theirs them then there these they this "
    "those through to too under until up us ve very was we were what when where which while who whom whose why will "
    "with would you your according say says said tell told"
)
"""Function words and verbs of saying, which do not count in search and comparison; "not" is deliberately absent."""
