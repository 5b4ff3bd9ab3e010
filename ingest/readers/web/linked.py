"""JSON-LD, the notes for search engines in a page: read though it be broken, and the one of its article told apart."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from ingest.readers.fragments import one_line

Node = dict[str, Any]

_MOST_CHARACTERS = 2_000_000  # of one script
_MOST_NODES = 2_000
_COMMENT = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|/\*.{0,40}?\*/)+|(?:-->|\]\]>|;)+\s*$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
_FIELD = re.compile(r"\"(datePublished|headline)\"\s*:\s*\"((?:[^\"\\\n]|\\.){3,300})\"")


def nodes(tree: HtmlElement) -> list[Node]:
    """Every object of a page's JSON-LD that is not a mere part of another's field, in order."""
    found: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _MOST_CHARACTERS:
            for value in _values(script.text):
                found += _walk(value, 0)
    return found[:_MOST_NODES]


def is_article(node: Node) -> bool:
    """Whether an object is an article of any kind."""
    return any(
        kind.endswith(("Article", "BlogPosting", "ForumPosting", "MediaPosting")) or kind in {"Report", "Review"}
        for kind in kinds(node)
    )


def kinds(node: Node) -> list[str]:
    """The types of an object, without the address of their vocabulary."""
    given = node.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (given if isinstance(given, list) else [given]) if kind]


def texts(value: object, known: dict[str, Node]) -> list[str]:
    """The words or names that a field holds: one, a list of them, objects with a name, or references to such."""
    if isinstance(value, str):
        return [words] if (words := plain(value)) else []
    if isinstance(value, list):
        return [words for each in value[:50] for words in texts(each, known)]
    if isinstance(value, dict):
        value = known.get(str(value.get("@id")), value) if "name" not in value else value
        named = value.get("name") or value.get("@value") or value.get("headline")
        return texts(named, {}) if not isinstance(named, dict) else []
    return []


def plain(words: str) -> str:
    """A value as one line, without the escapes and tags that some systems leave in it."""
    if "&" in words:
        words = html.unescape(html.unescape(words))
    return one_line(re.sub(r"<[^<>]{1,1000}>", " ", words) if "<" in words else words)


def _values(text: str) -> Iterator[object]:
    """What a script holds; of a broken one, the fields that can be read all the same."""
    text = _COMMENT.sub("", text.strip()).strip()
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            yield json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    fields = {
        name: {value for key, value in _FIELD.findall(text) if key == name} for name in ("datePublished", "headline")
    }
    told = {name: html.unescape(each.pop()) for name, each in fields.items() if len(each) == 1}
    if told:
        yield {"@type": "Article", **told}


def _walk(value: object, depth: int) -> Iterator[Node]:
    if isinstance(value, list) and depth < 10:
        for each in value[:_MOST_NODES]:
            yield from _walk(each, depth + 1)
    elif isinstance(value, dict) and depth < 10:
        yield value
        for name in _WITHIN:
            if name in value and isinstance(value[name], dict | list):
                yield from _walk(value[name], depth + 1)
