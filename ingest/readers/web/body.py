"""The paragraphs of the article on a page: what trafilatura finds, mended by what the layout and JSON-LD tell."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml.etree import _Element
from lxml.html import HtmlElement, fragment_fromstring

from ingest.readers.cleaning import plain_lines
from ingest.readers.layout import Block, BlockKind
from ingest.readers.web.layout import PageBlock, page_blocks
from ingest.readers.web.metadata import Metadata


def article_blocks(tree: HtmlElement, metadata: Metadata) -> list[Block]:
    """Headings and paragraphs of the article in order; empty where the page has none."""
    laid_out = list(page_blocks(tree))
    found = _extracted(tree)
    return found


def _extracted(tree: HtmlElement) -> list[Block]:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False)
    if document is None or document.body is None:
        return []
    return list(_blocks(document.body))


def _blocks(body: _Element) -> Iterator[Block]:
    for block in page_blocks(body):
        yield Block(kind=BlockKind.HEADING if block.tag == "head" else BlockKind.PARAGRAPH, text=block.text, level=2)
