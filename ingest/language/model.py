"""Runs the shipped encoder on windows of words and decodes its heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from ingest.language.decode import FORBIDDEN, BioDecoder, spanning_tree
from ingest.language.pieces import Pieces
from ingest.setup import SHIPPED, model_labels
from ingest.stopwatch import ENCODER

# Pieces a window, the two marks included: what training used; longer windows cost more and read no better.
LONGEST = 126
# Windows decoded together. The encoder reads each alone: no padding, and company never changes a reading (int8
# activations are scaled by what is read at once); of long articles it bounds the memory, some 0.7 MB a window.
TOGETHER = 64
# Words of texts that the encoder reads one after the other before they are decoded: it empties the processor's memory
# of all else, and what it gives takes 5 kB a word.
FEW = 2048
# Rows that are scored at once: few enough for the processor's own memory.
CHUNK = 256
USUAL = 1024  # words that are decoded together; more are a long article
# Vectors of a word, which lie end to end: as a dependent, as a head, as a predicate, as an argument.
PARTS = 4
DEPENDENT, HEAD, PREDICATE, ARGUMENT = range(PARTS)
# Word classes that head no argument of a predicate: a fourth of all words, and none of them is looked at.
NO_ARGUMENT = frozenset({"PUNCT", "SCONJ", "ADP"})

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(slots=True)
class Window:
    """Consecutive words that are read together, and what is known of each before: that it opens a sentence, or none."""

    words: list[str]
    opens: list[bool]
    goes_on: list[bool]
    pieces: Ints  # of all words, between the two marks
    shapes: Ints  # of each piece
    firsts: Ints  # the place of each word's first piece


@dataclass(slots=True)
class Reading:
    """What was read in a window, or in several end to end; every index counts their words."""

    upos: Ints
    xpos: Ints
    lemmas: Ints
    heads: Ints  # -1 for a sentence's root
    relations: Ints
    starts: NDArray[np.bool_]
    names: list[tuple[int, int, str]]
    events: list[tuple[int, int, str]]
    predicates: Ints
    roles: list[tuple[int, int, int]]  # predicate, argument, role


def split(reading: Reading, sizes: Sequence[int]) -> list[Reading]:
    """A reading of windows as one of each, whose words are so many."""
    parts, start = [], 0
    for size in sizes:
        end = start + size
        here = slice(start, end)
        local = reading.heads[here]
        first, last = np.searchsorted(reading.predicates, [start, end])
        parts.append(
            Reading(
                upos=reading.upos[here], xpos=reading.xpos[here], lemmas=reading.lemmas[here],
                heads=np.where(local < 0, -1, local - start), relations=reading.relations[here],
                starts=reading.starts[here],
                names=[(s - start, e - start, label) for s, e, label in reading.names if start <= s < end],
                events=[(s - start, e - start, label) for s, e, label in reading.events if start <= s < end],
                predicates=reading.predicates[first:last] - start,
                roles=[(p - start, a - start, role) for p, a, role in reading.roles if start <= p < end],
            )
        )  # fmt: skip
        start = end
    return parts


def joined(readings: Sequence[Reading]) -> Reading:
    """Readings of the windows of one text as one reading; of none, one of no words."""
    if len(readings) == 1:
        return readings[0]
    offsets = [0, *accumulate(len(reading.upos) for reading in readings)]
    pairs = list(zip(offsets, readings, strict=False))
    nothing = np.zeros(0, dtype=np.int64)
    return Reading(
        upos=np.concatenate([nothing, *(reading.upos for reading in readings)]),
        xpos=np.concatenate([nothing, *(reading.xpos for reading in readings)]),
        lemmas=np.concatenate([nothing, *(reading.lemmas for reading in readings)]),
        heads=np.concatenate([nothing, *(np.where(each.heads < 0, -1, each.heads + at) for at, each in pairs)]),
        relations=np.concatenate([nothing, *(reading.relations for reading in readings)]),
        starts=np.concatenate([nothing.astype(bool), *(reading.starts for reading in readings)]),
        names=[(s + at, e + at, label) for at, reading in pairs for s, e, label in reading.names],
        events=[(s + at, e + at, label) for at, reading in pairs for s, e, label in reading.events],
        predicates=np.concatenate([nothing, *(reading.predicates + at for at, reading in pairs)]),
        roles=[(p + at, a + at, role) for at, reading in pairs for p, a, role in reading.roles],
    )


def _few(texts: Sequence[Sequence[Window]]) -> Iterator[list[Sequence[Window]]]:
    """Texts of together no more than FEW words, or one by itself."""
    few: list[Sequence[Window]] = []
    words = 0
    for text in texts:
        size = sum(len(window.words) for window in text)
        if few and words + size > FEW:
            yield few
            few, words = [], 0
        few.append(text)
        words += size
    if few:
        yield few


class LanguageModel:
    """One int8 encoder and its heads, on one thread."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        described: Any = model_labels(folder)
        self.version: str = described["version"]
        self.labels: dict[str, list[str]] = described["labels"]
        self.pieces = Pieces(folder / "vocab.txt")
        self._heads = dict(np.load(folder / "heads.npz"))
        self._zeros = np.zeros_like(
            self._heads["relation_root"]
        )  # numpy compares with one number at a quarter the speed
        width = len(self._zeros)
        self._scratch = np.empty((2, CHUNK, width), dtype=np.float32)
        self._vectors = np.empty((USUAL * PARTS, width), dtype=np.float32)  # of the words that are decoded together
        self._slices = self._head_slices(described["flat"])
        self._names = BioDecoder(tuple(self.labels["names"]))
        self._events = BioDecoder(tuple(self.labels["events"]))
        self._takes_part = np.array([label not in NO_ARGUMENT for label in self.labels["upos"]])
        self._blas = ThreadpoolController().select(user_api="blas")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def _head_slices(self, order: list[str]) -> dict[str, slice]:
        slices, at = {}, 0
        for head in order:
            size = len(self.labels.get(head, "01"))  # starts and predicates are yes-or-no
            slices[head] = slice(at, at + size)
            at += size
        return slices

    def read(self, windows: Sequence[Window]) -> list[Reading]:
        """Read windows of at most LONGEST - 2 pieces each, in any number; returns one reading a window, in order."""
        readings: list[Reading] = []
        for group in self._groups(windows):
            readings += split(self._decoded(group, self._encoded(group)), [len(window.words) for window in group])
        return readings

    def read_whole(self, windows: Sequence[Window]) -> Reading:
        """The same as one reading of all windows, whose indices count their words end to end."""
        return joined([self._decoded(group, self._encoded(group)) for group in self._groups(windows)])

    def read_texts(self, texts: Sequence[Sequence[Window]]) -> list[Reading]:
        """The same of some texts, each by itself, but the encoder reads a few of them before anything is decoded."""
        readings: list[Reading] = []
        for few in _few(texts):
            if len(few) == 1:
                readings.append(self.read_whole(few[0]))
            else:
                groups = [list(self._groups(windows)) for windows in few]
                encoded = [list(map(self._encoded, group)) for group in groups]
                readings += [joined(list(map(self._decoded, *each))) for each in zip(groups, encoded, strict=True)]
        return readings

    @staticmethod
    def _groups(windows: Sequence[Window]) -> Iterator[Sequence[Window]]:
        for start in range(0, len(windows), TOGETHER):
            yield windows[start : start + TOGETHER]

    def _encoded(self, group: Sequence[Window]) -> list[tuple[Floats, Floats, Floats]]:
        return list(map(self._run, group))

    def _decoded(self, group: Sequence[Window], encoded: Sequence[tuple[Floats, Floats, Floats]]) -> Reading:
        flat, pairs, arcs = zip(*encoded, strict=True)
        vectors = self._joined(pairs)
        # The matrices of one decoding are small: a second thread would wait more than work, at full cost.
        with self._blas.limit(limits=1):
            return self._decode(np.concatenate(flat), vectors, list(arcs), group)

    def _joined(self, pairs: Sequence[Floats]) -> Floats:
        """The vectors of all words, (W * PARTS, width)."""
        rows, width = PARTS * sum(map(len, pairs)), self._scratch.shape[2]
        room = self._vectors[:rows] if rows <= len(self._vectors) else np.empty((rows, width), dtype=np.float32)
        return np.concatenate([pair.reshape(-1, width) for pair in pairs], out=room)

    def _run(self, window: Window) -> tuple[Floats, Floats, Floats]:
        """flat (W, labels), pairs (W, 4 * width), arcs (W, 1 + W) of one window of W words."""
        feed = {"pieces": window.pieces, "shapes": window.shapes, "firsts": window.firsts}
        with ENCODER:
            flat, pairs, arcs = self._session.run(None, feed)
        return flat, pairs, arcs

    def _decode(self, words: Floats, vectors: Floats, arcs: list[Floats], windows: Sequence[Window]) -> Reading:
        offsets = np.array([0, *accumulate(len(window.words) for window in windows)])

        def best(head: str) -> Ints:
            return np.asarray(words[:, self._slices[head]].argmax(1))

        starts = best("starts").astype(bool)
        starts &= ~np.array([goes_on for window in windows for goes_on in window.goes_on], dtype=bool)
        starts |= np.array([opens for window in windows for opens in window.opens], dtype=bool)
        starts[offsets[:-1]] = True
        heads = self._trees(arcs, offsets, starts.cumsum() - 1)
        predicates = np.flatnonzero(best("predicates"))
        upos = best("upos")
        bounds = np.append(np.flatnonzero(starts), len(words))  # no name goes on from one sentence to the next
        roles = self._roles(vectors, predicates, bounds, self._takes_part[upos])
        return Reading(
            upos=upos, xpos=best("xpos"), lemmas=best("lemmas"),
            heads=heads, relations=self._relations(vectors, heads), starts=starts,
            names=self._names.spans(self._names.decode_many(words[:, self._slices["names"]], bounds)),
            events=self._events.spans(self._events.decode_many(words[:, self._slices["events"]], bounds)),
            predicates=predicates, roles=list(map(tuple, roles.tolist())),
        )  # fmt: skip

    @staticmethod
    def _trees(arcs: list[Floats], offsets: Ints, sentence: Ints) -> Ints:
        """The head of every word of the windows as an index into all their words, -1 for roots."""
        parts = []
        for scores, first, last in zip(arcs, offsets, offsets[1:], strict=False):
            here = sentence[first:last]
            np.copyto(scores[:, 1:], FORBIDDEN, where=here[:, None] != here)
            scores.ravel()[1 :: len(here) + 2] = FORBIDDEN  # the diagonal of what lies behind the root
            chosen = scores.argmax(1)
            parts.append(np.where(chosen == 0, -1, first + chosen - 1))
        heads = np.concatenate(parts)
        # A sentence is a tree when one word hangs on the root and every word gets there.
        end = len(heads)
        jump = np.concatenate([np.where(heads < 0, end, heads), [end]])
        for _ in range(LONGEST.bit_length()):
            jump = jump[jump]
        count = int(sentence[-1]) + 1
        roots = np.bincount(sentence, weights=heads < 0, minlength=count)
        lost = np.bincount(sentence, weights=jump[:-1] != end, minlength=count)
        for bad in np.flatnonzero((roots != 1) | (lost > 0)):
            inside = np.flatnonzero(sentence == bad)
            window = int(np.searchsorted(offsets, inside[0], side="right")) - 1
            first, last = inside[0] - offsets[window], inside[-1] + 1 - offsets[window]
            block = arcs[window][first:last]
            tree = spanning_tree(np.concatenate([block[:, :1], block[:, first + 1 : last + 1]], 1))
            heads[inside] = np.where(tree == 0, -1, inside[0] + tree - 1)
        return heads

    def _relations(self, vectors: Floats, heads: Ints) -> Ints:
        dependents = vectors[DEPENDENT::PARTS]
        governors = heads * PARTS + HEAD  # their rows; of a root, any
        found = np.empty(len(heads), dtype=np.int64)
        roots = heads < 0
        for start in range(0, len(heads), CHUNK):
            here = slice(start, start + CHUNK)
            hidden = self._scratch[0, : len(found[here])]
            np.take(vectors, governors[here], axis=0, out=hidden, mode="wrap")
            hidden[roots[here]] = self._heads["relation_root"]
            hidden += dependents[here]
            found[here] = self._best(hidden, "relation")
        return found

    def _best(self, hidden: Floats, head: str) -> Ints:
        """The label with the highest score in each row of hidden values, which are overwritten."""
        np.maximum(hidden, self._zeros, out=hidden)
        scores = hidden @ self._heads[f"{head}_out"]
        scores += self._heads[f"{head}_bias"]
        return np.asarray(scores.argmax(1))

    def _roles(self, vectors: Floats, predicates: Ints, bounds: Ints, takes_part: NDArray[np.bool_]) -> Ints:
        """(N, 3): predicate, argument, role, for words that may be arguments in each predicate's sentence; sorted."""
        words = np.flatnonzero(takes_part)
        inside = np.searchsorted(bounds, predicates, side="right") - 1
        low, high = np.searchsorted(words, bounds[inside]), np.searchsorted(words, bounds[inside + 1])
        sizes = high - low
        if not sizes.sum():
            return np.zeros((0, 3), dtype=np.int64)
        left = np.repeat(predicates, sizes)
        within = np.arange(len(left)) - np.repeat(sizes.cumsum() - sizes, sizes)
        arguments = words[np.repeat(low, sizes) + within]
        left_rows, argument_rows = left * PARTS + PREDICATE, arguments * PARTS + ARGUMENT
        roles = np.empty(len(left), dtype=np.int64)
        for start in range(0, len(left), CHUNK):
            here = slice(start, start + CHUNK)
            size = len(roles[here])
            hidden = np.take(vectors, left_rows[here], axis=0, out=self._scratch[0, :size], mode="clip")
            hidden += np.take(vectors, argument_rows[here], axis=0, out=self._scratch[1, :size], mode="clip")
            roles[here] = self._best(hidden, "role")
        kept = np.flatnonzero(roles)
        return np.stack([left[kept], arguments[kept], roles[kept]], 1)

    def describe(self) -> dict[str, str]:
        """What a report says of the model and the program that ran it."""
        return {"model": self.version, "runtime": f"onnxruntime {onnxruntime.__version__}"}
