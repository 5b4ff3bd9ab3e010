"""XML that nothing is fetched or expanded for, that is put right where it can be, and told by its root element."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Address, Source, read
from ingest.readers.kinds import HEAD, kind_of
from ingest.readers.limits import OverLimit
from ingest.readers.root import root_name
from ingest.readers.xml import LARGEST, Document
from tests.ingest.readers.reading import addresses, notes, outcomes, refusals

LAUGHS = "".join(f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 12))
LONG = "x" * 100_000


def titles(content: bytes) -> list[str]:
    """The text of each item."""
    return ["".join(each.itertext()) for each in document(content)]


def document(content: bytes) -> Document:
    return Document(Source(name="a.xml", open=lambda: io.BytesIO(content)), "item")


class Generated(io.RawIOBase):
    """A stream of what is made while it is read."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._rest = b""
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            if (part := next(self._parts, None)) is None:
                return 0
            self._rest = part
        held, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(held)] = held
        self.given += len(held)
        return len(held)


@pytest.mark.parametrize(
    "subset",
    [
        f"<!ENTITY a0 'ha'>{LAUGHS}",
        f"<!ENTITY a11 '{LONG}'>",
        "<!ENTITY a11 SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY a11 SYSTEM 'http://127.0.0.1:9/'>",
        "<!ENTITY % more SYSTEM 'file:///etc/passwd'> %more;",
    ],
)
@pytest.mark.parametrize("use", ["<item>&a11;</item>", "<item a='&a11;'>t</item>", f"<item>{'&a11;' * 50_000}</item>"])
def test_a_document_that_declares_entities_is_refused(subset: str, use: str) -> None:
    content = f"<!DOCTYPE rss [{subset}]><rss><channel>{use}</channel></rss>".encode()
    (refusal,) = refusals(outcomes(content, "a.rss"))
    assert refusal.reason is Reason.BROKEN
    assert titles(content) == []


def test_a_document_type_is_not_looked_up() -> None:
    content = b"<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/rss.dtd'><rss><item>caf&eacute;&nbsp;au lait</item></rss>"
    assert titles(content) == ["café\xa0au lait"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<item>fish & chips, AT&T, ?a=1&b=2&copy2=3</item>", "fish & chips, AT&T, ?a=1&b=2&copy2=3"),
        ("<item>a&#8217;b&#xD800;c&#11;d</item>", "a’b\ufffdcd"),
        ("<item><![CDATA[?a=1&b=2 &lt;p&gt; &eacute;]]> &lt;</item>", "?a=1&b=2 &lt;p&gt; é <"),
        ("<item>a\x0bb\x00c</item>", "abc"),
        ("\n\n <?xml version='1.0'?><item>a</item>", "a"),
        ("<item><dc:creator>Ada</dc:creator></item>", "Ada"),
    ],
)
def test_what_is_often_wrong_is_put_right(content: str, text: str) -> None:
    held = document(content.encode())
    assert ["".join(each.itertext()) for each in held] == [text]
    assert list(held.problems()) == []


@given(lead=st.integers(0, 80))
def test_marks_that_lie_across_two_reads_are_put_right_too(lead: int) -> None:
    filler = "x" * (65_536 - 80 + lead)
    text = f"<item>{filler}a & b &eacute;<![CDATA[&b=2]]>&c=3 &lt;</item>"
    assert titles(text.encode()) == [f"{filler}a & b é&b=2&c=3 <"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "iso-8859-1"), ("cp1252", "windows-1252"),
     ("koi8-r", "koi8-r"), ("gb18030", "gb18030"), ("shift_jis", "shift_jis"), ("utf-8", "utf-16"), ("utf-8", "hex"),
     ("utf-8", "no-such-thing")],
)  # fmt: skip
def test_a_document_is_read_in_the_encoding_that_it_declares(encoding: str, declared: str) -> None:
    text = {"koi8-r": "Новости", "gb18030": "新闻", "shift_jis": "新聞"}.get(encoding, "“café”")
    content = f"<?xml version='1.0' encoding='{declared}'?><rss><item>{text}</item></rss>".encode(encoding)
    assert titles(content) == [text]
    assert root_name(content) == "rss"


def test_bytes_that_are_not_in_the_declared_encoding_are_told() -> None:
    content = "<?xml version='1.0' encoding='utf-8'?><rss><item><link>http://a.example/</link><title>“café”</title>"
    found = outcomes(f"{content}</item></rss>".encode("cp1252"), "a.rss")
    assert [each.title for each in addresses(found)] == ["“café”"]
    assert "3 bytes are not UTF-8" in " ".join(notes(found))


def test_what_stands_before_a_missing_end_is_read_and_the_cut_one_is_not() -> None:
    held = document(b"<rss><item>whole</item><item>cu")
    assert ["".join(each.itertext()) for each in held] == ["whole"]
    (problem,) = held.problems()
    assert str(problem) == "a.xml: its end is missing; what could be read of it was read"


def test_broken_marks_are_told_and_the_rest_is_read() -> None:
    held = document(b"<rss><item><title>one</titel></item><item>two</item></rss>")
    assert ["".join(each.itertext()) for each in held] == ["one", "two"]
    assert "a.xml, line 1: broken XML" in str(next(held.problems()))


@pytest.mark.parametrize("part", [b"<a/>" * 1000, b"word " * 1000, b"<!-- " * 1000, b"<a>" * 100])
def test_an_element_without_end_is_refused(part: bytes) -> None:
    def parts() -> Iterator[bytes]:
        yield b"<rss><channel><item>"
        while True:
            yield part

    stream = Generated(parts())
    source = Source(name="a.rss", open=lambda: io.BufferedReader(stream))
    found = list(read(source))
    assert refusals(found)
    assert stream.given < LARGEST + 1_000_000


def test_elements_are_let_go_of_as_they_are_read() -> None:
    items = 3 * LARGEST // 1000
    content = (b"<rss><channel><title>t</title>", *[b"<junk/><item>%s</item>" % (b"x" * 1000)] * items)
    held = Document(
        Source(name="a", open=lambda: io.BufferedReader(Generated([*content, b"</channel></rss>"]))), "item"
    )
    widths = [len(each.getparent()) for each in held]
    assert len(widths) == items
    assert max(widths) < 200  # what one read of the file holds
    assert held.is_sound


def test_a_feed_is_read_as_it_comes() -> None:
    def parts() -> Iterator[bytes]:
        yield b"<rss><channel>"
        for number in range(50_000):
            yield b"<item><title>Item %d</title><link>http://a.example/%d</link></item>" % (number, number)
        yield b"</channel></rss>"

    streams: list[Generated] = []

    def opened() -> io.BufferedReader:
        streams.append(Generated(parts()))
        return io.BufferedReader(streams[-1])

    found = read(Source(name="a.rss", open=opened))
    assert isinstance(next(found), Address)
    assert streams[-1].given < 300_000  # of three million
    assert sum(isinstance(each, Address) for each in found) == 50_000 - 1


def test_over_limit_passes_to_whoever_reads() -> None:
    with pytest.raises(OverLimit):
        titles(b"<rss><item>" + b"a " * LARGEST)


@pytest.mark.parametrize(
    ("head", "root"),
    [
        ("<rss version='2.0'>", "rss"),
        ("\ufeff<?xml version='1.0'?>\n<!-- a > b --><?x y?>\n<rdf:RDF xmlns='u'>", "RDF"),
        ("<!DOCTYPE nitf SYSTEM 'nitf.dtd' [<!ELEMENT a (b)> <!-- ] -->]><nitf>", "nitf"),
        (f"<!DOCTYPE NewsML [{'<!ELEMENT a (b)>' * 1000}", "NewsML"),
        ("<urlset/>", "urlset"),
        ("<feed", None),
        ("no marks", None),
        ("", None),
        ("<1>", None),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_root_element_is_told_from_the_head(head: str, root: str | None, encoding: str) -> None:
    marked = head if encoding == "utf-8" else "\ufeff" + head.removeprefix("\ufeff")
    assert root_name(marked.encode(encoding)[:HEAD]) == root


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.xml", b"<rss>", "feed"),
        ("a.xml", b"<urlset >", "sitemap"),
        ("a.xml", b"<newsItem >", "newsml"),
        ("a.rss", b"<urlset >", "sitemap"),
        ("feed", b"<feed xmlns='u'>", "feed"),
        ("a.rss", b"broken", "feed"),
        ("a.xml", b"<plist >", None),
        ("a.xml", b"broken", None),
    ],
)
def test_where_kinds_share_a_suffix_the_root_element_decides(name: str, head: bytes, kind: str | None) -> None:
    found = kind_of(name, None, head)
    assert (found.name if found else None) == kind


def test_a_refusal_names_the_root_element_that_nothing_reads() -> None:
    (refusal,) = refusals(outcomes(b"<?xml version='1.0'?><plist version='1'/>", "a.xml"))
    assert "<plist>" in str(refusal)
    assert refusal.reason is Reason.NO_READER


@given(st.binary(max_size=300))
def test_no_head_breaks_what_tells_the_root(head: bytes) -> None:
    root_name(b"<" + head)
    root_name(b"<!DOCTYPE" + head)


def test_tags_that_begin_and_do_not_end_are_given_up_at_once() -> None:
    endless = b"<a><item>one</item>" + b"<b c d in " * 200_000
    made = document(endless)
    start = time.process_time()
    assert titles(endless) == ["one"]
    list(made)
    assert time.process_time() - start < 5
    assert [each.reason for each in made.problems() if isinstance(each, UnreadableArticle)] == [Reason.BROKEN]


@pytest.mark.parametrize("charset", ["u\0f-8", "no such thing", "hex", ""])
def test_a_sender_may_name_an_encoding_that_there_is_not(charset: str) -> None:
    content = "<a><item>Café</item></a>".encode()
    source = Source(name="a.xml", open=lambda: io.BytesIO(content), charset=charset)
    assert ["".join(each.itertext()) for each in Document(source, "item")] == ["Café"]
