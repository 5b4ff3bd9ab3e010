"""The headline of a page, without the name of its site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml.html import HtmlElement

from ingest.readers.fragments import one_line

_MARK = r"(?:\s+[|·•»«–—:-]+\s+|\s*[|»]\s*|\s::\s)"
_MARKED = re.compile(_MARK)
_LAST = re.compile(rf"(.+){_MARK}(.+?)")
_FIRST = re.compile(rf"(.+?){_MARK}(.+)")
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
_LONGEST = 300
# Of the words of two headlines of one article, half are the same; of a headline and a site's name, none.
_LEAST_SHARED = 0.5
_LEAST_WORDS = 3  # of a heading that overrules a field: fewer may be those of a section


def headline(tree: HtmlElement, given: Sequence[str], sites: Iterable[str]) -> str | None:
    """What readers of a page see above the article, by the titles that its fields give and its own headings."""
    names = {key for site in sites if (key := _key(site.removeprefix("www.")))}
    names |= {part for site in sites for part in map(_key, site.split(".")) if len(part) > 3}
    title_element = tree.find(".//title")
    page_title = title_element.text_content() if title_element is not None else ""
    headings = [words for heading in islice(tree.iter("h1"), 50) if (words := one_line(" ".join(heading.itertext())))]
    headings = [words for words in headings if len(words) <= _LONGEST and _key(words) not in names]
    told = (without_site(one_line(each[: 10 * _LONGEST])[: 2 * _LONGEST], names) for each in (*given, page_title))
    titles = [title for title in told if title and len(title) <= _LONGEST and _key(title) not in names]
    for title in titles:  # one that no heading bears out may be a template's or the site's
        heading = next((each for each in headings if are_one(each, title)), None)
        if heading and (title is titles[0] or len(_words(heading)) >= _LEAST_WORDS):
            return heading
    if titles:
        return _without_tail(titles[0], headings)
    return headings[0] if len(headings) == 1 else None


def without_site(title: str, names: set[str]) -> str:
    """A title without the names of its site before or behind it."""
    for _ in range(3):
        last, first = _LAST.fullmatch(title), _FIRST.fullmatch(title)
        if last and _is_site(last[2], names):
            title = last[1].strip()
        elif first and _is_site(first[1], names):
            title = first[2].strip()
        else:
            break
    return title


def are_one(heading: str, title: str) -> bool:
    """Whether a heading on the page and a title from a field are of one article."""
    cut = _CUT.sub("", title)
    if cut != title and _key(heading).startswith(_key(cut)):
        return True
    words, others = set(_words(heading)), set(_words(title))
    return bool(words and others) and len(words & others) >= _LEAST_SHARED * max(len(words), len(others))


def _without_tail(title: str, headings: Sequence[str]) -> str:
    """The heading that a title begins with, where its mark follows: what stands behind it is the site's."""
    return next((each for each in headings if title.startswith(each) and _MARKED.match(title, len(each))), title)


def _is_site(words: str, names: set[str]) -> bool:
    key = _key(words)
    return key in names or _key(re.sub(r"\.\w{2,3}$", "", words)) in names


def _key(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


def _words(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())
