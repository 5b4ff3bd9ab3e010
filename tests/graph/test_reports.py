"""Articles that print one report count once, and an article tells all places where it was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.insight import stats
from graph.link import link
from graph.model import Publication, Reprint
from graph.networkx_view import to_networkx
from graph.reports import Reports, elsewhere, own_place, places, publications
from graph.sources import Copy
from ingest.article import Qualifier, Role
from tests.graph.hand_made import ARTICLES, GRAPH
from tests.graph.reports import MONDAY, TUESDAY, Told, report

AGAIN = replace(GRAPH, reprints=(Reprint(article="a3", origin="a2"),))
COURIER, HERALD = own_place(ARTICLES[1]), own_place(ARTICLES[2])
FLOOD = """[Flood|DISASTER] in [Marren|place] kills six. [Six|number] people were [killed|DEATH] when the River Alder \
burst its banks in Marren early on {0}, the mayor said. Rescue workers brought many more to safety in boats, and the \
town called for help from the army, which has its barracks on the other bank. The water reached the old town before \
dawn and cut the road to the port, where dock workers stopped loading the ships."""


def flood(day: str, published: date, more: str = "") -> object:
    told = Told(trigger="killed", roles={Role.PLACE: "Marren"}, numbers=[("Six", "killed", 6, Qualifier.EXACTLY, None)])
    return report(FLOOD.format(day) + more, told, published=published)


def test_a_reprint_counts_with_what_it_repeats() -> None:
    reports = Reports(AGAIN)
    assert [reports.of(id) for id in ("a1", "a2", "a3")] == ["a1", "a2", "a2"]
    assert reports.count(["a3", "a2", "a1", "a3"]) == 2


def test_linking_tells_which_articles_print_a_report_again() -> None:
    first, again = flood("Tuesday", TUESDAY), flood("Tuesday", TUESDAY.replace(day=5), " Shops stayed shut.")
    other = report("[Nairobi|place] [voted|ELECTION] on Monday, and the count will go on until the end of the week.",
                   published=MONDAY)  # fmt: skip
    graph = link([again, other, first])
    assert graph.reprints == (Reprint(article=again.article.id, origin=first.article.id),)
    assert {claim.origin for claim in graph.claims if claim.property == "killed"} == {first.article.id}
    assert link([first, other, again]) == graph


def test_what_is_told_again_in_reprints_is_told_once() -> None:
    before, after = stats(GRAPH), stats(AGAIN)
    assert (before.reports, after.reports) == (len(GRAPH.articles), len(GRAPH.articles) - 1)
    assert "raid" in [row.event.id for row in before.most_told]
    assert "raid" not in [row.event.id for row in after.most_told]
    assert after.articles == before.articles


def test_all_who_printed_an_event_are_its_publishers() -> None:
    told = replace(AGAIN, publications=(own_place(ARTICLES[0]), replace(own_place(ARTICLES[0]), publisher="Post")))
    (talks,) = [row for row in stats(told).most_told if row.event.id == "talks"]
    assert (talks.articles, talks.publishers) == (2, 3)
    assert {row.name: row.articles for row in stats(told).publishers}["Post"] == 1


def test_the_weight_of_an_edge_counts_reports() -> None:
    mentions = to_networkx(AGAIN).get_edge_data("raid", "south")
    assert all(edge["weight"] == 1 for edge in mentions.values())


def test_copies_of_one_text_are_its_places() -> None:
    article = ARTICLES[0]
    copy = Copy(id="a1", path="b.txt", kept="a.txt", same_text=True, publisher="Post", published=date(2024, 5, 3))
    taken = replace(copy, path="c.txt", same_text=False)
    found = publications([article, ARTICLES[1]], [copy, taken])
    post = Publication(article="a1", path="b.txt", publisher="Post", url=None, published=date(2024, 5, 3))
    assert found == (own_place(article), post)
    told = replace(GRAPH, publications=found)
    assert places(told)["a1"] == found
    assert places(told)["a2"] == (COURIER,)
    assert elsewhere(told) == {"a1": [post]}


def test_a_place_that_tells_nothing_else_is_no_other_place() -> None:
    again = replace(COURIER, path="again.txt")
    nothing = Publication(article="a2", path="x.txt", publisher=None, url=None, published=None)
    assert elsewhere(replace(GRAPH, publications=(COURIER, again, nothing))) == {}
