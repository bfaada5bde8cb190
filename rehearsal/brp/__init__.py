"""The rehearsal BRP: `POST /brp/personen` as in Haal Centraal BRP Personen bevragen, version 2."""
