"""A build of hostile archives and broken files beside good ones: the good are built, report.json lists the rest."""

from __future__ import annotations

import json
from pathlib import Path

from newsgraph.build import build
from tests.ingest.readers.archives.hostile import broken, hostile, pile
from tests.newsgraph.plain_parts import Capitals, link


def test_a_pile_of_hostile_and_broken_files_is_built_and_every_one_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "pile.zip"
    path.write_bytes(pile())
    report = build([path], tmp_path / "out", annotator=Capitals(), link=link)
    assert report.counts["articles"] == 100
    skipped = json.loads((tmp_path / "out/report.json").read_text())["skipped"]
    assert all(each["reason"] and each["problem"] for each in skipped)
    named = {each["path"].removeprefix(f"{path}!").split("!")[0] for each in skipped}
    assert named == {f"hostile/{name}" for name in hostile()} | {f"broken/{name}" for name in broken(40)}
    assert max(len(each["problem"]) for each in skipped) < 200
