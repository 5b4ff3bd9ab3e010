"""Which addresses may be asked at all: pages of the web, and never a machine behind the user's own door."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from ingest.errors import Reason

LONGEST = 4_000  # characters of an address
_NAT64 = IPv6Network("64:ff9b::/96")


class Refused(Exception):
    """An address that is not fetched, or cannot be now; the text says why, as a problem of that address."""

    def __init__(self, problem: str, reason: Reason = Reason.NETWORK, next_step: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.reason = reason
        self.next_step = next_step


def parsed(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """An address in its one usual form, without the part of a page that it may name; raises Refused."""
    try:
        if len(address) > LONGEST:
            raise Refused(f"its address is longer than {LONGEST:,} characters")
        url = base.join(address.strip()) if base else httpx.URL(address.strip())
        url = url.copy_with(fragment=None)
        if not str(url).removeprefix(f"{url.scheme}://").partition("?")[0].count("/"):
            url = url.copy_with(path="/")  # "https://news.example" is its first page
        if url.port is not None and not 0 < url.port < 65_536:
            raise Refused(f"no address of a page (there is no port {url.port})")
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Refused(f"no address of a page ({' '.join(str(error).split())[:100]})") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise Refused("no address of a page: only http:// and https:// are fetched")
    if url.userinfo:
        raise Refused("its address holds a name or password, which would be kept in the graph")
    return url


def usual(address: str) -> str:
    """The usual form of an address; what is none stays as it is."""
    try:
        return str(parsed(address))
    except Refused:
        return address


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Scheme, host and port: what has a robots.txt of its own."""
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


class Guard:
    """Lets through what is on the open web, and what the user named: the host and port of a given address."""

    def __init__(self, given: Iterable[httpx.URL]) -> None:
        ports = {80: (80, 443), 443: (80, 443)}  # one site, whichever way it is asked
        named = (origin(url)[1:] for url in given)
        self._given = {(host, each) for host, port in named for each in ports.get(port, (port,))}

    def admitted(self, url: httpx.URL, found: Iterable[str]) -> list[str]:
        """Of the network addresses found for a host, those that may be asked; raises Refused where none may."""
        found = list(found)
        if origin(url)[1:] in self._given:
            return found
        public = [each for each in found if is_public(each)]
        if not public:
            raise Refused(
                f"{url.host} is not on the open web, and no given address names it",
                next_step="give its address itself to have it fetched",
            )
        return public


def is_public(address: str) -> bool:
    """Whether a network address is of the open web: not private, loopback, link-local, multicast or reserved."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(known, IPv6Address):
        inner: IPv4Address | None = known.ipv4_mapped or known.sixtofour
        if known in _NAT64:
            inner = IPv4Address(int(known) & 0xFFFFFFFF)
        if inner is not None:
            known = inner
    return known.is_global and not known.is_multicast
