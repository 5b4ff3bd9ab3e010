"""Feeds and sitemaps: whole texts as articles, the rest as addresses, nothing lost without a word."""

from __future__ import annotations

from datetime import date
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import DateSource
from ingest.errors import Reason
from ingest.readers import Address
from ingest.readers.addresses import page_address
from ingest.readers.fragments import plain
from tests.ingest.readers.documents import rss, sitemap
from tests.ingest.readers.reading import addresses, articles, notes, outcomes, refusals, texts

TITLE = "Storm tears roofs off houses"
FIRST = "A storm tore the roofs off forty houses in the harbour on Tuesday, the mayor said."
SECOND = "Nobody was hurt, but three families spent the night in the school hall."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p>"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
)


def channel(*items: str, about: str = "<title>The Coast Gazette</title>") -> bytes:
    held = "".join(f"<item>{each}</item>" for each in items)
    return f"<rss version='2.0' {SPACES}><channel>{about}{held}</channel></rss>".encode()


def atom(*entries: str, about: str = "<title>The Coast Gazette</title>") -> bytes:
    held = "".join(f"<entry>{each}</entry>" for each in entries)
    space = "xmlns='http://www.w3.org/2005/Atom' xml:lang='en-IE' xml:base='https://coast.example/'"
    return f"<feed {space}>{about}{held}</feed>".encode()


def test_an_item_with_its_whole_text_is_an_article() -> None:
    (article,) = articles(outcomes(rss(TITLE, [FIRST, SECOND]), "a.rss"))
    assert texts(article) == [TITLE, FIRST, SECOND]
    assert (article.published, article.dated_by) == (date(2024, 3, 12), DateSource.METADATA)
    assert (article.publisher, article.byline, article.language) == ("The Coast Gazette", "Ada Lind", "en")
    assert article.url == "https://coast.example/2024/storm"


def test_items_with_only_a_summary_are_addresses_and_counted_once() -> None:
    item = f"<title>{TITLE}</title><link>https://coast.example/{{}}</link><pubDate>12 Mar 2024 10:00 GMT</pubDate>"
    items = [item.format(number) + f"<description>{FIRST}</description>" for number in range(12)]
    found = outcomes(channel(*items), "a.rss")
    assert articles(found) == []
    assert addresses(found)[3] == Address(
        path="a.rss", url="https://coast.example/3", title=TITLE, published=date(2024, 3, 12)
    )
    assert notes(found) == ["12 items hold only a summary; give the feed's address to have the pages fetched"]
    assert len(found) == 13


def test_an_item_without_text_or_address_is_told() -> None:
    found = outcomes(channel("<title>One</title>", "<guid>1</guid>", f"<description>{FIRST}</description>"), "a.rss")
    assert [texts(each) for each in articles(found)] == [[FIRST]]
    (refusal,) = refusals(found)
    assert "2 items hold neither a text nor an address" in str(refusal)


@pytest.mark.parametrize(
    ("description", "is_whole"),
    [
        (STORY, False),  # two paragraphs may be a long teaser
        (f"<p>{FIRST}</p>" + f"<p>{SECOND * 8}</p>" * 2, True),
        (f"<p>{FIRST}</p>" + f"<p>{SECOND * 8}</p>" * 2 + "<p>The mayor [&hellip;]</p>", False),
        (f"<p>{FIRST}</p>" + f"<p>{SECOND * 8}</p>" * 2 + "<p>Continue reading Storm &rarr;</p>", False),
    ],
)
def test_a_description_may_be_the_whole_text(description: str, is_whole: bool) -> None:
    item = f"<title>{TITLE}</title><link>https://a.example/1</link><description>{escape(description)}</description>"
    found = outcomes(channel(item), "a.rss")
    assert len(articles(found)) == is_whole
    assert len(addresses(found)) == (not is_whole)


def test_a_content_that_breaks_off_is_a_summary() -> None:
    content = f"<content:encoded><![CDATA[<p>{FIRST}</p><p>Nobody was [...]</p>]]></content:encoded>"
    found = outcomes(channel(f"<link>https://a.example/1</link>{content}"), "a.rss")
    assert [each.url for each in addresses(found)] == ["https://a.example/1"]


def test_the_foot_of_a_blog_and_pictures_with_captions_are_no_part_of_the_text() -> None:
    foot = "<p>The post <a href='x'>Storm</a> appeared first on <a href='y'>The Coast Gazette</a>.</p>"
    figure = "<figure><img src='x'/><figcaption>The harbour.</figcaption></figure>"
    content = f"<content:encoded><![CDATA[{figure}{STORY}<script>var a = 1;</script>{foot}]]></content:encoded>"
    (article,) = articles(outcomes(channel(f"<title>{TITLE}</title>{content}"), "a.rss"))
    assert texts(article) == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize(
    "content",
    [
        f"<content type='html'>{escape(STORY)}</content>",
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{STORY}</div></content>",
        f"<content type='text'>{FIRST}\n\n{SECOND}</content>",
        f"<content type='application/xhtml+xml' mode='xml'><div xmlns='http://www.w3.org/1999/xhtml'>{STORY}</div>"
        "</content>",
    ],
)
def test_atom_holds_text_in_several_ways(content: str) -> None:
    entry = (
        "<title type='html'>Storm &amp;amp; rain</title><id>tag:1</id><link rel='self' href='/self'/>"
        "<link rel='alternate' href='2024/storm'/><author><name>Ada Lind</name></author>"
        "<author><name>Bo Ek</name></author><published>2024-03-12T23:10:00+01:00</published>"
        f"<updated>2024-03-14T00:00:00Z</updated><summary>In short.</summary>{content}"
    )
    (article,) = articles(outcomes(atom(entry), "a.atom"))
    assert texts(article) == ["Storm & rain", FIRST, SECOND]
    assert (article.published, article.byline) == (date(2024, 3, 12), "Ada Lind, Bo Ek")
    assert (article.url, article.language) == ("https://coast.example/2024/storm", "en")


def test_an_atom_entry_with_no_day_but_that_of_its_update_has_that() -> None:
    found = outcomes(atom("<link href='/a'/><updated>2024-03-14T00:00:00Z</updated>"), "a.atom")
    assert [each.published for each in addresses(found)] == [date(2024, 3, 14)]


def test_rss_1_is_read() -> None:
    content = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/" {SPACES}><channel rdf:about="u"><title>The Coast Gazette</title>
    <dc:language>en</dc:language></channel><item rdf:about="u1"><title>{TITLE}</title>
    <link>https://coast.example/1</link><dc:date>2024-03-12T10:00+01:00</dc:date><dc:creator>Ada Lind</dc:creator>
    <content:encoded>{escape(STORY)}</content:encoded></item></rdf:RDF>"""
    (article,) = articles(outcomes(content.encode(), "a.xml"))
    assert texts(article) == [TITLE, FIRST, SECOND]
    assert (article.publisher, article.published) == ("The Coast Gazette", date(2024, 3, 12))


def test_fields_of_other_vocabularies_are_not_taken_for_those_of_the_item() -> None:
    item = (
        "<media:title>A picture</media:title><media:content url='https://a.example/a.jpg'><media:title>Of it"
        f"</media:title></media:content><title>{TITLE}</title><atom:link rel='self' href='https://a.example/self'/>"
        f"<link>https://a.example/1</link><content:encoded>{escape(STORY)}</content:encoded>"
    )
    (article,) = articles(outcomes(channel(item), "a.rss"))
    assert (article.title, article.url) == (TITLE, "https://a.example/1")


def test_an_item_of_another_paper_has_that_as_its_publisher() -> None:
    item = f"<source url='https://b.example'>The Other Paper</source><description>{FIRST}</description>"
    found = outcomes(channel(item, about="<title>All papers</title>"), "a.rss")
    assert articles(found)[0].publisher == "The Other Paper"


def test_an_author_with_an_address_is_a_name() -> None:
    names = ("desk@coast.example (Ada Lind)", "desk@coast.example")
    items = [f"<author>{name}</author><description>{FIRST} {name}</description>" for name in names]
    assert [each.byline for each in articles(outcomes(channel(*items), "a.rss"))] == ["Ada Lind", None]


def test_a_feed_of_nothing_is_refused() -> None:
    (refusal,) = refusals(outcomes(channel(), "a.rss"))
    assert refusal.reason is Reason.NO_ARTICLE


def test_a_sitemap_of_news_gives_titles_and_days() -> None:
    found = outcomes(sitemap(TITLE, []), "a.xml")
    (address,) = addresses(found)
    assert address == Address(
        path="a.xml", url="https://coast.example/2024/storm", title=TITLE, published=date(2024, 3, 12)
    )
    assert notes(found) == ["it lists 1 page and holds no article; give its address to have it fetched"]


def test_the_day_of_the_last_change_is_not_one_of_publication() -> None:
    page = "<url><loc> https://a.example/1 </loc><lastmod>2024-03-14</lastmod><image:image xmlns:image='u'><image:loc>"
    content = f"<urlset>{page}https://a.example/a.jpg</image:loc></image:image></url></urlset>"
    assert addresses(outcomes(content.encode(), "a.xml")) == [Address(path="a.xml", url="https://a.example/1")]


def test_the_sitemaps_in_an_index_are_addresses() -> None:
    entries = "<sitemap><loc>https://a.example/1.xml.gz</loc></sitemap><sitemap><loc>javascript:1</loc></sitemap>"
    found = outcomes(f"<sitemapindex>{entries}</sitemapindex>".encode(), "a.xml")
    assert [each.url for each in addresses(found)] == ["https://a.example/1.xml.gz"]
    assert "1 further sitemap" in notes(found)[0]
    assert "1 entry has no address of the web" in str(refusals(found)[0])


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://a.example/b c", "https://a.example/bc"),
        ("/b", "https://base.example/b"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
        ("https://", None),
        ("mailto:a@b.example", None),
    ],
)
def test_only_addresses_of_the_web_count(address: str, found: str | None) -> None:
    assert page_address(address, "https://base.example/a") == found


@pytest.mark.parametrize(
    ("fragment", "paragraphs"),
    [
        ("One <b>bold</b> word.<br><br>Two\n words.", ["One bold word.", "Two words."]),
        ("It was late.<br>The mayor<br>left.", ["It was late.", "The mayor left."]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<ul><li>a</li><li>b</li></ul>", ["a", "b"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c"]),
        ("<p>caf&eacute; &#8217; &amp;amp;</p>", ["café ’ &amp;"]),
        ("plain &amp; text\nof two lines", ["plain & text", "of two lines"]),
        ("<p>open <i>marks", ["open marks"]),
        ("a < b and b > c", ["a < b and b > c"]),
        ("<!-- only a note -->", []),
        ("<p>***</p>", []),
        ("", []),
        ("<script>var a;</script>", []),
        ("<p>a\x00b\ud800</p>", ["ab"]),
    ],
)
def test_pieces_of_html_are_paragraphs(fragment: str, paragraphs: list[str]) -> None:
    assert plain(fragment) == paragraphs


@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", "a", " ", "\n", "&lt;", "<", "&", "<td>", "<pre>", "</div>"])))
def test_paragraphs_are_single_lines_of_words(parts: list[str]) -> None:
    for paragraph in plain("".join(parts)):
        assert paragraph == " ".join(paragraph.split())
        assert any(c.isalnum() for c in paragraph)


def test_markup_deeper_than_any_page_is_cut_and_not_followed() -> None:
    assert plain("<p>above</p>" + "<div>" * 100_000 + "below")[0] == "above"
