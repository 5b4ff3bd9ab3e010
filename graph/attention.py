"""Whether two spellings are read alike: small nets that compare the letters of one with those of the other.

Each net is a decomposable attention model (Parikh et al. 2016) on convolutions: the letters around a letter tell how it
is read, each letter attends to those of the other word, and what differs is summed up. `training.attention` fits them,
and first teaches their convolutions to write names in Hangul and in Hebrew letters, which spell as one speaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Packed = NDArray[np.int8 | np.float32]
EDGE = 1  # the number of a word's edges; letters have 2 to 27, and 0 is where there is none
FARTHEST = 8  # places apart from which all are equally far
MOST = 4.0  # nats that the nets can say for or against: more would be surer than their training can make them


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Array]:
    """The nets that come with newsgraph, stacked: each array has one row for each net."""
    with resources.files("graph").joinpath("variants.npz").open("rb") as file:
        return unpacked(dict(np.load(file)))


def packed(nets: Mapping[str, Array]) -> dict[str, Packed]:
    """The arrays to save: whole numbers of one byte and the scale of each column."""
    arrays: dict[str, Packed] = {}
    for name, array in nets.items():
        scale = np.maximum(np.abs(array).max(axis=-2, keepdims=True), 1e-8) / 127
        arrays[name] = np.rint(array / scale).astype(np.int8)
        arrays[f"{name} scale"] = scale.astype(np.float32)
    return arrays


def unpacked(arrays: Mapping[str, Packed]) -> dict[str, Array]:
    """What `packed` made arrays of, to a hundredth of each column's largest number."""
    return {
        name: array.astype(np.float32) * arrays[f"{name} scale"]
        for name, array in arrays.items()
        if f"{name} scale" in arrays
    }


def numbered(word: str) -> list[int]:
    """A word of the letters a to z as numbers, between its two edges."""
    return [EDGE, *(ord(letter) - ord("a") + 2 for letter in word), EDGE]


def likeness(left: str, right: str) -> float:
    """How much speaks for two words of the letters a to z being read alike, in nats; the order does not matter."""
    first, second = sorted((left, right))
    return min(max(compared(shipped(), _read(first), _read(second)), -MOST), MOST)


def compared(nets: Mapping[str, Array], one: Array, two: Array) -> float:
    """What the nets say on average of two words that they have read, in nats, without a limit."""
    keys = _times(one, nets["attend"])
    scores = keys @ _times(two, nets["attend"]).transpose(0, 2, 1) / np.float32(np.sqrt(keys.shape[-1]))
    far = np.minimum(np.abs(np.arange(one.shape[1])[:, None] - np.arange(two.shape[1])), FARTHEST - 1)
    weights = np.exp(scores + nets["distance"][:, 0, far])
    others = np.concatenate(
        (
            (weights / weights.sum(axis=2, keepdims=True)) @ two,
            (weights / weights.sum(axis=1, keepdims=True)).transpose(0, 2, 1) @ one,
        ),
        axis=1,
    )
    letters = np.concatenate((one, two), axis=1)
    beside = np.concatenate((letters, others, np.abs(letters - others), letters * others), axis=2)
    told = _bent(_bent(beside, nets["compare"]), nets["compare further"])
    summed = np.concatenate((2 * told.mean(axis=1, keepdims=True), told.max(axis=1, keepdims=True)), axis=2)
    return float(_times(_bent(summed, nets["sum"]), nets["say"]).mean())


@lru_cache(maxsize=1 << 11)
def _read(word: str) -> Array:
    return read(shipped(), word)


def read(nets: Mapping[str, Array], word: str) -> Array:
    """How each letter of a word, and its edges, are read between their neighbours: (nets, letters, width)."""
    told = nets["letters"][:, numbered(word)]
    several, letters, width = told.shape
    padded = np.zeros((several, letters + 2, width), dtype=np.float32)
    for name in sorted(name for name in nets if name.startswith("convolution")):
        padded[:, 1:-1] = told
        told = told + _bent(np.concatenate((padded[:, :-2], told, padded[:, 2:]), axis=2), nets[name])
    return told


def _bent(rows: Array, weights: Array) -> Array:
    told = _times(rows, weights)
    return np.maximum(told, 0, out=told)


def _times(rows: Array, weights: Array) -> Array:
    """A linear layer of each net; its last row of weights is what is added."""
    told: Array = rows @ weights[:, :-1]
    told += weights[:, -1:]
    return told
