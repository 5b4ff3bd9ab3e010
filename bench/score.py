"""Counts of right, found and gold, and the figures made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """How many were right, found and in the gold."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: Iterable[Hashable], gold: Iterable[Hashable]) -> None:
        """Count two sets."""
        found, gold = set(found), set(gold)
        self.right += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.found + other.found, self.gold + other.gold)


@dataclass(slots=True)
class Scorecard:
    """Counts by label."""

    by_label: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))

    def add(self, found: Iterable[tuple[Hashable, str]], gold: Iterable[tuple[Hashable, str]]) -> None:
        """Count pairs of (thing, label)."""
        found, gold = set(found), set(gold)
        for label in {label for _, label in found | gold}:
            self.by_label[label].add(
                (thing for thing, name in found if name == label), (thing for thing, name in gold if name == label)
            )

    def total(self, labels: Iterable[str] | None = None) -> Counts:
        """Micro-average over these labels, or all."""
        chosen = self.by_label if labels is None else [label for label in labels if label in self.by_label]
        return sum((self.by_label[label] for label in chosen), Counts())

    def lines(self) -> list[str]:
        """A row a label, the most frequent first."""
        rows = sorted(self.by_label.items(), key=lambda item: (-item[1].gold, item[0]))
        return [row(label, counts) for label, counts in rows]


def row(label: str, counts: Counts) -> str:
    """One line of a scorecard: percentages and the number in the gold."""
    figures = f"P {100 * counts.precision:6.2f}  R {100 * counts.recall:6.2f}  F1 {100 * counts.f1:6.2f}"
    return f"{label:16s} {figures}  gold {counts.gold:6d}  found {counts.found:6d}"
