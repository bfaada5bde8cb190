"""Everything that can be asked here, in one list: the addresses and the description are made of it."""

from collections.abc import Sequence

from namens.api import acts, examples, lists, registration, webhooks, wire, wire_acts, wire_events, wire_lists
from namens.api.calls import Operation

OPERATIONS: Sequence[Operation] = (
    Operation(
        name="portaal",
        method="GET",
        path="portaal",
        summary="Hoe uw portaal is aangemeld",
        explained="De diensten en handelingen waarvoor uw portaal is aangemeld, zoals Namens die nu kent. "
        "En het nummer van uw nieuwste gebeurtenis.",
        answer=registration.registration,
        given={200: wire.OwnRegistration},
        shown={200: examples.REGISTRATION},
    ),
    Operation(
        name="gebeurtenissen",
        method="GET",
        path="gebeurtenissen",
        summary="Gebeurtenissen lezen na een nummer",
        explained=(
            "De gebeurtenissen van uw portaal met een hoger nummer dan `na`, in hun volgorde en zonder gat. Ze zijn "
            "precies zoals ze als webhook worden verstuurd. Na 30 dagen worden ze gewist: te oud is "
            "410. Ook een nummer dat er nog niet is, is 410: dan is een back-up van Namens teruggezet."
        ),
        answer=lists.events,
        query=wire_lists.EventsAsked,
        given={200: wire_events.HeardEvents},
        problems=(410,),
        shown={200: examples.EVENTS},
    ),
    Operation(
        name="machtigingen",
        method="GET",
        path="machtigingen",
        summary="Machtigingen lezen",
        explained=(
            "Machtigingen die ooit actief waren en over een dienst van uw portaal gaan. Zonder wettelijke grondslag "
            "voor lijsten alleen die bij uw portaal zijn gebruikt. Lees alle bladzijden en dan gebeurtenissen na "
            "`laatsteNummer`: zo mist u niets."
        ),
        answer=lists.mandates,
        query=wire_lists.MandatesAsked,
        given={200: wire_lists.Mandates},
        shown={200: examples.MANDATES},
    ),
    Operation(
        name="machtigingenZoeken",
        method="POST",
        path="machtigingen/zoekopdrachten",
        summary="Machtigingen zoeken",
        explained=(
            "Hetzelfde, met meer filters. Personen staan in de inhoud, nooit in het adres. Een nummer dat uw portaal "
            "niet kent is niemand: dan is de lijst leeg. Bij elke bladzijde stuurt u dezelfde filters mee."
        ),
        answer=lists.search,
        asked=wire_lists.MandatesSought,
        given={200: wire_lists.Mandates},
        example=examples.SEARCH,
        shown={200: examples.MANDATES},
    ),
    Operation(
        name="handelingMelden",
        method="POST",
        path="handelingen",
        summary="Meld een handeling",
        explained="Meld dat iemand namens een ander iets deed. Namens kijkt of het toen mocht. "
        "Meldt u hetzelfde nog eens, dan blijft het één handeling (200). Stuur geen bedragen en geen vrije tekst.",
        answer=acts.report_one,
        asked=wire_acts.ActReport,
        given={201: wire_acts.ActTaken, 200: wire_acts.ActTaken},
        problems=(409,),
        example=examples.REPORT,
        shown={201: examples.ACT, 200: examples.ACT},
    ),
    Operation(
        name="handelingenMelden",
        method="POST",
        path="handelingreeksen",
        summary="Meld veel handelingen",
        explained="Meld hoogstens 1000 handelingen in één verzoek. Elke handeling staat op zichzelf. "
        "Het antwoord heeft dezelfde volgorde.",
        answer=acts.report_many,
        asked=wire_acts.ActReports,
        given={200: wire_acts.ActResults},
        example=examples.REPORTS,
        shown={200: examples.RESULTS},
    ),
    Operation(
        name="handeling",
        method="GET",
        path="handelingen/<uuid:act>",
        summary="Lees een gemelde handeling",
        explained="Een handeling die uw portaal meldde, met het nummer dat u bij het melden kreeg.",
        answer=acts.act,
        given={200: wire_acts.ActTaken},
        shown={200: examples.ACT},
    ),
    Operation(
        name="webhookgeheimMaken",
        method="POST",
        path="webhookgeheimen",
        summary="Maak een nieuw geheim voor uw gebeurtenissen",
        explained=(
            "Wij ondertekenen elke gebeurtenis met dit geheim (Standard Webhooks). U krijgt het alleen nu. "
            "Het vorige geheim ondertekent nog 24 uur mee. Was er al een derde, dan vervalt de oudste meteen."
        ),
        answer=webhooks.make,
        given={201: wire.NewWebhookSecret},
        shown={201: examples.NEW_SECRET},
    ),
    Operation(
        name="webhookgeheimen",
        method="GET",
        path="webhookgeheimen",
        summary="Welke geheimen nu ondertekenen",
        explained="De geheimen die nu ondertekenen, de nieuwste eerst. Nooit het geheim zelf.",
        answer=webhooks.listed,
        given={200: wire.WebhookSecrets},
        shown={200: examples.SECRETS},
    ),
    Operation(
        name="proefgebeurtenis",
        method="POST",
        path="proefgebeurtenissen",
        summary="Stuur uzelf een gebeurtenis om uw ontvanger te proberen",
        explained=(
            "Wij brengen een gebeurtenis van het type `proef` naar uw adres, zoals elke andere. "
            "Dat kan tien keer in een uur."
        ),
        answer=webhooks.send_trial,
        given={202: wire.TrialEvent},
        problems=(409,),
        shown={202: examples.TRIAL},
    ),
)
