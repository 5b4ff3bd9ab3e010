"""What a build says of itself counts what it skipped."""

from __future__ import annotations

import json
from pathlib import Path

from graph.store import Store
from ingest.readers import Options
from newsgraph.intake import take_in
from newsgraph.report import BuildReport
from newsgraph.work.pool import Here

PORTUGUESE = (
    "Uma tempestade arrancou os telhados de quarenta casas na cidade portuária na noite de terça-feira, disse o"
)
PORTUGUESE += " prefeito, e a balsa não vai sair antes do fim de semana."
FRENCH = (
    "Une tempête a arraché les toits de quarante maisons dans la ville portuaire mardi soir, a déclaré le maire, et le"
)
FRENCH += " bac ne partira pas avant la fin de la semaine."


def test_articles_in_other_languages_are_counted_by_language(tmp_path: Path) -> None:
    texts = ["A storm tore the roofs off forty houses.", FRENCH, PORTUGUESE, f"{PORTUGUESE} Fim.", "..."]
    rows = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    (tmp_path / "a.jsonl").write_text(rows)
    with Store(tmp_path / "newsgraph.db") as store:
        twice = range(2)  # the second time nothing is read anew
        intakes = [take_in([tmp_path / "a.jsonl"], store, Options(), Here(), lambda *_: None) for _ in twice]
    for intake in intakes:
        report = BuildReport(
            intake=intake, annotated=1, refused=(), annotator="", copies=(), reprints=(), counts={}, seconds={}
        )
        report.write(tmp_path / "report.json")
        told = json.loads((tmp_path / "report.json").read_text())
        assert told["languages"] == {"pt": 2, "fr": 1}
        assert list(told["languages"]) == ["pt", "fr"]
        assert [each["language"] for each in told["skipped"] if each["reason"] == "language"].count("pt") == 2
        assert len(told["skipped"]) == 4
        assert told["articles"]["given"] == 1
