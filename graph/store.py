"""What was read, kept in one SQLite file: sources, their articles, what the annotator found in them, the last graph.

Every change is one transaction in a write-ahead log, so a build killed at any moment leaves a store that the next
build goes on from. Nothing here decides what an entity is: that is derived again from the readings, and from what was
decided by hand, which is kept here too, as is what the linker finds in a single article while it would find it again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from graph.former import samples, successors
from graph.model import KnowledgeGraph
from graph.readings import Readings
from graph.sources import Copy, Held, Remark, SourceState
from graph.store_file import SHAPES, connect
from graph.store_graph import graph_of, pieces
from graph.verdict import Correction
from ingest.article import AnnotatedArticle, Article
from ingest.errors import NewsgraphError
from ingest.serial import from_json, packed, rows_from_json, rows_to_json, to_json, unpacked

Noun = TypeVar("Noun")
FILE_NAME = "newsgraph.db"
_READ = "holdings JOIN sources ON source = key JOIN readings USING (digest)"
_FIRST = "article, dated, name, key, position"  # of articles with one id the first is kept


class UnreadableStore(NewsgraphError):
    """A folder that should hold a built graph does not, or its store cannot be read or written."""

    def __init__(self, path: Path, problem: str, next_step: str) -> None:
        super().__init__(f"{path}: {problem}; {next_step}")


class Store:
    """The store of one output folder; a context manager that closes it."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        try:
            self._db = connect(path, read_only=read_only)
        except sqlite3.OperationalError as error:
            raise UnreadableStore(
                path, f"cannot be opened ({error})", "free some disk space or choose another folder"
            ) from error
        except sqlite3.Error as error:
            raise UnreadableStore(
                path, f"no store of newsgraph ({error})", "remove it or choose another folder"
            ) from error
        if self.meta("shapes") != SHAPES:
            self._db.close()
            raise UnreadableStore(path, "it was written by another version", "run newsgraph build again")

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._read_only:
            # A plain file can be read without leaving a log beside it; another build may still be using the log.
            with suppress(sqlite3.OperationalError):
                self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()

    def sources(self) -> dict[str, SourceState]:
        """Every source that was read, by key."""
        rows = self._rows("SELECT key, name, size, changed, content, reading, remarks FROM sources")
        return {row[0]: _state(row) for row in rows}

    def stage(self, key: str, articles: Iterable[Held], *, start: int = 0) -> None:
        """Note some articles that a source holds, from a position on; they count when the source is settled."""
        with self._transaction() as db:
            if not start:
                db.execute("DELETE FROM staged WHERE source = ?", (key,))
            for position, each in enumerate(articles, start):
                db.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", (each.digest, each.body))
                row = (key, position, each.id, each.digest, each.part, each.dated)
                db.execute("INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?)", row)

    def settle(self, state: SourceState) -> None:
        """Put what was staged for a source in place of what it held before."""
        with self._transaction() as db:
            self._forget(db, [state.key])
            db.execute("INSERT INTO holdings SELECT * FROM staged WHERE source = ?", (state.key,))
            db.execute("DELETE FROM staged WHERE source = ?", (state.key,))
            self._write_state(db, state)

    def rename(self, state: SourceState) -> None:
        """Note that a source is as it was, though its name or the time of its last change is not."""
        with self._transaction() as db:
            self._write_state(db, state)

    def drop(self, keys: Iterable[str]) -> None:
        """Forget sources and what they held."""
        with self._transaction() as db:
            self._forget(db, keys)

    def digests(self) -> set[tuple[str, str]]:
        """The id and the digest of every article that a source holds."""
        return set(self._rows("SELECT article, digest FROM holdings"))

    def held(self, keys: Iterable[str]) -> int:
        """How many articles some sources hold together."""
        return sum(self._rows("SELECT count(*) FROM holdings WHERE source = ?", key)[0][0] for key in keys)

    def pending(self, annotator: str) -> list[str]:
        """The digests of articles that this version of the annotator has not read, in one order on every machine."""
        unread = """SELECT DISTINCT digest FROM holdings
                    WHERE digest NOT IN (SELECT digest FROM readings WHERE annotator = ?)
                    AND digest NOT IN (SELECT digest FROM refused WHERE annotator = ?) ORDER BY digest"""
        return [digest for (digest,) in self._rows(unread, annotator, annotator)]

    def bodies(self, digests: Iterable[str]) -> list[tuple[str, bytes]]:
        """Digest and packed line of articles, in the order asked for."""
        return [(digest, self._rows("SELECT body FROM articles WHERE digest = ?", digest)[0][0]) for digest in digests]

    def add_readings(self, annotator: str, linker: str, readings: Iterable[tuple[str, bytes, bytes | None]]) -> None:
        """Keep what was found in a batch of articles, all of it or nothing: digest, and packed lines of its reading and
        of the entities that this version of the linker finds in it alone."""
        with self._transaction() as db:
            for digest, reading, entities in readings:
                db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", (digest, annotator, reading))
                if entities is not None:
                    version = f"{annotator} {linker}"
                    db.execute("INSERT OR REPLACE INTO entities VALUES (?, ?, ?)", (digest, version, entities))

    def refuse(self, annotator: str, digest: str, remark: Remark) -> None:
        """Note that an article could not be annotated; this version of the annotator is not asked again."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO refused VALUES (?, ?, ?)", (digest, annotator, to_json(remark)))

    def refusals(self, annotator: str) -> list[Remark]:
        """The articles that could not be annotated, by where they were found."""
        rows = self._rows(
            """SELECT name || part, body FROM refused JOIN holdings USING (digest) JOIN sources ON source = key
               WHERE annotator = ? ORDER BY name, position""",
            annotator,
        )
        return [replace(from_json(Remark, body), path=name) for name, body in rows]

    def annotated(self, annotator: str) -> tuple[Readings, list[Copy]]:
        """Every article once, sorted by id, and the copies left out; the first by day, then by path, is kept."""
        kept: list[tuple[str, str]] = []  # digest, path
        copies: list[Copy] = []
        last = ""  # the id of the article that was looked at last
        rows = self._cursor(
            f"SELECT article, name || part, digest FROM {_READ} WHERE annotator = ? ORDER BY {_FIRST}", annotator
        )
        first: Article | None = None  # the one with that id that is kept, once it has a copy
        for article_id, name, digest in rows:
            if article_id != last:
                kept.append((digest, name))
                last, first = article_id, None
                continue
            first = first or self._article(*kept[-1])
            copies.append(self._copy(first, self._article(digest, name)))
        return Readings(kept, self._reading, self._article), copies

    def _reading(self, digest: str, path: str) -> AnnotatedArticle:
        """What was read in an article, and where that lies."""
        [(body,)] = self._rows("SELECT body FROM readings WHERE digest = ?", digest)
        found = self._unpacked(AnnotatedArticle, body)
        return replace(found, article=replace(found.article, path=path))

    def _article(self, digest: str, path: str) -> Article:
        [(_, body)] = self.bodies([digest])
        return replace(self._unpacked(Article, body), path=path)

    @staticmethod
    def _copy(kept: Article, again: Article) -> Copy:
        return Copy(
            id=again.id,
            path=again.path or "",
            kept=kept.path or "",
            same_text=again.text == kept.text,
            publisher=again.publisher,
            url=again.url,
            published=again.published,
        )

    def entities(self, annotator: str, linker: str) -> dict[str, bytes]:
        """What this version of the linker found in single articles as this annotator reads them: packed lines by id."""
        rows = self._cursor("SELECT digest, body FROM entities WHERE version = ?", f"{annotator} {linker}")
        known = dict(rows)
        return {article: known[digest] for article, digest in self._digests(annotator).items() if digest in known}

    def add_entities(self, annotator: str, linker: str, bodies: Iterable[tuple[str, bytes]]) -> None:
        """Keep what the linker found in single articles, a packed line for each id."""
        digests = self._digests(annotator)
        rows = [(digests[article], f"{annotator} {linker}", body) for article, body in bodies]
        with self._transaction() as db:
            db.executemany("INSERT OR REPLACE INTO entities VALUES (?, ?, ?)", rows)

    def sentences(self, article_id: str) -> tuple[tuple[int, int], ...]:
        """Where the sentences of an article are, as characters of its text; empty when it is not known."""
        rows = self._rows(f"SELECT body FROM {_READ} WHERE article = ? ORDER BY {_FIRST} LIMIT 1", article_id)
        return self._unpacked(AnnotatedArticle, rows[0][0]).sentences if rows else ()

    def save_graph(
        self, graph: KnowledgeGraph, *, add: Correction | None = None, undo: int | None = None, **meta: str
    ) -> None:
        """Keep the graph with what is told of it, and sweep out articles and readings that no source holds any more.

        A correction that the graph was made with is added, or one that it was made without is taken back, in the same
        transaction; what ids have become is noted.
        """
        with self._transaction() as db:
            if add is not None:
                db.execute("INSERT INTO corrections VALUES (?, ?)", (add.number, to_json(add)))
            if undo is not None:
                db.execute("DELETE FROM corrections WHERE number = ?", (undo,))
            self._note_ids(db, graph)
            db.execute("DELETE FROM graph")
            db.executemany("INSERT INTO graph VALUES (?, ?, ?)", pieces(graph))
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
            for table in ("articles", "readings", "refused", "entities"):
                db.execute(f"DELETE FROM {table} WHERE digest NOT IN (SELECT digest FROM holdings)")

    def corrections(self) -> tuple[Correction, ...]:
        """What was decided by hand and not taken back, in the order of its numbers."""
        rows = self._rows("SELECT body FROM corrections ORDER BY number")
        return tuple(from_json(Correction, body) for (body,) in rows)

    def next_number(self) -> int:
        """The number of the next correction; none is given twice."""
        rows = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'corrections'")
        return int(rows[0][0]) + 1 if rows else 1

    def present_id(self, thing: str) -> str:
        """The id that an entity or event with this former id has now; the id itself where none is known."""
        rows = self._rows("SELECT now FROM former_ids WHERE id = ?", thing)
        return str(rows[0][0]) if rows else thing

    def former_ids(self) -> dict[str, str]:
        """Every id that an entity or event had before and has no more, with the one that it has now."""
        return dict(self._rows("SELECT id, now FROM former_ids ORDER BY id"))

    def graph(self) -> KnowledgeGraph | None:
        """The graph of the last build that came to its end."""
        if not self._rows("SELECT 1 FROM graph LIMIT 1"):
            return None
        with self._understood():
            return graph_of(self._cursor("SELECT array, body FROM graph ORDER BY array, piece"))

    def graph_digest(self) -> str:
        """Tells this graph from any other."""
        digest = hashlib.sha256()
        for array, body in self._cursor("SELECT array, body FROM graph ORDER BY array, piece"):
            digest.update(f"{array} {len(body)} ".encode() + body)
        return digest.hexdigest()

    def meta(self, key: str) -> str | None:
        """What is told of the graph under one key."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                with suppress(sqlite3.OperationalError):  # a full disk has ended the transaction already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise UnreadableStore(
                self.path, f"cannot be written ({error})", "free some space and run it again: what was done is kept"
            ) from error

    def _cursor(self, sql: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise UnreadableStore(self.path, f"cannot be read ({error})", "remove it and build again") from error

    def _rows(self, sql: str, *values: object) -> list[Any]:
        return self._cursor(sql, *values).fetchall()

    def _digests(self, annotator: str) -> dict[str, str]:
        """The digest of each article that `annotated` keeps, by id."""
        rows = self._rows(f"SELECT article, digest FROM {_READ} WHERE annotator = ? ORDER BY {_FIRST}", annotator)
        return dict(reversed(rows))

    def _unpacked(self, kind: type[Noun], body: bytes) -> Noun:
        with self._understood():
            return unpacked(kind, body)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        try:
            yield
        except (zlib.error, ValueError, TypeError) as error:
            raise UnreadableStore(
                self.path, "it was written by another version", "remove it and build again"
            ) from error

    def _note_ids(self, db: sqlite3.Connection, graph: KnowledgeGraph) -> None:
        """Note for each id that is gone what it has become; an id that is back is no former one any more."""
        rows = self._rows("SELECT body FROM samples")
        before: dict[str, list[str]] = json.loads(zlib.decompress(rows[0][0])) if rows else {}
        now = samples(graph)
        db.executemany("DELETE FROM former_ids WHERE id = ?", ((thing,) for thing in now if thing not in before))
        changed = successors(before, graph)
        db.executemany("UPDATE former_ids SET now = ? WHERE now = ?", ((new, old) for old, new in changed.items()))
        db.executemany("INSERT OR REPLACE INTO former_ids VALUES (?, ?)", changed.items())
        db.execute("DELETE FROM samples")
        db.execute("INSERT INTO samples VALUES (?)", (packed(json.dumps(now)),))

    @staticmethod
    def _forget(db: sqlite3.Connection, keys: Iterable[str]) -> None:
        for key in keys:
            db.execute("DELETE FROM holdings WHERE source = ?", (key,))
            db.execute("DELETE FROM sources WHERE key = ?", (key,))

    @staticmethod
    def _write_state(db: sqlite3.Connection, state: SourceState) -> None:
        remarks = rows_to_json(Remark, state.remarks)
        row = (state.key, state.name, state.size, state.changed, state.digest, state.reading, remarks)
        db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _state(row: Sequence[Any]) -> SourceState:
    return SourceState(
        key=row[0],
        name=row[1],
        size=row[2],
        changed=row[3],
        digest=row[4],
        reading=row[5],
        remarks=tuple(rows_from_json(Remark, row[6])),
    )
