"""The commands that make a graph and write it in other forms."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from newsgraph.cli.shared import FOLDER, progress_bar, stoppable, tell

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415


def _known_kind(ctx: click.Context, param: click.Parameter, name: str | None) -> str | None:
    """The name as given, or a usage error that lists the kinds there are."""
    from ingest.readers.kinds import KINDS

    if name is not None and name not in (kinds := [kind.name for kind in KINDS]):
        raise click.BadParameter(f"{name!r} is not one of {', '.join(kinds)}.", ctx, param)
    return name


def _columns(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, str], ...] | None:
    """Each NAME=COLUMN as a pair, or a usage error that lists the names there are."""
    from newsgraph.configuration import FIELDS

    pairs = []
    for pair in (pair for words in given for pair in words.split(",")):
        ours, _, theirs = (part.strip() for part in pair.partition("="))
        if ours not in FIELDS or not theirs:
            raise click.BadParameter(f"{pair!r} is not NAME=COLUMN with one of {', '.join(FIELDS)}.", ctx, param)
        pairs.append((ours, theirs))
    return tuple(pairs) or None


def _day(ctx: click.Context, param: click.Parameter, time: datetime | None) -> date | None:
    return time.date() if time else None


class Build(click.Command):
    """The help of this command ends with the kinds of source that are read."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each kind with what its names end with and half a line on it."""
        from ingest.readers.kinds import KINDS

        with formatter.section("What is read"):
            formatter.write_dl([(" ".join(kind.suffixes), kind.about) for kind in KINDS], col_max=24)


@click.command(cls=Build)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--out", required=True, type=FOLDER, metavar="DIR", help="Folder of the graph; made when missing.")
@click.option("--config", type=FOLDER, metavar="FILE", help="A configuration instead of the newsgraph.toml here.")
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), callback=_day, help="Date of articles that do not give theirs."
)
@click.option("--publisher", help="Publisher of articles that do not give theirs.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    callback=_columns,
    metavar="NAME=COLUMN,...",
    help="Where tables and JSON hold text, title, date, url, publisher, byline, language, id: text=body,date=pub.",
)
@click.option("--language", metavar="CODE", help="Take all articles to be in this language; en for English.")
@click.option("--base", metavar="IRI", help="Where the things of the graph live as IRIs.")
@click.option("--model", type=FOLDER, metavar="DIR", help="A language model instead of the built-in one.")
@click.option("--ner", metavar="NAME", help="An installed spaCy pipeline whose names take the place of ours.")
@click.option("--every-mention", is_flag=True, default=None, help="Keep also who has no name, and untyped events.")
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes that read; one for each core, if not said."
)
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers annotate: tcp://host:8786.")
@click.option("--follow", is_flag=True, default=None, help="Fetch also what feeds and sitemaps among the files list.")
@click.option("--offline", is_flag=True, default=None, help="Fetch nothing: pages are as they were fetched before.")
@click.option("--most-pages", type=click.IntRange(0), metavar="N", help="That feeds and sitemaps lead to; else 1,000.")
@click.option("--as", "piped", callback=_known_kind, metavar="KIND", help="What is piped in, where it does not tell.")
def build(paths: tuple[str, ...], out: Path, config: Path | None, most_pages: int | None, **flags: Any) -> None:
    """Read articles into the graph in DIR: files, folders of them, http(s) addresses, or - for what is piped in.

    Only new and changed files are read again. What newsgraph.toml says of this folder goes where no option does.
    """
    from newsgraph.build import NothingRead
    from newsgraph.build import build as run
    from newsgraph.configuration import found_configuration

    options = found_configuration(config)
    options = replace(options, **{name: value for name, value in flags.items() if value is not None})
    if most_pages is not None:
        options = replace(options, manners=replace(options.manners, most_pages=most_pages))
    try:
        with progress_bar() as progress, stoppable():
            report = run(paths, out, options, progress=progress)
    except KeyboardInterrupt:
        # Where it came while Python ran code from a string, as imports do, Python ends by SIGINT in spite of the exit
        # below, until it has run another string.
        eval("None")
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


@click.command()
@click.argument("file", type=FOLDER, default="newsgraph.toml", metavar="[FILE]")
def init(file: Path) -> None:
    """Write a configuration with every key, its default and what it does; never over another file."""
    from newsgraph.beginning import write_template

    write_template(file)
    click.echo(file)


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
