"""The configuration that `newsgraph init` writes: every key with what it is by default, and a line on what it does."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from exports import DEFAULT_BASE
from ingest.article import EntityType, EventType
from ingest.readers import Limits
from ingest.web.manners import Manners
from newsgraph.errors import BadOutput, writing

_LIMITS = {
    "text_characters": "of one article",
    "file_bytes": "of a file that is one article",
    "archive_depth": "archives within archives",
    "archive_members": "in one archive",
    "archive_bytes": "what one archive holds, unpacked",
    "archive_ratio": "unpacked to packed",
    "refusals": "told one by one of one source; the others are counted",
    "article_seconds": "for reading one article, and again for annotating it",
    "article_memory": "bytes that one article may take while it is read",
}
_MANNERS = {
    "delay": "seconds between two requests to one host",
    "longest_delay": "seconds: a robots.txt that asks for more gets this",
    "hosts": "asked at the same time",
    "page_seconds": "for one page",
    "connect_seconds": "for reaching its host",
    "page_bytes": "of one page",
    "redirects": "from one address to the next",
    "tries": "where a server is busy",
    "backoff": "seconds before the second try, twice as many before each further one",
    "patience": "seconds that a server may ask us to wait",
    "most_pages": "that feeds and sitemaps lead to in one build",
}


def template() -> str:
    """The text of a configuration that changes nothing."""
    entities, events = ", ".join(EntityType), ", ".join(EventType)
    return f"""# What `newsgraph build` does in this folder; options of the command line go before it.
# Nothing here counts before the # at its start is taken away. What stands there is what newsgraph does by default, or
# an example (e.g.) where it does nothing of the kind. Paths are counted from this file.

[graph]
# base = "{DEFAULT_BASE}"  # where the things of the graph live as IRIs
# every_mention = false  # keep also who has no name, and events of no type
# keep_types = ["place", "ASSAULT"]  # e.g.; keep only these; of a kind of which none is named, all are kept
#   entities: {entities}
#   events: {events}

[reading]
# date = 2026-07-31  # e.g.; of articles that do not give theirs
# publisher = "The Press"  # e.g.; of articles that do not give theirs
# languages = ["en"]  # of articles that are read; the others are counted and left out
# language = "en"  # e.g.; take all articles to be in it
# map = {{ text = "body", date = "pub" }}  # e.g.; our fields, and the columns or keys that hold them

[reading.limits]
{_lines(Limits(), _LIMITS)}

[fetching]
{_lines(Manners(), _MANNERS)}

[annotate]
# model = "my-model"  # e.g.; a folder with a language model instead of the built-in one
# ner = "en_core_web_trf"  # e.g.; an installed spaCy pipeline whose names take the place of ours
# workers = 4  # e.g.; processes; one for each core, if not said
# cluster = "tcp://host:8786"  # e.g.; a Dask scheduler whose workers annotate instead

# Names that you know: CSV or TSV with a first line, or JSON lines; of these columns, name is needed:
# name, type, aliases (between |), lat, lon, same_as (between |), description
# [[gazetteer]]
# file = "names.csv"  # e.g.
# type = "organization"  # e.g.; of names without one

# Words that tell of an event, in their base form, or phrases; the type, or type and mode; e.g.
[event_terms]
# stampede = "ACCIDENT"
# "drone swarm" = {{ type = "ASSAULT", mode = "drone" }}
"""


def write_template(path: Path) -> None:
    """Write it where nothing is yet; raises BadOutput."""
    if path.is_dir():
        raise BadOutput(path, "a folder; the configuration is a file in it")
    with writing(path), path.open("x", encoding="utf-8") as file:
        file.write(template())


def _lines(limits: Limits | Manners, about: dict[str, str]) -> str:
    return "\n".join(
        f"# {each.name} = {_number(getattr(limits, each.name))}  # {about[each.name]}" for each in fields(limits)
    )


def _number(value: float) -> str:
    return f"{value:_}"
