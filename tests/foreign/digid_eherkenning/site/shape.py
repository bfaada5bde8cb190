"""What people log in with at this site: one of the four things that the library knows."""

import os

from digid_eherkenning.oidc.schemas import (
    DIGID_MACHTIGEN_OPTIONS_SCHEMA,
    DIGID_OPTIONS_SCHEMA,
    EHERKENNING_BEWINDVOERING_OPTIONS_SCHEMA,
    EHERKENNING_OPTIONS_SCHEMA,
)

KIND = os.environ["SITE_KIND"]
SCHEMA = {
    "digid": DIGID_OPTIONS_SCHEMA,
    "digid-machtigen": DIGID_MACHTIGEN_OPTIONS_SCHEMA,
    "eherkenning": EHERKENNING_OPTIONS_SCHEMA,
    "eherkenning-bewindvoering": EHERKENNING_BEWINDVOERING_OPTIONS_SCHEMA,
}[KIND]
IDENTITY = SCHEMA["properties"]["identity_settings"]
SCOPES = ["openid", "bsn" if KIND.startswith("digid") else "kvk"]
