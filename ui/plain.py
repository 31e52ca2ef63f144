"""Replies as plain text for a terminal, and as Markdown to paste elsewhere."""

from __future__ import annotations

import re

from rag.types import Abstention, Answer, Certainty, Citation, Claim, Conflict, Reply, Withheld
from rag.wire import markers, refusal_lead, shown_text
from ui import words
from ui.links import safe_link
from ui.text import fingerprint, one_line, visible

_ACTIVE_MARKDOWN = re.compile(r"(?=[<\\])|(?<=!)(?=\[)|(?<=\])(?=[(\[])")
"""Positions where Markdown would start a tag, an image or a link; a backslash there is not rendered."""


def terminal(reply: Reply) -> str:
    """Format the reply for a terminal: sentences with markers, withheld sentences and the numbered sources."""
    match reply:
        case Answer():
            return "\n".join([*_claims(reply), *_conflicts(reply), *_withheld(reply.withheld), *_foot(reply)])
        case Abstention():
            return "\n".join([*_refusal(reply), *_withheld(reply.withheld), *_notes(reply)])


def markdown(reply: Reply, *, exact: bool = False) -> str:
    """Format the reply with its sources as Markdown; every rendered quote is exact.

    With ``exact``, each source also names the article, the character offsets and the SHA-256 of the quote.
    """
    question = f"**{_escaped(one_line(reply.question))}**"
    match reply:
        case Answer():
            claims = " ".join(
                f"{_escaped(shown_text(claim))} {markers(claim)}{_escaped(_manner(claim, ' '))}"
                for claim in reply.claims
            )
            sources = [_markdown_source(citation, exact=exact) for citation in reply.citations]
            caution = [words.UNSURE] if reply.unsure else []
            parts = [
                question,
                *caution,
                claims,
                f"*{words.standing(reply)}*",
                *_markdown_conflicts(reply),
                "\n".join(sources),
            ]
        case Abstention(nearest=nearest):
            parts = [question, f"{refusal_lead(reply)} {words.searched(reply.searched)}"]
            if nearest:
                near = [_markdown_source(citation, exact=exact) for citation in nearest]
                parts += [f"{words.NEAREST}:", "\n".join(near)]
    return "\n\n".join(parts)


def _claims(answer: Answer) -> list[str]:
    caution = [words.UNSURE, ""] if answer.unsure else []
    return [*caution, *(_said(claim) for claim in answer.claims)]


def _said(claim: Claim) -> str:
    return f"{visible(shown_text(claim))} {markers(claim)}{_manner(claim)}"


def _manner(claim: Claim, apart: str = "  ") -> str:
    parts = [words.KIND[claim.kind]] if words.KIND[claim.kind] else []
    if claim.certainty is not Certainty.STATED:
        parts.append(words.CERTAINTY[claim.certainty])
    if speaker := words.unsaid_speaker(claim):
        parts.append(speaker)
    return f"{apart}({'; '.join(parts)})" if parts else ""


def _conflicts(answer: Answer) -> list[str]:
    lines = []
    for conflict in answer.conflicts:
        about = f": {one_line(conflict.about)}" if conflict.about else ""
        lines += ["", f"{words.CONFLICT[conflict.kind]}{about}"]
        lines += [f"  {side}" for side in _sides(answer, conflict)]
    return lines


def _markdown_conflicts(answer: Answer) -> list[str]:
    blocks = []
    for conflict in answer.conflicts:
        about = f": {_escaped(one_line(words.disputed(conflict)))}" if conflict.about else ""
        sides = [f"- {_escaped(side)}" for side in _sides(answer, conflict)]
        blocks.append("\n".join([f"{words.CONFLICT[conflict.kind]}{about}", "", *sides]))
    return blocks


def _sides(answer: Answer, conflict: Conflict) -> list[str]:
    """List what each source of a conflict says, such as ``[1] nine, Meridian Post, 4 May 2026``."""
    cited = {citation.number: citation for citation in answer.citations}
    says = [f"{one_line(said)}, " for said in conflict.says] or [""] * len(conflict.citations)
    sides = zip(conflict.citations, says, strict=True)
    return [f"[{number}] {said}{words.source(cited[number])}" for number, said in sides]


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
    lines = [refusal_lead(reply), words.searched(reply.searched)]
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
    head = (
        f"- [{citation.number}] {_escaped(words.title(citation.title))}. {_escaped(words.source(citation))}.{address}"
    )
    place = f"characters {citation.start} to {citation.end} of {_escaped(one_line(citation.article_id))}"
    proof = f" ({place}; SHA-256 of the quote {fingerprint(citation.quote)})" if exact else ""
    return f"{head} “{_escaped(citation.quote)}”{proof}"


def _escaped(text: str) -> str:
    """Escape untrusted text so that it renders unchanged, without images, links or HTML."""
    return _ACTIVE_MARKDOWN.sub(r"\\", visible(text))
