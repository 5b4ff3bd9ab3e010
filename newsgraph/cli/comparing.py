"""The command that compares two graphs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newsgraph.cli.shared import FOLDER

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415


@click.command()
@click.argument("old", type=FOLDER, metavar="OLD")
@click.argument("new", type=FOLDER, metavar="NEW")
@click.option(
    "--top", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Rows a list of text."
)
@click.option("--format", "form", type=click.Choice(["text", "json", "patch"]), default="text", show_default=True)
@click.option("--base", metavar="IRI", help="Where the things of a .json file live as IRIs; for a patch.")
def diff(old: Path, new: Path, top: int, form: str, base: str | None) -> None:
    """Tell what changed from one graph to another.

    OLD and NEW are folders of newsgraph build, or files of newsgraph export -f json: keep a graph.json before you build
    again. Told are articles, numbers that moved, reports that now contradict each other, and entities, events,
    relations and storylines that are new, gone, merged, split or changed. A patch (RDF Patch of Apache Jena) turns the
    triples of OLD into those of NEW.
    """
    from newsgraph.changes import as_json, as_text
    from newsgraph.comparing import compare, write_patch

    if form == "patch":
        write_patch(old, new, sys.stdout.buffer, base)
        return
    found = compare(old, new)
    click.echo(as_json(found) if form == "json" else as_text(found, top), nl=False)
