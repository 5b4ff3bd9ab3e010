"""The command that shows a graph."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from newsgraph.cli.shared import FOLDER

# The library is imported inside the command, so that --help answers at once.
# ruff: noqa: PLC0415


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--picture", is_flag=True, help="The picture of what is told of most, graph.html.")
def view(folder: Path, picture: bool) -> None:
    """Show the graph in DIR in a browser: explorer.html, which needs no network.

    Its address is printed for where no browser can be opened.
    """
    from newsgraph.api import load

    page = load(folder).page("html" if picture else "explorer")
    click.echo(page)
    webbrowser.open(page.absolute().as_uri())
