"""Finds the speaker and the reporting verb of a sentence, in the source's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.phrases import first_verb, noun_phrase, of_sentence, without_lead
from rag.language.quotations import is_left_open, quoted_in
from rag.language.reported import antecedent_in, reported_in
from rag.language.sources import Reported
from rag.language.words import same_length, words_of
from rag.lexicon import word_set
from rag.lexicon.reporting import LEADS, OPENERS, PRONOUNS, QUOTING
from rag.types import Attribution

_RESOLVED = {"he", "she", "they", "it"}
_CONTINUATIONS = word_set("as though although while when and but")
_STARTS_WITH_DASH = re.compile(r"\s*[-–—] ")
_DASH_OPENS = re.compile(r"(?:^|[.!?…)\"])\s*[-–—] (?=[A-Z(\[])")
_QUOTING = QUOTING | {"“", "‘"}
_MAX_INSERTED = 3  # words of an inserted clause such as ", she said,"
_MIN_STATEMENT = 4  # words; a shorter text next to a dash is not treated as a statement
_UNNAMED = re.compile(
    r"^(?:it|this) (?:is|was|has been) (?:also |further |especially )?"
    r"(emphasi[sz]ed|stressed|noted|added|recalled|stated|specified|underlined|pointed out|reported) that\b",
    re.IGNORECASE,
)


def find_attribution(sentence: str, before: str = "", quotation: Sequence[str] = ()) -> Attribution | None:
    """The speaker quoted or reported in ``sentence``, or None if the sentence reports nobody.

    Args:
        sentence: the sentence to attribute.
        before: the previous sentence. A quotation that continues from it keeps its speaker, and the pronoun in
            "he said" is resolved to a speaker named there.
        quotation: if the sentence is part of a quotation of several sentences, the sentence before the quotation
            followed by all its sentences. They are all attributed to the speaker named at its start or end.
    """
    if quotation and not _names_another_speaker(sentence, quotation) and (speaker := _speaker_of(quotation)):
        return speaker
    found = reported_in(sentence)
    if found is None:
        earlier = reported_in(before) if before else None
        if earlier is None:
            return None
        unnamed = _UNNAMED.match(same_length(sentence))
        verb = unnamed.group(1) if unnamed else earlier.verb
        runs_on = unnamed or _continues_quotation(sentence, before, earlier)
        return Attribution(_as_printed(earlier.speaker, before), verb) if runs_on else None
    if found.speaker in {"he", "she"} and (
        named := _named_before(sentence, found) or _named_before_dash(sentence, found)
    ):
        return Attribution(_as_printed(named, sentence), found.verb)
    if before and found.speaker.lower() in _RESOLVED and not _has_own_subject(sentence, found):
        earlier = antecedent_in(before)
        if earlier and earlier.speaker.lower() not in PRONOUNS and not (_is_singular(found) and _is_plural(earlier)):
            return Attribution(_as_printed(earlier.speaker, before), found.verb)
    return Attribution(_as_printed(found.speaker, sentence), found.verb)


def _speaker_of(quotation: Sequence[str]) -> Attribution | None:
    """The speaker named at the start or end of a quotation, or else in the sentence before it."""
    before, first, *_, last = quotation
    said = next((sentence for sentence in (first, last) if reported_in(sentence)), first)
    return find_attribution(said, before)


def _names_another_speaker(sentence: str, quotation: Sequence[str]) -> bool:
    """Whether a different speaker is named: '“It will fall,” Lind said.' after Brandt's unclosed '“It is old.'."""
    first, own = reported_in(quotation[1]), reported_in(sentence)
    if first is None or own is None or not own.last or sentence[:1] not in _QUOTING:
        return False
    return own.speaker.lower() not in PRONOUNS and not set(first.speaker.split()) & set(own.speaker.split())


def _is_singular(found: Reported) -> bool:
    return found.speaker.lower() in {"he", "she"}


def _is_plural(found: Reported) -> bool:
    """Whether the speaker is plural ("officials"), so that "he" cannot refer to it."""
    last = found.speaker.split()[-1]
    is_one_of = found.speaker.lower().startswith(("one of", "a ", "an "))
    return last.islower() and last.endswith("s") and not last.endswith("ss") and not is_one_of


def _has_own_subject(sentence: str, found: Reported) -> bool:
    """Whether the pronoun may refer to a name in its own sentence: "The firm and Lind Ltd built it, and they said"."""
    words, pronoun = words_of(sentence), found.speaker
    at = next((i for i, w in enumerate(words) if w.text == pronoun), 0)
    if pronoun == "they":
        return any(w.capital and not w.initial for w in words[:at])
    own = without_lead([w for w in words[:at] if w.sentence == words[at].sentence])
    clause = [w for w in words if w.clause == words[at].clause]
    is_inserted = clause[0].start == words[at].start and len(clause) <= _MAX_INSERTED  # "The bridge, she said, is old."
    if found.last or is_inserted or pronoun not in {"he", "she"} or not own or sentence.lstrip()[:1] in _QUOTING:
        return False
    return own[0].capital and own[0].key not in OPENERS | PRONOUNS


def reported_part(sentence: str) -> str:
    """The reported or quoted part of a sentence, or the whole sentence if it reports nothing.

    For "The bridge shut after the mayor said it was unsafe" this is "it was unsafe".
    """
    found = reported_in(sentence)
    return sentence[found.part[0] : found.part[1]] if found else sentence


def _named_before(sentence: str, found: Reported) -> str | None:
    """The subject that a pronoun later in the same sentence refers to: "Anna Brandt wept as she said …"."""
    words = words_of(sentence)
    at = next(
        (i for i, w in enumerate(words) if w.text == found.speaker and i and words[i - 1].key in _CONTINUATIONS), 0
    )
    if sentence.lstrip()[:1] in _QUOTING:
        return None
    before = without_lead([w for w in words[:at] if w.sentence == words[at].sentence])
    if not before or before[0].key in OPENERS or before[0].key in PRONOUNS:
        return None
    verb = first_verb(before)
    if verb == len(before):  # no past form: "Brandt still runs it, but he says"
        verb = next((n for n, w in enumerate(before) if not w.capital), verb)
    named = noun_phrase(same_length(sentence), before[:verb])
    return named if named and any(w.capital and not w.initial for w in words_of(f"x {named}")) else None


def _named_before_dash(sentence: str, found: Reported) -> str | None:
    """The name before a dashed quotation closed by "- he said": "Brandt spoke of the bridge.- It is old - he said."."""
    plain = same_length(sentence)
    opened = _DASH_OPENS.search(plain, 1)
    if not found.last or not opened or opened.start() > found.part[1] or plain[0] in _QUOTING:
        return None
    words = words_of(sentence[: opened.start() + 1])
    named = of_sentence(plain, words, up_to=first_verb) if len(words) >= _MIN_STATEMENT else None
    if named and named.lower() in PRONOUNS:
        return None
    return named if named and any(w.capital and not w.initial for w in words_of(f"x {named}")) else None


def _as_printed(speaker: str, sentence: str) -> str:
    """The speaker as spelled in the source: with its original apostrophes, and with any hyphenated first part."""
    plain = same_length(sentence)
    at = plain.find(speaker)
    if at < 0:
        return speaker
    start = plain.rfind(" ", 0, at) + 1 if plain[at - 1 : at] == "-" and at > 1 else at
    return sentence[start if plain[start].isalpha() else at : at + len(speaker)]


def _continues_quotation(sentence: str, before: str, earlier: Reported) -> bool:
    """Whether the whole sentence is a quotation continued from the sentence before."""
    quotes, quotes_before = quoted_in(sentence), quoted_in(before)
    if _STARTS_WITH_DASH.match(sentence):
        return sentence.rstrip()[-1] not in _QUOTING  # "– The news –" is a headline
    if _ends_in_open_dash(before, earlier):
        return not quotes
    if is_left_open(before):
        return not quotes or quotes[0].start <= 1
    if (
        earlier.verb.startswith(("according", "per", "as "))
        and not earlier.last
        and not (quotes_before and quotes_before[0].start <= 1)
    ):
        return False
    rest = sentence[quotes[0].end + 1 :].strip() if len(quotes) == 1 else sentence
    if not quotes or rest not in {"", ".", "!", "?"} or not (rest or _is_full_sentence(quotes[0].text)):
        return False
    return quotes[0].start <= 1 or all(w.key in LEADS for w in words_of(sentence[: quotes[0].start]))


def _ends_in_open_dash(before: str, earlier: Reported) -> bool:
    """Whether ``before`` ends in a dashed quotation not yet followed by a speaker: "He was angry.- We will go."."""
    opened = [m.end() for m in _DASH_OPENS.finditer(same_length(before))]
    return bool(opened) and not earlier.last and len(before[opened[-1] :].split()) >= _MIN_STATEMENT


def _is_full_sentence(quoted: str) -> bool:
    """Whether the quoted text ends like a sentence, unlike a headline in quotation marks."""
    return quoted.rstrip(" '")[-1:] in {".", "!", "?", "…"}
