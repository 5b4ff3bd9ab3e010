"""`python -m bench names`, and the same with any other scorecard of `SHOWS`: the scores."""

from __future__ import annotations

import argparse
import sys
from itertools import product
from pathlib import Path

from spacy.language import Language

from bench import (
    arguments,
    copies,
    coref,
    engines,
    events,
    fills,
    fuzz,
    kills,
    names,
    numbers,
    pages,
    piles,
    places,
    rdf,
    scale,
    speed,
    syntax,
    timeline,
    times,
    types,
    variants,
    views,
)
from bench.given import linked_entities, linked_events
from bench.score import Scorecard, row
from ingest.annotate import Annotator
from ingest.language.pipeline import load, reader_of
from ingest.readers import KINDS

# What is scored when no file is named: development files that the shipped model never trained on.
NAMES = ("worldwide.{split}", "gum.{split}", "uner_ewt.{split}", "re3d", "wnut17.{split}", "btc.{split}")
SYNTAX = ("en_ewt-ud-{split}", "en_gum-ud-open-{split}")


# The graph's own linking of given mentions, by what is scored.
LINKERS = {"events": linked_events, "entities": linked_entities}


def files(args: argparse.Namespace, folder: str, patterns: tuple[str, ...], suffix: str) -> list[Path]:
    """The named files, or the development files that are there."""
    if args.files:
        return [Path(name) for name in args.files]
    found = [args.corpora / folder / (pattern.format(split=args.split) + suffix) for pattern in patterns]
    return [path for path in found if path.is_file()]


def show_names(nlp: Language, args: argparse.Namespace) -> None:
    """Names by label, over all, and over person, organisation and location; in three cases of letters."""
    for path in files(args, "ner", NAMES, ".jsonl.gz"):
        for case, change in names.CASES.items():
            card = names.score_names(nlp, path, change)
            print(f"\n{path.name}, {case}")
            if case == "as written":
                print("\n".join(card.lines()))
            print(row("all", card.total()))
            print(row("PERSON ORG LOC", card.total(names.CORE)))


def show_syntax(nlp: Language, args: argparse.Namespace) -> None:
    """Tags and trees, with gold words and sentences and from raw text."""
    for path in files(args, "ud", SYNTAX, ".conllu.gz"):
        print(f"\n{path.name}, gold words and sentences")
        for name, share in syntax.score_given(reader_of(nlp).model, path).items():
            print(f"{name:16s} {100 * share:6.2f}")
        print(f"{path.name}, from raw text")
        for name, counts in syntax.score_raw(nlp, path).items():
            print(row(name, counts))


def show_roles(nlp: Language, args: argparse.Namespace) -> None:
    """Predicates and roles, predicted predicates, argument heads."""
    for path in files(args, "srl", ("propbank-ewt.{split}",), ".jsonl.gz"):
        print(f"\n{path.name}")
        for name, counts in syntax.score_roles(reader_of(nlp).model, path).items():
            print(row(name, counts))


def show_events(nlp: Language, args: argparse.Namespace) -> None:
    """Event words, by the head of each mention."""
    for path in files(args, "cdcoref", ("ecbplus.{split}", "meantime_apple"), ".jsonl.gz"):
        print(row(path.name.split(".json")[0], events.score_events(reader_of(nlp).model, path)))


def show_speed(nlp: Language, args: argparse.Namespace) -> None:
    """Words per CPU second on one core."""
    for path in files(args, "raw", ("bbc_2225",), ".jsonl.gz"):
        print(f"\n{path.name}")
        for name, figure in speed.measure(nlp, path, args.limit or 10**9).items():
            print(f"{name:32s} {figure}")


def show_times(nlp: Language, args: argparse.Namespace) -> None:
    """Time expressions by the grammar; the language model has no part in it."""
    for path in files(args, "time", ("te3_timebank", "te3_aquaint"), ".jsonl.gz"):
        print(f"\n{path.name}")
        for name, counts in times.score_times(path).items():
            print(row(name, counts))


def show_card(path: Path, card: Scorecard) -> None:
    """A file's name, a row a label, and all of them together."""
    print(f"\n{path.name}")
    print("\n".join(card.lines()))
    print(row("all", card.total()))


def show_types(nlp: Language, args: argparse.Namespace) -> None:
    """Event types with the trigger given, and of stories; found and gold are as many, so F1 over all is accuracy."""
    for path in files(args, "events", ("rams.{split}", "wikievents.{split}", "plover_synthetic"), ".jsonl.gz"):
        if path.name.startswith("plover_synthetic"):
            card = types.score_stories(nlp, path)
            show_card(path, card)
            print(f"mean of the labels' F1: {100 * types.macro(card):.2f}")
            continue
        card, wrong = types.score_types(nlp, path)
        show_card(path, card)
        print(
            "most often wrong:", "; ".join(f"{label} as {word}" for (label, word), _ in wrong.most_common(args.worst))
        )


def show_arguments(nlp: Language, args: argparse.Namespace) -> None:
    """Who takes part in an event and where it is, by the heads of the arguments, with the trigger given."""
    for path in files(args, "events", ("rams.{split}", "wikievents.{split}"), ".jsonl.gz"):
        card, lines = arguments.score_arguments(nlp, path)
        show_card(path, card)
        print("\n".join(lines[: args.worst]))


def show_fills(nlp: Language, args: argparse.Namespace) -> None:
    """Who attacked whom with what, over whole texts, against templates."""
    for path in files(args, "events", ("muc4.{split}",), ".jsonl.gz"):
        card = fills.score_fills(nlp, path)
        show_card(path, card)


def show_numbers(nlp: Language, args: argparse.Namespace) -> None:
    """Numbers with what they count and their hedges, and who says them, on our own gold."""
    for path in [Path(name) for name in args.files] if args.files else [numbers.GOLD]:
        scores = numbers.score_numbers(path, Annotator(args.model))
        show_card(path, scores.numbers)
        print(row("speakers of them", scores.speakers))


def show_places(nlp: Language, args: argparse.Namespace) -> None:
    """Places by the gazetteer, with the names given; the language model has no part in it."""
    for path in files(args, "geo", ("geovirus", "lgl"), ".jsonl.gz"):
        print(f"\n{path.name}")
        for name, figure in places.score_places(path).items():
            print(f"{name:32s} {figure:8.3f}")
        print(row("from raw text", places.score_end_to_end(nlp, path)))


def show_coref(nlp: Language, args: argparse.Namespace) -> None:
    """Coreference across documents: given mentions, then from raw text, the fuller graph and the usual one."""
    for path in files(args, "cdcoref", ("ecbplus.{split}", "meantime_apple"), ".jsonl.gz"):
        built = {}
        for name, every in (("every mention", True), ("as built without it", False)):
            reads = coref.read_documents(nlp, path, every_mention=every)
            built[name] = reads, coref.graph_of(reads, every_mention=every)
        for setting, kinds in coref.SETTINGS.items():
            print(f"\n{path.name}, {setting}, mentions given")
            for name, linker in coref.BASELINES.items():
                print(f"{name:26s} {coref.lines(coref.score_given(reads, kinds, linker))}")
            if setting in LINKERS:
                figures = coref.score_given(reads, kinds, LINKERS[setting])
                print(f"{'as the graph links them':26s} {coref.lines(figures)}")
            for (built_as, (read, graph)), match in product(built.items(), ("exact spans", "heads")):
                found = coref.score_end_to_end(read, graph, kinds, heads=match == "heads")
                print(f"{path.name}, {setting}, from raw text, {built_as}, {match}")
                print(f"{'all':26s} {coref.lines(found.scores)}")
                print(f"{'of mentions found right':26s} {coref.lines(found.of_both)}")
                print(row("mentions marked", found.marked))
                print(row("in the graph", found.mentions))
                tags = "  ".join(f"{tag} {100 * c.recall:.1f} of {c.gold}" for tag, c in found.recall_by_tag.items())
                print(f"{'recall by tag of the head':26s} {tags}")


def show_timeline(nlp: Language, args: argparse.Namespace) -> None:
    """Timelines of entities over the graph of one corpus, built from raw text."""
    texts = args.corpora / "cdcoref" / "meantime_apple.jsonl.gz"
    for path in files(args, "timeline", ("semeval2015_trial",), ".jsonl.gz"):
        for every in (True, False):
            print(f"{path.name}, {'every mention' if every else 'as built without it'}")
            reads = coref.read_documents(nlp, texts, every_mention=every)
            total = timeline.Relations()
            graph = coref.graph_of(reads, every_mention=every)
            for name, relations in timeline.score_timelines(path, reads, graph).items():
                print(relations.line(name))
                total += relations
            print(total.line("all"))


def show_variants(nlp: Language, args: argparse.Namespace) -> None:
    """Spellings of names, held out; the language model has no part in it."""
    folder = args.corpora / "names"
    for part, card in variants.score_variants(folder).items():
        print(f"\n{part}")
        print(row("one name", card.pop("one name")))
        for kind, counts in card.items():
            print(f"  {kind:28s} taken for one: {counts.found:4d} of {counts.gold:5d}")
    print(f"\n{variants.pairs_a_second(folder):,.0f} pairs a second")


# Articles that reprints are made of, and which part of each file: thresholds were chosen on the first ones.
REPRINTED = {
    "dev": (("bbc_2225", 0.0, 1.0), ("reuters21578", 0.0, 0.5)),
    "test": (("worldwide_articles", 0.0, 1.0), ("agnews_test", 0.0, 1.0), ("reuters21578", 0.5, 1.0)),
}


def show_copies(_: Language, args: argparse.Namespace) -> None:
    """Pairs of reprints, made of 2,000 articles; real articles taken for one; what grouping these costs."""
    chosen = [(Path(name), 0.0, 1.0) for name in args.files or ()] or [
        (args.corpora / "raw" / f"{name}.jsonl.gz", start, end) for name, start, end in REPRINTED[args.split]
    ]
    pools = []
    for path, start, end in chosen:
        rows = copies.articles(path)
        pools.append(rows[int(start * len(rows)) : int(end * len(rows))])
    read = copies.read_pairs()
    found = copies.score(copies.prints(pools, args.limit or 2_000, seed=len(args.split)), read)
    print(row("pairs", found.pairs))
    for kind, counts in found.linked.items():
        print(f"  {kind:20s} with what it was made of: {counts.right:5d} of {counts.gold:5d}")
    count, unread = copies.as_they_are(pools, read)
    print(f"{sum(map(len, pools)):,} articles as they are: {count} taken for another, {len(unread)} without being one")
    print("\n".join(f"  {one} {other}" for one, other in unread))
    texts = [told.text for pool in pools for _, told, _ in pool]
    seconds, memory = copies.measure(texts)
    print(f"{len(texts):,} texts: {seconds:.1f} s, {memory:.0f} MB in all")


def show_scale(_: Language, args: argparse.Namespace) -> None:
    """CPU seconds and peak memory of each step of linking, for so many articles; of adding some to those read."""
    for path in files(args, "raw", ("reuters21578",), ".jsonl.gz"):
        store = scale.readings(path, args.readings)
        for name, (seconds, peak) in scale.measure(store, args.limit or 20_000).items():
            print(f"{name:20s} {seconds:8.1f} s {peak:8,.0f} MB")
        for name, seconds in scale.measure_added(store).items():
            print(f"{name:40s} {seconds:8.1f} s")


def show_engines(_: Language, args: argparse.Namespace) -> None:
    """Whether Virtuoso, an Oxigraph server, rdflib and pyoxigraph answer the example queries alike, and how fast."""
    for line in engines.compare(args.folder / "graph.ttl", lambda said: print(said, file=sys.stderr)):
        print(line)


def show_rdf(_: Language, args: argparse.Namespace) -> None:
    """Seconds and memory of writing a built graph in each format; rdflib beside us; each example query."""
    for name, seconds, memory in rdf.measure_writers(args.folder):
        print(f"{name:16s} {seconds:7.2f} s {memory:7.0f} MB more")
    count, ours, theirs = rdf.measure_beside_rdflib(args.folder)
    print(f"{count:,} triples as turtle: {ours:.3f} s, by rdflib {theirs:.3f} s, {theirs / ours:.0f} times as long")
    for name, seconds in rdf.measure_queries(args.folder):
        print(f"{name:16s} {seconds:7.3f} s")


def show_pages(_: Language, args: argparse.Namespace) -> None:
    """The text of pages by trafilatura and by the reader, and the days of publication that it finds in their fields."""
    for line in pages.score_pages(args.folder, args.limit):
        print(line)


def show_views(_: Language, args: argparse.Namespace) -> None:
    """How a browser bears the views of a built graph, and a made one of 20,000 nodes."""
    for name, figures in views.measure_views(args.folder):
        print(name)
        for what, figure in figures.items():
            print(f"  {what:26s} {figure}")


def show_fuzz(_: Language, args: argparse.Namespace) -> None:
    """Whether damaged sources of each kind crash, hang or bloat their reader."""
    for kind in args.kinds or [kind.name for kind in KINDS]:
        print(fuzz.fuzz(kind, args.seconds, args.keep).line(kind), flush=True)


def show_killed_builds(_: Language, args: argparse.Namespace) -> None:
    """Whether builds that are killed at random moments end in the same bytes."""
    kills.show_kills(args.folder, args.limit or 50)


def show_piles(_: Language, args: argparse.Namespace) -> None:
    """Seconds and memory of whole builds, with one process and with two."""
    piles.show_piles(args.folder, args.sizes or [2_000, 10_000, 20_000], args.workers or [1, 2])


SHOWS = {
    "names": show_names, "syntax": show_syntax, "roles": show_roles, "events": show_events, "types": show_types,
    "arguments": show_arguments, "fills": show_fills, "numbers": show_numbers,
    "places": show_places, "variants": show_variants, "times": show_times, "coref": show_coref,
    "timeline": show_timeline, "scale": show_scale, "speed": show_speed,
    "copies": show_copies, "engines": show_engines, "rdf": show_rdf, "views": show_views, "pages": show_pages,
    "kills": show_killed_builds, "piles": show_piles, "fuzz": show_fuzz,
}  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", choices=SHOWS)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("out"),
        help="engines, rdf, views: a built graph; kills: articles; pages: html/",
    )
    parser.add_argument("--corpora", type=Path, default=Path(), help="folder with ner/, ud/, srl/ and raw/")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--files", nargs="*", help="score these files instead")
    parser.add_argument("--model", type=Path, help="a model folder other than the shipped one")
    parser.add_argument(
        "--limit", type=int, help="speed: at most so many texts; scale: so many articles; kills, pages: so many"
    )
    parser.add_argument("--readings", type=Path, default=Path("out-scale"), help="scale: keeps what was read")
    parser.add_argument("--worst", type=int, default=10, help="types: show so many of the errors")
    parser.add_argument("--sizes", type=int, nargs="*", help="piles: so many articles each")
    parser.add_argument("--workers", type=int, nargs="*", help="piles: with so many processes each")
    parser.add_argument("--kinds", nargs="*", help="fuzz: these kinds of source, else all")
    parser.add_argument("--seconds", type=float, default=60, help="fuzz: for each kind")
    parser.add_argument("--keep", type=Path, default=Path("out-fuzz"), help="fuzz: keeps the inputs that failed")
    args = parser.parse_args()
    SHOWS[args.what](load(args.model), args)


if __name__ == "__main__":
    main()
