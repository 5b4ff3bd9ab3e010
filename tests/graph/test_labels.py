"""Labels say in plain words who did what, to whom, where and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.linking.labels import Scene, event_label
from ingest.article import EventType

TALKS = Scene(
    type=EventType.CONSULT, mode=None, triggers=(), verb=None, agents=("Chad",), targets=(), places=(),
    start=None, end=None,
)  # fmt: skip
STRIKE = replace(TALKS, type=EventType.ASSAULT, mode="drone", triggers=("attack",), agents=("Russia",))


@pytest.mark.parametrize(
    ("scene", "label"),
    [
        (replace(TALKS, targets=("Kenya",), places=("Doha",)), "Chad's talks with Kenya in Doha"),
        (replace(TALKS, verb="visited", targets=("Doha",), places=("Doha",)), "Chad's visit to Doha"),
        (replace(TALKS, triggers=("visit",), targets=("Doha",), places=("Doha",)), "Chad's visit to Doha"),
        (replace(TALKS, triggers=("conference",), targets=("Doha",), places=("Doha",)), "Chad's conference in Doha"),
        (replace(STRIKE, places=("Lviv",), start=date(2025, 3, 3), end=date(2025, 3, 3)),
         "Russia's drone attack on Lviv, 3 March 2025"),
        (replace(STRIKE, triggers=("drone strike",), targets=("Lviv",), places=("Lviv",)),
         "Russia's drone strike on Lviv"),
        (replace(TALKS, targets=("over\n   15 states",)), "Chad's talks with over 15 states"),
        (replace(STRIKE, type=EventType.ELECTION, mode=None, triggers=(), verb="voted", targets=("budget",)),
         "Russia's vote on budget"),
    ],
)  # fmt: skip
def test_a_label_tells_an_event_in_plain_words(scene: Scene, label: str) -> None:
    assert event_label(scene) == label
