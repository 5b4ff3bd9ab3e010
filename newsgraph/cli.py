"""The command line: each command parses, calls one function of the library, and prints."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415

FOLDER = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


class Commands(click.Group):
    """Turns an error of ours into one line and exit code 1, and a closed pipe into silence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; anything that is no error of ours is a bug and keeps its traceback."""
        from ingest.errors import NewsgraphError

        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except NewsgraphError as error:
            click.echo(f"newsgraph: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            # Python would complain again when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsgraph")
def main() -> None:
    """Turn news articles into one knowledge graph: who, where, what happened, who says so."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=FOLDER, metavar="PATH...")
@click.option("-o", "--out", required=True, type=FOLDER, metavar="DIR", help="Folder of the graph; made when missing.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Date of articles that do not give theirs.")
@click.option("--publisher", help="Publisher of articles that do not give theirs.")
@click.option("--base", metavar="IRI", help="Where the things of the graph live as IRIs.")
@click.option("--model", type=FOLDER, metavar="DIR", help="A language model instead of the built-in one.")
@click.option("--every-mention", is_flag=True, help="Keep also who has no name, and events of no type.")
def build(  # noqa: PLR0913, PLR0917 - one for each option
    paths: tuple[Path, ...],
    out: Path,
    day: datetime | None,
    publisher: str | None,
    base: str | None,
    model: Path | None,
    every_mention: bool,
) -> None:
    """Read articles (.txt, .md, .jsonl, or folders of them) into the graph in DIR.

    Only new and changed files are read again.
    """
    from exports import DEFAULT_BASE
    from newsgraph.build import BuildOptions, NothingRead
    from newsgraph.build import build as run

    published: date | None = day.date() if day else None
    options = BuildOptions(
        date=published, publisher=publisher, base=base or DEFAULT_BASE, model=model, every_mention=every_mention
    )
    try:
        report = run(paths, out, options, progress=_progress())
    except NothingRead as error:
        _tell([*error.report.skipped, *error.report.notes])
        raise
    _tell([*report.skipped, *report.notes])
    click.echo(
        f"{report.counts['articles']} articles ({report.annotated} read now, {len(report.skipped)} skipped), "
        f"{report.counts['entities']} entities, {report.counts['events']} events, {report.counts['claims']} claims "
        f"in {report.seconds['all']:.1f} s",
        err=True,
    )
    click.echo(out / "graph.html")


def _known_format(ctx: click.Context, param: click.Parameter, name: str) -> str:
    """The name as given, or a usage error that lists the names there are."""
    from exports import EXPORTERS

    if name not in EXPORTERS:
        raise click.BadParameter(f"{name!r} is not one of {', '.join(EXPORTERS)}.", ctx, param)
    return name


class Export(click.Command):
    """The help of this command ends with the formats there are."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each format with half a line on it."""
        from exports import EXPORTERS

        with formatter.section("Formats"):
            formatter.write_dl([(name, exporter.about) for name, exporter in EXPORTERS.items()])


@main.command(cls=Export)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("-f", "--format", "name", required=True, callback=_known_format, metavar="FORMAT", help="See below.")
@click.option("-o", "--out", type=FILE, default="-", metavar="FILE", help="File to write; - is stdout, the default.")
def export(folder: Path, name: str, out: Path) -> None:
    """Write the graph in DIR as one file of another format."""
    from newsgraph.api import load

    load(folder).export(name, sys.stdout.buffer if str(out) == "-" else out)


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("sparql", metavar="SPARQL")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def query(folder: Path, sparql: str, form: str) -> None:
    """Answer a SPARQL query over the graph in DIR; - reads the query from stdin."""
    from newsgraph.api import load
    from newsgraph.printing import FORMS

    answer = load(folder).query(sys.stdin.read() if sparql == "-" else sparql)
    click.echo(FORMS[form](answer.columns, answer.rows), nl=False)


@main.command()
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


@main.command()
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


BY = click.option("--author", metavar="NAME", help="Who decides it; your login name unless told.")
WHY = click.option("--note", metavar="TEXT", default="", help="Why, for those who ask later.")


@main.command()
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


@main.command()
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


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("number", type=int, required=False, metavar="[N]")
def undo(folder: Path, number: int | None) -> None:
    """Take back correction N, or the last one; newsgraph corrections lists them."""
    from newsgraph.api import load

    change = load(folder).undo(number)
    click.echo(change)
    click.echo(f"correction {change.correction.number} is taken back", err=True)


@main.command()
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


def _tell(remarks: list[Any]) -> None:
    for remark in remarks:
        click.echo(f"newsgraph: {remark}", err=True)


def _progress() -> Any:
    """Shows each step on a terminal, in one line that the next step overwrites; says nothing in a log."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: click.echo(f"\r\033[K{step}\r", nl=False, err=True)
