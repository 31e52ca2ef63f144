"""Detects sentences on a namesake of what a question asks about: another mayor, another party.

- "Who is the mayor of Brod?" is not answered by "Ilse Brandt, the mayor of Velden", nor by "Velden's mayor".
- "What percentage did the Red Party get?" is not answered by "The Blue Party got 43 percent".

Left out, because the sentence may still answer: those that mention the name asked about in any form, or the office or
the noun once more without a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.language.names import TITLES, Name, is_owner, names_of, same_name
from rag.language.phrases import is_adverb
from rag.language.words import Word, is_common, is_past, words_of
from rag.lexicon import word_set
from rag.lexicon.light import STOP_WORDS
from rag.question.asked_details import asked_sentence

_BEFORE_OFFICES = word_set("prime vice deputy former foreign defense defence state interior finance home")
_OFFICES = TITLES - _BEFORE_OFFICES - word_set("mr mrs ms dr sir miss dame lord lady jr sr the tv") | word_set(
    "head leader captain owner founder manager editor bishop spokesman spokeswoman spokesperson chairperson boss"
)
_OF = word_set("of in at for")
_BETWEEN = word_set("the town city village county port of")  # "of the town of Brod"
_REACH = 3  # words between a possessive and the office: "Brod's former deputy mayor"
_OPENING = 2  # words before the name that is a sentence's subject: "But the Blue Party"


@dataclass(frozen=True, slots=True)
class _Held:
    """A noun and the folded words of the name that says which: ("mayor", ("brod",)), ("party", ("red",))."""

    noun: str
    keys: tuple[str, ...]

    def is_other(self, other: _Held) -> bool:
        """Whether the noun is the same, and no word of the names."""
        ours, theirs = ({*one.keys, "".join(one.keys)} for one in (self, other))
        return self.noun == other.noun and not any(same_name(a, b) for a in ours for b in theirs)


def is_of_namesake(question: str, sentence: str) -> bool:
    """Whether the sentence is about another one of the same kind than the question names."""
    question = asked_sentence(question)
    offices, kinds = _offices(question), _kinds(names_of(question))
    return (bool(offices) and _tells_of_others(offices, _offices(sentence), sentence)) or (
        bool(kinds) and _tells_of_others(kinds, _kinds(_subjects(sentence)), sentence)
    )


def _tells_of_others(asked: Sequence[_Held], told: Sequence[_Held], sentence: str) -> bool:
    """Whether, of a thing asked about, the sentence has only others, and mentions its noun no further time."""
    words = words_of(sentence)
    for one in asked:
        others = [other for other in told if other.is_other(one)]
        is_named = any(same_name(key, said) for key in one.keys for word in words for said in (word.key, word.lemma))
        if others and not is_named and len(others) == sum(word.lemma == one.noun for word in words):
            return True
    return False


def _offices(text: str) -> list[_Held]:
    """The offices that are said with the name of a place or body."""
    words = words_of(text)
    return [held for name in names_of(text) for held in _offices_of(name, words, text)]


def _offices_of(name: Name, words: Sequence[Word], text: str) -> Iterator[_Held]:
    """The office of a name: "mayor of Brod", "Brod's mayor", "Brod mayor", "Brod Mayor Tom Ek"."""
    offices = [n for n, word in enumerate(name.words) if word.lemma in _OFFICES]
    if offices:  # "Prime Minister of Tervania", "Brod Mayor Tom Ek"
        rest = name.words[offices[-1] + 1 :]
        named = rest if rest and rest[0].key == "of" else name.words[: offices[0]]
        keys = tuple(word.key for word in named if word.key not in TITLES | _BETWEEN)
        yield from [_Held(name.words[offices[-1]].lemma, keys)] if keys else []
        return
    first, last = words.index(name.words[0]), words.index(name.words[-1])
    keys = name.keys
    after = [word for word in words[last + 1 : last + 2 + _REACH] if word.clause == words[last].clause]
    office = next((n for n, word in enumerate(after) if word.lemma in _OFFICES), None)
    owned = is_owner(name, text)
    if office is not None and all(_may_lead(word, owned=owned) for word in after[:office]):
        yield _Held(after[office].lemma, keys)
    of = first - 1
    while of > 0 and words[of].key in _BETWEEN:
        of -= 1
    of += words[of].key not in _OF
    if 0 < of < first and words[of].key in _OF and words[of - 1].lemma in _OFFICES:
        yield _Held(words[of - 1].lemma, keys)


def _may_lead(word: Word, *, owned: bool) -> bool:
    """Whether a word may stand between a name and its office; any noun may if the name is a possessive."""
    return word.key in TITLES or is_adverb(word) or (owned and word.key not in STOP_WORDS and not is_past(word))


def _kinds(names: Sequence[Name]) -> list[_Held]:
    """Names that end in an ordinary word that says what they are: "Red Party", "Corvin Bank"."""
    return [
        _Held(name.words[1].lemma, (name.words[0].key,))
        for name in names
        if len(name.words) == 2 and is_common(name.words[1].key) and not any(word.key in TITLES for word in name.words)
    ]


def _subjects(sentence: str) -> list[Name]:
    """The name at the beginning of the sentence, if any."""
    words = words_of(sentence)
    return [name for name in names_of(sentence) if words.index(name.words[0]) <= _OPENING]
