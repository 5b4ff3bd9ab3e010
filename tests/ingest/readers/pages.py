"""Pages of the web made of given words."""

from __future__ import annotations

import html
import json
import quopri
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_AROUND = (
    '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>',
    '<footer><p><a href="/imprint">Imprint</a> and <a href="/privacy">what we keep of you</a></p></footer>',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a test page holds."""

    title: str
    paragraphs: Sequence[str]
    head: str = ""  # markup
    linked: object = None  # JSON-LD
    meta: Mapping[str, str] = field(default_factory=dict)
    above: str = ""  # markup between the headline and the text
    below: str = ""
    page_title: str | None = None  # of its <title>, when not the headline
    language: str = "en"

    def markup(self) -> str:
        """The page."""
        meta = "".join(f'<meta property="{name}" content="{html.escape(told)}">' for name, told in self.meta.items())
        linked = ""
        if self.linked is not None:
            told = self.linked if isinstance(self.linked, str) else json.dumps(self.linked)
            linked = f'<script type="application/ld+json">{told}</script>'
        text = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in self.paragraphs)
        name = html.escape(self.title if self.page_title is None else self.page_title)
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}">'
            f"<head><title>{name}</title>{meta}{self.head}{linked}</head>\n"
            f"<body>{_AROUND[0]}<main><article><h1>{html.escape(self.title)}</h1>{self.above}\n{text}{self.below}"
            f"</article></main>{_AROUND[1]}</body></html>"
        )


def page(title: str, paragraphs: Sequence[str]) -> bytes:
    """A plain page in UTF-8."""
    return Page(title=title, paragraphs=paragraphs).markup().encode()


def saved(title: str, paragraphs: Sequence[str]) -> bytes:
    """Such a page with a picture, as a browser saves it in one file."""
    lines = (
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://daily.example/harbour",
        "Subject: Storm",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="----Mark--7----"',
        "",
        "",
        "------Mark--7----",
        "Content-Type: text/html; charset=utf-8",
        "Content-ID: <frame-1@mhtml.blink>",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: https://daily.example/harbour",
        "",
        quopri.encodestring(page(title, paragraphs)).decode(),
        "------Mark--7----",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://daily.example/roof.png",
        "",
        "iVBORw0KGgo=",
        "",
        "------Mark--7------",
        "",
    )
    return "\r\n".join(lines).encode()
