"""Scores event types on the `events/*` form: of words, the trigger given, and of what whole stories are about."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from bench.score import Scorecard
from ingest.extract.story import headline, main_type
from ingest.extract.types import event_type
from ingest.language.pipeline import reader_of
from training.corpora import json_lines
from training.headlines import Story, stories


@cache
def table(corpus: str) -> Mapping[str, frozenset[str]]:
    """The types of a corpus, by prefix, as sets of ours."""
    tables = tomllib.loads(Path(__file__).with_name("types.toml").read_text(encoding="utf8"))
    return {prefix: frozenset(types.split()) for prefix, types in tables[corpus].items()}


def ours(corpus: str, label: str) -> frozenset[str]:
    """Our types for one of theirs; empty where the table has none."""
    fitting = [prefix for prefix in table(corpus) if label.lower().startswith(prefix)]
    return table(corpus)[max(fitting, key=len)] if fitting else frozenset()


def score_types(nlp: Language, path: Path) -> tuple[Scorecard, Counter[tuple[str, str]]]:
    """Right where a found type is one of those allowed; a wrong one counts against the first of them. And what was
    taken for what: pairs of their type and our wrong answer.
    """
    corpus = path.name.split(".")[0]
    card, wrong = Scorecard(), Counter[tuple[str, str]]()
    rows = list(json_lines(path))
    docs = (Doc(nlp.vocab, words=[word or " " for word in row["tokens"]]) for row in rows)
    for row, doc in zip(rows, map(reader_of(nlp).read, docs), strict=True):
        for number, event in enumerate(row["events"]):
            start, end, _ = event["trigger"]
            allowed = ours(corpus, event["type"])
            if not allowed:
                continue
            found = str(event_type(doc[start:end].root))
            gold = found if found in allowed else min(allowed, key=lambda name: (name == "OTHER", name))
            card.add([(number, found)], [(number, gold)])
            if found not in allowed:
                wrong[event["type"], f"{doc[start:end].text} {found}"] += 1
    return card, wrong


def score_stories(nlp: Language, path: Path) -> Scorecard:
    """Whether the type told of a story's headline is one of those allowed, over the stories held out of training."""
    told = [story for story in stories(path) if story.held_out]
    card = Scorecard()
    for story in told:
        read = reader_of(nlp).read(nlp.make_doc(story.text))
        count_story(card, story, main_type(headline(read)).value)
    return card


def count_story(card: Scorecard, story: Story, found: str) -> None:
    """Count one story; a type of ours that says the same as its label is right."""
    allowed = ours("plover_synthetic", f"{story.type}.{story.subtype or ''}")
    card.add([(story, story.type if found in allowed else found)], [(story, story.type)])


def macro(card: Scorecard) -> float:
    """The mean F1 over the labels that the gold has."""
    f1s = [counts.f1 for counts in card.by_label.values() if counts.gold]
    return sum(f1s) / len(f1s)
