"""Check that words the evidence reports from somebody stay with that speaker.

- another speaker: "The army said" against "The ministry said"
- no speaker: "Nine people died" against "Nine people died, police said"

The same speaker in other words is accepted where the evidence relates the two ("the mayor", "Anna Brandt, the mayor"),
and where one is a name and the other a role.

Leaves out: speakers that are pronouns on either side, and claims that share few words with the reported sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rag.checks.finding import Finding
from rag.language.names import TITLES, names_of, same_name
from rag.language.quotations import quoted_in
from rag.language.sentences import sentences_of
from rag.language.words import Word, lemma_of, words_of
from rag.lexicon import word_set
from rag.lexicon.light import EMPTY
from rag.lexicon.reporting import CLEAR, PRONOUNS, VERBISH
from rag.stance.attribution import find_attribution, reported_part
from rag.types import Attribution

# Words that do not count as shared content.
_EMPTY = EMPTY | word_set("say said says tell told")
# Documents, which may stand for their author.
_PAPERS = word_set("report study survey poll statement document paper article letter")
# Share of the claim's content words in a sentence for it to be a near copy.
_COPIED = 0.75
# Share of the claim's content words in a sentence for it to be the source of the claim.
_SHARED = 0.5


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Return a finding where the claim gives the words to another speaker, or to none."""
    theirs = _attributed(evidence)
    if not theirs:
        return ()
    said = find_attribution(claim)
    if said is None:
        return _dropped(claim, theirs, evidence)
    best = _best(claim, theirs)
    if said.speaker.lower() in PRONOUNS or any(_same_speaker(said, a, evidence) for _, a in best):
        return ()
    sentence, rival = best[0]
    if rival.speaker.lower() in PRONOUNS or not _rests_on(claim, said, sentence):
        return ()
    if not _are_alike(said, rival, evidence):
        return ()
    return (Finding("speakers", f"the evidence has this from {rival.speaker}, not from {said.speaker}", refutes=True),)


def _rests_on(claim: str, said: Attribution, sentence: str) -> bool:
    ours = _content(words_of(claim)) - _content(words_of(said.speaker))
    return len(ours & _content(words_of(sentence))) >= _SHARED * len(ours)


@lru_cache(maxsize=512)
def _attributed(evidence: str) -> tuple[tuple[str, Attribution], ...]:
    """Return each sentence of the evidence that reports somebody, with its attribution."""
    found = []
    before = ""
    for sentence in sentences_of(evidence):
        attribution = find_attribution(sentence, before)
        if attribution:
            found.append((sentence, attribution))
        before = sentence
    return tuple(found)


def _best(claim: str, theirs: Sequence[tuple[str, Attribution]]) -> list[tuple[str, Attribution]]:
    """Return the attributed sentences that share most content words with the claim, with all ties."""
    ours = _content(words_of(claim))
    ranked = sorted(theirs, key=lambda pair: -len(ours & _content(words_of(pair[0]))))
    top = len(ours & _content(words_of(ranked[0][0])))
    return [p for p in ranked if len(ours & _content(words_of(p[0]))) >= max(1, top)] or ranked[:1]


def _content(words: Sequence[Word]) -> set[str]:
    return {w.lemma for w in words if w.key not in _EMPTY}


def _same_speaker(ours: Attribution, theirs: Attribution, evidence: str) -> bool:
    if theirs.speaker.lower() in PRONOUNS:
        return False
    a, b = _keys(ours.speaker), _keys(theirs.speaker)
    if not a or not b or ours.speaker == theirs.speaker:
        return True
    if any(same_name(x, y) for x in a for y in b):
        return True
    return _go_together(a, b, evidence)


def _keys(speaker: str) -> set[str]:
    words = [w for w in words_of(speaker) if w.key not in _EMPTY]
    keys = {w.lemma for w in words if w.key not in TITLES} | {w.key for w in words if w.key not in TITLES}
    return keys or {w.lemma for w in words}


def _go_together(a: set[str], b: set[str], evidence: str) -> bool:
    """Whether the evidence relates the two: "President Zelensky", "Anna Brandt, the mayor".

    They must be within a few words, with no verb between them.
    """
    words = words_of(evidence)
    for i, word in enumerate(words):
        mine, its = _is_one(word, a), _is_one(word, b)
        if not mine and not its:
            continue
        for other in words[i + 1 : i + 7]:
            if other.sentence != word.sentence or other.key in VERBISH or other.key in CLEAR or other.key == "and":
                break
            if _is_one(other, b if mine else a):
                return True
    return False


def _is_one(word: Word, keys: set[str]) -> bool:
    return word.lemma in keys or word.key in keys


def _are_alike(ours: Attribution, theirs: Attribution, evidence: str) -> bool:
    """Whether both speakers are named, or neither is: a name and a role ("the minister") may be one person.

    A report may stand for its author where the evidence mentions a report.
    """
    if papers := {w.lemma for w in words_of(ours.speaker)} & _PAPERS:
        return not papers & {w.lemma for w in words_of(evidence)}
    # With a word before it, the first word of the speaker is not taken for the beginning of a sentence.
    return bool(names_of(f"said {ours.speaker}")) == bool(names_of(f"said {theirs.speaker}"))


def _dropped(claim: str, theirs: Sequence[tuple[str, Attribution]], evidence: str) -> tuple[Finding, ...]:
    """Find reported words that the claim states as fact.

    Only near copies count, and not where the claim has quotation marks.
    """
    if quoted_in(claim):
        return ()
    ours = _content(words_of(claim))
    if len(ours) < 3 or _stated_elsewhere(ours, theirs, evidence):
        return ()
    for sentence, attribution in theirs:
        reported = _content(words_of(reported_part(sentence))) - {w.lemma for w in words_of(attribution.speaker)}
        if not _names(claim, attribution.speaker) and len(ours & reported) >= _COPIED * len(ours):
            who = attribution.speaker
            return (Finding("speakers", f"the evidence has this only from {who}, the sentence states it as fact"),)
    return ()


def _names(claim: str, speaker: str) -> bool:
    """Whether the claim has the last word of the speaker's name, or half of its words.

    "US" alone is not the US Postal Service.
    """
    keys = [w.key for w in words_of(speaker) if w.key not in _EMPTY and w.key not in TITLES]
    held = [any(same_name(key, w.key) or w.lemma == lemma_of(key) for w in words_of(claim)) for key in keys]
    return bool(held) and (held[-1] or 2 * sum(held) >= len(held))


def _stated_elsewhere(ours: set[str], theirs: Sequence[tuple[str, Attribution]], evidence: str) -> bool:
    attributed = {sentence for sentence, _ in theirs}
    bare = [s for s in sentences_of(evidence) if s not in attributed]
    bare += [s.replace(reported_part(s), " ") for s in attributed]
    return any(len(ours & _content(words_of(s))) >= _COPIED * len(ours) for s in bare)
