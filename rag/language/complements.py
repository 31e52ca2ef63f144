"""What stands behind a verb that makes it a report: "that", a quotation, a statement, whom or what about."""

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

_NEAR = 12
_SOON = 5
_REJECTS = word_set("rejected rejects dismissed dismisses ridiculed ridicules mocked disputed disputes refuted refutes")
_CLAIMS = word_set(
    "comments remarks idea "
    "claims claim allegations allegation accusations accusation reports report suggestions suggestion criticism that"
)
_URGES = word_set("pressed implored begged exhorted lobbied petitioned pressured beseeched")
_REFERS = {"referred", "refers"}
_TALKS = word_set("talked spoke talks speaks") | _REFERS
_VOICES = word_set("voiced voices expressed expresses")
_STANCES = word_set(
    "intention determination commitment support opposition belief hope concern readiness willingness confidence desire "
    "solidarity appreciation gratitude refusal"
)
_HOLDS = word_set(
    "feel feels felt worry worried worries assume assumes assumed agree agreed agrees dreads anticipates anticipated "
    "maintain maintains maintained imagines reminded assured assures informed notified alerted boasted concerned "
    "highlighted highlights underlined underscored advised echoed reminds"
)
_RAISED = word_set("prospect possibility spectre specter concern concerns doubt doubts fears alarm")
_OWN = word_set("his her its their")


def by_what_follows(words: Sequence[Word], i: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """Verbs that report with the right words behind them: "that", a quotation, a statement, whom or what about."""
    word, nxt = words[i], key_at(words, i + 1)
    if word.key in _TALKS:
        is_named = nxt == "to" and word.key in _REFERS and any(w.key == "as" for w in words[i + 1 :])
        return (is_named or nxt in {"of", "about"}) and any(a > word.start for a, _ in hidden)
    if word.key in _VOICES and any(w.clause == word.clause and w.key not in LEADS for w in words[i + 1 : i + 2]):
        return True
    if word.key in _URGES and any(w.key == "to" and w.clause == word.clause for w in words[i + 2 : i + 16]):
        return True
    if word.key in _REJECTS:  # a claim, and not a plan
        return bool({w.key for w in words[i + 1 : i + 3]} & _CLAIMS)
    if word.key in WITH_THAT and _opens_report(words, i, hidden):
        return True
    return _says_that(words, i) or _takes_stance(words, i) or _is_finding(words, i) or _asks_how(words, i)


def _asks_how(words: Sequence[Word], i: int) -> bool:
    """Of "asked officials how it fell"; "when asked how" is nobody's question."""
    if words[i].key != "asked" or not i or words[i - 1].clause != words[i].clause or words[i - 1].key in LEADS | BE:
        return False
    return any(w.key in OPEN_QUESTION and w.clause == words[i].clause for w in words[i + 1 : i + 1 + _SOON])


def _is_finding(words: Sequence[Word], i: int) -> bool:
    """In "the survey showed that"; "the road showed that" is nobody's report."""
    is_found = words[i].key in FINDING and (key_at(words, i + 1) == "that" or statement_follows(words, i))
    return is_found and any(w.key in SOURCES for w in words[max(0, i - _NEAR) : i])


def _takes_stance(words: Sequence[Word], i: int) -> bool:
    """In "declared its intention to join" and "raised the prospect of a strike"."""
    after = [w.key for w in words[i + 1 : i + 4]]
    if words[i].key in {"raised", "raises", "cast", "casts"} and _RAISED & set(after):
        return True
    return (
        words[i].key in CLEAR | WITH_THAT and after[:1] != [] and after[0] in _OWN and bool(_STANCES & set(after[1:]))
    )


def _says_that(words: Sequence[Word], i: int) -> bool:
    """Any past form right before "that" and a statement: "cheered that the aid came"."""
    after = [w for w in words[i + 1 : i + 3] if w.clause == words[i].clause]
    opens = len(after) == 2 and after[0].key == "that" and after[1].key not in FINITE
    return opens and is_past(words[i]) and words[i].lemma not in NO_SAYING


def statement_follows(words: Sequence[Word], i: int) -> bool:
    """A subject and its verb, without "that": "feel they can", "is convinced the talks will"."""
    after = [w for w in words[i + 1 : i + 10] if w.clause == words[i].clause and w.sentence == words[i].sentence]
    if not after or after[0].key in LEADS or after[0].key in OPENERS or after[0].key == "to":
        return False
    verb = next((n for n, w in enumerate(after) if n and w.key in FINITE), None)
    return verb is not None and not {"who", "which", "that"} & {w.key for w in after[:verb]}


def _opens_report(words: Sequence[Word], i: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """A "that" soon after the verb, or a quotation in its sentence ("underlined …, describing it as 'one people'")."""
    after = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    soon = [w.key for w in after[:_SOON] if w.clause == words[i].clause]
    if words[i].key == "informed" and {"about", "of"} & set(soon):
        return True
    if [w.key for w in after[:2]] == ["however", "that"] or (words[i].key in _HOLDS and statement_follows(words, i)):
        return True
    return "that" in soon or any(words[i].end <= a <= after[-1].end for a, _ in hidden if after)
