"""Places: which country, state or city a name stands for, given the countries that an article speaks of."""

from __future__ import annotations

import pytest

from graph.names import fold
from graph.places import Gazetteer, countries_spoken_of, country_named, country_of_people, gazetteer


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("Kiev", {}, ("Kyiv", "city", "UA", True)),
        ("Odessa", {"UA": 1}, ("Odesa", "city", "UA", True)),
        ("Odessa", {}, ("Odesa", "city", "UA", False)),
        ("São Paulo", {}, ("São Paulo", "city", "BR", True)),
        ("St. Petersburg", {"RU": 1}, ("Saint Petersburg", "city", "RU", True)),
        ("Paris", {}, ("Paris", "city", "FR", True)),
        ("Birmingham", {"US": 1}, ("Birmingham", "city", "US", True)),
        ("Springfield", {}, ("Springfield", "city", "US", False)),
        ("Georgia", {"RU": 1}, ("Georgia", "country", "GE", True)),
        ("Georgia", {"US": 1}, ("Georgia", "state", "US", True)),
        ("Texas", {}, ("Texas", "state", "US", True)),
        ("the U.S.", {}, ("United States", "country", "US", True)),
        ("Great Britain", {}, ("United Kingdom", "country", "GB", True)),
    ],
)
def test_names_of_places(name: str, context: dict[str, int], expected: tuple[str, str, str, bool]) -> None:
    located = gazetteer().locate(fold(name), context)
    assert located is not None
    found = located.place
    assert (found.name, found.kind, found.country, located.sure) == expected
    assert found.lat is not None
    assert found.lon is not None


@pytest.mark.parametrize("name", ["Qwertyville", "", "Kharkiv region"])
def test_names_that_the_gazetteer_cannot_place(name: str) -> None:
    assert gazetteer().locate(fold(name)) is None


def test_a_country_on_the_date_line_lies_where_its_people_live() -> None:
    located = gazetteer().locate("fiji")
    assert located is not None
    assert located.place.lon == pytest.approx(178, abs=2)


def test_demonyms_and_names_of_countries() -> None:
    assert country_of_people("kenyans") == "KE"
    assert country_of_people("south korean") == "KR"
    assert country_named("us") == country_named("united states") == "US"
    assert country_named("nairobi") is None
    assert countries_spoken_of(["kenya", "kenyan", "texas", "nairobi"]) == {"KE": 2, "US": 1}


def test_the_country_table_is_read_to_its_last_line() -> None:
    places = Gazetteer()
    for demonym in ("andorran", "zimbabwean"):
        iso = country_of_people(demonym)
        assert iso is not None
    assert places.candidates("zimbabwe")[0].kind == "country"
