"""CPU seconds and memory of linking and saving so many articles: a corpus as read once, and altered copies of it."""

from __future__ import annotations

import json
import random
import re
import resource
import shutil
import string
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import graph.link
from graph.linking.kept import Kept
from graph.linking.local import EntitiesOf, entities_of
from graph.model import KnowledgeGraph
from graph.store import FILE_NAME, Store
from ingest.article import AnnotatedArticle, Article, EntityType, EventMention, Mention, MentionKind, Quantity
from ingest.serial import to_json
from newsgraph.build import build, fewer_collections
from training.corpora import json_lines

YEAR = timedelta(weeks=52)  # so that weekdays stay what they are
# The functions that `graph.link` is made of, and the row of the table that their time counts for.
STEPS = {
    "sources": "sources",
    "link_entities": "entities across",
    "entity_rows": "entity rows",
    "local_events": "local events",
    "link_events": "events across",
    "event_rows": "event rows",
    "storylines": "storylines",
    "statements": "statements",
    "ledger": "ledger",
    "_mentions": "mentions",
    "_relations": "relations",
    "_merges": "merges",
}
# What is renamed in a copy: the news goes on to be about the same countries and towns.
_RENAMED = frozenset(EntityType) - {EntityType.PLACE, EntityType.GROUP}
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONG = 6  # letters: a shorter word in small letters may be one that the linker looks for
_VOWELS = "aeiouy"


def readings(path: Path, folder: Path) -> Path:
    """The store in a folder with what was read in a file of articles; only what is not there yet is read."""
    folder.mkdir(parents=True, exist_ok=True)
    articles = folder / "articles.jsonl"
    with articles.open("w", encoding="utf-8") as file:
        for row in json_lines(path):
            day = datetime.strptime(row["date"].split()[0], "%d-%b-%Y").date()
            file.write(
                json.dumps({key: row[key] for key in ("id", "title", "text")} | {"date": day.isoformat()}) + "\n"
            )
    build([articles], folder, link=lambda *_: KnowledgeGraph(), progress=lambda *step: print(*step, file=sys.stderr))
    return folder / FILE_NAME


def measure(store: Path, limit: int) -> dict[str, tuple[float, float]]:
    """CPU seconds of each step for so many articles, and the peak memory by its end in MB; in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, store, limit).result()


def _measured(path: Path, limit: int) -> dict[str, tuple[float, float]]:
    seconds: dict[str, float] = defaultdict(float)
    peaks: dict[str, float] = {}

    def clocked(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            began = time.process_time()
            result = step(*args, **more)
            seconds[name] += time.process_time() - began
            peaks[name] = _peak()
            return result

        return run

    for function, name in STEPS.items():
        setattr(graph.link, function, clocked(name, getattr(graph.link, function)))
    with fewer_collections(), TemporaryDirectory() as folder:
        articles = clocked("reading back", lambda: list(islice(several(read_back(path)), limit)))()
        made = clocked("all of linking", graph.link.link)(articles, entities_of=clocked("local entities", entities_of))
        with Store(Path(folder) / FILE_NAME) as store:
            clocked("save", store.save_graph)(made)
    print(
        f"{len(made.articles):,} articles, {len(made.entities):,} entities, {len(made.events):,} events,"
        f" {len(made.claims):,} claims, {len(made.storylines):,} storylines"
    )
    return {name: (taken, peaks[name]) for name, taken in seconds.items()}


def measure_added(store: Path, every: int = 188) -> dict[str, float]:
    """CPU seconds of linking what a store holds: at once, all but one in so many, and then these added to the rest."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured_added, store, every).result()


def _measured_added(path: Path, every: int) -> dict[str, float]:
    seconds: dict[str, float] = {}

    def linked(name: str, articles: Sequence[AnnotatedArticle], entities: EntitiesOf) -> str:
        began = time.process_time()
        made = graph.link.link(articles, entities_of=entities)
        seconds[f"{len(articles):,} articles, {name}"] = time.process_time() - began
        return to_json(made)

    with fewer_collections(), TemporaryDirectory() as folder:
        with Store(Path(shutil.copy(path, folder))) as store:
            annotator = store.meta("annotator") or ""
            articles, _ = store.annotated(annotator)
            first = [each for number, each in enumerate(articles) if number % every]
            linked("keeping what is found", first, Kept(store, annotator).entities_of)
            added = linked(f"{len(articles) - len(first)} of them new", articles, Kept(store, annotator).entities_of)
        print("the same graph" if added == linked("at once", articles, entities_of) else "another graph")
    return seconds


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def read_back(path: Path) -> list[AnnotatedArticle]:
    """What a store holds."""
    with Store(path, read_only=True) as store:
        return [*store.annotated(store.meta("annotator") or "")[0]]


def several(articles: Sequence[AnnotatedArticle]) -> Iterator[AnnotatedArticle]:
    """The articles, then altered copies of them, as often as somebody asks."""
    yield from articles
    for number in count(1):
        for each in articles:
            yield altered(each, number)


def altered(told: AnnotatedArticle, number: int) -> AnnotatedArticle:
    """The article with other names in other words, some years later: nothing moves, so nothing is read again.

    Names but those of places and peoples get other letters, the same ones in all articles of one number; so do long
    words that nothing was marked in, since a copy would otherwise be taken for a reprint.
    """
    letters = _letters(number)
    text, shift = told.article.text, number * YEAR
    marked = bytearray(len(text))
    for mention in told.mentions:
        renamed = mention.kind is MentionKind.ENTITY and mention.label in _RENAMED
        marked[mention.start : mention.end] = (b"\2" if renamed else b"\1") * (mention.end - mention.start)

    def word(match: re.Match[str]) -> str:
        kind, said = marked[match.start()], match.group()
        return said.translate(letters) if kind == 2 or (kind == 0 and len(said) >= _LONG) else said

    new = _WORD.sub(word, text)
    end = len(told.article.title)
    article: Article = replace(
        told.article,
        id=f"{told.article.id}-{number}",
        title=new[:end] if text.startswith(told.article.title) else told.article.title,
        text=new,
        published=_later(told.article.published, shift),
    )
    return replace(
        told,
        article=article,
        mentions=tuple(_mention(each, new, shift) for each in told.mentions),
        events=tuple(_event(each, shift) for each in told.events),
        quantities=tuple(_quantity(each, letters) for each in told.quantities),
    )


def _letters(number: int) -> dict[int, int]:
    """Other letters for all: vowels for vowels, so that words can still be spoken."""
    chance = random.Random(number)
    table: dict[int, int] = {}
    for old in (_VOWELS, "".join(each for each in string.ascii_lowercase if each not in _VOWELS)):
        new = "".join(chance.sample(old, len(old)))
        table |= str.maketrans(old + old.upper(), new + new.upper())
    return table


def _later(day: date | None, shift: timedelta) -> date | None:
    return None if day is None else day + shift


def _mention(mention: Mention, text: str, shift: timedelta) -> Mention:
    label = mention.label
    if mention.kind is MentionKind.TIME and _DAY.match(label):  # not a week, a month, a season
        label = (date.fromisoformat(label[:10]) + shift).isoformat() + label[10:]
    return replace(mention, text=text[mention.start : mention.end], label=label)


def _event(event: EventMention, shift: timedelta) -> EventMention:
    when = event.interval
    if when is None:
        return event
    return replace(event, interval=replace(when, start=_later(when.start, shift), end=_later(when.end, shift)))


def _quantity(quantity: Quantity, letters: dict[int, int]) -> Quantity:
    said_by = quantity.said_by
    return replace(quantity, said_by=said_by.translate(letters)) if said_by else quantity
