"""More single news sentences: such as misled the rules once, and such as still do."""

from __future__ import annotations

from ingest.article import EventType, Qualifier, Status
from tests.ingest.expectations import (
    AGENT,
    PLACE,
    TARGET,
    Expected,
    Nothing,
    fact,
    happening,
    number,
)

T = EventType

FURTHER: dict[str, tuple[Expected, ...]] = {
    "Twelve people were killed when the river burst its banks on Monday.": (
        happening(T.DISASTER, "killed", (TARGET, "Twelve*")),
    ),
    "The floods came at night. Forty houses were destroyed in Kadoma.": (
        happening(T.DISASTER, "destroyed", (PLACE, "Kadoma")),
    ),
    "The floods came at night. Rebels destroyed forty houses in Kadoma.": (
        happening(T.ASSAULT, "destroyed", (AGENT, "Rebels")),
    ),
    "Rebels left after the floods. Forty houses were destroyed in Kadoma.": (
        happening(T.ASSAULT, "destroyed", (PLACE, "Kadoma")),
    ),
    "France took a smashing win in Lyon.": (Nothing(type=T.ASSAULT),),
    "Attacking rebels took Kadoma.": (happening(T.ASSAULT, "Attacking", (AGENT, "*rebels")),),
    "In May 2021, riots erupted across Israel.": (
        happening(T.PROTEST, "riots", (PLACE, "Israel")),
        Nothing(type=T.DISASTER),
    ),
    "Fighting erupted between the army and rebels near Goma on Sunday.": (
        happening(T.ASSAULT, "Fighting", (PLACE, "Goma"), (AGENT, "army"), (AGENT, "rebels")),
        Nothing(type=T.DISASTER),
    ),
    "The volcano erupted near Goma on Sunday.": (happening(T.DISASTER, "erupted", (PLACE, "Goma")),),
    "A fire broke out at a market in Accra on Monday.": (happening(T.ACCIDENT, "fire", (PLACE, "Accra")),),
    "Rebels broke the ceasefire in Goma.": (Nothing(type=T.AGREE, role=AGENT),),
    "Firefighters battled a blaze in Lisbon.": (
        happening(T.ACCIDENT, "blaze", (PLACE, "Lisbon")),
        Nothing(type=T.ASSAULT),
    ),
    "Women fight for equal pay.": (Nothing(type=T.ASSAULT),),
    "Fighters fought for control of Kadoma.": (happening(T.ASSAULT, "fought", (PLACE, "Kadoma")),),
    "The tax office seized 119 bank accounts.": (
        happening(T.COERCE, "seized", (TARGET, "119 bank accounts")),
        Nothing(type=T.ASSAULT),
    ),
    "The army seized power in Niger.": (happening(T.ASSAULT, "seized", (PLACE, "Niger")),),
    "Two clans fought a courtroom battle in Delhi.": (Nothing(type=T.ASSAULT),),
    "A blast hit Herat on Sunday. Of the 200 or so injured, 50 were children.": (
        number("injured", 200, qualifier=Qualifier.ABOUT, unit=None),
    ),
    "In 2018 Sun gave orders for the sale.": (Nothing(type=T.CONCEDE),),
    "The rebels gave in to the army.": (happening(T.CONCEDE, "gave", (AGENT, "rebels")),),
    "Asked about this incident, Yoon claimed ignorance.": (Nothing(type=T.REQUEST),),
    "Residents asked whether Chad will pay.": (Nothing(type=T.REQUEST),),
    "Kenya asked Chad for help.": (happening(T.REQUEST, "asked", (AGENT, "Kenya"), (TARGET, "Chad")),),
    "Kenya called on Chad to leave.": (happening(T.REQUEST, "called", (AGENT, "Kenya"), (TARGET, "Chad")),),
    "Locals protested against the looting by soldiers in Bangui.": (
        happening(T.PROTEST, "protested", (AGENT, "Locals")),
        happening(T.ASSAULT, "looting", (AGENT, "soldiers"), (PLACE, "Bangui")),
    ),
    "The envoy paid a courtesy call on the president in Delhi.": (Nothing(type=T.ECONOMY),),
    "Six dog tracks were put up for sale in a move that will lead to the break-up of the group.": (
        Nothing(type=T.COERCE),
    ),
    "Six men were rounded up on Monday.": (number("detained", 6, unit="men"),),
    "Six men were put behind bars.": (number("detained", 6, unit="men"),),
    "Police broke up a protest in Lagos.": (
        happening(T.COERCE, "broke", (AGENT, "Police")),
        happening(T.PROTEST, "protest", (PLACE, "Lagos")),
    ),
    "Shochu, taking over from beer, sold well.": (Nothing(type=T.APPOINT),),
    "Jane Okoye took over from Sears as chief executive.": (happening(T.APPOINT, "took", (AGENT, "Jane Okoye")),),
    "The tsunami, which ravaged south and east Asia, killed 150,000 people.": (
        Nothing(type=T.ASSAULT),
        number("killed", 150_000, unit="people"),
    ),
    "A storm lashed and battered Haiti on Sunday.": (
        happening(T.DISASTER, "battered", (PLACE, "Haiti")),
        Nothing(type=T.ASSAULT),
    ),
    "The union expects a cut. Its leader threatened a strike in Hamamatsu.": (
        happening(T.PROTEST, "strike", (PLACE, "Hamamatsu"), status=Status.POSSIBLE),
        Nothing(type=T.ASSAULT),
    ),
    "The union expects a cut. Rockets fell in Hamamatsu, and a strike hit the docks.": (
        happening(T.ASSAULT, "strike"),
    ),
    "Rebels attacked a village in Chad during the flood.": (
        happening(T.ASSAULT, "attacked", (AGENT, "Rebels"), (PLACE, "Chad")),
    ),
    "Two men were killed by gunmen after the earthquake.": (
        happening(T.ASSAULT, "killed", (AGENT, "gunmen"), (TARGET, "Two men")),
        Nothing(type=T.DISASTER, role=AGENT),
    ),
    "Forty houses were destroyed in a storm.": (Nothing(type=T.ASSAULT), number("damaged", 40, unit="houses")),
}  # fmt: skip

HARD: dict[str, tuple[Expected, ...]] = {
    "Air defences shot down 30 of the 45 drones that Iran launched, the Israeli army said.": (
        happening(T.ASSAULT, "shot", (AGENT, "Air defences"), (TARGET, "*drones")),
        number("intercepted", 30, speaker="Israel*"),
        number("launched", 45, unit="drones", speaker="Israel*"),
    ),
    "A wildfire destroyed 120 houses near Athens.": (
        happening(T.DISASTER, "wildfire", (PLACE, "Athens")),
        number("damaged", 120, unit="houses", of="wildfire"),
    ),
    "A ferry sank off Indonesia and 17 passengers are missing, the coast guard said.": (
        happening(T.ACCIDENT, "sank", (PLACE, "Indonesia")),
        number("missing", 17, unit="passengers", speaker="*coast guard", of="sank"),
    ),
    "Up to 200 villagers are trapped after the landslide, according to the Red Cross.": (
        happening(T.DISASTER, "landslide"),
        number("count", 200, qualifier=Qualifier.UP_TO, unit="villagers", speaker="Red Cross"),
    ),
    "Police arrested 14 people in Manila on Sunday, the interior ministry said.": (
        number("detained", 14, unit="people", speaker="*interior ministry", of="arrested"),
    ),
    "The European Union imposed new sanctions on Belarus.": (
        happening(T.SANCTION, "sanctions", (AGENT, "European Union"), (TARGET, "Belarus")),
    ),
    "Turkey's foreign minister, Hakan Fidan, flew to Cairo for talks.": (
        happening(T.CONSULT, "talks", (PLACE, "Cairo")),
        fact("Hakan Fidan", "job_title", "foreign minister"),
        fact("Hakan Fidan", "office_of", "Turkey"),
    ),
    "Shell cut 2,000 jobs in the Netherlands.": (
        happening(T.ECONOMY, "cut", (AGENT, "Shell"), (PLACE, "Netherlands")),
        number("count", 2000, unit="jobs", of="cut"),
    ),
    "Canada plans to send 600 troops to Latvia.": (
        happening(T.MOBILIZE, "send", (AGENT, "Canada"), (TARGET, "*troops"), status=Status.PLANNED),
        number("count", 600, unit="troops"),
    ),
    "Maria Corina Machado, 57, leader of the opposition in Venezuela, called for protests.": (
        happening(T.REQUEST, "called", (AGENT, "Maria Corina Machado")),
        happening(T.PROTEST, "protests", status=Status.DEMANDED),
        fact("Maria Corina Machado", "age", "57"),
        fact("Maria Corina Machado", "job_title", "leader"),
    ),
}  # fmt: skip
