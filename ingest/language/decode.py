"""Scores to structures: name spans by Viterbi, trees by maximum spanning arborescence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Indices = NDArray[np.int64]
FORBIDDEN = np.float32(-1e4)
# Worth less than any tree of scored arcs.
IMPOSSIBLE = -1e7


def bio_transitions(tags: tuple[str, ...]) -> tuple[Scores, Scores]:
    """Which tag may open a text (tags,) and which may follow which (from, to): I-X only after B-X or I-X."""
    follows = np.zeros((len(tags), len(tags)), dtype=np.float32)
    opens = np.zeros(len(tags), dtype=np.float32)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            opens[j] = FORBIDDEN
            for i, before in enumerate(tags):
                if before[2:] != tag[2:]:
                    follows[i, j] = FORBIDDEN
    return opens, follows


class BioDecoder:
    """The best well-formed BIO tags for a batch of texts."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        self.tags = tags
        self._opens, self._follows = bio_transitions(tags)
        self._pairs = [(tags.index(f"B{tag[1:]}"), i) for i, tag in enumerate(tags) if tag[0] == "I"]

    def decode(self, scores: Scores) -> Indices:
        """scores: (words, tags) of one text; returns the index of each word's tag."""
        return self.decode_many(scores, np.array([0, len(scores)]))

    def decode_many(self, scores: Scores, offsets: Indices) -> Indices:
        """scores: (words, tags) of texts end to end, text i at offsets[i]:offsets[i + 1]; the tag of every word."""
        best: Indices = scores.argmax(1)
        before = np.concatenate([[0], best[:-1]])
        before[offsets[:-1]] = 0  # I- after nothing is as wrong as I- after O
        wrong = np.flatnonzero(self._follows[before, best] < 0).tolist()
        end = 0
        for word, text in zip(wrong, np.searchsorted(offsets, wrong, side="right").tolist(), strict=True):
            if word >= end:
                start, end = self._doubtful(scores, word, int(offsets[text - 1]), int(offsets[text]))
                best[start:end] = self._search(scores[start:end])
        return best

    def _doubtful(self, scores: Scores, word: int, start: int, end: int) -> tuple[int, int]:
        """The words around one of a text start:end up to those that are surely in no name, whatever stands there."""
        first, last = word, word + 1
        while first > start and not self._is_outside(scores[first - 1 : first + 1].tolist()):
            first -= 1
        while last < end and not self._is_outside(scores[last : min(last + 2, end)].tolist()):
            last += 1
        return first, last

    def _is_outside(self, rows: Sequence[Sequence[float]]) -> bool:
        """Whether O is worth more than any other tag, and than what a name in the next word loses by beginning there.

        The tag that its I- would follow then gives way to O, and the I- to B-.
        """
        outside, *others = rows[0]
        gain = max((after[inside] - after[begins] for after in rows[1:] for begins, inside in self._pairs), default=0.0)
        return outside - max(others) > max(0.0, gain)

    def _search(self, scores: Scores) -> list[int]:
        first, *rest = scores.tolist()
        total: list[float] = [score + opens for score, opens in zip(first, self._opens.tolist(), strict=True)]
        back: list[list[int]] = []
        for row in rest:
            best = total.index(max(total))  # what any tag may follow, but for I-
            came = [best] * len(row)
            for begins, inside in self._pairs:
                came[inside] = begins if total[begins] >= total[inside] else inside
            back.append(came)
            total = [total[before] + score for before, score in zip(came, row, strict=True)]
        path = [total.index(max(total))]
        for came in reversed(back):
            path.append(came[path[-1]])
        return path[::-1]

    def spans(self, path: Indices) -> list[tuple[int, int, str]]:
        """The (start, end, label) of each name in a path of tags."""
        found: list[tuple[int, int, str]] = []
        start = -1
        for i in [*np.flatnonzero(path).tolist(), len(path)]:
            tag = self.tags[path[i]] if i < len(path) else "O"
            continues = start >= 0 and i < len(path) and tag[0] == "I" and found[-1][1] == i
            if continues:
                found[-1] = (found[-1][0], i + 1, found[-1][2])
            elif tag != "O":
                start = i
                found.append((i, i + 1, tag[2:]))
        return found


def spanning_tree(scores: Scores) -> Indices:
    """The best tree over one sentence: scores (words, 1 + words), column 0 the root; returns each word's column.

    Exactly one word hangs on the root. Greedy heads are kept when they already form such a tree, which is nine
    sentences in ten; otherwise Chu-Liu-Edmonds for one root after the other, the most promising first, until no other
    root can do better: its tree is worth at most its own arc and the best arc of every other word.
    """
    heads: Indices = scores.argmax(1)
    if _is_tree(heads):
        return heads
    words = np.arange(len(scores))
    best = scores[:, 1:].max(1)
    bound = best.sum() - best + scores[:, 0]
    most = -np.inf
    for root in np.argsort(-bound, kind="stable"):
        if bound[root] <= most:
            break
        square = np.full((len(scores) + 1, len(scores) + 1), IMPOSSIBLE)
        square[1:, 1:] = scores[:, 1:]
        np.fill_diagonal(square, IMPOSSIBLE)
        square[root + 1] = IMPOSSIBLE
        square[root + 1, 0] = scores[root, 0]
        tree = _edmonds(square)[1:]
        total = scores[words, tree].sum()
        if total > most:
            heads, most = tree, total
    return heads


def _is_tree(heads: Indices) -> bool:
    """One root and no cycle."""
    if np.count_nonzero(heads == 0) != 1:
        return False
    # Follow all heads at once, doubling the distance: after log2(words) jumps every word of a tree is at the root.
    jump = np.concatenate([[0], heads])
    for _ in range(len(heads).bit_length()):
        jump = jump[jump]
    return not jump[1:].any()


def _edmonds(scores: NDArray[np.float64]) -> Indices:
    """Chu-Liu-Edmonds: scores (n, n), row = dependent, column = head, node 0 the root."""
    heads: Indices = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    held = scores[cycle, heads[cycle]]
    size = len(outside) + 1
    contracted = np.full((size, size), IMPOSSIBLE)
    contracted[:-1, :-1] = scores[np.ix_(outside, outside)]
    # Into the cycle: give up one of its arcs. Out of the cycle: its best member as head.
    into = scores[np.ix_(cycle, outside)] - held[:, None]
    contracted[-1, :-1] = into.max(0) + held.sum()
    entry = into.argmax(0)
    out = scores[np.ix_(outside, cycle)]
    contracted[:-1, -1] = out.max(1)
    leaving = out.argmax(1)
    tree = _edmonds(contracted)
    result = heads.copy()
    through = np.append(outside, 0)[tree[:-1]]
    by_cycle = tree[:-1] == size - 1
    through[by_cycle] = cycle[leaving[by_cycle]]
    result[outside[1:]] = through[1:]  # the first is the root
    broken = tree[-1]
    result[cycle[entry[broken]]] = outside[broken]
    return result


def _find_cycle(heads: Indices) -> Indices | None:
    over: list[int] = heads.tolist()
    state = [0] * len(over)  # 1: on the way from the word that was begun with, 2: leads to the root
    state[0] = 2
    for start in range(1, len(over)):
        path = []
        node = start
        while not state[node]:
            state[node] = 1
            path.append(node)
            node = over[node]
        if state[node] == 1:
            return np.array(path[path.index(node) :])
        for node in path:
            state[node] = 2
    return None
