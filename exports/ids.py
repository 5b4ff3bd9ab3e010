"""Ids for formats that do not take any text as one."""

from __future__ import annotations

import re

from ingest.article import content_id

# What every one of them takes: a part of NMTOKEN (XML), and what FollowTheMoney asks of an entity's id.
_PORTABLE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,198}[0-9A-Za-z])?")


def portable(id: str) -> str:
    """The id itself where any format takes it, as all that newsgraph makes are, else a hash of it.

    An article may bring an id of its own, with spaces, slashes or underscores in it.
    """
    return id if _PORTABLE.fullmatch(id) else content_id("id", ascii(id))
