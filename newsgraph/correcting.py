"""Corrections by hand: two things are one, or one is two; the graph is linked again at once, nothing is read again."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from exports import DEFAULT_BASE
from graph.model import Entity, Event, KnowledgeGraph
from graph.store import FILE_NAME, Store
from graph.verdict import Correction, Verdict
from graph.wanted import Wanted
from ingest.article import MentionKind
from ingest.errors import NewsgraphError
from ingest.serial import from_json
from newsgraph.build import fewer_collections, write_views
from newsgraph.finding import title
from newsgraph.linking import Link, linked, our_link
from newsgraph.sides import Sides


class Contradiction(NewsgraphError):
    """A correction that cannot hold beside an earlier one."""

    def __init__(self, names: tuple[str, str], verdict: Verdict, earlier: Correction) -> None:
        said = f"{' and '.join(earlier.names)} are {_WORDS[earlier.verdict]} ({earlier.by_hand})"
        super().__init__(
            f"{' and '.join(names)} cannot be {_WORDS[verdict]}: correction {earlier.number} says that {said}; "
            f"take it back first with newsgraph undo DIR {earlier.number}"
        )


class Repetition(NewsgraphError):
    """A correction that was made before."""

    def __init__(self, names: tuple[str, str], earlier: Correction) -> None:
        said = f"are {_WORDS[earlier.verdict]} by correction {earlier.number} already ({earlier.by_hand})"
        super().__init__(f"{' and '.join(names)}: {said}; newsgraph corrections DIR lists them all")


class NoCorrection(NewsgraphError):
    """There is no correction to take back, or none with that number."""

    def __init__(self, number: int | None, known: Sequence[int]) -> None:
        what = "nothing was corrected by hand" if number is None else f"there is no correction {number}"
        listed = ", ".join(map(str, known)) or "none"
        super().__init__(f"{what}; corrections in force: {listed}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a correction came to."""

    correction: Correction
    things: tuple[Entity | Event, ...]  # what holds its sides now: one, or two
    changed: bool  # whether the graph is another one than before

    def __str__(self) -> str:
        listed = " and ".join(f"{title(thing)} ({thing.id})" for thing in self.things)
        now = "one" if len(self.things) == 1 else "two"
        return f"{' and '.join(self.correction.names)}: {now}{'' if self.changed else ', as before'}: {listed}"


def correct(  # noqa: PLR0913 - one for each option of the command
    folder: Path,
    verdict: Verdict,
    left: str,
    right: str,
    *,
    author: str | None = None,
    note: str = "",
    link: Link | None = None,
) -> Change:
    """Decide by hand that two things of a built graph are one (SAME) or two (DIFFERENT), and write the graph anew.

    Raises UnknownName, UnclearSide, Repetition, Contradiction, UnreadableStore, BadOutput.
    """
    with fewer_collections(), Store(folder / FILE_NAME) as store:
        before = store.graph() or KnowledgeGraph()
        one, two = Sides(before).two(store.present_id(left), store.present_id(right))
        known = store.corrections()
        new = Correction(
            number=store.next_number(),
            kind=MentionKind.ENTITY if isinstance(one.thing, Entity) else MentionKind.EVENT,
            verdict=verdict,
            left=one.ids,
            right=two.ids,
            names=(left, right),
            author=author or _login(),
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            note=note,
        )
        for earlier in known:
            if _same_sides(earlier, new) and earlier.verdict is verdict:
                raise Repetition(new.names, earlier)
            if _same_sides(earlier, new):
                raise Contradiction(new.names, verdict, earlier)
        after = _linked(store, (*known, new), link)
        broken = [each for each in (*known, new) if _obeyed(each, before, new) and not _obeyed(each, after)]
        if broken:
            raise Contradiction(new.names, verdict, _opponent(broken[0], new, known, after))
        store.save_graph(after, add=new)
        base = store.meta("base")
    _write(after, folder, base)
    return Change(correction=new, things=_holding(new, after), changed=_things(before) != _things(after))


def undo(folder: Path, number: int | None = None, *, link: Link | None = None) -> Change:
    """Take a correction back, the last one unless told, and write the graph anew; raises NoCorrection."""
    with fewer_collections(), Store(folder / FILE_NAME) as store:
        known = store.corrections()
        taken = next((each for each in reversed(known) if number in {None, each.number}), None)
        if taken is None:
            raise NoCorrection(number, [each.number for each in known])
        before = store.graph() or KnowledgeGraph()
        after = _linked(store, tuple(each for each in known if each != taken), link)
        store.save_graph(after, undo=taken.number)
        base = store.meta("base")
    _write(after, folder, base)
    return Change(correction=taken, things=_holding(taken, after), changed=_things(before) != _things(after))


_WORDS = {Verdict.SAME: "one", Verdict.DIFFERENT: "two"}


def _linked(store: Store, corrections: Sequence[Correction], link: Link | None) -> KnowledgeGraph:
    annotator = store.meta("annotator") or ""
    every_mention = store.meta("every_mention") == "yes"
    told = store.meta("wanted")
    wanted = from_json(Wanted, told) if told else None
    linker = link or our_link(store, annotator, every_mention=every_mention, wanted=wanted)
    return linked(store, annotator, corrections, linker)[0]


def _write(graph: KnowledgeGraph, folder: Path, base: str | None) -> None:
    write_views(graph, folder, base or DEFAULT_BASE)


def _same_sides(one: Correction, two: Correction) -> bool:
    """Whether two corrections speak of the same pair."""
    ends = {one.left[0], one.right[0]}
    return ends == {two.left[0], two.right[0]}


def _homes(correction: Correction, graph: KnowledgeGraph) -> list[str | None]:
    """The thing that each side stands for; None where the side is in no article any more."""
    wanted = {*correction.left, *correction.right}
    home = {mention.id: mention.refers_to for mention in graph.mentions if mention.id in wanted}
    return [
        next((home[mention] for mention in side if home.get(mention)), None)
        for side in (correction.left, correction.right)
    ]


def _obeyed(correction: Correction, graph: KnowledgeGraph, new: Correction | None = None) -> bool:
    """Whether a graph is as a correction wants it; a new one counts as obeyed, and so does a silent one."""
    left, right = _homes(correction, graph)
    if correction == new or left is None or right is None:
        return True
    return (left == right) is (correction.verdict is Verdict.SAME)


def _opponent(broken: Correction, new: Correction, known: Sequence[Correction], graph: KnowledgeGraph) -> Correction:
    """The earlier correction that stands in the way: the one not obeyed, or one between the same things."""
    if broken != new:
        return broken
    homes = {*_homes(new, graph)}
    against = [each for each in known if each.kind is new.kind and each.verdict is not new.verdict]
    return next((each for each in against if homes & {*_homes(each, graph)}), known[-1] if known else new)


def _holding(correction: Correction, graph: KnowledgeGraph) -> tuple[Entity | Event, ...]:
    listed: list[Entity | Event] = [*graph.entities, *graph.events]
    things = {thing.id: thing for thing in listed}
    return tuple(things[home] for home in dict.fromkeys(_homes(correction, graph)) if home in things)


def _things(graph: KnowledgeGraph) -> tuple[object, ...]:
    return graph.mentions, graph.entities, graph.events


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return "somebody"
