"""Scores places on the `geo/*` form: how many lie within 161 km of the gold, with the names given and from raw text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from spacy.language import Language

from bench.score import Counts
from graph.linking.local import local_entities, spoken_places
from graph.names import fold
from graph.places import Toponym, gazetteer
from ingest.annotate import annotated
from ingest.article import AnnotatedArticle, Article
from ingest.language.pipeline import reader_of
from training.corpora import json_lines

NEAR = 161.0  # kilometres, a hundred miles: the measure of the field since Leidner 2007
EARTH = 6371.0


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance of two points in degrees."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def toponyms_of(row: Mapping[str, Any]) -> list[Toponym]:
    """The names of an article in order, each with the name behind a comma right after it."""
    marked = sorted(row["toponyms"], key=lambda toponym: (toponym["start"], toponym["end"]))
    found = []
    for toponym, following in zip_longest(marked, marked[1:]):
        chained = following and row["text"][toponym["end"] : following["start"]].strip() == ","
        after = fold(following["phrase"]) if chained else ""
        found.append(Toponym(name=fold(toponym["phrase"]), after=after))
    return found


def score_places(path: Path) -> dict[str, float]:
    """Shares of the toponyms with gold coordinates, and the mean error in kilometres of those that were found."""
    total = near = known = 0
    errors: list[float] = []
    rows = list(json_lines(path))
    gazetteer().learn(fold(toponym["phrase"]) for row in rows for toponym in row["toponyms"])
    for row in rows:
        gold = [toponym for toponym in row["toponyms"] if toponym["lat"] is not None]
        found = gazetteer().settle(toponyms_of(row))
        for toponym in gold:
            sense = found.get(fold(toponym["phrase"]))
            place = sense.place if sense else None
            total += 1
            if place is not None and place.lat is not None and place.lon is not None:
                known += 1
                errors.append(kilometres(float(toponym["lat"]), float(toponym["lon"]), place.lat, place.lon))
                near += errors[-1] <= NEAR
    return {
        "toponyms": total,
        "located": known / max(1, total),
        "within 161 km": near / max(1, total),
        "within 161 km, of those located": near / max(1, known),
        "median error, km": sorted(errors)[len(errors) // 2] if errors else 0.0,
    }


def score_end_to_end(nlp: Language, path: Path) -> Counts:
    """From raw text: a place is right when its mention overlaps one of the gold and lies within 161 km of it."""
    rows = list(json_lines(path))
    docs = map(nlp.make_doc, (row["text"] for row in rows))
    counts = Counts()
    for number, (row, doc) in enumerate(zip(rows, map(reader_of(nlp).read, docs), strict=True)):
        text = row["text"]
        article = Article(id=str(number), title="", text=text, paragraphs=((0, len(text)),))
        found = located(annotated(article, doc))
        gold = [toponym for toponym in row["toponyms"] if toponym["lat"] is not None]
        right = sum(
            any(
                start < toponym["end"]
                and toponym["start"] < end
                and kilometres(float(toponym["lat"]), float(toponym["lon"]), lat, lon) <= NEAR
                for start, end, lat, lon in found
            )
            for toponym in gold
        )
        counts += Counts(right, len(found), len(gold))
    return counts


def located(told: AnnotatedArticle) -> list[tuple[int, int, float, float]]:
    """Start, end, latitude and longitude of each mention of a place that the gazetteer knows."""
    gazetteer().learn(spoken_places(told))
    found = []
    for entity in local_entities(told, gazetteer()):
        place = entity.located.place if entity.family == "place" and entity.located is not None else None
        if place is not None and place.lat is not None and place.lon is not None:
            mentions = (told.mentions[index] for index in entity.mentions)
            found += [(mention.start, mention.end, place.lat, place.lon) for mention in mentions]
    return found
