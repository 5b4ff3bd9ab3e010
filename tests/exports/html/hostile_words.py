"""Words that would do harm in a page that takes them for more than words, and a graph that is full of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.model import (
    Claim,
    Entity,
    Event,
    EventParticipant,
    Finding,
    GraphMention,
    KnowledgeGraph,
    Relation,
    Storyline,
)
from ingest.article import Article, EntityType, EventType, MentionKind, Qualifier, Role, Status

# In a page that fails to escape them each of these sets `canary`, opens a dialog, changes the title or asks for
# something; `control` is such a page.
RUNNING = (
    "<script>canary=1</script>",
    "</script><script>canary=1</script>",
    "</title></style></textarea><script>canary=1</script>",
    "</ScRiPt\n><sCrIpT>canary=1</sCrIpT >",
    "--><script>canary=1</script><!--",
    "--!><img src=x onerror=canary=1>",
    "]]><script>canary=1</script>",
    "<img src=x onerror=canary=1>",
    "\"'><svg onload=canary=1>",
    "\" onmouseover=canary=1 x=\"",
    "' onfocus=canary=1 autofocus tabindex=0 x='",
    "<svg><script>canary=1</script></svg>",
    "<svg><animate onbegin=canary=1 attributeName=x dur=1s></svg>",
    "<iframe srcdoc=\"<script>parent.canary=1</script>\"></iframe>",
    "<details open ontoggle=canary=1>",
    "<video><source onerror=canary=1></video>",
    "<img src=https://canary.invalid/asked>",
    "<link rel=stylesheet href=https://canary.invalid/asked>",
    "<object data=https://canary.invalid/asked></object>",
    "<meta http-equiv=refresh content=\"0;url=javascript:0\"><img src=x onerror=\"document.title='canary'\">",
    "<base href=https://canary.invalid/><img src=asked>",
    "</style><style>body{background:url(https://canary.invalid/asked)}",
    "red;}body{background:url(https://canary.invalid/asked)}p{",
    "javascript:canary=1",
    " \tjava\nscript:canary=1//",
    "JaVaScRiPt:alert(1)",
    "\";canary=1;//",
    "\\\";canary=1;//",
    "${canary=1}",
    "`;canary=1;`",
    "{{canary=1}}",
    "{{constructor.constructor('canary=1')()}}",
    "{% raw %}{{canary=1}}{% endraw %}",
    "&lt;img src=x onerror=canary=1&gt;",
    "&#60;img src=x onerror=canary=1&#62;",
    "\\u003cimg src=x onerror=canary=1\\u003e",
    "\u2028;canary=1;\u2029<img src=x onerror=canary=1>",
    "\u202e<img src=x onerror=canary=1>\u202c",
    "\x00<script\x00>canary=1</script><img src=x onerror=canary=1>",
    "\ud800<img src=x onerror=canary=1>\udc00",
    "<img src=x onerror=alert('canary')>",
    "https://\"><img src=x onerror=canary=1>",
)  # fmt: skip
# These run nowhere, but break what counts letters, builds addresses, or keeps things by their names.
BREAKING = (
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "data:text/html,<b onclick=canary=1>x",
    "vbscript:canary=1",
    "https://[",
    "https://a b:99999/%zz",
    "\x00",
    "\ud83d",
    "a\r\nb\u0085c\u2028d\ufeffe",
    "\u200f\u202eright to left\u2066",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f3f3\ufe0f\u200d\U0001f308",
    "Z\u0351\u0343\u0306a\u0357\u0304l\u0314\u0302g\u0308\u0346o" * 3,
    "W" * 400,
    "#node=x&panel=claims&by=%3Cb%3E",
)  # fmt: skip
WORDS = RUNNING + BREAKING


def control(words: str) -> str:
    """A page that makes every mistake there is to make with these words."""
    escaped = words.replace('"', r"\"")  # and forgets the backslash
    return f"""<!DOCTYPE html><meta charset="utf-8"><title>Control</title><style>p {{ color: {words} }}</style>
<body><!-- {words} --><p id="p" title="{words}">{words}</p><p title='{words}'></p><a id="a" href="{words}">link</a>
<script>const quoted = "{words}";</script>
<script>const escaped = "{escaped}";</script>
<script>const template = `{words}`;</script>
<script>
  const text = document.getElementById("p")?.textContent ?? "";
  for (const [, code] of text.matchAll(/{{{{(.*?)}}}}/g)) Function("return " + code)();
  document.body.insertAdjacentHTML("beforeend", text);
  document.body.insertAdjacentHTML("beforeend", typeof quoted === "string" ? quoted : "");
  for (const each of document.querySelectorAll("[title]")) {{
    for (const name of ["mouseover", "focus"]) each.dispatchEvent(new Event(name));
  }}
  const link = document.getElementById("a");
  if (link?.protocol === "javascript:") link.click(); // any other would leave the page
</script>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """How the things around the words at one place are called; what is not hostile itself is told apart by a number."""

    words: str
    number: int
    is_even: bool

    @property
    def entity(self) -> str:
        return self.words if self.is_even else f"entity-{self.number}"

    @property
    def event(self) -> str:
        return f"event-{self.number}" if self.is_even else self.words


def bristling(*, swapped: bool = False) -> KnowledgeGraph:
    """A graph with each of the words as title, text, name, alias, id, address, unit, speaker, publisher, storyline.

    The id of an entity or of an event; `swapped` has those the other way round.
    """
    names = [_Names(words=w, number=n, is_even=(n % 2 == 0) != swapped) for n, w in enumerate(WORDS)]
    return KnowledgeGraph(
        articles=tuple(map(_article, names)),
        mentions=tuple(mention for name in names for mention in _mentions(name)),
        entities=tuple(map(_entity, names)),
        events=tuple(_event(name, names[(name.number + 1) % len(names)]) for name in names),
        claims=tuple(claim for name in names for claim in _claims(name)),
        findings=tuple(map(_finding, names)),
        relations=tuple(
            Relation(subject=name.entity, predicate=name.words, object=name.words, mentions=(f"{name.words}-m0",))
            for name in names
        ),
        storylines=tuple(
            Storyline(id=name.words, label=name.words, events=(name.event, f"event-{name.number}")) for name in names
        ),
    )


def _article(name: _Names) -> Article:
    words = name.words
    text = f"{words}\n\nSo said {words} of {words}."
    return Article(
        id=words, title=words, text=text, paragraphs=((0, len(words)), (len(words) + 2, len(text))),
        published=date(2025, 6, 1 + name.number % 28), publisher=words, byline=words, language=words, path=words,
        url=words if name.is_even else f"https://{words}",
    )  # fmt: skip


def _mentions(name: _Names) -> list[GraphMention]:
    words = name.words
    first = len(words) + 2 + len("So said ")
    second = first + len(words) + len(" of ")
    return [
        GraphMention(
            id=f"{words}-m{number}", article=words, start=start, end=start + len(words), text=words, kind=kind,
            refers_to=thing,
        )
        for number, (start, kind, thing) in enumerate(
            ((first, MentionKind.ENTITY, name.entity), (second, MentionKind.EVENT, name.event))
        )
    ]  # fmt: skip


def _entity(name: _Names) -> Entity:
    words = name.words
    kinds = (EntityType.PERSON, EntityType.PLACE, EntityType.ORGANIZATION)
    return Entity(
        id=name.entity, type=kinds[name.number % 3], name=words, aliases=(words, f"{words};{words}"), description=words,
        lat=-50.0 + 2 * name.number, lon=3.0 * name.number,
        links=(words, f"https://{words}", f"https://example.org/{words}"),
    )  # fmt: skip


def _event(name: _Names, other: _Names) -> Event:
    words = name.words
    participants = tuple(
        EventParticipant(role=role, entity=entity, text=words, mention=f"{words}-m0")
        for role, entity in (
            (Role.AGENT, name.entity), (Role.TARGET, None), (Role.PLACE, other.entity), (Role.SOURCE, words),
        )
    )  # fmt: skip
    when = date(2025, 6, 1 + name.number % 28) if name.number % 5 else None
    return Event(
        id=name.event, type=list(EventType)[name.number % len(EventType)], mode=words, label=words,
        status=list(Status)[name.number % len(Status)], start=when, end=when, places=(other.entity,),
        participants=participants, mentions=(f"{words}-m1",), storyline=words,
    )  # fmt: skip


def _claims(name: _Names) -> list[Claim]:
    words = name.words
    ids = (f"{words}-c0", f"{words}-c1")
    return [
        Claim(
            id=ids[number], about=name.event, property=words, value=words if number else 7.0, upper=None,
            qualifier=Qualifier.AT_LEAST, unit=words, text=words, speaker=name.entity if number else None,
            said_by=words, article=words, mention=f"{words}-m1", as_of=None, origin=words,
            conflicts=(ids[1 - number],), supersedes=(ids[1 - number],) if number else (),
        )
        for number in range(2)
    ]  # fmt: skip


def _finding(name: _Names) -> Finding:
    words = name.words
    return Finding(
        id=f"{words}-f", about=name.event, property=words, unit=words, value=words, upper=None,
        qualifier=Qualifier.EXACTLY, supports=(f"{words}-c0",), against=(f"{words}-c1",), origins=(words,),
        reasons=(words,),
    )  # fmt: skip
