"""The commands print results on stdout, say what is wrong in one line, and exit with 0, 1 or 2."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import newsgraph
from exports import EXPORTERS
from newsgraph.build import BuildOptions, build
from newsgraph.cli import main
from tests.newsgraph.plain_parts import Capitals, link

ROOT = Path(__file__).parents[2]
TEXT = "Ada Meets Bo\n\nAda met Bo and 3 others in Malmo. They talked for 2 hours.\n\nPublished: June 08, 2025\n"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("built")
    (folder / "a.txt").write_text(TEXT)
    options = BuildOptions(base="https://example.org/")
    build([folder / "a.txt"], folder / "out", options, annotator=Capitals(), link=link)
    yield folder / "out"


def run(*words: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin, prog_name="newsgraph")


def only_line(result: Result) -> str:
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("newsgraph: ")
    return line.removeprefix("newsgraph: ")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 5


def test_the_help_of_export_lists_every_format() -> None:
    listed = run("export", "--help").stdout
    assert all(f"\n  {name} " in listed for name in EXPORTERS)


def test_show_tells_facts_claims_and_evidence(out: Path) -> None:
    result = run("show", out, "bo")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Bo (person)"
    assert any("2025-06-08" in line and "Ada Meets Bo" in line for line in lines)
    assert any(line.endswith("Ada met Bo and 3 others in Malmo.") for line in lines)


def test_show_puts_the_claims_about_an_event_side_by_side(out: Path) -> None:
    lines = run("show", out, "Ada Meets Bo").stdout.splitlines()
    at = lines.index("Claims")
    assert lines[at + 1] == "  count"
    assert [line.split()[:2] for line in lines[at + 2 : at + 4]] == [["1", "2"], ["2", "3"]]
    assert "says the article" in lines[at + 2]


def test_show_says_when_nothing_goes_by_a_name(out: Path) -> None:
    assert only_line(run("show", out, "Zebra")).startswith("Zebra: nothing in this graph goes by that name; ")


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_query_answers_in_every_form(out: Path, form: str) -> None:
    result = run(
        "query", out, "SELECT ?name { ?p a schema:Person ; schema:name ?name } ORDER BY ?name", "--format", form
    )
    assert result.exit_code == 0, result.output
    assert [name for name in ("Ada", "Bo", "Malmo") if name in result.stdout] == ["Ada", "Bo", "Malmo"]


def test_query_reads_the_query_from_stdin(out: Path) -> None:
    result = run("query", out, "-", "--format", "json", stdin="ASK { ?x a sem:Event }")
    assert json.loads(result.stdout) == [{"answer": "true"}]


def test_a_query_that_is_no_sparql_is_one_line(out: Path) -> None:
    assert "SPARQL" in only_line(run("query", out, "SELECT WHERE"))


def test_export_of_several_files_makes_a_folder_and_stdout_is_no_place_for_them(out: Path, tmp_path: Path) -> None:
    assert run("export", out, "-f", "csv", "-o", tmp_path / "tables").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv"]
    refused = run("export", out, "-f", "csv")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "-o FOLDER" in refused.stderr
    assert run("export", out, "-f", "json", "-o", tmp_path / "tables").exit_code == 2


@pytest.mark.parametrize("name", sorted(name for name, exporter in EXPORTERS.items() if not exporter.folder))
def test_export_writes_the_same_to_a_file_and_to_stdout(out: Path, tmp_path: Path, name: str) -> None:
    assert run("export", out, "-f", name, "-o", tmp_path / "file").exit_code == 0
    assert run("export", out, "-f", name).stdout_bytes == (tmp_path / "file").read_bytes() != b""


def test_export_gives_the_very_files_of_the_build(out: Path) -> None:
    assert run("export", out, "-f", "turtle").stdout_bytes == (out / "graph.ttl").read_bytes()
    assert b"https://example.org/" in (out / "graph.ttl").read_bytes()


@pytest.mark.parametrize("words", [["show", "Ada"], ["query", "ASK {}"], ["export", "-f", "json"]])
def test_a_folder_without_a_graph_is_one_line(tmp_path: Path, words: list[str]) -> None:
    line = only_line(run(words[0], tmp_path, *words[1:]))
    assert line == f"{tmp_path}: no graph in this folder; make one with newsgraph build PATH -o {tmp_path}"


def test_a_place_that_cannot_be_written_is_one_line(out: Path, tmp_path: Path) -> None:
    line = only_line(run("export", out, "-f", "json", "-o", tmp_path / "gone" / "file"))
    assert line == f"{tmp_path}/gone/file: no such file or directory; choose another place to write to"


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["build", "a.txt"],
        ["build", "a.txt", "-o", "out", "--date", "soon"],
        ["build", "a.csv", "-o", "out", "--map", "text"],
        ["build", "a.csv", "-o", "out", "--map", "text=a,words=b"],
        ["build", "a.csv", "-o", "out", "--map", "text=a", "--map", "=b"],
        ["export", "out", "-f", "papyrus"],
        ["query", "out", "ASK {}", "--format", "xml"],
        ["nothing"],
    ],
)
def test_wrong_usage_exits_with_two(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_columns_are_given_as_pairs() -> None:
    (option,) = (each for each in main.commands["build"].params if each.name == "columns")
    given = option.process_value(click.Context(main), ["text=meta.body, title=4", "date=a=b"])
    assert given == (("text", "meta.body"), ("title", "4"), ("date", "a=b"))


def test_columns_that_were_said_are_those_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("wer;was\nAda;Ada met Bo in Malmo.\n")
    options = BuildOptions(columns=(("text", "was"), ("byline", "wer")))
    build([tmp_path / "a.csv"], tmp_path / "out", options, annotator=Capitals(), link=link)
    (article,) = newsgraph.load(tmp_path / "out").graph.articles
    assert (article.text, article.byline) == ("Ada met Bo in Malmo.", "Ada")


def test_a_build_of_nothing_readable_says_why_and_exits_with_one(tmp_path: Path) -> None:
    (tmp_path / "photo.txt").write_bytes(bytes(100))
    result = run("build", tmp_path, tmp_path / "gone", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert [line.removeprefix(f"newsgraph: {tmp_path}").split("; ")[0] for line in result.stderr.splitlines()] == [
        "/gone: no such file or folder",
        "/photo.txt: it is binary, not text",
        f", {tmp_path}/gone: no article could be read",
    ]
    assert "Traceback" not in result.output


def test_a_closed_pipe_ends_quietly(out: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "newsgraph", "export", str(out), "-f", "html"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_load_gives_the_graph_to_python(out: Path) -> None:
    built = newsgraph.load(out)
    assert built.base == "https://example.org/"
    assert [article.title for article in built.graph.articles] == ["Ada Meets Bo"]
    assert built.to_networkx().number_of_nodes() > 3
    assert len(built.to_rdflib()) > 10
    assert built.query("ASK { ?x a schema:Person }").rows == (("true",),)
    assert built.sentences(built.graph.articles[0].id)[0] == (0, 12)


def test_a_query_goes_on_without_the_turtle_file(out: Path) -> None:
    (out / "graph.ttl").rename(out / "moved.ttl")
    try:
        assert newsgraph.load(out).query("ASK { ?x a schema:Person }").rows == (("true",),)
    finally:
        (out / "moved.ttl").rename(out / "graph.ttl")
