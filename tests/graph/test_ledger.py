"""The ledger: how claims stand to each other, which of them are one report, and what they bear out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.link import link
from graph.model import Claim, Finding, KnowledgeGraph
from ingest.article import Qualifier, Role
from tests.graph.reports import MONDAY, TUESDAY, WEDNESDAY, Told, report

Number = tuple[str, str, float, Qualifier, str | None]


def hurt(words: str, value: float, qualifier: Qualifier = Qualifier.EXACTLY, unit: str | None = None) -> Number:
    return words, "injured", value, qualifier, unit


def quake(sentence: str, *numbers: Number, published: date | None = MONDAY, opening: str = "", title: str = "") -> Any:
    """A report of one quake; `sentence` marks the numbers that it gives."""
    made = report(
        f"{opening}A [quake|DISASTER] struck [Lima|place] on [Monday|time]. {sentence}",
        Told(trigger="quake", roles={Role.PLACE: "Lima", Role.TIME: "Monday"}, day=MONDAY, numbers=numbers),
        published=published,
    )
    return replace(made, article=replace(made.article, title=title))


def claim(graph: KnowledgeGraph, value: float) -> Claim:
    (found,) = [each for each in graph.claims if each.value == value]
    return found


def finding(graph: KnowledgeGraph, unit: str | None = None) -> Finding:
    (found,) = [each for each in graph.findings if each.unit == unit]
    return found


def standing(graph: KnowledgeGraph, left: float, right: float) -> str:
    """How the claim of one value stands to the claim of another."""
    one, other = claim(graph, left), claim(graph, right).id
    fields = ("agrees", "conflicts", "supersedes", "part_of")
    return next((field for field in fields if other in getattr(one, field)), "")


SIXTY = quake("Some [60|number] people were hurt.", hurt("60", 60))


@pytest.mark.parametrize(
    ("other", "value", "expected"),
    [
        (quake("In all [62|number] were hurt.", hurt("62", 62)), 62, "conflicts"),
        (quake("In all [62|number] were hurt.", hurt("62", 62), published=TUESDAY), 62, "supersedes"),
        (quake("In all [58|number] were hurt.", hurt("58", 58), published=TUESDAY), 58, "conflicts"),
        (quake("The count has risen to [62|number].", hurt("62", 62)), 62, "supersedes"),
        (quake("That was revised to [58|number].", hurt("58", 58)), 58, "supersedes"),
        (quake("At least [55|number] were hurt.", hurt("55", 55, Qualifier.AT_LEAST)), 55, "agrees"),
        (quake("At least [9|number] were hurt.", hurt("9", 9, Qualifier.AT_LEAST)), 9, ""),
        (quake("There were [9|number] children hurt.", hurt("9", 9, unit="children")), 9, "part_of"),
        (quake("The wounded, [9|number] of them children.", hurt("9", 9)), 9, "part_of"),
        (quake("There were [9|number] hurt in the city centre.", hurt("9", 9)), 9, "part_of"),
        (quake("Officials had earlier put it at [9|number].", hurt("9", 9)), 9, ""),
        (quake("It killed [9|number].", ("9", "killed", 9, Qualifier.EXACTLY, None)), 9, ""),
        (quake("[Dozens|number] were hurt.", hurt("Dozens", 24, Qualifier.AT_LEAST)), 24, "agrees"),
        (quake("It cost [62|number] dollars.", ("62", "money", 62, Qualifier.EXACTLY, "USD")), 62, ""),
    ],
)  # fmt: skip
def test_how_one_report_stands_to_another(other: Any, value: float, expected: str) -> None:
    graph = link([SIXTY, other])
    assert len(graph.events) == 1
    assert standing(graph, value, 60) == expected


def test_a_day_said_in_the_text_goes_before_the_day_of_the_article() -> None:
    late = quake("As of [Monday|time] there were [62|number] hurt.", hurt("62", 62), published=WEDNESDAY)
    times = tuple(replace(each, label="2025-03-03") if each.text == "Monday" else each for each in late.mentions)
    graph = link([quake("Then [60|number].", hurt("60", 60), published=TUESDAY), replace(late, mentions=times)])
    assert claim(graph, 62).as_of == MONDAY
    assert standing(graph, 62, 60) == "conflicts"


def test_an_article_does_not_contradict_itself() -> None:
    graph = link([quake("Some [60|number] were hurt, [12|number] badly.", hurt("60", 60), hurt("12", 12))])
    assert (standing(graph, 12, 60), standing(graph, 60, 12)) == ("", "")


def test_an_article_that_also_gives_the_number_does_not_contradict_it() -> None:
    both = quake("Some [12|number] were hurt. In all [60|number] were.", hurt("12", 12), hurt("60", 60))
    other = quake("The quake hurt [60|number].", hurt("60", 60))
    graph = link([both, other])
    assert all(not each.conflicts for each in graph.claims)


def test_amounts_contradict_each_other_only_in_the_same_words() -> None:
    def cost(sentence: str, value: float) -> Any:
        made = quake(sentence, (f"{value:g}", "money", value, Qualifier.EXACTLY, "USD"))
        start = made.article.text.index("Monday. ") + 8
        return replace(made, quantities=tuple(replace(q, start=start, end=len(made.article.text))
                                              for q in made.quantities))  # fmt: skip

    same = [cost(f"The harbour will cost [{value}|number] dollars to rebuild.", value) for value in (3, 4)]
    other = cost("Donors have promised [5|number] dollars so far.", 5)
    graph = link([*same, other])
    assert len(graph.events) == 1
    assert (standing(graph, 3, 4), standing(graph, 3, 5)) == ("conflicts", "")
    assert graph.findings == ()  # nobody can tell which amount is meant


AGENCY = "In the hills around the city [60|number] people were hurt when roofs fell in, a rescue official said."


def test_a_sentence_that_two_papers_print_is_one_report() -> None:
    early = quake(AGENCY, hurt("60", 60))
    late = quake(f"Our reporter saw queues at the wells. {AGENCY}", hurt("60", 60), published=TUESDAY)
    own = quake("The hospitals counted [60|number] patients by noon.", hurt("60", 60), published=TUESDAY)
    graph = link([early, late, own])
    origins = {each.article: each.origin for each in graph.claims}
    assert origins == {
        early.article.id: early.article.id, late.article.id: early.article.id, own.article.id: own.article.id,
    }  # fmt: skip
    assert finding(graph).reasons[0] == "2 independent reports agree"
    assert set(finding(graph).origins) == {early.article.id, own.article.id}


def test_papers_that_credit_one_agency_with_one_number_are_one_report() -> None:
    early = quake("Doctors treated [60|number].", hurt("60", 60), opening="LIMA (Reuters) - ")
    late = quake("The wounded number [60|number], Reuters reported.", hurt("60", 60), published=TUESDAY)
    graph = link([late, early])
    assert {each.origin for each in graph.claims} == {early.article.id}
    assert finding(graph).reasons[0] == "one report, printed in 2 articles"


def test_the_order_of_the_articles_does_not_matter() -> None:
    reports = [
        quake(f"{AGENCY} {words}", hurt("60", 60), published=day)
        for words, day in (("First.", TUESDAY), ("Second.", None), ("Third.", MONDAY), ("Fourth.", MONDAY))
    ]
    graph = link(reports)
    assert graph == link(reports[::-1])
    first = min(reports[2].article.id, reports[3].article.id)
    assert {each.origin for each in graph.claims} == {first}


@pytest.mark.parametrize(
    ("reports", "value", "reason"),
    [
        ([SIXTY, quake("Later [75|number].", hurt("75", 75), published=TUESDAY)], 75, "updates 60"),
        ([SIXTY, quake("At least [55|number].", hurt("55", 55, Qualifier.AT_LEAST))], 60,
         "exact where others are vague"),
        ([SIXTY, quake("Some said [70|number].", hurt("70", 70)), quake("So [60|number].", hurt("60", 60))], 60,
         "1 report contradicts it"),
        ([quake("Had put it at [9|number].", hurt("9", 9)), SIXTY], 60, "attributed to nobody"),
    ],
)  # fmt: skip
def test_what_the_claims_bear_out_best(reports: list[Any], value: float, reason: str) -> None:
    best = finding(link(reports))
    assert best.value == value
    assert reason in best.reasons


def test_many_updated_numbers_are_counted() -> None:
    early = [quake(f"Some [{value}|number] were hurt.", hurt(f"{value}", value)) for value in (10, 20, 30, 40)]
    late = quake("Now [75|number] are hurt.", hurt("75", 75), published=TUESDAY)
    assert "updates 4 earlier numbers" in finding(link([*early, late])).reasons


def test_what_somebody_says_goes_before_what_nobody_says() -> None:
    spoken = quake("There are [70|number] hurt, the mayor said.", hurt("70", 70))
    spoken = replace(spoken, quantities=tuple(replace(each, said_by="mayor") for each in spoken.quantities))
    best = finding(link([SIXTY, spoken]))
    assert (best.value, len(best.supports), len(best.against)) == (70, 1, 1)
    assert "said by the mayor" in best.reasons


def test_parts_have_a_finding_of_their_own_unless_they_are_the_whole() -> None:
    children = quake("So were [9|number] children.", hurt("9", 9, unit="children"))
    assert finding(link([SIXTY, children]), "children").value == 9
    civilians = quake("All [60|number] were civilians.", hurt("60", 60, unit="civilians"))
    graph = link([SIXTY, civilians])
    assert [each.unit for each in graph.findings] == [None]
    assert len(finding(graph).origins) == 2
