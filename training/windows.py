"""Cuts passages into windows of whole sentences that fit the encoder, and collates windows into padded batches."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from ingest.language.pieces import CLS, CONTINUED, SEP, Pieces, word_shape
from training.corpora import Passage
from training.inventory import Inventory

IGNORED = -100


@dataclass(slots=True, kw_only=True)
class Window:
    """Whole sentences of one passage: words start:end and their pieces, the marks included."""

    passage: Passage
    start: int
    end: int
    pieces: list[int]
    shapes: list[int]
    firsts: list[int]  # index in pieces of each word's first piece


def cut(passage: Passage, split: Pieces, longest: int, chance: random.Random | None = None) -> Iterator[Window]:
    """Windows of at most `longest` pieces; with `chance`, two in five are cut shorter so that no length is strange."""
    ends = [*passage.sentences[1:], len(passage)]
    sentences = [
        (start, end, [split.split(word) for word in passage.words[start:end]])
        for start, end in zip(passage.sentences, ends, strict=True)
    ]
    window: Window | None = None
    limit = longest
    for start, _, words in sentences:
        size = sum(len(ids) for ids, _ in words)
        if window and len(window.pieces) + 1 + size > limit:
            yield finish(window)
            window = None
        if window is None:
            limit = chance.randint(16, longest) if chance and chance.random() < 0.4 else longest
            window = Window(passage=passage, start=start, end=start, pieces=[CLS], shapes=[0], firsts=[])
        for i, (ids, shapes) in enumerate(words, start):
            # A sentence longer than a window is cut between words; its far arcs are lost to training.
            if len(window.pieces) + 1 + len(ids) > longest:
                yield finish(window)
                window = Window(passage=passage, start=i, end=i, pieces=[CLS], shapes=[0], firsts=[])
            window.firsts.append(len(window.pieces))
            window.pieces += ids
            window.shapes += shapes
            window.end = i + 1
    if window:
        yield finish(window)


def finish(window: Window) -> Window:
    """Close a window with the end mark."""
    window.pieces.append(SEP)
    window.shapes.append(0)
    return window


def recase(window: Window, case: Callable[[str], str]) -> Window:
    """The same window as if written all in lower case (`str.lower`) or in capitals (`str.upper`)."""
    ends = [*window.firsts[1:], len(window.pieces) - 1]
    shapes = [0]
    for word, first, end in zip(window.passage.words[window.start : window.end], window.firsts, ends, strict=True):
        shape = word_shape(case(word))
        shapes += [shape] + [shape + CONTINUED] * (end - first - 1)
    return replace(window, shapes=[*shapes, 0])


@dataclass(slots=True, kw_only=True)
class Batch:
    """Padded tensors of one batch; IGNORED where a label is not known. B windows, P pieces, W words."""

    pieces: Tensor  # B, P
    shapes: Tensor  # B, P
    firsts: Tensor  # B, W
    words: Tensor  # B, W: True for real words
    sentence: Tensor  # B, W: number of each word's sentence in its window
    names: Tensor  # B, W: row of `tag_sets`, IGNORED
    tag_sets: Tensor  # sets, tags: True where allowed
    upos: Tensor
    xpos: Tensor
    lemmas: Tensor
    events: Tensor
    starts: Tensor  # B, W: 1 for a sentence's first word
    heads: Tensor  # B, W: index of the head word plus one, 0 for root
    relations: Tensor
    predicates: Tensor  # B, W
    pairs: Tensor  # N, 4: window, predicate, argument, role


class Collator:
    """Turns windows into batches with the labels of one inventory."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self._index = {
            layer: {label: i for i, label in enumerate(labels)} for layer, labels in inventory.as_dict().items()
        }
        self._tag_sets: dict[frozenset[str], int] = {}

    def tag_set(self, tags: frozenset[str]) -> int:
        """The row of a set of allowed tags."""
        return self._tag_sets.setdefault(tags, len(self._tag_sets))

    def __call__(self, windows: list[Window]) -> Batch:
        """Collate; the tensors live on the CPU."""
        count, pieces = len(windows), max(len(w.pieces) for w in windows)
        words = max(w.end - w.start for w in windows)

        def empty(fill: int, width: int = words) -> Tensor:
            return torch.full((count, width), fill, dtype=torch.long)

        labels = {
            name: empty(IGNORED)
            for name in ("names", "upos", "xpos", "lemmas", "events", "starts", "heads", "relations", "predicates")
        }
        batch_pieces, batch_shapes, firsts = empty(0, pieces), empty(0, pieces), empty(0)
        sentence = empty(-1)
        pairs: list[list[int]] = []
        for row, window in enumerate(windows):
            passage, start, end = window.passage, window.start, window.end
            size = end - start
            batch_pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
            batch_shapes[row, : len(window.shapes)] = torch.tensor(window.shapes)
            firsts[row, :size] = torch.tensor(window.firsts)
            opening = set(passage.sentences)
            starts = [int(i in opening) for i in range(start, end)]
            sentence[row, :size] = torch.tensor(starts).cumsum(0)
            if passage.splits:
                labels["starts"][row, :size] = torch.tensor(starts)
            if passage.names is not None:
                labels["names"][row, :size] = torch.tensor([self.tag_set(tags) for tags in passage.names[start:end]])
            for layer in ("upos", "xpos", "lemmas", "events", "relations"):
                known = getattr(passage, layer)
                if known is not None:
                    index = self._index[layer]
                    labels[layer][row, :size] = torch.tensor([index.get(x, IGNORED) for x in known[start:end]])
            if passage.heads is not None:
                local = [0 if h < 0 else h - start + 1 for h in passage.heads[start:end]]
                labels["heads"][row, :size] = torch.tensor([h if 0 <= h <= size else IGNORED for h in local])
            if passage.predicates is not None:
                marks = passage.predicates[start:end]
                labels["predicates"][row, :size] = torch.tensor([IGNORED if m is None else m for m in marks])
                index = self._index["roles"]
                gold = {(p - start, a - start): index[r] for p, a, r in passage.roles if start <= p < end}
                for predicate in (i for i, mark in enumerate(marks) if mark):
                    same = (sentence[row] == sentence[row, predicate]).nonzero()[:, 0].tolist()
                    pairs += [[row, predicate, word, gold.get((predicate, word), 0)] for word in same]
        known_words = sentence >= 0
        labels["relations"][labels["heads"] == IGNORED] = IGNORED
        tag_sets = torch.zeros(max(1, len(self._tag_sets)), len(self.inventory.names), dtype=torch.bool)
        index = self._index["names"]
        for tags, i in self._tag_sets.items():
            tag_sets[i, [index[tag] for tag in tags]] = True
        return Batch(
            pieces=batch_pieces, shapes=batch_shapes, firsts=firsts, words=known_words, sentence=sentence,
            tag_sets=tag_sets, pairs=torch.tensor(pairs, dtype=torch.long).view(-1, 4), **labels,
        )  # fmt: skip
