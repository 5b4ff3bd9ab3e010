"""The made graph has the size that was asked for, and hangs together."""

from __future__ import annotations

from bench.many_nodes import many_nodes


def test_a_made_graph_has_so_many_nodes_and_edges_and_is_the_same_every_time() -> None:
    graph = many_nodes(300, 900)
    assert graph == many_nodes(300, 900)
    assert len(graph.entities) + len(graph.events) == 300
    assert sum(len(event.participants) for event in graph.events) == 900
    text = {article.id: article.text for article in graph.articles}
    assert all(text[each.article][each.start : each.end] == each.text for each in graph.mentions)
