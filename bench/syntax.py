"""Scores tags, trees and sentences on CoNLL-U, and roles on the `srl/*` form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from spacy.language import Language

from bench.score import Counts
from ingest.language.model import LONGEST, LanguageModel, Reading
from ingest.language.windows import window_of
from training.corpora import Sentence, argument_head, json_lines, read_conllu

Sentences = list[list[str]]


def read_given(model: LanguageModel, sentences: Sentences) -> Iterator[tuple[int, int, Reading]]:
    """Read one document with its sentences as given; yields (sentence number, its first word, the reading)."""
    windows, places = [], []
    words: list[str] = []
    opens: list[bool] = []
    inside: list[tuple[int, int]] = []
    used = 0
    for number, sentence in enumerate([*sentences, []]):
        size = sum(len(model.pieces.split(word)[0]) for word in sentence)
        if words and (used + size > LONGEST - 2 or not sentence):
            windows.append(window_of(words, opens, [True] * len(words), model.pieces.split_all(words)))
            places.append(inside)
            words, opens, inside, used = [], [], [], 0
        inside.append((number, len(words)))
        words += sentence
        opens += [i == 0 for i in range(len(sentence))]
        used += size
    for reading, numbers in zip(model.read(windows), places, strict=True):
        for number, first in numbers:
            yield number, first, reading


def score_given(model: LanguageModel, path: Path) -> dict[str, float]:
    """UPOS, XPOS, UAS and LAS accuracy, and lemmas, with gold words and sentences."""
    right = dict.fromkeys(("upos", "xpos", "uas", "las"), 0)
    total = 0
    labels = model.labels
    for _, group in groupby(read_conllu(path), key=lambda sentence: sentence.document):
        sentences = list(group)
        for number, first, reading in read_given(model, [[c[1] for c in s.rows] for s in sentences]):
            for i, cells in enumerate(sentences[number].rows, first):
                head = int(reading.heads[i])
                found = head - first + 1 if head >= 0 else 0
                relation = "root" if head < 0 else labels["relations"][reading.relations[i]]
                total += 1
                right["upos"] += labels["upos"][reading.upos[i]] == cells[3]
                right["xpos"] += labels["xpos"][reading.xpos[i]] == cells[4]
                right["uas"] += found == int(cells[6])
                right["las"] += found == int(cells[6]) and relation == cells[7]
    return {name: count / max(1, total) for name, count in right.items()}


def raw_text(sentences: list[Sentence]) -> tuple[str, list[list[tuple[int, int]]]]:
    """A document's text, paragraphs apart, and the character range of every word by sentence."""
    text, ranges = "", []
    for sentence in sentences:
        if sentence.paragraph and text:
            text = text.rstrip() + "\n\n"
        spans = []
        for cells, space in zip(sentence.rows, sentence.spaces, strict=True):
            spans.append((len(text), len(text) + len(cells[1])))
            text += cells[1] + (" " if space else "")
        ranges.append(spans)
    return text, ranges


def score_raw(nlp: Language, path: Path) -> dict[str, Counts]:
    """Words, sentences, UPOS, LAS and lemmas from raw text, aligned by characters as in the CoNLL 2018 shared task."""
    counts = {name: Counts() for name in ("words", "sentences", "upos", "uas", "las", "lemmas")}
    for _, group in groupby(read_conllu(path), key=lambda sentence: sentence.document):
        sentences = list(group)
        text, ranges = raw_text(sentences)
        doc = nlp(text)
        gold: dict[str, list[Any]] = {name: [] for name in counts}
        for sentence, spans in zip(sentences, ranges, strict=True):
            gold["sentences"].append((spans[0][0], spans[-1][1]))
            for cells, span in zip(sentence.rows, spans, strict=True):
                head = spans[int(cells[6]) - 1] if cells[6] != "0" else None
                gold["words"].append(span)
                gold["upos"].append((span, cells[3]))
                gold["lemmas"].append((span, cells[2].lower()))
                gold["uas"].append((span, head))
                gold["las"].append((span, head, cells[7]))
        found: dict[str, list[Any]] = {name: [] for name in counts}
        for sent in doc.sents:
            words = [token for token in sent if not token.is_space]
            if words:
                found["sentences"].append((words[0].idx, words[-1].idx + len(words[-1])))
            for token in words:
                span = (token.idx, token.idx + len(token))
                head = None if token.head == token else (token.head.idx, token.head.idx + len(token.head))
                found["words"].append(span)
                found["upos"].append((span, token.pos_))
                found["lemmas"].append((span, token.lemma_.lower()))
                found["uas"].append((span, head))
                found["las"].append((span, head, token.dep_.lower() if token.dep_ == "ROOT" else token.dep_))
        for name, count in counts.items():
            count.add(found[name], gold[name])
    return counts


def score_roles(model: LanguageModel, path: Path) -> dict[str, Counts]:
    """Predicates and labelled argument heads with predicted predicates; noun predicates apart."""
    counts = {name: Counts() for name in ("predicates", "roles", "roles of verbs", "roles of nouns", "core roles")}
    core = {"ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARGM-TMP", "ARGM-LOC"}
    known = set(model.labels["roles"])
    for _, group in groupby(json_lines(path), key=lambda row: row["doc"]):
        rows = list(group)
        for number, first, reading in read_given(model, [row["tokens"] for row in rows]):
            row = rows[number]
            end = first + len(row["tokens"])
            heads = [head - 1 for head in row["head"]]
            predicates = [predicate["token"] for predicate in row["predicates"]]
            gold = {
                (predicate["token"], argument_head(heads, s, e), role if role in known else "OTHER")
                for predicate in row["predicates"]
                for s, e, role in predicate["args"]
                if not role.startswith(("R-", "C-"))
            }
            found_predicates = [int(p) - first for p in reading.predicates if first <= p < end]
            found = {(p - first, a - first, model.labels["roles"][r]) for p, a, r in reading.roles if first <= p < end}
            key = row.get("id"), number
            counts["predicates"].add([(key, p) for p in found_predicates], [(key, p) for p in predicates])
            counts["roles"].add(found, gold)
            nouns = {i for i, tag in enumerate(row["upos"]) if tag in ("NOUN", "PROPN")}
            for name, wanted in (("roles of nouns", True), ("roles of verbs", False)):
                counts[name].add(
                    [x for x in found if (x[0] in nouns) == wanted], [x for x in gold if (x[0] in nouns) == wanted]
                )
            counts["core roles"].add([x for x in found if x[2] in core], [x for x in gold if x[2] in core])
    return counts
