"""A server that keeps RDF graphs, spoken to with the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import quote

import httpx

from ingest.errors import NewsgraphError
from newsgraph.printing import printable

# Seconds before each further try. A server that never answered is more often a wrong address than a busy machine.
WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
FIRST_WAITS = (0.5, 1.0)
LONGEST_WAIT = 600.0  # a server that wants to be left alone for longer is left alone
PASSING = {429, 502, 503, 504}  # statuses that may be gone the next time
REDIRECTS = {301, 302, 307, 308}
MOST_REDIRECTS = 5
CONNECT_SECONDS = 10.0
SAID = 160  # characters of what a server says that fit a line
MARKUP = re.compile(r"<(?:title|style|head)\b.*?</(?:title|style|head)>|<!?/?[a-z][^>]*>", re.IGNORECASE | re.DOTALL)


class BadTarget(NewsgraphError):
    """An address or graph that nothing can be sent to."""

    def __init__(self, place: str, problem: str, next_step: str) -> None:
        super().__init__(f"{place}: {problem}; {next_step}")


class Refused(NewsgraphError):
    """The server does not take a request, or does not answer."""

    def __init__(self, place: str, problem: str, next_step: str) -> None:
        super().__init__(f"{place}: {problem}; {next_step}")


class TooLarge(NewsgraphError):
    """The server takes requests, but not of this size."""

    def __init__(self, place: str, size: int) -> None:
        super().__init__(f"{place}: it does not take {size:,} bytes at once; let it accept larger requests")


class Triplestore:
    """One graph at a server: its default graph, or the one with an IRI. A context manager that closes the connection.

    Certificates are verified, redirects to another host are not followed, and a password is sent only once the server
    has asked for it: as a digest where it takes that.
    """

    def __init__(  # noqa: PLR0913 - each says another thing about one server
        self,
        url: str,
        graph: str | None = None,
        *,
        user: str | None = None,
        password: str = "",
        timeout: float = 300,
        note: Callable[[str], None] = lambda _: None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`timeout` is in seconds, of one request; `note` is told of waits. Raises BadTarget."""
        self.url = url
        self.address = _address(url, graph)
        self._graph = graph
        self._user = user
        self._timeout = timeout
        self._note = note
        self._pause = pause
        self._has_answered = False
        self._client = httpx.Client(
            auth=None if user is None else AsAsked(user, password),
            timeout=httpx.Timeout(timeout, connect=min(CONNECT_SECONDS, timeout)),
            headers={"User-Agent": "newsgraph"},
        )

    def __enter__(self) -> Triplestore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def replace(self, turtle: bytes) -> None:
        """Let the graph hold this and nothing else. Raises Refused, TooLarge."""
        self._send("PUT", turtle)

    def add(self, turtle: bytes) -> None:
        """Let the graph hold this too. Raises Refused, TooLarge."""
        self._send("POST", turtle)

    def lacks_graph(self) -> bool:
        """Whether the server says for sure that it has no such graph (any more)."""
        try:
            return self._client.head(self.address).status_code == httpx.codes.NOT_FOUND
        except httpx.TransportError:
            return False  # the next request will tell what is wrong

    def _send(self, method: str, turtle: bytes) -> None:
        """Send a request until it is taken, or until it is clear that it will not be."""
        waited = 0
        while True:
            asked = 0.0
            try:
                answer = self._request(method, turtle)
            except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
                # What was sent may still be worked on, so sending it again would only make that worse.
                problem = f"no answer within {self._timeout:g} seconds"
                raise Refused(
                    self.url, problem, "give it longer with --timeout, or less at once with --chunk"
                ) from error
            except httpx.TransportError as error:
                problem, next_step = self._unreachable(error)
                waits = WAITS if self._has_answered else FIRST_WAITS
            else:
                self._has_answered = True
                if answer.is_success:
                    return
                if answer.status_code not in PASSING:
                    raise self._refusal(answer, turtle)
                problem = f"it answers {_status(answer)}"
                next_step = "see what its log says and run the command again: it goes on where it stopped"
                asked = _retry_after(answer)
                waits = WAITS
            if waited == len(waits) or asked > LONGEST_WAIT:
                tries = f" ({waited + 1} times)" if waited else ""
                raise Refused(self.url, problem + tries, next_step)
            wait = max(waits[waited], asked)
            waited += 1
            self._note(f"{self.url}: {problem}; trying again in {wait:g} s")
            self._pause(wait)

    def _request(self, method: str, turtle: bytes) -> httpx.Response:
        address = httpx.URL(self.address)
        for _ in range(MOST_REDIRECTS):
            answer = self._client.request(method, address, content=turtle, headers={"Content-Type": "text/turtle"})
            if answer.status_code not in REDIRECTS or "location" not in answer.headers:
                return answer
            there = address.join(answer.headers["location"])
            if not _is_same_server(address, there):
                problem = f"it points to another server, {_printable(str(there))}"
                raise Refused(self.url, problem, "give that address, if it is yours")
            address = there
        raise Refused(self.url, "it points from one address to the next", "give the one that takes graphs")

    def _unreachable(self, error: httpx.TransportError) -> tuple[str, str]:
        causes = list(_causes(error))
        certificate = next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None)
        if certificate is not None:
            problem = f"its certificate cannot be trusted ({certificate.verify_message})"
            raise Refused(self.url, problem, "name the authority's certificate in SSL_CERT_FILE") from error
        system = next((cause for cause in causes if isinstance(cause, OSError) and cause.strerror), None)
        problem = _printable(str(system.strerror if isinstance(system, OSError) else error)).lower() or "no connection"
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return problem, "start the server or put the address right, then run the command again"
        return problem, "run the command again, with a smaller --chunk if this goes on: it goes on where it stopped"

    def _refusal(self, answer: httpx.Response, turtle: bytes) -> NewsgraphError:
        status = answer.status_code
        if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
            return TooLarge(self.url, len(turtle))
        if self._graph is None and answer.headers.get("server", "").startswith("Virtuoso") and status not in {401, 403}:
            return Refused(self.url, "Virtuoso has no default graph", "name one with --graph IRI")
        problem, next_step = f"it answers {_status(answer)}{_said(answer)}", "see what its log says"
        if status == httpx.codes.UNAUTHORIZED and self._user is None:
            problem, next_step = "it wants to know who you are", "give --user NAME"
        elif status == httpx.codes.UNAUTHORIZED:
            problem, next_step = f"it does not know {self._user} by this password", "put NEWSGRAPH_PASSWORD right"
        elif status == httpx.codes.FORBIDDEN:
            who = "nobody may write there unnamed" if self._user is None else f"{self._user} may not write there"
            problem = who + _said(answer)
            next_step = "get the right to, or give another --user"
        elif status in {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED, httpx.codes.NOT_IMPLEMENTED}:
            problem = f"nothing there takes graphs ({_status(answer)})"
            next_step = "give the address of the server's SPARQL 1.1 Graph Store, such as http://localhost:3030/ds/data"
        return Refused(self.url, problem, next_step)


class AsAsked(httpx.Auth):
    """Says who we are in the way that the server asks for: a digest of the password, or else the password itself."""

    def __init__(self, user: str, password: str) -> None:
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._wants_basic = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request as it is sent, again when the server has asked; once it has, it need not ask again."""
        flow = (self._basic if self._wants_basic else self._digest).auth_flow(request)
        answer = yield next(flow)
        if answer.status_code != httpx.codes.UNAUTHORIZED:
            return
        schemes = [challenge.lower() for challenge in answer.headers.get_list("www-authenticate")]
        has_digest = any(re.search(r"(?:^|, *)digest ", scheme) for scheme in schemes)
        if not has_digest and not self._wants_basic and any("basic" in scheme for scheme in schemes):
            self._wants_basic = True
            yield next(self._basic.auth_flow(request))
            return
        try:
            yield flow.send(answer)
        except StopIteration:
            return


def _address(url: str, graph: str | None) -> str:
    """The address of a graph at a server; "?default" is the server's own (section 4.2 of the protocol)."""
    step = "give one like http://localhost:3030/ds/data"
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise BadTarget(_printable(url), "not an address", step) from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise BadTarget(_printable(url), "not an address on the web", step)
    if parsed.userinfo:
        without = str(parsed.copy_with(username=None, password=None))
        raise BadTarget(without, "an address is no place for a password", "give --user NAME")
    if parsed.fragment:
        raise BadTarget(url, "an address of a server has no #", step)
    if graph is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+", graph):
        raise BadTarget(_printable(graph), "not an IRI", "give one like https://example.org/news")
    return f"{url}{'&' if parsed.query else '?'}{'default' if graph is None else 'graph=' + quote(graph, safe='')}"


def _is_same_server(here: httpx.URL, there: httpx.URL) -> bool:
    if here.host != there.host or there.scheme not in {"http", "https"}:
        return False
    same = (here.scheme, here.port) == (there.scheme, there.port)
    return same or (here.scheme, there.scheme, here.port, there.port) == ("http", "https", None, None)


def _retry_after(answer: httpx.Response) -> float:
    """The seconds that a server wants to be left alone (RFC 9110, section 10.2.3); 0 where it does not say."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _causes(error: BaseException | None) -> Generator[BaseException, None, None]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _status(answer: httpx.Response) -> str:
    return _printable(f"{answer.status_code} {answer.reason_phrase}".strip())


def _said(answer: httpx.Response) -> str:
    """What the server says of it, in brackets; it is foreign text on its way to a terminal."""
    said = _printable(MARKUP.sub(" ", answer.text[:4000]))
    return f" ({said})" if said else ""


def _printable(text: str) -> str:
    line = printable(text)
    return line if len(line) <= SAID else line[: SAID - 1] + "…"
