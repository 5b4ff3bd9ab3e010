"""Files in old and odd encodings are read as they were meant, and what nobody can tell is refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Note, Options, Source, read
from ingest.readers.doubled import repair
from ingest.readers.encoding import NotText, decode, wide

ENGLISH = "A storm tore roofs off “forty” houses at the café on Tuesday — don’t go, the mayor’s office said.\n"
FRENCH = "L’été dernier, « la tempête » a arraché les toits — dit le maire d’Élancourt, où ça gèle déjà.\n"
POLISH = "Burza zerwała dachy z czterdziestu domów w mieście portowym; żółć gęślą jaźń, powiedział burmistrz.\n"
RUSSIAN = "Сильный шторм сорвал крыши с сорока домов в портовом городе во вторник вечером, сообщил мэр.\n"
GREEK = "Μια καταιγίδα ξήλωσε τις στέγες σαράντα σπιτιών στη λιμενική πόλη το βράδυ της Τρίτης, είπε ο δήμαρχος.\n"
JAPANESE = "火曜日の夜、港町で嵐が四十軒の家の屋根を吹き飛ばしたと市長が述べた。二人が切り傷で手当てを受けた。\n"
CHINESE = "星期二晚上，一场风暴掀翻了港口小镇四十座房屋的屋顶，市长说。两人因割伤接受治疗，渡轮在周末前不会开航。\n"


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, ENGLISH * 200], ids=["english", "russian", "long"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32", "utf-16", "utf-8"])
def test_every_unicode_encoding_is_told_with_a_mark_or_without(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == (text, None)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ENGLISH, "cp1252", "Windows-1252"),
        (FRENCH, "cp1252", "Windows-1252"),
        (ENGLISH, "mac_roman", "Mac OS Roman"),
        (FRENCH, "mac_roman", "Mac OS Roman"),
        (POLISH, "cp1250", "Windows-1250"),
        (POLISH, "iso8859-2", "ISO 8859-2"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (RUSSIAN, "cp866", "DOS 866"),
        (GREEK, "cp1253", "Windows-1253"),
        (JAPANESE, "shift_jis", "Shift JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (CHINESE, "gb18030", "GB 18030"),
        (CHINESE, "big5", "Big5"),
    ],
)
def test_older_encodings_are_told_by_what_they_would_say(text: str, encoding: str, name: str) -> None:
    kept = text.encode(encoding, "ignore")
    assert decode(kept) == (kept.decode(encoding), f"not UTF-8; it was read as {name}")


def test_what_the_sender_says_counts_where_it_can_be_true() -> None:
    assert decode(RUSSIAN.encode("iso8859-5"), "iso-8859-5") == (RUSSIAN, None)
    assert decode(ENGLISH.encode("cp1252"), "ISO-8859-1") == (ENGLISH, None)  # as browsers take it
    assert decode(ENGLISH.encode(), "iso-8859-5") == (ENGLISH, None)
    assert decode(ENGLISH.encode("cp1252"), "no-such-charset")[0] == ENGLISH
    for charset in ("hex", "rot13", "utf-7", "idna", "unicode_escape", "utf-16\0"):
        assert decode(ENGLISH.encode("cp1252"), charset)[0] == ENGLISH


def test_a_text_in_another_script_is_refused_for_its_language_not_its_encoding() -> None:
    source = Source(name="a.txt", open=lambda: BytesIO((RUSSIAN * 3).encode("koi8-r")))
    note, refusal = read(source)
    assert isinstance(note, Note)
    assert isinstance(refusal, UnreadableArticle)
    assert (refusal.reason, refusal.language) == (Reason.LANGUAGE, "ru")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        bytes(range(256)) * 9,
        b"\xff\xfe\0",
        b"\0" * 500,
        b"\xd4\xc5" * 9,
        b"\0a" * 3,
    ],
)
def test_bytes_that_nobody_can_tell_are_refused(content: bytes) -> None:
    with pytest.raises(NotText):
        decode(content)


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_decoder(content: bytes) -> None:
    try:
        text, _ = decode(content, "koi8-r")
    except NotText:
        return
    text.encode()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32", "utf-32-be"])
def test_json_lines_in_wide_characters_keep_their_lines(encoding: str) -> None:
    content = '{"id": "a", "text": "One café."}\n{"id": "b", "text": "Two."}\n'.encode(encoding)
    found = list(read(Source(name="a.jsonl", open=lambda: BytesIO(content))))
    assert [(each.id, each.text) for each in found if isinstance(each, Article)] == [("a", "One café."), ("b", "Two.")]


def test_the_start_tells_as_much_as_the_whole() -> None:
    content = (ENGLISH * 500).encode("utf-16-le")
    assert wide(content[:4096]) == wide(content) == "utf-16-le"


def doubled(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    "text", [ENGLISH, FRENCH, POLISH, RUSSIAN, GREEK, JAPANESE, "at the café", "Não é", "a – b", "5 €"]
)
def test_utf8_that_was_saved_twice_is_put_right(text: str) -> None:
    repaired, note = repair(doubled(text))
    assert repaired == text
    assert note is not None
    assert note.endswith("were UTF-8 taken for Windows-1252 and were put right")


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH, FRENCH, POLISH, RUSSIAN, JAPANESE,
        "«AMANHû, disse João. A ação é à noite; não há pão.",
        "«AMANHû", "il a dit “café”», puis « Noé »", "Ãlvares", "naïve café", "© 2025", "Â £", "50 °C", "ÀÉÎ",
    ],
)  # fmt: skip
def test_what_is_meant_as_it_stands_stays(text: str) -> None:
    assert repair(text) == (text, None)


def test_a_well_read_text_loses_only_what_cannot_be_meant() -> None:
    text, note = repair("He said “stop” at the «café» in Łódź: donâ€™t go – “no”. «AMANHû")
    assert text == "He said “stop” at the «café» in Łódź: don’t go – “no”. «AMANHû"
    assert note == "1 characters were UTF-8 taken for Windows-1252 and were put right"


@given(st.text(max_size=60))
def test_repairing_twice_is_repairing_once_and_never_crashes(text: str) -> None:
    repair(repair(text)[0])


def test_a_file_saved_twice_is_read_with_a_note_and_a_row_of_json_stays_as_it_is() -> None:
    broken = doubled(ENGLISH * 3)
    note, article = read(Source(name="a.txt", open=lambda: BytesIO(broken.encode())))
    assert isinstance(note, Note)
    assert isinstance(article, Article)
    assert "“forty” houses at the café" in article.text
    row = f'{{"text": "{broken.strip()}"}}'.replace("\n", " ").encode()
    (kept,) = read(Source(name="a.jsonl", open=lambda: BytesIO(row), options=Options(language="en")))
    assert isinstance(kept, Article)
    assert "cafÃ©" in kept.text
