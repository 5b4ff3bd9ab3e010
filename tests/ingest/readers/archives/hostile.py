"""Archives that nobody would make by accident, each small, made here byte by byte, and files that are merely broken."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from ingest.errors import Reason
from ingest.readers import KINDS
from tests.ingest.readers.samples import LISTS, SAMPLES, warc_record

TEXT = b"A storm tore the roofs off forty houses in the harbour on Tuesday, the mayor of the town said.\n"
BOMB = 30_000_000  # bytes that come out of each


def zip_of(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return packed.getvalue()


def tar_of(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.GNU_FORMAT) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def of_type(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member, b""


def file(name: str, content: bytes = TEXT) -> tuple[tarfile.TarInfo, bytes]:
    return tarfile.TarInfo(name), content


def header(name: bytes, size: bytes, kind: bytes = b"0", more: bytes = b"") -> bytes:
    """The header of a tar member, with its size as given."""
    block = bytearray(512)
    block[: len(name)] = name
    block[124 : 124 + len(size)] = size
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[257:265] = b"ustar  \0"
    block[345 : 345 + len(more)] = more
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def changed(archive: bytes, entry: Callable[[bytearray, int, int], None]) -> bytes:
    """A zip archive of one member with its two headers changed: given their places, of the list's first."""
    content = bytearray(archive)
    entry(content, content.rindex(b"PK\x01\x02"), content.index(b"PK\x03\x04"))
    return bytes(content)


def encrypted(content: bytearray, listed: int, local: int) -> None:
    content[listed + 8] |= 1
    content[local + 6] |= 1


def linked(content: bytearray, listed: int, local: int) -> None:
    content[listed + 5] = 3  # made on Unix
    struct.pack_into("<I", content, listed + 38, 0o120777 << 16)


def of_unknown_method(content: bytearray, listed: int, local: int) -> None:
    struct.pack_into("<H", content, listed + 10, 99)


def of_wrong_checksum(content: bytearray, listed: int, local: int) -> None:
    struct.pack_into("<I", content, listed + 16, 12345)


def shorter_than_it_says(content: bytearray, listed: int, local: int) -> None:
    struct.pack_into("<I", content, listed + 24, 10**9)


def longer_than_it_says(content: bytearray, listed: int, local: int) -> None:
    struct.pack_into("<I", content, listed + 24, 7)


def elsewhere(content: bytearray, listed: int, local: int) -> None:
    struct.pack_into("<I", content, listed + 42, 2**31)


def with_nul(content: bytearray, listed: int, local: int) -> None:
    content[listed + 46 + 1] = 0


def of_wide_size(size: int) -> bytes:
    """A zip64 archive whose list says that its one member has so many bytes."""
    archive = zip_of({"a.txt": TEXT})
    listed, end = archive.rindex(b"PK\x01\x02"), archive.rindex(b"PK\x05\x06")
    entry = bytearray(archive[listed:end])
    struct.pack_into("<I", entry, 24, 0xFFFFFFFF)
    struct.pack_into("<H", entry, 30, 12)
    entry += struct.pack("<HHQ", 1, 8, size)
    ending = bytearray(archive[end:])
    struct.pack_into("<I", ending, 12, len(entry))
    return archive[:listed] + bytes(entry) + bytes(ending)


def overlapping(count: int = 200) -> bytes:
    """Many entries of a list, all of them of the same packed bytes."""
    archive = zip_of({"a.txt": b"a" * 1_000_000})
    listed, end = archive.rindex(b"PK\x01\x02"), archive.rindex(b"PK\x05\x06")
    entry = archive[listed:end]
    ending = bytearray(archive[end:])
    struct.pack_into("<HHI", ending, 8, count, count, count * len(entry))
    return archive[:listed] + entry * count + bytes(ending)


def nested(levels: int, content: bytes) -> bytes:
    name = "a.txt"
    for level in range(levels):
        content, name = zip_of({name: content}), f"{level}.zip"
    return content


def packed_page(packing: str, content: bytes) -> bytes:
    """A web archive of one page."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: {packing}\r\n\r\n".encode()
    return warc_record("response", "application/http", head + content)


@cache
def hostile() -> dict[str, tuple[bytes, Reason]]:
    """Archives by their names, with the reason for which each is refused, or what is in it."""
    zeros, one = bytes(BOMB), zip_of({"a.txt": TEXT})
    gzip_bomb = gzip.compress(zeros)
    long_name = b"30 path=" + b"a" * 20 + b"\n"
    return {
        "bomb.txt.gz": (gzip_bomb, Reason.TOO_LARGE),
        "bomb.jsonl.bz2": (bz2.compress(zeros), Reason.TOO_LARGE),
        "bomb.md.xz": (lzma.compress(zeros), Reason.TOO_LARGE),
        "bomb.zip": (zip_of({"a.txt": zeros}), Reason.TOO_LARGE),
        "bomb-bzip2.zip": (zip_of({"a.txt": zeros}, zipfile.ZIP_BZIP2), Reason.TOO_LARGE),
        "bomb.tar.gz": (gzip.compress(tar_of(file("a.txt", zeros))), Reason.TOO_LARGE),
        "bomb-passed-over.tgz": (gzip.compress(tar_of(file("a.png", zeros), file("b.txt"))), Reason.TOO_LARGE),
        "bomb-of-members.txt.gz": (gzip.compress(bytes(1_000_000)) * 40, Reason.TOO_LARGE),
        "bomb-page.warc": (packed_page("gzip", gzip_bomb), Reason.TOO_LARGE),
        "bomb-packed-twice.warc": (packed_page("gzip, gzip", gzip.compress(gzip_bomb)), Reason.TOO_LARGE),
        "bomb-in-archives.zip": (nested(3, zeros), Reason.TOO_LARGE),
        "many-levels.zip": (nested(40, zeros), Reason.TOO_DEEP),
        "overlapping.zip": (overlapping(), Reason.BROKEN),
        "up.zip": (zip_of({"../../etc/a.txt": TEXT}), Reason.UNSAFE_PATH),
        "up-by-backslashes.zip": (zip_of({"..\\..\\a.txt": TEXT}), Reason.UNSAFE_PATH),
        "drive.zip": (zip_of({"C:\\a.txt": TEXT}), Reason.UNSAFE_PATH),
        "nul.zip": (changed(one, with_nul), Reason.UNSAFE_PATH),
        "absolute.tar": (tar_of(file("/etc/a.txt")), Reason.UNSAFE_PATH),
        "up-by-long-name.tar": (tar_of(file("../" * 60 + "a.txt")), Reason.UNSAFE_PATH),
        "up-by-pax.tar": (tar_of(file("../" * 60 + "ä.txt"), form=tarfile.PAX_FORMAT), Reason.UNSAFE_PATH),
        "link.zip": (changed(one, linked), Reason.LINK),
        "link.tar": (tar_of(of_type("a.txt", tarfile.SYMTYPE, "/etc/passwd")), Reason.LINK),
        "hard-link.tar": (tar_of(of_type("a.txt", tarfile.LNKTYPE, "b.txt")), Reason.LINK),
        "device.tar": (tar_of(of_type("a.txt", tarfile.CHRTYPE)), Reason.LINK),
        "pipe.tar": (tar_of(of_type("a.txt", tarfile.FIFOTYPE)), Reason.LINK),
        "sparse.tar": (header(b"a.txt", b"%011o\0" % 512, b"S") + bytes(1536), Reason.NO_READER),
        "less-than-nothing.tar": (header(b"a.txt", b"\xff" * 12) + TEXT, Reason.BROKEN),
        "larger-than-any.tar": (header(b"a.txt", b"\x80" + b"\x7f" * 11) + TEXT, Reason.BROKEN),
        "less-by-pax.tar": (header(b"x", b"%011o\0" % 12, b"x") + b"12 size=-99\n" + bytes(500), Reason.BROKEN),
        "large-header.tar.gz": (
            gzip.compress(header(b"x", b"%011o\0" % BOMB, b"x") + long_name * (BOMB // len(long_name))),
            Reason.BROKEN,
        ),
        "encrypted.zip": (changed(one, encrypted), Reason.ENCRYPTED),
        "unknown-method.zip": (changed(one, of_unknown_method), Reason.NO_READER),
        "checksum.zip": (changed(one, of_wrong_checksum), Reason.BROKEN),
        "shorter.zip": (changed(one, shorter_than_it_says), Reason.BROKEN),
        "longer.zip": (changed(one, longer_than_it_says), Reason.BROKEN),
        "elsewhere.zip": (changed(one, elsewhere), Reason.BROKEN),
        "wide-lie.zip": (of_wide_size(2**63), Reason.BROKEN),
        "piece.zip": (one[:-18] + b"\x01\0\x01\0" + one[-14:], Reason.BROKEN),
        "cut.zip": (one[:-30], Reason.BROKEN),
        "cut.txt.gz": (gzip.compress(TEXT)[:-9], Reason.BROKEN),
        "checksum.txt.gz": (gzip.compress(TEXT)[:-8] + struct.pack("<II", zlib.crc32(b"a"), len(TEXT)), Reason.BROKEN),
        "followed.txt.gz": (gzip.compress(TEXT) + b"something else", Reason.BROKEN),
        "cut.warc": (packed_page("identity", TEXT)[:-20], Reason.BROKEN),
        "cut-page.warc": (packed_page("gzip", gzip.compress(TEXT)[:-20]), Reason.BROKEN),
        "office.zip": (zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": TEXT}), Reason.NO_READER),
        "empty.zip": (zip_of({}), Reason.EMPTY),
    }


def broken(count: int) -> dict[str, bytes]:
    """Files of every kind, none of which holds what its name says."""
    suffixes = [suffix for kind in KINDS for suffix in kind.suffixes]
    chance = random.Random(1)
    contents = [b"", chance.randbytes(3000), bytes(700)]
    every = [(suffix, content) for content in contents for suffix in suffixes]
    chance.shuffle(every)
    return {f"{number:02}{suffix}": content for number, (suffix, content) in enumerate((every * count)[:count])}


def good(count: int) -> dict[str, bytes]:
    """Files of every kind in turn, with one article each, no two the same."""
    found = {}
    kinds = [kind for kind in KINDS if kind.name not in LISTS]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        title = f"Storm number {number} tears roofs off houses in the harbour town"
        paragraphs = [
            f"A storm tore the roofs off {number} houses beside the harbour on Tuesday, the mayor of the town said.",
            "Nobody was hurt, but three families spent the night in the school hall, where others brought them soup.",
            "The council said that repairs would take two weeks and that the ferry would not run before Friday.",
        ]
        found[f"{number:03}{kind.suffixes[0]}"] = SAMPLES[kind.name](title, paragraphs)
    return found


def pile() -> bytes:
    """All of them in one archive."""
    members = {f"good/{name}": content for name, content in good(100).items()}
    members |= {f"hostile/{name}": content for name, (content, _) in hostile().items()}
    members |= {f"broken/{name}": content for name, content in broken(40).items()}
    return zip_of(members)
