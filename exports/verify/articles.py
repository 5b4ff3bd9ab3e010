"""Whether articles have the text that their hash was made of, and the length that they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exports.rdf.facts import text_hash
from exports.verify.problem import Kind, Problem
from exports.verify.view import View, id_of
from ingest.article import content_id

_HASH = re.compile(r"article-[0-9a-f]{16}")


def check_articles(view: View) -> Iterator[Problem]:
    """Each text against its schema:sha256, its length, and an id that is made of it; articles may bring their own."""
    ends, hashes = view.one("nif:endIndex"), view.one("schema:sha256")
    for article, text in view.texts.items():
        if ends.get(article, "") != str(len(text)):
            yield view.problem(
                Kind.ARTICLE,
                article,
                "the text is not as long as the article says",
                expected=f"{ends.get(article)} characters",
                found=f"{len(text)}",
            )
        if hashes.get(article, "") != text_hash(text):
            yield view.problem(
                Kind.ARTICLE,
                article,
                "the text is not the one that schema:sha256 is the hash of",
                expected=hashes.get(article, "no hash"),
                found=text_hash(text),
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
