"""Stories with the type of their main event, and which of them are for measuring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpora import json_lines

HELD_OUT = 6  # of so many headlines one
ALIKE = 0.5  # of the words of the shorter, for two headlines to be one


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One text, its type, and the number of its headline."""

    text: str
    type: str
    subtype: str | None
    headline: int  # its number among the headlines of its type

    @property
    def held_out(self) -> bool:
        """Whether the story is for measuring."""
        return self.headline % HELD_OUT == HELD_OUT // 2


def stories(path: Path) -> Iterator[Story]:
    """The stories of plover_synthetic; two headlines of one type that share half their words are one."""
    known = defaultdict[str, list[frozenset[str]]](list)
    for row in json_lines(path):
        words, type_ = frozenset(row["title"].lower().split()), row["events"][0]["type"]
        alike = (i for i, other in enumerate(known[type_]) if len(words & other) >= ALIKE * min(len(words), len(other)))
        number = next(alike, len(known[type_]))
        if number == len(known[type_]):
            known[type_].append(words)
        yield Story(
            text=f"{row['title']}\n\n{row['text'][:700]}", type=type_, subtype=row["events"][0].get("subtype"),
            headline=number,
        )  # fmt: skip
