"""Vectors of event mentions, alike where two tell of one event; an encoder of their own reads their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime

from ingest.language.model import LONGEST
from ingest.language.pieces import CLS, SEP, Pieces
from ingest.language.text import Text
from ingest.setup import MENTIONS, SHIPPED
from ingest.stopwatch import ENCODER
from ingest.vectors import packed

Tokens = tuple[int, int]  # first token, and the one after the last


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as word pieces, and where the mentions in it stand: number of the mention, first and last piece."""

    pieces: list[int]
    places: list[tuple[int, int, int]]


def passages(doc: Text, spans: Sequence[Tokens], pieces: Pieces) -> list[Passage]:
    """The sentences that hold spans of tokens; of a long one only what stands around each span."""
    sentence_of = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}
    bounds = [(sent.start, sent.end) for sent in doc.sents]
    inside: defaultdict[int, list[int]] = defaultdict(list)
    for number, (start, _) in enumerate(spans):
        inside[sentence_of[start]].append(number)
    found = []
    for sentence in sorted(inside):
        start, end = bounds[sentence]
        split = [[] if doc[i].is_space else pieces.split(doc[i].text)[0] for i in range(start, end)]
        places = np.concatenate([[0], np.cumsum([len(ids) for ids in split])]).tolist()
        ids = [piece for word in split for piece in word]
        room = LONGEST - 2
        groups: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for number in inside[sentence]:
            first = places[spans[number][0] - start]
            last = max(first + 1, places[min(end, spans[number][1]) - start])
            shift = 0 if last <= room else first - room // 2
            groups[shift].append((number, first - shift + 1, min(last - shift, room) + 1))
        for shift, held in sorted(groups.items()):
            found.append(Passage([CLS, *ids[shift : shift + room], SEP], held))
    return found


class MentionEncoder:
    """The encoder of mentions, on one thread."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = str(folder / MENTIONS)
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._pieces = Pieces(folder / "vocab.txt")

    def vectors(self, doc: Text, spans: Sequence[Tokens]) -> list[str]:
        """The vector of each span of tokens, as `packed`."""
        found = [""] * len(spans)
        for passage in passages(doc, spans, self._pieces):
            given = {"pieces": np.array(passage.pieces)}
            with ENCODER:
                own, whole = self._session.run(None, given)
            for number, first, last in passage.places:
                found[number] = packed(own[first:last].mean(0) + whole.mean(0))
        return found


@lru_cache(maxsize=1)
def shipped_encoder() -> MentionEncoder:
    """The encoder that comes with newsgraph."""
    return MentionEncoder()
