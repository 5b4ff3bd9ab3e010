"""The command that sends a graph to a server."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from newsgraph.cli.shared import FOLDER, progress_line

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415

PASSWORD = "NEWSGRAPH_PASSWORD"


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("url", metavar="URL")
@click.option("--graph", metavar="IRI", help="A named graph at the server; its default graph unless told.")
@click.option("--user", metavar="NAME", help=f"Who writes; the password is in {PASSWORD}, or is asked for.")
@click.option(
    "--replace/--add",
    default=True,
    show_default=True,
    help="Whether what the graph at the server holds besides is deleted.",
)
@click.option(
    "--chunk", type=click.IntRange(min=1), default=50_000, show_default=True, metavar="N", help="Triples a request."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="How long one request may take.",
)
@click.option("--restart", is_flag=True, help="Send everything, also what an earlier run has sent.")
def publish(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path,
    url: str,
    graph: str | None,
    user: str | None,
    replace: bool,
    chunk: int,
    timeout: float,
    restart: bool,
) -> None:
    """Send the graph in DIR to your own server, with the SPARQL 1.1 Graph Store HTTP Protocol.

    \b
    URL is where the server takes graphs:
      Fuseki     http://localhost:3030/DATASET/data
      GraphDB    http://localhost:7200/repositories/NAME/rdf-graphs/service
      Oxigraph   http://localhost:7878/store
      Virtuoso   http://localhost:8890/sparql-graph-crud-auth (with --graph)

    Afterwards the graph at the server is what DIR holds: the first chunk takes the place of what was there, the others
    are added; with --add nothing is deleted. A run that was stopped is gone on with by running it again, and a graph
    that was changed since is sent from its start. A chunk that arrives twice does no harm.
    """
    from newsgraph.publishing import PublishOptions
    from newsgraph.publishing import publish as run

    options = PublishOptions(
        graph=graph,
        user=user,
        password="" if user is None else _password(user),
        chunk=chunk,
        replace=replace,
        timeout=timeout,
        restart=restart,
    )
    progress = progress_line()

    def note(words: str) -> None:
        progress("")
        click.echo(f"newsgraph: {words}", err=True)

    try:
        done = run(folder, url, options, progress=progress, note=note)
    finally:
        progress("")
    requests = f"{done.requests:,} request{'' if done.requests == 1 else 's'}"
    earlier = f" ({done.earlier:,} of them by an earlier run)" if done.earlier else ""
    click.echo(
        f"{done.triples:,} triples sent{earlier} in {requests}, {done.seconds:.1f} s, {done.rate:,.0f} a second",
        err=True,
    )
    click.echo(done.address)


def _password(user: str) -> str:
    """The password from the environment, or from whoever sits at the terminal."""
    known = os.environ.get(PASSWORD)
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise click.UsageError(f"--user needs a password: set {PASSWORD}.")
    return str(click.prompt(f"Password of {user}", hide_input=True, err=True))
