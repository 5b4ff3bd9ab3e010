"""The web application: which address is answered by what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from exports.rdf.answering import Answered, Answering, Forms
from exports.server import protocol
from exports.server.accept import HTML, TRIPLES, best
from exports.server.asking import Asking
from exports.server.describing import description_query, in_order, known_query, service_description, table_query
from exports.server.guard import Guard
from exports.server.pages import HERE, QUERY_POLICY, Pages, Site
from exports.server.protocol import Asked

# Things that have a page of their own kind; the others are shown as a table of statements.
TOLD = ("entity", "event", "article")
IN_STATEMENTS = ("claim", "finding", "storyline", "role", "relation", "geometry", "graph", "publication")
FORMS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
LONGEST_SEARCH = 200  # characters
# The picture of a graph is a page with scripts of its own, which its own policy names one by one.
PICTURE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
)
Answer = Callable[[Request], Awaitable[Response]]


class _Anything(Convertor[str]):
    """The rest of an address, whatever characters an id is made of."""

    regex = r"[\s\S]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return quote(value, safe="")


register_url_convertor("anything", _Anything())


def application(site: Site, answering: Answering, *, port: int, origins: Sequence[str] = ()) -> Starlette:
    """The application that serves a site on a port of this machine; pages of `origins` may ask it, too."""
    pages, asking = Pages(site), Asking(answering)

    async def sparql(request: Request) -> Response:
        asked = await protocol.read(request)
        accept = request.headers.get("accept")
        if asked is not None:
            return _sent(await asking.negotiated(asked, accept))
        form = best(accept, (*TRIPLES, HTML))
        if form is None:
            raise HTTPException(406, f"the description of this endpoint can be had as {', '.join(TRIPLES)}")
        if form == HTML:
            return RedirectResponse("/query", 303, headers={"Vary": "Accept"})
        return _written(service_description(str(request.url.replace(query="")), form), form)

    async def start(request: Request) -> Response:
        text = request.query_params.get("q", "").strip()[:LONGEST_SEARCH]
        return HTMLResponse(await run_in_threadpool(pages.start, text))

    async def query_page(request: Request) -> Response:
        return HTMLResponse(pages.query(), headers={"Content-Security-Policy": QUERY_POLICY})

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in {name for name, _, _ in pages.files()}:
            raise HTTPException(404)
        path = site.folder / name
        answer = StaticFiles().file_response(path, path.stat(), request.scope)  # knows what a client has already
        if name.endswith(".html"):
            answer.headers["Content-Security-Policy"] = PICTURE_POLICY
        else:
            answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def thing(noun: str) -> Answer:
        async def answer(request: Request) -> Response:
            return await _thing(request, noun, request.path_params["id"], pages, asking)

        return answer

    routes = [
        Route("/", start),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/query", query_page),
        Route("/files/{name}", file),
        *(Route(f"/{noun}/{{id:anything}}", thing(noun)) for noun in (*TOLD, *IN_STATEMENTS)),
        Mount("/assets", StaticFiles(directory=HERE / "assets")),
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Accept", "Content-Type"],
    )
    middleware = [Middleware(Guard, port=port, origins=origins), *([cors] if origins else [])]

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _problem(request, error, pages)

    made = Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: problem})
    made.state.stop = asking.stop
    return made


async def _thing(request: Request, noun: str, id: str, pages: Pages, asking: Asking) -> Response:
    """A thing as a page or as RDF, by its Accept header or by `?as=`."""
    here = f"/{noun}/{quote(id, safe='')}"
    iri = pages.base + here[1:]
    wanted = request.query_params.get("as", "")
    if wanted not in ("", "table", *FORMS):
        raise HTTPException(404)
    # Turtle is for those who name no form; a browser names HTML.
    form = FORMS.get(wanted) or (HTML if wanted else best(request.headers.get("accept"), (*TRIPLES, HTML)))
    if form is None:
        raise HTTPException(406, f"this can be had as {', '.join((HTML, *TRIPLES))}")
    if form == HTML and noun in TOLD and not wanted:
        try:
            page = await run_in_threadpool(getattr(pages, noun), id)
        except KeyError:
            return await _moved(noun, id, pages)
        return HTMLResponse(page, headers={"Vary": "Accept"})
    if form == HTML:
        answered = await asking.answer(Asked(sparql=table_query(iri)), Forms())
        try:
            page = await run_in_threadpool(pages.statements, here, answered.body)
        except KeyError:
            return await _moved(noun, id, pages)
        return HTMLResponse(page, headers={"Vary": "Accept"})
    answered = await asking.answer(Asked(sparql=known_query(iri)), Forms())
    if b"true" not in answered.body:
        return await _moved(noun, id, pages)
    if noun == "graph":  # may be large
        return _sent(await asking.answer(Asked(sparql=description_query(iri)), Forms(triples=form)))
    answered = await asking.answer(Asked(sparql=description_query(iri)), Forms(triples="application/n-triples"))
    return _written(await run_in_threadpool(in_order, answered.body, form, pages.prefixes), form)


async def _moved(noun: str, id: str, pages: Pages) -> Response:
    """To where a thing with a former id is now; HTTPException 404 for one that never was."""
    present = await run_in_threadpool(pages.site.present_id, id)
    if present == id or not pages.catalogue.link(present):
        raise HTTPException(404)
    return RedirectResponse(pages.catalogue.link(present), 301)


def _sent(answered: Answered) -> Response:
    return _written(answered.body, answered.form)


def _written(body: bytes, form: str) -> Response:
    return Response(body, media_type=form, headers={"Vary": "Accept", "Cache-Control": "no-cache"})


def _problem(request: Request, error: HTTPException, pages: Pages) -> Response:
    """One line for programs, a page for browsers."""
    titles = {404: "There is nothing here", 405: "Not like this"}
    detail = error.detail
    if error.status_code == 404:
        detail = "nothing in this graph has that address; search by name, or begin at the start page"
    if best(request.headers.get("accept"), ("text/plain", HTML)) == HTML:
        page = pages.problem(error.status_code, titles.get(error.status_code, "That did not work"), detail)
        return HTMLResponse(page, error.status_code, headers=error.headers)
    return PlainTextResponse(f"{detail}\n", error.status_code, headers=error.headers)
