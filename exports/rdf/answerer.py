"""The process behind `exports.rdf.answering`: a question a line on its standard input, an answer each on its output."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from io import BytesIO
from threading import Thread
from typing import Any, BinaryIO, cast

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Store, serialize

from exports.rdf.files import write_tidily
from exports.rdf.rdfxml import NotInXml, serialize_rdfxml
from exports.rdf.sparql import BadQuery, RemoteQuery, evaluate

NO_MEMORY = 3  # how the process ends when it runs out of it


def answer_all(opening: dict[str, Any]) -> None:
    """Answer every line of standard input, until that ends: a line of JSON, then the bytes of the answer."""
    _limit_memory(opening["memory"])
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    store = Store.read_only(opening["index"])
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        reply, body = _reply(store, opening["prefixes"], json.loads(line), opening["size"])
        out.write(json.dumps(reply).encode() + b"\n")
        out.write(body)
        out.flush()


def _reply(
    store: Store, prefixes: dict[str, str], question: dict[str, Any], most: int | None
) -> tuple[dict[str, object], bytes]:
    out = _Limited(most)
    try:
        found = evaluate(
            store,
            question["sparql"],
            prefixes,
            default_graphs=question["default_graphs"],
            named_graphs=question["named_graphs"],
        )
        kind = {QueryBoolean: "boolean", QuerySolutions: "solutions", QueryTriples: "triples"}[type(found)]
        form = question["forms"]["triples" if isinstance(found, QueryTriples) else "solutions"]
        if isinstance(found, QueryTriples):
            _write_triples(found, out, RdfFormat.from_media_type(form), prefixes)
        else:
            found.serialize(out, QueryResultsFormat.from_media_type(form))
    except BadQuery as error:
        return {"outcome": "bad", "problem": error.problem}, b""
    except NotInXml as error:
        return {"outcome": "no form", "problem": str(error)}, b""
    except RemoteQuery:
        return {"outcome": "remote"}, b""
    except MemoryError:
        sys.exit(NO_MEMORY)
    except OSError:
        if not out.overfull:
            raise
        return {"outcome": "too much"}, b""
    body = out.getvalue()
    return {"outcome": "answered", "kind": kind, "form": form, "bytes": len(body)}, body


def _write_triples(found: QueryTriples, out: BinaryIO, form: RdfFormat | None, prefixes: dict[str, str]) -> None:
    if form == RdfFormat.TURTLE:
        write_tidily(found, out, form, prefixes)
    elif form == RdfFormat.RDF_XML:
        serialize_rdfxml(found, out)
    else:
        serialize(found, out, form)


class _Limited(BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, most: int | None) -> None:
        super().__init__()
        self._most = most
        self.overfull = False

    def write(self, written: object) -> int:
        if self._most is not None and self.tell() + len(cast(bytes, written)) > self._most:
            self.overfull = True
            raise OSError("the answer is too large")
        return super().write(cast(bytes, written))


def _end_with(parent: int) -> None:
    """End this process, whatever it computes, once the one that asks is gone, even when that was killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _limit_memory(most: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # no such thing on this system
        import resource  # noqa: PLC0415 - Unix has it

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
