"""Places: which country, state or city a name stands for, given the countries that an article speaks of."""

from __future__ import annotations

import pytest

from graph import atlas
from graph.names import fold
from graph.places import Gazetteer, Toponym, countries_spoken_of, country_named, country_of_people, gazetteer


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


@pytest.mark.parametrize("name", ["Qwertyville", "", "Qwertyville region"])
def test_names_that_the_gazetteer_cannot_place(name: str) -> None:
    assert gazetteer().locate(fold(name)) is None


def test_a_country_on_the_date_line_lies_on_its_side_of_the_globe() -> None:
    located = gazetteer().locate("fiji")
    assert located is not None
    assert located.place.lon == pytest.approx(178, abs=2)


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        ("Paris", ["Texas", "Lamar County"], ("Paris", "city", "US")),
        ("Paris", ["Lyon", "Texas"], ("Paris", "city", "FR")),
        ("Nakuru", ["Kenya"], ("Nakuru", "city", "KE")),
        ("Sendai", ["Miyagi Prefecture"], ("Sendai", "city", "JP")),
        ("Santos", ["São Paulo", "Brazil"], ("Santos", "city", "BR")),
        ("Lebanon", ["Indianapolis", "Boone County", "Zionsville"], ("Lebanon", "city", "US")),
        ("Lebanon", ["Beirut", "Syria"], ("Lebanon", "country", "LB")),
        ("Georgia", ["Atlanta", "Macon"], ("Georgia", "state", "US")),
        ("Georgia", ["Tbilisi", "South Ossetia"], ("Georgia", "country", "GE")),
        ("Laurel County", [], ("Laurel County", "county", "US")),
        ("Turkana County", ["Kenya"], ("Turkana", "state", "KE")),
        ("Queensland", [], ("Queensland", "state", "AU")),
        ("Scotland", [], ("Scotland", "state", "GB")),
        ("W.Va.", [], ("West Virginia", "state", "US")),
        ("Uttar Pradesh", [], ("Uttar Pradesh", "state", "IN")),
        ("Kharkiv region", [], ("Kharkivska oblast", "state", "UA")),
        ("Palestinians", [], ("Palestinian Territory", "country", "PS")),
        ("Africa", [], ("Africa", "continent", "")),
        ("Black Sea", [], ("Black Sea", "sea", "")),
        ("the Middle East", [], ("Middle East", "area", "")),
        ("New York", [], ("New York City", "city", "US")),
    ],
)
def test_names_are_settled_by_the_rest_of_the_article(
    name: str, others: list[str], expected: tuple[str, str, str]
) -> None:
    asked = [Toponym(name=fold(each)) for each in (name, *others)]
    place = Gazetteer().settle(asked)[fold(name)].place
    assert (place.name, place.kind, place.country) == expected
    assert place == Gazetteer().settle(asked[::-1])[fold(name)].place


def test_the_name_behind_a_comma_says_where_a_town_lies() -> None:
    asked = [Toponym(name="richmond", after="british columbia"), Toponym(name="virginia")]
    place = gazetteer().settle(asked)["richmond"].place
    assert (place.country, place.kind) == ("CA", "city")


def test_a_village_that_the_table_lacks_is_part_of_what_is_named_behind_the_comma() -> None:
    located = gazetteer().settle([Toponym(name="bountiful", after="british columbia"), Toponym(name="utah")])
    assert (located["bountiful"].place.name, located["bountiful"].part) == ("British Columbia", True)


def test_countries_in_a_row_are_a_list_not_a_chain() -> None:
    found = gazetteer().settle([Toponym(name="china", after="japan"), Toponym(name="japan")])
    assert found["china"].place.kind == "country"


def test_a_place_knows_what_holds_it() -> None:
    found = gazetteer().settle([Toponym(name="nakuru"), Toponym(name="kenya")])
    kenya = found["kenya"].place
    assert found["nakuru"].place.within[-1] == kenya.geonames
    assert len(found["nakuru"].place.within) > 1
    assert kenya.link == "https://sws.geonames.org/192950/"


def test_a_part_of_a_place_is_located_there_and_says_so() -> None:
    located = gazetteer().locate("southern iraq")
    assert located is not None
    assert (located.place.name, located.part) == ("Iraq", True)


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [("united states", 40, -99), ("china", 35, 103), ("brazil", -10, -53), ("japan", 36, 138), ("kenya", 1, 38)],
)
def test_countries_lie_in_their_middle(name: str, lat: float, lon: float) -> None:
    (place, *_) = gazetteer().candidates(name)
    assert (place.lat, place.lon) == (pytest.approx(lat, abs=1.5), pytest.approx(lon, abs=1.5))


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


def test_a_region_that_is_only_also_called_like_its_town_yields_to_it() -> None:
    town, region = gazetteer().locate("belgorod"), gazetteer().locate("belgorod region")
    assert town is not None and town.sure and town.place.kind == "city"
    assert region is not None and region.place.kind == "state"


@pytest.mark.parametrize("number", [0, 60, 137])
def test_each_name_of_a_block_is_found_among_its_lines_which_are_sorted(number: int) -> None:
    lines = atlas._block(number)
    names = [line.partition(b"\t")[0] for line in lines[1:].split(b"\n")]
    assert names == sorted(names)
    for name in (names[0], names[len(names) // 2], names[-1]):
        place = atlas._place_of(name, lines)
        assert lines[place + 1 :].startswith(name + b"\t")
        assert not lines[:place].endswith(b"\n" + name)
    assert atlas._place_of(b"zzzzzz", lines) == len(lines)
