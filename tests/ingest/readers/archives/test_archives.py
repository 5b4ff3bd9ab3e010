"""Archives of every form give their members, under their names, and say what they passed over."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from datetime import date

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Limits, Note, Options, Outcome, Source, read
from ingest.readers.archives import tarred, warc, zipped
from ingest.readers.archives.directory import Directory
from ingest.readers.archives.tarred import Tape
from ingest.readers.limits import Budget
from ingest.readers.source import Part
from tests.ingest.readers.archives.hostile import TEXT, file, nested, of_type, tar_of, zip_of
from tests.ingest.readers.samples import warc_record

LINES = b'{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=Latin-1\r\n"


def source_of(name: str, content: bytes, *, limits: Limits | None = None, can_seek: bool = True) -> Source:
    def opened() -> io.BytesIO:
        stream = io.BytesIO(content)
        if not can_seek:
            stream.seekable = lambda: False  # type: ignore[method-assign]
            stream.seek = None  # type: ignore[method-assign,assignment]
        return stream

    return Source(name=name, open=opened, options=Options(limits=limits or Limits()))


def outcomes(name: str, content: bytes, *, limits: Limits | None = None, can_seek: bool = True) -> list[Outcome]:
    return list(read(source_of(name, content, limits=limits, can_seek=can_seek)))


def places(found: list[Outcome]) -> list[str | None]:
    return [each.path for each in found if isinstance(each, Article)]


def refusals(found: list[Outcome]) -> list[tuple[str, Reason]]:
    return [(each.path, each.reason) for each in found if isinstance(each, UnreadableArticle)]


def notes(found: list[Outcome]) -> list[str]:
    return [each.text for each in found if isinstance(each, Note)]


def pages(*records: bytes) -> list[Part]:
    return list(warc.read(source_of("a.warc", b"".join(records))))


def response(content: bytes, head: bytes = HEAD, url: str = "https://example.org/a") -> bytes:
    return warc_record("response", "application/http; msgtype=response", head + b"\r\n" + content, url=url)


def bytes_of(part: Part) -> bytes:
    assert isinstance(part, Source), part
    with part.open() as stream:
        return stream.read()


Pack = Callable[[bytes], bytes]
by_every_packing = pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])


@by_every_packing
def test_a_packed_file_is_read_under_its_name_without_the_suffix(pack: Pack) -> None:
    for suffix in (".gz", ".bz2", ".xz"):  # whatever packed it
        found = outcomes(f"news/a.jsonl{suffix}", pack(LINES))
        assert places(found) == [f"news/a.jsonl{suffix}!a.jsonl"] * 2
        assert refusals(found) == []


@by_every_packing
def test_packed_files_that_follow_each_other_are_one_also_behind_padding(pack: Pack) -> None:
    first, second = LINES.splitlines(keepends=True)
    assert len(places(outcomes("a.jsonl.gz", pack(first) + pack(b"") + pack(second) + bytes(512)))) == 2


def test_a_packed_file_without_a_telling_name_goes_by_the_one_it_keeps() -> None:
    packed = io.BytesIO()
    with gzip.GzipFile("../x/b.jsonl", "wb", fileobj=packed) as packing:
        packing.write(LINES)
    assert places(outcomes("pile.gz", packed.getvalue())) == ["pile.gz!b.jsonl"] * 2


def test_what_is_whole_of_a_packed_file_that_breaks_off_is_read() -> None:
    chance = random.Random(1)
    lines = [b'{"text": "%s"}\n' % chance.randbytes(40).hex().encode() for _ in range(9000)]
    packed = gzip.compress(b"".join(lines))
    found = outcomes("a.jsonl.gz", packed[: len(packed) // 2])
    assert 4000 < len(places(found)) < 5000
    assert refusals(found)[-1] == ("a.jsonl.gz!a.jsonl", Reason.BROKEN)


@pytest.mark.parametrize("suffix", [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_archive_of_any_form_is_read(suffix: str, form: int) -> None:
    long = "x" * 90 + "/" + "y" * 90 + ".jsonl"
    archive = tar_of(file("./a/b.txt"), file("photo.png"), file(long, LINES), file("c.md", TEXT * 3), form=form)
    pack: dict[str, Pack] = {"gz": gzip.compress, "z2": bz2.compress, "xz": lzma.compress}
    found = outcomes(f"p{suffix}", pack.get(suffix[-2:], bytes)(archive))
    assert places(found) == [f"p{suffix}!a/b.txt", f"p{suffix}!{long}", f"p{suffix}!{long}", f"p{suffix}!c.md"]
    assert notes(found) == ["files in it that are hidden or of other kinds: 1"]


names = st.text(st.characters(codec="utf-8", exclude_characters="/\\\0"), max_size=150)


@settings(deadline=None)
@given(
    members=st.lists(st.tuples(names, st.binary()), max_size=6),
    form=st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    can_seek=st.booleans(),
)
def test_tar_archives_are_read_as_others_write_them(
    members: list[tuple[str, bytes]], form: int, can_seek: bool
) -> None:
    archive = tar_of(*(file(f"a/{name}.txt", content) for name, content in members), form=form)
    source = source_of("a.tar", archive, can_seek=can_seek)
    found = [(each.name, each.open().read()) for each in tarred.members(source, Tape(source.open()))]
    assert found == [(f"a/{name}.txt", content) for name, content in members]


@settings(deadline=None)
@given(
    members=st.dictionaries(names, st.binary(), max_size=6),
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]),
    front=st.binary(max_size=40),
)
def test_zip_archives_are_read_as_others_write_them(members: dict[str, bytes], method: int, front: bytes) -> None:
    members = {f"a/{name}.txt": content for name, content in members.items()}
    stream = io.BytesIO(front + zip_of(members, method))
    found = zipped.members(Directory.of(stream), stream, Budget(Limits()))
    assert {each.name: each.open().read() for each in found} == members


def test_archives_in_archives_that_cannot_be_moved_about_in_are_read() -> None:
    inner = zip_of({"a.txt": TEXT})
    outer = gzip.compress(tar_of(file("b.zip", inner), file("c.tar", tar_of(file("d.md", TEXT * 2)))))
    assert places(outcomes("p.tgz", outer, can_seek=False)) == ["p.tgz!b.zip!a.txt", "p.tgz!c.tar!d.md"]
    stored = zip_of({"p.zip": inner}, zipfile.ZIP_STORED)
    assert places(outcomes("o.zip", stored)) == ["o.zip!p.zip!a.txt"]


def test_hidden_files_and_those_about_the_archive_are_passed_over() -> None:
    hidden = ["__MACOSX/._a.txt", ".git/a.txt", "a/.b.txt", "README.md", "x/LICENSE.txt", "style.css", "LICENSE"]
    found = outcomes("a.zip", zip_of(dict.fromkeys(hidden, TEXT) | {"a.txt": TEXT, "b/": b""}))
    assert places(found) == ["a.zip!a.txt"]
    assert notes(found) == ["files in it that are hidden or of other kinds: 7"]


def test_two_members_of_one_name_are_both_read() -> None:
    assert places(outcomes("a.tar", tar_of(file("a.txt"), file("a.txt", TEXT * 2)))) == ["a.tar!a.txt"] * 2


@pytest.mark.parametrize("name", ["caf\u00e9.txt", "\u0436\u0443\u0440\u043d\u0430\u043b.txt"])
def test_names_are_in_unicode_or_as_dos_had_them(name: str) -> None:
    assert places(outcomes("a.zip", zip_of({name: TEXT}))) == [f"a.zip!{name}"]
    dos = zip_of({"cafe.txt": TEXT}).replace(b"cafe.txt", b"caf\x82.txt")
    assert places(outcomes("a.zip", dos)) == ["a.zip!caf\u00e9.txt"]


def test_a_name_cannot_break_a_line_or_move_a_terminal() -> None:
    found = outcomes("a.zip", zip_of({"a\n\x1b[2J.txt": TEXT, "b\u202egpj.txt": TEXT * 2}))
    assert places(found) == ["a.zip!a\\x0a\\x1b[2J.txt", "a.zip!b\\x202egpj.txt"]


def test_what_is_called_so_and_is_not_is_read_as_what_it_is_with_a_note() -> None:
    found = outcomes("page.txt", zip_of({"a.txt": TEXT}))
    assert places(found) == ["page.txt!a.txt"]
    assert notes(found) == ["it was read as zip, which it is, not as text, as it is called"]


def test_a_link_does_not_keep_the_members_around_it_from_being_read() -> None:
    archive = tar_of(file("a.txt"), of_type("b.txt", tarfile.SYMTYPE, "/etc/passwd"), file("c.txt", TEXT * 2))
    found = outcomes("a.tar", archive)
    assert (places(found), refusals(found)) == (["a.tar!a.txt", "a.tar!c.txt"], [("a.tar!b.txt", Reason.LINK)])


@pytest.mark.parametrize("can_seek", [True, False])
def test_what_is_whole_of_a_tar_archive_that_breaks_off_is_read(can_seek: bool) -> None:
    archive = tar_of(file("a.txt"), file("b.txt", TEXT * 20))
    for end in range(1024, 1024 + 512 + len(TEXT) * 20):
        found = outcomes("a.tar", archive[:end], can_seek=can_seek)
        assert places(found) == ["a.tar!a.txt"]
        if end == 1024:
            assert notes(found) == ["it has no end mark: it may be cut off"]
        else:
            assert Reason.BROKEN in {reason for _, reason in refusals(found)}


def test_what_is_whole_of_a_damaged_tar_archive_is_read() -> None:
    archive = bytearray(tar_of(file("a.txt"), file("b.txt"), file("c.txt")))
    archive[1024 + 20] ^= 1
    found = outcomes("a.tar", bytes(archive))
    assert (places(found), refusals(found)) == (["a.tar!a.txt"], [("a.tar", Reason.BROKEN)])


def test_limits_hold_for_everything_in_a_source_together() -> None:
    many = zip_of({f"{number}.txt": TEXT for number in range(30)})
    found = outcomes("a.zip", zip_of({"b.zip": many, "c.txt": TEXT}), limits=Limits(archive_members=20))
    assert len(places(found)) == 19
    assert refusals(found) == [("a.zip", Reason.TOO_MANY)]
    found = outcomes("a.zip", zip_of({"b.zip": many, "c.txt": TEXT}), limits=Limits(archive_bytes=4000))
    assert refusals(found) == [("a.zip", Reason.TOO_LARGE)]
    ignored = zip_of({f"{number}.png": TEXT for number in range(30)})
    assert refusals(outcomes("a.zip", ignored, limits=Limits(archive_members=20))) == [("a.zip", Reason.TOO_MANY)]


def test_archives_lie_only_so_deep() -> None:
    assert len(places(outcomes("a.zip", nested(3, TEXT)))) == 1
    assert refusals(outcomes("a.zip", nested(4, TEXT))) == [("a.zip!2.zip!1.zip!0.zip!a.txt", Reason.TOO_DEEP)]


def test_refusals_without_end_are_counted_by_their_reason() -> None:
    archive = tar_of(*(of_type(f"{number}.txt", tarfile.SYMTYPE, "a") for number in range(30)), file("a.txt"))
    found = outcomes("a.tar", archive, limits=Limits(refusals=10))
    assert len(places(found)) == 1
    told = [each for each in found if isinstance(each, UnreadableArticle)]
    assert len(told) == 11
    assert str(told[-1]) == "a.tar: 20 more were refused for this (link); it was skipped"


def test_what_passes_no_part_still_gives_signs_of_life() -> None:
    archive = gzip.compress(tar_of(*(file(f"{number}.png", bytes(70_000)) for number in range(20))))
    signs = list[str]()
    source = source_of("a.tgz", archive)
    assert not places(list(read(source, watch=lambda part: signs.append(part.name))))
    assert signs == ["a.tgz"] * len(signs)
    assert len(signs) > 20


def test_a_page_of_a_web_archive_brings_what_its_server_said() -> None:
    (part,) = pages(response("café".encode("latin-1"), url="<https://example.org/a?b=c.png>"))
    assert isinstance(part, Source)
    assert part.name == "a.warc!https://example.org/a?b=c.png"
    assert (part.url, part.fetched) == ("https://example.org/a?b=c.png", date(2024, 5, 6))
    assert (part.media_type, part.charset) == ("text/plain", "latin-1")
    assert bytes_of(part) == "café".encode("latin-1")


def test_resources_and_conversions_are_pages_too() -> None:
    records = [warc_record(kind, "Text/Plain; charset=UTF-8", TEXT) for kind in ("resource", "conversion")]
    for part in pages(*records):
        assert isinstance(part, Source)
        assert (part.media_type, part.charset, bytes_of(part)) == ("text/plain", "utf-8", TEXT)
    assert len(pages(*records)) == 2


CHUNKED = b"5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Encoding: gzip\r\n", gzip.compress(b"hello world")),
        (b"Content-Encoding: x-gzip\r\n", gzip.compress(b"hello") + gzip.compress(b" world")),
        (b"Content-Encoding: deflate\r\n", zlib.compress(b"hello world")),
        (b"Content-Encoding: deflate\r\n", zlib.compress(b"hello world", wbits=-15)),
        (b"Content-Encoding: br\r\n", brotli.compress(b"hello world")),
        (b"Content-Encoding: br, gzip\r\n", gzip.compress(brotli.compress(b"hello world"))),
        (b"Content-Encoding: identity\r\n", b"hello world"),
        (b"Transfer-Encoding: chunked\r\n", CHUNKED),
        (b"Transfer-Encoding: chunked\r\n", b"hello world"),  # a crawler put it together
    ],
)
def test_the_wrappings_of_a_page_are_taken_off(head: bytes, body: bytes) -> None:
    (part,) = pages(response(body, HEAD + head))
    assert bytes_of(part) == b"hello world"


@pytest.mark.parametrize("packing", [b"gzip", b"deflate", b"br"])
def test_a_page_whose_wrapping_is_off_already_is_read(packing: bytes) -> None:
    (part,) = pages(response(b"<html>hello", HEAD + b"Content-Encoding: " + packing + b"\r\n"))
    assert bytes_of(part) == b"<html>hello"


@pytest.mark.parametrize(
    ("head", "body", "reason"),
    [
        (b"Content-Encoding: gzip\r\n", gzip.compress(b"hello world")[:-3], Reason.BROKEN),
        (b"Content-Encoding: br\r\n", b"\x01\x02\x03", Reason.BROKEN),
        (b"Content-Encoding: br\r\n", brotli.compress(bytes(3_000_000)), Reason.TOO_LONG),
        (b"Content-Encoding: compress\r\n", b"a", Reason.NO_READER),
        (b"Content-Encoding: gzip, gzip, gzip, gzip\r\n", b"a", Reason.TOO_DEEP),
        (b"Transfer-Encoding: chunked\r\n", CHUNKED[:9], Reason.BROKEN),
        (b"Transfer-Encoding: chunked\r\n", b"fffffffffff\r\na", Reason.BROKEN),
        (b"", bytes(3_000_000), Reason.TOO_LONG),
    ],
)
def test_a_page_that_cannot_be_unwrapped_is_refused_and_the_next_is_read(
    head: bytes, body: bytes, reason: Reason
) -> None:
    limits = Limits(file_bytes=2_000_000)
    found = outcomes("a.warc", response(body, HEAD + head) + response(TEXT), limits=limits)
    assert refusals(found) == [("a.warc!https://example.org/a", reason)]
    assert len(places(found)) == 1


def test_requests_errors_and_pictures_are_passed_over_with_one_note() -> None:
    content = b"".join(
        [
            warc_record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            warc_record("revisit", "application/http; msgtype=response", HEAD + b"\r\n"),
            warc_record("metadata", "application/warc-fields", b"a: b"),
            response(TEXT, b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n"),
            response(b"\x89PNG", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"),
            response(zip_of({"a.txt": TEXT}), b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n"),
            response(TEXT, url="https://example.org/robots.txt"),
            response(TEXT),
        ]
    )
    found = outcomes("a.warc.gz", gzip.compress(content))
    assert places(found) == ["a.warc.gz!https://example.org/a"]
    assert notes(found) == ["requests, errors, pictures and the like in it: 7"]


def test_what_is_whole_of_a_damaged_web_archive_is_read() -> None:
    found = outcomes("a.warc", response(TEXT) + b"something else\r\n" + response(TEXT * 2))
    assert (len(places(found)), refusals(found)) == (1, [("a.warc", Reason.BROKEN)])
    packed = gzip.compress(response(TEXT)) + gzip.compress(response(TEXT * 2))
    found = outcomes("a.warc.gz", packed[:-40])
    assert len(places(found)) == 1
    assert refusals(found) == [("a.warc.gz!https://example.org/a", Reason.BROKEN), ("a.warc.gz", Reason.BROKEN)]
