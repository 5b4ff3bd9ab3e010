"""Whether SPARQL engines that know nothing of each other give the example queries the same answers.

Virtuoso (`virtuoso-t` and `isql-vt`, Debian's virtuoso-opensource) and Oxigraph (`oxigraph`, from the Python package of
that name) run as servers on loopback ports, in a folder that is gone afterwards; rdflib and pyoxigraph in this process.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
import rdflib

from exports.rdf import terms
from exports.rdf.examples import examples
from ingest.errors import NewsgraphError

Row = tuple[str | None, ...]
Ask = Callable[[str], bytes]  # a query in, SPARQL 1.1 Query Results JSON out
GRAPH = "urn:newsgraph:engines"  # the named graph in Virtuoso, which has graphs of its own besides
PATIENCE = 60  # seconds for a server to start or stop; Virtuoso lays out a database first
TIME_LIMIT = 60  # seconds for a server's answer
NUMERIC = frozenset({"integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long"})
PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in terms.PREFIXES.items())
# Each gives at most one row; its variables are called as the parameters.
FITTING = (
    """SELECT ?name { { SELECT ?thing (COUNT(*) AS ?times) { ?thing a schema:Person ; gaf:denotedBy ?mention }
    GROUP BY ?thing }
    ?thing schema:name ?name } ORDER BY DESC(?times) ?name LIMIT 1""",
    """SELECT ?place ?latitude ?longitude { { SELECT ?where (COUNT(*) AS ?times) { ?event sem:hasPlace ?where }
    GROUP BY ?where } ?where schema:name ?place ; schema:geo ?point .
    ?point schema:latitude ?latitude ; schema:longitude ?longitude } ORDER BY DESC(?times) ?place LIMIT 1""",
    """SELECT ?event { { SELECT ?about (COUNT(*) AS ?times) { ?claim ng:about ?about ; ng:property ng:killed }
    GROUP BY ?about } ?about rdfs:label ?event } ORDER BY DESC(?times) ?event LIMIT 1""",
    "SELECT (MIN(?day) AS ?from) (MAX(?day) AS ?to) { ?event sem:hasEarliestBeginTimeStamp ?day }",
)
VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DirsAllowed = {folder}, {data}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
DefaultGraph = {graph}
"""


class EngineFailed(NewsgraphError):
    """A SPARQL engine that is not there, does not start, does not load the graph, or does not answer a query."""

    def __init__(self, engine: str, problem: object) -> None:
        super().__init__(f"{engine}: {problem}; see whether it is installed and runs by hand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one engine answered to one query."""

    rows: tuple[Row, ...]  # in the engine's order, terms in one normal form
    seconds: float


def missing_programs() -> list[str]:
    """The programs of the two servers that are not installed."""
    return [name for name in ("virtuoso-t", "isql-vt", "oxigraph") if _program(name) is None]


def _program(name: str) -> str | None:
    """Where a program is; also beside this Python, whose environment need not be on the path."""
    return shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))


def answers(engine: AbstractContextManager[Ask], queries: Mapping[str, str]) -> dict[str, Answered | str]:
    """What an engine answers to each of the queries by name, or what is wrong with the answer."""
    found: dict[str, Answered | str] = {}
    with engine as ask:
        for name, sparql in queries.items():
            began = time.perf_counter()
            try:
                written = ask(sparql)
                seconds = time.perf_counter() - began
                found[name] = Answered(rows=rows(written), seconds=seconds)
            except Exception as error:  # whatever an engine may raise, the others are to be asked, too
                found[name] = str(error).strip().splitlines()[0][:200] if str(error).strip() else repr(error)
    return found


def rows(written: bytes) -> tuple[Row, ...]:
    """The rows of SPARQL 1.1 Query Results JSON, terms in one normal form: 4.0 and "04" are 4."""
    document = json.loads(written)
    names = document["head"]["vars"]
    return tuple(tuple(_normal(row.get(name)) for name in names) for row in document["results"]["bindings"])


def _normal(term: Mapping[str, str] | None) -> str | None:
    if term is None:
        return None
    if term["type"] == "uri":
        return f"<{term['value']}>"
    value, datatype = term["value"], term.get("datatype", "").rpartition("#")[2]
    if datatype in NUMERIC:
        try:
            number = Decimal(value).normalize()
        except InvalidOperation:
            return f"{value}^^{datatype}"
        # Twelve figures: engines differ in the last ones of a double.
        return f"{number:f}" if number == number.to_integral_value() else f"{number:.12g}"
    return f'"{value}"' + (f"^^{datatype}" if datatype not in ("", "string") else "")


@contextmanager
def in_pyoxigraph(turtle: Path) -> Iterator[Ask]:
    """Oxigraph in this process, in memory."""
    store = pyoxigraph.Store()
    store.bulk_load(path=turtle, format=pyoxigraph.RdfFormat.TURTLE)

    def ask(sparql: str) -> bytes:
        found = store.query(sparql)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""

    yield ask


@contextmanager
def in_rdflib(turtle: Path) -> Iterator[Ask]:
    """rdflib's own engine, in this process."""
    graph = rdflib.Graph().parse(turtle, format="turtle")

    def ask(sparql: str) -> bytes:
        written = BytesIO()
        graph.query(sparql).serialize(written, format="json")
        return written.getvalue()

    yield ask


@contextmanager
def oxigraph_server(turtle: Path) -> Iterator[Ask]:
    """An Oxigraph server on a loopback port, over a store on disk."""
    with TemporaryDirectory() as folder:
        store = f"{folder}/store"
        _run("oxigraph", ["oxigraph", "load", "--location", store, "--file", str(turtle), "--format", "ttl"])
        port = _free_port()
        served = ["oxigraph", "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"]
        with _server("Oxigraph", served, port, Path(folder)):
            yield lambda sparql: _post(f"http://127.0.0.1:{port}/query", {"query": sparql})


@contextmanager
def virtuoso_server(turtle: Path) -> Iterator[Ask]:
    """A Virtuoso server on loopback ports, over a database of its own."""
    with TemporaryDirectory() as name:
        folder, port, sql_port = Path(name), _free_port(), _free_port()
        # Its bulk loader takes a folder and a pattern, and reads only where it is allowed to.
        data = folder / "data"
        data.mkdir()
        shutil.copyfile(turtle, data / "graph.ttl")
        settings = VIRTUOSO_INI.format(folder=folder, data=data, port=port, sql_port=sql_port, graph=GRAPH)
        (folder / "virtuoso.ini").write_text(settings, encoding="utf8")

        def sql(commands: str, seconds: float | None = None) -> str:
            return _run("Virtuoso", ["isql-vt", f"127.0.0.1:{sql_port}", "dba", "dba", f"exec={commands}"], seconds)

        served = ["virtuoso-t", "-f", "-c", str(folder / "virtuoso.ini")]
        with _server("Virtuoso", served, port, folder, stop=lambda: sql("shutdown;", PATIENCE)):
            sql(f"ld_dir('{data}', 'graph.ttl', '{GRAPH}'); rdf_loader_run(); checkpoint;")
            trouble = sql("select ll_error from DB.DBA.LOAD_LIST where ll_error is not null;")
            if "0 Rows." not in trouble:
                raise EngineFailed("Virtuoso", f"it did not load the graph: {trouble.strip()[-200:]}")
            asked = {"default-graph-uri": GRAPH, "format": "application/sparql-results+json"}
            yield lambda sparql: _post(f"http://127.0.0.1:{port}/sparql", asked | {"query": sparql})


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Ask]]] = {
    "pyoxigraph": in_pyoxigraph,
    "Oxigraph": oxigraph_server,
    "Virtuoso": virtuoso_server,
    "rdflib": in_rdflib,
}


@contextmanager
def _server(
    name: str, command: list[str], port: int, folder: Path, stop: Callable[[], object] | None = None
) -> Iterator[None]:
    """A server that answers at the port; stopped as it likes to be, and by force when that does not help."""
    with (folder / "output").open("wb") as output:
        try:
            process = subprocess.Popen(
                [_program(command[0]) or command[0], *command[1:]], stdout=output, stderr=subprocess.STDOUT, cwd=folder
            )
        except OSError as error:
            raise EngineFailed(name, error) from error
        try:
            _wait_for(name, process, port)
            yield
        finally:
            if stop is not None and process.poll() is None:
                with suppress(EngineFailed, subprocess.TimeoutExpired):  # it may be busy with a query
                    stop()
                    process.wait(PATIENCE)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(name: str, process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise EngineFailed(name, f"it does not answer at port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(name: str, command: list[str], seconds: float | None = None) -> str:
    """What a program that must succeed has to say; no longer than so many seconds."""
    try:
        done = subprocess.run(
            [_program(command[0]) or command[0], *command[1:]],
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineFailed(name, error) from error
    if done.returncode:
        raise EngineFailed(name, f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-300:]}")
    return done.stdout


def _post(url: str, fields: Mapping[str, str]) -> bytes:
    """What a server on this machine answers to a form; never by way of a proxy."""
    request = urllib.request.Request(
        url,
        data=urllib.parse.urlencode(fields).encode(),
        headers={"Accept": "application/sparql-results+json", "Content-Type": "application/x-www-form-urlencoded"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=TIME_LIMIT) as answer:
            body: bytes = answer.read()
            return body
    except urllib.error.HTTPError as error:
        raise EngineFailed(url, error.read().decode(errors="replace")[:300]) from error


def compare(turtle: Path, tell: Callable[[str], None]) -> Iterator[str]:
    """The lines of a table: for each example its rows, and for each engine the seconds and whether it says the same."""
    values = fitting(turtle)
    queries = {
        name: example.with_values({key: value for key, value in values.items() if key in example.parameters})
        for name, example in examples().items()
    }
    found: dict[str, dict[str, Answered | str]] = {}
    for engine, start in ENGINES.items():
        began = time.perf_counter()
        found[engine] = answers(start(turtle), queries)
        tell(f"{engine}: {time.perf_counter() - began:.1f} s with starting and loading")
    first = next(iter(found))
    yield f"{'query':16s} {'rows':>6s}" + "".join(f" {engine:>14s}" for engine in found)
    notes = []
    for name in queries:
        expected = found[first][name]
        cells = [_compared(found[engine][name], expected) for engine in found]
        count = len(expected.rows) if isinstance(expected, Answered) else 0
        yield f"{name:16s} {count:6d}" + "".join(f" {cell:>14s}" for cell in cells)
        notes += [f"{name}, {engine}: {said}" for engine in found if isinstance(said := found[engine][name], str)]
    yield from notes


def _compared(answered: Answered | str, expected: Answered | str) -> str:
    """Seconds, and whether the rows are the same in the same order, the same in another one, or others."""
    if isinstance(answered, str):
        return "failed"
    if isinstance(expected, str):
        return f"{answered.seconds:.3f} ?"
    if answered.rows == expected.rows:
        return f"{answered.seconds:.3f} yes"
    alike = sorted(map(repr, answered.rows)) == sorted(map(repr, expected.rows))
    return f"{answered.seconds:.3f} {'order' if alike else 'no'}"


def fitting(turtle: Path) -> dict[str, str]:
    """Values for parameters of the examples with which they find something in this graph: who is named most, the place
    of most events and where it lies, the event with most deaths to speak of, the first and the last day.
    """
    values: dict[str, str] = {}
    with in_pyoxigraph(turtle) as ask:
        for sparql in FITTING:
            document = json.loads(ask(PREFIXES + sparql))
            for binding in document["results"]["bindings"]:
                values |= {name: term["value"] for name, term in binding.items()}
    return values
