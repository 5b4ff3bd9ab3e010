"""What the commands of the command line share."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
            for line in str(error).split("\n"):  # a configuration may be wrong in several ways
                click.echo(f"newsgraph: {line}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            # Python would complain again when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def tell(remarks: list[Any]) -> None:
    """Write what a build had to say of its sources, a line each."""
    for remark in remarks:
        click.echo(f"newsgraph: {remark}", err=True)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Shows each step of a build on a terminal, with its rate and the time that is left; says nothing in a log."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only for this
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, shown = bar.add_task("", total=None, count=""), ""

        def tell_step(step: str, done: int, total: int) -> None:
            nonlocal task, shown
            if step != shown:
                bar.remove_task(task)
                task, shown = bar.add_task(step, total=total or None, count=""), step
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            count = f"{done:,} of {total:,}" + (f", {speed:,.1f} a second" if speed else "") if total else ""
            bar.update(task, completed=done, total=total or None, count=count)

        yield tell_step


@contextmanager
def stoppable() -> Iterator[None]:
    """Makes a request of the system to end what Ctrl-C is: the work stops in good order."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def progress_line() -> Any:
    """Shows each step on a terminal, in one line that the next step overwrites; says nothing in a log."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: click.echo(f"\r\033[K{step}\r", nl=False, err=True)
