"""Whether a folder's files hold what its store holds, and whether the store's articles are the ones that were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from exports import DEFAULT_BASE
from exports.json_form import ARRAYS, UnreadableGraph, json_pieces, read_json
from exports.rdf.columns import BLANK, IRI
from exports.rdf.graph_columns import graph_columns
from exports.rdf.terms import shortened
from exports.verify.checks import OF_LINKS, problems_of
from exports.verify.files import check_graph, view_of
from exports.verify.problem import Kind, Problem
from exports.verify.rows import check_rows
from exports.verify.view import View
from graph.model import KnowledgeGraph
from graph.sources import article_digest
from graph.store import FILE_NAME, Store, UnreadableStore
from graph.wanted import Wanted
from ingest.serial import from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was found out about a folder's store, in a form that passes from one process to another."""

    problems: tuple[Problem, ...]
    digests: dict[tuple[str, str], int]  # of the columns that graph.ttl has to have


def kept_graph(folder: Path) -> tuple[KnowledgeGraph, str]:
    """The graph in a folder's store, and its base. Raises UnreadableStore."""
    with Store(folder / FILE_NAME, read_only=True) as store:
        graph = store.graph()
        base = store.meta("base") or DEFAULT_BASE
    if graph is None:
        raise UnreadableStore(folder, "the build did not come to its end", "run newsgraph build again")
    return graph, base


def without_given(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    """The problems but for names and descriptions that the user gave a build: no article need say them."""
    with Store(folder / FILE_NAME, read_only=True) as store:
        told = store.meta("wanted")
    named = from_json(Wanted, told).named if told else ()
    given = {f'"{words}"' for each in named for words in (each.name, each.description)}
    return [each for each in problems if each.kind is not Kind.NAME or each.expected not in given]


def check_kept(folder: Path, json_name: str | None) -> Kept:
    """Check the store by itself, but for what rests on the texts, and the interchange form against it."""
    graph, base = kept_graph(folder)
    problems = [*_articles(graph, folder), *check_rows(graph, FILE_NAME)]
    if json_name is not None:
        problems += _json(graph, folder / json_name)
    columns = graph_columns(graph, base)
    problems += problems_of(view_of(graph, columns, FILE_NAME), OF_LINKS)
    return Kept(problems=tuple(problems), digests=columns.digests())


def _articles(graph: KnowledgeGraph, folder: Path) -> Iterator[Problem]:
    """Articles of the graph that are not, to the letter, as some source gave them."""
    with Store(folder / FILE_NAME, read_only=True) as store:
        read = store.digests()
    for article in graph.articles:
        if (article.id, article_digest(article)) not in read:
            yield Problem(
                kind=Kind.ARTICLE, file=FILE_NAME, thing=article.id, what="no source gave the article as it is here"
            )


def _json(graph: KnowledgeGraph, path: Path) -> Iterator[Problem]:
    """Where the interchange form differs from the store, and what is wrong with it then."""
    if _has_bytes(path, json_pieces(graph)):
        return
    try:
        told = read_json(path)
    except UnreadableGraph as error:
        what = str(error).removeprefix(f"{path}: ")
        yield Problem(kind=Kind.FILE, file=path.name, thing="", what=what)
        return
    for array in ARRAYS:
        yield from _different_rows(graph, told, array, path.name)
    yield from check_graph(told, path.name).problems


def _has_bytes(path: Path, pieces: Iterator[bytes]) -> bool:
    with path.open("rb") as file:
        return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)


def _different_rows(graph: KnowledgeGraph, told: KnowledgeGraph, array: str, file: str) -> Iterator[Problem]:
    ours, theirs = ({_key(thing): thing for thing in getattr(each, array)} for each in (graph, told))
    for key in ours.keys() | theirs.keys():
        one, two = ours.get(key), theirs.get(key)
        if one == two:
            continue
        if one is None or two is None:
            what = f"the store has nothing so called in {array}" if one is None else f"missing in {array}"
            yield Problem(kind=Kind.AGREEMENT, file=file, thing=" ".join(key), what=what)
            continue
        for field in fields(one):
            expected, found = getattr(one, field.name), getattr(two, field.name)
            if expected != found:
                yield Problem(
                    kind=Kind.AGREEMENT,
                    file=file,
                    thing=" ".join(key),
                    what=f"the store has another {field.name}",
                    expected=str(expected),
                    found=str(found),
                )


def _key(thing: object) -> tuple[str, ...]:
    names = ("id",) if hasattr(thing, "id") else ("subject", "predicate", "object")
    return tuple(str(getattr(thing, name)) for name in names)


def differences(told: View, folder: Path) -> list[Problem]:
    """What RDF says otherwise than the store; what is then wrong with its links, and with the store's own graph."""
    graph, base = kept_graph(folder)
    kept = graph_columns(graph, base)
    sides: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for subject, predicate, kind, value, is_told in told.columns.differences(kept):
        said = value if kind in (IRI, BLANK) else f'"{value}"'
        sides.setdefault((subject, predicate), ([], []))[is_told].append(said)
    problems = [
        Problem(
            kind=Kind.AGREEMENT,
            file=told.file,
            thing=subject,
            what=f"the store has another {shortened(predicate)}",
            expected=", ".join(expected) or "nothing",
            found=", ".join(found) or "nothing",
        )
        for (subject, predicate), (expected, found) in sides.items()
    ]
    return [*problems, *problems_of(told, OF_LINKS), *check_graph(graph, FILE_NAME, base).problems]
