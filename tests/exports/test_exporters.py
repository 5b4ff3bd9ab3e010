"""One contract for every exporter."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from exports import EXPORTERS
from exports.json_form import read_json
from graph.model import KnowledgeGraph
from ingest.errors import NewsgraphError

SAMPLE = Path(__file__).parent / "sample_graph.json"
GRAPH = read_json(SAMPLE)
ROOT = Path(__file__).parents[2]


def bytes_at(path: Path) -> dict[str, bytes]:
    """What an exporter wrote, by the names of the files in its folder; by "" where it is one file."""
    if path.is_dir():
        return {file.name: file.read_bytes() for file in sorted(path.iterdir())}
    return {"": path.read_bytes()}


HOSTILE = "</script><script>alert(1)</script>\"'<!--&\\ \u2028\u202e {{ 7*7 }} {% raw %} \x00"


@pytest.mark.parametrize("format", EXPORTERS)
def test_equal_graphs_give_equal_bytes_in_every_run(format: str, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from exports import EXPORTERS; from exports.json_form import read_json;"
        f"EXPORTERS[{format!r}].write(read_json(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    for number in ("1", "2"):
        # Another process has another hash seed, which must not show.
        command = [sys.executable, "-c", program, str(SAMPLE), str(tmp_path / number)]
        subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONHASHSEED": number, "PYTHONPATH": str(ROOT)})
    assert bytes_at(tmp_path / "1") == bytes_at(tmp_path / "2")


@pytest.mark.parametrize("format", EXPORTERS)
def test_the_order_of_the_rows_does_not_show(format: str, tmp_path: Path) -> None:
    backwards = KnowledgeGraph(
        **{
            name: getattr(GRAPH, name)[::-1]
            for name in ("articles", "mentions", "entities", "events", "claims", "findings", "publications")
        },
        relations=GRAPH.relations[::-1],
        storylines=GRAPH.storylines[::-1],
    )
    EXPORTERS[format].write(GRAPH, tmp_path / "there")
    EXPORTERS[format].write(backwards, tmp_path / "back")
    assert bytes_at(tmp_path / "there") == bytes_at(tmp_path / "back")


@pytest.mark.parametrize("format", EXPORTERS)
def test_an_empty_graph_and_a_hostile_one_can_be_written(format: str, tmp_path: Path) -> None:
    hostile = replace(
        GRAPH,
        articles=tuple(replace(article, title=HOSTILE, publisher=HOSTILE, url=HOSTILE) for article in GRAPH.articles),
        entities=tuple(replace(entity, name=HOSTILE, aliases=(HOSTILE,)) for entity in GRAPH.entities),
        events=tuple(replace(event, label=HOSTILE, mode=HOSTILE) for event in GRAPH.events),
        claims=tuple(replace(claim, text=HOSTILE, property=HOSTILE, unit="") for claim in GRAPH.claims),
        findings=tuple(replace(each, property=HOSTILE, unit=HOSTILE, reasons=(HOSTILE,)) for each in GRAPH.findings),
        relations=tuple(replace(relation, predicate=HOSTILE) for relation in GRAPH.relations),
    )
    EXPORTERS[format].write(KnowledgeGraph(), tmp_path / "out")
    assert all(file.decode("utf-8") is not None for file in bytes_at(tmp_path / "out").values())
    try:
        EXPORTERS[format].write(hostile, tmp_path / "hostile")
        assert all(file.decode("utf-8") is not None for file in bytes_at(tmp_path / "hostile").values())
    except NewsgraphError as error:  # RDF/XML cannot hold U+0000, and says so in one line
        assert re.search(r"U\+0000.*; .", str(error))
        assert not (tmp_path / "hostile").exists()


def test_importing_exports_loads_none_of_the_heavy_libraries() -> None:
    program = (
        "import sys, exports; print([n for n in ('pyvis', 'rdflib', 'networkx', 'pyoxigraph') if n in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"
