"""The query operation of the SPARQL 1.1 Protocol, read-only (W3C Recommendation, 21 March 2013, section 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_BYTES = 1 << 20  # of a query, as it is sent
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
READ_ONLY = "this endpoint is read-only: it answers queries, and takes no update"
TOO_LONG = f"a query may have {MOST_BYTES:,} bytes; send a shorter one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query with the data set that the request names for it; no graphs: the data set of the server."""

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def read(request: Request) -> Asked | None:
    """The query that a GET or POST request carries; None for a GET without one.

    Raises HTTPException: 400 where no query or more than one can be read, 403 for an update, 413 or 414 for what is
    too long, 415 for a body that is no query.
    """
    sent = request.scope["query_string"]
    if len(sent) > MOST_BYTES:
        raise HTTPException(414, TOO_LONG)
    given = _parameters(sent)
    queries: list[str] = []
    if request.method == "POST":
        kind = _body_type(request)
        body = await _body(request)
        if kind == FORM:
            given += _parameters(body)
        else:
            queries.append(_text(body))
    if any(name == "update" for name, _ in given):
        raise HTTPException(403, READ_ONLY)
    queries += [value for name, value in given if name == "query"]
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise HTTPException(400, f"the request has {len(queries) or 'no'} queries; send one, as query=")
    return Asked(
        sparql=queries[0],
        default_graphs=_graphs(given, "default-graph-uri"),
        named_graphs=_graphs(given, "named-graph-uri"),
    )


def _body_type(request: Request) -> str:
    media, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    if media == UPDATE:
        raise HTTPException(403, READ_ONLY)
    if media not in (FORM, DIRECT):
        raise HTTPException(415, f"a body must be {FORM} or {DIRECT}", {"Accept-Post": f"{FORM}, {DIRECT}"})
    charsets = [each.partition("=")[2].strip('" ') for each in parameters if each.startswith("charset")]
    if any(charset not in ("utf-8", "utf8", "us-ascii") for charset in charsets):
        raise HTTPException(415, "a query must be in UTF-8")
    return media


async def _body(request: Request) -> bytes:
    """The body; one that is too long is refused before it is read where it says so, else as soon as it shows."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise HTTPException(413, TOO_LONG)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413, TOO_LONG)
    return bytes(body)


def _parameters(sent: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(sent), keep_blank_values=True, errors="strict", max_num_fields=10_000)
    except ValueError as error:
        raise HTTPException(400, "the parameters cannot be read; percent-encode them as UTF-8") from error


def _text(sent: bytes) -> str:
    try:
        return sent.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the query is not in UTF-8") from error


def _graphs(given: list[tuple[str, str]], parameter: str) -> tuple[str, ...]:
    graphs = tuple(value for name, value in given if name == parameter)
    for graph in graphs:
        try:
            NamedNode(graph)
        except ValueError as error:
            raise HTTPException(400, f"{parameter}={graph!r:.100} is no absolute IRI") from error
    return graphs
