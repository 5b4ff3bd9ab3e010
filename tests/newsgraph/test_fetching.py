"""Addresses are inputs of a build as paths are, and feeds and sitemaps lead to more of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import Reason
from ingest.readers import KINDS, Options
from ingest.web.fetching import Web
from ingest.web.manners import Manners
from newsgraph.build import BuildOptions, NothingRead, build
from newsgraph.fetching import fetch
from newsgraph.report import BuildReport
from newsgraph.work.pool import Here
from tests.newsgraph.plain_parts import Capitals, link
from tests.web_site import Reply, Site, site

HASTY = Manners(delay=0, backoff=0.01, page_seconds=5, connect_seconds=2)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
XML = {"Content-Type": "application/xml"}
needs_feeds = pytest.mark.skipif("feed" not in {kind.name for kind in KINDS}, reason="no reader of feeds here")


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


def page(words: str) -> Reply:
    return Reply(f"Ada Meets {words}\n\nAda met {words} and 3 others in Malmo.\n".encode(), headers=PLAIN)


def feed(*urls: str) -> Reply:
    items = "".join(
        f"<item><title>Ada</title><link>{url}</link><pubDate>Mon, 06 Jul 2026 10:00:00 GMT</pubDate></item>"
        for url in urls
    )
    return Reply(f'<rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'.encode(), headers=XML)


def sitemap(*urls: str, index: bool = False) -> Reply:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{url}</loc></{inner}>" for url in urls)
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Reply(f'<?xml version="1.0"?><{outer} xmlns="{schema}">{entries}</{outer}>'.encode(), headers=XML)


def run(paths: list[str | Path], out: Path, **options: object) -> BuildReport:
    return build(paths, out, BuildOptions(**{"manners": HASTY, **options}), annotator=Capitals(), link=link)  # type: ignore[arg-type]


def urls_in(out: Path) -> list[str]:
    return sorted(article["url"] for article in json.loads((out / "graph.json").read_text())["articles"])


def test_a_page_is_an_article_and_its_address_is_kept(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = page("Bo")
    report = run([here.url("/a")], tmp_path)
    assert report.counts["articles"] == 1
    (article,) = json.loads((tmp_path / "graph.json").read_text())["articles"]
    assert article["path"] == here.url("/a")


def test_pages_and_files_are_read_together(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = page("Bo")
    (tmp_path / "b.txt").write_text("Ada met Cy.")
    report = run([here.url("/a"), tmp_path / "b.txt"], tmp_path / "out")
    assert (report.intake.files, report.counts["articles"]) == (2, 2)


def test_a_page_that_has_not_changed_is_not_read_again(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = page("Bo")
    run([here.url("/a")], tmp_path)
    again = run([here.url("/a")], tmp_path)
    assert (again.intake.read, again.intake.unchanged) == (0, 1)
    here.pages["/a"] = page("Cy")
    assert run([here.url("/a")], tmp_path).counts["articles"] == 1
    assert "Cy" in (tmp_path / "graph.json").read_text()


def test_what_cannot_be_fetched_is_told_and_ends_nothing(here: Site, tmp_path: Path) -> None:
    here.pages |= {"/a": page("Bo"), "/robots.txt": Reply(b"User-agent: *\nDisallow: /closed")}
    report = run([here.url("/a"), here.url("/none"), here.url("/closed")], tmp_path)
    assert report.counts["articles"] == 1
    assert [(each.path, each.reason) for each in report.skipped] == [
        (here.url("/closed"), Reason.ROBOTS),
        (here.url("/none"), Reason.NETWORK),
    ]
    with pytest.raises(NothingRead):
        run([here.url("/none")], tmp_path / "other")


def test_what_cannot_be_fetched_now_stays_as_it_was(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = page("Bo")
    run([here.url("/a")], tmp_path)
    here.pages["/a"] = Reply(status=500)
    report = run([here.url("/a")], tmp_path)
    assert report.counts["articles"] == 1
    assert report.skipped == ()
    assert ["is used" in str(note) for note in report.notes] == [True]
    for file in (tmp_path / "pages").rglob("*.json"):
        file.unlink()  # then the store still knows what was in it
    report = run([here.url("/a")], tmp_path)
    assert report.counts["articles"] == 1
    assert [each.reason for each in report.skipped] == [Reason.NETWORK]


def test_offline_a_build_asks_nobody(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = page("Bo")
    run([here.url("/a")], tmp_path)
    asked = len(here.asked)
    assert run([here.url("/a")], tmp_path, offline=True).counts["articles"] == 1
    assert len(here.asked) == asked


@needs_feeds
def test_a_feed_that_was_given_leads_to_its_pages_and_they_to_no_more(here: Site, tmp_path: Path) -> None:
    here.pages |= {
        "/rss": feed(here.url("/a"), here.url("/b"), here.url("/a#more"), here.url("/other")),
        "/a": page("Bo"),
        "/b": page("Cy"),
        "/other": feed(here.url("/c")),
        "/c": page("Di"),
    }
    run([here.url("/rss")], tmp_path)
    assert sorted(here.paths()) == ["/a", "/b", "/other", "/rss"]
    articles = json.loads((tmp_path / "graph.json").read_text())["articles"]
    assert sorted(article["path"] for article in articles) == [here.url("/a"), here.url("/b")]
    assert {article["published"] for article in articles} == {"2026-07-06"}  # the feed says so


@needs_feeds
def test_a_sitemap_of_sitemaps_leads_to_pages(here: Site, tmp_path: Path) -> None:
    here.pages |= {
        "/index.xml": sitemap(here.url("/news.xml"), index=True),
        "/news.xml": sitemap(here.url("/a"), here.url("/deep.xml")),
        "/deep.xml": sitemap(here.url("/b")),
        "/a": page("Bo"),
    }
    run([here.url("/index.xml")], tmp_path)
    assert sorted(here.paths()) == ["/a", "/deep.xml", "/index.xml", "/news.xml"]


@needs_feeds
def test_a_feed_in_a_file_leads_to_pages_only_when_asked_to(here: Site, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/press.rss").write_bytes(feed(here.url("/a")).body)
    (tmp_path / "in/b.txt").write_text("Ada met Cy.")
    here.pages["/a"] = page("Bo")
    assert run([tmp_path / "in"], tmp_path / "out").counts["articles"] == 1
    assert here.asked == []
    report = run([tmp_path / "in"], tmp_path / "out", follow=True)
    assert report.counts["articles"] == 1  # what a file leads to is on the open web only
    assert "not on the open web" in str(report.skipped)
    report = run([tmp_path / "in", here.url("/a")], tmp_path / "out", follow=True)
    assert report.counts["articles"] == 2


@needs_feeds
def test_only_so_many_pages_are_led_to(here: Site, tmp_path: Path) -> None:
    here.pages |= {f"/{n}": page(f"B{'abcdefghij'[n]}") for n in range(10)}
    here.pages["/rss"] = feed(*(here.url(f"/{n}") for n in range(10)))
    with Web(tmp_path, given=[here.url("/rss")], manners=replace(HASTY, most_pages=4)) as web:
        found = fetch(web, [here.url("/rss")], (), Options(), Here(), lambda *_: None)
    assert found.keys == [here.url(path) for path in ("/rss", "/0", "/1", "/2", "/3")]
    (note,) = found.remarks
    assert str(note) == (
        f"{here.url('/rss')}: 6 more pages are listed than the 4 that are fetched in one build; "
        "raise --most-pages to have them"
    )
