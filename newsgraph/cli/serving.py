"""The command that serves a graph on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli.shared import FOLDER

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes any free one.")
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN", help="A web page that may ask, too; none unless told."
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(min=0.1),
    default=30,
    show_default=True,
    help="Most seconds for a query.",
)
@click.option("--open", "opened", is_flag=True, help="Show it in a browser.")
def serve(folder: Path, port: int, origins: tuple[str, ...], seconds: float, opened: bool) -> None:
    """Serve the graph in DIR on this machine: a SPARQL endpoint, a query page, and a page for each thing.

    It listens on 127.0.0.1 alone, until Ctrl-C.
    """
    from newsgraph.serving import ServeOptions
    from newsgraph.serving import serve as run

    def tell(address: str) -> None:
        click.echo(address)
        click.echo("newsgraph: serving; Ctrl-C stops", err=True)

    def making() -> None:
        click.echo(
            "newsgraph: making an index of the graph, which takes some ten seconds for a million triples", err=True
        )

    run(folder, ServeOptions(port=port, origins=origins, seconds=seconds, opened=opened), tell, making)
