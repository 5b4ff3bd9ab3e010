"""The blocks of a page as its markup lays them out: their text, and how much of it leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

# The last four are trafilatura's names of such.
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
     "u", "var", "wbr", "hi", "ref", "undefined")
)  # fmt: skip
_UNREAD = frozenset(
    ("audio", "button", "canvas", "iframe", "link", "math", "meta", "noscript", "object", "option", "script", "select",
     "style", "svg", "template", "textarea", "title", "video")
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """A stretch of text between two breaks of the layout."""

    text: str  # on one line
    linked: int  # characters of it inside links
    tag: str  # of the innermost block around it
    place: int  # of that block: the same for two stretches that only a line break parts


def page_blocks(tree: HtmlElement) -> Iterator[PageBlock]:
    """Every stretch of text of a page, in the order in which it is read."""
    stretch = _Stretch()
    links = count = 0
    around: list[tuple[str, int]] = [("", 0)]  # the blocks that are open: tag and number
    stack = [(tree, 0)]  # what is open: an element, and how many of its children were read
    while stack:
        element, child = stack.pop()
        is_block, is_read = element.tag not in _INLINE, element.tag not in _UNREAD
        if child == 0:
            if is_block:
                yield from stretch.end(*around[-1])
                count += 1
                around.append((str(element.tag), count))
            links += element.tag == "a"
            stretch.add(element.text if is_read else None, links > 0)
        if is_read and child < len(element):
            stack += [(element, child + 1), (element[child], 0)]
            continue
        links -= element.tag == "a"
        if is_block:
            yield from stretch.end(*around.pop())
        if stack:
            stretch.add(element.tail, links > 0)


class _Stretch:
    """The text since the last break."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._linked = 0

    def add(self, text: str | None, is_linked: bool) -> None:
        """Some more of it."""
        if text:
            self._pieces.append(text)
            self._linked += len(" ".join(text.split())) if is_linked else 0

    def end(self, tag: str, place: int) -> Iterator[PageBlock]:
        """What it was, unless it was empty."""
        words = " ".join("".join(self._pieces).split())
        if words:
            yield PageBlock(text=words, linked=min(self._linked, len(words)), tag=tag, place=place)
        self._pieces, self._linked = [], 0
