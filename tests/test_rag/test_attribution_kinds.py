"""Kinds of reporting sentences, each with invented examples."""

import pytest

from rag.stance.attribution import find_attribution


def speaker(sentence: str, before: str = "") -> str | None:
    found = find_attribution(sentence, before)
    return found.speaker if found else None


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("“The bridge is closed,” Anna Brandt summed up.", "Anna Brandt"),
        ("“We will close it,” the mayor of Hal underscored on Friday.", "the mayor of Hal"),
        ("“Who will pay?” the paper wonders.", None),  # after a question the verb need not be a reporting verb
        ("“Who will pay?” - the paper wonders.", "the paper"),
        ('The bridge is closed - says "Courier".', "Courier"),
        ("It is closed - once again emphasized Mayor Brandt.", "Mayor Brandt"),
        ("- said the mayor.", "the mayor"),
        ("“The loan,” underwritten by the bank, runs to May.", None),
    ],
)
def test_the_subject_after_a_quotation_is_its_speaker_with_any_verb(sentence: str, who: str | None) -> None:
    assert speaker(sentence) == who


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Brandt, during a call with Lind last week, warned of a flood.", "Brandt"),
        ("Brandt - who has led Hal since 2014 - claimed the bridge was safe.", "Brandt"),
        ("She was asked about it and, after declining to answer, later said she was tired.", "She"),
        ("Jon Lind, owner of Objective Rail, a firm that trains guides, says it is closed.", "Jon Lind"),
        ("As Anna Brandt, head of the port at Hal told us last week, it is closed.", "Anna Brandt"),
        ("The mediator, former judge Klara Winge, said it was closed.", "The mediator, former judge Klara Winge"),
        ("His remarks come as the mayor, Anna Brandt, said it was closed.", "the mayor, Anna Brandt"),
        ("More than 80% in Hal, Kolm (83%) and Zelin (90%) said it was closed.", None),
        ("On Monday, the mayor, Lind and Holm said it was closed.", "the mayor, Lind and Holm"),
        ("The news was confirmed by the council, who said it was closed.", "the council"),
        ("Lind met the council in May and Mr Holm said it was closed.", "Mr Holm"),
        ("In a Tuesday post the ministry said it was closed.", "the ministry"),
    ],
)
def test_asides_lists_and_roles_between_speaker_and_verb_are_skipped(sentence: str, who: str | None) -> None:
    found = speaker(sentence)
    assert found == who if who else found is not None and found.startswith("More than 80% in Hal")


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The mayor is convinced that it will close.", "The mayor"),
        ("Some officials were concerned that it could fall.", "Some officials"),
        ("Both sides feel they can win.", "Both sides"),
        ("Reuters was the first to report the closure.", "Reuters"),
        ("Residents are calling on the firm to pay.", "Residents"),
        ("The lobby cheered that the aid came without conditions.", "The lobby"),
        ("The survey showed that most people walk.", "The survey"),
        ("The firm declared its intention to leave.", "The firm"),
        ("Lind made wild claims that the bridge was sold.", "Lind"),
        ("Opposition politicians remind, however, that it was promised.", "Opposition politicians"),
        ("In the mayor's view, it is unsafe.", "the mayor"),
        ("He blasted the plan, calling on the council to drop it.", "He"),
        ("Brandt was clear: “We will not pay a single krone.”", "Brandt"),
        ("Mayor: the bridge is to close", "Mayor"),
        ("Then-president Lind said it was closed.", "Then-president Lind"),
    ],
)
def test_states_of_mind_findings_stances_and_headlines_have_a_speaker(sentence: str, who: str) -> None:
    assert speaker(sentence) == who


@pytest.mark.parametrize(
    "sentence",
    [
        "The so-called cheap bridge fell.",
        "The council ruled that out in view of the cost.",
        "Russian fears of a flood are old.",
        "The police held a Russian suspect.",
        "The council added Lind to the list of guests.",
        "Should the mayor say why?",
        "I’m not sure how the bridge would stand.",
        "A picture of Lind, describing the flood to a paper.",
        "The news that was described as old is new.",
    ],
)
def test_forms_that_only_look_like_reports_have_no_speaker(sentence: str) -> None:
    assert speaker(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "before", "who"),
    [
        ("- It is old.", "That is why it is closed - she said.", "she"),
        ("It is old.", "Mayor Brandt spoke of May.- We will pay for it all ourselves.", "Mayor Brandt"),
        ("It will be old.", "Mayor Brandt said it was May.- We will pay for it all ourselves.", "Mayor Brandt"),
        ("“The bridge is old”", "He added that it was closed.", None),  # a headline
        ("!", "He added that it was closed.", None),
        ("“It must fall.", "We think it is old.", None),  # whoever “we” are
        ("He said it was old.", "Ilse Brandt said so, the agency's correspondent reports.", "Ilse Brandt"),
        ("Lind met the press, and he warned of it.", "The mayor said it was old.", "Lind"),
        ("The bridge, he said, is old.", "Jon Lind told us so.", "Jon Lind"),
        ("It is stressed that the bridge is old.", "According to the report, it is closed.", "the report"),
        ("Therefore, “it must be closed for good.”", "The report stated that it was old.", "The report"),
        ("Brandt spoke of the bridge.- It is old - he said.", "Lind said so.", "Brandt"),
        ("“It may fall in May”.", "Lind said “the bridge is old”.", "Lind"),
        ("“It may fall.”", "Those views are common, thinks Jon Lind, a teacher.", "Jon Lind"),
    ],
)
def test_only_continued_quotations_keep_the_speaker_of_the_sentence_before(
    sentence: str, before: str, who: str | None
) -> None:
    assert speaker(sentence, before) == who


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The bridge is closed, according to a Monday news release.", "a Monday news release"),
        ("The bridge is closed, according to the ministry Monday morning.", "the ministry"),
        ("Brandt’s family have protested, saying it was closed.", "Brandt’s family"),
        ("Brandt used the visit to ask for help, emphasizing that it was closed.", "Brandt"),
        ("Recently, the council has said it was closed.", "the council"),
        ("Hervas notes that the bridge is closed.", "Hervas"),
        ("The paper, for example, reports that it is closed.", "The paper"),
        ("She added: “Power to the people!”", "She"),
        ("Lind, the heir, disputed claims that it was closed.", "Lind"),
        ("Brandt apologised for the council’s “very old ways”.", "Brandt"),
        ("Town engineers estimate there are four such bridges.", "Town engineers"),
        ("It quoted Lind as saying that it was closed.", "Lind"),
        ("The town has been described by the paper as “the oldest of all”.", "the paper"),
        ("There’s far less money to close it, compared to last year, said Jon Lind, the mayor.", "Jon Lind"),
        ("Lind still runs the port, but he says it will close.", "Lind"),
        ("Lind -- who has led Hal since 2014 -- said it was closed.", "Lind"),
        ("Asked on Monday about claims that it fell, Brandt said it was closed.", "Brandt"),
        ("Asked whether it fell, most people (67%), including many in Hal (61%), say it did.", "most people"),
        ("“The Old Bridge, 1965” has fallen, according to Brandt.", "Brandt"),
        ("“It will be the last trip,” Brandt jokes on the shared call with Lind.", None),
        ("Lind was decrying the “mad and the lost” of Hal.", "Lind"),
    ],
)
def test_days_asides_and_family_relations_before_the_verb_do_not_hide_the_speaker(
    sentence: str, who: str | None
) -> None:
    assert speaker(sentence) == who


@pytest.mark.parametrize(
    "sentence",
    [
        "Here are the faults that readers from Hal told us about.",
        "I believe the bridge is closed.",
        "A bridge called Old Ferrin (also “the Grey One”) fell.",
        "Lind found a dog on the bridge.",
        "The carmaker had three recalls in May.",
        "The town poured 4 million into it, adding to last year’s 3 million.",
        "The plan has split the town, with those in Hal arguing that it is late.",
        "It is worth stressing that the bridge is old.",
        "The flood of May echoes that of last year.",
        "Lind speaks first and thinks later.",
        "The port grew, with 680 ships reported yesterday.",
        "It was the first time that Lind posted a picture.",
    ],
)
def test_there_is_no_speaker_if_nothing_is_reported_or_nobody_is_named(sentence: str) -> None:
    assert speaker(sentence) is None


def test_a_quotation_that_ends_in_a_nested_quotation_is_continued() -> None:
    assert speaker("“They asked me, ‘Is it closed?’”", "“It is old,” Brandt said.") == "Brandt"


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("WHO has called the flood a “silent flood”.", "WHO"),
        ("The minister has asked officials how it fell.", "The minister"),
        ("When asked how it fell, he left.", None),
        ("Lind, who has denied theft, was fined.", None),
        ("The flood grows, with the town finding new confirmed cases of it.", None),
    ],
)
def test_acronyms_that_spell_a_pronoun_questions_and_who_clauses_are_recognized(sentence: str, who: str | None) -> None:
    assert speaker(sentence) == who


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("In a statement posted on Monday, Lind noted that it was “closed to all”.", "Lind"),
        ("“It shook,” Jon Lind, 28, who lives in Hal, said.", "Jon Lind"),
        ("But Jon Lind, agent for Hal, Kolm-based insurers, says the bridge is old.", "Jon Lind"),
        ("Last fall, Anna Brandt did speak, but admitted that it was closed.", "Anna Brandt"),
        ("It will close by May, predicted Jon Lind, head of the port.", "Jon Lind"),
        ("Lind referred to the sailors as men who “seem to have no home”.", "Lind"),
        ("A whale said to have been seen in May is gone.", None),
        ("The film revealed a new world.", None),
        ("Brandt revealed that it was closed.", "Brandt"),
        ("The price rose, raising fears that the bridge will close.", None),
        ("The port, which wants to “be the best”, made the most of it.", None),
    ],
)
def test_words_after_in_or_who_and_seasons_are_no_speakers(sentence: str, who: str | None) -> None:
    assert speaker(sentence) == who


def test_he_is_not_resolved_to_a_plural_speaker() -> None:
    assert speaker("He said it was closed.", "Town officials said it was old.") == "He"
    assert speaker("They said it was closed.", "Town officials said it was old.") == "Town officials"


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Wendy’s said the port was closed.", "Wendy’s"),
        ("The UN’s claims that it closed are old.", None),
        ("“It is cold,” she said as she was helped out.", "she"),
        ("Called the “Gate of the North,” thousands of people will visit it.", None),
        ("Boats are safer than ever, a new study finds", "a new study"),
        ("The plan is for anyone who thinks they fell ill.", None),
        ("The firm had no time to speak on the report, which said it was late.", None),
        ("Here’s what is new: “It is closed from May on.”", None),
    ],
)
def test_names_ending_like_a_genitive_are_speakers_and_anyone_is_not(sentence: str, who: str | None) -> None:
    assert speaker(sentence) == who


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The law came in May, and states that boats must wait.", "The law"),
        ("The firm left its plans unchanged, saying it still expects a profit.", "The firm"),
        ("The army added ships in Hal.", None),
        ("The dish comes with newly added cheese.", None),
        ("She added on Monday that it was closed.", "She"),
        ("That is easier said than done.", None),
        ("Six firms build boats, suggesting it will be a good year.", None),
    ],
)
def test_things_added_to_or_following_from_something_are_no_reports(sentence: str, who: str | None) -> None:
    assert speaker(sentence) == who
