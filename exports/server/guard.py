"""What every request must show and every answer carry, so that no page elsewhere can read or misuse the server."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost", "[::1]")
# Nothing comes from another machine, nothing may frame us, and what an article says can run nothing.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFETY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Refuses requests that were meant for another host (DNS rebinding) or sent by a page elsewhere."""

    def __init__(self, app: ASGIApp, *, port: int, origins: Collection[str] = ()) -> None:
        """`origins`: pages elsewhere that may ask, such as "https://example.org"."""
        self._app = app
        self._hosts = {f"{host}:{port}" for host in HOSTS} | (set(HOSTS) if port == 80 else set())
        self._origins = {f"http://{host}" for host in self._hosts} | set(origins)
        self._foreign = set(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in SAFETY.items():
                    answer.setdefault(name, value)
                if origin not in self._foreign:
                    answer.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            await send(message)

        refusal = self._refusal(headers)
        await (refusal or self._app)(scope, receive, send_safely)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1:
            return PlainTextResponse("a request names one host\n", 400)
        if hosts[0].lower() not in self._hosts:
            return PlainTextResponse("this server answers to 127.0.0.1 and localhost alone\n", 421)
        origin = headers.get("origin")
        if origin is None:
            # A page elsewhere sends no Origin for an image or script, but the browser says where it comes from.
            elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
            refused = elsewhere and headers.get("sec-fetch-mode") != "navigate"
        else:
            refused = origin.lower() not in self._origins
        if refused:
            return PlainTextResponse("pages of that origin may not ask here; newsgraph serve --cors lets one in\n", 403)
        return None
