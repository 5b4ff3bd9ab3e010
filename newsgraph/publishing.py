"""Sends a graph to a server in chunks, and goes on where an earlier run stopped.

The graph has no blank nodes, so a chunk that arrives twice adds nothing: whatever is in doubt is sent again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from exports.rdf.chunks import Chunks
from exports.whole_file import whole_file
from ingest.article import content_id
from newsgraph.api import Graph, load
from newsgraph.errors import writing
from newsgraph.triplestore import TooLarge, Triplestore

Say = Callable[[str], None]


def _silent(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOptions:
    """What the user says beyond the folder and the address."""

    graph: str | None = None  # the IRI of a named graph; None: the server's default graph
    user: str | None = None
    password: str = field(default="", repr=False)
    chunk: int = 50_000  # triples a request
    replace: bool = True  # whether the graph at the server shall hold nothing else
    timeout: float = 300  # seconds a request
    restart: bool = False  # whether to send everything, though an earlier run stopped halfway


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a run has done."""

    address: str  # of the graph at the server
    triples: int  # that it was sent, in this run and the one that this run went on from
    earlier: int  # of these, in the earlier run
    requests: int
    seconds: float

    @property
    def rate(self) -> float:
        """Triples a second in this run."""
        return (self.triples - self.earlier) / self.seconds if self.seconds else 0.0


def publish(  # noqa: PLR0913 - the last three are for callers who watch
    folder: Path,
    url: str,
    options: PublishOptions | None = None,
    *,
    progress: Say = _silent,
    note: Say = _silent,
    pause: Callable[[float], None] = time.sleep,
) -> Published:
    """Send the graph in `folder` to the Graph Store at `url`; after every chunk taken it is noted in `folder`.

    Raises UnreadableStore, UnreadableTurtle, BadTarget, Refused, TooLarge, BadOutput.
    """
    options = options or PublishOptions()
    server = Triplestore(
        url,
        options.graph,
        user=options.user,
        password=options.password,
        timeout=options.timeout,
        note=note,
        pause=pause,
    )
    with server, _turtle(load(folder)) as chunks:
        progress("reading the graph")
        total = chunks.count()
        bookmark = Bookmark(folder, url, options, chunks.digest())
        earlier = 0 if options.restart else bookmark.sent()
        if earlier and options.replace and server.lacks_graph():
            note(f"{url}: the graph that an earlier run began is gone; it is sent from its start")
            earlier = 0
        if earlier:
            note(f"{url}: {earlier:,} of {total:,} triples were sent by an earlier run; the others follow")
        return _send_all(server, chunks, bookmark, options, _Counter(total, earlier, progress, note))


def _send_all(
    server: Triplestore, chunks: Chunks, bookmark: Bookmark, options: PublishOptions, counter: _Counter
) -> Published:
    chunks.begin(after=counter.sent)
    size = options.chunk
    while (chunk := chunks.take(size)) or counter.sent == 0:
        send = server.replace if options.replace and counter.sent == 0 else server.add
        try:
            send(chunks.turtle(chunk))
        except TooLarge:
            if len(chunk) < 2:
                raise
            chunks.put_back(chunk)
            size = len(chunk) // 2
            counter.note(f"{server.url}: it does not take {len(chunk):,} triples at once; sending {size:,} at a time")
            continue
        bookmark.put(counter.sent + len(chunk))
        counter.add(len(chunk))
        if not chunk:
            break
    bookmark.remove()
    return counter.published(server.address)


class Bookmark:
    """How far a graph has come on its way to one server, in a file that is there only while it is on its way.

    What is noted holds for these very bytes of the graph: a changed one begins again.
    """

    def __init__(self, folder: Path, url: str, options: PublishOptions, content: str) -> None:
        self._file = folder / f"{content_id('publish', url, options.graph or '')}.json"
        self._told = {"url": url, "graph": options.graph, "replace": options.replace, "content": content}

    def sent(self) -> int:
        """How many triples the server has taken already."""
        try:
            told = json.loads(self._file.read_bytes())
            sent = told.pop("sent")
        except (OSError, ValueError, AttributeError, KeyError, TypeError):
            return 0  # nothing was noted, or nothing that can be relied upon
        return sent if told == self._told and isinstance(sent, int) and sent > 0 else 0

    def put(self, sent: int) -> None:
        """Note how many triples the server has taken; may raise BadOutput."""
        with writing(self._file), whole_file(self._file) as out:
            out.write(json.dumps(self._told | {"sent": sent}, indent=2).encode() + b"\n")

    def remove(self) -> None:
        """Forget it all: the graph has arrived."""
        with writing(self._file):
            self._file.unlink(missing_ok=True)


class _Counter:
    """Counts what was sent and says how fast."""

    def __init__(self, total: int, earlier: int, progress: Say, note: Say) -> None:
        self.sent = earlier
        self._total = total
        self._earlier = earlier
        self._requests = 0
        self._progress = progress
        self._say = note
        self._start = time.perf_counter()
        progress(f"sending {total - earlier:,} triples")

    def add(self, triples: int) -> None:
        self.sent += triples
        self._requests += 1
        rate = (self.sent - self._earlier) / max(time.perf_counter() - self._start, 1e-9)
        self._progress(f"sent {self.sent:,} of {self._total:,} triples, {rate:,.0f} a second")

    def note(self, words: str) -> None:
        self._say(words)

    def published(self, address: str) -> Published:
        seconds = time.perf_counter() - self._start
        return Published(
            address=address, triples=self.sent, earlier=self._earlier, requests=self._requests, seconds=seconds
        )


@contextmanager
def _turtle(built: Graph) -> Iterator[Chunks]:
    """The graph as the build wrote it; written anew where that file is gone."""
    path = built.folder / "graph.ttl"
    with TemporaryDirectory() as folder:
        if not path.is_file():
            path = Path(folder, "graph.ttl")
            built.export("turtle", path)
        with path.open("rb") as file:
            yield Chunks(file, path)
