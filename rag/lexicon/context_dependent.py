"""Nouns and verbs that depend on the conversation: "the mayor", "the accident", "What did he say?".

A question with nothing but such words is a follow-up question. Nouns that identify a thing by themselves ("the drone")
are not listed.
"""

from __future__ import annotations

from rag.lexicon import word_set

ROLES = word_set(
    "minister president chancellor mayor governor councillor senator spokesman spokeswoman spokesperson official "
    "officer judge magistrate prosecutor lawyer attorney inspector investigator director chairman chairwoman "
    "chairperson chair manager chief boss head leader deputy secretary commissioner owner author editor publisher "
    "founder coach captain driver pilot player worker employee resident neighbour neighbor expert critic analyst "
    "opponent supporter member colleague successor predecessor candidate suspect culprit victim survivor witness "
    "man woman person boy girl child parent mother father brother sister wife husband widow son daughter friend "
    "client patient doctor engineer clerk"
)
"""Nouns for people by their role in relation to somebody or something named before."""

GROUPS = word_set(
    "government ministry parliament council court police army authority authorities company firm business "
    "operator maker builder party union federation association agency office department institute organisation "
    "organization group board committee crew staff team family people public media county state city town village "
    "country region"
)
"""Nouns for institutions and groups that occur in stories of every kind."""

GENERAL = word_set(
    "accident incident event disaster tragedy catastrophe affair case matter issue problem situation crisis "
    "question answer decision move step plan idea proposal measure project scheme story report news article paper "
    "newspaper statement comment claim figure number amount sum total share part half rest detail information "
    "evidence proof reason cause explanation purpose aim result outcome effect consequence impact damage loss "
    "toll dead injured missing price cost bill value size length height depth width weight age name date day "
    "night morning evening afternoon week weekend month year hour minute time moment place location site scene "
    "spot area building thing object kind type sort mistake error failure fault winner loser rival stock speed "
    "distance temperature level rate percentage margin score attendance turnout audience profit revenue turnover "
    "debt budget salary remark way side deadline penalty sentence trial verdict inquiry investigation search "
    "reaction response end start beginning repair rescue inspection funeral construction reconstruction "
    "demolition replacement compensation contractor delay resignation arrest recovery aftermath background "
    "difference alternative condition risk danger chance future past world first second third last next other "
    "others same former latter following previous only most least majority minority"
)
"""Nouns for something mentioned before, or for a property that needs an owner ("the price")."""

CONTINUING = word_set("next same other second third previous former latter final remaining further")
"""Adjectives that imply an earlier thing of the same kind: "the second trial"."""

SLIGHT = word_set(
    "say tell think react respond answer reply comment agree disagree deny admit know explain want vote mean "
    "decide do get give take make have need receive expect"
)
"""Verbs whose topic may be left out when it was mentioned before: "What did Brandt say?"."""
