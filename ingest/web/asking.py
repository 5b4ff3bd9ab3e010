"""One request to one host: politely, within limits, and only where it may go."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address
from urllib.request import getproxies, proxy_bypass

import anyio
import httpx

from ingest.errors import Reason
from ingest.web.guard import Guard, Refused, origin
from ingest.web.host import Host, seconds_to_wait
from ingest.web.manners import Manners, user_agent
from ingest.web.unpacking import ACCEPTED, Unpacker

BUSY = frozenset({429, 502, 503, 504})  # worth another try
MOVED = frozenset({301, 302, 303, 307, 308})
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said, unpacked; only a good answer has content."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes = b""


async def resolved(host: str, port: int) -> Sequence[str]:
    """The network addresses of a host, as the system finds them."""
    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Asking:
    """Sends requests: one at a time to a host, to a few hosts at once. Names are looked up once.

    Connections go to the network address that was checked, not to the name, which might mean another one by then.
    """

    def __init__(
        self,
        guard: Guard,
        manners: Manners,
        *,
        resolve: Resolve = resolved,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._guard = guard
        self._manners = manners
        self._resolve = resolve
        self._transport = transport
        self._hosts: dict[str, Host] = {}
        # No client of httpx: it would keep cookies, and read .netrc.
        self._ways: dict[tuple[str, str, int], tuple[httpx.AsyncBaseTransport, list[str]]] = {}
        self._headers = {"User-Agent": user_agent(), "Accept": ACCEPT, "Accept-Encoding": ACCEPTED}
        self._timeout = httpx.Timeout(manners.page_seconds, connect=manners.connect_seconds).as_dict()
        self._together = anyio.CapacityLimiter(manners.hosts)
        self._closing = AsyncExitStack()

    async def close(self) -> None:
        """Close all connections."""
        await self._closing.aclose()

    def host(self, url: httpx.URL) -> Host:
        """The host of an address."""
        return self._hosts.setdefault(url.host, Host(url.host, self._manners.delay))

    async def ask(self, url: httpx.URL, headers: Mapping[str, str], longest: int, *, cut: bool = False) -> Answer:
        """The answer of a server that is not busy; raises Refused. `cut` takes the start of what is too long."""
        host, manners = self.host(url), self._manners
        async with host.turn():
            for further in range(manners.tries - 1, -1, -1):
                await host.pause()
                try:
                    async with self._together:
                        answer = await self._once(url, headers, longest, cut)
                except _Broken as error:
                    host.answered()
                    if not further or error.is_final:
                        host.failed(error.problem)
                        raise
                    wait = None
                except Refused:
                    host.answered()
                    raise
                else:
                    host.answered(well=True)
                    if answer.status not in BUSY:
                        return answer
                    wait = seconds_to_wait(answer.headers.get("retry-after"))
                    if wait is not None and wait > manners.patience:
                        host.shut(f"{host.name} asks to be left alone for {wait:,.0f} s")
                        host.check()
                    if not further:
                        raise Refused(f"its server is busy ({answer.status})")
                host.wait(manners.backoff * 2 ** (manners.tries - 1 - further) if wait is None else wait)
        raise AssertionError("the last try returns or raises")

    async def _once(self, url: httpx.URL, headers: Mapping[str, str], longest: int, cut: bool) -> Answer:
        try:
            with anyio.fail_after(self._manners.page_seconds):
                way, addresses = await self._way(url)
                for place, address in enumerate(addresses, 1):
                    request = httpx.Request(
                        "GET",
                        url.copy_with(host=address),
                        headers={"Host": url.netloc.decode("ascii"), **self._headers, **headers},
                        extensions={"sni_hostname": url.raw_host.decode("ascii"), "timeout": self._timeout},
                    )
                    try:
                        return await self._sent(way, request, url, longest, cut)
                    except (httpx.ConnectError, httpx.ConnectTimeout):
                        if place == len(addresses):
                            raise
        except TimeoutError as error:
            problem = f"not all of it came in {self._manners.page_seconds:g} s"
            raise _Broken(problem, is_final=True) from error
        except httpx.TimeoutException as error:
            raise _Broken(f"{url.host} does not answer") from error
        except httpx.ConnectError as error:
            invalid = _invalid_certificate(error)
            if invalid:
                self.host(url).shut(f"the certificate of {url.host} is not valid ({invalid})")
                self.host(url).check()
            raise _Broken(f"{url.host} cannot be reached") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            problem = " ".join(str(error).split())[:100] or type(error).__name__
            raise _Broken(f"the connection broke ({problem})") from error
        raise _Broken(f"{url.host} has no network address")

    async def _sent(
        self, way: httpx.AsyncBaseTransport, request: httpx.Request, url: httpx.URL, longest: int, cut: bool
    ) -> Answer:
        response = await way.handle_async_request(request)
        try:
            if not response.is_success:
                return Answer(url=url, status=response.status_code, headers=response.headers)
            content = await _content(response, longest, cut)
            return Answer(url=url, status=response.status_code, headers=response.headers, content=content)
        finally:
            await response.aclose()

    async def _way(self, url: httpx.URL) -> tuple[httpx.AsyncBaseTransport, list[str]]:
        """The connections to the host of an address, and the network addresses that it is asked at."""
        key = origin(url)
        if key in self._ways:
            return self._ways[key]
        proxy = None if self._transport else _proxy(url)
        if proxy:
            # Only the proxy can look the name up.
            found = self._guard.admitted(url, [url.host]) if _is_literal(url.host) else [url.host]
        else:
            try:
                found = self._guard.admitted(url, await self._resolve(url.host, key[2]))
            except (OSError, UnicodeError) as error:
                self.host(url).shut(f"no host {url.host} is known")
                raise Refused(f"no host {url.host} is known", next_step="check the address and the network") from error
        way = self._transport or httpx.AsyncHTTPTransport(
            verify=self._trusted, proxy=proxy, trust_env=False, limits=httpx.Limits(max_connections=1)
        )
        self._ways[key] = await self._closing.enter_async_context(way), found
        return self._ways[key]

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


class _Broken(Refused):
    """No answer came; the next try may have one, unless this was the last."""

    def __init__(self, problem: str, *, is_final: bool = False) -> None:
        super().__init__(problem)
        self.is_final = is_final


async def _content(response: httpx.Response, longest: int, cut: bool) -> bytes:
    """What a server sends, unpacked; raises Refused above so many bytes, packed or unpacked."""
    told = response.headers.get("content-length", "")
    if not cut and told.isdigit() and int(told) > longest:
        raise _too_long(longest)
    unpacker = Unpacker(response.headers.get("content-encoding", ""))
    content, came = bytearray(), 0
    async for piece in response.aiter_raw():
        came += len(piece)
        for part in unpacker.unpacked(piece):
            content += part
            if len(content) > longest or came > longest:
                if cut:
                    return bytes(content[:longest])
                raise _too_long(longest)
    if came:
        unpacker.end()
    return bytes(content)


def _too_long(longest: int) -> Refused:
    return Refused(f"more than {longest / 1_000_000:,.0f} MB are not fetched", Reason.TOO_LONG)


def _invalid_certificate(error: Exception) -> str:
    """What is wrong with the certificate of a server; empty where that is not why it cannot be reached."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return str(cause.verify_message)
        cause = cause.__cause__ or cause.__context__
    return ""


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return True


def _proxy(url: httpx.URL) -> str | None:
    """The proxy that the user's environment names for an address; none for this machine itself."""
    if _is_literal(url.host) or proxy_bypass(url.host):
        return None
    proxies = getproxies()
    return proxies.get(url.scheme) or proxies.get("all")
