"""A build reads only what changed, survives being killed, and gives the same bytes for the same articles."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import NewsgraphError
from newsgraph.build import VIEWS, BuildOptions, NothingRead, build
from newsgraph.errors import BadOutput
from newsgraph.report import BuildReport
from tests.newsgraph.plain_parts import Capitals, link

ROOT = Path(__file__).parents[2]


def write_articles(folder: Path, count: int = 3) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(f"Ada Meets Bo Again\n\nAda met Bo for the {number}. time.\n")
        age(folder / f"{number:03}.txt")
    return folder


def age(path: Path, seconds: int = 60) -> None:
    """Make a file look as if it was written a while ago."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def run(paths: Path | list[Path], out: Path, capitals: Capitals | None = None, **options: Any) -> BuildReport:
    given = paths if isinstance(paths, list) else [paths]
    return build(given, out, BuildOptions(**options), annotator=capitals or Capitals(), link=link)


def views(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in VIEWS.values()}


def test_a_build_leaves_the_store_the_views_and_a_report(tmp_path: Path) -> None:
    report = run(write_articles(tmp_path / "in"), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        ["newsgraph.db", "report.json", *VIEWS.values()]
    )
    assert report.counts["articles"] == 3
    told = json.loads((tmp_path / "out/report.json").read_text())
    assert told["files"] == {"found": 3, "read": 3, "unchanged": 0, "dropped": 0, "ignored": 0}
    assert told["graph"]["entities"] == report.counts["entities"]
    assert set(told["seconds"]) == {"read", "annotate", "link", "store", "export", "all"}
    assert told["runtime"]["annotator"] == "capitals 1"


def test_a_second_build_reads_and_annotates_nothing(tmp_path: Path) -> None:
    folder, again = write_articles(tmp_path / "in"), Capitals()
    run(folder, tmp_path / "out")
    before = views(tmp_path / "out")
    report = run(folder, tmp_path / "out", again)
    assert again.seen == []
    assert (report.intake.read, report.intake.unchanged) == (0, 3)
    assert views(tmp_path / "out") == before


def test_only_the_changed_file_is_read_again_and_replaces_its_reading(tmp_path: Path) -> None:
    folder, again = write_articles(tmp_path / "in"), Capitals()
    run(folder, tmp_path / "out")
    (folder / "001.txt").write_text("Cleo met nobody.")
    report = run(folder, tmp_path / "out", again)
    assert (report.intake.read, len(again.seen), report.counts["articles"]) == (1, 1, 3)
    run(folder, tmp_path / "fresh")
    assert views(tmp_path / "out") == views(tmp_path / "fresh")


def test_a_touched_file_with_the_same_words_is_not_read_again(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    run(folder, tmp_path / "out")
    age(folder / "001.txt", 30)
    assert run(folder, tmp_path / "out").intake.unchanged == 3


def test_a_change_that_size_and_time_do_not_tell_is_seen_when_the_file_was_fresh(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 1)
    file = folder / "000.txt"
    file.write_text("Ada met Bo.")
    run(folder, tmp_path / "out")
    status = file.stat()
    file.write_text("Ada met Al.")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(folder, tmp_path / "out").intake.read == 1


def test_a_file_gone_from_a_given_folder_leaves_the_graph_and_others_stay(tmp_path: Path) -> None:
    one, two = write_articles(tmp_path / "one", 2), write_articles(tmp_path / "two", 3)
    out = tmp_path / "out"
    run(one, out)
    assert run(two, out).counts["articles"] == 3  # of the five, two are copies
    (two / "002.txt").unlink()
    report = run(two, out)
    assert (report.intake.dropped, report.counts["articles"]) == (1, 2)
    (one / "001.txt").unlink()
    (two / "001.txt").unlink()
    assert run(two, out).counts["articles"] == 2  # one/001.txt is gone, but one/ was not looked into
    assert run(one, out).counts["articles"] == 1


def test_a_moved_folder_does_not_leave_its_old_files_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path / "here/in")
    monkeypatch.chdir(tmp_path / "here")
    run(Path("in"), tmp_path / "out")
    (tmp_path / "here").rename(tmp_path / "there")
    monkeypatch.chdir(tmp_path / "there")
    Path("in/001.txt").write_text("Cleo met nobody.")
    assert run(Path("in"), tmp_path / "out").counts["articles"] == 3


def test_the_order_of_the_paths_does_not_change_a_byte(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 5)
    (folder / "more.jsonl").write_text('{"id": "x", "text": "Ada met Di."}\n{"id": "w", "text": "Bo met Di."}\n')
    files = sorted(folder.iterdir())
    run(files, tmp_path / "out1")
    run(files[::-1], tmp_path / "out2")
    for file in files[3:] + files[:3]:
        run(file, tmp_path / "out3")
    assert views(tmp_path / "out1") == views(tmp_path / "out2") == views(tmp_path / "out3")


REPORT = """Ada Met Bo In Lima

Ada met Bo in Lima on Monday to talk about the bridge over the river, which has been shut since the storm in spring. \
They agreed that the work should begin before the summer and that the town would pay for one half of it, she said. \
Bo said that the other half would come from the region, whose council has to vote on the plan before the end of May."""


def prints(folder: Path) -> list[Path]:
    """One report as three papers print it, one of them in the very words of another."""
    folder.mkdir()
    rows = [
        {"text": REPORT, "publisher": "Gazette", "date": "2025-05-05", "url": "https://gazette.example/1"},
        {"text": REPORT, "publisher": "Courier", "date": "2025-05-06", "url": "https://courier.example/9"},
        {"text": f"{REPORT} Nobody else spoke.", "publisher": "Herald", "date": "2025-05-06"},
    ]
    for number, row in enumerate(rows):
        (folder / f"{number}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


def test_an_article_found_in_several_places_tells_them_all(tmp_path: Path) -> None:
    report = build(prints(tmp_path / "in"), tmp_path / "out", annotator=Capitals())
    articles = json.loads((tmp_path / "out/graph.json").read_text())["articles"]
    found = {tuple(place["publisher"] for place in each["publications"]) for each in articles}
    assert found == {("Gazette", "Courier"), ("Herald",)}
    (origin,) = {each["origin"] for each in articles}
    told = json.loads((tmp_path / "out/report.json").read_text())
    (copy,) = told["copies"]
    assert (copy["publisher"], copy["published"], copy["url"]) == ("Courier", "2025-05-06", "https://courier.example/9")
    assert [each["origin"] for each in told["reprints"]] == [origin]
    assert (report.counts["articles"], report.counts["reports"]) == (2, 1)


def test_reprints_and_places_are_the_same_whatever_came_first(tmp_path: Path) -> None:
    files = prints(tmp_path / "in")
    build(files, tmp_path / "at once", annotator=Capitals())
    for file in files[::-1]:
        build([file], tmp_path / "one by one", annotator=Capitals())
    assert views(tmp_path / "at once") == views(tmp_path / "one by one")


def test_a_place_that_is_gone_is_told_of_no_more(tmp_path: Path) -> None:
    files = prints(tmp_path / "in")
    build([tmp_path / "in"], tmp_path / "out", annotator=Capitals())
    files[1].unlink()
    build([tmp_path / "in"], tmp_path / "out", annotator=Capitals())
    articles = json.loads((tmp_path / "out/graph.json").read_text())["articles"]
    assert sorted(len(each["publications"]) for each in articles) == [1, 1]


def test_a_new_annotator_reads_everything_again(tmp_path: Path) -> None:
    folder, newer = write_articles(tmp_path / "in"), Capitals("capitals 2")
    run(folder, tmp_path / "out")
    assert (run(folder, tmp_path / "out", newer).intake.read, len(newer.seen)) == (0, 3)


def test_other_defaults_read_everything_again(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 1)
    run(folder, tmp_path / "out")
    run(folder, tmp_path / "out", date=date(2025, 6, 8), publisher="Gazette")
    (article,) = json.loads((tmp_path / "out/graph.json").read_text())["articles"]
    assert (article["published"], article["publisher"]) == ("2025-06-08", "Gazette")


def test_one_bad_article_is_reported_and_the_others_are_built(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 2)
    (folder / "empty.txt").touch()
    (folder / "photo.txt").write_bytes(bytes(1000))
    (folder / "lines.jsonl").write_text(
        '{"id": "x", "text": "Ada met Di."}\n{"id": \n{"id": "x", "text": "Other words."}\n'
    )
    for _ in range(2):  # what was skipped is told again though it is not read again
        report = run([folder, tmp_path / "gone"], tmp_path / "out")
        assert [str(each).removeprefix(f"{tmp_path}/").split(";")[0] for each in report.skipped] == [
            "gone: no such file or folder",
            "in/empty.txt: it is empty",
            "in/lines.jsonl, line 2: broken JSON (Expecting value)",
            "in/photo.txt: it is binary, not text",
            f"in/lines.jsonl: the id 'x' is already that of another text, in {folder}/lines.jsonl",
        ]
        assert report.counts["articles"] == 3
    assert len(json.loads((tmp_path / "out/report.json").read_text())["skipped"]) == 5


def test_when_nothing_can_be_read_the_graph_is_left_as_it_was(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    run(folder, tmp_path / "out")
    before = views(tmp_path / "out")
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(NothingRead, match="no article could be read") as raised:
        run(folder, tmp_path / "out")
    assert "no articles in this folder" in str(raised.value.report.skipped[0])
    assert views(tmp_path / "out") == before
    assert run(write_articles(tmp_path / "other", 4), tmp_path / "out").counts["articles"] == 4


def test_bad_outputs_and_bases_stop_the_build_before_any_work(tmp_path: Path) -> None:
    folder, capitals = write_articles(tmp_path / "in"), Capitals()
    (tmp_path / "file").touch()
    with pytest.raises(BadOutput, match="a file, not a folder"):
        run(folder, tmp_path / "file", capitals)
    with pytest.raises(NewsgraphError):
        run(folder, tmp_path / "out", capitals, base="not an iri")
    assert capitals.seen == []
    assert not (tmp_path / "out").exists()


def test_a_fuller_graph_is_read_anew_and_keeps_who_has_no_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Police arrested a gunman in Nairobi on Friday. The gunman had hurt two guards.\n")
    age(tmp_path / "a.txt")
    names = []
    for every_mention in (False, True, True, False):
        report = build([tmp_path / "a.txt"], tmp_path / "out", BuildOptions(every_mention=every_mention))
        names.append({entity["name"] for entity in json.loads((tmp_path / "out/graph.json").read_text())["entities"]})
        assert report.annotated == (0 if len(names) == 3 else 1)
    assert names[0] == names[3] == {"Nairobi"}
    assert {"Nairobi", "Police", "gunman"} <= names[1] == names[2]


def test_a_build_killed_half_way_and_run_again_gives_the_bytes_of_an_undisturbed_one(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 200)
    run(folder, tmp_path / "calm")
    command = [sys.executable, "-m", "tests.newsgraph.plain_parts", str(folder), str(tmp_path / "out")]
    for _ in range(2):
        process = subprocess.Popen(command, cwd=ROOT)
        before = readings(tmp_path / "out")
        while readings(tmp_path / "out") == before and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert 0 < readings(tmp_path / "out") < 200
    assert not (tmp_path / "out/graph.ttl").exists()
    rest = Capitals()
    run(folder, tmp_path / "out", rest)
    assert 0 < len(rest.seen) < 200
    assert views(tmp_path / "out") == views(tmp_path / "calm")


def readings(out: Path) -> int:
    """How many articles a build has committed so far, looked at from outside."""
    if not (out / "newsgraph.db").exists():
        return 0
    db = sqlite3.connect(f"file:{out / 'newsgraph.db'}?mode=ro", uri=True)
    try:
        return int(db.execute("SELECT count(*) FROM readings").fetchone()[0])
    except sqlite3.OperationalError:  # the tables are not there yet
        return 0
    finally:
        db.close()
