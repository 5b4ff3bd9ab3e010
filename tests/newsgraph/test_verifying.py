"""`newsgraph verify`: a line for each problem, what was checked, and an exit code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from exports import EXPORTERS
from exports.rdf.columns import FORMATS
from exports.verify.problem import LONGEST, Kind, Problem, in_order, shown
from graph.store import FILE_NAME, Store
from newsgraph import load
from newsgraph.cli.checking import verify
from newsgraph.verifying import MOST_SHOWN, Verified, as_json, as_lines
from newsgraph.verifying import verify as run_verify
from tests.exports.verify.sound import BASE, SOUND, built


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("verifying"))


def run(*words: str | Path) -> Result:
    group = click.Group(commands={"verify": verify})
    return CliRunner().invoke(group, ["verify", *map(str, words)], prog_name="newsgraph")


def test_a_sound_graph_is_told_in_one_line(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0, result.output
    assert re.fullmatch(
        r"checked 2 articles, 18 mentions, 4 entities, 3 events, 5 claims: 0 problems in \d+\.\d s\n", result.stdout
    )


@pytest.mark.parametrize("name", [name for name, exporter in EXPORTERS.items() if exporter.suffix in FORMATS])
def test_every_export_as_rdf_is_sound_by_itself(name: str, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / f"graph{EXPORTERS[name].suffix}"
    load(folder).export(name, path)
    result = run(path)
    assert result.exit_code == 0, result.output
    assert "2 articles, 18 mentions" in result.stdout


def test_what_is_wrong_is_on_stdout_and_in_the_exit_code(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_text((folder / "graph.json").read_text("utf-8").replace('"start":73', '"start":72'), encoding="utf-8")
    result = run(path)
    assert result.exit_code == 1
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("graph.json: mention-01, characters 72-79: the article has other words there")
    assert last.startswith("checked 2 articles")
    told = json.loads(run(path, "--format", "json").stdout)
    assert told["checked"]["claims"] == 5
    assert [each["characters"] for each in told["problems"] if each["kind"] == "mention"] == [[72, 79]]


def test_only_the_first_problems_of_a_kind_are_told_one_by_one() -> None:
    many = [Problem(kind=Kind.MENTION, file="g", thing=f"m-{i:02}", what="moved") for i in range(MOST_SHOWN + 3)]
    verified = Verified(counts={}, problems=tuple(in_order([*many, *many])), seconds=1.0)
    lines = as_lines(verified).splitlines()
    assert len(lines) == MOST_SHOWN + 2
    assert lines[MOST_SHOWN] == "g: and 3 more problems of this kind (mention)"
    assert lines[-1].endswith(f"{MOST_SHOWN + 3} problems in 1.0 s")
    assert len(json.loads(as_json(verified))["problems"]) == MOST_SHOWN + 3


def test_nothing_from_an_article_can_break_a_line() -> None:
    assert shown("a\nb\x1b[31m\u202ec\ud800") == r"a\nb\x1b[31m\u202ec\ud800"
    assert len(shown("long" * LONGEST)) == LONGEST


def test_a_folder_without_a_graph_and_a_file_that_is_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text("<html>")
    for path, word in ((tmp_path, "no graph in this folder"), (tmp_path / "graph.html", "no graph by its name")):
        result = run(path)
        assert word in str(result.exception), result.output


def test_a_file_without_texts_says_so(tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_text(f"<{BASE}x> <{BASE}y> <{BASE}z> .\n")
    assert any(each.kind is Kind.FILE for each in run_verify(tmp_path / "graph.nt").problems)


def test_an_article_that_no_source_gave_is_found_in_the_store(tmp_path: Path) -> None:
    out = built(tmp_path)
    with Store(out / FILE_NAME) as store:
        store._db.execute("UPDATE holdings SET digest = 'other' WHERE article = 'article-1'")
    (problem,) = run_verify(out).problems
    assert (problem.kind, problem.file, problem.thing) == (Kind.ARTICLE, FILE_NAME, "article-1")


def test_a_graph_changed_in_the_store_alone_is_found(tmp_path: Path) -> None:
    out = built(tmp_path)
    with Store(out / FILE_NAME) as store:
        graph = store.graph()
        assert graph is not None
        store.save_graph(replace(graph, claims=()))
    problems = run_verify(out).problems
    assert {each.file for each in problems if each.kind is Kind.AGREEMENT} == {"graph.ttl", "graph.json"}
    assert any(each.thing == f"{BASE}claim/{SOUND.claims[0].id}" for each in problems)


def test_without_a_process_beside_everything_is_found_as_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert run_verify(folder).problems == ()
