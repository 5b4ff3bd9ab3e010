"""Serves a built graph on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exports.rdf.answering import SIZE, Answering
from exports.server.pages import Site
from exports.server.running import address, listening, run
from exports.server.site import application
from newsgraph.api import load


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """Where and how to serve."""

    port: int  # 0: any that is free
    origins: tuple[str, ...] = ()  # of web pages elsewhere that may ask
    seconds: float  # that a query may take
    opened: bool = False  # whether to show the start page in a browser


def serve(
    folder: Path, options: ServeOptions, ready: Callable[[str], None], making: Callable[[], None] = lambda: None
) -> None:
    """Serve the graph in `folder` until Ctrl-C; `ready` is told the address, `making` when an index has to be made.

    Raises UnreadableStore and PortTaken.
    """
    built = load(folder)
    with (
        listening(options.port) as listener,
        built.index(making) as index,
        Answering(index, built.prefixes, seconds=options.seconds, size=SIZE) as answering,
    ):
        site = Site(folder=folder, graph=built.graph, base=built.base, present_id=built.present_id)
        app = application(site, answering, port=listener.getsockname()[1], origins=options.origins)
        ready(address(listener))
        run(app, listener, opened=options.opened)
