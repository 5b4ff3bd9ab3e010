"""What comes out of bytes under a name."""

from __future__ import annotations

import io

from ingest.article import Article
from ingest.errors import UnreadableArticle
from ingest.readers import Address, Note, Options, Outcome, Source, read


def outcomes(content: bytes, name: str, options: Options | None = None) -> list[Outcome]:
    return list(read(Source(name=name, open=lambda: io.BytesIO(content), options=options or Options())))


def articles(found: list[Outcome]) -> list[Article]:
    return [each for each in found if isinstance(each, Article)]


def addresses(found: list[Outcome]) -> list[Address]:
    return [each for each in found if isinstance(each, Address)]


def refusals(found: list[Outcome]) -> list[UnreadableArticle]:
    return [each for each in found if isinstance(each, UnreadableArticle)]


def notes(found: list[Outcome]) -> list[str]:
    return [each.text for each in found if isinstance(each, Note)]


def texts(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.paragraphs]
