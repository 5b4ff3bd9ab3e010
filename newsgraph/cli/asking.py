"""The commands that answer questions about a graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newsgraph.cli.shared import FOLDER

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("sparql", metavar="SPARQL")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "ttl"]), help="ttl: what is constructed.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=60, show_default=True, metavar="SECONDS")
def query(folder: Path, sparql: str, form: str | None, timeout: float) -> None:
    """Answer a SPARQL query over the graph in DIR; - reads the query from stdin.

    The prefixes of graph.ttl need no declaration. The first query over a graph makes an index of it in DIR/index, which
    takes some ten seconds for a million triples.
    """
    from newsgraph.api import load
    from newsgraph.printing import written

    built = load(folder)
    with built.answering(seconds=timeout) as answering:
        text = written(answering, sys.stdin.read() if sparql == "-" else sparql, form)
    click.echo(text, nl=False)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("name", metavar="NAME")
def show(folder: Path, name: str) -> None:
    """Tell what the graph in DIR knows of one person, place, organisation or event.

    NAME is a name, another spelling of it, or an id.
    """
    from newsgraph.api import load
    from newsgraph.finding import find
    from newsgraph.telling import Telling

    built = load(folder)
    found = find(built.graph, built.present_id(name))
    for line in Telling(built).lines(found.thing):
        click.echo(line)
    for other in found.others:
        click.echo(f"also close to {name!r}: {other.id}", err=True)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Rows a list.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def stats(folder: Path, top: int, form: str) -> None:
    """Tell what stands out in the graph in DIR.

    Who is connected, who meets whom, who acts against whom, busy days and places, what most articles tell, where they
    disagree, and who publishes what.
    """
    from newsgraph.api import load
    from newsgraph.stats import FORMS

    click.echo(FORMS[form](load(folder).stats(top)), nl=False)
