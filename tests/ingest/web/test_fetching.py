"""Pages come in the order asked for, politely, within limits, and from before where they cannot be had now."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.source import Options
from ingest.web.fetching import Page, Web
from ingest.web.manners import Manners, user_agent
from tests.web_site import Asked, Reply, Site, site, this_machine

HASTY = Manners(delay=0, backoff=0.01, page_seconds=5, connect_seconds=2)
FORBIDDING = Reply(b"User-agent: *\nDisallow: /private")
OPTIONS = Options(publisher="The Press")


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


def fetched(
    folder: Path, urls: list[str], *, given: list[str] | None = None, manners: Manners = HASTY, offline: bool = False
) -> list[Page | UnreadableArticle]:
    with Web(
        folder, given=urls if given is None else given, manners=manners, offline=offline, resolve=this_machine
    ) as web:
        return [found for _, found in web.fetch(urls, OPTIONS)]


def text(page: Page | UnreadableArticle) -> str:
    assert isinstance(page, Page), page
    with page.source.open() as stream:
        return stream.read().decode()


def problem(found: Page | UnreadableArticle) -> str:
    assert isinstance(found, UnreadableArticle), found
    assert "\n" not in str(found)
    return found.problem


def test_a_page_comes_with_what_its_server_says_of_it(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = Reply("café".encode("latin-1"), headers={"Content-Type": "Text/HTML; Charset=ISO-8859-1"})
    (page,) = fetched(tmp_path, [here.url("/a")])
    assert isinstance(page, Page)
    assert page.source.name == page.source.url == page.url == here.url("/a")
    assert (page.source.media_type, page.source.charset) == ("text/html", "iso-8859-1")
    assert page.source.fetched == datetime.now(UTC).date()
    assert page.source.options == OPTIONS
    assert page.source.size == page.path.stat().st_size == 4
    assert page.instead is None
    asked = here.asked[-1].headers
    assert asked["user-agent"] == user_agent()
    assert asked["host"] == f"127.0.0.1:{here.port}"
    assert not {"cookie", "authorization", "referer"} & set(asked)


def test_pages_come_in_the_order_asked_for_and_each_once(here: Site, tmp_path: Path) -> None:
    def slow(asked: Asked) -> Reply:
        time.sleep(0.1)
        return Reply(b"slow")

    here.pages |= {"/a": slow, "/b": Reply(b"fast")}
    urls = [here.url("/a", "one.example"), here.url("/b", "two.example"), here.url("/a#part", "one.example")]
    with Web(tmp_path, given=urls, manners=HASTY, resolve=this_machine) as web:
        assert [(url, text(page)) for url, page in web.fetch(urls, OPTIONS)] == [(urls[0], "slow"), (urls[1], "fast")]


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause_and_others_meanwhile(here: Site, tmp_path: Path) -> None:
    def slow(asked: Asked) -> Reply:
        time.sleep(0.05)
        return Reply(b"page")

    hosts = [f"{name}.example" for name in ("a", "b", "c", "d", "e", "f")]
    here.pages |= {"/1": slow, "/2": slow}
    urls = [here.url(path, host) for host in hosts for path in ("/1", "/2")]
    fetched(tmp_path, urls, manners=replace(HASTY, delay=0.1, hosts=4))
    for host in hosts:
        of_host = [asked for asked in here.asked if asked.host == host]
        assert [asked.path for asked in of_host] == ["/robots.txt", "/1", "/2"]
        assert all(later.start - earlier.end >= 0.095 for earlier, later in pairwise(of_host))
    most = max(sum(other.start <= asked.start < other.end for other in here.asked) for asked in here.asked)
    assert 2 <= most <= 4


def test_robots_txt_is_read_once_and_obeyed(here: Site, tmp_path: Path) -> None:
    here.pages |= {"/robots.txt": FORBIDDING, "/private/a": Reply(b"no"), "/b": Reply(b"yes"), "/c": Reply(b"too")}
    no, *yes = fetched(tmp_path, [here.url("/private/a"), here.url("/b"), here.url("/c")])
    assert isinstance(no, UnreadableArticle)
    assert no.reason is Reason.ROBOTS
    assert [text(page) for page in yes] == ["yes", "too"]
    assert sorted(asked.path for asked in here.asked) == ["/b", "/c", "/robots.txt"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_allows_everything(here: Site, tmp_path: Path, status: int) -> None:
    here.pages |= {"/robots.txt": Reply(status=status), "/a": Reply(b"page")}
    assert text(fetched(tmp_path, [here.url("/a")])[0]) == "page"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_cannot_send_its_rules_is_left_alone_for_now(here: Site, tmp_path: Path, status: int) -> None:
    here.pages |= {"/robots.txt": Reply(status=status), "/a": Reply(b"page"), "/b": Reply(b"page")}
    for found in fetched(tmp_path, [here.url("/a"), here.url("/b")]):
        assert isinstance(found, UnreadableArticle)
        assert found.reason is Reason.NETWORK
    assert here.paths() == []


def test_the_crawl_delay_is_kept_up_to_a_cap(here: Site, tmp_path: Path) -> None:
    here.pages |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 900"), "/a": Reply(b"a"), "/b": Reply(b"b")}
    start = time.monotonic()
    fetched(tmp_path, [here.url("/a"), here.url("/b")], manners=replace(HASTY, longest_delay=0.3))
    assert 0.29 < time.monotonic() - start < 5
    assert here.asked[2].start - here.asked[1].end >= 0.29


def test_a_later_build_asks_only_for_what_has_changed(here: Site, tmp_path: Path) -> None:
    def answer(asked: Asked) -> Reply:
        same = asked.headers.get("if-none-match") == '"1"' and asked.headers.get("if-modified-since") == "then"
        return Reply(status=304) if same else Reply(b"page", headers={"ETag": '"1"', "Last-Modified": "then"})

    here.pages["/a"] = answer
    first, second = fetched(tmp_path, [here.url("/a")])[0], fetched(tmp_path, [here.url("/a")])[0]
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert text(first) == text(second) == "page"
    assert first.digest == second.digest
    assert "if-none-match" in here.asked[-1].headers
    here.pages["/a"] = Reply(b"other page")
    (third,) = fetched(tmp_path, [here.url("/a")])
    assert text(third) == "other page"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2  # what was there before is gone


def test_offline_nothing_is_asked(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = Reply(b"page")
    fetched(tmp_path, [here.url("/a")])
    asked = len(here.asked)
    page, unknown, wrong = fetched(tmp_path, [here.url("/a"), here.url("/b"), "ftp://x/"], offline=True)
    assert text(page) == "page"
    assert isinstance(unknown, UnreadableArticle)
    assert "--offline" in unknown.next_step
    assert "only http" in problem(wrong)
    assert len(here.asked) == asked


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(status=500), Reply(b""), Reply(status=302)])
def test_what_cannot_be_had_now_is_as_it_was(here: Site, tmp_path: Path, reply: Reply) -> None:
    here.pages["/a"] = Reply(b"page")
    fetched(tmp_path, [here.url("/a")])
    here.pages["/a"] = reply
    (page,) = fetched(tmp_path, [here.url("/a")])
    assert text(page) == "page"
    assert isinstance(page, Page)
    assert page.instead
    assert "is used" in page.instead.next_step
    here.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    (page,) = fetched(tmp_path, [here.url("/a")])
    assert isinstance(page, Page)
    assert page.instead
    assert page.instead.reason is Reason.ROBOTS


def test_a_damaged_cache_is_as_good_as_none(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = Reply(b"page", headers={"ETag": '"1"'})
    fetched(tmp_path, [here.url("/a")])
    for path in tmp_path.rglob("*.*"):
        if path.is_file():
            path.write_bytes(b"{")
    assert text(fetched(tmp_path, [here.url("/a")])[0]) == "page"
    assert "if-none-match" not in here.asked[-1].headers


def test_redirects_are_followed_and_the_rules_of_the_new_host_too(here: Site, tmp_path: Path) -> None:
    there = here.url("/private/b", "other.example")
    here.pages |= {
        "one.example/a": Reply(status=301, headers={"Location": "/b"}),
        "one.example/b": Reply(status=302, headers={"Location": there}),
        "/private/b": Reply(b"page"),
    }
    start = here.url("/a", "one.example")
    (page,) = fetched(tmp_path, [start], given=[start, there])
    assert isinstance(page, Page)
    assert text(page) == "page"
    assert (page.url, page.source.name, page.source.url) == (start, start, there)
    here.pages["other.example/robots.txt"] = FORBIDDING
    (found,) = fetched(tmp_path / "new", [start], given=[start, there])
    assert problem(found) == "other.example asks programs to keep out"


def test_redirects_end_somewhere(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = Reply(status=302, headers={"Location": "/a"})
    assert "more than 5 times" in problem(fetched(tmp_path, [here.url("/a")])[0])
    assert here.paths() == ["/a"] * 6


@pytest.mark.parametrize("where", ["file:///etc/passwd", "http://u:p@one.example/", "http://[", "javascript:1"])
def test_redirects_lead_to_pages_of_the_web_only(here: Site, tmp_path: Path, where: str) -> None:
    here.pages["/a"] = Reply(status=302, headers={"Location": where})
    problem(fetched(tmp_path, [here.url("/a")])[0])
    assert here.paths() == ["/a"]


def test_no_page_leads_behind_the_door_of_the_user(here: Site, tmp_path: Path) -> None:
    inside = here.url("/inside", "inner.example")
    here.pages |= {"/a": Reply(status=302, headers={"Location": inside}), "/inside": Reply(b"secret")}
    outside = here.url("/a")
    redirected, listed = fetched(tmp_path, [outside, inside], given=[outside])
    assert "not on the open web" in problem(redirected)
    assert "not on the open web" in problem(listed)
    assert {asked.host for asked in here.asked} == {"127.0.0.1"}


def test_a_name_that_means_another_machine_later_is_asked_where_it_was_checked(tmp_path: Path) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    asked: list[httpx.Request] = []

    async def changing(host: str, port: int) -> list[str]:
        return next(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(404 if request.url.path == "/robots.txt" else 200, stream=httpx.ByteStream(b"page"))

    urls = ["https://news.example/a", "https://news.example/b"]
    with Web(tmp_path, manners=HASTY, resolve=changing, transport=httpx.MockTransport(answer)) as web:
        assert [text(page) for _, page in web.fetch(urls, OPTIONS)] == ["page", "page"]
    assert {request.url.host for request in asked} == {"93.184.216.34"}
    assert {request.headers["host"] for request in asked} == {"news.example"}
    assert {request.extensions["sni_hostname"] for request in asked} == {"news.example"}


def test_https_is_not_left_for_http(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(302, headers={"Location": "http://news.example/robots.txt"})
        return httpx.Response(302, headers={"Location": "http://news.example/b"})

    async def public(host: str, port: int) -> list[str]:
        return ["93.184.216.34"]

    with Web(tmp_path, manners=HASTY, resolve=public, transport=httpx.MockTransport(answer)) as web:
        ((_, found),) = web.fetch(["https://news.example/a"], OPTIONS)
    assert problem(found) == "it leads from https to http"


def test_cookies_are_not_given_back(here: Site, tmp_path: Path) -> None:
    here.pages |= {"/a": Reply(b"a", headers={"Set-Cookie": "id=1; Path=/"}), "/b": Reply(b"b")}
    fetched(tmp_path, [here.url("/a"), here.url("/b")])
    assert not any("cookie" in asked.headers for asked in here.asked)


def test_packed_pages_are_unpacked(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = Reply(gzip.compress(b"page"), headers={"Content-Encoding": "gzip"})
    assert text(fetched(tmp_path, [here.url("/a")])[0]) == "page"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 200_000),
        Reply(stream=lambda: iter([b"x" * 50_000] * 100)),
        Reply(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["told", "untold", "packed"],
)
def test_too_long_a_page_is_refused(here: Site, tmp_path: Path, reply: Reply) -> None:
    here.pages["/a"] = reply
    (found,) = fetched(tmp_path, [here.url("/a")], manners=replace(HASTY, page_bytes=100_000))
    assert isinstance(found, UnreadableArticle)
    assert found.reason is Reason.TOO_LONG


def drip() -> Iterator[bytes]:
    while True:
        yield b"x"
        time.sleep(0.05)


def test_a_page_that_drips_is_given_up(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = Reply(stream=drip)
    start = time.monotonic()
    (found,) = fetched(tmp_path, [here.url("/a")], manners=replace(HASTY, page_seconds=0.3, tries=2))
    assert problem(found) == "not all of it came in 0.3 s"
    assert time.monotonic() - start < 3


def test_a_busy_server_is_asked_again(here: Site, tmp_path: Path) -> None:
    replies = iter([Reply(status=503, headers={"Retry-After": "1"}), Reply(status=429), Reply(b"page")])
    here.pages["/a"] = lambda _: next(replies)
    (page,) = fetched(tmp_path, [here.url("/a")])
    assert text(page) == "page"
    assert here.asked[2].start - here.asked[1].end >= 0.95


@pytest.mark.parametrize("in_words", [True, False])
def test_a_server_that_wants_to_be_left_alone_is_left_alone(here: Site, tmp_path: Path, in_words: bool) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True) if in_words else "3600"
    here.pages |= {"/a": Reply(status=429, headers={"Retry-After": later}), "/b": Reply(b"page")}
    for found in fetched(tmp_path, [here.url("/a"), here.url("/b")]):
        assert "asks to be left alone" in problem(found)
    assert here.paths() == ["/a"]


def test_a_server_that_stays_busy_is_given_up(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = Reply(status=503)
    assert problem(fetched(tmp_path, [here.url("/a")])[0]) == "its server is busy (503)"
    assert here.paths() == ["/a"] * 3


def test_hosts_that_cannot_be_reached_are_said_so_and_not_tried_for_every_page(here: Site, tmp_path: Path) -> None:
    with site() as closed:
        pass
    urls = [*(closed.url(f"/{n}") for n in range(20)), here.url("/x", "nowhere.example")]
    found = fetched(tmp_path, urls, manners=replace(HASTY, tries=1))
    assert {problem(each) for each in found[:20]} == {"127.0.0.1 cannot be reached"}
    assert problem(found[20]) == "no host nowhere.example is known"


def test_an_answer_that_breaks_off_is_none(here: Site, tmp_path: Path) -> None:
    here.pages["/a"] = Reply(b"short", headers={"Content-Length": "900", "Connection": "close"})
    (found,) = fetched(tmp_path, [here.url("/a")], manners=replace(HASTY, page_seconds=0.5, tries=1))
    problem(found)


def test_whoever_stops_half_way_does_not_wait_for_the_rest(here: Site, tmp_path: Path) -> None:
    here.pages |= {"/a": Reply(b"page"), "/b": Reply(stream=drip)}
    start = time.monotonic()
    with Web(tmp_path, given=[here.url("/")], manners=HASTY, resolve=this_machine) as web:
        pages = web.fetch([here.url("/a"), here.url("/b")], OPTIONS)
        assert text(next(pages)[1]) == "page"
        pages.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 2
