"""The commands that make a graph and write it in other forms."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from newsgraph.cli.shared import FOLDER, progress_bar, stoppable, tell

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FOLDER, metavar="PATH...")
@click.option("-o", "--out", required=True, type=FOLDER, metavar="DIR", help="Folder of the graph; made when missing.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Date of articles that do not give theirs.")
@click.option("--publisher", help="Publisher of articles that do not give theirs.")
@click.option("--base", metavar="IRI", help="Where the things of the graph live as IRIs.")
@click.option("--model", type=FOLDER, metavar="DIR", help="A language model instead of the built-in one.")
@click.option("--every-mention", is_flag=True, help="Keep also who has no name, and events of no type.")
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes that read; one for each core, if not said."
)
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers annotate: tcp://host:8786.")
def build(  # noqa: PLR0913, PLR0917 - one for each option
    paths: tuple[Path, ...],
    out: Path,
    day: datetime | None,
    publisher: str | None,
    base: str | None,
    model: Path | None,
    every_mention: bool,
    workers: int | None,
    cluster: str | None,
) -> None:
    """Read articles (.txt, .md, .jsonl, or folders of them) into the graph in DIR.

    Only new and changed files are read again.
    """
    from exports import DEFAULT_BASE
    from newsgraph.build import BuildOptions, NothingRead
    from newsgraph.build import build as run

    published: date | None = day.date() if day else None
    options = BuildOptions(
        date=published,
        publisher=publisher,
        base=base or DEFAULT_BASE,
        model=model,
        every_mention=every_mention,
        workers=workers,
        cluster=cluster,
    )
    try:
        with progress_bar() as progress, stoppable():
            report = run(paths, out, options, progress=progress)
    except KeyboardInterrupt:
        click.echo("newsgraph: stopped; what was read is kept, run the same command to go on", err=True)
        sys.exit(130)
    except NothingRead as error:
        tell([*error.report.skipped, *error.report.notes])
        raise
    tell([*report.skipped, *report.notes])
    click.echo(
        f"{report.counts['articles']} articles ({report.annotated} read now, {len(report.skipped)} skipped), "
        f"{report.counts['entities']} entities, {report.counts['events']} events, {report.counts['claims']} claims "
        f"in {report.seconds['all']:.1f} s",
        err=True,
    )
    click.echo(out / "explorer.html")


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


@click.command(cls=Export)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("-f", "--format", "name", required=True, callback=_known_format, metavar="FORMAT", help="See below.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    metavar="OUT",
    help="File to write (csv: a folder); - is stdout, the default.",
)
def export(folder: Path, name: str, out: Path) -> None:
    """Write the graph in DIR in another format."""
    from exports import EXPORTERS
    from newsgraph.api import load

    if EXPORTERS[name].folder and str(out) == "-":
        raise click.UsageError(f"{name} is two files and cannot go to stdout; name a folder for them with -o FOLDER.")
    if out.is_dir() and not EXPORTERS[name].folder:
        raise click.BadParameter(f"{str(out)!r} is a folder; name a file in it.", param_hint="'-o'")
    load(folder).export(name, sys.stdout.buffer if str(out) == "-" else out)
