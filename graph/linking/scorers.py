"""What counts for and against two names, or two events, being one: readable lists of features and weights.

The weights are set by hand so that each line can be argued with; the tables of name pairs and event pairs in
`tests/graph` say what they must decide.
"""

from __future__ import annotations

from graph.verdict import Scorer

PEOPLE = Scorer(
    weights={
        "same full name": 3.0,
        "same single name": 1.0,
        "same surname": 1.5,
        "similar surname": 1.0,
        "one name within the other": 2.25,
        "same given name": 1.5,
        "similar given name": 1.0,
        "initial fits": 0.5,
        "short given name": 0.75,
        "given name missing": 0.0,
        "given names sound alike": 0.0,  # Ihor and Igor, but also Jon and Jan: the rest must speak for one person
        "long surname": 0.5,  # four sounds or more: less likely shared by chance
        "middle names differ": -2.0,
        "same office": 1.0,
        "different offices": -0.5,
        "shared company": 0.5,
        "same article": 0.25,
    },
    vetoes=frozenset({"given names differ", "surnames differ"}),
    same=2.75,
    different=0.5,
)

EVENTS = Scorer(
    weights={
        "same name": 3.0,  # "Commission of Inquiry" alone is many
        "same place": 2.0,
        "same agent": 1.0,
        "same target": 1.0,
        "shared participant": 0.5,
        "same number": 1.5,
        "same day": 2.0,
        "same weekday": 1.0,
        "times overlap": 0.5,
        "same trigger": 1.0,
        "same mode": 0.5,
        "articles alike": 0.5,
        "published together": 0.5,
        "published weeks apart": -2.0,
        "numbers differ": -1.0,
        "no anchor": -5.0,  # neither a day nor a number in common: two raids on one town look just like that
        "no actor or place": -5.0,
    },
    vetoes=frozenset(
        {
            "types differ",
            "times differ",
            "weekdays differ",
            "places differ",
            "agents differ",
            "targets differ",
            "numbers differ without a day",
            "one is not fact",
        }
    ),
    same=4.5,
    different=1.0,
)
