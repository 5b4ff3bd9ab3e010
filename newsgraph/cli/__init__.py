"""The command line: each command parses, calls one function of the library, and prints."""

from __future__ import annotations

import click

from newsgraph.cli.asking import query, show, stats
from newsgraph.cli.building import build, export, init
from newsgraph.cli.checking import verify
from newsgraph.cli.comparing import diff
from newsgraph.cli.correcting import corrections, different, same, undo
from newsgraph.cli.publishing import publish
from newsgraph.cli.serving import serve
from newsgraph.cli.shared import Commands
from newsgraph.cli.viewing import view


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsgraph")
def main() -> None:
    """Turn news articles into one knowledge graph: who, where, what happened, who says so."""


for command in (
    init,
    build,
    export,
    view,
    query,
    show,
    stats,
    verify,
    diff,
    serve,
    publish,
    same,
    different,
    undo,
    corrections,
):
    main.add_command(command)

__all__ = ["main"]
