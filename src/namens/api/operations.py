"""Everything that can be asked here, in one list: the addresses and the description are made of it."""

from collections.abc import Sequence

from namens.api import registration, wire
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
)
