"""The commands that correct a graph by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from newsgraph.cli.shared import FOLDER

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415


BY = click.option("--author", metavar="NAME", help="Who decides it; your login name unless told.")
WHY = click.option("--note", metavar="TEXT", default="", help="Why, for those who ask later.")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@BY
@WHY
def same(folder: Path, left: str, right: str, author: str | None, note: str) -> None:
    """Decide by hand that A and B are one, whatever the linker says.

    A and B are names, other spellings or ids of two entities or two events, or NAME@ARTICLE: what goes by that name in
    one article, which is called by its file name, id or title.
    """
    from newsgraph.api import load

    _tell_change(folder, load(folder).same(left, right, author=author, note=note))


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@BY
@WHY
def different(folder: Path, left: str, right: str, author: str | None, note: str) -> None:
    """Decide by hand that A and B are two; where they are one now, it is divided.

    A and B are as in newsgraph same: two spellings, or NAME@ARTICLE of two articles, say how to divide.
    """
    from newsgraph.api import load

    _tell_change(folder, load(folder).different(left, right, author=author, note=note))


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("number", type=int, required=False, metavar="[N]")
def undo(folder: Path, number: int | None) -> None:
    """Take back correction N, or the last one; newsgraph corrections lists them."""
    from newsgraph.api import load

    change = load(folder).undo(number)
    click.echo(change)
    click.echo(f"correction {change.correction.number} is taken back", err=True)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
def corrections(folder: Path) -> None:
    """List what was decided by hand for the graph in DIR, each with the number that newsgraph undo takes."""
    from newsgraph.api import load

    for each in load(folder).corrections():
        left, right = each.names
        click.echo(f"{each.number}  {left}  {each.verdict.value}  {right}  ({each.by_hand})")


def _tell_change(folder: Path, change: Any) -> None:
    click.echo(change)
    click.echo(
        f"correction {change.correction.number}; newsgraph undo {folder} {change.correction.number} takes it back",
        err=True,
    )
