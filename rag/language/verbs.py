"""Where a word is a verb that reports what somebody says, and not the same form in another sense."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word
from rag.lexicon import word_set
from rag.lexicon.reporting import AMBIGUOUS, BASE, BE, CLEAR, LEADS, OPEN_QUESTION, PRONOUNS, VERBISH, WITH_THAT

_SOON = 5
_NOUN_LIKE = word_set("states found finds notes estimates calls shows")
_REJECTS = word_set("rejected rejects dismissed dismisses ridiculed ridicules mocked")
_CLAIMS = word_set("claims claim allegations allegation accusations accusation reports suggestions criticism that")
_CLAIMED = word_set("responsibility victory credit lives asylum compensation the")
_OPENS_CLAUSE = word_set("that he she they it we i the a an this there his her their its")
_WHOM = word_set("him her them us me president prime minister")
_TAKEN = word_set("one a any access entry bail visa visas permission victory the entrance")
_NEVER_BEFORE = word_set(
    "to not the a an its his her their of by in for with would will should can could may might must let did no any"
)


def reports(words: Sequence[Word], i: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """Whether the word is a finite reporting verb with somebody for its subject."""
    word = words[i]
    if (word.capital and not word.initial) or _is_no_verb(words, i) or _is_other_sense(words, i):  # the United States
        return False
    before = words[i - 1] if i and words[i - 1].clause == word.clause else None
    nxt = words[i + 1].key if i + 1 < len(words) else ""
    if word.key in WITH_THAT:
        return _opens_report(words, i, hidden)
    if word.key in CLEAR:
        quotes_after = any(a > word.start for a, _ in hidden)
        return _is_complete(word.key, nxt, quotes_after=quotes_after) and not _is_relative(words, i)
    if word.key in _REJECTS:  # a claim, and not a plan
        return bool({w.key for w in words[i + 1 : i + 3]} & _CLAIMS)
    if word.key in BASE and before and before.key.endswith("s") and not before.key.endswith("ss"):
        return True
    return word.key in AMBIGUOUS and (_closes(words, i) or _reports_here(before, word.key, nxt))


def _closes(words: Sequence[Word], i: int) -> bool:
    """The last word of the sentence, in a short clause of its own: "…, an agency's correspondent reports."."""
    if words[i].key in _NOUN_LIKE or (i + 1 < len(words) and words[i + 1].sentence == words[i].sentence):
        return False
    clause = [w for w in words[:i] if w.clause == words[i].clause]
    own = bool(clause) and any(w.sentence == words[i].sentence for w in words[: i - len(clause)])
    return own and 2 <= len(clause) <= 6 and not any(w.key in VERBISH for w in clause)


def _is_no_verb(words: Sequence[Word], i: int) -> bool:
    """What stands before shows that nobody says anything here: "to say", "is said", "the UN's claims"."""
    before = words[i - 1] if i and words[i - 1].clause == words[i].clause else None
    if before is None:
        return False
    is_owned = words[i].place == before.place + 2
    never = before.key in _NEVER_BEFORE or before.key in BE
    return never or is_owned or _is_passive(words, i) or _is_denied(words, i)


def _opens_report(words: Sequence[Word], i: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """A "that" soon after the verb, or a quotation in its sentence ("underlined …, describing it as 'one people'")."""
    after = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    soon = [w.key for w in after[:_SOON] if w.clause == words[i].clause]
    return "that" in soon or any(words[i].end <= a <= after[-1].end for a, _ in hidden if after)


def _is_denied(words: Sequence[Word], i: int) -> bool:
    """In "has not directly claimed" nothing is."""
    return i > 1 and words[i - 1].key.endswith("ly") and words[i - 2].key in {"not", "never"}


def _is_other_sense(words: Sequence[Word], i: int) -> bool:
    """The form has another sense here: a request, a deprivation, an adjective, or what somebody is let believe."""
    key, after = words[i].key, words[i + 1 : i + 1 + _SOON]
    nxt = after[0] if after else None
    match words[i].lemma:
        case "ask":
            is_question = any(w.key in OPEN_QUESTION for w in after) or bool(nxt and nxt.key in {"a", "the", "him"})
            return bool(nxt and nxt.clause == words[i].clause) and not is_question
        case "claim":
            return bool(nxt and nxt.key in _CLAIMED)
        case "deny":
            return deprives(words, i)
        case "allege":
            return key == "alleged" and bool(nxt) and not (nxt and (nxt.capital or nxt.key in _OPENS_CLAUSE))
        case "believe" | "think" | "fear" | "hope":
            earlier = {w.key for w in words[max(0, i - 3) : i]}
            return bool(earlier & {"let", "make", "makes", "made"}) or (
                key == "believed" and bool(nxt and nxt.key == "to")
            )
        case _:
            return False


def deprives(words: Sequence[Word], i: int) -> bool:
    """Of "denied him entry" and "denied Brandt one of her aims": nothing is said not to be so."""
    after = words[i + 1 : i + 7]
    if not after or not (after[0].capital or after[0].key in _WHOM):
        return False
    whom = next((n for n, w in enumerate(after) if not w.capital and w.key not in _WHOM), len(after))
    return whom < len(after) and after[whom].key in _TAKEN


def _is_complete(key: str, nxt: str, *, quotes_after: bool) -> bool:
    """Some verbs report only with their particle: "pointed out", "called for"; or "called it" with a quotation."""
    if key == "called":
        return nxt in {"on", "for"} or quotes_after
    return key != "pointed" or nxt == "out"


def _is_passive(words: Sequence[Word], i: int) -> bool:
    return i > 1 and words[i - 2].key in BE and words[i - 1].key.endswith("ly")


def _is_relative(words: Sequence[Word], i: int) -> bool:
    """The verb's object stands before it ("the date that he announced in March"), so nothing is reported."""
    opener = words[i - 2].key if i > 1 else ""
    nxt = words[i + 1].key if i + 1 < len(words) and words[i + 1].sentence == words[i].sentence else ""
    return opener in {"that", "which", "as", "what"} and words[i - 1].key in PRONOUNS and (not nxt or nxt in LEADS)


def _reports_here(before: Word | None, key: str, nxt: str) -> bool:
    if nxt == "that":  # "the ministry claims that", not "amid claims that"
        return bool(before) and not (
            before and (before.key in VERBISH or before.key in LEADS or before.key.endswith(("s", "ed")))
        )
    return (
        before is not None
        and key not in _NOUN_LIKE
        and (before.capital or before.key in PRONOUNS)
        and nxt not in {"of", "to"}
    )
