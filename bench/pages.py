"""Articles out of pages: snippets that belong to the text and others that do not, and the days of publication.

Snippets are counted as trafilatura's own evaluation counts them, found or not found in the text, white space and
unseen characters aside. No page of that corpus has a gold date, so another reading than the reader's gives it: plain
patterns on the bytes of a page, for the fields that hold a day of publication.
"""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from trafilatura import extract

from ingest.article import Article, DateSource
from ingest.readers import Options, Source, read
from ingest.readers.fragments import one_line

Page = dict[str, Any]
_DAY = rb"[\"']?\s*((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?!\d)"
# Fields by how surely they mean the first publication; of several with one name, the first.
FIELDS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rb"\"datePublished\"\s*:\s*" + _DAY,
        rb"<meta\b[^>]*article:published_time[\"'][^>]*\bcontent\s*=\s*" + _DAY,
        rb"<meta\b[^>]*\bcontent\s*=\s*" + _DAY + rb"[^>]*article:published_time",
        rb"<[a-z]+\b[^>]*itemprop\s*=\s*[\"']?datePublished[^>]*\b(?:content|datetime)\s*=\s*" + _DAY,
        rb"<[a-z]+\b[^>]*\b(?:content|datetime)\s*=\s*" + _DAY + rb"[^>]*itemprop\s*=\s*[\"']?datePublished",
        rb"<meta\b[^>]*(?:name|property)\s*=\s*[\"']?(?:date|pubdate|publish-?date|dc\.date(?:\.issued)?"
        rb"|dcterms\.(?:date|issued)|parsely-pub-date|sailthru\.date)[\"']?\s[^>]*\bcontent\s*=\s*" + _DAY,
    )
)


@dataclass(slots=True)
class Snippets:
    """How many snippets that belong to the text were found in it or missed, and so of those that do not."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    kept_out: int = 0

    def add(self, text: str, page: Page) -> None:
        """Count those of a page."""
        text = one_line(text)
        for snippet in page["must_have"]:
            is_found = one_line(snippet) in text
            self.found += is_found
            self.missed += not is_found
        for snippet in page["must_not_have"]:
            is_found = one_line(snippet) in text
            self.wrong += is_found
            self.kept_out += not is_found

    def line(self, name: str) -> str:
        """Precision, recall, F1 and accuracy in per cent."""
        precision = self.found / max(1, self.found + self.wrong)
        recall = self.found / max(1, self.found + self.missed)
        f1 = 2 * self.found / max(1, 2 * self.found + self.wrong + self.missed)
        accuracy = (self.found + self.kept_out) / max(1, self.found + self.missed + self.wrong + self.kept_out)
        figures = f"P {100 * precision:6.2f}  R {100 * recall:6.2f}  F1 {100 * f1:6.2f}  accuracy {100 * accuracy:6.2f}"
        return f"{name:36s} {figures}  found {self.found}, missed {self.missed}, wrong {self.wrong}"


@dataclass(slots=True)
class Days:
    """The days of publication of pages that carry one in a field, and whether the reader gives the same."""

    right: int = 0
    silent: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    without: int = 0  # pages that have no such field
    dated: int = 0  # of these, those that the reader gives a day from a field all the same

    def add(self, article: Article | None, content: bytes, name: str) -> None:
        """Count a page."""
        told = field_day(content)
        ours = article.published if article and article.dated_by is DateSource.METADATA else None
        if told is None:
            self.without += 1
            self.dated += ours is not None
        elif ours is None:
            self.silent.append(f"{name}: {told}, none found")
        elif ours == told:
            self.right += 1
        else:
            self.others.append(f"{name}: {told}, found {ours}")

    def lines(self) -> Iterator[str]:
        """Counts, then every disagreement."""
        count = self.right + len(self.silent) + len(self.others)
        yield (
            f"{count} pages with a day in a field: {self.right} the same ({100 * self.right / max(1, count):.1f} %), "
            f"{len(self.silent)} none, {len(self.others)} another; {self.dated} of {self.without} others dated too"
        )
        yield from self.silent + self.others


def score_pages(folder: Path, limit: int | None = None) -> Iterator[str]:
    """The lines of the scorecard for a folder with `trafilatura.jsonl.gz` and the pages that it names."""
    rows: dict[str, tuple[Snippets, Callable[[bytes, Article | None], str]]] = {
        "trafilatura, as it comes": (Snippets(), lambda content, _: extract(content) or ""),
        "trafilatura, as it is evaluated": (
            Snippets(),
            lambda content, _: extract(content, include_comments=False, include_tables=True) or "",
        ),
        "ours": (Snippets(), lambda _, article: article.text if article else ""),
        "ours, without the headline": (Snippets(), lambda _, article: _body(article) if article else ""),
    }
    days, articles, pages = Days(), 0, 0
    for page in read_pages(folder / "trafilatura.jsonl.gz", limit):
        content = gzip.decompress((folder.parent / page["html"]).read_bytes())
        article = article_of(content, page["url"])
        for snippets, extracted in rows.values():
            snippets.add(extracted(content, article), page)
        days.add(article, content, page["id"])
        articles += article is not None
        pages += 1
    yield f"{pages} pages, {articles} with an article"
    for name, (snippets, _) in rows.items():
        yield snippets.line(name)
    yield from days.lines()


def read_pages(path: Path, limit: int | None) -> Iterator[Page]:
    """The rows of the corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if limit is None or number < limit:
                yield json.loads(line)


def article_of(content: bytes, url: str) -> Article | None:
    """The article that is read from a page, whatever its language."""
    source = Source(name="page.html", open=lambda: io.BytesIO(content), url=url, options=Options(languages=()))
    return next((found for found in read(source) if isinstance(found, Article)), None)


def field_day(content: bytes) -> date | None:
    """The day of the first field of a page that holds one."""
    for form in FIELDS:
        for found in form.finditer(content):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                continue
    return None


def _body(article: Article) -> str:
    return article.text[len(article.title) :] if article.title else article.text
