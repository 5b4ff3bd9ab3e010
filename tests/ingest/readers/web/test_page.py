"""Pages of the web: their text, and what they say of it."""

from __future__ import annotations

import io
import resource
import socket
import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ingest.article import Article, DateSource
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Note, Options, Outcome, Source, read
from ingest.readers.web import page
from tests.ingest.readers.pages import Page

PARAGRAPHS = (
    "A storm tore the roofs off “forty” houses beside the café in the harbour on Tuesday, the mayor said.",
    "Nobody was hurt, but three families spent the night in the school hall, where neighbours brought them soup.",
    "The council said that repairs would take at least two weeks and that the ferry would not run before Friday.",
)
TITLE = "Storm tears roofs off houses in the harbour town"
PAGE = Page(title=TITLE, paragraphs=PARAGRAPHS)
NEWS = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE}


def outcomes(content: bytes | str, **known: Any) -> list[Outcome]:
    sent = content.encode() if isinstance(content, str) else content
    return list(read(Source(name="a.html", open=lambda: io.BytesIO(sent), options=Options(languages=()), **known)))


def article(content: bytes | str | Page, **known: Any) -> Article:
    markup = content.markup() if isinstance(content, Page) else content
    (found,) = [each for each in outcomes(markup, **known) if isinstance(each, Article)]
    return found


def refusal(content: bytes | str) -> UnreadableArticle:
    (found,) = outcomes(content)
    assert isinstance(found, UnreadableArticle)
    return found


def test_the_headline_is_the_first_paragraph_and_stands_there_once() -> None:
    found = article(replace(PAGE, above=f"<h2>{TITLE.upper()}</h2>"))
    assert [found.text[start:end] for start, end in found.paragraphs] == [TITLE, *PARAGRAPHS]


def test_menus_and_footers_stay_out() -> None:
    text = article(PAGE).text
    assert "Sport" not in text
    assert "Imprint" not in text


@pytest.mark.parametrize(
    "linked",
    [
        NEWS | {"datePublished": "2025-06-03T23:50:00-05:00"},
        [{"@type": "WebSite", "name": "The Daily"}, NEWS | {"datePublished": "2025-06-03"}],
        {"@context": "x", "@graph": [{"@type": "Organization"}, NEWS | {"datePublished": "20250603"}]},
        {"@type": "WebPage", "mainEntity": NEWS | {"datePublished": "Tue, 03 Jun 2025 08:00:00 GMT"}},
        NEWS | {"@type": ["Article", "Thing"], "datePublished": "June 3, 2025"},
        {"@type": "WebPage", "datePublished": "2025-06-03"},
        "<!-- " + '{"@type": "NewsArticle", "datePublished": "2025-06-03",}' + " -->",
        '{"@type": "NewsArticle", "headline": "He said "no"", "datePublished": "2025-06-03T08:00:00Z"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;datePublished&quot;: &quot;2025-06-03&quot;}",
    ],
)
def test_json_ld_tells_the_day_in_every_shape_that_it_has(linked: object) -> None:
    found = article(replace(PAGE, linked=linked))
    assert found.published == date(2025, 6, 3)
    assert found.dated_by is DateSource.METADATA


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-06-03T10:00:00Z">',
        '<meta name="date" content="2025-06-03">',
        '<meta name="DC.date.issued" content="2025-06-03">',
        '<meta name="parsely-pub-date" content="2025-06-03T10:00:00Z">',
        '<meta name="publish-date" content="Tue Jun 03 2025 10:00:00 GMT+0000">',
        '<meta itemprop="datePublished" content="2025-06-03">',
        '<meta name="cXenseParse:recs:publishtime" content="2025-06-03T10:00:00Z">',
    ],
)
def test_other_fields_tell_the_day(head: str) -> None:
    assert article(replace(PAGE, head=head)).published == date(2025, 6, 3)


@pytest.mark.parametrize(
    "above",
    [
        '<time datetime="2025-06-03T10:00:00Z">a day ago</time>',
        '<p><span itemprop="datePublished">3 June 2025</span></p>',
        '<time class="entry-date" datetime="2025-06-03">x</time><time class="updated" datetime="2025-06-05">y</time>',
    ],
)
def test_elements_of_the_article_tell_the_day(above: str) -> None:
    assert article(replace(PAGE, above=above)).published == date(2025, 6, 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"head": '<meta property="article:modified_time" content="2025-06-03">'},
        {"head": '<meta property="og:updated_time" content="2025-06-03">'},
        {"head": '<meta name="expires" content="2025-06-03"><meta name="last-modified" content="2025-06-03">'},
        {"linked": NEWS | {"dateModified": "2025-06-03", "dateCreated": "2025-06-03"}},
        {"linked": NEWS | {"datePublished": "1970-01-01T00:00:00Z"}},
        {"linked": NEWS | {"datePublished": "03/04/2025"}},
        {"linked": NEWS | {"datePublished": "0001-01-01"}},
        {"linked": NEWS | {"datePublished": {"@value": 7}}},
        {"linked": {"@type": "Comment", "datePublished": "2025-06-03"}},
        {"below": '<aside><time datetime="2025-06-03">x</time></aside>'},
        {"above": '<time datetime="2025-06-03">x</time>', "below": '<time datetime="2025-06-04">y</time>'},
    ],
)
def test_a_day_that_is_not_surely_that_of_publication_is_left_out(changes: dict[str, Any]) -> None:
    found = article(replace(PAGE, **changes))
    assert found.published is None
    assert found.dated_by is None


def test_no_page_is_younger_than_its_fetching() -> None:
    young = replace(PAGE, linked=NEWS | {"datePublished": "2025-06-03"})
    assert article(young, fetched=date(2025, 6, 2)).published == date(2025, 6, 3)
    assert article(young, fetched=date(2025, 6, 1)).published is None


def test_json_ld_counts_for_more_than_opengraph() -> None:
    found = article(
        replace(
            PAGE,
            title="Storm",
            linked=NEWS | {"publisher": {"name": "The Daily"}, "datePublished": "2025-06-03"},
            meta={"og:title": "You will not believe it", "og:site_name": "x", "article:published_time": "2025-06-05"},
        )
    )
    assert (found.title, found.publisher, found.published) == (TITLE, "The Daily", date(2025, 6, 3))


def test_authors_are_named_wherever_they_stand() -> None:
    people = [{"@type": "Person", "name": "Ada Lind"}, {"@id": "#b"}]
    linked = {"@graph": [NEWS | {"author": people}, {"@id": "#b", "@type": "Person", "name": "Ben Okri"}]}
    assert article(replace(PAGE, linked=linked)).byline == "Ada Lind, Ben Okri"
    assert article(replace(PAGE, meta={"author": "By Ada Lind"})).byline == "Ada Lind"
    assert article(replace(PAGE, meta={"article:author": "https://social.example/ada"})).byline is None
    assert article(replace(PAGE, above="<p>By Ada Lind</p>")).byline == "Ada Lind"


@pytest.mark.parametrize(
    ("given", "site"),
    [
        (f"{TITLE} | The Daily", "The Daily"),
        (f"The Daily - {TITLE}", "The Daily"),
        (f"{TITLE} – daily.example", None),
        (f"{TITLE} » The Daily", "the daily"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_headline(given: str, site: str | None) -> None:
    meta = {"og:title": given} | ({"og:site_name": site} if site else {})
    headed = replace(PAGE, meta=meta, title="", page_title=given)
    assert article(headed, url="https://www.daily.example/news/7").title == TITLE


def test_a_headline_with_a_dash_stays_whole() -> None:
    words = "After the storm – what the harbour town lost"
    assert article(replace(PAGE, title=words, meta={"og:site_name": "The Daily"})).title == words


@pytest.mark.parametrize("wrong", ["template-7", "A programme for readers of maps"])
def test_a_title_that_nothing_on_the_page_bears_out_gives_way_to_the_one_that_readers_see(wrong: str) -> None:
    assert article(replace(PAGE, meta={"og:title": wrong}, page_title=f"{TITLE} | The Daily")).title == TITLE
    assert article(replace(PAGE, meta={"og:title": wrong}, title="News", page_title="")).title == wrong


def test_the_page_tells_its_address_and_its_language() -> None:
    markup = replace(PAGE, head='<link rel="canonical" href="/news/harbour?id=7#top">', language="pt-BR").markup()
    fetched = "https://daily.example/amp/harbour"
    (found,) = page.read(Source(name="a.html", open=lambda: io.BytesIO(markup.encode()), url=fetched))
    assert isinstance(found, Article)
    assert (found.url, found.language) == ("https://daily.example/news/harbour?id=7", "pt")
    fetched = "https://daily.example/news/8"
    for head in ('<link rel="canonical" href="javascript:alert(1)">', '<link rel="canonical" href="/">'):
        assert article(replace(PAGE, head=head), url=fetched).url == fetched


def test_a_standfirst_is_read_where_the_description_shows_which_it_is() -> None:
    standfirst = "Forty houses lost their roofs, and the ferry will not run before the end of the week."
    leading = replace(PAGE, above=f'<div class="teaser"><div>{standfirst}</div></div>')
    told = article(replace(leading, meta={"og:description": f"{standfirst[:60]}…"})).text
    assert told.split("\n\n")[1] == standfirst
    unseen = article(replace(PAGE, meta={"og:description": standfirst})).text
    assert standfirst not in unseen


def test_links_to_other_articles_are_no_paragraphs() -> None:
    linked = '<a href="/x">Ferry runs aground off the harbour in the worst gale of the year</a>'
    for below in (f"<p>Read more: {linked}</p>", f"<p>{linked}</p>"):
        assert "aground" not in article(replace(PAGE, above=below)).text
    told = f"<p>The mayor recalled that the {linked} had been repaired by the same men.</p>"
    assert "aground" in article(replace(PAGE, above=told)).text


def test_the_text_in_json_ld_is_read_where_the_page_shows_next_to_none() -> None:
    linked = NEWS | {"articleBody": "\n\n".join(PARAGRAPHS)}
    shown = replace(PAGE, paragraphs=("A storm tore the roofs off.",), linked=linked)
    assert all(paragraph in article(shown).text for paragraph in PARAGRAPHS)


def test_lines_of_one_paragraph_are_put_together() -> None:
    wrapped = PARAGRAPHS[1].replace("spent the", "spent<br>the")
    found = article(replace(PAGE, above=f"<p>{wrapped}</p>", paragraphs=PARAGRAPHS[::2]))
    assert PARAGRAPHS[1] in found.text


@pytest.mark.parametrize(
    ("encoding", "declared", "known"),
    [
        ("utf-8", "", {}),
        ("utf-8-sig", "", {}),
        ("utf-16", "", {}),
        ("utf-8", '<meta charset="iso-8859-1">', {}),
        ("utf-8", "", {"charset": "windows-1252"}),
        ("cp1252", '<meta charset="iso-8859-1">', {}),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', {}),
        ("cp1252", "", {"charset": "windows-1252"}),
        ("cp1252", '<meta charset="utf-8">', {}),
        ("cp1252", '<meta charset="rot13">', {}),
        ("cp1252", "", {}),
    ],
)
def test_letters_are_read_whatever_their_encoding(encoding: str, declared: str, known: dict[str, Any]) -> None:
    content = replace(PAGE, head=declared).markup().encode(encoding)
    assert PARAGRAPHS[0] in article(content, **known).text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "shift_jis", "gb18030", "euc-kr", "iso2022_jp"])
def test_pages_of_other_scripts_are_read_by_what_they_declare(encoding: str) -> None:
    words = {"cp1251": "Буря сорвала крыши", "koi8-r": "Буря сорвала крыши", "euc-kr": "폭풍이 지붕을 날렸다"}
    told = words.get(encoding, "嵐")
    foreign = replace(PAGE, paragraphs=(f"{told}. {PARAGRAPHS[1]}", PARAGRAPHS[2]), head=f'<meta charset="{encoding}">')
    assert told in article(foreign.markup().encode(encoding)).text


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><h1>Not found</h1><p>What you asked for is not here. <a href='/'>Home</a></p></body></html>",
        "<html><head><title>News</title></head><body></body></html>",
        "<html></html>",
        "<!DOCTYPE html>",
        "<html><body><noscript>Please enable JavaScript to read this page.</noscript></body></html>",
    ],
)
def test_a_page_without_an_article_is_refused(content: str) -> None:
    assert refusal(content).reason is Reason.NO_ARTICLE


def test_a_short_notice_that_says_it_is_an_article_is_one() -> None:
    notice = "The ferry to the islands will not run today, the harbour master said."
    assert refusal(replace(PAGE, paragraphs=(notice,)).markup()).reason is Reason.NO_ARTICLE
    assert notice in article(replace(PAGE, paragraphs=(notice,), linked=NEWS)).text


def test_letters_that_were_encoded_twice_are_put_right() -> None:
    doubled = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in PAGE.markup().encode())
    assert PARAGRAPHS[0] in article(doubled).text


def test_markup_that_lies_too_deep_is_told_of() -> None:
    found = outcomes(replace(PAGE, below="<div>" * 300 + "x").markup())
    assert [each.text for each in found if isinstance(each, Note)] == [
        "its markup lies too deep in itself, and what follows was left out"
    ]
    assert any(isinstance(each, Article) for each in found)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = (
        '<base href="http://192.0.2.1/"><link rel="stylesheet" href="http://192.0.2.1/a.css">'
        '<script src="http://192.0.2.1/a.js"></script><meta http-equiv="refresh" content="0;url=http://192.0.2.1/">'
    )
    above = (
        '<iframe src="http://192.0.2.1/"></iframe><img src="http://192.0.2.1/a.png"><xi:include href="/etc/passwd"/>'
    )
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://192.0.2.1/xhtml1.dtd">'
    assert article(doctype + replace(PAGE, head=head, above=above).markup()).title == TITLE


def test_nothing_of_another_file_comes_in() -> None:
    entity = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    found = article(entity + replace(PAGE, above="<p>Quoted: &x; and so it goes on for a while.</p>").markup())
    assert "root:" not in found.text


DEEP = 100_000
HOSTILE = {
    "nested": "<div>" * DEEP + "x" + "</div>" * DEEP,
    "nested inline": "<b><i>" * DEEP + "x",
    "tags": "<br>" * 5_000_000,
    "paragraphs": "".join(f"<p>The council said so for the {i}th time on Tuesday.</p>" for i in range(20_000)),
    "linked paragraphs": "".join(f"<p><a href=/{i}>The council said so {i}</a></p>" for i in range(24_000)),
    "articles": "".join(f"<article><p>The council said so {i}</p></article>" for i in range(24_000)),
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(DEEP)) + ">x</p>",
    "attributes behind a mark": "<p t='>' " + " ".join(f"a{i}=1" for i in range(DEEP)) + ">x</p>",
    "entities": '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + "&b;" * DEEP,
    "open scripts": "<script>" * DEEP,
    "open comments": "<!--" * DEEP,
    "marks": "<" * 2_000_000,
    "signs": "&" * 2_000_000,
    "one line": "word " * 2_000_000,
    "json": '<script type="application/ld+json">' + "[" * DEEP + "</script>",
    "json objects": '<script type="application/ld+json">' + '{"@graph":' * 2_000 + "</script>",
    "title": f"<title>{'a - ' * DEEP}</title>",
    "inlined": f'<img src="data:image/png;base64,{"A" * 10_000_000}">',
    "descriptions": "".join(f'<meta name=description content="The council said so {i} times">' for i in range(20_000)),
    "a long class": f'<div class="{"x " * 100_000}">' + "<time datetime=2025>x</time>" * 20_000,
    "headings": "<h1>The council said so</h1>" * 20_000,
    "open quotes": '<p a="' * DEEP,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_seconds_and_little_memory(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    assert outcomes(f"<html><body>{HOSTILE[name]}</body></html>")
    assert time.process_time() - start < 30  # a tenth of it here
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kB
