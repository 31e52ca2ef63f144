"""Replies as text: for a terminal, and as Markdown to paste elsewhere."""

from __future__ import annotations

from rag.types import Abstention, Answer, Certainty, Citation, Claim, Reply, Withheld
from rag.wire import markers, searched_text
from ui import words
from ui.links import safe_link
from ui.text import fingerprint, one_line, visible


def terminal(reply: Reply) -> str:
    """The reply as lines for a terminal: sentences with markers, what was withheld, and the numbered sources."""
    match reply:
        case Answer():
            return "\n".join([*_claims(reply), *_conflicts(reply), *_withheld(reply.withheld), *_foot(reply)])
        case Abstention():
            return "\n".join([*_refusal(reply), *_withheld(reply.withheld), *_notes(reply)])


def markdown(reply: Reply, *, exact: bool = False) -> str:
    """The reply with its sources, for a mail or a document; every quote is exact.

    With ``exact`` each source also says which characters of which article it quotes, and the hash of the quote.
    """
    question = f"**{one_line(reply.question)}**"
    match reply:
        case Answer():
            claims = " ".join(visible(f"{claim.text} {markers(claim)}") for claim in reply.claims)
            sources = [_markdown_source(citation, exact=exact) for citation in reply.citations]
            return "\n\n".join([question, claims, f"*{words.standing(reply)}*", "\n".join(sources)])
        case Abstention():
            return "\n\n".join([question, f"{words.REASON[reply.reason]} Searched {searched_text(reply.searched)}."])


def _claims(answer: Answer) -> list[str]:
    return [f"{visible(claim.text)} {markers(claim)}{_manner(claim)}" for claim in answer.claims]


def _manner(claim: Claim) -> str:
    parts = [words.KIND[claim.kind]] if words.KIND[claim.kind] else []
    if claim.certainty is not Certainty.STATED:
        parts.append(words.CERTAINTY[claim.certainty])
    if speaker := words.unsaid_speaker(claim):
        parts.append(speaker)
    return f"  ({'; '.join(parts)})" if parts else ""


def _conflicts(answer: Answer) -> list[str]:
    cited = {citation.number: citation for citation in answer.citations}
    lines = []
    for conflict in answer.conflicts:
        about = f": {one_line(conflict.about)}" if conflict.about else ""
        lines += ["", f"{words.CONFLICT[conflict.kind]}{about}"]
        says = [f"{one_line(said)}, " for said in conflict.says] or [""] * len(conflict.citations)
        sides = zip(conflict.citations, says, strict=True)
        lines += [f"  [{number}] {said}{words.source(cited[number])}" for number, said in sides]
    return lines


def _withheld(withheld: tuple[Withheld, ...]) -> list[str]:
    if not withheld:
        return []
    lines = ["", f"{words.count(len(withheld), 'sentence')} {words.WITHHELD}:"]
    for held in withheld:
        reasons = "; ".join(one_line(reason) for reason in held.verdict.reasons)
        why = words.SUPPORT[held.verdict.support] + (f": {reasons}" if reasons else "")
        lines += [f"  - {one_line(held.text)}", f"    {why}"]
    return lines


def _foot(answer: Answer) -> list[str]:
    lines = [""]
    for citation in answer.citations:
        lines += [*_source(citation)]
    return [*lines, "", words.standing(answer), *_notes(answer)]


def _source(citation: Citation) -> list[str]:
    also = f" ({words.also_in(citation)})" if citation.also_in else ""
    head = f"[{citation.number}] {words.source(citation)}: {words.title(citation.title)}{also}"
    link = safe_link(citation.url)
    where = link or (visible(str(citation.path)) if citation.path else None)
    return [head, f"    “{one_line(citation.quote)}”", *([f"    {where}"] if where else [])]


def _refusal(reply: Abstention) -> list[str]:
    lines = [words.REASON[reply.reason], f"Searched {searched_text(reply.searched)}."]
    against = [citation for citation in reply.nearest if citation.number == reply.premise]
    near = [citation for citation in reply.nearest if citation not in against]
    if against:
        lines += ["", words.PREMISE, *(line for citation in against for line in _source(citation))]
    if near:
        lines += ["", f"{words.NEAREST}:"]
    for citation in near:
        lines += _source(citation)
    return lines


def _notes(reply: Reply) -> list[str]:
    return ["", *(one_line(note) for note in reply.trace.notes)] if reply.trace.notes else []


def _markdown_source(citation: Citation, *, exact: bool) -> str:
    link = safe_link(citation.url)
    address = f" <{link}>" if link else ""
    head = f"[{citation.number}] {words.title(citation.title)}. {words.source(citation)}.{address}"
    place = f"characters {citation.start} to {citation.end} of {one_line(citation.article_id)}"
    proof = f" ({place}; SHA-256 of the quote {fingerprint(citation.quote)})" if exact else ""
    return f"{head} “{visible(citation.quote)}”{proof}"
