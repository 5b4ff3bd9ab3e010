"""Where a reader can go on from a view."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

WIDE = re.compile("[\U00010000-\U0010ffff]")  # two units in UTF-16


def is_web(address: str) -> bool:
    """Whether a link may be followed: the web, and nothing that runs."""
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False


def utf16(text: str) -> Callable[[int], int]:
    """From characters to UTF-16 units, in which JavaScript counts."""
    wide = [] if text.isascii() else [found.start() for found in WIDE.finditer(text)]
    return (lambda at: at + bisect_left(wide, at)) if wide else (lambda at: at)


def in_explorer(page: str, article: str, text: str, start: int, end: int) -> str:
    """The address of some characters of an article in explorer.html, which is found at `page`."""
    at = utf16(text)
    asked = {"panel": "articles", "article": article, "at": f"{at(start)}-{at(end)}"}
    return f"{page}#{urlencode(asked, errors='replace')}"
