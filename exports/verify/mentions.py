"""Whether every mention's characters are where it says."""

from __future__ import annotations

from collections.abc import Iterator

from exports.verify.problem import Kind, Problem
from exports.verify.view import Cited, View


def check_mentions(view: View) -> Iterator[Problem]:
    """Its IRI, its offsets and its text have to agree with each other and with the article."""
    texts = view.texts
    for mention, cited in view.mentions.items():
        article, begin, end, words = cited
        if mention != f"{article}#char={begin},{end}":
            yield view.problem(
                Kind.MENTION,
                mention,
                "the mention is not called by its article and its characters",
                expected=f"{article}#char={begin},{end}",
                found=mention,
            )
        text = texts.get(article)
        if text is None:
            continue  # the shapes tell of it
        if text[begin:end] != words:
            yield view.problem(
                Kind.MENTION,
                mention,
                "the article has other words there" + _nearest(text, cited),
                expected=f'"{words}"',
                found=f'"{text[begin:end]}"',
            )


def _nearest(text: str, cited: Cited) -> str:
    """Where the words of a mention really stand."""
    before = text.rfind(cited.text, 0, cited.begin + len(cited.text))
    behind = text.find(cited.text, cited.begin)
    places = [place for place in (before, behind) if place >= 0]
    if not places:
        return ", and those of the mention nowhere"
    place = min(places, key=lambda place: (abs(place - cited.begin), place))
    return f", and those of the mention at {place}-{place + len(cited.text)}"
