"""Cases of robots.txt, as RFC 9309 decides them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.web.robots import LONGEST, read_robots

SPLIT = "User-agent: NewsGraph\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: newsgraph\nDisallow: /c"
SITE = "https://news.example"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow: /a", "/about", False),
        ("User-agent: *\nDisallow: /a/\nAllow: /a/b", "/a/b.html", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),  # of two as long, the one that allows
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?page=1", True),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),  # one letter is not two
        ("User-agent: *\nDisallow: /*?", "/a?b=1", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: *\nDisallow: /café", "/caf%c3%a9", False),
        ("User-agent: *\nDisallow: /%61", "/a", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),  # an escaped slash is another character
        ("User-agent: *\nDisallow: /\n\nUser-agent: newsgraph\nAllow: /", "/a", True),
        ("User-agent: newsgraph/1.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", True),
        (SPLIT, "/c", False),
        (SPLIT, "/b", True),
        ("User-agent: x\nUser-agent: newsgraph\nDisallow: /a", "/a", False),
        ("User-agent: newsgraphics\nDisallow: /", "/a", True),
        ("User-agent: *\n\n# a remark\nDisallow: /a # and one more", "/a", False),
        ("\ufeffuser-agent:*\r\ndisallow:/a\r\n", "/a", False),
        ("Disallow: /a", "/a", True),  # of no group
        ("User-agent: *\nSitemap: https://news.example/s.xml\nDisallow: /a", "/a", False),
        ("<html>not found</html>", "/a", True),
    ],
)  # fmt: skip
def test_rules_decide_as_the_standard_has_it(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(rules.encode(), "newsgraph").allows(SITE + path) is allowed


def test_the_crawl_delay_is_that_of_the_group() -> None:
    rules = b"User-agent: *\nCrawl-delay: 9\n\nUser-agent: newsgraph\nCrawl-delay: 2.5\nDisallow: /a"
    assert read_robots(rules, "newsgraph").delay == 2.5
    assert read_robots(rules, "other").delay == 9
    assert read_robots(b"User-agent: *\nCrawl-delay: soon", "newsgraph").delay is None


def test_only_the_start_of_a_huge_file_counts() -> None:
    rules = b"User-agent: *\n" + b"#" * LONGEST + b"\nDisallow: /"
    assert read_robots(rules, "newsgraph").allows(SITE + "/a")


def test_a_hostile_pattern_takes_no_time() -> None:
    rules = b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"b$"
    start = time.perf_counter()
    assert read_robots(rules, "newsgraph").allows(SITE + "/" + "a" * 4000)
    assert time.perf_counter() - start < 0.5  # a regular expression would take years


@given(content=st.binary(max_size=300), path=st.text(max_size=30))
def test_nothing_crashes_the_reading_of_rules(content: bytes, path: str) -> None:
    read_robots(b"User-agent: *\nDisallow: " + content, "newsgraph").allows(SITE + "/" + path.replace("[", ""))
