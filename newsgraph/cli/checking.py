"""The command that checks a graph."""

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli.shared import FOLDER

# The library is imported inside the commands, so that --help answers at once.
# ruff: noqa: PLC0415


@click.command()
@click.argument("path", type=FOLDER, metavar="DIR|FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def verify(ctx: click.Context, path: Path, form: str) -> None:
    """Check every statement of a graph against the article text that it cites.

    DIR is the folder of a graph: its files are compared with each other, too. FILE is RDF (.ttl .nt .nq .trig .rdf
    .jsonld) or the interchange form (.json) alone. Exit code 1 when something is wrong.
    """
    from newsgraph.verifying import FORMS
    from newsgraph.verifying import verify as run

    verified = run(path)
    click.echo(FORMS[form](verified), nl=False)
    if verified.problems:
        ctx.exit(1)
