"""Words that are in any two stories, and so show nothing of what a sentence is about."""

from __future__ import annotations

from rag.lexicon import word_set

LIGHT = word_set(
    "the a an of in on at to for and or by from with that be have it its their his her he she they we is are was were "
    "been has had will would this these those as who which there not no say said tell told people person man more "
    "than also one two after before over when where while into about some all new first last year day week month "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december report according could may might do would percent cent per crown dollar euro "
    "pound million billion"
)
