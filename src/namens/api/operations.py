"""Everything that can be asked here, in one list: the addresses and the description are made of it."""

from collections.abc import Sequence

from namens.api import registration, webhooks, wire
from namens.api.calls import Operation

OPERATIONS: Sequence[Operation] = (
    Operation(
        name="portaal",
        method="GET",
        path="portaal",
        summary="Hoe uw portaal is aangemeld",
        explained="De diensten en handelingen waarvoor uw portaal is aangemeld, zoals Namens die nu kent.",
        answer=registration.registration,
        given={200: wire.OwnRegistration},
    ),
    Operation(
        name="webhookgeheim-maken",
        method="POST",
        path="webhookgeheimen",
        summary="Maak een nieuw geheim voor uw gebeurtenissen",
        explained=(
            "Wij ondertekenen elke gebeurtenis met dit geheim (Standard Webhooks). U krijgt het alleen nu. "
            "Het vorige geheim ondertekent nog 24 uur mee. Was er al een derde, dan vervalt de oudste meteen."
        ),
        answer=webhooks.make,
        given={201: wire.NewWebhookSecret},
        problems=(429,),
    ),
    Operation(
        name="webhookgeheimen",
        method="GET",
        path="webhookgeheimen",
        summary="Welke geheimen nu ondertekenen",
        explained="De geheimen die nu ondertekenen, de nieuwste eerst. Nooit het geheim zelf.",
        answer=webhooks.listed,
        given={200: wire.WebhookSecrets},
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
        problems=(409, 429),
    ),
)
