"""Decisions as data: same, different or unsure, with a score and reasons; the linker's, and those made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from ingest.article import MentionKind

Thing = TypeVar("Thing")


class Verdict(StrEnum):
    """Whether two things that articles speak of are one thing in the world."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How alike two things are, and why: each reason is a feature and what it weighed."""

    value: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict on a pair, and the score that led to it."""

    verdict: Verdict
    score: Score


@dataclass(frozen=True, slots=True)
class Join(Generic[Thing]):
    """Two things that were taken for one, and why."""

    left: Thing
    right: Thing
    reasons: tuple[str, ...]
    score: float | None = None  # None where a rule decided, or somebody by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody decided by hand: the two sides are one thing, or two, whatever the linker finds.

    A side is some mentions of one thing, by id. The first of them that is still in an article stands for the side; the
    others say what goes with it when a thing is divided.
    """

    number: int
    kind: MentionKind  # entity or event
    verdict: Verdict  # same or different
    left: tuple[str, ...]  # mention ids
    right: tuple[str, ...]
    names: tuple[str, str]  # the sides as they were called
    author: str
    time: str  # ISO 8601, UTC
    note: str = ""

    @property
    def by_hand(self) -> str:
        """Who decided it, when and why, in half a line."""
        return f"by hand, {self.author}, {self.time[:10]}" + (f": {self.note}" if self.note else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """A readable linear model: features that hold add their weight; one veto decides alone.

    A sum of at least `same` means SAME, a sum of at most `different` means DIFFERENT, anything between is UNSURE.
    """

    weights: Mapping[str, float]
    vetoes: frozenset[str]
    same: float
    different: float
    _decided: dict[tuple[str, ...], Decision] = field(default_factory=dict, init=False, compare=False, repr=False)

    def decide(self, features: Iterable[str]) -> Decision:
        """The verdict on a pair for which these features hold; a feature named twice counts twice."""
        held = tuple(sorted(features))
        known = self._decided.get(held)  # few sets of features are there, and many pairs
        if known is None:
            known = self._decided[held] = self._decision(held)
        return known

    def _decision(self, held: tuple[str, ...]) -> Decision:
        forbidden = tuple(feature for feature in held if feature in self.vetoes)
        if forbidden:
            return Decision(verdict=Verdict.DIFFERENT, score=Score(value=float("-inf"), reasons=forbidden))
        value = round(sum(self.weights[feature] for feature in held), 6)
        reasons = tuple(f"{feature} ({self.weights[feature]:+g})" for feature in held)
        if value >= self.same:
            verdict = Verdict.SAME
        elif value <= self.different:
            verdict = Verdict.DIFFERENT
        else:
            verdict = Verdict.UNSURE
        return Decision(verdict=verdict, score=Score(value=value, reasons=reasons))
