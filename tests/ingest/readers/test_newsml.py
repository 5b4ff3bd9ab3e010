"""What agencies send: NewsML-G2, NewsML 1 and NITF."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from ingest.article import DateSource
from ingest.errors import Reason
from ingest.readers import Address
from tests.ingest.readers.documents import newsml, nitf, paragraphs_of
from tests.ingest.readers.reading import addresses, articles, notes, outcomes, refusals, texts

TITLE = "Storm tears roofs off houses"
PARAGRAPHS = [
    "A storm tore the roofs off forty houses in the harbour on Tuesday, the mayor said.",
    "Nobody was hurt, but three families spent the night in the school hall.",
]
HTML = "http://www.w3.org/1999/xhtml"


def g2(content: str, about: str = "") -> bytes:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:a:1"><itemMeta>
    <itemClass qcode="ninat:text"/><provider qcode="nprov:CoastWire"/><versionCreated>2024-03-12T22:10:00Z
    </versionCreated><pubStatus qcode="stat:usable"/>{about}</itemMeta><contentMeta><headline>{TITLE}</headline>
    </contentMeta><contentSet>{content}</contentSet></newsItem>""".encode()


def first(components: str, status: str = "Usable") -> bytes:
    return f"""<?xml version="1.0"?><!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd"><NewsML><NewsItem><Identification>
    <NewsManagement><FirstCreated>20240312T231000+0100</FirstCreated><Status FormalName="{status}"/></NewsManagement>
    </Identification><NewsComponent xml:lang="en"><AdministrativeMetadata><Provider><Party FormalName="Coast Wire"/>
    </Provider></AdministrativeMetadata>{components}</NewsComponent></NewsItem></NewsML>""".encode()


def component(headline: str, content: str, medium: str = "Text") -> str:
    return f"""<NewsComponent><NewsLines><HeadLine>{headline}</HeadLine><ByLine>By Ada Lind</ByLine></NewsLines>
    <ContentItem><MediaType FormalName="{medium}"/><DataContent>{content}</DataContent></ContentItem></NewsComponent>"""


def test_an_item_of_newsml_g2_is_an_article() -> None:
    (article,) = articles(outcomes(newsml(TITLE, PARAGRAPHS), "a.xml"))
    assert texts(article) == [TITLE, *PARAGRAPHS]  # without what stands under the picture
    assert (article.published, article.dated_by) == (date(2024, 3, 12), DateSource.METADATA)
    assert (article.publisher, article.byline, article.language) == ("Coast Wire", "Ada Lind", "en")


def test_a_story_in_nitf_alone_is_an_article() -> None:
    (article,) = articles(outcomes(nitf(TITLE, PARAGRAPHS).encode(), "a.xml"))
    assert texts(article) == [TITLE, *PARAGRAPHS]
    assert (article.published, article.publisher) == (date(2024, 3, 12), "The Coast Gazette")
    assert article.byline == "Ada Lind"


def test_a_lead_that_stands_there_twice_is_told_once() -> None:
    twice = nitf(TITLE, PARAGRAPHS).replace("<block>", f"<block>{paragraphs_of(PARAGRAPHS[:1])}</block><block>")
    (article,) = articles(outcomes(twice.encode(), "a.nitf"))
    assert texts(article) == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize(
    "content",
    [
        f"<inlineXML contenttype='application/xhtml+xml'><html xmlns='{HTML}'><head><title>x</title></head><body>"
        f"<h1>{TITLE}</h1>{paragraphs_of(PARAGRAPHS)}</body></html></inlineXML>",
        f"<inlineXML><div xmlns='{HTML}'>{paragraphs_of(PARAGRAPHS)}</div></inlineXML>",
        "<inlineData contenttype='text/plain'>" + "\n\n".join(PARAGRAPHS) + "</inlineData>",
        f"<inlineData contenttype='text/html'><![CDATA[{paragraphs_of(PARAGRAPHS)}]]></inlineData>",
    ],
)
def test_an_item_holds_its_text_in_several_ways(content: str) -> None:
    (article,) = articles(outcomes(g2(content), "a.xml"))
    assert texts(article) == [TITLE, *PARAGRAPHS]
    assert article.publisher == "CoastWire"


def test_a_file_within_an_item_is_read_in_its_turn() -> None:
    packed = base64.b64encode("\n\n".join([TITLE, *PARAGRAPHS]).encode()).decode()
    content = f"<inlineData contenttype='text/plain' encoding='base64'>{packed}</inlineData>"
    (article,) = articles(outcomes(g2(content), "a.xml"))
    assert texts(article) == [TITLE, *PARAGRAPHS]
    assert article.path == f"a.xml!{TITLE}"


def test_a_text_elsewhere_is_an_address() -> None:
    content = "<remoteContent contenttype='text/html' href='https://coast.example/1'/>"
    found = outcomes(g2(content), "a.xml")
    assert addresses(found) == [
        Address(path="a.xml", url="https://coast.example/1", title=TITLE, published=date(2024, 3, 12))
    ]


def test_a_message_of_many_items_gives_one_article_each() -> None:
    items = [newsml(f"{TITLE} {number}", PARAGRAPHS).decode().split("?>")[1] for number in range(3)]
    picture = items[0].replace("ninat:text", "ninat:picture").replace("inlineXML", "remoteContent")
    package = "<packageItem><groupSet/></packageItem>"
    held = f"<newsMessage><itemSet>{''.join(items)}{picture}{package}</itemSet></newsMessage>"
    found = outcomes(held.encode(), "a.xml")
    assert [each.title for each in articles(found)] == [f"{TITLE} {number}" for number in range(3)]
    assert [each.reason for each in refusals(found)] == [Reason.NO_ARTICLE]
    assert "its class is picture" in str(refusals(found)[0])
    assert notes(found) == ["1 item only points to others or to what they tell of"]


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_what_its_sender_called_back_is_refused(status: str) -> None:
    g2_refusal = refusals(outcomes(newsml(TITLE, PARAGRAPHS, status=status), "a.xml"))
    first_refusal = refusals(outcomes(first(component(TITLE, "<p>Words</p>"), status.title()), "a.xml"))
    alone = nitf(TITLE, PARAGRAPHS).replace("usable", status)
    nitf_refusal = refusals(outcomes(alone.encode(), "a.xml"))
    for refusal in (*g2_refusal, *first_refusal, *nitf_refusal):
        assert refusal.reason is Reason.WITHDRAWN
        assert TITLE in str(refusal)
    assert len(g2_refusal) == len(first_refusal) == len(nitf_refusal) == 1


def test_an_embargo_is_told_and_the_article_read() -> None:
    found = outcomes(newsml(TITLE, PARAGRAPHS, more="<embargoed>2024-03-13T00:00:00Z</embargoed>"), "a.xml")
    assert len(articles(found)) == 1
    assert notes(found) == [f"'{TITLE}' is embargoed by its sender until 2024-03-13T00:00:00Z"]


def test_each_text_of_an_item_of_newsml_1_is_an_article_under_its_own_headline() -> None:
    parts = component("One", paragraphs_of(PARAGRAPHS[:1])) + component("Two", nitf("Two", PARAGRAPHS[1:]))
    found = outcomes(first(parts + component("Three", "aGk=", "Photo")), "a.xml")
    assert [texts(each) for each in articles(found)] == [["One", PARAGRAPHS[0]], ["Two", PARAGRAPHS[1]]]
    for article in articles(found):
        assert (article.published, article.publisher) == (date(2024, 3, 12), "Coast Wire")
        assert article.byline == "Ada Lind"


def test_an_item_without_a_text_is_refused_by_its_headline() -> None:
    (refusal,) = refusals(outcomes(first(component("Three", "aGk=", "Photo")), "a.xml"))
    assert (refusal.reason, "no text" in str(refusal)) == (Reason.NO_ARTICLE, True)
