"""What stands out is told in tables that people read and in JSON that programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsgraph
from graph.insight import stats
from graph.model import KnowledgeGraph
from graph.stats import Stats
from newsgraph.build import build
from newsgraph.cli import main
from newsgraph.stats import as_json, as_text
from tests.graph.hand_made import GRAPH
from tests.newsgraph.plain_parts import Capitals, link

ROOT = Path(__file__).parents[2]
TEXT = as_text(stats(GRAPH))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("built")
    (folder / "a.txt").write_text("Ada met Bo in Malmo.\n\nPublished: June 08, 2025\n")
    (folder / "b.txt").write_text("Ada met Cleo.\n")
    build([folder / "a.txt", folder / "b.txt"], folder / "out", annotator=Capitals(), link=link)
    yield folder / "out"


def table(title: str) -> list[list[str]]:
    """The cells of the table under a title, its head and the line below left out."""
    lines = TEXT.split(f"\n{title}\n\n")[1].split("\n\n")[0].splitlines()
    starts = [0, *(place + 2 for place in range(len(lines[1])) if lines[1][place : place + 2] == "  ")]
    return [
        [line[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)] for line in lines[2:]
    ]


def test_the_first_line_counts_what_there_is() -> None:
    assert TEXT.splitlines()[0] == "4 articles (2024-05-02 to 2024-06-01), 7 entities, 7 events, 3 claims"


def test_each_list_is_a_table_under_its_title() -> None:
    assert table("Told by most articles") == [["raid", "2", "2"], ["talks", "2", "2"]]
    assert table("Reports that disagree") == [["raid", "killed", "2", "9 (the mayor) | 12 (Courier)"]]
    assert table("Busiest days")[0] == ["2024-05-01", "2", "3", "raid"]
    assert table("Busiest places") == [["Tarn", "2", "3", "talks"]]
    assert table("Who acts against whom") == [["Norland", "Sudland", "2", "accuse 1, assault 1", "raid"]]
    assert table("Who meets whom")[0] == ["Ann", "Bob", "2", "plan (planned)"]
    assert table("Most connected people")[0][:5] == ["Ann", "1", "4", "6", "65.00%"]
    assert table("Communities") == [["4", "2", "Ann, Bob, Tarn, Acme"]]
    assert table("Publishers")[-1] == ["(not given)", "1", "1", "0"]


def test_an_estimate_says_so() -> None:
    assert "estimated" not in TEXT
    assert "lead over it, estimated from 1,200 of them all\n" in as_text(replace(stats(GRAPH), sampled=1200))


def test_an_empty_graph_is_one_line() -> None:
    assert as_text(stats(KnowledgeGraph())) == "0 articles, 0 entities, 0 events, 0 claims\n"


def test_an_article_in_which_nothing_happens_has_a_line_a_list() -> None:
    lines = as_text(stats(KnowledgeGraph(articles=GRAPH.articles[3:]))).split("\n\n")
    assert lines[0] == "1 article, 0 entities, 0 events, 0 claims"
    assert "Busiest days: no event is dated to a day or two" in lines
    assert "Most connected people: nobody shares an event or a relation with anybody" in lines
    assert [line for line in lines if "\n" in line.strip()] == [lines[-1]]  # the table of publishers


def test_json_holds_every_list_and_points_to_the_graph() -> None:
    told = json.loads(as_json(stats(GRAPH)))
    assert list(told) == [field.name for field in fields(Stats)]
    assert told["first"] == "2024-05-02"
    assert told["meetings"][0] == {
        "one": {"id": "ann", "type": "person", "name": "Ann"},
        "other": {"id": "bob", "type": "person", "name": "Bob"},
        "events": 2,
        "articles": 2,
        "latest": {
            "id": "plan",
            "type": "COOPERATE",
            "label": "plan",
            "status": "planned",
            "start": "2024-05-09",
            "end": "2024-05-09",
        },
    }
    assert told["hostilities"][0]["types"] == {"ACCUSE": 1, "ASSAULT": 1}
    assert '"value": 12,' in as_json(stats(GRAPH))
    assert [(said["claim"]["id"], said["by"]) for said in told["disputes"][0]["said"]] == [
        ("c2", "the mayor"),
        ("c1", "Courier"),
    ]


def test_the_readme_documents_every_key_of_the_json() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    assert [field.name for field in fields(Stats) if f"`{field.name}`" not in readme] == []


def test_the_command_tells_and_cuts_to_the_top(out: Path) -> None:
    whole = CliRunner().invoke(main, ["stats", str(out)])
    assert whole.exit_code == 0, whole.output
    assert whole.stdout.startswith("2 articles (2025-06-08), 4 entities, 2 events, 0 claims\n")
    assert ["Ada", "2", "3", "3"] in [line.split()[:4] for line in whole.stdout.splitlines()]
    short = json.loads(CliRunner().invoke(main, ["stats", str(out), "--top", "1", "--format", "json"]).stdout)
    assert [row["entity"]["name"] for row in short["people"]] == ["Ada"]
    assert CliRunner().invoke(main, ["stats", str(out), "--top", "0"]).exit_code == 2


def test_the_command_says_where_there_is_no_graph(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["stats", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no graph in this folder" in result.stderr


def test_python_gets_the_same_rows_and_a_view_to_write(out: Path) -> None:
    built = newsgraph.load(out)
    assert (
        as_json(built.stats(top=1))
        == CliRunner().invoke(main, ["stats", str(out), "--top", "1", "--format", "json"]).stdout
    )
    kinds = {type(value) for _, _, known in built.to_networkx(plain=True).edges(data=True) for value in known.values()}
    assert kinds == {str, int}
