"""Find whose words a sentence reports, and which part of it they are.

Candidates, in the order in which they count:

- a reporting verb with its subject: "The mayor said that …" (``rag.language.verbs``, ``rag.language.subjects``)
- a speaker at the end of the sentence, who governs all of it: "…, his lawyer said" (``rag.language.closings``)
- a source without a reporting verb: "according to the ministry" (``rag.language.sources``)
- a participle: "Brandt rejected the plan, saying it was unsafe"

Leaves out: speakers named only in another sentence (``rag.stance.attribution``), all but one speaker of a sentence with
several, and "I", "we" and "you", whose identity the sentence does not tell.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache

from rag.language.closings import closing, ends_soon, inverted
from rag.language.complements import statement_follows
from rag.language.phrases import first_verb, is_acronym, is_adverb, of_sentence
from rag.language.quotations import quoted_in
from rag.language.sources import (
    BEFORE_CLOSING,
    Reported,
    according,
    as_said,
    colon,
    dashed,
    in_view_of,
    introduced,
    is_inside_quotation,
    is_rejected_description,
    quoted_as,
)
from rag.language.subjects import subject
from rag.language.verbs import anchor, opens_quotation, reports
from rag.language.words import Word, is_past, key_at, same_length, words_of
from rag.lexicon import word_set
from rag.lexicon.reporting import (
    BE,
    FINITE,
    LEADS,
    NO_SUBJECT,
    OPENERS,
    PRONOUNS,
    SAID_BY_IT,
    SKIPPED,
    TIMES,
    VERBISH,
)

# Participles of reporting verbs: "…, saying it was unsafe".
_SAYING = word_set(
    "saying adding warning arguing insisting noting claiming stressing explaining writing describing telling calling "
    "urging proclaiming declaring demanding condemning criticising criticizing accusing denying stating "
    "confirming announcing predicting emphasising emphasizing underlining reiterating acknowledging "
    "admitting conceding alleging promising pledging vowing cautioning asserting maintaining contending complaining "
    "lamenting joking recalling"
)
# Verbs by which a news agency reports another speaker: "…, the agency reports".
_OF_AGENCIES = {"reports", "reported", "informs", "informed", "writes"}
# Relative pronouns before a verb.
_OF_WHOM = {"who", "which", "that"}
# Pronouns whose person the sentence does not tell.
_UNKNOWN = {"i", "we", "you"}


@lru_cache(maxsize=1024)
def antecedent_in(sentence: str) -> Reported | None:
    """Return the speaker that "he" or "she" in the next sentence refers to, or None.

    That is the person reported, and not the news agency that reports it.
    """
    words = words_of(sentence)
    quotations = [(q.start, q.end) for q in quoted_in(sentence) if len(q.text.split()) > 1]
    found = [f for f in _all_reported(same_length(sentence), words, quotations) if f.verb not in _OF_AGENCIES]
    named = [f for f in found if f.speaker.lower() not in PRONOUNS]
    return named[0] if named and reported_in(sentence) and _is_by_agency(sentence) else reported_in(sentence)


def _is_by_agency(sentence: str) -> bool:
    found = reported_in(sentence)
    return found is not None and found.verb in _OF_AGENCIES


@lru_cache(maxsize=1024)
def reported_in(sentence: str) -> Reported | None:
    """Return whose words a sentence reports, or None where it names nobody."""
    plain = same_length(sentence)
    words = words_of(sentence)
    if not words:
        return None
    quotations = [(q.start, q.end) for q in quoted_in(sentence) if len(q.text.split()) > 1]
    reported = _main_speaker(_all_reported(plain, words, quotations))
    source = according(plain, words, quotations) or in_view_of(plain, words, quotations)
    if reported and source:
        # In "According to the general, … - he said" the general speaks. In "far more than the operator admitted,
        # according to the mayors" the source at the end governs the whole sentence.
        if reported.speaker.lower() in PRONOUNS:
            return source
        return reported if reported.last or not source.last else source
    found = reported or source or as_said(plain, words, quotations) or quoted_as(plain, words)
    found = found or _saying(plain, words, quotations) or colon(plain) or introduced(plain, words, quotations)
    found = found or dashed(plain, words)
    return found if found and found.speaker.lower() not in _UNKNOWN else None


def _main_speaker(found: Sequence[Reported]) -> Reported | None:
    """Choose the speaker of the whole sentence.

    One at the end governs the sentence ("…, his lawyer said on Friday"). Otherwise it is the first one that is not in a
    relative clause. "he" or "she" at the end gives way to an earlier name: "Brandt also said … - he added".
    """
    last = next((f for f in found if f.last), None)
    first = next((f for f in found if not f.aside), found[0] if found else None)
    if last and first and last.speaker in {"he", "she"} and first.speaker[0].isupper():
        return first if first.speaker.lower() not in PRONOUNS else last
    return last or first


def _all_reported(plain: str, words: Sequence[Word], quotations: Sequence[tuple[int, int]]) -> list[Reported]:
    """Return every reporting verb with its speaker, in order, the one after the last quotation included."""
    found: list[Reported] = []
    for i, word in enumerate(words):
        if is_inside_quotation(word.start, quotations) or is_rejected_description(words, i):
            continue
        if speaker_after := inverted(plain, words, i):
            found.append(Reported(speaker_after, word.text, (0, word.start), last=True))
        elif reports(words, i, quotations) and (before := _before_verb(plain, words, i, quotations)):
            found.append(before)
    if at_end := closing(plain, words, quotations):
        speaker, verb = at_end
        found.append(Reported(speaker, verb.text, (0, verb.start), last=True))
    return [f for f in found if f.speaker.lower() not in _UNKNOWN]


def _before_verb(plain: str, words: Sequence[Word], i: int, quotations: Sequence[tuple[int, int]]) -> Reported | None:
    word, at = words[i], anchor(words, i)
    verb = _with_particle(words, i) if word.key in {"pointed", "called", "summed"} else word.text
    follows = words[i + 1].key if i + 1 < len(words) else ""
    may_follow_which = (follows in FINITE or follows == "as") and opens_quotation(words, i)
    openers = {w.key for w in words[max(0, at - 3) : at] if w.key in _OF_WHOM and w.clause == word.clause}
    if _is_in_relative_clause(words, i, at, openers):
        return None
    speaker = subject(plain, words[:at], words[at], may_follow_which=may_follow_which)
    if speaker and not _is_nameable(speaker) and "who" not in openers:
        speaker = of_sentence(plain, [w for w in words[:at] if w.sentence == word.sentence])
    if not speaker or not _is_nameable(speaker) or (_is_nobody(speaker) and not _is_said_by_it(words, i)):
        return None
    start = plain.rfind(speaker, 0, word.start)
    if start >= 0 and plain[start + len(speaker) : words[at].start].strip() == "'s":
        speaker += "'s"  # "Wendy's said"
    closes = start > 0 and plain[:start].rstrip()[-1:] in BEFORE_CLOSING and ends_soon(words, i)
    quoted_before = closes and any(b <= word.start for _, b in quotations)
    part = (0, max(start, 0)) if closes else (word.end, len(plain))
    return Reported(speaker, verb, part, closes or quoted_before, bool(openers))


def _is_in_relative_clause(words: Sequence[Word], i: int, at: int, openers: Set[str]) -> bool:
    """Whether the verb is in a relative clause about something mentioned in passing.

    Examples are "on the report, which said" and "Brandt, who has denied it, was fined".
    """
    if at and words[at - 1].key == "which":
        return True
    return "who" in openers and _main_follows(words, i)


def _main_follows(words: Sequence[Word], i: int) -> bool:
    """Whether the main verb of the sentence comes after the clause of "who"."""
    after = [w for w in words[i + 1 :] if w.clause > words[i].clause and w.sentence == words[i].sentence]
    own = next((w for w in after if not (w.key in SKIPPED - BE or is_adverb(w))), None)
    return own is not None and own.clause == after[0].clause and (own.key in VERBISH or is_past(own))


def _is_nobody(speaker: str) -> bool:
    return speaker.lower() in NO_SUBJECT and not is_acronym(speaker)


def _is_nameable(speaker: str) -> bool:
    """Whether the text can name a speaker; not so "to date", "was" or "among"."""
    if is_acronym(speaker):
        return True
    keys = speaker.lower().split()
    return keys[0] not in OPENERS | BE | TIMES | {"to", "of", "whose"} and not set(keys) <= VERBISH | SKIPPED | LEADS


def _is_said_by_it(words: Sequence[Word], i: int) -> bool:
    """Whether "it" is an organisation that speaks ("it said"); "it suggests" may have no speaker."""
    subject_of = next((w.key for w in reversed(words[:i]) if not (w.key in SKIPPED or w.key.endswith("ly"))), "")
    return subject_of == "it" and words[i].key in SAID_BY_IT


def _with_particle(words: Sequence[Word], i: int) -> str:
    nxt = words[i + 1] if i + 1 < len(words) else None
    return f"{words[i].text} {nxt.text}" if nxt and nxt.key in {"out", "on", "for", "up"} else words[i].text


def _is_of_others(words: Sequence[Word], i: int) -> bool:
    """Whether the participle has its own subject: "…, with those on the left arguing that"."""
    return any(w.key == "with" and w.clause == words[i].clause for w in words[:i])


def _adds_words(words: Sequence[Word], i: int) -> bool:
    """Whether "adding" reports: "adding that", "adding: '…'"; not "adding to the cost"."""
    return key_at(words, i + 1) == "that" or opens_quotation(words, i) or statement_follows(words, i)


def _saying(plain: str, words: Sequence[Word], quotations: Sequence[tuple[int, int]]) -> Reported | None:
    """Return the sentence's subject for "Brandt rejected the plan, saying it was unsafe", or None."""
    for i, word in enumerate(words):
        if word.key not in _SAYING or is_inside_quotation(word.start, quotations) or not i:
            continue
        is_open = plain[words[i - 1].end : word.start].strip().startswith((",", "-", "–", "—"))
        if _is_of_others(words, i) or (word.lemma == "add" and not _adds_words(words, i)):
            continue
        follows = words[i + 1].key if i + 1 < len(words) else ""
        if not is_open and not (follows == "that" and words[i - 1].key not in {"by", "of", "in", "for", "worth"}):
            continue
        before = [w for w in words[:i] if w.sentence == word.sentence]
        has_verb = any(w.key in VERBISH or (n and is_past(w)) for n, w in enumerate(before))
        speaker = of_sentence(plain, before, up_to=first_verb) if has_verb else None
        is_somebody = speaker is not None and speaker.lower().split()[0] not in NO_SUBJECT
        if speaker and is_somebody and len(speaker.split()) < i:
            return Reported(speaker, word.text, (word.end, len(plain)))
    return None
