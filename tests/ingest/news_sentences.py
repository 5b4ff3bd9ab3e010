"""Single news sentences and the facts that must be found in them: events, roles, numbers, speakers, offices."""

from __future__ import annotations

from datetime import date

from ingest.article import EventType, Interval, Qualifier, Status
from tests.ingest.expectations import (
    AGENT,
    INSTRUMENT,
    PLACE,
    RECIPIENT,
    TARGET,
    TIME,
    Expected,
    Nothing,
    day,
    fact,
    happening,
    number,
)

T = EventType

SENTENCES: dict[str, tuple[Expected, ...]] = {
    "The union's leader threatened a strike at the plant.": (
        happening(T.PROTEST, "strike", status=Status.POSSIBLE),
    ),
    # Who is behind it
    "Hamas claimed responsibility for the bombing in Jerusalem.": (
        happening(T.ASSAULT, "bombing", (AGENT, "Hamas"), (PLACE, "Jerusalem")),
    ),
    "Prosecutors charged Daniel Ortiz with the murder of two tourists.": (
        happening(T.ASSAULT, "murder", (AGENT, "Daniel Ortiz"), (TARGET, "*tourists"), status=Status.ALLEGED),
    ),
    "A court convicted Daniel Ortiz of the murder of two tourists.": (
        happening(T.ASSAULT, "murder", (AGENT, "Daniel Ortiz"), (TARGET, "*tourists")),
    ),
    "The blast was blamed on the Taliban.": (
        happening(T.ASSAULT, "blast", (AGENT, "Taliban"), status=Status.ALLEGED),
    ),
    "Police are investigating the mayor's murder.": (happening(T.ASSAULT, "murder", (TARGET, "mayor")),),
    "Boko Haram is behind the kidnapping, officials said.": (
        happening(T.ASSAULT, "kidnapping", (AGENT, "Boko Haram")),
    ),
    "The army claimed the interception of 14 drones over Asmara.": (
        happening(T.ASSAULT, "interception", (AGENT, "army"), (TARGET, "*drones"), status=Status.ALLEGED),
    ),
    "Airlines attacked the legislation on Monday.": (happening(T.ACCUSE, "attacked", (AGENT, "Airlines")),),
    "The region was struck by an earthquake in May.": (happening(T.DISASTER, "struck", (TARGET, "region")),),
    "Exiles returned to lend a hand.": (happening(T.AID, "lend", status=Status.PLANNED),),
    "The rebels failed to seize Kadoma.": (
        happening(T.ASSAULT, "seize", (AGENT, "rebels"), (TARGET, "Kadoma"), status=Status.DENIED),
    ),
    "No rebels attacked Kadoma on Monday.": (happening(T.ASSAULT, "attacked", status=Status.DENIED),),
    "No fewer than 20 rebels attacked Kadoma.": (happening(T.ASSAULT, "attacked", (TARGET, "Kadoma")),),
    "None of the parties signed the treaty in Oslo.": (happening(T.AGREE, "treaty", status=Status.DENIED),),
    "Kenya sent no troops to Sudan.": (happening(T.MOBILIZE, "sent", (AGENT, "Kenya"), status=Status.DENIED),),
    "He made no commitment to Wright in a private meeting Tuesday.": (
        happening(T.AGREE, "commitment", status=Status.DENIED),
        happening(T.CONSULT, "meeting", (TIME, "Tuesday")),
    ),
    "The rebels left Kadoma without attacking the army.": (
        happening(T.ASSAULT, "attacking", (TARGET, "army"), status=Status.DENIED),
    ),
    "Instead of attacking Kadoma, the rebels withdrew.": (
        happening(T.ASSAULT, "attacking", status=Status.DENIED), happening(T.RETREAT, "withdrew", (AGENT, "rebels")),
    ),
    "Protesters prevented the army from attacking Kadoma.": (
        happening(T.ASSAULT, "attacking", (AGENT, "army"), status=Status.DENIED),
    ),
    "Nothing stopped the rebels from seizing Goma.": (happening(T.ASSAULT, "seizing", (AGENT, "rebels")),),
    "The firm shied away from buying its rival Globex.": (happening(T.ECONOMY, "buying", status=Status.DENIED),),
    "Acme made $3m from selling its shares.": (happening(T.ECONOMY, "selling", (AGENT, "Acme")),),
    "The minister was not pressured into resigning on Friday.": (
        happening(T.APPOINT, "resigning", status=Status.DENIED),
    ),
    "Kenya was forced into withdrawing its troops from Juba.": (happening(T.RETREAT, "withdrawing", (AGENT, "Kenya")),),
    "The rebels tried to seize Kadoma.": (happening(T.ASSAULT, "seize", status=Status.POSSIBLE),),
    "The rebels managed to seize Kadoma.": (happening(T.ASSAULT, "seize", status=Status.HAPPENED),),
    "Chad agreed to withdraw its troops.": (happening(T.RETREAT, "withdraw", status=Status.PLANNED),),
    "The mayor ordered residents to evacuate Kadoma.": (happening(T.AID, "evacuate", status=Status.DEMANDED),),
    "French money will enable Chad to destroy the rebels.": (
        happening(T.ASSAULT, "destroy", (TARGET, "rebels"), status=Status.PLANNED),
    ),
    "Chad will have to withdraw its troops.": (happening(T.RETREAT, "withdraw", status=Status.PLANNED),),
    "Chad had to withdraw its troops.": (happening(T.RETREAT, "withdraw", status=Status.HAPPENED),),
    "The presidents met in Doha to discuss the border.": (happening(T.CONSULT, "met", (PLACE, "Doha")),),
    "Shells kill three and wound more than 60 in Goma on Wednesday.": (
        happening(T.ASSAULT, "kill", (PLACE, "Goma"), (TIME, "Wednesday")),
        number("injured", 60, qualifier=Qualifier.MORE_THAN),
    ),
    "The death toll from the flood in Sylhet climbed to 56 on Monday.": (
        number("killed", 56, of="flood"),
    ),
    # Weapons let loose, an operation and what it was, a phrase and whom it is about, a verb that brings to talks
    "The report counts Eritrea's deployment of 90 drones on Monday and another 40 drones on Tuesday.": (
        happening(T.ASSAULT, "deployment", (AGENT, "Eritrea"), (INSTRUMENT, "*drones"), (TIME, "Monday")),
        happening(T.ASSAULT, "drones", (AGENT, "Eritrea"), (INSTRUMENT, "40 drones"), (TIME, "Tuesday")),
    ),
    "Generals praised Chad's operation, a series of air raids that wrecked tanks.": (
        happening(T.ASSAULT, "operation", (AGENT, "Chad"), (TARGET, "tanks")),
    ),
    "Unions expressed their solidarity with Lebanon.": (
        happening(T.SUPPORT, "expressed", (AGENT, "Unions"), (TARGET, "Lebanon")),
    ),
    "Chad is returning to peace talks with Niger, moving the next round of negotiations from Lagos to Accra.": (
        happening(T.CONSULT, "talks", (AGENT, "Chad"), (TARGET, "Niger")),
        happening(T.CONSULT, "negotiations", (PLACE, "Accra"), status=Status.PLANNED),
    ),
    # What is counted takes part, not the word of number
    "The militia fired 12 of its 30 rockets at a group of soldiers.": (
        happening(T.ASSAULT, "fired", (AGENT, "militia"), (INSTRUMENT, "*rockets"), (TARGET, "soldiers")),
        number("launched", 12, unit="rockets"),
    ),
    "The air force destroyed 21 out of the 49 drones sent by Iran.": (
        happening(T.ASSAULT, "destroyed", (AGENT, "air force"), (TARGET, "*drones")),
    ),
    # War and violence
    "Rebels attacked the town of Goma on Monday, killing at least 12 people.": (
        happening(T.ASSAULT, "attacked", (AGENT, "Rebels"), (PLACE, "Goma"), (TIME, "Monday"), interval=day(6, 9)),
        number("killed", 12, qualifier=Qualifier.AT_LEAST, unit="people", of="attacked"),
    ),
    "A suicide bomber killed nine soldiers in Mogadishu, police said.": (
        happening(T.ASSAULT, "killed", (AGENT, "*bomber"), (TARGET, "*soldiers"), (PLACE, "Mogadishu"), mode="suicide"),
        number("killed", 9, unit="soldiers", speaker="police"),
    ),
    "Israeli warplanes bombed a warehouse in southern Lebanon on Wednesday.": (
        happening(
            T.ASSAULT, "bombed", (AGENT, "Israeli*"), (TARGET, "warehouse"), (PLACE, "*Lebanon"), mode="aerial",
            interval=day(6, 11),
        ),
    ),
    "Sudan's army shelled a market in Omdurman, the doctors' union said.": (
        happening(T.ASSAULT, "shelled", (AGENT, "Sudan*"), (TARGET, "market"), (PLACE, "Omdurman")),
    ),
    "Gunmen kidnapped seven teachers in northern Nigeria.": (
        happening(T.ASSAULT, "kidnapped", (AGENT, "Gunmen"), (TARGET, "*teachers"), (PLACE, "*Nigeria")),
    ),
    "Between 20 and 30 people were injured in the explosion, Governor Ali Rahman told reporters.": (
        happening(T.ASSAULT, "explosion", mode="bombing"),
        number("injured", 20, upper=30, qualifier=Qualifier.RANGE, speaker="Ali Rahman", of="explosion"),
        fact("Ali Rahman", "job_title", "governor"),
    ),
    "Hamas released three hostages on Saturday.": (
        happening(T.CONCEDE, "released", (AGENT, "Hamas"), (TARGET, "*hostages"), interval=day(6, 7)),
    ),
    "The United States withdrew its soldiers from Niger.": (
        happening(T.RETREAT, "withdrew", (AGENT, "United States"), (TARGET, "soldiers")),
    ),
    "Germany will deliver 18 tanks to Ukraine.": (
        happening(T.AID, "deliver", (AGENT, "Germany"), (TARGET, "*tanks"), (RECIPIENT, "Ukraine"),
                  status=Status.PLANNED),
        number("count", 18, unit="tanks"),
    ),
    "Russia denied that it had attacked Kharkiv.": (
        happening(T.REJECT, "denied", (AGENT, "Russia")),
        happening(T.ASSAULT, "attacked", (TARGET, "Kharkiv"), status=Status.DENIED),
    ),
    "Officials reported deadly strikes on homes in Goma on Monday.": (
        happening(T.ASSAULT, "strikes", (TARGET, "homes"), (PLACE, "Goma"), interval=day(6, 9)),
    ),
    "Missiles hit Goma hours after Kigali promised revenge for an attack on Gisenyi.": (
        happening(T.ASSAULT, "hit", (TARGET, "Goma"), (INSTRUMENT, "Missiles")),
        happening(T.ASSAULT, "attack", (TARGET, "Gisenyi")),
    ),
    "Gunmen with rifles killed three people in a raid with drones and bombs.": (
        happening(T.ASSAULT, "raid", (INSTRUMENT, "drones"), (INSTRUMENT, "bombs")),
    ),
    "Rebels fired 30 rockets at Goma.": (
        happening(T.ASSAULT, "fired", (AGENT, "Rebels"), (INSTRUMENT, "*rockets")),
    ),
    "Shareholders vote on the plan on June 28.": (
        happening(T.ELECTION, "vote", status=Status.PLANNED, interval=day(6, 28)),
    ),
    "Goma endured a heavy bombardment, residents said.": (
        happening(T.ASSAULT, "bombardment", (TARGET, "Goma")),
    ),
    "The minister appeared on television, condemning the coup.": (
        happening(T.ACCUSE, "condemning", (AGENT, "minister")),
    ),
    "Engineers showed reporters a new attack drone.": (
        Nothing(type=T.ASSAULT),
    ),
    # Disasters, accidents, health
    "An earthquake killed more than 300 people in Morocco on Friday.": (
        happening(T.DISASTER, "earthquake", (PLACE, "Morocco"), interval=day(6, 6)),
        number("killed", 300, qualifier=Qualifier.MORE_THAN, unit="people", of="earthquake"),
        Nothing(type=T.ASSAULT),
    ),
    "Flooding in Pakistan displaced nearly 50,000 people, officials said.": (
        happening(T.DISASTER, "Flooding", (PLACE, "Pakistan")),
        number("displaced", 50_000, qualifier=Qualifier.NEARLY, speaker="officials", of="Flooding"),
    ),
    "A train collided with a bus in Bihar, injuring about 40 people.": (
        happening(T.ACCIDENT, "collided", (PLACE, "Bihar")),
        number("injured", 40, qualifier=Qualifier.ABOUT, unit="people", of="collided"),
    ),
    "An outbreak of cholera has killed 23 people in Haiti, the health ministry said.": (
        happening(T.HEALTH, "outbreak", (PLACE, "Haiti")),
        number("killed", 23, speaker="*health ministry", of="outbreak"),
    ),
    "\"The fire has destroyed half of the village,\" said Julia Stone, mayor of Kelowna.": (
        happening(T.ACCIDENT, "fire"),
        fact("Julia Stone", "job_title", "mayor"),
        fact("Julia Stone", "office_of", "Kelowna"),
    ),
    "Turkey evacuated 1,500 citizens from Libya.": (
        happening(T.AID, "evacuated", (AGENT, "Turkey"), (TARGET, "*citizens")),
    ),
    "Some 4,000 firefighters fought a blaze in the province of Alberta.": (
        happening(T.ACCIDENT, "blaze"),
        number("count", 4000, qualifier=Qualifier.ABOUT, unit="firefighters"),
    ),
    "Nelson Mandela died in Johannesburg in 2013.": (
        happening(T.DEATH, "died", (PLACE, "Johannesburg"),
                  interval=Interval(start=date(2013, 1, 1), end=date(2013, 12, 31))),
    ),
    # Politics
    "Chancellor Friedrich Merz met President Emmanuel Macron in Paris on Thursday.": (
        happening(T.CONSULT, "met", (AGENT, "Friedrich Merz"), (TARGET, "Emmanuel Macron"), (PLACE, "Paris")),
        fact("Friedrich Merz", "job_title", "chancellor"),
        fact("Emmanuel Macron", "job_title", "president"),
    ),
    "Voters in Chile elected Gabriel Boric on Sunday.": (
        happening(T.ELECTION, "elected", (AGENT, "Voters"), (TARGET, "Gabriel Boric"), (PLACE, "Chile"),
                  interval=day(6, 8)),
    ),
    "Thousands of students protested in Dhaka against the government.": (
        happening(T.PROTEST, "protested", (PLACE, "Dhaka")),
    ),
    "Kenya and Uganda signed a trade agreement in Nairobi.": (
        happening(T.AGREE, "agreement", (AGENT, "Kenya"), (AGENT, "Uganda"), (PLACE, "Nairobi")),
    ),
    "France accused Azerbaijan of spreading lies.": (
        happening(T.ACCUSE, "accused", (AGENT, "France"), (TARGET, "Azerbaijan")),
    ),
    "Prime Minister Keir Starmer appointed Rachel Reeves as finance minister.": (
        happening(T.APPOINT, "appointed", (AGENT, "Keir Starmer"), (TARGET, "Rachel Reeves")),
        fact("Keir Starmer", "job_title", "prime minister"),
    ),
    "The defence minister of Peru, Jorge Chavez, resigned on Tuesday.": (
        happening(T.APPOINT, "resigned", interval=day(6, 10)),
    ),
    "Iran threatened to close the Strait of Hormuz.": (happening(T.THREATEN, "threatened", (AGENT, "Iran")),),
    "India rejected the plan on Monday.": (happening(T.REJECT, "rejected", (AGENT, "India"), (TARGET, "plan")),),
    "Japan's prime minister, Shigeru Ishiba, visited Manila in April.": (
        happening(T.CONSULT, "visited", (AGENT, "Shigeru Ishiba")),
    ),
    "The European Union imposed sanctions on Belarus.": (happening(T.SANCTION, "sanctions", (TARGET, "Belarus")),),
    # Economy
    "Microsoft bought the game maker Activision for $69 billion.": (
        happening(T.ECONOMY, "bought", (AGENT, "Microsoft"), (TARGET, "Activision")),
        number("money", 69e9, unit="USD", of="bought"),
    ),
    "Unemployment in Spain fell to 11 percent in May.": (
        happening(T.ECONOMY, "fell", (PLACE, "Spain"), (TIME, "May"),
                  interval=Interval(start=date(2025, 5, 1), end=date(2025, 5, 31))),
        number("percent", 11, unit="%", of="fell"),
    ),
    "The central bank of Turkey raised its interest rate to 45 percent.": (
        happening(T.ECONOMY, "raised", (AGENT, "*bank*")),
        number("percent", 45, unit="%", of="raised"),
    ),
    "Nurses in Lisbon went on strike on Monday.": (
        happening(T.PROTEST, "strike", interval=day(6, 9)),
        Nothing(type=T.ASSAULT),
    ),
    "Workers at a Volkswagen plant in Mexico began a strike.": (
        happening(T.PROTEST, "strike", (AGENT, "Workers")),
        Nothing(type=T.ASSAULT),
    ),
    # Courts and crime
    "A court in Madrid sentenced Luis Ortega to six years in prison for fraud.": (
        happening(T.JUSTICE, "sentenced", (TARGET, "Luis Ortega"), (PLACE, "Madrid")),
    ),
    "Police in Manila arrested 14 people on Sunday, the interior ministry said.": (
        happening(T.COERCE, "arrested", (TARGET, "*people"), (PLACE, "Manila"), interval=day(6, 8)),
    ),
    "The Supreme Court of Brazil acquitted Senator Ana Prado.": (
        happening(T.JUSTICE, "acquitted", (AGENT, "Supreme Court*"), (TARGET, "Ana Prado")),
        fact("Ana Prado", "job_title", "senator"),
    ),
    "Prosecutors charged Tom Becker, a 45-year-old banker, with theft.": (
        happening(T.JUSTICE, "charged", (AGENT, "Prosecutors"), (TARGET, "Tom Becker")),
        fact("Tom Becker", "age", "45"),
        fact("Tom Becker", "occupation", "banker"),
    ),
    # Sport and culture
    "Argentina beat France in the final in Doha.": (
        happening(T.SPORT, "beat", (AGENT, "Argentina"), (TARGET, "France"), (PLACE, "Doha")),
    ),
    "Lena Fischer won the marathon in Boston.": (
        happening(T.SPORT, "won", (AGENT, "Lena Fischer"), (PLACE, "Boston")),
    ),
    "Kagero Electric won the contract and the auction.": (
        Nothing(type=T.SPORT),
    ),
    "The film festival in Cannes opened on Tuesday.": (
        happening(T.CULTURE, "festival", (PLACE, "Cannes"), interval=day(6, 10)),
    ),
    # Who and where, when another clause or event stands between
    "Sudanese rebels fired 20 rockets on Monday and another 35 drones on Tuesday.": (
        happening(T.ASSAULT, "fired", (AGENT, "Sudan*"), (INSTRUMENT, "20 rockets"), interval=day(6, 9)),
        happening(T.ASSAULT, "drones", (AGENT, "Sudan*"), interval=day(6, 10)),
        number("launched", 20, unit="rockets", of="fired"),
        number("launched", 35, unit="drones", of="drones"),
    ),
    "India-Pakistan border talks are set to resume in Muscat on Friday.": (
        happening(T.CONSULT, "talks", (AGENT, "India"), (AGENT, "Pakistan"), (PLACE, "Muscat"), status=Status.PLANNED),
    ),
    "Maiduguri, one of the cities attacked, buried its dead on Tuesday.": (
        happening(T.ASSAULT, "attacked", (TARGET, "Maiduguri"), (PLACE, "Maiduguri")),
    ),
    "Poland blocked the trade deal, raising concerns in Ottawa.": (
        happening(T.REJECT, "blocked", (AGENT, "Poland"), (TARGET, "*deal")),
        Nothing(type=T.REJECT, role=PLACE),
    ),
    "The rebels struck an army base in Goma's centre.": (
        happening(T.ASSAULT, "struck", (AGENT, "rebels"), (TARGET, "army base"), (PLACE, "Goma")),
    ),
    "Chad accused Niger of carrying out an attack in Abéché that claimed the lives of 14 people.": (
        happening(T.ASSAULT, "attack", (AGENT, "Niger"), (PLACE, "Abéché"), status=Status.ALLEGED),
        happening(T.ACCUSE, "accused", (AGENT, "Chad"), (TARGET, "Niger")),
        Nothing(type=T.ACCUSE, role=PLACE),
        number("killed", 14, of="attack", speaker="Chad"),
    ),
    "Analysts pointed to Israel's Operation Northern Wind, which struck two ports in Yemen.": (
        happening(T.ASSAULT, "Operation Northern Wind", (AGENT, "Israel"), (TARGET, "two ports"), (PLACE, "Yemen")),
    ),
    "The commission blamed the operator for the deaths.": (
        happening(T.ACCUSE, "blamed", (AGENT, "commission"), (TARGET, "operator")),
    ),
    "Syria's army claimed the interception of 30 Israeli drones, calling further raids likely.": (
        number("intercepted", 30, speaker="*army", of="interception"),
    ),
    # What the words around an event word show that it is not
    "The opposition won a complete victory, said the prince's failed bid to stop it had mustered enthusiasm.": (
        Nothing(type=T.REJECT), Nothing(type=T.SPORT), Nothing(type=T.ECONOMY), Nothing(type=T.MOBILIZE),
    ),
    "The president inaugurated a bridge in Accra.": (Nothing(type=T.ELECTION),),
    "One man in Oslo recognises that robots are a threat.": (Nothing(type=T.SUPPORT),),
    "Demand for tea rose and Kagero hit a record high of 40 dollars.": (
        Nothing(type=T.REQUEST), Nothing(type=T.ASSAULT),
    ),
    "The club announced a promotion of two menus and the release of a song.": (
        Nothing(type=T.APPOINT), Nothing(type=T.CONCEDE),
    ),
    "The minister paid a visit to Windhoek.": (
        happening(T.CONSULT, "visit", (AGENT, "minister"), (PLACE, "Windhoek")),
        Nothing(type=T.ECONOMY),
    ),
    "Thousands of civil servants were on strike in Wales.": (
        happening(T.PROTEST, "strike", (PLACE, "Wales")),
        Nothing(type=T.ASSAULT),
    ),
    "Two bodies that regulate banks criticised the plan.": (Nothing(type=T.DEATH), happening(T.ACCUSE, "criticised")),
    "Rescuers pulled four bodies from the river.": (number("killed", 4, unit="bodies"),),
    "The singer who played in Accra in 2010 has died.": (
        happening(T.DEATH, "died", (TARGET, "singer")),
        Nothing(type=T.DEATH, role=TIME),
    ),
    "Laws were introduced in 2002 after a fire that killed 25 people.": (
        happening(T.ACCIDENT, "fire", (TARGET, "25 people")),
        Nothing(type=T.ACCIDENT, role=TIME),
    ),
    "Muscat: The central bank has fined two lenders.": (happening(T.JUSTICE, "fined", (AGENT, "central bank")),),
    "Prosecutors brought charges against three officers.": (
        happening(T.JUSTICE, "charges", (AGENT, "Prosecutors"), (TARGET, "three officers")),
    ),
    "Profits rose 8% to 4.7 billion euros.": (number("percent", 8), number("money", 4.7e9)),
    "KIGALI, July 5 (Newsline) - Rebels shelled a market in Goma.": (
        happening(T.ASSAULT, "shelled", (AGENT, "Rebels"), (TARGET, "market"), (PLACE, "Goma")),
        Nothing(type=T.ASSAULT, role=TIME),
    ),
    "The regulator seized the accounts, and sales met expectations.": (
        happening(T.COERCE, "seized", (AGENT, "regulator")),
        Nothing(type=T.CONSULT),
    ),
    "Two rounds of peace talks in Doha have collapsed.": (
        happening(T.CONSULT, "talks", (PLACE, "Doha")), Nothing(type=T.ACCIDENT),
    ),
    # What ties names together
    "Ana Silva, a member of the Green Party, left Recife.": (fact("Ana Silva", "member_of", "Green Party"),),
    "Kagero Electric, which is based in Nagoya, cut its forecast.": (fact("Kagero Electric", "located_in", "Nagoya"),),
    "Orbis Air, a unit of Kagero Group, cancelled its flights.": (fact("Orbis Air", "part_of", "Kagero Group"),),
    "Leyla Haddad, the daughter of Omar Haddad, was freed.": (fact("Leyla Haddad", "daughter_of", "Omar Haddad"),),
    # No event
    "Officials said that the statement was short.": tuple(Nothing(type=type_) for type_ in EventType),
    "The hospital has 400 beds.": (Nothing(type=T.ASSAULT), Nothing(type=T.HEALTH)),
}  # fmt: skip
