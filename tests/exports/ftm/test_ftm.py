"""The graph as FollowTheMoney entities: the rules of the schemata, with the library itself where it is installed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from exports.ftm.lines import write_ftm
from exports.ftm.proxy import LONGEST_TEXT, pieces, url
from graph.model import Entity, Event, EventParticipant, GraphMention, KnowledgeGraph, Relation
from ingest.article import Article, EntityType, EventType, MentionKind, Role, Status
from ingest.characters import encodable
from tests.exports.hostile import SAMPLE, WORDS, backwards, speaking

Line = dict[str, Any]
ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
# The properties that hold ids, and those that a schema cannot do without.
REFERENCES = {"proof", "addressEntity", "involved", "entity", "document", "resolved", "organization", "holder", "post"}
REFERENCES |= {"subject", "object", "member", "person", "relative"}
REQUIRED = {
    "Person": ("name",), "Organization": ("name",), "LegalEntity": ("name",), "Asset": ("name",), "Address": ("full",),
    "Event": ("name",), "Article": ("fileName",), "Note": ("name",), "Position": ("name",),
    "Mention": ("document", "name", "resolved"), "UnknownLink": ("subject", "object"), "Occupancy": ("holder", "post"),
    "Membership": ("member", "organization"), "Family": ("person", "relative"),
}  # fmt: skip


def lines(graph: KnowledgeGraph) -> list[Line]:
    with TemporaryDirectory() as folder:
        write_ftm(graph, Path(folder, "graph.ftm.json"))
        return [json.loads(line) for line in Path(folder, "graph.ftm.json").read_bytes().split(b"\n")[:-1]]


def check(found: list[Line]) -> dict[str, Line]:
    """The lines by their ids, which keep the rules that need no library."""
    by_id = {line["id"]: line for line in found}
    assert len(by_id) == len(found)
    for line in found:
        assert set(line) == {"id", "schema", "properties"}
        assert ID.fullmatch(line["id"])
        assert len(line["id"]) <= 200
        for required in REQUIRED[line["schema"]]:
            assert line["properties"].get(required), (line, required)
        for name, values in line["properties"].items():
            assert values == list(dict.fromkeys(values))
            assert all(isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT for value in values)
            if name in REFERENCES and not (name == "organization" and line["schema"] == "Address"):
                assert set(values) <= by_id.keys(), (line, name)
                assert line["id"] not in values
        if {"startDate", "endDate"} <= line["properties"].keys():
            assert line["properties"]["startDate"] <= line["properties"]["endDate"]
    return by_id


def validate(found: list[Line]) -> None:
    """What FollowTheMoney itself says to the lines."""
    model = pytest.importorskip("followthemoney").model
    schemata = {line["id"]: model.get(line["schema"]) for line in found}
    for line in found:
        schema = schemata[line["id"]]
        assert schema is not None
        assert not schema.abstract
        schema.validate(line)
        for name, values in line["properties"].items():
            property = schema.get(name)
            assert property is not None, (schema, name)
            assert not property.stub
            if property.type.name == "entity":
                assert all(schemata[value].is_a(property.range) for value in values), (schema, name)
            assert all(property.type.clean(value) for value in values)
        model.get_proxy(line, cleaned=False)


def test_every_line_keeps_the_rules() -> None:
    check(lines(SAMPLE))
    assert lines(KnowledgeGraph()) == []


def test_followthemoney_takes_every_line() -> None:
    validate(lines(SAMPLE))
    validate(lines(OFFICES))


def test_things_have_their_schemata_names_and_texts() -> None:
    by_id = check(lines(SAMPLE))
    schemata = {"person": "Person", "place": "Address", "organization": "Organization", "group": "LegalEntity"}
    for entity in SAMPLE.entities:
        if entity.type.value in schemata:
            line = by_id[entity.id]
            assert line["schema"] == schemata[entity.type]
            assert line["properties"]["name"] == [entity.name]
            assert line["properties"].get("alias", []) == list(entity.aliases)
    for article in SAMPLE.articles:
        assert by_id[article.id]["properties"]["title"] == [article.title]
        assert by_id[article.id]["properties"]["bodyText"] == [article.text]
        assert by_id[article.id]["properties"]["language"] == ["eng"]
    for event in SAMPLE.events:
        assert by_id[event.id]["properties"]["name"] == [event.label]
    for claim in SAMPLE.claims:
        assert by_id[claim.id]["properties"]["description"] == [claim.text]
        assert by_id[claim.id]["properties"]["proof"] == [claim.article]


def entity(id: str, type: EntityType, name: str, **more: Any) -> Entity:
    return Entity(id=id, type=type, name=name, **more)


TEXT = "Mayor Ada Holm of Lyon, daughter of Eve Holm, joined the Union of Towns and opened the bridge, residents said."
OFFICES = KnowledgeGraph(
    articles=(Article(id="a_1", title="", text=TEXT, paragraphs=((0, len(TEXT)),), url="https://news.example/1"),),
    mentions=tuple(
        GraphMention(
            id=f"m{number}",
            article="a_1",
            start=TEXT.index(words),
            end=TEXT.index(words) + len(words),
            text=words,
            kind=MentionKind.EVENT if thing == "opening" else MentionKind.ENTITY,
            refers_to=thing,
        )
        for number, (words, thing) in enumerate(
            [
                ("Ada Holm", "ada"),
                ("Lyon", "lyon"),
                ("Eve Holm", "eve"),
                ("Union of Towns", "union"),
                ("opened", "opening"),
                ("the bridge", "bridge"),
            ]
        )
    ),
    entities=(
        entity("ada", EntityType.PERSON, "Ada Holm"),
        entity("eve", EntityType.PERSON, "Eve Holm"),
        entity("lyon", EntityType.PLACE, "Lyon", lat=45.75, lon=4.85, links=("https://sws.geonames.org/2996944/",)),
        entity("union", EntityType.ORGANIZATION, "Union of Towns"),
        entity("bridge", EntityType.OTHER, "the bridge"),
    ),
    events=(
        Event(
            id="opening",
            type=EventType.CULTURE,
            mode=None,
            label="Opening of the bridge",
            status=Status.HAPPENED,
            start=None,
            end=None,
            places=("lyon",),
            participants=(
                EventParticipant(role=Role.AGENT, entity="ada", text="Ada Holm", mention="m0"),
                EventParticipant(role=Role.TARGET, entity="bridge", text="the bridge", mention="m5"),
                EventParticipant(role=Role.SOURCE, entity=None, text="residents", mention="m9"),
            ),
            mentions=("m4",),
        ),
    ),
    relations=(
        Relation(subject="ada", predicate="daughter_of", object="eve", mentions=("m0", "m2")),
        Relation(subject="ada", predicate="job_title", object="mayor", mentions=("m0",)),
        Relation(subject="ada", predicate="member_of", object="union", mentions=("m0", "m3")),
        Relation(subject="ada", predicate="office_of", object="lyon", mentions=("m0", "m1")),
        Relation(subject="eve", predicate="age", object="70", mentions=("m2",)),
        Relation(subject="union", predicate="located_in", object="lyon", mentions=("m3",)),
    ),
)


def of(schema: str) -> list[dict[str, list[str]]]:
    return [line["properties"] for line in lines(OFFICES) if line["schema"] == schema]


def test_an_office_is_a_position_that_somebody_holds() -> None:
    by_id = check(lines(OFFICES))
    (held,) = of("Occupancy")
    assert held["holder"] == ["ada"]
    assert by_id[held["post"][0]]["properties"] == {
        "name": ["mayor, Lyon"],
        "country": ["fr"],
        "subnationalArea": ["Lyon"],
    }
    assert by_id["ada"]["properties"]["position"] == ["mayor"]


def test_an_office_of_a_country_has_no_smaller_area() -> None:
    france = entity("lyon", EntityType.PLACE, "France", links=("https://sws.geonames.org/3017382/",))
    entities = tuple(france if each.id == "lyon" else each for each in OFFICES.entities)
    (post,) = (line for line in lines(replace(OFFICES, entities=entities)) if line["schema"] == "Position")
    assert post["properties"] == {"name": ["mayor, France"], "country": ["fr"]}


def test_a_relative_is_told_from_the_side_of_the_other() -> None:
    (family,) = of("Family")
    assert (family["person"], family["relative"], family["relationship"]) == (["eve"], ["ada"], ["daughter"])


def test_members_and_other_links_have_their_ends_and_roles() -> None:
    (membership,) = of("Membership")
    assert (membership["member"], membership["organization"]) == (["ada"], ["union"])
    links = {(link["subject"][0], link["role"][0], link["object"][0]) for link in of("UnknownLink")}
    assert links == {("opening", "agent", "ada"), ("union", "located in", "lyon")}


def test_a_place_has_its_country_and_where_it_lies() -> None:
    (place,) = of("Address")
    assert place["country"] == ["fr"]
    assert place["full"] == ["Lyon, France"]
    assert (place["latitude"], place["longitude"]) == (["45.75"], ["4.85"])


def test_an_event_tells_where_who_and_in_which_article() -> None:
    (event,) = of("Event")
    (article,) = (line for line in lines(OFFICES) if line["schema"] == "Article")
    assert article["id"] != "a_1"  # which is no id there
    assert event["proof"] == [article["id"]]
    assert (event["location"], event["addressEntity"], event["country"]) == (["Lyon"], ["lyon"], ["fr"])
    assert event["involved"] == ["ada"]
    assert event["notes"] == ["source: residents"]


def test_an_article_lists_the_names_it_mentions_and_each_spelling_is_a_mention() -> None:
    (article,) = of("Article")
    assert article["peopleMentioned"] == ["Ada Holm", "Eve Holm"]
    assert article["companiesMentioned"] == ["Union of Towns"]
    assert article["locationMentioned"] == ["Lyon"]
    assert article["sourceUrl"] == ["https://news.example/1"]
    assert {(each["resolved"][0], each["name"][0]) for each in of("Mention")} == {
        ("ada", "Ada Holm"),
        ("eve", "Eve Holm"),
        ("union", "Union of Towns"),
    }


def test_a_text_longer_than_a_value_may_be_is_cut_between_lines_and_nothing_is_lost() -> None:
    line = "word " * 100
    text = "\n".join([line.strip()] * 400)
    found = pieces(text)
    assert len(found) == 4
    assert all(len(piece) <= LONGEST_TEXT for piece in found)
    assert "\n".join(found) == text
    assert "".join(pieces("x" * (2 * LONGEST_TEXT + 1))) == "x" * (2 * LONGEST_TEXT + 1)


@pytest.mark.parametrize(
    "text", [None, "", "javascript:alert(1)", "https://a b.example/", "https://", "file:///etc", "x"]
)
def test_what_is_no_page_has_no_address(text: str | None) -> None:
    assert not url(text)


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_hostile_words_come_back_and_break_nothing(words: str) -> None:
    by_id = check(lines(speaking(words)))
    told = " ".join(encodable(words).split())
    for event in SAMPLE.events:
        (name,) = by_id[event.id]["properties"]["name"]
        assert name in (told, event.id)  # the id for a name that no reader would see


@given(WORDS)
@settings(max_examples=30, deadline=None)
def test_followthemoney_takes_hostile_words_too(words: str) -> None:
    pytest.importorskip("followthemoney")
    validate(lines(speaking(words)))
    validate(lines(replace(OFFICES, relations=tuple(replace(each, object=words) for each in OFFICES.relations))))


def test_the_order_of_the_rows_does_not_show() -> None:
    assert lines(backwards()) == lines(SAMPLE)
    assert lines(backwards(OFFICES)) == lines(OFFICES)
