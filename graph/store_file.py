"""The file of a store: its tables, and what is done with one that another version wrote."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import Path

from graph.model import KnowledgeGraph
from graph.sources import Remark
from ingest.article import AnnotatedArticle
from ingest.serial import shape

# How long a build waits for another one that is writing, in seconds.
PATIENCE = 10
# What can be made again of the articles, which are still on disk.
_MADE = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sources (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, changed INTEGER,
    content TEXT NOT NULL, reading TEXT NOT NULL, remarks TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS holdings (
    source TEXT NOT NULL, position INTEGER NOT NULL, article TEXT NOT NULL, digest TEXT NOT NULL, part TEXT NOT NULL,
    dated TEXT NOT NULL, PRIMARY KEY (source, position)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holdings_by_digest ON holdings (digest);
CREATE TABLE IF NOT EXISTS staged (
    source TEXT NOT NULL, position INTEGER NOT NULL, article TEXT NOT NULL, digest TEXT NOT NULL, part TEXT NOT NULL,
    dated TEXT NOT NULL, PRIMARY KEY (source, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (digest TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS readings (digest TEXT PRIMARY KEY, annotator TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS refused (digest TEXT PRIMARY KEY, annotator TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entities (digest TEXT PRIMARY KEY, version TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS graph (
    array TEXT NOT NULL, piece INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (array, piece));
CREATE TABLE IF NOT EXISTS samples (body BLOB NOT NULL);
"""
# What cannot: it hangs on ids of mentions, which depend on the texts alone.
_DECIDED = """
CREATE TABLE IF NOT EXISTS corrections (number INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS former_ids (id TEXT PRIMARY KEY, now TEXT NOT NULL) WITHOUT ROWID;
"""
# What only this version of the nouns and the tables can read.
SHAPES = " ".join(
    [*map(shape, (AnnotatedArticle, KnowledgeGraph, Remark)), hashlib.sha256(_MADE.encode()).hexdigest()[:16]]
)


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open a store, or make one; what another version wrote is emptied. Raises sqlite3.Error."""
    if read_only:
        return _connect_to_read(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")  # no fsync a transaction; a kill loses nothing, a power cut the last ones
    db.execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    known = db.execute("SELECT value FROM meta WHERE key = 'shapes'").fetchone()
    if known == (SHAPES,):
        return db
    gone = "".join(f"DROP TABLE IF EXISTS {table};" for table in re.findall(r"TABLE IF NOT EXISTS (\w+)", _MADE))
    noted = f"INSERT INTO meta VALUES ('shapes', '{SHAPES}');"
    db.executescript(f"BEGIN IMMEDIATE; {gone} {_MADE} {_DECIDED} {noted} COMMIT;")
    return db


def _connect_to_read(path: Path) -> sqlite3.Connection:
    address = path.absolute().as_uri()
    try:
        db = sqlite3.connect(f"{address}?mode=ro", uri=True, isolation_level=None)
        db.execute("SELECT count(*) FROM meta")
    except sqlite3.OperationalError:
        # A folder that cannot be written holds no log to read beside the file.
        db = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
        db.execute("SELECT count(*) FROM meta")
    return db
