"""Scores a model in training on development sets, with gold words and sentences; `bench` scores the shipped one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import torch

from ingest.language.decode import BioDecoder, spanning_tree
from ingest.language.labels import NAME_TAGS
from ingest.language.pieces import Pieces
from training.corpora import Passage
from training.heads import Reader
from training.windows import IGNORED, Batch, Collator, Window, cut, recase

LONGEST = 126
BATCH = 32


def f1(right: float, found: float, gold: float) -> float:
    """Harmonic mean of precision and recall, from counts."""
    return 2 * right / max(1.0, found + gold)


def batches(
    passages: list[Passage], split: Pieces, collate: Collator, case: Callable[[str], str] | None = None
) -> Iterator[tuple[list[Window], Batch]]:
    """The passages' windows, sorted by length."""
    windows = [window for passage in passages for window in cut(passage, split, LONGEST)]
    windows = [recase(window, case) for window in windows] if case else windows
    windows.sort(key=lambda window: len(window.pieces))
    for i in range(0, len(windows), BATCH):
        yield windows[i : i + BATCH], collate(windows[i : i + BATCH])


@torch.no_grad()
def evaluate_names(
    model: Reader, passages: list[Passage], split: Pieces, collate: Collator, case: Callable[[str], str] | None = None
) -> dict[str, float]:
    """F1 a type, over all types, and over person, organisation and location; gold sets of types count as the first."""
    model.eval()
    decoder = BioDecoder(NAME_TAGS)
    alike = {"EVENT": "MISC", "WORK_OF_ART": "MISC"}
    counts: dict[str, Counter[str]] = {"right": Counter(), "found": Counter(), "gold": Counter()}
    for windows, batch in batches(passages, split, collate, case):
        words = model.word_vectors(batch.pieces, batch.shapes, batch.firsts)
        scores = model.flat["names"](words).numpy()
        for row, window in enumerate(windows):
            size = window.end - window.start
            spans = decoder.spans(decoder.decode(scores[row, :size]))
            found = {(s, e, alike.get(label, label)) for s, e, label in spans}
            tags = [min(t, key=lambda tag: (tag[2:] in alike, tag)) for t in (window.passage.names or [])]
            path = np.array([NAME_TAGS.index(tag) for tag in tags[window.start : window.end]])
            gold = {(s, e, alike.get(label, label)) for s, e, label in decoder.spans(path)}
            for key, spans_of in (("right", found & gold), ("found", found), ("gold", gold)):
                counts[key].update(label for _, _, label in spans_of)

    def score(labels: list[str]) -> float:
        return f1(*(sum(counts[key][label] for label in labels) for key in ("right", "found", "gold")))

    every = sorted(counts["gold"])
    return {"all": score(every), "core": score(["PERSON", "ORG", "LOC"]), **{label: score([label]) for label in every}}


@torch.no_grad()
def evaluate_syntax(model: Reader, passages: list[Passage], split: Pieces, collate: Collator) -> dict[str, float]:
    """UPOS, XPOS, lemma rule, UAS and LAS accuracy; predicate and role F1 where there are roles."""
    model.eval()
    hits: Counter[str] = Counter()
    for windows, batch in batches(passages, split, collate):
        words = model.word_vectors(batch.pieces, batch.shapes, batch.firsts)
        for layer in ("upos", "xpos", "lemmas"):
            gold = getattr(batch, layer)
            known = gold != IGNORED
            hits[layer] += int((model.flat[layer](words).argmax(-1) == gold)[known].sum())
        arcs = model.arc_scores(words).numpy()
        predicted = model.flat["predicates"](words).argmax(-1)
        left, right = model.role.left(words), model.role.right(words)
        relation_left = model.relation.left(words)
        relation_right = model.relation.right(torch.cat([model.root.expand(len(words), 1, -1), words], 1))
        for row, window in enumerate(windows):
            numbers = batch.sentence[row].numpy()
            for number in range(1 if numbers[0] == 1 else 0, numbers.max() + 1):
                inside = np.flatnonzero(numbers == number)
                first, end = inside[0], inside[-1] + 1
                sentence = np.concatenate([arcs[row, first:end, :1], arcs[row, first:end, first + 1 : end + 1]], 1)
                sentence[np.arange(end - first), np.arange(1, end - first + 1)] = -1e4
                tree = spanning_tree(sentence)
                heads = np.where(tree == 0, 0, tree + first)
                scored = model.relation.score(relation_left[row, first:end], relation_right[row, heads])
                labels = scored.argmax(-1).numpy()
                gold_heads = batch.heads[row, first:end].numpy()
                known = gold_heads != IGNORED
                hits["words"] += int(known.sum())
                hits["uas"] += int((heads == gold_heads)[known].sum())
                gold_labels = batch.relations[row, first:end].numpy()
                hits["las"] += int(((heads == gold_heads) & (labels == gold_labels))[known].sum())
                marks = batch.predicates[row, first:end].numpy()
                if (marks == IGNORED).all():
                    continue
                chosen = np.flatnonzero(predicted[row, first:end].numpy() == 1)
                gold_marks = np.flatnonzero(marks == 1)
                hits["predicates right"] += len(set(chosen) & set(gold_marks))
                hits["predicates found"] += len(chosen)
                hits["predicates gold"] += len(gold_marks)
                found = set()
                for predicate in chosen:
                    scored = model.role.score(left[row, first + predicate], right[row, first:end])
                    roles = scored.argmax(-1).numpy()
                    found |= {(predicate, word, roles[word]) for word in np.flatnonzero(roles)}
                at = window.start + first
                index = {role: i for i, role in enumerate(collate.inventory.roles)}
                stop = window.start + end
                gold = {(p - at, a - at, index[r]) for p, a, r in window.passage.roles if at <= p < stop}
                hits["roles right"] += len(found & gold)
                hits["roles found"] += len(found)
                hits["roles gold"] += len(gold)
    result = {layer: hits[layer] / max(1, hits["words"]) for layer in ("upos", "xpos", "lemmas", "uas", "las")}
    for kind in ("predicates", "roles"):
        result[kind] = f1(hits[f"{kind} right"], hits[f"{kind} found"], hits[f"{kind} gold"])
    return result
