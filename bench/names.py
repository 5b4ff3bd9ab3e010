"""Scores names on any file in the `ner/*` form, exact spans, with the corpus's own words where it gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bench.score import Scorecard
from ingest.language.pipeline import reader_of
from training.corpora import json_lines

# Our label for each label that public corpora use; a label that is not here is not scored.
GROUPS = {
    "PERSON": "per person politician writer musicalartist scientist researcher",
    "ORG": "org organization organisation corporation group company politicalparty band university",
    "LOC": "loc location place gpe country city geo-loc",
    "FAC": "fac facility",
    "NORP": "norp nationality religion",
    "PRODUCT": "product object weapon vehicle militaryplatform veh wea pro",
    "EVENT": "event election conference",
    "WORK_OF_ART": "work creative-work work_of_art album song book poem magazine academicjournal",
    "MISC": "misc miscellaneous abstract fin other",
    "DATE": "date temporal time",
    "MONEY": "money",
}
GROUP_OF = {label: group for group, labels in GROUPS.items() for label in labels.split()}
# Where a corpus has no such label, its annotators put these under the other one.
OTHERWISE = {"FAC": "LOC", "NORP": "MISC", "PRODUCT": "MISC", "EVENT": "MISC", "WORK_OF_ART": "MISC"}
CORE = ("PERSON", "ORG", "LOC")
CASES: dict[str, Callable[[str], str]] = {"as written": str, "lower case": str.lower, "capitals": str.upper}

Span = tuple[int, int, str]


def outermost(spans: list[Span]) -> list[Span]:
    """The spans that lie in no longer one: names are scored flat."""
    kept: list[Span] = []
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(end <= s or start >= e for s, e, _ in kept):
            kept.append((start, end, label))
    return kept


def as_doc(nlp: Language, row: dict[str, Any], case: Callable[[str], str]) -> Doc:
    """The row's own words as a Doc, or its raw text tokenised by the pipeline."""
    if "tokens" in row:
        return Doc(nlp.vocab, words=[case(word) or " " for word in row["tokens"]])
    return nlp.make_doc(case(row["text"]))


def spans_of(doc: Doc, row: dict[str, Any]) -> list[Span]:
    """The found names in the row's own units: words or characters."""
    if "tokens" in row:
        return [(ent.start, ent.end, ent.label_) for ent in doc.ents]
    return [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]


def score_names(nlp: Language, path: Path, case: Callable[[str], str] = str) -> Scorecard:
    """The scorecard of one file."""
    rows = list(json_lines(path))
    has = {GROUP_OF[label.lower()] for row in rows for _, _, label in row["spans"] if label.lower() in GROUP_OF}
    card = Scorecard()
    docs = reader_of(nlp).pipe(as_doc(nlp, row, case) for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        found = set()
        for start, end, label in spans_of(doc, row):
            group = label if label in has else OTHERWISE.get(label, "")
            if group in has:
                found.add(((start, end), group))
        gold = {
            ((start, end), GROUP_OF[label.lower()])
            for start, end, label in outermost([(s, e, label) for s, e, label in row["spans"]])
            if label.lower() in GROUP_OF
        }
        card.add(found, gold)
    return card
