"""Vectors as text: a byte a number, short enough to be kept beside each event mention."""

from __future__ import annotations

import base64
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

SCALE = 127  # of the numbers of a vector of length 1, kept as whole ones

Floats = NDArray[np.float32]


def packed(vector: Floats) -> str:
    """A vector at length 1 as text."""
    length = float(np.linalg.norm(vector)) or 1.0
    return base64.b85encode(np.rint(vector / length * SCALE).astype(np.int8).tobytes()).decode()


def unpacked(texts: Iterable[str]) -> Floats:
    """The vectors that texts of `packed` hold: (texts, numbers)."""
    rows = [np.frombuffer(base64.b85decode(text), dtype=np.int8) for text in texts]
    return np.array(rows, dtype=np.float32) / np.float32(SCALE)
