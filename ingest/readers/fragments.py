"""Pieces of HTML, and of XML that marks text in the same way, as plain paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HTMLParser

from ingest.characters import NOT_XML
from ingest.readers.cleaning import plain_lines
from ingest.readers.layout import are_wrapped, ends_sentence, is_rule

Element = Any  # lxml has no types

_TAG = re.compile(r"<(?:!--|/?[A-Za-z])")
_BREAKS = re.compile(r"\n[^\S\n]*\n\s*")
# What no reader of the text sees, and what stands beside the text: pictures with their captions, forms, players.
_LEFT_OUT = frozenset(
    ("script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math", "canvas",
     "audio", "video", "form", "button", "select", "textarea", "head", "figure", "figcaption", "nav",
     "media", "media-caption", "media-metadata", "media-reference", "nitf-table-metadata")
)  # fmt: skip
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
     "fieldset", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "ol", "p",
     "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
     "abstract", "block", "body.content", "body.end", "body.head", "bq", "byline", "credit", "datasource", "dateline",
     "distributor", "fn", "hedline", "hl1", "hl2", "nitf-table", "note", "tagline")
)  # fmt: skip
_CELLS = frozenset(("td", "th"))


def plain(fragment: str) -> list[str]:
    """The paragraphs of a piece of HTML, or of text without any tags; none where it holds no words."""
    fragment = NOT_XML.sub("", fragment)
    if not _TAG.search(fragment):
        return plain_text(html.unescape(fragment))
    # Elements deeper than 256 and texts above 10 MB are left out by the parser.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(f"<div>{fragment}</div>".encode(), parser)
    except etree.ParserError:  # of nothing but marks
        return []
    return [] if root is None else plain_element(root)


def plain_text(text: str) -> list[str]:
    """The paragraphs of text without tags, whose lines may have been broken at some width."""
    lines = plain_lines(text)
    parts = _BREAKS.split("\n".join(lines)) if are_wrapped(lines) else lines
    return [line for part in parts if (line := one_line(part)) and _has_words(line)]


def plain_element(element: Element) -> list[str]:
    """The paragraphs of an element with all it holds, whatever the namespace of its marks."""
    parts = _BREAKS.split("\n".join(plain_lines("".join(_pieces(element)))))
    return [line for part in parts for line in _lines(part) if _has_words(line)]


def one_line(text: str) -> str:
    """A text on one line, in NFC, its spaces single."""
    return " ".join(" ".join(plain_lines(text)).split())


def _pieces(element: Element) -> Iterator[str]:
    """The text, with an empty line around each block and a newline for each break within one."""
    left_out = preformatted = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        name = node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else "script"
        is_start = event == "start"
        left_out += (name in _LEFT_OUT) * (1 if is_start else -1)
        preformatted += (name == "pre") * (1 if is_start else -1)
        if not left_out:
            yield "\n\n" if name in _BLOCKS else "\n" if name == "br" and is_start else " " if name in _CELLS else ""
        text = node.text if is_start else node.tail if node is not element else None
        if text and not left_out:
            yield text if preformatted else re.sub(r"\s+", " ", text)


def _lines(part: str) -> Iterator[str]:
    """What breaks within a paragraph make of it: paragraphs of their own where a sentence ends there, else nothing."""
    held: list[str] = []
    for line in map(one_line, part.split("\n")):
        if is_rule(line):
            continue
        held.append(line)
        if ends_sentence(line):
            yield " ".join(held)
            held = []
    if any(held):
        yield " ".join(held)


def _has_words(line: str) -> bool:
    return any(c.isalnum() for c in line)
