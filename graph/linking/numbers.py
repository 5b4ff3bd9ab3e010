"""Numbers with their hedges: which of two can both be true, and what they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from graph.names import fold
from ingest.article import Qualifier, Quantity

# A hedge bounds one side only; how far the other may lie is a convention of ours: "at least 60" is hardly said of 200,
# and "over 300" hardly of 450.
_FAR, _OVER, _NEAR, _ROUGH = 1.5, 4 / 3, 0.85, 0.1
_TOLLS = frozenset({"killed", "injured", "missing", "detained", "displaced", "damaged"})
_ANYBODY = frozenset(
    {"", "people", "person", "other", "individual", "dead", "victim", "casualty", "life", "fatality", "death", "injury"}
)
# Other words for the same thing counted, when two reports are compared.
_OTHERWISE = {"civilian": "", "resident": "", "local": "", "uav": "drone", "shahed": "drone"}
_IRREGULAR = {"children": "child", "men": "man", "women": "woman", "people": "people", "lives": "life"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The values that a number with its hedge leaves possible; an open end excludes the value itself."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: Bounds) -> bool:
        """Whether some value is possible for both."""
        if self.low > other.high or self.high < other.low:
            return False
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low != high:
            return True
        edges = [(one.low == low and one.low_open) or (one.high == low and one.high_open) for one in (self, other)]
        return not any(edges)


def bounds(quantity: Quantity) -> Bounds:
    """What a quantity leaves possible: "at least 60" 60 to 90, "nearly 60" 51 to just under 60."""
    if quantity.qualifier is Qualifier.RANGE and quantity.upper is not None:
        return Bounds(low=quantity.value, high=quantity.upper)
    return _BOUNDS[quantity.qualifier](quantity.value)


_BOUNDS: Mapping[Qualifier, Callable[[float], Bounds]] = {
    Qualifier.AT_LEAST: lambda value: Bounds(low=value, high=value * _FAR),
    Qualifier.MORE_THAN: lambda value: Bounds(low=value, high=value * _OVER, low_open=True),
    Qualifier.NEARLY: lambda value: Bounds(low=value * _NEAR, high=value, high_open=True),
    Qualifier.ABOUT: lambda value: Bounds(low=value * (1 - _ROUGH), high=value * (1 + _ROUGH)),
    Qualifier.UP_TO: lambda value: Bounds(low=value / _FAR, high=value),
    Qualifier.LESS_THAN: lambda value: Bounds(low=value / _FAR, high=value, high_open=True),
    Qualifier.RANGE: lambda value: Bounds(low=value, high=value),
    Qualifier.EXACTLY: lambda value: Bounds(low=value, high=value),
}


def is_toll(name: str) -> bool:
    """Whether a property is a count that later reports raise."""
    return name in _TOLLS


def scope(quantity: Quantity) -> str:
    """What is counted, in the singular; "" for people in general ("people", "others", nothing said)."""
    return _in_singular(quantity.unit or "")


@lru_cache(maxsize=1 << 14)
def _in_singular(unit: str) -> str:
    words = fold(unit).split()
    head = words[-1] if words else ""
    single = _IRREGULAR.get(head) or _singular(head)
    return "" if single in _ANYBODY else " ".join([*words[:-1], single])


def _singular(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"  # "casualties"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def kind_counted(quantity: Quantity) -> str:
    """What is counted as two reports of one event may differ in wording it: the head noun, civilians as people."""
    head = scope(quantity).rpartition(" ")[2]
    return _OTHERWISE.get(head, head)
