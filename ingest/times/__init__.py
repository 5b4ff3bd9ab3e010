"""A grammar of the time expressions of news."""

from ingest.times.expression import Granularity, TimeExpression, TimeKind
from ingest.times.finder import find_times

__all__ = ["Granularity", "TimeExpression", "TimeKind", "find_times"]
