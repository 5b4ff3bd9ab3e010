"""The labels that each head chooses among, taken from the training data once and kept with the weights."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from ingest.language.labels import EVENT_TAGS, NAME_TAGS, ROLES, UPOS
from training.corpora import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Labels by head, in the order of the heads' outputs."""

    names: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemmas: tuple[str, ...]
    relations: tuple[str, ...]
    roles: tuple[str, ...]
    events: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain lists, for JSON."""
        return asdict(self)


def take_inventory(passages: list[Passage], rarest: int = 3) -> Inventory:
    """The labels of these passages; relations, fine tags and lemma rules seen fewer than `rarest` times are dropped."""

    def seen(layer: str) -> tuple[str, ...]:
        counts = Counter(label for passage in passages for label in getattr(passage, layer) or ())
        return tuple(sorted(label for label, count in counts.items() if count >= rarest))

    return Inventory(
        names=NAME_TAGS, upos=UPOS, xpos=seen("xpos"), lemmas=seen("lemmas"), relations=seen("relations"),
        roles=ROLES, events=EVENT_TAGS,
    )  # fmt: skip
