"""One host as a build knows it: when it may be asked again, and whether it answers at all."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import anyio

from ingest.web.guard import Refused

GIVEN_UP = 3  # pages on end that did not come, after which a host is not asked again in this build


@dataclass(slots=True)
class Host:
    """Asked one thing at a time, with a pause in between."""

    name: str
    delay: float
    _turn: anyio.Lock = field(default_factory=anyio.Lock)
    _ready: float = 0.0  # on the monotonic clock
    _failures: int = 0
    _shut: str = ""  # why it is not asked any more

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Hold everybody else back; raises Refused where the host is not asked any more."""
        async with self._turn:
            self.check()
            yield

    async def pause(self) -> None:
        """Wait until the host may be asked again."""
        await anyio.sleep(max(0.0, self._ready - time.monotonic()))

    def check(self) -> None:
        """Raise Refused where the host is not asked any more."""
        if self._shut:
            raise Refused(self._shut, next_step="build again later to have it fetched")

    def answered(self, *, well: bool = False) -> None:
        """It was asked, and answered well or not; the pause begins."""
        if well:
            self._failures = 0
        self._ready = time.monotonic() + self.delay

    def failed(self, problem: str) -> None:
        """Something was asked in vain; after some of these on end nobody asks again."""
        self._failures += 1
        if self._failures >= GIVEN_UP:
            self.shut(problem)

    def shut(self, why: str) -> None:
        """Ask it nothing more in this build."""
        self._shut = why

    def wait(self, seconds: float) -> None:
        """Leave it alone for so long."""
        self._ready = time.monotonic() + max(seconds, self.delay)


def seconds_to_wait(retry_after: str | None) -> float | None:
    """What a Retry-After header asks for, a number of seconds or a day and time; None where it says nothing."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after.strip()[:9])
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
