"""Reads what is to be checked: RDF in any of its forms, the interchange form, or a graph in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exports import DEFAULT_BASE
from exports.json_form import UnreadableGraph, read_json
from exports.rdf.columns import FORMATS, Columns, UnreadableRdf, read_columns
from exports.rdf.graph_columns import graph_columns
from exports.verify.checks import problems_of
from exports.verify.problem import Kind, Problem
from exports.verify.rows import check_rows
from exports.verify.view import View, id_of
from graph.model import KnowledgeGraph
from ingest.errors import NewsgraphError

COUNTED = {
    "articles": "schema:NewsArticle",
    "mentions": "nif:Phrase",
    "events": "sem:Event",
    "claims": "ng:Claim",
    "findings": "ng:Finding",
    "relations": "ng:Relation",
    "storylines": "ng:Storyline",
}


class NotAGraph(NewsgraphError):
    """A file that is neither RDF nor the interchange form, by its name."""

    def __init__(self, path: Path) -> None:
        known = ", ".join([*FORMATS, ".json"])
        super().__init__(f"{path}: no graph by its name; give the folder of a graph, or a file ending in {known}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was checked and what is wrong with it."""

    counts: dict[str, int]  # of each kind of thing
    problems: tuple[Problem, ...] = ()


def check_file(path: Path) -> Checked:
    """Check one file by itself. What cannot be read is a problem; raises NotAGraph where nothing tells how to."""
    if path.suffix.lower() != ".json" and path.suffix.lower() not in FORMATS:
        raise NotAGraph(path)
    try:
        if path.suffix.lower() == ".json":
            return check_graph(read_json(path), path.name)
        return check_view(View(read_columns(path), path.name))
    except (UnreadableRdf, UnreadableGraph, OSError) as error:
        what = str(error).removeprefix(f"{path}: ")
        return Checked(counts={}, problems=(Problem(kind=Kind.FILE, file=path.name, thing="", what=what),))


def check_graph(graph: KnowledgeGraph, file: str, base: str = DEFAULT_BASE) -> Checked:
    """Check a graph in memory."""
    checked = check_view(view_of(graph, graph_columns(graph, base), file))
    return Checked(counts=checked.counts, problems=(*checked.problems, *check_rows(graph, file)))


def view_of(graph: KnowledgeGraph, columns: Columns, file: str) -> View:
    """A graph in memory and its columns; things are called by their ids."""
    return View(columns, file, _calling(graph))


def counts_of(view: View) -> dict[str, int]:
    """How many things of each kind there are."""
    counts = {kind: len(view.instances(name)) for kind, name in COUNTED.items()}
    counts["entities"] = len(view.one("schema:name"))
    return counts


def check_view(view: View) -> Checked:
    """Check the columns of a graph."""
    problems = problems_of(view)
    if not view.texts:
        problems.append(view.problem(Kind.FILE, "", "no article's text is in it; check the graph's folder instead"))
    return Checked(counts=counts_of(view), problems=tuple(problems))


def _calling(graph: KnowledgeGraph) -> Callable[[str], str]:
    """How the interchange form calls the thing with an IRI: by its id, and mentions by theirs."""
    mentions = {(each.article, each.start, each.end): each.id for each in reversed(graph.mentions)}

    def called(iri: str) -> str:
        if "/" not in iri:
            return iri  # a text, or the whole file
        article, mark, place = iri.partition("#char=")
        start, _, end = place.partition(",")
        if not mark or not start.isdecimal() or not end.isdecimal():
            return id_of(iri)
        return mentions.get((id_of(article), int(start), int(end)), iri)

    return called
