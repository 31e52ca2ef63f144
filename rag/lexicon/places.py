"""Adjectives, peoples and other spellings of place names that no spelling rule relates to the place.

``rag.language.names.same_name`` handles regular pairs ("Russia", "Russian") by their endings.
"""

from __future__ import annotations

# Words for one place or person, one group a line; the first word represents the group.
_GROUPS = (
    "us usa america american americans washingtonian unitedstates",
    "uk britain british briton britons unitedkingdom",
    "eu european europe europeans europeanunion",
    "un unitednations",
    "uae emirates emirati emiratis",
    "france french frenchman frenchmen frenchwoman",
    "germany german germans",
    "netherlands dutch holland",
    "switzerland swiss",
    "denmark danish dane danes",
    "sweden swedish swede swedes",
    "finland finnish finn finns",
    "poland polish pole poles",
    "spain spanish spaniard spaniards",
    "turkey turkish turk turks turkiye",
    "greece greek greeks",
    "ireland irish irishman",
    "scotland scottish scot scots scotsman",
    "wales welsh welshman",
    "england english englishman",
    "norway norwegian norwegians",
    "iceland icelandic icelander",
    "philippines filipino filipinos philippine",
    "thailand thai thais",
    "iraq iraqi iraqis",
    "israel israeli israelis",
    "pakistan pakistani pakistanis",
    "afghanistan afghan afghans",
    "kazakhstan kazakh kazakhs",
    "uzbekistan uzbek uzbeks",
    "china chinese",
    "japan japanese",
    "cyprus cypriot cypriots",
    "croatia croatian croat croats",
    "serbia serbian serb serbs",
    "slovakia slovak slovaks",
    "czechia czech czechs",
    "peru peruvian peruvians",
    "argentina argentine argentines argentinian",
    "new zealand kiwi",
    "kyiv kiev",
    "odesa odessa",
    "kharkiv kharkov",
    "lviv lvov",
    "zelensky zelenskyy zelenskiy zelenski",
    "quran koran",
    "beijing peking",
    "mumbai bombay",
)

SAME: dict[str, str] = {word: group.split()[0] for group in _GROUPS for word in group.split()}
"""Folded word -> the word that represents its group."""

# Regular endings of adjectives of origin.
_ENDINGS = ("ian", "ish", "ese", "ean")
# Adjectives of origin without such an ending that are frequent before reporting nouns: "German reports".
_DEMONYMS = frozenset(
    [
        "american",
        "french",
        "german",
        "dutch",
        "swiss",
        "thai",
        "iraqi",
        "israeli",
        "pakistani",
        "afghan",
        "czech",
        "greek",
        "western",
        "eastern",
    ]
)


def is_demonym(key: str) -> bool:
    """Whether a folded word is an adjective of origin: "russian", "french"."""
    return key in _DEMONYMS or (len(key) > len("asian") and key.endswith(_ENDINGS))
