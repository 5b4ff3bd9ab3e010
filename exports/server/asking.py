"""Queries from many requests, one after the other, and what the protocol says of those that fail."""

from __future__ import annotations

from functools import partial

from anyio import CancelScope, CapacityLimiter
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException

from exports.rdf.answering import Answered, Answering, Forms, NoForm, TookTooLong, TookTooMuch, TooMuchFound
from exports.rdf.sparql import BadQuery, RemoteQuery
from exports.server.accept import SOLUTIONS, TRIPLES, best
from exports.server.protocol import Asked

MOST_WAITING = 32  # a page that asks without end must not pile up work for hours


class Asking:
    """Lets one query at a time through to the process that answers."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._turn = CapacityLimiter(1)
        self._waiting: set[CancelScope] = set()

    def stop(self) -> None:
        """Let nobody wait any longer."""
        for scope in self._waiting:
            scope.cancel()

    async def answer(self, asked: Asked, forms: Forms) -> Answered:
        """The answer to one query.

        Raises HTTPException: 400 where the query is at fault, 406 where the form cannot hold what is found, 500 where
        it is refused for what it would find, 503 where it takes too long or too many others wait.
        """
        if len(self._waiting) >= MOST_WAITING:
            raise HTTPException(503, "too many queries wait for an answer; ask again later", {"Retry-After": "30"})
        ask = partial(
            self._answering.answer,
            asked.sparql,
            forms,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
        )
        with CancelScope() as scope:
            self._waiting.add(scope)
            try:
                return await run_sync(ask, limiter=self._turn, abandon_on_cancel=True)
            except (BadQuery, RemoteQuery) as error:
                raise HTTPException(400, str(error)) from error
            except (TooMuchFound, TookTooMuch) as error:
                raise HTTPException(500, str(error)) from error
            except NoForm as error:
                raise HTTPException(406, str(error)) from error
            except TookTooLong as error:
                raise HTTPException(503, str(error)) from error
            finally:
                self._waiting.remove(scope)
        raise HTTPException(503, "this server is being stopped")

    async def negotiated(self, asked: Asked, accept: str | None) -> Answered:
        """The answer in the form that an Accept header likes best; HTTPException 406 where it takes none."""
        rows, triples = best(accept, SOLUTIONS), best(accept, TRIPLES)
        if rows is None and triples is None:
            raise _not_acceptable((*SOLUTIONS, *TRIPLES))
        answered = await self.answer(asked, Forms(solutions=rows or SOLUTIONS[0], triples=triples or TRIPLES[0]))
        if answered.kind == "triples" and triples is None:
            raise _not_acceptable(TRIPLES)
        if answered.kind != "triples" and rows is None:
            raise _not_acceptable(SOLUTIONS)
        return answered


def _not_acceptable(offered: tuple[str, ...]) -> HTTPException:
    return HTTPException(406, f"the answer can be had as {', '.join(offered)}")
