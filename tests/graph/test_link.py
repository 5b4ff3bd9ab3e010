"""Linking: hand-made reports of a flood, a merger, an election and a raid, and the graph that they must give."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.link import link
from graph.model import Claim, Event, KnowledgeGraph
from ingest.article import (
    AnnotatedArticle,
    EntityType,
    EventType,
    Qualifier,
    Role,
    Status,
)
from tests.graph.reports import (
    ELECTION,
    ELECTION_TOO,
    EVERYTHING,
    FLOOD,
    FLOOD_LATER,
    MERGER,
    MONDAY,
    RAIDS,
    TUESDAY,
    WEDNESDAY,
    Told,
    entity,
    names,
    raid,
    report,
)


def test_a_surname_and_its_full_name_are_one_person_in_and_across_articles() -> None:
    leite = entity(link([FLOOD, FLOOD_LATER]), "Eduardo Leite")
    assert leite.aliases == ("Leite",)
    assert leite.description == "governor"


def test_middle_initials_do_not_make_another_person() -> None:
    graph = link([ELECTION, ELECTION_TOO])
    assert names(graph, EntityType.PERSON) == ["Amina Otieno", "Samuel Kiprop"]
    assert entity(graph, "Amina Otieno").aliases == ("Amina W. Otieno", "Otieno")


def test_acronyms_join_what_they_stand_for() -> None:
    assert entity(link([MERGER]), "Tokyo Stock Exchange").aliases == ("TSE",)
    assert entity(link([ELECTION, ELECTION_TOO]), "United Nations").aliases == ("UN",)


def test_a_short_firm_name_joins_the_full_one() -> None:
    assert entity(link([MERGER]), "Sakura Motor Corporation").aliases == ("Sakura",)


def test_roles_and_days_name_no_entity() -> None:
    assert names(link([MERGER])) == [
        "Hikari Electric",
        "Japan",
        "Kenji Mori",
        "Sakura Motor Corporation",
        "Tokyo Stock Exchange",
    ]


def test_places_get_coordinates_and_a_link() -> None:
    graph = link([FLOOD])
    city, country = entity(graph, "Porto Alegre"), entity(graph, "Brazil")
    assert city.links == ("https://sws.geonames.org/3452925/",)
    assert city.lat == pytest.approx(-30.03, abs=0.1)
    assert country.aliases == ("BRAZIL",)
    assert country.links == ("https://sws.geonames.org/3469034/",)


def test_a_people_is_a_group_of_its_own_tied_to_its_country() -> None:
    graph = link([FLOOD])
    people, country = entity(graph, "Brazilians"), entity(graph, "Brazil")
    assert people.type is EntityType.GROUP
    assert [(row.subject, row.object) for row in graph.relations if row.predicate == "demonym_of"] == [
        (people.id, country.id)
    ]


def test_spellings_of_one_city_are_one_place() -> None:
    graph = link([report("[Kyiv|place] slept."), report("[Kiev|place] woke."), report("[Kyiv|place] was calm.")])
    assert entity(graph, "Kyiv").aliases == ("Kiev",)


def test_georgia_the_country_is_not_georgia_the_state() -> None:
    graph = link(
        [
            report("[Georgia|place]'s capital [Tbilisi|place] borders on nothing, but [Russia|place] is near."),
            report(
                "[Georgia|place], like [Alabama|place], is a state of the [U.S.|place]; its capital is [Atlanta|place]."
            ),
        ]
    )
    assert names(graph, EntityType.PLACE).count("Georgia") == 2


def test_a_city_and_a_person_of_one_name_stay_apart() -> None:
    graph = link([report("[Victoria Nakato|person] sang; [Victoria|person] bowed."), report("[Victoria|place] voted.")])
    assert names(graph) == ["Victoria", "Victoria Nakato"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", True),
        ("Oleh Syniehubov", "Oleh Synegubov", True),
        ("José Hernández", "Jose Hernandez", True),
        ("Jean-Luc Moreau", "Jean Luc Moreau", True),
        ("ANNA LINDGREN", "Anna Lindgren", True),
        ("Anna Lindgren", "Maria Lindgren", False),
        ("John Smith", "John Smyth", False),
        ("Peter Hansen", "Peter Jansen", False),
        ("George W. Bush", "George H. Bush", False),
        ("Li Wei", "Li Wen", False),
    ],
)
def test_names_across_articles(left: str, right: str, same: bool) -> None:
    graph = link([report(f"[{left}|person] spoke."), report(f"[{right}|person] left.")])
    assert len(graph.entities) == (1 if same else 2)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Muammar Gaddafi", "Muammar Qadhafi", True),
        ("Volodymyr Zelenskyy", "Vladimir Zelenskiy", True),
        ("Samuel Kiprop", "S. Kiprop", True),
        ("Kiprop", "Samuel Kiprop", True),
        ("Anna Lindgren", "Maria Lindgren", False),
        ("Kiprop", "Samuel Kiplagat", False),
    ],
)
def test_names_across_articles_that_share_a_city(left: str, right: str, same: bool) -> None:
    graph = link([report(f"[{name}|person] was in [Geneva|place].") for name in (left, right)])
    assert len(names(graph, EntityType.PERSON)) == (1 if same else 2)


def test_namesakes_with_different_offices_and_no_common_company_stay_apart() -> None:
    senator = report("[John Carter|person] met farmers in [Omaha|place].", jobs={"John Carter": "senator"})
    bowler = report("[John Carter|person] beat [Pakistan|place] in [Leeds|place].", jobs={"John Carter": "bowler"})
    again = report("[John Carter|person] ran in [Omaha|place].", jobs={"John Carter": "senator"})
    graph = link([senator, bowler, again])
    assert names(graph, EntityType.PERSON) == ["John Carter", "John Carter"]


def test_a_lone_surname_that_fits_two_people_joins_neither() -> None:
    both = report("[Anna Berg|person] and [Erik Berg|person] sailed from [Bergen|place].")
    alone = report("[Berg|person] returned to [Bergen|place].")
    assert names(link([both, alone]), EntityType.PERSON) == ["Anna Berg", "Berg", "Erik Berg"]


def told(graph: KnowledgeGraph, kind: EventType) -> list[Event]:
    return [event for event in graph.events if event.type is kind]


def test_one_raid_told_twice_is_one_event() -> None:
    (event,) = told(link([raid(3), raid(3, words="again")]), EventType.ASSAULT)
    assert len(event.mentions) == 2
    assert event.label == "Russia's drone attack on Kharkiv, 3 March 2025"


def test_one_raid_told_twice_without_dates_is_one_event_by_its_numbers() -> None:
    assert len(link([raid(3, day=None), raid(3, day=None, words="again")]).events) == 1


@pytest.mark.parametrize(
    "other",
    [
        raid(4, day=WEDNESDAY, when="Wednesday"),
        raid(3, day=WEDNESDAY, when="Wednesday"),
        raid(3, city="Odesa"),
        raid(4, day=None, when="night"),
    ],
    ids=["another day and toll", "another day", "another city", "another toll, undated"],
)
def test_raids_that_differ_are_two_events(other: Any) -> None:
    assert len(link([raid(3), other]).events) == 2
    assert len(link([raid(3, day=None), other]).events) == 2


def test_raids_without_a_day_or_a_number_in_common_are_not_merged() -> None:
    def vague(words: str) -> Any:
        text = f"A [drone attack|ASSAULT] by [Russia|place] shook [Kharkiv|place]: {words}"
        return report(text, Told(trigger="drone attack", roles={Role.AGENT: "Russia", Role.PLACE: "Kharkiv"}))

    assert len(link([vague("one"), vague("two")]).events) == 2


def test_a_planned_event_is_not_the_one_that_happened() -> None:
    def vote(status: Status) -> Any:
        text = f"[Kenya|place] and its [vote|ELECTION] in [Nairobi|place], {status}"
        return report(text, Told(trigger="vote", roles={Role.PLACE: "Nairobi"}, day=TUESDAY, status=status))

    assert len(link([vote(Status.HAPPENED), vote(Status.PLANNED)]).events) == 2


def test_a_definite_mention_joins_the_event_before_it() -> None:
    text = "A [strike|ASSAULT] hit [Sumy|place]. The [attack|ASSAULT] was brief. [Poltava|place] saw a [blast|ASSAULT]."
    graph = link(
        [
            report(
                text,
                Told(trigger="strike", roles={Role.TARGET: "Sumy"}),
                Told(trigger="attack", roles={}),
                Told(trigger="blast", roles={Role.PLACE: "Poltava"}),
            )
        ]
    )
    assert sorted(len(event.mentions) for event in graph.events) == [1, 2]


def claim(graph: KnowledgeGraph, value: float) -> Claim:
    (found,) = [each for each in graph.claims if each.value == value]
    return found


def test_an_operation_is_known_by_its_name_however_it_is_put() -> None:
    one = report(
        "[Chad|place] praised [Operation Sunrise|ASSAULT] against [Bokoro|place].",
        Told(trigger="Operation Sunrise", roles={Role.AGENT: "Chad", Role.TARGET: "Bokoro"}),
    )
    two = report(
        'The "[Sunrise" operation|ASSAULT] of [Chad|place] wrecked tanks.',
        Told(trigger='Sunrise" operation', roles={Role.AGENT: "Chad"}),
    )
    assert len(link([one, two]).events) == 1


def test_the_attacks_are_what_the_article_tells_most_of() -> None:
    told = report(
        "[Minos|place] was [struck|ASSAULT] and [hit|ASSAULT] again. [Bokoro|place] was [shelled|ASSAULT]. It rained. "
        "It snowed. It blew. One of the deadliest [strikes|ASSAULT] in years, they said. The [attacks|ASSAULT] hurt.",
        Told(trigger="struck", roles={Role.TARGET: "Minos"}),
        Told(trigger="hit", roles={Role.TARGET: "Minos"}),
        Told(trigger="shelled", roles={Role.TARGET: "Bokoro"}),
        Told(trigger="strikes", roles={}),
        Told(trigger="attacks", roles={}),
    )
    graph = link([told])
    text = {mention.id: mention.text for mention in graph.mentions}
    assert sorted(sorted(text[mention] for mention in event.mentions) for event in graph.events) == [
        ["attacks", "hit", "struck"],
        ["shelled"],
    ]


def test_a_later_higher_toll_supersedes_and_children_are_counted_apart() -> None:
    graph = link([FLOOD, FLOOD_LATER])
    first, later, children = claim(graph, 60), claim(graph, 75), claim(graph, 9)
    assert len(graph.events) == 1
    assert (later.supersedes, first.agrees, first.conflicts) == ((first.id,), (), ())
    assert set(children.part_of) == {first.id, later.id}
    assert (children.agrees, children.conflicts, children.supersedes) == ((), (), ())


def test_exact_tolls_of_one_event_are_kept_side_by_side() -> None:
    def quake(killed: int, published: date) -> Any:
        return report(
            f"A [quake|DISASTER] in [Lima|place] killed [{killed}|number].",
            Told(
                trigger="quake",
                roles={Role.PLACE: "Lima"},
                day=MONDAY,
                numbers=[(str(killed), "killed", killed, Qualifier.EXACTLY, None)],
            ),
            published=published,
        )

    graph = link([quake(10, MONDAY), quake(14, TUESDAY), quake(12, MONDAY)])
    assert len(graph.events) == 1
    assert claim(graph, 14).supersedes == tuple(sorted([claim(graph, 10).id, claim(graph, 12).id]))
    assert claim(graph, 10).conflicts == (claim(graph, 12).id,)


def test_events_of_one_place_and_people_make_a_storyline() -> None:
    graph = link(RAIDS)
    (line,) = graph.storylines
    assert len(line.events) == 2
    assert line.label == "Kharkiv: Russia, 3–5 March 2025"


def test_every_reference_in_the_graph_leads_somewhere() -> None:
    graph = link(EVERYTHING)
    entities, events = {each.id for each in graph.entities}, {each.id for each in graph.events}
    mentions = {each.id for each in graph.mentions}
    assert {each.refers_to for each in graph.mentions} <= entities | events | {None}
    assert {place for event in graph.events for place in event.places} <= entities
    assert {mention for event in graph.events for mention in event.mentions} <= mentions
    assert {each.about for each in graph.claims} <= events
    assert {each.mention for each in graph.claims} <= mentions
    assert {mention for row in graph.relations for mention in row.mentions} <= mentions
    assert len(graph.claims) == sum(len(each.quantities) for each in EVERYTHING)


@settings(max_examples=12, deadline=None)
@given(st.permutations(EVERYTHING))
def test_the_order_of_articles_does_not_matter(order: list[AnnotatedArticle]) -> None:
    assert link(order) == link(EVERYTHING)


def test_an_article_given_twice_counts_once() -> None:
    assert link([*EVERYTHING, *EVERYTHING]) == link(EVERYTHING)


def test_no_articles_give_an_empty_graph() -> None:
    assert link([]) == KnowledgeGraph()


def test_adding_an_article_keeps_the_ids_of_the_others() -> None:
    before, after = link(EVERYTHING[:-1]), link(EVERYTHING)
    assert {each.id for each in before.entities} <= {each.id for each in after.entities}
    assert all(link(list(order)) == link(RAIDS) for order in permutations(RAIDS))


def _barrage(killed: int, drones: int, *, words: str, published: date | None = None) -> AnnotatedArticle:
    told = Told(
        trigger="strike",
        roles={Role.AGENT: "Chad", Role.TARGET: "Bokoro", Role.TIME: "Wednesday"},
        numbers=(
            (f"{killed} people", "killed", killed, Qualifier.EXACTLY, "people"),
            (f"{drones} drones", "launched", drones, Qualifier.EXACTLY, "drones"),
        ),
    )
    marked = (
        f"[Chad|place] made a [strike|ASSAULT] on [Bokoro|place] on [Wednesday|time] {words}. It killed "
        f"[{killed} people|number] with [{drones} drones|number]."
    )
    return report(marked, told, published=published)


def test_a_strike_on_one_weekday_in_one_place_is_one_though_its_toll_rose() -> None:
    early, late = _barrage(56, 17, words="before dawn"), _barrage(64, 17, words="at night")
    assert len(link([early, late]).events) == 1


@pytest.mark.parametrize(
    ("other", "published"),
    [
        (_barrage(140, 48, words="again"), None),  # two numbers that are far off
        (_barrage(64, 17, words="again", published=date(2025, 6, 30)), date(2025, 6, 12)),  # weeks later
    ],
)
def test_strikes_on_one_weekday_that_differ_are_two(other: AnnotatedArticle, published: date | None) -> None:
    assert len(link([_barrage(56, 17, words="first", published=published), other]).events) == 2
