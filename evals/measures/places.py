"""Whether citations point at the right words: checked against the articles and the golden set, no judge needed."""

from __future__ import annotations

from evals.measures.answers import normalised
from evals.measures.base import Asked, Measure, answerable_with, wrong
from evals.replies import GivenCitation, GivenReply
from evals.types import Relevant, Score, missing, share


def _exactness(asked: Asked, reply: GivenReply) -> Score:
    if not reply.citations:
        return missing("nothing was cited")
    verdicts = [_exact(asked, citation) for citation in reply.citations]
    if None in verdicts:
        return missing("the cited article's text is not in the run")
    return share([bool(verdict) for verdict in verdicts])


def _exact(asked: Asked, citation: GivenCitation) -> bool | None:
    """Whether the quote is the article's own words at the place given (anywhere, where no place is given)."""
    article = asked.articles.get(citation.article_id)
    if article is None or article.text is None:
        return None
    if citation.start is None or citation.end is None:
        return citation.quote in article.text
    return article.text[citation.start : citation.end] == citation.quote


QUOTE_EXACTNESS = Measure(
    name="quote_exactness",
    about="share of citations whose quote is, to the character, the article's text at the place given",
    source="ours; the second invariant of DESIGN.md",
    of=_exactness,
    group="citations",
)


def _relevant_cited(asked: Asked, reply: GivenReply) -> Score:
    wanted = {relevant.article_id for relevant in asked.case.relevant}
    return Score(float(any(wanted & {c.article_id, *c.also_in} for c in reply.citations)) if reply.answered else 0.0)


RELEVANT_CITED = Measure(
    name="relevant_cited",
    about="the answer cites a relevant article (or a reprint of one); a refusal does not",
    source="ours; answer-level citation recall against the golden set",
    of=_relevant_cited,
    group="citations",
    unfit=answerable_with(lambda case: case.relevant, "no article is relevant"),
    crashed=wrong,
)


def _evidence_cited(asked: Asked, reply: GivenReply) -> Score:
    wanted = [relevant for relevant in asked.case.relevant if relevant.quotes]
    if not reply.answered:
        return Score(0.0)
    return Score(float(any(touches(c, relevant, asked) for c in reply.citations for relevant in wanted)))


def touches(citation: GivenCitation, relevant: Relevant, asked: Asked) -> bool:
    """Whether a citation shares its place with the words that answer, or quotes them from a reprint."""
    article = asked.articles.get(citation.article_id)
    given = citation.start, citation.end
    for words in relevant.quotes:
        if citation.article_id == relevant.article_id and article and article.text and None not in given:
            start = article.text.find(words)
            if start >= 0 and (citation.start or 0) < start + len(words) and start < (citation.end or 0):
                return True
        quoted, answer = normalised(citation.quote), normalised(words)
        if answer and quoted and (answer in quoted or quoted in answer):
            return True
    return False


EVIDENCE_CITED = Measure(
    name="evidence_cited",
    about="the answer cites the words that answer the question, not merely their article",
    source="ours; sentence-level evidence as in HotpotQA's supporting facts, Yang et al. 2018",
    of=_evidence_cited,
    group="citations",
    unfit=answerable_with(lambda case: any(r.quotes for r in case.relevant), "the case names no words to cite"),
    crashed=wrong,
)
