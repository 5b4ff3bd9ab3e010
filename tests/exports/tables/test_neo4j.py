"""The two CSV files: what Neo4j's importer asks of them, and every word back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from exports.tables.neo4j import write_csv
from graph.model import KnowledgeGraph
from ingest.characters import encodable
from tests.exports.hostile import SAMPLE, WORDS, backwards, speaking

Table = list[dict[str, str]]
# How Neo4j reads a column of each type; a column without one holds texts.
READ = {"double": float, "int": int, "date": date.fromisoformat}


def tables(graph: KnowledgeGraph) -> tuple[Table, Table]:
    """The rows of nodes.csv and edges.csv, after a look at what the importer asks of them."""
    with TemporaryDirectory() as folder:
        write_csv(graph, Path(folder, "new"))
        assert sorted(path.name for path in Path(folder, "new").iterdir()) == ["edges.csv", "nodes.csv"]
        nodes, edges = (table(Path(folder, "new", name).read_bytes()) for name in ("nodes.csv", "edges.csv"))
    ids = [row["id:ID"] for row in nodes]
    assert len(set(ids)) == len(ids)
    assert all(row[":LABEL"] for row in nodes)
    for row in edges:
        assert {row[":START_ID"], row[":END_ID"]} <= set(ids)
        assert row[":TYPE"]
    return nodes, edges


def table(file: bytes) -> Table:
    assert file.startswith((b"id:ID,:LABEL,", b":START_ID,:END_ID,:TYPE,"))
    header, *rows = csv.reader(io.StringIO(file.decode(), newline=""), strict=True)
    assert file.endswith(b"\r\n")
    assert len(set(header)) == len(header)
    for row in rows:
        assert len(row) == len(header)
        for column, cell in zip(header, row, strict=True):
            name, _, type = column.partition(":")
            if cell and name and type in READ:
                READ[type](cell)
    return [dict(zip(header, row, strict=True)) for row in rows]


NODES, EDGES = tables(SAMPLE)


def edges(type: str) -> set[tuple[str, str]]:
    return {(row[":START_ID"], row[":END_ID"]) for row in EDGES if row[":TYPE"] == type}


def test_every_thing_is_a_node_with_its_fields() -> None:
    by_id = {row["id:ID"]: row for row in NODES}
    for entity in SAMPLE.entities:
        row = by_id[entity.id]
        assert row[":LABEL"] == f"Entity;{entity.type.capitalize()}"
        assert (row["name"], row["aliases:string[]"]) == (entity.name, ";".join(entity.aliases))
        assert row["lat:double"] == ("" if entity.lat is None else str(entity.lat))
    for event in SAMPLE.events:
        assert by_id[event.id]["start:date"] == ("" if event.start is None else str(event.start))
    for article in SAMPLE.articles:
        assert (by_id[article.id]["name"], by_id[article.id]["text"]) == (article.title, article.text)
    for claim in SAMPLE.claims:
        assert (by_id[claim.id]["property"], by_id[claim.id]["text"]) == (claim.property, claim.text)
    for finding in SAMPLE.findings:
        assert by_id[finding.id]["reasons:string[]"] == ";".join(finding.reasons)
    texts = sum(row[":LABEL"] == "Text" for row in NODES)
    assert len(NODES) == texts + sum(
        len(things)
        for things in (
            *(SAMPLE.entities, SAMPLE.events, SAMPLE.articles, SAMPLE.claims, SAMPLE.findings, SAMPLE.storylines),
        )
    )


def test_claims_and_findings_stand_where_they_stood() -> None:
    assert edges("ABOUT") == {(each.id, each.about) for each in (*SAMPLE.claims, *SAMPLE.findings)}
    assert edges("SAID_BY") == {(claim.id, claim.speaker) for claim in SAMPLE.claims if claim.speaker is not None}
    assert edges("REPORTED_IN") == {(claim.id, claim.article) for claim in SAMPLE.claims}
    assert edges("AGREES_WITH") == {(claim.id, other) for claim in SAMPLE.claims for other in claim.agrees}
    assert edges("CONFLICTS_WITH") == {(claim.id, other) for claim in SAMPLE.claims for other in claim.conflicts}
    assert edges("SUPERSEDES") == {(claim.id, other) for claim in SAMPLE.claims for other in claim.supersedes}
    assert edges("COUNTS_PART_OF") == {(claim.id, other) for claim in SAMPLE.claims for other in claim.part_of}
    assert edges("SUPPORTED_BY") == {(finding.id, other) for finding in SAMPLE.findings for other in finding.supports}
    assert edges("PART_OF_STORYLINE") == {(event, line.id) for line in SAMPLE.storylines for event in line.events}


def test_participants_have_roles_and_those_without_a_name_are_texts_of_their_own() -> None:
    names = {row["id:ID"]: row["name"] for row in NODES}
    told = {(row[":START_ID"], names[row[":END_ID"]], row["role"]) for row in EDGES if row[":TYPE"] == "PARTICIPANT"}
    assert told == {
        (event.id, part.text if part.entity is None else names[part.entity], part.role.value)
        for event in SAMPLE.events
        for part in event.participants
    }
    assert edges("HAS_PLACE") == {(event.id, place) for event in SAMPLE.events for place in event.places}


def test_evidence_points_at_the_words_of_the_article() -> None:
    texts = {article.id: article.text for article in SAMPLE.articles}
    spelled = {(mention.refers_to, mention.text) for mention in SAMPLE.mentions}
    checked = 0
    for row in EDGES:
        if row[":TYPE"] == "MENTIONED_IN":
            places = row["evidence:string[]"].split(";")
            assert int(row["count:int"]) == len(places)
            for place in places:
                article, _, characters = place.partition("#char=")
                start, end = map(int, characters.split(","))
                assert article == row[":END_ID"]
                assert (row[":START_ID"], texts[article][start:end]) in spelled
                checked += 1
    known = {thing.id for thing in (*SAMPLE.entities, *SAMPLE.events)}
    assert checked == sum(mention.refers_to in known for mention in SAMPLE.mentions)


def test_relations_go_to_an_entity_or_to_a_text() -> None:
    names = {row["id:ID"]: row["name"] for row in NODES}
    for relation in SAMPLE.relations:
        (row,) = (
            row
            for row in EDGES
            if (row[":START_ID"], row["role"]) == (relation.subject, relation.predicate)
            and relation.object in (row[":END_ID"], names[row[":END_ID"]])
        )
        assert row[":TYPE"] == relation.predicate.upper()
        assert int(row["count:int"]) == len(relation.mentions)


def test_a_semicolon_within_a_part_of_a_list_does_not_make_two_of_it() -> None:
    entity = replace(SAMPLE.entities[0], aliases=("One; Two", "Three"))
    nodes, _ = tables(replace(SAMPLE, entities=(entity, *SAMPLE.entities[1:])))
    assert next(row for row in nodes if row["id:ID"] == entity.id)["aliases:string[]"].split(";") == [
        "One, Two",
        "Three",
    ]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_text_that_a_spreadsheet_could_run_is_left_as_it_is(formula: str) -> None:
    entity = replace(SAMPLE.entities[0], name=formula)
    nodes, _ = tables(replace(SAMPLE, entities=(entity, *SAMPLE.entities[1:])))
    assert next(row for row in nodes if row["id:ID"] == entity.id)["name"] == formula


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_hostile_words_come_back_and_break_nothing(words: str) -> None:
    nodes, _ = tables(speaking(words))
    for label, column in (("Article", "text"), ("Event", "name"), ("Article", "publisher"), ("Claim", "value_text")):
        assert {row[column] for row in nodes if row[":LABEL"] == label} == {encodable(words)}
    assert {row["id:ID"] for row in nodes if row[":LABEL"] == "Article"} == {
        encodable(f"{words}{number}") for number in range(len(SAMPLE.articles))
    }


def test_an_empty_graph_has_two_headers() -> None:
    assert tables(KnowledgeGraph()) == ([], [])


def test_the_order_of_the_rows_does_not_show(tmp_path: Path) -> None:
    write_csv(SAMPLE, tmp_path / "there")
    write_csv(backwards(), tmp_path / "back")
    for name in ("nodes.csv", "edges.csv"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "back" / name).read_bytes()


def test_a_file_where_the_folder_should_be_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(FileExistsError):
        write_csv(SAMPLE, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"
