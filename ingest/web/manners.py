"""How newsgraph behaves towards the sites that it fetches from, and what it takes from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

PRODUCT = "newsgraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """Limits on fetching; every refusal is one line with its reason."""

    delay: float = 1.0  # seconds between two requests to one host
    longest_delay: float = 30.0  # of those that a robots.txt asks for; who asks for more gets this
    hosts: int = 4  # that are asked at the same time
    page_seconds: float = 30.0  # for one page from the first byte to the last
    connect_seconds: float = 10.0
    page_bytes: int = 50_000_000  # packed and unpacked
    redirects: int = 5
    tries: int = 3  # where a server is busy or a connection breaks
    backoff: float = 2.0  # seconds before the second try, twice as many before each further one
    most_pages: int = 1_000  # that feeds and sitemaps lead to in one build
    patience: float = 60.0  # seconds that a server may ask us to wait; who asks for more is left alone this time


@cache
def user_agent() -> str:
    """What newsgraph calls itself; there is nobody behind it but the person who runs it."""
    try:
        return f"{PRODUCT}/{version(PRODUCT)} (+how to reach: none)"
    except PackageNotFoundError:
        return f"{PRODUCT} (+how to reach: none)"
