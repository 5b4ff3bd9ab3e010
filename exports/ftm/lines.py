"""FollowTheMoney entities as JSON lines, which `ftm` and OpenAleph read."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

from exports.ftm.links import links
from exports.ftm.things import Things
from exports.whole_file import whole_file
from graph.model import KnowledgeGraph

_LINES = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def write_ftm(graph: KnowledgeGraph, path: Path) -> None:
    """Write `graph` as FollowTheMoney entities, one a line: things first, then what links them.

    People, organisations and groups are Person, Organization and LegalEntity; places and facilities Address; products
    and works Asset; claims, findings and storylines Note; whatever is of another type is left out. A part in an event
    is `involved` and an UnknownLink with the role. Every id that is referred to is in the file. Values are cleaned as
    in the other formats, names and titles put on one line, and cut where FollowTheMoney takes no more.
    """
    things = Things(graph)
    with whole_file(path) as out:
        written = set()
        for each in chain(things.all(), links(things)):
            if each.id not in written:
                written.add(each.id)
                line = {"id": each.id, "schema": each.schema, "properties": each.properties}
                out.write(_LINES.encode(line).encode() + b"\n")
