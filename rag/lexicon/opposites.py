"""Pairs of words that say the opposite of each other, as news uses them."""

from __future__ import annotations

_PAIRS = """
rise fall|increase decrease|increase fall|rise drop|rise decline|increase drop|increase decline|grow shrink|gain lose|
win lose|victory defeat|up down|higher lower|high low|more less|more fewer|most least|above below|over under|before after|
accept reject|approve reject|agree disagree|agree refuse|support oppose|back oppose|allow ban|allow prohibit|permit forbid|
confirm deny|admit deny|open close|start end|begin end|begin finish|start stop|start finish|continue stop|join leave|
enter leave|arrive leave|arrive depart|attack defend|alive dead|survive die|succeed fail|success failure|strengthen weaken|
strong weak|improve worsen|better worse|best worst|good bad|guilty innocent|convict acquit|arrest release|hire fire|
buy sell|import export|raise lower|raise cut|increase cut|expand cut|add remove|add cut|first last|early late|earlier later|
safe dangerous|legal illegal|lawful unlawful|likely unlikely|able unable|possible impossible|include exclude|
present absent|true false|right wrong|same different|public private|north south|east west|northern southern|eastern western|
inside outside|male female|man woman|men women|son daughter|husband wife|father mother|brother sister|boy girl|
advance retreat|push pull|lead trail|majority minority|maximum minimum|optimistic pessimistic|positive negative|
praise criticize|praise criticise|welcome condemn|encourage discourage|lift impose|ease tighten|slow accelerate|
slow quicken|many few|always never|long short|large small|big small|rich poor|hot cold|warm cold|hard soft|heavy light|
old young|old new|ally enemy|friend enemy|peace war|offensive defensive|cheaper dearer|appear disappear|connect disconnect|
with without|all none|everyone nobody|pass fail|profit loss|surplus deficit|hopeful hopeless|daily weekly|
monthly yearly|domestic foreign|upper lower|left right|near far|ban lift|resume halt|resume suspend|extend shorten|
love hate|remember forget|deploy withdraw|recapture lose|capture lose|seize lose|seize release|build destroy|
increasing decreasing|rising falling|growing shrinking|winning losing|winner loser|ascend descend|recover deteriorate|
toward away|save spend|find lose|show hide|keep abandon|maintain abandon|permanent temporary|major minor|full empty|
""".replace("\n", "")


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for pair in filter(None, _PAIRS.split("|")):
        a, b = pair.split()
        table.setdefault(a, set()).add(b)
        table.setdefault(b, set()).add(a)
    return {word: frozenset(opposites) for word, opposites in table.items()}


OPPOSITES: dict[str, frozenset[str]] = _table()
"""Lemma (or form) -> its opposites."""
