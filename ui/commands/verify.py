"""``dateline verify``: check claims against the evidence given with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import BadInput
from ui.options import archive_option, settings_for
from ui.output import clean_stdout, write_json

if TYPE_CHECKING:
    from rag.types import Passage, Verdict


@click.command()
@click.argument("file", default="-", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@archive_option
def verify(file: Path, archive: Path | None) -> None:
    """Check claims against the evidence given with them.

    Reads JSON lines from FILE or stdin.

    \b
    Input, one per line:      {"id", "claim", "evidence"}   (evidence: a string, or a list of strings)
    Output, in the same order: {"id", "support", "score", "reasons"}
    support is supported, refuted or not_enough_info; score is the probability of support.
    """  # noqa: D301  (click's marker for preformatted lines)
    settings = settings_for(archive)
    with clean_stdout() as out:
        from rag.assemble import verifier  # noqa: PLC0415
        from rag.types import Sentence  # noqa: PLC0415
        from ui.batch import identifier, objects, opened, text_field  # noqa: PLC0415

        checks = verifier(settings)
        with opened(file) as (name, stream):
            for place, record in objects(name, stream):
                identity, claim = identifier(place, record), text_field(place, record, "claim")
                passages = _passages(place, record)
                cited = Sentence(claim, tuple(passage.number for passage in passages))
                write_json(out, {"id": identity, **_verdict(checks.verify(cited, passages).verdict)})


def _passages(place: str, record: dict[str, Any]) -> list[Passage]:
    """Return the evidence as retrieved passages, one per text."""
    from index.types import Chunk, Span  # noqa: PLC0415
    from rag.types import Passage  # noqa: PLC0415

    evidence = record.get("evidence")
    texts = [evidence] if isinstance(evidence, str) else evidence
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise BadInput(f'{place}: "evidence" is missing or empty; it must be a string or a list of strings.')
    return [
        Passage(number, Chunk(f"evidence-{number}", f"evidence-{number}", 0, Span(0, len(text)), text), 1.0)
        for number, text in enumerate(texts, start=1)
    ]


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"support": verdict.support.value, "score": verdict.score, "reasons": list(verdict.reasons)}
