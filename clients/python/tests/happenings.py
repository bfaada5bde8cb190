"""Events as Namens writes them."""

from typing import Any

from tests.test_ask import MANDATE

ANNA = {"soort": "persoon", "id": "id-of-anna"}
BRAM = {"soort": "persoon", "id": "id-of-bram"}
SAM = {"soort": "medewerker", "id": "id-of-sam", "kvkNummer": "90000001"}
OFFICE = {"soort": "organisatie", "kvkNummer": "90000001"}
MANDATE_CONTENT: dict[str, Any] = {
    "machtiging": MANDATE,
    "volgnummer": 3,
    "vertegenwoordigde": ANNA,
    "gemachtigde": BRAM,
    "diensten": ["mijn-toeslagen"],
    "eersteDag": "2026-11-23",
    "laatsteDag": "2027-11-22",
    "uitgezonderd": ["rekeningnummer-wijzigen"],
}


def event(number: int = 7, type: str = "machtiging.gestopt", **content: Any) -> dict[str, Any]:  # noqa: A002, ANN401 - its name on the wire, and JSON
    """Give an event."""
    return {
        "id": f"01890a5d-ac96-774b-bcce-{number:012d}",
        "nummer": number,
        "type": type,
        "tijdstip": "2026-11-23T09:30:00Z",
        "gegevens": content or MANDATE_CONTENT,
    }
