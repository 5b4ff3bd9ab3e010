"""Whether articles are as long as they say, and whether those whose id is the hash of their text have that text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exports.verify.problem import Kind, Problem
from exports.verify.view import View, id_of
from ingest.article import content_id

_HASH = re.compile(r"article-[0-9a-f]{16}")


def check_articles(view: View) -> Iterator[Problem]:
    """An article that brought an id of its own proves its text by schema:sha256 alone."""
    ends = view.one("nif:endIndex")
    for article, text in view.texts.items():
        if ends.get(article, "") != str(len(text)):
            yield view.problem(
                Kind.ARTICLE,
                article,
                "the text is not as long as the article says",
                expected=f"{ends.get(article)} characters",
                found=f"{len(text)}",
            )
        id = id_of(article)
        if _HASH.fullmatch(id) and content_id("article", text) != id:
            yield view.problem(
                Kind.ARTICLE,
                article,
                "the text is not the one that the article's id is the hash of",
                expected=id,
                found=content_id("article", text),
            )
