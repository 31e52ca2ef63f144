from __future__ import annotations

import pytest

from ui import page_words


@pytest.mark.parametrize(
    ("changed", "gone", "sentence"),
    [
        ([2], [], "Since this answer was given: source 2 has changed."),
        ([1, 3], [], "Since this answer was given: sources 1 and 3 have changed."),
        (
            [1, 2, 4],
            [3],
            "Since this answer was given: sources 1, 2 and 4 have changed; source 3 has been removed from the archive.",
        ),
    ],
)
def test_sources_that_changed_are_enumerated_as_in_a_sentence(
    changed: list[int], gone: list[int], sentence: str
) -> None:
    assert page_words.since_then(changed, gone) == sentence
