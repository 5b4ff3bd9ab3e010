"""The front door: the command line, and `newsgraph.load(DIR)` for Python programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsgraph.api import Graph, load

__all__ = ["Graph", "load"]


def __getattr__(name: str) -> Any:
    """Import what is asked for only then, so that the command line answers at once."""
    if name not in __all__:
        raise AttributeError(f"module 'newsgraph' has no attribute {name!r}")
    from newsgraph import api  # noqa: PLC0415 - see above

    return getattr(api, name)
