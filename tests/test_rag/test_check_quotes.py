import pytest

from rag.checks import quotes

SAID = "“We will reopen the bridge in May,” Brandt said. It was a cold and windy day in Kolm."


@pytest.mark.parametrize(
    "claim",
    [
        'Brandt said: "We will reopen the bridge in May."',
        "Brandt said: ‘We will reopen the bridge’.",
        'Brandt said: "We will reopen … in May."',
        'Brandt said: "We will reopen [the crossing] in May."',
        "Brandt said: ``We will reopen the bridge''.",
        "Brandt said they'd reopen the bridge.",
        'Brandt has read "The Old Bridge".',
    ],
)
def test_words_that_were_said_pass_in_any_style_of_quotation(claim: str) -> None:
    assert quotes.check(claim, SAID) == ()


@pytest.mark.parametrize(
    "claim",
    [
        'Brandt said: "We will close the bridge in May."',
        'Brandt said: "We will reopen the bridge soon."',
        "Brandt said: 'the bridge is closed forever'.",
        'Brandt called it a "disgrace".',
        'Brandt said it was "a cold and windy day".',
    ],
)
def test_quoted_words_that_nobody_said_are_reported(claim: str) -> None:
    assert [finding.check for finding in quotes.check(claim, SAID)] == ["quotes"]
