import json
from pathlib import Path

import pytest

from rag.stance.attribution import find_attribution
from rag.stance.certainty import certainty_of
from rag.types import Attribution, Certainty

STATEMENTS = Path(__file__).parents[2] / "evals" / "golden" / "statements.jsonl"


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The bridge is closed.", Certainty.STATED),
        ("The ministry said the bridge is closed.", Certainty.STATED),
        ("The bridge opened in May.", Certainty.STATED),
        ("Theresa May opened the bridge.", Certainty.STATED),
        ("He could not see the bridge.", Certainty.STATED),
        ("He could walk to the bridge.", Certainty.STATED),
        ("The bridge will probably open.", Certainty.LIKELY),
        ("The bridge is expected to open.", Certainty.LIKELY),
        ("The bridge may open.", Certainty.POSSIBLE),
        ("Perhaps the bridge opens.", Certainty.POSSIBLE),
        ("The bridge could have fallen.", Certainty.POSSIBLE),
        ("He allegedly closed the bridge.", Certainty.ALLEGED),
        ("He is accused of closing the bridge.", Certainty.ALLEGED),
        ("Police claimed that he may have closed it.", Certainty.ALLEGED),
        ("The ministry denied that the bridge was closed.", Certainty.DENIED),
        ("The ministry rejected claims that the bridge was closed.", Certainty.DENIED),
        ("The council rejected the plan.", Certainty.STATED),
    ],
)
def test_certainty_follows_from_the_words_of_the_sentence(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


def test_a_denying_verb_in_the_sentence_before_counts() -> None:
    assert certainty_of("“The bridge is open.”", Attribution("Brandt", "denied")) is Certainty.DENIED
    assert certainty_of("“The bridge is open.”", Attribution("Brandt", "claimed")) is Certainty.ALLEGED


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("They met over a possible deal.", Certainty.STATED),
        ("They came as soon as possible.", Certainty.STATED),
        ("A deal is possible.", Certainty.POSSIBLE),
        ("The bridge, which may be old, was closed.", Certainty.STATED),
        ("They reached a deal that could end the strike.", Certainty.POSSIBLE),
        ("The mayor asked who may open it.", Certainty.POSSIBLE),
        ("Brandt explained what could be next.", Certainty.STATED),
        ("May also spoke of the bridge.", Certainty.STATED),
        ("The group claimed responsibility.", Certainty.STATED),
        ("The war has claimed many lives.", Certainty.STATED),
        ("They denied Brandt one of her aims.", Certainty.STATED),
        ("The bridge, which is alleged to be unsafe, was closed.", Certainty.ALLEGED),
    ],
)
def test_a_hedge_on_something_mentioned_does_not_qualify_the_sentence_but_an_allegation_does(
    sentence: str, certainty: Certainty
) -> None:
    assert certainty_of(sentence) is certainty


def test_at_least_95_percent_of_labelled_statements_get_the_right_certainty() -> None:
    rows = [json.loads(line) for line in STATEMENTS.read_text("utf-8").splitlines()]
    kept = sum(certainty_of(r["quote"], find_attribution(r["quote"], r["context"])) == r["certainty"] for r in rows)
    assert len(rows) >= 150
    assert kept / len(rows) >= 0.95


def test_at_least_95_percent_of_hedged_statements_are_not_read_as_stated() -> None:
    rows = [json.loads(line) for line in STATEMENTS.read_text("utf-8").splitlines()]
    limited = [r for r in rows if r["certainty"] != "stated"]
    hardened = sum(certainty_of(r["quote"], find_attribution(r["quote"], r["context"])) == "stated" for r in limited)
    assert hardened / len(limited) <= 0.05


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("Brandt took the town – a move that could lead to a strike.", Certainty.STATED),
        ("The bridge will close, Brandt said, as she accused the firm of theft.", Certainty.STATED),
        ("Alleged thefts: Brandt said on Monday that the town would pay.", Certainty.STATED),
        ("The accusation came after Brandt said the bridge was safe.", Certainty.STATED),
        ("It will close if he thinks it pays.", Certainty.STATED),
        ("Brandt asked how anyone could defend it.", Certainty.STATED),
        ("Brandt opposed any steps that could lead to a strike.", Certainty.STATED),
        ("Brandt has rejected any cuts to the ferry.", Certainty.STATED),
        ("Brandt has rejected any suggestion of a leak.", Certainty.DENIED),
        ("An estimated 1,000 people were inside.", Certainty.STATED),
        ("Brandt suggested that the town pay for it.", Certainty.STATED),
        ("She opposed false claims that it fell.", Certainty.STATED),
        ("Brandt said she cannot rule out a strike.", Certainty.POSSIBLE),
        ("We believe that the bridge is old.", Certainty.LIKELY),
        ("Both sides feel they can win.", Certainty.LIKELY),
        ("Brandt warned of a distinct possibility of a flood.", Certainty.POSSIBLE),
        ("Brandt denied that the bridge, closed on Monday, fell.", Certainty.DENIED),
        ("The bridge may fall, Brandt said.", Certainty.POSSIBLE),
    ],
)
def test_a_hedge_in_a_comment_a_condition_or_a_side_statement_does_not_qualify_the_main_statement(
    sentence: str, certainty: Certainty
) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("Brandt wrote of Lind’s alleged theft.", Certainty.STATED),
        ("The alleged thief fled.", Certainty.ALLEGED),
        ("Lind is an alleged thief.", Certainty.ALLEGED),
        ("Brandt alleged that it fell.", Certainty.ALLEGED),
        ("We could have won, she said.", Certainty.STATED),
        ("It could have been the rain, she said.", Certainty.POSSIBLE),
        ("The port (which Brandt may sell) is old.", Certainty.STATED),
        ("The port may close (it is old).", Certainty.POSSIBLE),
        ("It came amid reports that the bridge could fall.", Certainty.STATED),
        ("There are fears that the bridge could fall.", Certainty.POSSIBLE),
        ("Brandt is considering a sale of the port.", Certainty.STATED),
        ("How is it possible?", Certainty.STATED),
    ],
)
def test_a_hedge_on_a_noun_in_brackets_or_on_a_plan_does_not_qualify_the_sentence(
    sentence: str, certainty: Certainty
) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("It’s possible that the bridge will close.", Certainty.POSSIBLE),
        ("It is not possible to close the bridge.", Certainty.STATED),
        ("That’s likely because the bridge is old.", Certainty.LIKELY),
        ("The bridge closed, likely because it was old.", Certainty.STATED),
        ("Lind couldn’t close the bridge.", Certainty.STATED),
        ("They closed as many bridges as they could.", Certainty.STATED),
        ("She saved money so that she could buy a bridge.", Certainty.STATED),
        ("The bridge could, however, close.", Certainty.POSSIBLE),
        ("The bridge, expected to close in May, is old.", Certainty.STATED),
        ("He’s expected to close the bridge.", Certainty.LIKELY),
        ("Bridge expected to close", Certainty.LIKELY),
        ("They mourned a man accused of theft.", Certainty.STATED),
        ("Lind was accused of theft.", Certainty.ALLEGED),
        ("The plan has the potential to help.", Certainty.POSSIBLE),
        ("People who are old may fall.", Certainty.POSSIBLE),
        ("Lind, who may retire, spoke.", Certainty.STATED),
        ("Lind asked his team about the plan and how it might work.", Certainty.STATED),
        ("Little is known about how the plan might work.", Certainty.STATED),
        ("The town backed a plan that Lind hoped could help.", Certainty.STATED),
        ("Young people are twice as likely to walk.", Certainty.STATED),
        ("They suggested closing the bridge.", Certainty.STATED),
        ("Early data suggest that the bridge is safe.", Certainty.LIKELY),
        ("Lind suggests people stay at home.", Certainty.STATED),
        ("The bridge appears on the flag.", Certainty.STATED),
        ("The bridge appears to be safe.", Certainty.LIKELY),
        ("She broke a record by claiming all five titles.", Certainty.STATED),
        ("Lind, who has always denied theft, was fined.", Certainty.STATED),
        ("The town reported what is believed to be the first such case.", Certainty.LIKELY),
    ],
)
def test_comparisons_abilities_attributes_and_questions_are_no_hedges(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence, find_attribution(sentence)) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("It was two points lower than predicted.", Certainty.STATED),
        ("It is predicted to fall.", Certainty.LIKELY),
        ("The town denied its leaders the chance to sell the port.", Certainty.STATED),
        ("Police searched the port in an inquiry into allegations that it was sold.", Certainty.STATED),
        ("There are allegations that it was sold.", Certainty.ALLEGED),
        ("Brandt said that while most people could fall ill, the town must pay.", Certainty.STATED),
        ("While the port was sold, the town may pay.", Certainty.POSSIBLE),
        ("They will meet this month, possibly in Hal.", Certainty.STATED),
        ("Possibly they will meet.", Certainty.POSSIBLE),
    ],
)
def test_a_hedge_on_a_concession_an_inquiry_or_a_date_does_not_qualify_the_main_statement(
    sentence: str, certainty: Certainty
) -> None:
    assert certainty_of(sentence, find_attribution(sentence)) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("Lind said she could find no trace of the letters.", Certainty.STATED),
        ("Police could give no details of the crash.", Certainty.STATED),
        ("The doctors could do nothing for him.", Certainty.STATED),
        ("The plan could have no effect on prices.", Certainty.POSSIBLE),
        ("The search could find survivors.", Certainty.POSSIBLE),
        ("The strike could leave no trams on the road.", Certainty.POSSIBLE),
    ],
)
def test_could_with_a_negated_object_of_an_achievement_is_an_inability(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The court ruled on Friday that the firm may dismiss the two drivers.", Certainty.STATED),
        ("The council decided that residents may park free of charge.", Certainty.STATED),
        ("The court ruled that prisoners may be held for a week.", Certainty.STATED),
        ("The judge ruled that the letter may have been forged.", Certainty.POSSIBLE),
        ("The judge ruled that the letter may be a forgery.", Certainty.POSSIBLE),
        ("The ministry said rents may rise by 4 percent.", Certainty.POSSIBLE),
    ],
)
def test_may_in_a_ruling_is_a_permission(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The driver who was suspected of theft is back at work.", Certainty.STATED),
        ("The two men who were accused of fraud are free.", Certainty.STATED),
        ("The trainer has withdrawn his allegation that the race was fixed.", Certainty.STATED),
        ("The paper took back its claim that the mayor was bribed.", Certainty.STATED),
        ("The guard who is suspected of theft has been released.", Certainty.ALLEGED),
        ("The teacher who was accused of theft said that she was ill.", Certainty.ALLEGED),
        ("The trainer has repeated his claim that the race was fixed.", Certainty.ALLEGED),
        ("The trainer has not withdrawn his claim that the race was fixed.", Certainty.ALLEGED),
    ],
)
def test_a_past_suspicion_or_a_withdrawn_claim_is_no_allegation(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("A doctor went on trial in Kolm on Monday, accused of stealing drugs.", Certainty.ALLEGED),
        ("The man was arrested in May, accused of three burglaries.", Certainty.ALLEGED),
        ("Two clerks were dismissed last week, accused of fraud.", Certainty.ALLEGED),
        ("Police named the man accused of three burglaries.", Certainty.STATED),
        ("He met a lawyer accused of fraud and opened a bar.", Certainty.STATED),
    ],
)
def test_an_accusation_after_a_comma_is_about_the_subject(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("No one was hurt, the clinic said, rejecting a report by the paper.", Certainty.DENIED),
        ("The mayor spoke for an hour, dismissing claims of bribery.", Certainty.DENIED),
        ("Reports that the mine will close are untrue, the company said.", Certainty.DENIED),
        ("It is not true that the bank is insolvent, the minister said.", Certainty.DENIED),
        ("The claim that she took money is false, Lind said.", Certainty.DENIED),
        ("The minister left the meeting, rejecting an offer by the union.", Certainty.STATED),
        ("The alarm was false, the fire brigade said.", Certainty.STATED),
        ("He will resign if the reports are true.", Certainty.STATED),
        ("He asked whether the reports are untrue.", Certainty.STATED),
    ],
)
def test_calling_a_report_untrue_is_a_denial(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ('He called the report, by a local paper, "invented from beginning to end".', Certainty.DENIED),
        ("The minister called the claims baseless.", Certainty.DENIED),
        ("She described the allegation as false.", Certainty.DENIED),
        ("Newspaper report of a closure is wrong, ministry says", Certainty.DENIED),
        ("The coach called the report of the false alarm thorough.", Certainty.STATED),
        ("The mayor called the plan wrong.", Certainty.STATED),
        ("The report by the inspectors said the alarm was false.", Certainty.STATED),
        ("It is wrong that nurses earn so little, the union said.", Certainty.STATED),
    ],
)
def test_what_is_called_untrue_must_be_a_report(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The firm would neither confirm nor deny that the van was stolen.", Certainty.STATED),
        ("The office declined to confirm or deny that it had been hacked.", Certainty.STATED),
        ("The firm neither apologised nor denied the charge.", Certainty.STATED),
        ("The dispute follows a report that the bridge is unsafe.", Certainty.STATED),
        ("The firm denied that it had paid a bribe.", Certainty.DENIED),
        ("The two firms dispute the claim that the bridge is unsafe.", Certainty.DENIED),
    ],
)
def test_a_refusal_to_deny_and_a_dispute_are_no_denials(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The board will probably hire a law firm to look into the accusations.", Certainty.LIKELY),
        ("He resigned over the allegations.", Certainty.STATED),
        ("Police opened an inquiry into these claims.", Certainty.STATED),
        ("He repeated the accusations.", Certainty.ALLEGED),
    ],
)
def test_accusations_that_are_only_the_subject_of_an_inquiry_are_not_made_by_the_sentence(
    sentence: str, certainty: Certainty
) -> None:
    assert certainty_of(sentence) is certainty
