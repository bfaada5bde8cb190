"""What people log in with at this site: DigiD Machtigen, or eHerkenning for who acts for a client (bewindvoering)."""

import os

from digid_eherkenning.oidc.schemas import DIGID_MACHTIGEN_OPTIONS_SCHEMA, EHERKENNING_BEWINDVOERING_OPTIONS_SCHEMA

IS_FOR_ORGANISATIONS = "SITE_FOR_ORGANISATIONS" in os.environ
SCHEMA = EHERKENNING_BEWINDVOERING_OPTIONS_SCHEMA if IS_FOR_ORGANISATIONS else DIGID_MACHTIGEN_OPTIONS_SCHEMA
IDENTITY = SCHEMA["properties"]["identity_settings"]
SCOPES = ["openid", "kvk"] if IS_FOR_ORGANISATIONS else ["openid", "bsn"]
