"""Examples for the description: of people and numbers that nobody has."""

from typing import Any

ANNA, BRAM = "QW5uYS1pcy1lZW4tdm9vcmJlZWxkLWVuLW5pZW1hbmQ", "QnJhbS1pcy1lZW4tdm9vcmJlZWxkLWVuLW5pZW1hbmQ"
MANDATE = "019ab2f0-7c1e-7d3a-9a55-3f1f0b6c2d11"

REGISTRATION: dict[str, Any] = {
    "clientId": "mijn-toeslagen",
    "naam": "Mijn toeslagen",
    "diensten": ["mijn-toeslagen"],
    "handelingen": [{"sleutel": "inkomen-wijzigen", "naam": "Inkomen gewijzigd"}],
    "hoortGebeurtenissen": True,
    "magAlleMachtigingenZien": False,
    "laatsteNummer": 42,
}
EVENTS: dict[str, Any] = {
    "gebeurtenissen": [
        {
            "id": "019ab2f1-0000-7000-8000-00000000002a",
            "nummer": 42,
            "type": "machtiging.gestopt",
            "tijdstip": "2026-11-23T09:00:00.000Z",
            "gegevens": {
                "machtiging": MANDATE,
                "volgnummer": 2,
                "vertegenwoordigde": {"soort": "persoon", "id": ANNA},
                "gemachtigde": {"soort": "persoon", "id": BRAM},
                "diensten": ["mijn-toeslagen"],
                "eersteDag": "2026-11-23",
                "laatsteDag": "2027-11-22",
                "uitgezonderd": ["rekeningnummer-wijzigen"],
            },
        }
    ],
    "laatsteNummer": 42,
    "erIsMeer": False,
}
SEARCH: dict[str, Any] = {
    "vertegenwoordigde": {"soort": "persoon", "id": ANNA},
    "gemachtigde": {"soort": "organisatie", "kvkNummer": "90000011"},
    "diensten": ["mijn-toeslagen"],
    "status": ["actief", "onderbroken"],
    "aantal": 100,
}
MANDATES: dict[str, Any] = {
    "machtigingen": [
        {
            "machtiging": MANDATE,
            "volgnummer": 1,
            "vertegenwoordigde": {"soort": "persoon", "id": ANNA},
            "gemachtigde": {"soort": "organisatie", "kvkNummer": "90000011"},
            "diensten": [
                {
                    "dienst": "mijn-toeslagen",
                    "eersteDag": "2026-11-23",
                    "laatsteDag": "2027-11-22",
                    "status": "actief",
                }
            ],
            "uitgezonderd": ["rekeningnummer-wijzigen"],
            "status": "actief",
            "gewijzigdOp": "2026-11-23T09:00:00Z",
        }
    ],
    "laatsteNummer": 42,
}
REPORT: dict[str, Any] = {
    "handeling": "inkomen-wijzigen",
    "dienst": "mijn-toeslagen",
    "tijdstip": "2026-11-23T10:00:00+01:00",
    "kenmerk": "zaak-2026-0042",
    "voorWie": {"soort": "persoon", "id": ANNA},
    "doorWie": {"soort": "persoon", "id": BRAM},
}
ACT: dict[str, Any] = {
    "id": "019ab2f1-0000-7000-8000-00000000002b",
    "handeling": "inkomen-wijzigen",
    "dienst": "mijn-toeslagen",
    "tijdstip": "2026-11-23T09:00:00Z",
    "kenmerk": "zaak-2026-0042",
    "machtiging": MANDATE,
    "gemeldOp": "2026-11-23T09:00:02Z",
}
REPORTS: dict[str, Any] = {"handelingen": [REPORT]}
RESULTS: dict[str, Any] = {"resultaten": [{"status": 201, "handeling": ACT}]}
NEW_SECRET: dict[str, Any] = {
    "id": "019ab2f2-0000-7000-8000-000000000001",
    "geheim": "whsec_ZGl0LWlzLWVlbi12b29yYmVlbGQtdmFuLWVlbi1nZWhlaW0=",
    "gemaaktOp": "2026-11-23T09:00:00.000Z",
}
SECRETS: dict[str, Any] = {
    "webhookgeheimen": [
        {
            "id": "019ab2f2-0000-7000-8000-000000000001",
            "gemaaktOp": "2026-11-23T09:00:00.000Z",
            "gemaaktDoor": "portaal",
            "ondertekentTot": None,
        }
    ]
}
TRIAL: dict[str, Any] = {"id": "019ab2f3-0000-7000-8000-00000000002b", "nummer": 43}
