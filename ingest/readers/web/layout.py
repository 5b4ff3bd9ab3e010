"""The blocks of a page as its markup lays them out: their text, and how much of it leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import iterwalk
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
    links = unread = count = 0
    around: list[tuple[str, int]] = []  # the blocks that are open: tag and number
    for event, element in iterwalk(tree, events=("start", "end")):
        is_start = event == "start"
        if element.tag not in _INLINE:
            yield from stretch.end(*around[-1]) if around else ()
            if is_start:
                count += 1
                around.append((str(element.tag), count))
            else:
                around.pop()
        unread += (element.tag in _UNREAD) * (1 if is_start else -1)
        links += (element.tag == "a") * (1 if is_start else -1)
        text = element.text if is_start else element.tail
        if text and not unread and (is_start or element is not tree):
            stretch.add(text, links > 0)


class _Stretch:
    """The text since the last break."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._linked = 0

    def add(self, text: str, is_linked: bool) -> None:
        """Some more of it."""
        self._pieces.append(text)
        self._linked += len(" ".join(text.split())) if is_linked else 0

    def end(self, tag: str, place: int) -> Iterator[PageBlock]:
        """What it was, unless it was empty."""
        words = " ".join("".join(self._pieces).split())
        if words:
            yield PageBlock(text=words, linked=min(self._linked, len(words)), tag=tag, place=place)
        self._pieces, self._linked = [], 0
