"""The commands that answer questions about a graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newsgraph.cli.shared import FOLDER

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415


class Query(click.Command):
    """The help of this command ends with the example queries there are."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the question of each, and what may be changed in it."""
        from exports.rdf.examples import examples

        rows = []
        for name, each in examples().items():
            rows.append((name, " ".join((each.title, *(f"--let {value}=…" for value in each.parameters)))))
        with formatter.section("Examples"):
            formatter.write_dl(rows)


@click.command(cls=Query)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("sparql", required=False, metavar="[SPARQL]")
@click.option("--example", metavar="NAME", help="Ask one of the example queries below.")
@click.option("--let", "values", multiple=True, metavar="NAME=VALUE", help="Change a value in the example; repeatable.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "ttl"]), help="ttl: what is constructed.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=60, show_default=True, metavar="SECONDS")
def query(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path, sparql: str | None, example: str | None, values: tuple[str, ...], form: str | None, timeout: float
) -> None:
    """Answer a SPARQL query over the graph in DIR; - reads the query from stdin.

    The prefixes of graph.ttl need no declaration. The first query over a graph makes an index of it in DIR/index, which
    takes some ten seconds for a million triples.
    """
    from exports.rdf.examples import example as example_named
    from newsgraph.api import load
    from newsgraph.printing import written

    if (sparql is None) == (example is None):
        raise click.UsageError("Give either a SPARQL query or --example NAME.")
    if values and example is None:
        raise click.UsageError("--let changes an example; name it with --example.")
    if not all("=" in each for each in values):
        raise click.UsageError("--let takes NAME=VALUE.")
    if example is not None:
        sparql = example_named(example).with_values(dict(each.split("=", 1) for each in values))
    elif sparql == "-":
        sparql = sys.stdin.read()
    built = load(folder)
    with built.answering(seconds=timeout) as answering:
        text = written(answering, sparql or "", form)
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
