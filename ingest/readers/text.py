"""One article a file, plain text or Markdown, in any of the shapes that news is saved in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.boilerplate import boilerplate
from ingest.readers.cleaning import plain_line, plain_lines
from ingest.readers.composing import made, too_long
from ingest.readers.doubled import repair
from ingest.readers.encoding import NotText, decode
from ingest.readers.imprint import Imprint, read_label, split_imprint
from ingest.readers.layout import LONGEST_HEADLINE, Block, BlockKind, blocks
from ingest.readers.source import Note, Part, Source

_FRONT_MATTER = re.compile(r"(\w[\w ]*):\s*(.*)")


def read(source: Source) -> Iterator[Part]:
    """Yield the article of a file, or why there is none."""
    limits = source.options.limits
    with source.open() as stream:
        content = stream.read(4 * limits.text_characters + 1)  # UTF-8 takes up to four bytes a character
    try:
        text, note = decode(content, source.charset)
    except NotText as refusal:
        yield UnreadableArticle(
            source.name, str(refusal), reason=Reason.NOT_TEXT, next_step="save it as UTF-8 text to have it read"
        )
        return
    if len(content) > 4 * limits.text_characters or len(text) > limits.text_characters:
        yield too_long(source)
        return
    text, repairs = repair(text)
    for each in filter(None, (note, repairs)):
        yield Note(path=source.name, text=each)
    article = compose(text, source)
    if article:
        yield article
    else:
        problem = "it holds no words" if text.strip() else "it is empty"
        yield UnreadableArticle(source.name, problem, reason=Reason.EMPTY)


def compose(text: str, source: Source) -> Article | None:
    """The article that a page is; None when it has no words."""
    lines = plain_lines(text)
    front, lines = _front_matter(lines)
    body = blocks(lines)
    imprint, spent = split_imprint([block.text for block in body])
    imprint = front.filled_by(imprint)
    body = [block for place, block in enumerate(body) if place not in spent]
    body = _story(body)
    title = imprint.title or _title(body)
    parts = [block.text for block in body if block.text != title]
    if not parts and not title:
        return None
    return made(source, replace(imprint, url=imprint.url or source.url), title, parts)


def _story(body: list[Block]) -> list[Block]:
    """What is left of a page without the lines that are not its story; all of it, where nothing would be left."""
    dropped = boilerplate([block.text for block in body])
    story = [block for place, block in enumerate(body) if block.level == 1 or place not in dropped]
    return story or body


def _title(body: Sequence[Block]) -> str:
    """The headline: a first-level heading, else the first line, else the one line in the middle that looks like one."""
    headings = [block for block in body if block.kind is BlockKind.HEADING]
    top = [block for block in headings if block.level == 1]
    if top:
        return top[0].text
    if len(body) > 1 and _opens_as_headline(body[0], body[1]):
        return body[0].text
    highest = [block for block in headings if block.level == min(each.level for each in headings)]
    candidates = highest or [block for block in body[1:-1] if block.is_headline_like]
    # Several of one rank are the subheads of a text whose title is not in the file.
    return candidates[0].text if len(candidates) == 1 else ""


def _opens_as_headline(first: Block, second: Block) -> bool:
    if first.is_headline_like or first.kind is BlockKind.HEADING:
        return True
    # "Is the war over?", "Twenty years on …", "'We Will Stay'": a stop that is no full one, above a longer paragraph.
    ending = first.text.rstrip("\"”»’'")
    is_sentence = ending.endswith((".", ":", ";", ",")) and not ending.endswith("...")
    is_short = len(first.text) < min(LONGEST_HEADLINE / 2, len(second.text))
    return first.kind is BlockKind.PARAGRAPH and is_short and not is_sentence


def _front_matter(lines: list[str]) -> tuple[Imprint, list[str]]:
    """The "title: …" lines between two rules at the very top of a Markdown file, and the lines below them."""
    if not lines or lines[0].strip() != "---" or "---" not in (stripped := [line.strip() for line in lines[1:60]]):
        return Imprint(), lines
    end = stripped.index("---") + 1
    pairs = [found for line in lines[1:end] if (found := _FRONT_MATTER.fullmatch(line.strip()))]
    if not pairs:
        return Imprint(), lines
    imprint = Imprint()
    for found in pairs:
        imprint = imprint.filled_by(read_label(found[1], plain_line(found[2])) or Imprint())
    return imprint, lines[end + 1 :]
