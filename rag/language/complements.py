"""Decide by the words after a verb whether it reports what somebody says.

- "that": "cheered that the aid came", "the survey showed that prices fell"
- a statement without "that": "feel they can", "is convinced the talks will"
- a quotation: "underlined their bond, describing it as 'one people'", "spoke of 'a disaster'"
- a rejected claim: "dismissed the allegations" (but not "rejected the plan")
- an appeal: "pressed the mayor to resign"
- a stance: "declared its intention to join", "raised the prospect of a strike"
- an open question: "asked officials how it fell"

Leaves out: verbs that report by themselves (``rag.language.verbs``), and any verb not in the lists below or in
``rag.lexicon.reporting`` unless it is a past form right before "that".
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word, is_past, key_at
from rag.lexicon import word_set
from rag.lexicon.reporting import (
    BE,
    CLEAR,
    FINDING,
    FINITE,
    LEADS,
    NO_SAYING,
    OPEN_QUESTION,
    OPENERS,
    SOURCES,
    WITH_THAT,
)

# Words before a verb of finding in which its source ("survey", "footage") must be.
_NEAR = 12
# Words after a verb in which "that" or a question word must be.
_SOON = 5
# Verbs that report where their object is a claim.
_REJECTS = word_set("rejected rejects dismissed dismisses ridiculed ridicules mocked disputed disputes refuted refutes")
# Objects of such a verb that are claims.
_CLAIMS = word_set(
    "comments remarks idea "
    "claims claim allegations allegation accusations accusation reports report suggestions suggestion criticism that"
)
# Verbs of appeal, which report with an object and "to".
_URGES = word_set("pressed implored begged exhorted lobbied petitioned pressured beseeched")
# Forms of "refer", which report with "to … as" and a quotation.
_REFERS = {"referred", "refers"}
# Verbs that report with "of" or "about" and a quotation.
_TALKS = word_set("talked spoke talks speaks") | _REFERS
# Verbs that report with any object: "voiced concern".
_VOICES = word_set("voiced voices expressed expresses")
# Objects after "its" or "their" that are a stance: "expressed its support".
_STANCES = word_set(
    "intention determination commitment support opposition belief hope concern readiness willingness confidence desire "
    "solidarity appreciation gratitude refusal"
)
# Verbs that report with a statement without "that".
_HOLDS = word_set(
    "feel feels felt worry worried worries assume assumes assumed agree agreed agrees dreads anticipates anticipated "
    "maintain maintains maintained imagines reminded assured assures informed notified alerted boasted concerned "
    "highlighted highlights underlined underscored advised echoed reminds"
)
# Objects of "raise" and "cast" that are a view: "raised the prospect", "cast doubt".
_RAISED = word_set("prospect possibility spectre specter concern concerns doubt doubts fears alarm")
# Possessives before a stance.
_OWN = word_set("his her its their")


def by_what_follows(words: Sequence[Word], i: int, quotations: Sequence[tuple[int, int]]) -> bool:
    """Whether the words after verb number ``i`` show that it reports.

    ``quotations`` are the (start, end) offsets of the quotations in the text.
    """
    word, nxt = words[i], key_at(words, i + 1)
    if word.key in _TALKS:
        is_named = nxt == "to" and word.key in _REFERS and any(w.key == "as" for w in words[i + 1 :])
        return (is_named or nxt in {"of", "about"}) and any(a > word.start for a, _ in quotations)
    if word.key in _VOICES and any(w.clause == word.clause and w.key not in LEADS for w in words[i + 1 : i + 2]):
        return True
    if word.key in _URGES and any(w.key == "to" and w.clause == word.clause for w in words[i + 2 : i + 16]):
        return True
    if word.key in _REJECTS:  # "rejected the claims", but not "rejected the plan"
        return bool({w.key for w in words[i + 1 : i + 3]} & _CLAIMS)
    if word.key in WITH_THAT and _opens_report(words, i, quotations):
        return True
    return _says_that(words, i) or _takes_stance(words, i) or _is_finding(words, i) or _asks_how(words, i)


def _asks_how(words: Sequence[Word], i: int) -> bool:
    """Whether "asked" reports a question: "asked officials how it fell"; not "when asked how"."""
    if words[i].key != "asked" or not i or words[i - 1].clause != words[i].clause or words[i - 1].key in LEADS | BE:
        return False
    return any(w.key in OPEN_QUESTION and w.clause == words[i].clause for w in words[i + 1 : i + 1 + _SOON])


def _is_finding(words: Sequence[Word], i: int) -> bool:
    """Whether a source finds something: "the survey showed that"; not "the road showed that"."""
    is_found = words[i].key in FINDING and (key_at(words, i + 1) == "that" or statement_follows(words, i))
    return is_found and any(w.key in SOURCES for w in words[max(0, i - _NEAR) : i])


def _takes_stance(words: Sequence[Word], i: int) -> bool:
    """Whether the object is a stance: "declared its intention to join", "raised the prospect of a strike"."""
    after = [w.key for w in words[i + 1 : i + 4]]
    if words[i].key in {"raised", "raises", "cast", "casts"} and _RAISED & set(after):
        return True
    return (
        words[i].key in CLEAR | WITH_THAT and after[:1] != [] and after[0] in _OWN and bool(_STANCES & set(after[1:]))
    )


def _says_that(words: Sequence[Word], i: int) -> bool:
    """Whether a past form comes right before "that" and a statement: "cheered that the aid came"."""
    after = [w for w in words[i + 1 : i + 3] if w.clause == words[i].clause]
    opens = len(after) == 2 and after[0].key == "that" and after[1].key not in FINITE
    return opens and is_past(words[i]) and words[i].lemma not in NO_SAYING


def statement_follows(words: Sequence[Word], i: int) -> bool:
    """Whether a subject and a finite verb follow without "that": "feel they can", "is convinced the talks will"."""
    after = [w for w in words[i + 1 : i + 10] if w.clause == words[i].clause and w.sentence == words[i].sentence]
    if not after or after[0].key in LEADS or after[0].key in OPENERS or after[0].key == "to":
        return False
    verb = next((n for n, w in enumerate(after) if n and w.key in FINITE), None)
    return verb is not None and not {"who", "which", "that"} & {w.key for w in after[:verb]}


def _opens_report(words: Sequence[Word], i: int, quotations: Sequence[tuple[int, int]]) -> bool:
    """Whether "that" follows within a few words, or a quotation within the sentence.

    An example of the latter is "underlined their bond, describing it as 'one people'".
    """
    after = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    soon = [w.key for w in after[:_SOON] if w.clause == words[i].clause]
    if words[i].key == "informed" and {"about", "of"} & set(soon):
        return True
    if [w.key for w in after[:2]] == ["however", "that"] or (words[i].key in _HOLDS and statement_follows(words, i)):
        return True
    return "that" in soon or any(words[i].end <= a <= after[-1].end for a, _ in quotations if after)
