"""What is an address of a page, and which machines may be asked for one."""

from __future__ import annotations

import pytest

from ingest.web.guard import Guard, Refused, is_public, parsed, usual


@pytest.mark.parametrize(
    ("given", "usual_form"),
    [
        ("HTTP://News.Example", "http://news.example/"),
        ("https://news.example:443/a#part", "https://news.example/a"),
        (" https://news.example/a b?c=d ", "https://news.example/a%20b?c=d"),
        ("https://news.example?x=1", "https://news.example/?x=1"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
    ],
)
def test_addresses_have_one_usual_form(given: str, usual_form: str) -> None:
    assert usual(given) == usual_form
    assert usual(usual_form) == usual_form


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://news.example/a", "//news.example/a", "news.example", "http://", "http:///a", "",
     "javascript:alert(1)", "http://a:b@news.example/", "http://news.example:99999/", "http://[::1", "http://a\x00b/",
     "http://news.example/" + "a" * 5000],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        parsed(address)
    assert usual(address) == address


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:93.184.216.34", True), ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True), ("2002:7f00:1::", False), ("localhost", False), ("", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_open_web_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_host_that_the_user_named_may_be_anywhere() -> None:
    guard = Guard([parsed("http://localhost:8000/feed"), parsed("http://press.intranet/")])
    assert guard.admitted(parsed("http://localhost:8000/other"), ["127.0.0.1"]) == ["127.0.0.1"]
    assert guard.admitted(parsed("https://press.intranet/a"), ["10.0.0.1"]) == ["10.0.0.1"]
    for other in (
        "http://localhost:6379/",
        "http://localhost/",
        "http://127.0.0.1:8000/",
        "http://press.intranet:8080/",
    ):
        with pytest.raises(Refused, match="not on the open web"):
            guard.admitted(parsed(other), ["127.0.0.1"])


def test_of_several_addresses_only_public_ones_are_asked() -> None:
    url = parsed("https://news.example/")
    assert Guard([]).admitted(url, ["10.0.0.1", "93.184.216.34"]) == ["93.184.216.34"]
