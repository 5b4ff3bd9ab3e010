"""`newsgraph diff`: what it tells of two builds is true, and its patch turns the one into the other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exports.json_form import read_json, write_json
from graph.difference import difference
from graph.model import KnowledgeGraph
from ingest.article import AnnotatedArticle, Article
from newsgraph.build import BuildOptions, build
from newsgraph.changes import as_text
from newsgraph.cli.comparing import diff
from newsgraph.cli.shared import Commands
from tests.exports.rdf.test_patch import applied, triples_of
from tests.graph.hand_made import GRAPH
from tests.graph.reports import FLOOD, FLOOD_LATER
from tests.newsgraph.plain_parts import Capitals, link

ROOT = Path(__file__).parents[2]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(Commands(commands=[diff]), ["diff", *map(str, words)], prog_name="newsgraph")


def told(*words: str | Path) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def section(text: str, title: str) -> list[str]:
    """The lines under a title; none where it is missing."""
    _, _, rest = text.partition(f"\n{title}\n")
    return [line.strip() for line in rest.partition("\n\n")[0].splitlines()]


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Path, Path]:
    """Three articles, and the same folder once one was written anew, one went and one came."""
    texts = {"a": "Ada met Bo and 3 others.", "b": "Cy met Dee.", "c": "Eve met Flo."}
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"{text}\n")
    build([folder], tmp_path / "old", BuildOptions(base="https://example.org/"), annotator=Capitals(), link=link)
    (folder / "a.txt").write_text("Yesterday Ada met Bo, Gus and 4 others.\n")
    (folder / "b.txt").unlink()
    (folder / "d.txt").write_text("Hal met Eve.\n")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    build([folder], tmp_path / "new", BuildOptions(base="https://example.org/"), annotator=Capitals(), link=link)
    return tmp_path / "old", tmp_path / "new"


def test_what_came_and_what_went_is_told(builds: tuple[Path, Path]) -> None:
    text = told(*builds)
    assert [line.partition(" (")[0] for line in section(text, "New articles")] == ["Hal met Eve."]
    assert [line.partition(" (")[0] for line in section(text, "Articles that are gone")] == ["Cy met Dee."]
    (changed,) = section(text, "Articles that were changed")
    assert changed.endswith("a.txt): text")
    assert section(text, "New entities") == ["person: Gus, Hal, Yesterday"]
    assert section(text, "Entities that are gone") == ["person: Cy, Dee"]


def test_json_tells_all_of_it(builds: tuple[Path, Path]) -> None:
    found = json.loads(told(*builds, "--format", "json", "--top", "1"))
    assert [each["name"] for each in found["entities"]["new"]] == ["Gus", "Hal", "Yesterday"]
    assert set(found) == {"articles", "entities", "events", "numbers", "claims", "relations", "storylines"}
    (changed,) = found["articles"]["changed"]
    assert changed["id"] != changed["was"]
    assert changed["fields"]["text"]["after"].startswith("Yesterday")


def test_a_list_is_cut_at_the_top(builds: tuple[Path, Path]) -> None:
    _, new = builds
    empty = new.parent / "empty.json"
    write_json(KnowledgeGraph(), empty)
    lines = section(told(empty, new, "--top", "2"), "New articles")
    assert len(lines) == 3
    assert lines[-1] == "… and 1 more"


@pytest.mark.parametrize("form", ["text", "json", "patch"])
def test_a_file_stands_for_its_folder(builds: tuple[Path, Path], form: str) -> None:
    old, new = builds
    expected = told(old, new, "--format", form)
    assert told(old / "graph.json", new, "--format", form) == expected
    assert told(old, new / "graph.json", "--format", form) == expected
    files = (old / "graph.json", new / "graph.json", "--format", form)
    assert told(*files, "--base", "https://example.org/") == expected
    assert (told(*files) == expected) == (form != "patch")


def test_the_patch_turns_the_one_into_the_other(builds: tuple[Path, Path]) -> None:
    old, new = builds
    before, after = triples_of(old / "graph.ttl"), triples_of(new / "graph.ttl")
    assert applied(before, told(old, new, "--format", "patch").encode()) == after
    assert applied(after, told(new, old, "--format", "patch").encode()) == before
    for folder in builds:
        (folder / "graph.ttl").unlink()
    assert applied(before, told(old, new, "--format", "patch").encode()) == after


def test_nothing_is_told_of_a_build_and_itself(builds: tuple[Path, Path]) -> None:
    old, _ = builds
    assert told(old, old) == "Nothing changed: 3 articles, 6 entities, 3 events, 1 claim.\n"
    assert told(old, old, "--format", "patch").splitlines()[1:] == ["TX .", "TC ."]


@pytest.mark.parametrize("content", [None, b"{", b"[]"])
def test_what_is_no_graph_is_one_line(builds: tuple[Path, Path], content: bytes | None) -> None:
    old, _ = builds
    broken = old.parent / "broken.json"
    if content is not None:
        broken.write_bytes(content)
    for form in ("text", "patch"):
        result = run(broken, old, "--format", form)
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"newsgraph: {broken}: ")


class Reports:
    """Knows hand-made reports by their texts."""

    version = "reports 1"

    def annotate(self, articles: Iterable[Article]) -> Iterator[AnnotatedArticle]:
        for article in articles:
            (report,) = [each for each in (FLOOD, FLOOD_LATER) if each.article.text == article.text]
            numbers = tuple(replace(each, value=float(each.value)) for each in report.quantities)
            yield replace(report, article=article, quantities=numbers)


def build_reports(folder: Path, name: str, *reports: Any) -> Path:
    """A build of what the file holds now, in a folder of this name."""
    lines = [json.dumps({"id": f"report-{len(each.article.text)}", "text": each.article.text}) for each in reports]
    (folder / "reports.jsonl").write_text("\n".join(lines))
    build([folder / "reports.jsonl"], folder / name, annotator=Reports())
    return folder / name


def test_a_former_id_leads_to_what_it_became(tmp_path: Path) -> None:
    """The article that calls the governor Leite goes, after another has told that this is Eduardo Leite."""
    old = shutil.copytree(build_reports(tmp_path, "out", FLOOD_LATER), tmp_path / "old")
    build_reports(tmp_path, "out", FLOOD_LATER, FLOOD)
    new = build_reports(tmp_path, "out", FLOOD)
    (line,) = [line for line in section(told(old, new), "Entities that changed") if "Leite" in line]
    assert line.startswith("Eduardo Leite (person): was Leite")
    # A file does not know what ids became.
    assert any("Leite" in line for line in section(told(old, new / "graph.json"), "Entities that are gone"))


def test_numbers_that_moved_are_told_with_their_sources(tmp_path: Path) -> None:
    text = told(
        build_reports(tmp_path, "first", FLOOD),
        build_reports(tmp_path, "second", FLOOD, FLOOD_LATER),
    )
    (numbers,) = section(text, "Numbers that moved (best supported)")
    assert "killed at least 60 → 75" in numbers
    claims = section(text, "New claims about what was known")
    assert [line.split(": ")[1].partition(" (")[0] for line in claims] == ["killed 9 children", "killed 75"]
    assert claims[1].endswith(f"(report-{len(FLOOD_LATER.article.text)})")


def test_reports_that_contradict_each_other_stand_side_by_side() -> None:
    first, second, third = GRAPH.claims
    agreed = replace(GRAPH, claims=(replace(first, conflicts=()), replace(second, conflicts=("c3",)), third))
    (line,) = section(as_text(difference(agreed, GRAPH), 10), "Reports that now contradict each other")
    assert line == "raid: killed 12 (Raid) | 9 (Raid again)"
    assert section(as_text(difference(GRAPH, agreed), 10), "Reports that no longer contradict each other") == [line]


def test_what_came_together_or_apart_is_told_so_that_it_can_be_told_apart() -> None:
    graph = read_json(ROOT / "tests" / "exports" / "sample_graph.json")
    one, two = graph.entities[:2]
    merged = replace(
        graph,
        entities=tuple(each for each in graph.entities if each.id != two.id),
        mentions=tuple(
            replace(each, refers_to=one.id) if each.refers_to == two.id else each for each in graph.mentions
        ),
    )
    (line,) = section(as_text(difference(graph, merged), 10), "Entities that are now one")
    assert line.count("article") == 3
    assert {one.name, two.name} <= {part.rpartition(" (")[0] for part in line.replace(" → ", " + ").split(" + ")}
    (line,) = section(as_text(difference(merged, graph), 10), "Entities that are now several")
    assert line.count("article") == 3


def test_no_text_steers_the_terminal() -> None:
    old = read_json(ROOT / "tests" / "exports" / "sample_graph.json")
    evil = "\x1b[2J\r\n\u202eX"
    new = replace(
        old,
        entities=tuple(replace(each, name=evil, description=evil, aliases=(evil,)) for each in old.entities),
        events=tuple(replace(each, label=evil, mode=evil) for each in old.events),
        articles=tuple(replace(each, title=evil, path=evil, publisher=evil, text=evil) for each in old.articles),
        claims=tuple(replace(each, unit=evil, id=f"new {each.id}") for each in old.claims),
        findings=tuple(replace(each, unit=evil, value=evil) for each in old.findings),
        relations=tuple(replace(each, object=evil, predicate=evil) for each in old.relations),
        storylines=tuple(replace(each, label=evil) for each in old.storylines),
    )
    for one, other in ((old, new), (new, old), (KnowledgeGraph(), new)):
        assert as_text(difference(one, other), 99).replace("\n", "").isprintable()


def test_the_samples_without_an_article_and_with_it(tmp_path: Path) -> None:
    """The reports of a drone attack on a Wednesday, and the one of the next day that corrects the toll."""
    shutil.copytree(ROOT / "seeds", tmp_path / "in")
    later = tmp_path / "in" / "kharkiv-toll-rises.txt"
    text = later.read_text()
    later.unlink()
    build([tmp_path / "in"], tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "old")
    later.write_text(text)
    build([tmp_path / "in"], tmp_path / "out")
    found = told(tmp_path / "old", tmp_path / "out")
    (article,) = section(found, "New articles")
    assert article.startswith("Death toll from Kharkiv drone strike climbs to four ")
    (strike,) = [line for line in section(found, "Numbers that moved (best supported)") if "drone" in line]
    assert "killed 3 → 4" in strike
    assert "injured 60 → 64" in strike
    superseded = section(found, "Claims that are now superseded")
    assert any("killed 3" in line and line.endswith("→ 4 (kharkiv-toll-rises.txt)") for line in superseded)
    assert not section(found, "Articles that are gone")
    assert not section(found, "Entities that are gone")
    patch = told(tmp_path / "old", tmp_path / "out", "--format", "patch").encode()
    assert applied(triples_of(tmp_path / "old/graph.ttl"), patch) == triples_of(tmp_path / "out/graph.ttl")
