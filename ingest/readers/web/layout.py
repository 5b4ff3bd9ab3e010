"""The blocks of a page as its markup lays them out: their text, and how much of it leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
     "var", "wbr", "label", "hi", "ref", "undefined")
)  # fmt: skip
_UNREAD = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "option", "button",
     "textarea", "audio", "video", "canvas", "title", "meta", "link")
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """A stretch of text between two breaks of the layout."""

    text: str
    linked: int  # characters of it inside links
    tag: str  # of the block around it
    parent: int  # tells blocks of one container from others


def page_blocks(tree: HtmlElement) -> Iterator[PageBlock]:
    """Every block of text of a page, in the order in which it is read."""
    text: list[str] = []
    linked = 0
    around: list[HtmlElement] = [tree]
    links = 0

    def flush() -> Iterator[PageBlock]:
        nonlocal linked
        words = " ".join("".join(text).split())
        if words:
            block = around[-1]
            above = block.getparent()
            yield PageBlock(text=words, linked=min(linked, len(words)), tag=block.tag, parent=id(above))
        text.clear()
        linked = 0

    stack: list[tuple[HtmlElement, int]] = [(tree, 0)]
    while stack:
        element, place = stack.pop()
        if place == 0:
            if element.tag not in _INLINE:
                yield from flush()
                around.append(element)
            links += element.tag == "a"
            if element.text and element.tag not in _UNREAD:
                text.append(element.text)
                linked += len(" ".join(element.text.split())) if links else 0
        if place < len(element) and element.tag not in _UNREAD:
            stack += [(element, place + 1), (element[place], 0)]
            continue
        if element.tag not in _INLINE:
            yield from flush()
            around.pop()
        links -= element.tag == "a"
        if element.tail and len(around) > 0:
            text.append(element.tail)
            linked += len(" ".join(element.tail.split())) if links else 0
    yield from flush()
