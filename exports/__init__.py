"""The graph in, files out: RDF, interactive HTML, JSON."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from graph.model import KnowledgeGraph

# How the IRIs of things in a graph begin unless the user says otherwise; nobody can own a .invalid name (RFC 2606).
DEFAULT_BASE = "https://newsgraph.invalid/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """Writes a graph as one kind of file; the module that does it is imported when it is first used."""

    suffix: str
    about: str  # half a line for the command's help
    module: str
    function: str
    names_things: bool = False  # whether the file holds IRIs, so that the base matters
    folder: bool = False  # whether it writes several files into a folder, which is made where it is missing

    def write(self, graph: KnowledgeGraph, path: Path, base: str = DEFAULT_BASE) -> None:
        """Write `graph` to `path`; equal graphs give equal bytes, and a file appears whole or not at all."""
        # Importing pyoxigraph, pyvis and networkx costs over a second, which `--help` should not pay.
        write = getattr(import_module(self.module), self.function)
        if self.names_things:
            write(graph, path, base)
        else:
            write(graph, path)


EXPORTERS: dict[str, Exporter] = {
    "turtle": Exporter(
        suffix=".ttl",
        about="RDF 1.1 in Turtle",
        module="exports.rdf.files",
        function="write_turtle",
        names_things=True,
    ),
    "ntriples": Exporter(
        suffix=".nt",
        about="RDF, a triple a line",
        module="exports.rdf.files",
        function="write_ntriples",
        names_things=True,
    ),
    "trig": Exporter(
        suffix=".trig",
        about="RDF in named graphs: one an article, one for what was derived",
        module="exports.rdf.files",
        function="write_trig",
        names_things=True,
    ),
    "nquads": Exporter(
        suffix=".nq",
        about="the same named graphs, a statement a line",
        module="exports.rdf.files",
        function="write_nquads",
        names_things=True,
    ),
    "rdfxml": Exporter(
        suffix=".rdf",
        about="RDF/XML, for tools that read nothing else",
        module="exports.rdf.rdfxml",
        function="write_rdfxml",
        names_things=True,
    ),
    "jsonld": Exporter(
        suffix=".jsonld",
        about="RDF as JSON, an object for each thing",
        module="exports.rdf.jsonld",
        function="write_jsonld",
        names_things=True,
    ),
    "json": Exporter(
        suffix=".json",
        about="the interchange form, one object of arrays",
        module="exports.json_form",
        function="write_json",
    ),
    "csv": Exporter(
        suffix="",
        about="a folder with nodes.csv and edges.csv, for Neo4j's importer, data frames and spreadsheets",
        module="exports.tables.neo4j",
        function="write_csv",
        folder=True,
    ),
    "graphml": Exporter(
        suffix=".graphml",
        about="a network for networkx, igraph, Cytoscape, yEd",
        module="exports.networks.graphml",
        function="write_graphml",
    ),
    "gexf": Exporter(
        suffix=".gexf",
        about="a network for Gephi, with days for its timeline",
        module="exports.networks.gexf",
        function="write_gexf",
    ),
    "ftm": Exporter(
        suffix=".ftm.json",
        about="FollowTheMoney entities, one a line, for OpenAleph",
        module="exports.ftm.lines",
        function="write_ftm",
    ),
    "html": Exporter(
        suffix=".html",
        about="a picture of what is told of most, in one page that needs no network",
        module="exports.html.page",
        function="write_html",
    ),
    "explorer": Exporter(
        suffix=".html",
        about="the whole graph as one page: picture, timeline, map, claims, articles",
        module="exports.html.explorer",
        function="write_explorer",
    ),
}

__all__ = ["DEFAULT_BASE", "EXPORTERS", "Exporter"]
