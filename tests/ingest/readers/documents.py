"""Feeds, agency files, mails and printed pages, written by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def paragraphs_of(paragraphs: Sequence[str]) -> str:
    """Paragraphs as HTML."""
    return "".join(f"<p>{escape(each)}</p>" for each in paragraphs)


def rss(title: str, paragraphs: Sequence[str]) -> bytes:
    """A feed of one item with its whole text."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Coast Gazette</title><link>https://coast.example/</link><language>en-gb</language>
<item><title>{escape(title)}</title><link>https://coast.example/2024/storm</link>
<pubDate>Tue, 12 Mar 2024 23:10:00 +0100</pubDate><dc:creator>Ada Lind</dc:creator>
<description>In short.</description>
<content:encoded><![CDATA[{paragraphs_of(paragraphs)}]]></content:encoded></item>
</channel></rss>""".encode()


def sitemap(title: str, paragraphs: Sequence[str]) -> bytes:
    """A sitemap of news with one page; it holds no paragraphs."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="{NEWS}">
<url><loc>https://coast.example/2024/storm</loc><lastmod>2024-03-14</lastmod><news:news>
<news:publication><news:name>The Coast Gazette</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-03-12T23:10:00+01:00</news:publication_date><news:title>{escape(title)}</news:title>
</news:news></url></urlset>""".encode()


def nitf(title: str, paragraphs: Sequence[str]) -> str:
    """A story without an XML declaration."""
    return f"""<nitf><head><title>slug-storm</title><docdata management-status="usable">
<date.issue norm="20240312T231000+0100"/></docdata><pubdata name="The Coast Gazette"/></head>
<body><body.head><hedline><hl1>{escape(title)}</hl1></hedline><byline>By <person>Ada Lind</person></byline></body.head>
<body.content><media media-type="image"><media-caption>The harbour.</media-caption></media>
<block>{paragraphs_of(paragraphs)}</block></body.content></body></nitf>"""


def newsml(title: str, paragraphs: Sequence[str], *, status: str = "usable", more: str = "") -> bytes:
    """An item of NewsML-G2 with a story in NITF."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:coast.example:20240312:1" xml:lang="en-GB">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Coast Wire"/>
<versionCreated>2024-03-13T08:00:00Z</versionCreated><firstCreated>2024-03-12T22:10:00Z</firstCreated>
<pubStatus qcode="stat:{status}"/>{more}</itemMeta>
<contentMeta><headline>{escape(title)}</headline><by>By Ada Lind</by><language tag="en"/></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml">{nitf(title, paragraphs)}</inlineXML></contentSet>
</newsItem>""".encode()


def mail(title: str, paragraphs: Sequence[str]) -> bytes:
    """A mail of one plain part, broken at 72 columns."""
    message = EmailMessage()
    message["Subject"] = title
    message["From"] = '"The Coast Gazette" <desk@coast.example>'
    message["Date"] = "Tue, 12 Mar 2024 23:10:00 +0100"
    message.set_content("\n\n".join(textwrap.fill(each, 72) for each in paragraphs) + "\n\n-- \nThe desk\n")
    return bytes(message)


def printed(title: str, paragraphs: Sequence[str]) -> bytes:
    """A PDF of one page."""
    lines: list[tuple[float, float, float, str]] = [(60, 740, 20, each) for each in textwrap.wrap(title, 40)]
    lines = [(x, y - 24 * place, size, text) for place, (x, y, size, text) in enumerate(lines)]
    y = lines[-1][1] - 30 if lines else 700
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, 60):
            lines.append((60, y, 10, line))
            y -= 12
        y -= 10
    return pdf([lines])


def pdf(pages: Sequence[Sequence[tuple[float, float, float, str]]], title: str = "", trailer: str = "") -> bytes:
    """A PDF with lines of text at x, y, in a size; Windows-1252 letters of Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for place, lines in enumerate(pages):
        content = b"\n".join(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (size, x, y, _quoted(text)) for x, y, size, text in lines
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (5 + 2 * place)
        )
        objects.append(stream(content))
    objects.append(b"<< /Title (%s) /CreationDate (D:20200101000000Z) >>" % _quoted(title))
    return assembled(objects, f"/Info {len(objects)} 0 R {trailer}")


def stream(content: bytes, entries: str = "") -> bytes:
    """The body of a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries.encode(), content)


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF of objects numbered from 1, the first its catalogue."""
    file = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer.encode(), len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end


def _quoted(text: str) -> bytes:
    return text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
