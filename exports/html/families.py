"""Events by what kind of news they are, which gives them their colours in every view."""

from __future__ import annotations

from ingest.article import EventType

# Events by what kind of news they are: name, border, ground.
FAMILIES = {
    "conflict": ("#b42318", "#fdecea"),
    "harm": ("#b45309", "#fef3e2"),
    "diplomacy": ("#1d5fa8", "#e8f1fb"),
    "society": ("#4b5563", "#f1f3f5"),
}
CONFLICT = {"ASSAULT", "COERCE", "THREATEN", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION", "ACCUSE", "REJECT"}
HARM = {"DISASTER", "ACCIDENT", "HEALTH", "DEATH"}
DIPLOMACY = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "REQUEST"}


def family(type: EventType) -> str:
    """Which kind of news an event of this type is: conflict, harm, diplomacy or society."""
    return (
        "conflict" if type in CONFLICT else "harm" if type in HARM else "diplomacy" if type in DIPLOMACY else "society"
    )
