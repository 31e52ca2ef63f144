import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.checks import by_rules, run
from rag.language.sentences import is_whole_sentence_of, sentences_of
from rag.language.words import words_of

ARTICLE = (
    "At least nine people were killed on Wednesday when the Lindow Bridge collapsed, the Interior Ministry said. "
    "“It sounded like a rifle shot,” said Ruben Aske, 58, who was opening his bakery. "
    "The council may not reopen the crossing before 2027. It allegedly ignored warnings from Gen. A. Stroem."
)


@pytest.mark.parametrize("sentence", sentences_of(ARTICLE))
def test_a_sentence_of_the_evidence_itself_passes(sentence: str) -> None:
    assert by_rules(sentence, sentence) == ()
    assert run(sentence, ARTICLE) == ()


@pytest.mark.parametrize(
    ("claim", "checks"),
    [
        ("At least six people were killed when the Lindow Bridge collapsed, the Interior Ministry said.", {"numbers"}),
        ("At least nine people were killed on Friday when the Lindow Bridge collapsed, the Interior Ministry said.",
         {"dates"}),
        ("At least nine people were killed when the Skalden Bridge collapsed, the Interior Ministry said.", {"names"}),
        ("The council may reopen the crossing before 2027.", {"negation"}),
        ("It ignored warnings from Gen. A. Stroem.", {"hedges"}),
        ("“It sounded like a pistol shot,” said Ruben Aske.", {"quotes"}),
        ("At least nine people were killed on Wednesday when the Lindow Bridge collapsed.", {"speakers"}),
    ],
)  # fmt: skip
def test_each_kind_of_error_is_found_by_the_check_named_for_it(claim: str, checks: set[str]) -> None:
    assert checks <= {finding.check for finding in run(claim, ARTICLE)}


def test_part_of_a_sentence_is_not_taken_for_a_whole_one() -> None:
    evidence = "Brandt denied that the bridge was closed."
    assert not is_whole_sentence_of("the bridge was closed.", evidence)
    assert is_whole_sentence_of("It was late.", "Brandt left. “It was late.” He slept.")


TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="0123456789.,:/-–$%\"'“”‘’ \nMay st", max_size=40),
    st.lists(
        st.sampled_from(
            ["17", "1,2", "8/17:7", "may", "May", "not", "said", "“", '"', "Brandt", "half", "of", "a", "in", "--"]
        ),
        max_size=12,
    ).map(" ".join),
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_no_text_makes_a_check_crash(claim: str, evidence: str) -> None:
    run(claim, evidence)
    by_rules(claim, evidence)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_words_keep_their_offsets_in_any_text(text: str) -> None:
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        assert len(text[word.start : word.end]) == len(word.text)
