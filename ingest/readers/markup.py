"""Texts that are HTML where plain words were expected: a column of a table, a field of an object."""

from __future__ import annotations

import html
import re

from ingest.characters import encodable

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|figure|img|table|section)\b[^<>]*>", re.I
)
_ESCAPED = re.compile(r"&lt;/?(?:p|br|div|span|a|h[1-6]|ul|ol|li|blockquote|figure|img)\b", re.I)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
     "section", "table", "td", "th", "tr", "ul")
)  # fmt: skip
_SILENT = frozenset(("head", "noscript", "script", "style", "svg", "template", "iframe", "object", "textarea"))


def is_html(text: str) -> bool:
    """Whether a text has tags of HTML, plain or escaped once more."""
    return ("<" in text and _TAG.search(text) is not None) or ("&lt;" in text and _ESCAPED.search(text) is not None)


def plain_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text of HTML, without tags, scripts and comments, each on one line."""
    from lxml import etree  # noqa: PLC0415 - most texts have no tags

    if not _TAG.search(text):
        text = html.unescape(text)
    text = _DECLARATION.sub("", encodable(text), count=1)
    try:
        parser = etree.HTMLParser(target=_Paragraphs(), no_network=True)
        found: list[str] = etree.fromstring(text, parser)
    except (etree.LxmlError, ValueError):
        return []
    return found


class _Paragraphs:
    """What lxml calls while it reads; nothing is built, however deep the tags lie in each other."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._words: list[str] = []
        self._silent: list[str] = []
        self._was_break = False

    def start(self, tag: str, attributes: object) -> None:
        """A tag opens."""
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS or (tag == "br" and self._was_break):
            self._end()
        elif tag == "br":
            self._words.append("\n")
            self._was_break = True

    def end(self, tag: str) -> None:
        """A tag closes."""
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in _BLOCKS:
            self._end()

    def data(self, words: str) -> None:
        """Characters between tags."""
        if not self._silent:
            self._words.append(words)
            self._was_break = self._was_break and not words.strip()

    def close(self) -> list[str]:
        """The end of it all."""
        self._end()
        return self._found

    def _end(self) -> None:
        paragraph = " ".join("".join(self._words).split())
        if paragraph:
            self._found.append(paragraph)
        self._words.clear()
        self._was_break = False
