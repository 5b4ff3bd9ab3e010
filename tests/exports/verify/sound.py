"""A small graph with nothing wrong in it, and ways to write it down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from exports.json_form import read_json
from exports.rdf.files import write_ntriples
from graph.model import KnowledgeGraph
from graph.verdict import Correction
from ingest.article import AnnotatedArticle, Qualifier
from newsgraph.build import BuildOptions, build
from tests.newsgraph.plain_parts import Capitals

BASE = "https://example.org/kg/"
_SAMPLE = read_json(Path(__file__).parents[1] / "sample_graph.json")
_EXACT: dict[str, Any] = {"value": 120.0, "upper": None, "qualifier": Qualifier.EXACTLY}
# The sample has a range that no article gives, to have one, and an article that was found twice.
SOUND = replace(
    _SAMPLE,
    publications=(),
    claims=tuple(replace(each, **_EXACT) if each.id == "claim-5" else each for each in _SAMPLE.claims),
    findings=tuple(replace(each, **_EXACT) if each.id == "finding-2" else each for each in _SAMPLE.findings),
)


def ntriples(folder: Path, graph: KnowledgeGraph = SOUND) -> str:
    """The graph as N-Triples, which are Turtle, too, and a line for each statement to be tampered with."""
    write_ntriples(graph, folder / "sound.nt", BASE)
    return (folder / "sound.nt").read_text(encoding="utf-8")


def built(folder: Path) -> Path:
    """The graph as `newsgraph build` leaves one."""
    lines = [
        {"id": each.id, "title": each.title, "text": each.text, "date": str(each.published), "url": each.url,
         "publisher": each.publisher}
        for each in SOUND.articles
    ]  # fmt: skip
    source = folder / "papers.jsonl"
    source.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")

    def link(annotated: Iterable[AnnotatedArticle], _: Sequence[Correction] = ()) -> KnowledgeGraph:
        return replace(SOUND, articles=tuple(each.article for each in annotated))

    build([source], folder / "out", BuildOptions(base=BASE), annotator=Capitals(), link=link)
    return folder / "out"
