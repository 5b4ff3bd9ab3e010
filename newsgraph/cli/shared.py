"""What the commands of the command line share."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

FOLDER = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


class Commands(click.Group):
    """Turns an error of ours into one line and exit code 1, and a closed pipe into silence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; anything that is no error of ours is a bug and keeps its traceback."""
        from ingest.errors import NewsgraphError  # noqa: PLC0415 - only when something runs

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


def tell(remarks: list[Any]) -> None:
    """Write what a build had to say of its sources, a line each."""
    for remark in remarks:
        click.echo(f"newsgraph: {remark}", err=True)


def progress_line() -> Any:
    """Shows each step on a terminal, in one line that the next step overwrites; says nothing in a log."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: click.echo(f"\r\033[K{step}\r", nl=False, err=True)
