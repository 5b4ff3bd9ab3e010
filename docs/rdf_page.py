"""Writes anew what docs/rdf.md shows of the vocabulary, the sample articles and the example queries.

Usage: python docs/rdf_page.py   (a test says when it is needed)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from exports.rdf.examples import Example, examples
from exports.rdf.files import write_turtle
from exports.rdf.jsonld import write_jsonld
from exports.rdf.terms import PREFIXES
from graph.model import KnowledgeGraph
from newsgraph.printing import as_table

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rdf.md"
BLOCK = re.compile(r"(<!-- written: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
ROWS = 4  # of each example
WIDEST = 44  # of a cell
# Two claims about one number of one event that cannot both be true, and what they speak of.
CONFLICT = """PREFIX ng: <https://w3id.org/newsgraph/ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
SELECT ?event ?role ?place ?point ?one ?other ?said ?article {
  ?one ng:conflictsWith ?other ; ng:about ?event ; prov:wasQuotedFrom ?said ; prov:hadPrimarySource ?article .
  ?event ng:role ?role ; sem:hasPlace ?place . ?role sem:roleType ng:agent .
  OPTIONAL { ?place <https://schema.org/geo> ?point }
  FILTER(STR(?one) < STR(?other)) } ORDER BY ?one ?place LIMIT 1"""


def filled(page: str, graph: KnowledgeGraph) -> str:
    """The page with every block written anew from the vocabulary, the example queries and the graph of seeds/."""
    with TemporaryDirectory() as folder:
        turtle = Path(folder, "graph.ttl")
        write_turtle(graph, turtle)
        text = turtle.read_text(encoding="utf8")
        write_jsonld(graph, Path(folder, "graph.jsonld"))
        document = json.loads(Path(folder, "graph.jsonld").read_text(encoding="utf8"))
        store = pyoxigraph.Store()
        store.load(path=turtle, format=pyoxigraph.RdfFormat.TURTLE)
    blocks = {
        "turtle": worked(text, store),
        "jsonld": readable(document["@graph"]),
        "classes": classes(),
        "properties": properties(),
        "concepts": concepts(),
        "examples": "\n".join(shown(example, store) for example in examples().values()),
    }
    return BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found[2]].strip()}\n\n{found[3]}", page)


def worked(turtle: str, store: pyoxigraph.Store) -> str:
    """An event of seeds/ with two claims that differ, as graph.ttl has them; long lists and texts are cut."""
    found = store.query(CONFLICT)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    (row,) = found
    header, *subjects = turtle.strip().split("\n\n")
    prefixes = dict(re.findall(r"@prefix (\w+): <([^>]+)>", header))
    stanzas = []
    for term in row:
        iri = term.value if isinstance(term, pyoxigraph.NamedNode) else ""
        names = [f"<{iri}>"] + [f"{p}:{iri.removeprefix(ns)}" for p, ns in prefixes.items() if iri.startswith(ns)]
        stanzas += [_cut(each) for each in subjects if each.split(" ", 1)[0] in names]
    return "```turtle\n" + "\n\n".join(stanzas) + "\n```"


def readable(nodes: list[Any]) -> str:
    """The shortest event of seeds/ whose numbers were brought up to date, and its place, as JSON-LD."""
    updated = (node for node in nodes if any("supersedes" in claim for claim in node.get("claims", ())))
    event = min((node for node in updated if node.get("places")), key=lambda node: (len(str(node)), node["id"]))
    place = next(node for node in nodes if node["id"] == event["places"][0]["id"])
    for node in (event, place):
        node["denotedBy"] = node["denotedBy"][:2]
    return "```json\n" + ",\n".join(json.dumps(node, ensure_ascii=False, indent=1) for node in (event, place)) + "\n```"


def _cut(stanza: str) -> str:
    """A subject with at most two objects a line, and no more of a text than fits one."""
    lines = []
    for line in stanza.replace("\t", "    ").splitlines():
        line = re.sub(r'"((?:[^"\\]|\\.){70})(?:[^"\\]|\\.)+"', r'"\1…"', line)
        objects = line[:-2].split(" , ")
        if len(objects) > 2:
            line = f"{' , '.join(objects[:2])}{line[-2:]}  # and {len(objects) - 2} more"
        lines.append(line)
    return "\n".join(lines)


def _ontology() -> rdflib.Graph:
    ontology = rdflib.Graph(bind_namespaces="none").parse(ROOT / "exports" / "rdf" / "ontology.ttl")
    for prefix, namespace in PREFIXES.items():
        ontology.bind(prefix, namespace, replace=True)
    return ontology


def _names(ontology: rdflib.Graph, terms: Iterator[rdflib.term.Node]) -> str:
    return ", ".join(sorted(f"`{ontology.qname(str(term))}`" for term in terms))


def classes() -> str:
    """A table of our classes."""
    ontology = _ontology()
    lines = ["| class | below | what it is |", "|---|---|---|"]
    for word in sorted(ontology.subjects(RDF.type, OWL.Class), key=str):
        above = _names(ontology, ontology.objects(word, RDFS.subClassOf))
        lines.append(f"| `{ontology.qname(str(word))}` | {above} | {ontology.value(word, RDFS.comment)} |")
    return "\n".join(lines)


def properties() -> str:
    """A table of our properties."""
    ontology = _ontology()
    kin = set(ontology.subjects(RDFS.subPropertyOf, rdflib.SDO.relatedTo))
    words = {word for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for word in ontology.subjects(RDF.type, kind)}
    lines = ["| property | of | value | what it says |", "|---|---|---|---|"]
    for word in sorted(words - kin, key=str):
        told = f"| `{ontology.qname(str(word))}` | {_names(ontology, ontology.objects(word, RDFS.domain))} "
        told += f"| {_names(ontology, ontology.objects(word, RDFS.range))} | {ontology.value(word, RDFS.comment)}"
        note = ontology.value(word, SKOS.scopeNote)
        lines.append(told + (f" {note} |" if note else " |"))
    family = _names(ontology, iter(sorted(kin, key=str)))
    return "\n".join(lines) + f"\n\nFamily, below `schema:relatedTo`, from one person to another: {family}."


def concepts() -> str:
    """A table of each scheme of concepts."""
    ontology = _ontology()
    lines = []
    for scheme in sorted(ontology.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        members = sorted(ontology.subjects(SKOS.inScheme, scheme), key=str)
        if not ontology.value(members[0], SKOS.definition):
            continue  # codes of others; the types of events name the ones that match them
        lines += [f"**{ontology.value(scheme, SKOS.prefLabel)}** (`{ontology.qname(str(scheme))}`)", ""]
        codes = any(
            ontology.objects(member, SKOS.closeMatch) and ontology.value(member, SKOS.closeMatch) for member in members
        )
        lines += (
            ["| concept | meaning | close to |", "|---|---|---|"] if codes else ["| concept | meaning |", "|---|---|"]
        )
        for member in members:
            line = f"| `{ontology.qname(str(member))}` | {ontology.value(member, SKOS.definition)} |"
            if codes:
                matches = sorted(ontology.objects(member, SKOS.closeMatch), key=str)
                line += f" {', '.join(_code(ontology, match) for match in matches)} |"
            lines.append(line)
        lines.append("")
    return "\n".join(lines)


def _code(ontology: rdflib.Graph, concept: rdflib.term.Node) -> str:
    scheme = ontology.value(ontology.value(concept, SKOS.inScheme), SKOS.prefLabel)
    return f"{str(scheme).split()[0]} {ontology.value(concept, SKOS.notation)}"


def shown(example: Example, store: pyoxigraph.Store) -> str:
    """One example: its question, its text without comments and prefixes, and its first rows."""
    found = store.query(example.sparql)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    rows = [[_cell(value) for value in solution] for solution in found]
    # Columns of IRIs only say which thing a row is about.
    kept = [
        at for at in range(len(columns)) if not any((row[at] or "").startswith("https://newsgraph") for row in rows)
    ]
    table = as_table([columns[at] for at in kept], [[row[at] for at in kept] for row in rows[:ROWS]])
    more = f"\n{len(rows) - ROWS} more rows" if len(rows) > ROWS else ""
    if len(rows) == ROWS + 1:
        more = "\n1 more row"
    text = example.sparql[example.sparql.index("SELECT") :].strip()
    change = "".join(f" `--let {name}=…`" for name in example.parameters)
    told = f"{example.about}" + (f" Takes{change}." if change else "")
    return (
        f"### `{example.name}`: {example.title[0].lower()}{example.title[1:]}\n\n{told}\n\n"
        f"```sparql\n{text}\n```\n\n```text\n{table.strip()}{more}\n```\n"
    )


def _cell(value: object) -> str | None:
    if not isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal):
        return None
    text = " ".join(value.value.split())
    return text if len(text) <= WIDEST or text.startswith("https://") else text[: WIDEST - 1] + "…"


def main() -> None:
    """The command line."""
    from newsgraph.api import load  # noqa: PLC0415 - the test brings a graph of its own
    from newsgraph.build import build  # noqa: PLC0415 - as above

    with TemporaryDirectory() as folder:
        build([ROOT / "seeds"], Path(folder))
        graph = load(folder).graph
    PAGE.write_text(filled(PAGE.read_text(encoding="utf8"), graph), encoding="utf8")


if __name__ == "__main__":
    main()
