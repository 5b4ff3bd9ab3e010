"""Addresses in, pages out: fetched now, or as they were when they were last fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

import anyio
import httpx
from anyio.from_thread import start_blocking_portal

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.source import Options, Source
from ingest.web.asking import MOVED, Answer, Asking, Resolve, resolved
from ingest.web.guard import Guard, Refused, origin, parsed, usual
from ingest.web.manners import PRODUCT, Manners
from ingest.web.pages import Kept, Pages
from ingest.web.robots import ANYTHING, LONGEST, Robots, read_robots

_GONE = {401: "asks for a password", 403: "is not for us", 404: "does not exist", 410: "is gone", 451: "is withheld"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that can be read."""

    url: str  # as asked for
    path: Path  # of the file with what came
    source: Source  # the same, with what its server says of it
    digest: str  # SHA-256 of what came
    instead: UnreadableArticle | None = None  # why it is as it was once, not as it is now


class Web:
    """The web as one build sees it; a context manager that ends what is still under way."""

    def __init__(  # noqa: PLR0913 - the last two are for tests
        self,
        folder: Path,
        *,
        given: Iterable[str] = (),
        manners: Manners | None = None,
        offline: bool = False,
        resolve: Resolve = resolved,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`folder` keeps the pages; `given` are the user's own addresses, whose hosts need not be on the open web."""
        self._pages = Pages(folder)
        self.manners = manners or Manners()
        self._offline = offline
        self._guard = Guard(_those_parsed(given))
        self._how = resolve, transport
        self._robots: dict[tuple[str, str, int], Robots | Refused] = {}
        self._reading: dict[tuple[str, str, int], anyio.Lock] = {}
        self._closing = ExitStack()

    def __enter__(self) -> Web:
        self._pages.sweep()
        if not self._offline:
            self._portal = self._closing.enter_context(start_blocking_portal())
            self._asking = self._portal.call(self._started)
            self._closing.callback(self._portal.call, self._asking.close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.__exit__(kind, error, trace)

    async def _started(self) -> Asking:
        resolve, transport = self._how
        return Asking(self._guard, self.manners, resolve=resolve, transport=transport)

    def fetch(self, urls: Iterable[str], options: Options) -> Iterator[tuple[str, Page | UnreadableArticle]]:
        """Yield each address once, in its usual form, with its page or why there is none, in the order given.

        Up to `Manners.hosts` hosts are asked at the same time; what is kept of a page is asked for only where it has
        changed, and stands in where it cannot be had now. Raises UnwritablePages.
        """
        urls = list(dict.fromkeys(map(usual, urls)))
        if self._offline:
            for url in urls:
                yield url, self._from_before(url, options)
            return
        under_way: list[Future[Page | UnreadableArticle]] = []
        try:
            under_way += [self._portal.start_task_soon(self._page, url, options) for url in urls]
            for url, future in zip(urls, under_way, strict=True):
                yield url, future.result()
        finally:
            for future in under_way:
                future.cancel()

    def _from_before(self, url: str, options: Options) -> Page | UnreadableArticle:
        try:
            kept = self._pages.kept(str(parsed(url)))
        except Refused as refusal:
            return _refused(url, refusal)
        if kept:
            return self._kept_page(kept, options)
        problem = "it was not fetched before"
        return UnreadableArticle(url, problem, reason=Reason.NETWORK, next_step="build without --offline to fetch it")

    async def _page(self, url: str, options: Options) -> Page | UnreadableArticle:
        try:
            asked = parsed(url)
        except Refused as refusal:
            return _refused(url, refusal)
        kept = self._pages.kept(str(asked))
        try:
            answer = await self._found(asked, kept)
        except Refused as refusal:
            if kept is None:
                return _refused(url, refusal)
            next_step = f"what came on {kept.fetched} is used"
            stale = UnreadableArticle(url, refusal.problem, reason=refusal.reason, next_step=next_step)
            return replace(self._kept_page(kept, options), instead=stale)
        if answer.status == httpx.codes.NOT_MODIFIED and kept is not None:
            return self._kept_page(kept, options)
        media_type, charset = _content_type(answer.headers.get("content-type", ""))
        digest = hashlib.sha256(answer.content).hexdigest()
        fresh = Kept(
            url=str(asked),
            final=str(answer.url),
            digest=digest,
            size=len(answer.content),
            fetched=kept.fetched if kept and kept.digest == digest else _today().isoformat(),
            media_type=media_type,
            charset=charset,
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
        )
        self._pages.keep(fresh, answer.content)
        return self._kept_page(fresh, options)

    def _kept_page(self, kept: Kept, options: Options) -> Page:
        body = self._pages.body(kept)
        source = replace(
            Source.at(body, options),
            name=kept.url,
            size=kept.size,
            media_type=kept.media_type,
            charset=kept.charset,
            url=kept.final,
            fetched=kept.day,
        )
        return Page(url=kept.url, path=body, source=source, digest=kept.digest)

    async def _found(self, url: httpx.URL, kept: Kept | None) -> Answer:
        """The page behind an address and its redirects; raises Refused."""
        at = url
        for _ in range(self.manners.redirects + 1):
            if not (await self._robots_of(at)).allows(str(at)):
                problem = "its site asks programs to keep out" if at == url else f"{at.host} asks programs to keep out"
                raise Refused(problem, Reason.ROBOTS)
            answer = await self._asking.ask(at, _unless_same(kept, at), self.manners.page_bytes)
            if answer.status in MOVED:
                at = _next(answer)
            elif answer.status == httpx.codes.OK and answer.content:
                return answer
            elif answer.status == httpx.codes.NOT_MODIFIED and kept and str(at) == kept.final:
                return answer
            elif answer.status == httpx.codes.OK:
                raise Refused("it is empty", Reason.EMPTY)
            else:
                raise Refused(f"it {_GONE.get(answer.status, 'cannot be had')} (answer {answer.status})")
        raise Refused(f"it leads on more than {self.manners.redirects} times")

    async def _robots_of(self, url: httpx.URL) -> Robots:
        """What the site of an address allows; raises Refused where that cannot be told now."""
        key = origin(url)
        async with self._reading.setdefault(key, anyio.Lock()):
            if key not in self._robots:
                try:
                    self._robots[key] = await self._read_robots(url)
                except Refused as refusal:
                    self._robots[key] = refusal
        known = self._robots[key]
        if isinstance(known, Refused):
            raise known
        if known.delay is not None:
            host = self._asking.host(url)
            host.delay = max(host.delay, min(known.delay, self.manners.longest_delay))
        return known

    async def _read_robots(self, url: httpx.URL) -> Robots:
        """RFC 9309: a site that refuses its robots.txt allows everything, one that cannot send it nothing for now."""
        at = url.copy_with(raw_path=b"/robots.txt")
        for _ in range(self.manners.redirects + 1):
            try:
                answer = await self._asking.ask(at, {}, LONGEST, cut=True)
            except Refused as refusal:
                if refusal.reason is not Reason.NETWORK:
                    return ANYTHING  # packed wrongly: as good as none
                raise
            if answer.status in MOVED:
                try:
                    at = _next(answer)
                except Refused:
                    return ANYTHING
            elif answer.status >= httpx.codes.INTERNAL_SERVER_ERROR:
                raise Refused(f"its site cannot say now what programs may fetch (answer {answer.status})")
            else:
                return read_robots(answer.content, PRODUCT)
        return ANYTHING


def _next(answer: Answer) -> httpx.URL:
    """Where a server sends us; raises Refused where we do not go."""
    where = answer.headers.get("location")
    if not where:
        raise Refused("it leads on to nowhere")
    url = parsed(where, answer.url)
    if answer.url.scheme == "https" and url.scheme != "https":
        raise Refused("it leads from https to http")
    return url


def _unless_same(kept: Kept | None, url: httpx.URL) -> dict[str, str]:
    """The headers that ask for a page only where it is not what is kept."""
    if kept is None or kept.final != str(url):
        return {}
    headers = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
    return {name: value for name, value in headers.items() if value}


def _content_type(header: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, where it gives them."""
    first, *rest = header.split(";")
    charset = None
    for parameter in rest:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip(" \t\"'").lower()[:40] or None
    return first.strip().lower() or None, charset


def _refused(url: str, refusal: Refused) -> UnreadableArticle:
    return UnreadableArticle(url, refusal.problem, reason=refusal.reason, next_step=refusal.next_step)


def _those_parsed(addresses: Iterable[str]) -> Iterator[httpx.URL]:
    for address in addresses:
        try:
            yield parsed(address)
        except Refused:
            continue  # refused again, with its reason, where it is fetched


def _today() -> date:
    return datetime.now(UTC).date()
