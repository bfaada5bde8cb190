"""Everything that can be asked here, in one list: the addresses and the description are made of it."""

from collections.abc import Sequence

from namens.api import acts, registration, wire, wire_acts
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
        name="handelingMelden",
        method="POST",
        path="handelingen",
        summary="Meld een handeling",
        explained="Meld dat iemand namens een ander iets deed. Namens kijkt of het toen mocht. "
        "Meldt u hetzelfde nog eens, dan blijft het één handeling (200). Stuur geen bedragen en geen vrije tekst.",
        answer=acts.report_one,
        asked=wire_acts.ActReport,
        given={201: wire_acts.ActTaken, 200: wire_acts.ActTaken},
        problems=(400, 409, 413, 415, 429),
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
        problems=(400, 413, 415, 429),
    ),
    Operation(
        name="handeling",
        method="GET",
        path="handelingen/<uuid:act>",
        summary="Lees een gemelde handeling",
        explained="Een handeling die uw portaal meldde, met het nummer dat u bij het melden kreeg.",
        answer=acts.act,
        given={200: wire_acts.ActTaken},
        problems=(404,),
    ),
)
