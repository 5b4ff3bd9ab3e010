"""SPARQL answered by a process of its own, which is ended when a query takes too long or finds too much."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import BinaryIO, Literal, cast

from ingest.errors import NewsgraphError

SECONDS = 30.0
SIZE = 64 << 20  # bytes of an answer
MEMORY = 4 << 30  # bytes that the process may have of its own, where the system knows such limits


class TookTooLong(NewsgraphError):
    """A query that had no answer when its time was up."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the query: no answer within {seconds:g} s; narrow it down, or allow it more time")


class TookTooMuch(NewsgraphError):
    """A query that needs more memory than it may have."""

    def __init__(self) -> None:
        super().__init__(f"the query: it needs more than {MEMORY >> 30} GB of memory; narrow it down")


class TooMuchFound(NewsgraphError):
    """A query whose answer is larger than allowed."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the query: its answer has more than {size:,} bytes; narrow it down, or add a LIMIT")


class NoForm(NewsgraphError):
    """An answer that the form asked for cannot hold; the text says which form can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The media types that an answer may have, for rows or a truth value and for triples."""

    solutions: str = "application/sparql-results+json"
    triples: str = "text/turtle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as it is sent: its media type and its bytes."""

    kind: Literal["boolean", "solutions", "triples"]
    form: str
    body: bytes


class Answering:
    """One process that answers one query at a time over a store on disk; ended on leaving, safe between threads."""

    def __init__(
        self, index: Path, prefixes: Mapping[str, str], *, seconds: float | None = SECONDS, size: int | None = SIZE
    ) -> None:
        """`index` is what `exports.rdf.index` made; None for `seconds` or `size` sets no limit."""
        self._opening: dict[str, object] = {
            "index": str(index),
            "prefixes": dict(prefixes),
            "path": sys.path,
            "size": size,
            "memory": MEMORY,
        }
        self._seconds = seconds
        self._size = size
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Answering:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def answer(
        self, sparql: str, forms: Forms, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> Answered:
        """Answer one query, over the union of all graphs unless a dataset is given.

        Raises BadQuery, RemoteQuery, TookTooLong, TookTooMuch, TooMuchFound and NoForm.
        """
        question: dict[str, object] = {
            "sparql": sparql,
            "forms": asdict(forms),
            "default_graphs": list(default_graphs),
            "named_graphs": list(named_graphs),
        }
        with self._lock:
            process = self._process = self._process or self._started()
            late: list[bool] = []

            def stop() -> None:
                late.append(True)
                process.kill()

            timer = None if self._seconds is None else Timer(self._seconds, stop)
            try:
                if timer:
                    timer.daemon = True
                    timer.start()
                return self._asked(process, question)
            except (EOFError, BrokenPipeError) as error:
                raise self._lost(late) from error
            finally:
                if timer:
                    timer.cancel()
                if late:
                    self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        # A module could be shadowed by one in the working folder: the child looks where this process looks.
        program = "import sys, json; opening = json.loads(sys.stdin.buffer.readline()); sys.path[:] = opening['path']\n"
        program += "from exports.rdf.answerer import answer_all; answer_all(opening)"
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        _send(_pipe(process.stdin), self._opening)
        return process

    def _asked(self, process: subprocess.Popen[bytes], question: dict[str, object]) -> Answered:
        from exports.rdf.sparql import BadQuery, RemoteQuery  # noqa: PLC0415 - brings pyoxigraph

        _send(_pipe(process.stdin), question)
        replies = _pipe(process.stdout)
        line = replies.readline()
        if not line:
            raise EOFError
        reply = json.loads(line)
        match reply["outcome"]:
            case "answered":
                body = replies.read(reply["bytes"])
                if len(body) < reply["bytes"]:
                    raise EOFError
                return Answered(kind=reply["kind"], form=reply["form"], body=body)
            case "bad":
                raise BadQuery(reply["problem"])
            case "no form":
                raise NoForm(reply["problem"])
            case "remote":
                raise RemoteQuery
            case _:
                raise TooMuchFound(self._size or 0)

    def _lost(self, late: list[bool]) -> NewsgraphError:
        """Why the process is no longer there."""
        process = self._process
        self.close()
        if late:
            return TookTooLong(self._seconds or 0)
        if process is not None and process.returncode == 1:  # an error of ours, told on standard error
            raise RuntimeError("the process that answers queries has ended")
        return TookTooMuch()


def _send(pipe: BinaryIO, message: dict[str, object]) -> None:
    pipe.write(json.dumps(message).encode() + b"\n")
    pipe.flush()


def _pipe(stream: object) -> BinaryIO:
    return cast(BinaryIO, stream)
