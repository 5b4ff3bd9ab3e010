"""Graphs whose every text was chosen by somebody who wants to break the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from exports.json_form import read_json
from graph.model import KnowledgeGraph

SAMPLE = read_json(Path(__file__).parent / "sample_graph.json")
# Any character that Python can hold, lone surrogates and control characters too, and more often what formats live by.
WORDS = st.text(
    st.characters() | st.sampled_from("<>&\"';,:=+-@|\r\n\t\x00\x0b\x1b\x85\ufffe\uffff\ud800\u2028]"), max_size=30
)


def speaking(words: str, graph: KnowledgeGraph = SAMPLE) -> KnowledgeGraph:
    """The graph with these words wherever an article's words can come to stand, its own id among them."""
    ids = {article.id: f"{words}{number}" for number, article in enumerate(graph.articles)}
    return replace(
        graph,
        articles=tuple(
            replace(
                article, id=ids[article.id], title=words, text=words, publisher=words, byline=words, url=words,
                path=words, language=words, paragraphs=((0, len(words)),),
            )
            for article in graph.articles
        ),
        mentions=tuple(replace(mention, article=ids[mention.article], text=words) for mention in graph.mentions),
        entities=tuple(
            replace(entity, name=words, aliases=(words, f"{words};{words}"), description=words, links=(words,))
            for entity in graph.entities
        ),
        events=tuple(
            replace(
                event, label=words, mode=words,
                participants=tuple(replace(part, text=words) for part in event.participants),
            )
            for event in graph.events
        ),
        claims=tuple(
            replace(
                claim, article=ids[claim.article], origin=ids[claim.origin], text=words, unit=words, property=words,
                value=words, said_by=words,
            )
            for claim in graph.claims
        ),
        findings=tuple(
            replace(
                finding, property=words, unit=words, value=words, reasons=(words,),
                origins=tuple(ids[origin] for origin in finding.origins),
            )
            for finding in graph.findings
        ),
        relations=tuple(replace(relation, predicate=words) for relation in graph.relations),
        storylines=tuple(replace(line, label=words) for line in graph.storylines),
    )  # fmt: skip


def backwards(graph: KnowledgeGraph = SAMPLE) -> KnowledgeGraph:
    """The same graph with its rows the other way round."""
    return replace(
        graph, articles=graph.articles[::-1], mentions=graph.mentions[::-1], entities=graph.entities[::-1],
        events=graph.events[::-1], claims=graph.claims[::-1], findings=graph.findings[::-1],
        relations=graph.relations[::-1], storylines=graph.storylines[::-1],
    )  # fmt: skip
