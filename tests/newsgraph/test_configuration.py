"""A configuration is read key by key, says what is wrong in it, and does in a build what it says."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graph.wanted import Wanted
from ingest.article import EntityType, EventType
from ingest.given import Named, Term
from ingest.readers import Limits
from ingest.web.manners import Manners
from newsgraph.beginning import template
from newsgraph.build import BuildOptions
from newsgraph.cli import main
from newsgraph.configuration import BadConfiguration, found_configuration, read_configuration

WHOLE = """
[graph]
base = "https://example.org/"
every_mention = true
keep_types = ["place", "ASSAULT"]
[reading]
date = 2026-07-31
publisher = "The Press"
languages = ["en", "fr"]
language = "en"
map = { text = "body", date = "pub" }
[reading.limits]
archive_depth = 2
[fetching]
delay = 0.5
most_pages = 10
[annotate]
model = "my-model"
ner = "my_pipeline"
workers = 3
cluster = "tcp://host:8786"
[[gazetteer]]
file = "names.csv"
type = "place"
[event_terms]
stampede = "ACCIDENT"
"Drone  Swarm" = { type = "ASSAULT", mode = "drone" }
"""


def problems(folder: Path, text: str) -> tuple[str, ...]:
    (folder / "a.toml").write_text(text)
    with pytest.raises(BadConfiguration) as error:
        read_configuration(folder / "a.toml")
    assert all(line.startswith(f"{folder / 'a.toml'}: ") for line in str(error.value).splitlines())
    return error.value.problems


def test_every_key_reaches_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(WHOLE)
    (tmp_path / "names.csv").write_text("name\nQuay Nine\n")
    assert read_configuration(tmp_path / "a.toml") == BuildOptions(
        base="https://example.org/",
        every_mention=True,
        date=date(2026, 7, 31),
        publisher="The Press",
        languages=("en", "fr"),
        language="en",
        columns=(("date", "pub"), ("text", "body")),
        limits=Limits(archive_depth=2),
        manners=Manners(delay=0.5, most_pages=10),
        model=tmp_path / "my-model",
        ner="my_pipeline",
        workers=3,
        cluster="tcp://host:8786",
        wanted=Wanted(keep=("place", "ASSAULT"), named=(Named(name="Quay Nine", type=EntityType.PLACE),)),
        terms=(
            Term(words=("drone", "swarm"), type=EventType.ASSAULT, mode="drone"),
            Term(words=("stampede",), type=EventType.ACCIDENT),
        ),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[grpah]", "unknown table 'grpah'; did you mean 'graph'?"),
        ("[zebra]", "unknown table 'zebra'"),
        ("graph = 1", "graph must be a table: write [graph]"),
        ("[graph]\nbsae = 'a'", "unknown key graph.bsae; did you mean 'base'?"),
        ("[graph]\nbase = 1", "graph.base must be a text"),
        ("[graph]\nevery_mention = 'yes'", "graph.every_mention must be true or false"),
        ("[graph]\nkeep_types = 'place'", "graph.keep_types must be a list of texts"),
        (
            "[graph]\nkeep_types = ['plaice']",
            "graph.keep_types must be a list of types, and 'plaice' is none; did you mean 'place'?",
        ),
        ("[reading]\ndate = '31 July'", "reading.date must be a day such as 2026-07-31"),
        ("[reading]\ndate = 2026-07-31T10:00:00", "reading.date must be a day such as 2026-07-31"),
        (
            "[reading]\nmap = { txet = 'body' }",
            "reading.map must be a table with fields of articles, and 'txet' is none; did you mean 'text'?",
        ),
        ("[reading]\nlimits = 3", "reading.limits must be a table: write [reading.limits]"),
        ("[reading.limits]\nfile_byte = 3", "unknown key reading.limits.file_byte; did you mean 'file_bytes'?"),
        ("[reading.limits]\nfile_bytes = -3", "reading.limits.file_bytes must be a number from 1"),
        ("[reading.limits]\nfile_bytes = true", "reading.limits.file_bytes must be a number from 1"),
        ("[fetching]\ndelay = -0.1", "fetching.delay must be a number from 0"),
        ("[fetching]\ndelay = nan", "fetching.delay must be a number from 0"),
        ("[annotate]\nworkers = 1.5", "annotate.workers must be a number from 1"),
        ("[gazetteer]\nfile = 'a.csv'", "gazetteer must be a list of tables: write [[gazetteer]]"),
        ("[[gazetteer]]\ntype = 'place'", "gazetteer must have a file"),
        (
            "[event_terms]\nstampede = 'ACIDENT'",
            "event_terms.'stampede' must be a type of event, and 'ACIDENT' is none; did you mean 'ACCIDENT'?",
        ),
        ("[event_terms]\na = 1", 'event_terms.\'a\' must be a type of event, or { type = "…", mode = "…" }'),
        ("a = [", "no TOML (Invalid value (at end of document))"),
    ],
)
def test_what_is_wrong_is_said_with_its_key_and_the_nearest_one(tmp_path: Path, text: str, problem: str) -> None:
    assert problems(tmp_path, text) == (problem,)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "[graph]\na = 1\nbase = 2\n[zebra]\n[annotate]\nworkers = 'x'")) == 4


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(BadConfiguration):
            read_configuration(path)
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadConfiguration, match="no TOML"):
        read_configuration(tmp_path / "bad.toml")


def test_the_file_of_the_current_folder_counts_where_no_other_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert found_configuration(None) == BuildOptions()
    Path("newsgraph.toml").write_text("[annotate]\nworkers = 2")
    Path("other.toml").write_text("[annotate]\nworkers = 1")
    assert found_configuration(None).workers == 2
    assert found_configuration(Path("other.toml")).workers == 1


def test_the_written_configuration_changes_nothing_and_holds_every_key_with_its_default(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(template())
    assert read_configuration(tmp_path / "a.toml") == BuildOptions(terms=())
    (tmp_path / "names.csv").write_text("name\nQuay Nine\n")
    awake = re.sub(r"(?m)^# (?=[\w\"]+ = |\[\[)", "", template())
    (tmp_path / "a.toml").write_text(awake)
    read_configuration(tmp_path / "a.toml")  # every example can be followed
    said: dict[str, Any] = tomllib.loads(awake)
    assert said["reading"]["limits"] == {each.name: each.default for each in fields(Limits)}
    assert said["fetching"] == {each.name: each.default for each in fields(Manners)}
    examples = re.sub(r"(?m)^# (?![^\n]*# e\.g\.)(?=[\w]+ = )", "", template())
    (tmp_path / "a.toml").write_text(examples)
    options = read_configuration(tmp_path / "a.toml")
    assert options == BuildOptions(terms=options.terms)  # what is no example is the default


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="newsgraph")


def test_init_writes_it_and_never_over_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").stdout == "newsgraph.toml\n"
    assert Path("newsgraph.toml").read_text() == template()
    Path("newsgraph.toml").write_text("# mine")
    again = run("init")
    assert again.exit_code == 1
    assert again.stderr == "newsgraph: newsgraph.toml: file exists; choose another place to write to\n"
    assert Path("newsgraph.toml").read_text() == "# mine"
    assert run("init", "other.toml").exit_code == 0


def test_a_wrong_configuration_is_told_line_by_line_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[graph]\na = 1\nbase = 2\n")
    (tmp_path / "a.txt").write_text("Ada met Bo in Lagos.")
    result = run("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--config", tmp_path / "a.toml")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"newsgraph: {tmp_path / 'a.toml'}: unknown key graph.a; correct it",
        f"newsgraph: {tmp_path / 'a.toml'}: graph.base must be a text; correct it",
    ]
    assert not (tmp_path / "out").exists()


CONFIGURATION = """
[graph]
base = "https://example.org/"
keep_types = ["organization", "place", "ACCIDENT"]
[reading]
publisher = "The Press"
[[gazetteer]]
file = "names.csv"
[event_terms]
brownout = { type = "ACCIDENT", mode = "power" }
"""
NAMES = """name,type,aliases,lat,lon,same_as,description
Blue Harbour Forum,organization,Quay Council|Old Ferrymen,,,https://example.org/forum,club of ports
Nightwater,place,,6.5,3.5,https://example.org/nightwater,a quay of the harbour
"""
ARTICLE = """Brownout at the Harbour

A brownout darkened Nightwater on Monday, the Quay Council said. Ada Lind of the Old Ferrymen called it a disgrace.
"""


def test_a_build_does_what_the_configuration_says_and_flags_go_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(ARTICLE)
    Path("names.csv").write_text(NAMES)
    Path("newsgraph.toml").write_text(CONFIGURATION)
    result = run("build", "a.txt", "-o", "out", "--publisher", "The Post", "--workers", "1")
    assert result.exit_code == 0, result.stderr
    graph = json.loads(Path("out/graph.json").read_text())
    assert graph["articles"][0]["publisher"] == "The Post"
    entities = {entity["name"]: entity for entity in graph["entities"]}
    assert set(entities) == {"Blue Harbour Forum", "Nightwater"}
    forum, quay = entities["Blue Harbour Forum"], entities["Nightwater"]
    assert forum["aliases"] == ["Old Ferrymen", "Quay Council"]
    assert (forum["type"], forum["description"]) == ("organization", "club of ports")
    assert (quay["type"], quay["lat"], quay["lon"], quay["links"]) == (
        "place", 6.5, 3.5, ["https://example.org/nightwater"]
    )  # fmt: skip
    assert {(event["type"], event["mode"]) for event in graph["events"]} == {("ACCIDENT", "power")}
    assert "https://example.org/" in Path("out/graph.ttl").read_text()
    assert run("verify", "out").exit_code == 0
    why = run("same", "out", "Nightwater", "Blue Harbour Forum")  # linked again as it was asked for
    assert why.exit_code == 0, why.stderr
    assert json.loads(Path("out/graph.json").read_text())["entities"][0]["description"] in {
        "club of ports", "a quay of the harbour"
    }  # fmt: skip


def test_what_changes_the_reading_has_articles_read_again_and_what_does_not_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(ARTICLE)
    Path("names.csv").write_text(NAMES)
    Path("newsgraph.toml").write_text(CONFIGURATION)
    assert "(1 read now" in run("build", "a.txt", "-o", "out", "--workers", "1").stderr
    Path("names.csv").write_text(NAMES.replace("club of ports", "club of clubs").replace("6.5", "6.6"))
    assert "(0 read now" in run("build", "a.txt", "-o", "out", "--workers", "1").stderr
    assert "club of clubs" in Path("out/graph.json").read_text()
    Path("names.csv").write_text(NAMES.replace("Nightwater", "Daywater"))
    assert "(1 read now" in run("build", "a.txt", "-o", "out", "--workers", "1").stderr
